"""The commands that bring files of the NHS into a copy of the data package, from which the next build reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from hubmap.config import load_settings

if TYPE_CHECKING:
    from hubmap.domain.package import Package
    from hubmap.sources.nhs.brought import Brought

# What imports GeoPandas is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415
FILE = click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
OUT = click.option(
    "--out",
    required=True,
    type=click.Path(path_type=Path, file_okay=False),
    help="The data package to write: a new folder (a copy of the one in use), or one that an import wrote.",
)


@click.command("gp-list-sizes")
@FILE
@OUT
def list_sizes(file: Path, out: Path) -> None:
    """Add the list sizes of one date out of FILE, NHS England's gp-reg-pat-prac-all."""
    from hubmap.sources.nhs.list_sizes import bring_list_sizes

    with progress() as show:
        bring(out, lambda package: bring_list_sizes(file, package, show))


@click.command("gp-pcn")
@FILE
@OUT
@click.option("--as-of", metavar="DATE", help="The date of an ePCN file, which does not say it: 2026-04-01.")
def members(file: Path, out: Path, as_of: str | None) -> None:
    """Add which networks practices are in out of FILE, gp-reg-pat-prac-map or the core partners of ePCN."""
    from hubmap.sources.nhs.members import bring_members

    with progress() as show:
        bring(out, lambda package: bring_members(file, package, as_of, show))


@click.command("gp-lsoa")
@FILE
@OUT
@click.option("--generation", metavar="ID", help="LSOA2011 or LSOA2021, where the codes of the file do not tell.")
def lsoas(file: Path, out: Path, generation: str | None) -> None:
    """Add in which LSOAs patients live out of FILE, NHS England's gp-reg-pat-prac-lsoa-all."""
    from hubmap.sources.nhs.lsoas import bring_lsoas

    with progress() as show:
        bring(out, lambda package: bring_lsoas(file, package, generation, show))


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show on a terminal how much of the file is read."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<28}", markup=False), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as shown:
        task = shown.add_task("", total=None)
        yield lambda name, done, size: shown.update(task, description=name, completed=done, total=size)


def bring(out: Path, read: Callable[[Package], Brought]) -> None:
    """Read the package that is added to, then the file; write the whole, and say what was kept and what to know."""
    from hubmap.reports import inline
    from hubmap.sources.nhs.adding import add_to_package, base_of
    from hubmap.sources.package import read_package

    base = base_of(out, load_settings().data)
    brought = read(read_package(base))
    add_to_package(base, out, brought)
    click.echo(inline(f"{brought.summary}."))
    for remark in brought.remarks:
        click.echo(inline(f"{remark.severity:<8}{remark.message}"))
    click.echo(inline(f"Wrote {out}. HUBMAP_DATA={out} hubmap build publishes it; until then nothing changes."))
