"""Build the packaged data, ask every question in each way, and print how well it went: ``make relevance``."""

from __future__ import annotations

import tempfile

from rich.console import Console
from rich.table import Table

from hubmap.config import load_settings
from hubmap.ingest import build
from hubmap.store.engine import open_sessions
from hubmap.store.read import current_version
from tests.relevance.measuring import WAYS, Answer, ask, measure, read_questions


def main() -> None:
    """Print the measures, then each question whose first answer is not a best one."""
    console = Console()
    questions = [one for one in read_questions() if one.none is None]
    with_place = [one for one in questions if one.near]
    shown = Table("questions", "way", "n", "MRR", "nDCG@10", "no result")
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({"HUBMAP_DATABASE_URL": f"sqlite:///{folder}/relevance.sqlite"})
        build(settings)
        with open_sessions(settings.database_url)() as session:
            version = current_version(session) or 0
            for title, group, ways in (("all", questions, ("text alone", "blend")), ("with a place", with_place, WAYS)):
                for way in ways:
                    answers = [ask(session, version, one, way) for one in group]
                    found = measure(answers)
                    figures = (f"{found.mrr:.3f}", f"{found.ndcg:.3f}", f"{found.empty:.1%}")
                    shown.add_row(title, way, str(found.questions), *figures)
            console.print(shown)
            for question in questions:
                report(console, ask(session, version, question, "blend"))


def report(console: Console, answer: Answer) -> None:
    """Print an answer that does not begin with a best one."""
    if answer.reciprocal_rank < 1:
        near = f" near {answer.question.near}" if answer.question.near else ""
        first = ", ".join(answer.ids[:3]) or "nothing"
        console.print(f"{answer.reciprocal_rank:.2f}  {answer.question.typed}{near}: {first}", highlight=False)


if __name__ == "__main__":
    main()
