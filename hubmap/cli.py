"""The commands: build, check, serve, ask for the nearest hubs, make the package, go back, read what people report."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from hubmap import __version__
from hubmap.commands.nhs_files import add_to as add_nhs_files
from hubmap.config import Settings, load_settings
from hubmap.errors import HubmapError, NotFoundError, SourceError

if TYPE_CHECKING:
    from hubmap.store.feedback import KeptReport

REFUSED = 2
# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


class Commands(click.Group):
    """Turns every error that a person should read into a message on the error stream and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click declares it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SourceError as error:
            many = len(error.faults)
            click.echo(
                f"Refused: {many} fault{'s' if many > 1 else ''}. What was published stays in service.", err=True
            )
            for fault in error.faults:
                click.echo(f"  {fault}", err=True)
        except HubmapError as error:
            click.echo(str(error), err=True)
        sys.exit(REFUSED)


@click.group(cls=Commands)
@click.version_option(__version__)
def main() -> None:
    """Community hubs: a directory and planning maps for a council."""


@main.command()
@click.option("--force", is_flag=True, help="Build even where neither data nor code changed.")
def build(*, force: bool) -> None:
    """Check the data package, join and measure it, and publish it."""
    from hubmap.ingest import build as build_package

    console = Console(stderr=True)
    columns = (TextColumn("{task.description:<28}"), BarColumn(), TextColumn("{task.completed}/{task.total}"))
    is_hidden = not console.is_terminal
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True, disable=is_hidden) as progress:
        task = progress.add_task("", total=None)

        def show(step: str, done: int, total: int) -> None:
            progress.update(task, description=step, completed=done, total=total)

        report = build_package(load_settings(), show, force=force)
    if not report.was_needed:
        click.echo(f"Version {report.version} is in service; nothing has changed since.")
        return
    warnings = sum(1 for remark in report.remarks if remark.severity == "warning")
    click.echo(
        f"Version {report.version} is in service, with {warnings} warning{'' if warnings == 1 else 's'}: "
        "see `hubmap check`."
    )


@main.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False, exists=True))
def check(folder: Path | None) -> None:
    """Check a data package and report counts, warnings and findings; publish nothing."""
    from hubmap.domain.remarks import find_remarks
    from hubmap.sources.package import read_package

    package = read_package(folder or load_settings().data)
    console = Console()
    counts = Table("file", "table", "records", "vintage", box=None, header_style="bold")
    counts.columns[2].justify = "right"
    for resource in package.resources:
        counts.add_row(resource.path, resource.table, f"{resource.row_count:,}", resource.vintage)
    console.print(counts)
    remarks = find_remarks(package)
    console.print()
    for remark in remarks:
        console.print(f"[bold]{remark.severity:<8}[/bold]", end="")
        console.print(remark.message, markup=False, highlight=False, soft_wrap=True)
    warnings = sum(1 for remark in remarks if remark.severity == "warning")
    records = sum(resource.row_count for resource in package.resources)
    console.print(
        f"\nGood: {len(package.resources)} files, {records:,} records, {warnings} warnings, "
        f"{len(remarks) - warnings} notes."
    )


@main.command()
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


def is_published(settings: Settings) -> bool:
    """Say whether the database holds a version in service."""
    from hubmap.store.engine import open_sessions
    from hubmap.store.read import current_version

    with open_sessions(settings.database_url)() as session:
        return current_version(session) is not None


def build_apart() -> None:
    """Build in a process of its own, so that the server never carries what only the build needs."""
    import subprocess

    done = subprocess.run([sys.executable, "-m", "hubmap", "build"], check=False)
    if done.returncode:
        sys.exit(done.returncode)


@main.command()
@click.argument("postcode")
@click.option("--sort", default="walk", show_default=True, type=click.Choice(["walk", "distance", "level"]))
@click.option("--need", "needs", multiple=True, metavar="ID", help="A need, such as money-and-debt; may be repeated.")
def nearest(postcode: str, sort: str, needs: tuple[str, ...]) -> None:
    """Print the hubs nearest to POSTCODE, as the site answers."""
    from hubmap.find import UNLOCATED, FindRequest, find_hubs
    from hubmap.store.engine import open_sessions
    from hubmap.store.read import current_version, load_area_index, load_snapshot
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


