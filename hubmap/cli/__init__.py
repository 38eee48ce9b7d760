"""The commands, by family: publish data, ask, exchange with other programs, read what people search for and report."""

from __future__ import annotations

import click

from hubmap import __version__
from hubmap.cli.asking import nearest, serve
from hubmap.cli.exchange import export, findings, import_
from hubmap.cli.people import feedback, searches
from hubmap.cli.publishing import build, check, prepare, restore, versions
from hubmap.cli.refusals import Commands


@click.group(cls=Commands)
@click.version_option(__version__)
def main() -> None:
    """Community hubs: a directory and planning maps for a council."""


for command in (build, check, prepare, versions, restore):
    main.add_command(command)
for command in (serve, nearest, searches, feedback):
    main.add_command(command)
for command in (export, findings, import_):
    main.add_command(command)
