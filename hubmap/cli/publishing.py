"""The commands that make, check, publish and put back the data."""

from __future__ import annotations

from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from hubmap.config import load_settings

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


@click.command()
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


@click.command()
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


@click.command()
@click.argument("extracts", type=click.Path(path_type=Path, file_okay=False, exists=True))
@click.option("--out", required=True, type=click.Path(path_type=Path, file_okay=False), help="The folder to write.")
def prepare(extracts: Path, out: Path) -> None:
    """Make the data package in --out from the publishers' EXTRACTS."""
    from hubmap.sources.extracts.prepare import prepare as make_package

    make_package(extracts, out)
    click.echo(f"Wrote {out}. Next: `hubmap check {out}`.")


@click.command()
def versions() -> None:
    """List the published versions that are kept."""
    from hubmap.store.engine import open_sessions
    from hubmap.store.publish import list_versions

    with open_sessions(load_settings().database_url)() as session:
        for version in list_versions(session):
            mark = "in service" if version.is_current else ""
            click.echo(f"{version.version:>5}  {version.published_at}  {version.package_sha256[:12]}  {mark}".rstrip())


@click.command()
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
