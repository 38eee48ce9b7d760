"""The commands that write what is published for other programs and people, and read the directories of others."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from hubmap.cli.nhs_files import list_sizes, lsoas, members
from hubmap.cli.readiness import build_apart, is_published
from hubmap.config import Settings, load_settings

DIRECTORY: Final = "directory"
FORMATS: Final = {
    DIRECTORY: ("oruk-json", "hsds-csv"),
    **dict.fromkeys(("coverage", "wards", "indicators"), ("csv", "xlsx", "geojson", "gpkg")),
}
"""Formats of each subject, the usual one first; named here so that help and refusals need no GeoPandas."""

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


@click.command()
@click.argument("subject", default=DIRECTORY, type=click.Choice(list(FORMATS)))
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The file or folder to write.")
@click.option(
    "--format",
    "form",
    type=click.Choice([form for forms in dict.fromkeys(FORMATS.values()) for form in forms]),
    help="By default what the name of the file ends in, else oruk-json for the directory and csv for the others.",
)
@click.option("--wards", "generation", metavar="ID", help="Only wards of this generation, such as WD2022.")
def export(subject: str, target: Path, form: str | None, generation: str | None) -> None:
    """
    Write what is published, for other programs and people.

    The SUBJECT is the directory (by default) as Open Referral UK 3.0: one JSON file of whole services, or with
    hsds-csv its tables in a new folder or a .zip; or coverage, wards or indicators as a table (csv, xlsx) or with the
    boundaries of the wards (geojson, gpkg), with method, period, source and date inside.
    """
    chosen = format_of(subject, target, form)
    if generation is not None and subject == DIRECTORY:
        msg = "is for coverage, wards and indicators; the directory has no generations"
        raise click.BadParameter(msg, param_hint="--wards")
    settings = load_settings()
    if not is_published(settings):
        build_apart()
    if subject == DIRECTORY:
        from hubmap.openreferral.export import export as export_feed

        click.echo(f"Wrote {export_feed(settings, target, chosen)} services to {target}.")
        return
    export_subject(settings, subject, chosen, generation, target)
    click.echo(f"Wrote {subject} to {target}.")


def format_of(subject: str, target: Path, form: str | None) -> str:
    """
    Return the format to write: the one asked for, else that of the file's name, else the usual one.

    Raises
    ------
    BadParameter
        If the subject has no such format.
    """
    forms = FORMATS[subject]
    ending = target.suffix.lower().removeprefix(".")
    if form is None:
        return ending if ending in forms else forms[0]
    if form not in forms:
        msg = f"expected one of {', '.join(forms)} for {subject}; found {form}"
        raise click.BadParameter(msg, param_hint="--format")
    return form


def export_subject(settings: Settings, subject: str, form: str, generation: str | None, target: Path) -> None:
    """Write coverage, wards or indicators of the version in service."""
    from hubmap.exports.published import read_published
    from hubmap.exports.subjects import write_subject
    from hubmap.openreferral.files import write_file

    published = read_published(settings)
    write_file(target, write_subject(published, subject, form, generation))


@click.command()
@click.option("--to", "target", type=click.Path(path_type=Path, dir_okay=False), help="A file; the screen by default.")
def findings(target: Path | None) -> None:
    """Write what the figures say, for each generation of wards, and how far that depends on what was assumed."""
    from hubmap.exports.findings import read_findings
    from hubmap.openreferral.files import write_file

    settings = load_settings()
    if not is_published(settings):
        build_apart()
    text = read_findings(settings)
    if target is None:
        click.echo(text, nl=False)
        return
    write_file(target, text.encode())
    click.echo(f"Wrote the findings to {target}.")


@click.group("import")
def import_() -> None:
    """Read what others publish."""


for command in (list_sizes, members, lsoas):
    import_.add_command(command)


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
