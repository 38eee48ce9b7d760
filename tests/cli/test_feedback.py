"""`hubmap feedback`: staff read and close reports; nothing in them reaches a terminal or a spreadsheet as a command."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from hubmap.cli import main
from hubmap.domain.feedback import FORMULA_SIGNS
from hubmap.store.engine import Sessions, open_sessions
from hubmap.store.feedback import Report, add_report, close_report

HOSTILE = (
    "\x1b]0;owned\x07\x1b[2J",
    "=cmd|'/c calc'!A1",
    "{{7*7}} ${alert(1)} </script>",
    "👋\u202etxt.exe",
    'two\nlines, "quoted"',
    "+1",
    "-1",
    "@SUM(A1)",
)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("HUBMAP_DATABASE_URL", f"sqlite:///{tmp_path / 'cli.sqlite'}")
    return f"sqlite:///{tmp_path / 'cli.sqlite'}"


@pytest.fixture
def sessions(url: str) -> Sessions:
    return open_sessions(url)


def add(sessions: Sessions, words: str, *, name: str = "Central hub", email: str | None = None) -> int:
    with sessions.begin() as session:
        return add_report(session, Report("hub", "central", name, "hours", words, email))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["feedback", *arguments])


@pytest.mark.usefixtures("url")
def test_empty_list_says_so() -> None:
    assert run("list").output == "Nothing is open.\n"
    assert run("list", "--all").output == "Nothing has been reported.\n"


def test_list_shows_number_date_subject_kind_and_text_newest_first(sessions: Sessions) -> None:
    add(sessions, "Shut on Mondays")
    add(sessions, "Open late\nfrom June", email="a@b.example")
    lines = run("list").output.splitlines()
    assert lines[0].startswith("   2  20")
    assert lines[0].endswith("  Central hub (hub central): opening hours")
    assert lines[1:4] == ["      Open late", "      from June", "      answer to a@b.example"]
    assert lines[5] == "      Shut on Mondays"


def test_closed_report_is_listed_with_all_alone(sessions: Sessions) -> None:
    number = add(sessions, "Shut on Mondays", email="a@b.example")
    assert run("close", str(number)).output == "Report 1 about Central hub is closed.\n"
    assert "Nothing is open" in run("list").output
    everything = run("list", "--all").output
    assert ", closed  Central hub" in everything
    assert "a@b.example" not in everything


@pytest.mark.usefixtures("url")
def test_closing_what_is_not_there_is_refused() -> None:
    result = run("close", "99")
    assert result.exit_code == 2
    assert "found 99" in result.output


@pytest.mark.parametrize("words", HOSTILE)
def test_nothing_that_was_typed_steers_the_terminal(sessions: Sessions, words: str) -> None:
    number = add(sessions, words, name=words, email=words)
    output = run("list").output + run("close", str(number)).output
    assert all(sign.isprintable() or sign == "\n" for sign in output)
    assert "answer to" in output


def test_long_text_is_wrapped(sessions: Sessions) -> None:
    add(sessions, "word " * 199 + "x" * 300)
    assert max(len(line) for line in run("list").output.splitlines()) <= 100


def test_spreadsheet_holds_what_was_typed_and_no_formula(sessions: Sessions, tmp_path: Path) -> None:
    for words in HOSTILE:
        add(sessions, words, name=words, email=words)
    with sessions.begin() as session:
        close_report(session, 1)
    file = tmp_path / "reports.csv"
    assert run("list", "--all", "--csv", str(file)).exit_code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    with file.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert [row["number"] for row in rows] == [str(number) for number in range(len(HOSTILE), 0, -1)]
    assert [row["text"].removeprefix("'") for row in reversed(rows)] == list(HOSTILE)
    assert not [cell for row in rows for cell in row.values() if cell.startswith(FORMULA_SIGNS)]
    assert rows[-1]["closed_at"]
    assert rows[-1]["email"] == ""


def test_spreadsheet_holds_only_open_reports_by_default_and_can_go_to_the_screen(sessions: Sessions) -> None:
    add(sessions, "one")
    add(sessions, "two")
    run("close", "1")
    lines = run("list", "--csv", "-").stdout.splitlines()
    assert lines[0].removeprefix("\ufeff").startswith("number,sent_at,closed_at,about_kind")
    assert len(lines) == 2
    assert ",opening hours,two," in lines[1]


@pytest.mark.usefixtures("url")
def test_file_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    assert run("list", "--csv", str(tmp_path / "no" / "folder.csv")).exit_code == 2


def test_file_stays_as_it_was_where_reports_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "reports.csv"
    file.write_text("of last week", encoding="utf-8")
    monkeypatch.setenv("HUBMAP_DATABASE_URL", "postgresql://nowhere")
    assert run("list", "--csv", str(file)).exit_code == 2
    assert file.read_text(encoding="utf-8") == "of last week"


def test_file_stays_as_it_was_where_writing_stops_half_way(
    sessions: Sessions, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(sessions, "one")
    file = tmp_path / "reports.csv"
    file.write_text("of last week", encoding="utf-8")

    def fail(_text: str) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hubmap.reports.for_spreadsheet", fail)
    result = run("list", "--csv", str(file))
    assert result.exit_code == 2
    assert "No space left on device" in result.output
    assert file.read_text(encoding="utf-8") == "of last week"
    assert not list(tmp_path.glob(".*"))
    monkeypatch.undo()


def test_file_is_replaced_whole_and_through_a_link(sessions: Sessions, tmp_path: Path) -> None:
    add(sessions, "one")
    file, link = tmp_path / "reports.csv", tmp_path / "link.csv"
    file.write_text("of last week", encoding="utf-8")
    link.symlink_to(file)
    assert run("list", "--csv", str(link)).exit_code == 0
    assert link.is_symlink()
    assert file.read_text(encoding="utf-8-sig").startswith("number,")
