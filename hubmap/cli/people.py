"""The commands that list what people search for and report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hubmap.config import load_settings

if TYPE_CHECKING:
    from hubmap.store.feedback import KeptReport

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


@click.command()
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


@click.group()
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
