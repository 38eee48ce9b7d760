"""The commands that answer: serve the site, and name the nearest hubs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hubmap.cli.readiness import build_apart, is_published
from hubmap.cli.refusals import REFUSED
from hubmap.config import load_settings
from hubmap.errors import NotFoundError

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")
@click.option(
    "--access-log",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Note time, method, path, status, bytes and duration of each request in this file, and nothing else.",
)
def serve(host: str, port: int, workers: int, access_log: Path | None) -> None:
    """Serve the site; build first if nothing is published."""
    from hubmap.web.server import serve_site

    settings = load_settings()
    if not is_published(settings):
        build_apart()
    serve_site(settings, host, port, workers, access_log)


@click.command()
@click.argument("postcode")
@click.option("--sort", default="walk", show_default=True, type=click.Choice(["walk", "distance", "level"]))
@click.option("--need", "needs", multiple=True, metavar="ID", help="A need, such as money-and-debt; may be repeated.")
def nearest(postcode: str, sort: str, needs: tuple[str, ...]) -> None:
    """Print the hubs nearest to POSTCODE, as the site answers."""
    from hubmap.find import UNLOCATED, FindRequest, find_hubs
    from hubmap.store.area_index import load_area_index
    from hubmap.store.engine import open_sessions
    from hubmap.store.read import current_version, load_snapshot
    from hubmap.terminal import answer_lines

    settings = load_settings()
    if not is_published(settings):
        build_apart()
    with open_sessions(settings.database_url)() as session:
        version = current_version(session) or 0
        snapshot = load_snapshot(session, version)
        unknown = [need for need in needs if need not in snapshot.topics]
        if unknown:
            msg = f"--need: expected one of {', '.join(snapshot.topics)}; found {', '.join(unknown)}"
            raise NotFoundError(msg)
        index = load_area_index(session, version)
        answer = find_hubs(session, snapshot, index, FindRequest(postcode, None, needs, sort))
    for line in answer_lines(snapshot, answer):
        click.echo(line)
    if answer.lonlat is None and answer.outcome != UNLOCATED:
        sys.exit(REFUSED)
