"""The commands that write what is published for other programs, and read the directories of others."""

from __future__ import annotations

from pathlib import Path

import click

from hubmap.cli.readiness import build_apart, is_published
from hubmap.config import load_settings

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


@click.command("export")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The file or folder to write.")
@click.option(
    "--format",
    "form",
    default="oruk-json",
    show_default=True,
    type=click.Choice(["oruk-json", "hsds-csv"]),
    help="One JSON file of whole services, or the tables of HSDS in a new folder or a .zip.",
)
def export(target: Path, form: str) -> None:
    """Write what is published as Open Referral UK 3.0, for other directories."""
    from hubmap.openreferral.export import export as export_feed

    settings = load_settings()
    if not is_published(settings):
        build_apart()
    many = export_feed(settings, target, form)
    click.echo(f"Wrote {many} services to {target}.")


@click.group("import")
def import_() -> None:
    """Read the directories of others."""


@import_.command("oruk")
@click.argument("source")
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write.")
@click.option("--allow-private", is_flag=True, help="Read addresses of this machine and network too.")
@click.option("--most-requests", default=10_000, show_default=True, type=click.IntRange(1), help="Then stop.")
@click.option("--most-mb", default=500, show_default=True, type=click.IntRange(1), help="Megabytes; then stop.")
@click.option("--most-minutes", default=60, show_default=True, type=click.IntRange(1), help="Then stop.")
def import_oruk(
    source: str, out: Path, most_requests: int, most_mb: int, most_minutes: int, *, allow_private: bool
) -> None:
    """Read SOURCE, a file, a folder or the address of an Open Referral UK feed, into tables to review."""
    from hubmap.openreferral.reading.fetching import Limits
    from hubmap.openreferral.reading.importing import Options, import_feed
    from hubmap.reports import inline

    def show(what: str, number: int, count: int | None) -> None:
        click.echo(f"{number}{'' if count is None else f' of {count}'}  {inline(what)}", err=True)

    limits = Limits(total_bytes=most_mb * 1_000_000, requests=most_requests, seconds=most_minutes * 60)
    reading = import_feed(source, out, Options(allow_private=allow_private, limits=limits), show)
    located = sum(1 for one in reading.found.values() if any(site.lonlat for site in one.sites))
    click.echo(
        f"{len(reading.found)} services kept, {located} of them with a position; {len(reading.refused)} refused. "
        f"Look through {out}; report.csv says why."
    )