@main.command()
@click.argument("extracts", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write.")
def prepare(extracts: Path, out: Path) -> None:
    """Make the data package in --out from the publishers' EXTRACTS."""
    from hubmap.sources.extracts.prepare import prepare as make_package

    make_package(extracts, out)
    click.echo(f"Wrote {out}. Next: `hubmap check {out}`.")


@main.command()
def versions() -> None:
    """List the published versions that are kept."""
    from hubmap.store.engine import open_sessions
    from hubmap.store.publish import list_versions

    with open_sessions(load_settings().database_url)() as session:
        for version in list_versions(session):
            mark = "in service" if version.is_current else ""
            click.echo(f"{version.version:>5}  {version.published_at}  {version.package_sha256[:12]}  {mark}".rstrip())


@main.command()
@click.argument("version", type=int)
def restore(version: int) -> None:
    """Put an earlier VERSION back in service."""
    from hubmap.openreferral.loading import note_changes
    from hubmap.store.engine import begin_writing, open_sessions
    from hubmap.store.publish import restore as put_back

    with open_sessions(load_settings().database_url).begin() as session:
        begin_writing(session)
        put_back(session, version)
        note_changes(session)
    click.echo(f"Version {version} is in service.")


@main.command("export")
@click.option("--to", "target", required=True, type=click.Path(path_type=Path), help="The file or folder to write.")
@click.option(
    "--format",
    "form",
    default="oruk-json",
    show_default=True,
    type=click.Choice(["oruk-json", "hsds-csv"]),
    help="One JSON file of whole services, or the tables of HSDS in a new folder or a .zip.",
)
def export_feed(target: Path, form: str) -> None:
    """Write what is published as Open Referral UK 3.0, for other directories."""
    from hubmap.openreferral.export import export

    settings = load_settings()
    if not is_published(settings):
        build_apart()
    many = export(settings, target, form)
    click.echo(f"Wrote {many} services to {target}.")


@main.group("import")
def import_() -> None:
    """Read what others publish."""


add_nhs_files(import_)


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


@main.command()
@click.option("--days", default=30, show_default=True, type=click.IntRange(1, 400), help="How far to look back.")
@click.option("--top", default=20, show_default=True, type=click.IntRange(1, 1000), help="How many of each to list.")
def searches(days: int, top: int) -> None:
    """List what people search the directory for, and what nothing has; nothing personal is kept of either."""
    import datetime as dt

    from hubmap.reports import inline
    from hubmap.store.engine import open_sessions
    from hubmap.store.searches import top_terms

    since = dt.datetime.now(tz=dt.UTC).date() - dt.timedelta(days=days - 1)
    with open_sessions(load_settings().database_url)() as session:
        lists = {
            "Searched for most": top_terms(session, since, top),
            "Searched for, and nothing has all of it": top_terms(session, since, top, without_result=True),
        }
    for heading, terms in lists.items():
        click.echo(f"{heading}, since {since}:")
        for term in terms:
            click.echo(inline(f"{term.times:>6}  {term.words}"))
        if not terms:
            click.echo("  nothing")


@main.group()
def feedback() -> None:
    """Read and close what people report of hubs and places."""


@feedback.command("list")
@click.option("--all", "with_closed", is_flag=True, help="Closed ones too.")
@click.option(
    "--csv",
    "file",
    type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write a CSV file (- for here).",
)
def list_feedback(file: Path | None, *, with_closed: bool) -> None:
    """List what people report, newest first; only what is still open, unless --all."""
    from hubmap.reports import report_lines
    from hubmap.store.engine import open_sessions
    from hubmap.store.feedback import list_reports

    with open_sessions(load_settings().database_url)() as session:
        reports = list_reports(session, with_closed=with_closed)
    if file is not None:
        write_reports(reports, file)
        click.echo(f"Wrote {len(reports)} of them.", err=True)
        return
    for line in report_lines(reports):
        click.echo(line)
    if not reports:
        click.echo("Nothing has been reported." if with_closed else "Nothing is open.")


def write_reports(reports: list[KeptReport], file: Path) -> None:
    """Write reports to a file, or to the screen where that is ``-``."""
    from hubmap.reports import ENCODING, save_csv, write_csv

    if str(file) == "-":
        with click.open_file("-", "w", encoding=ENCODING) as screen:
            write_csv(reports, screen)
        return
    try:
        save_csv(reports, file)
    except OSError as error:
        msg = f"expected a file that can be written; found {file}: {error.strerror}"
        raise click.BadParameter(msg, param_hint="--csv") from error


@feedback.command("close")
@click.argument("number", type=int)
def close_feedback(number: int) -> None:
    """Close report NUMBER; an e-mail address that was left with it is deleted."""
    from hubmap.reports import inline
    from hubmap.store.engine import open_sessions
    from hubmap.store.feedback import close_report

    with open_sessions(load_settings().database_url).begin() as session:
        closed = close_report(session, number)
    click.echo(inline(f"Report {number} about {closed.report.about_name} is closed."))
