"""The pages of PCN leads on the packaged data: every total against the rows of the files, summed here."""

from __future__ import annotations

import csv
import re
from collections import defaultdict

import pytest
from flask.testing import FlaskClient

from hubmap.config import Settings, packaged
from hubmap.ingest import build
from hubmap.web import create_app
from tests.web.test_pcn import table_of, text_of


def rows_of(name: str) -> list[dict[str, str]]:
    """Read a file of the package."""
    with (packaged("data/geo") / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


PRACTICES = {row["ods_code"]: row for row in rows_of("practices.csv")}
SUMS: dict[tuple[str, str], int] = defaultdict(int)
for one in rows_of("list_sizes.csv"):
    SUMS[one["list_source"], PRACTICES[one["ods_code"]]["pcn_id"]] += int(one["patients"])
    SUMS[one["list_source"], ""] += int(one["patients"])
SOURCES = ("nhs-2026-04-01", "nhs-2021-01-01", "paper-2021-03")
NETWORKS = ("north", "north-west", "west-one", "new-west", "east", "east-one")


@pytest.fixture(scope="module")
def borough(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Serve the packaged data."""
    database_url = f"sqlite:///{tmp_path_factory.mktemp('lists') / 'hubmap.sqlite'}"
    settings = Settings(database_url=database_url, data=packaged("data/geo"), tiles=None, tiles_credit=None)
    build(settings)
    return create_app(settings).test_client()


def totals(body: str) -> dict[str, list[int]]:
    """Return the totals of a page by the source that it says they are of."""
    found = defaultdict(list)
    for source, said in re.findall(r'data-total-of="([^"]+)">([\d,]+)<', body):
        found[source].append(int(said.replace(",", "")))
    return found


def test_sums_are_those_of_the_sources() -> None:
    assert {source: SUMS[source, ""] for source in SOURCES} == {
        "paper-2021-03": 226_360,
        "nhs-2021-01-01": 234_708,
        "nhs-2026-04-01": 257_071,
    }
    for row in rows_of("pcns.csv"):
        assert SUMS["paper-2021-03", row["pcn_id"]] == int(row["printed_patients"])


@pytest.mark.parametrize("chosen", SOURCES)
def test_every_total_of_every_page_is_of_one_source(borough: FlaskClient, chosen: str) -> None:
    whole = totals(borough.get(f"/pcn?list={chosen}").get_data(as_text=True))
    assert whole == {chosen: [*(SUMS[chosen, one] for one in NETWORKS), SUMS[chosen, ""], SUMS[chosen, ""]]}
    for network in NETWORKS:
        found = totals(borough.get(f"/pcn/{network}?list={chosen}").get_data(as_text=True))
        assert found == {source: [SUMS[source, network]] for source in SOURCES}
    mixed = {f"{SUMS[a, one] + SUMS[b, one]:,}" for one in ("", *NETWORKS) for a in SOURCES for b in SOURCES if a != b}
    for page in ("/pcn", "/pcn/reconcile", *(f"/pcn/{one}" for one in NETWORKS)):
        said = text_of(borough, f"{page}?list={chosen}")
        assert [one for one in mixed if re.search(rf"(?<![\d,]){one}(?![\d,])", said)] == []


def test_growth_is_like_with_like_and_says_what_it_leaves_out(borough: FlaskClient) -> None:
    said = text_of(borough, "/pcn")
    # 257,071 less 234,708, and less the 4,058 of F82621, which closed and names no successor.
    assert "+26,421 (+11.5%)" in said
    left_out = "leaves out Dewey Practice (Dr Christopher), 4,058 patients, closed 30 April 2025, no source names a"
    assert left_out in text_of(borough, "/pcn/east-one")
    assert said.count(left_out) == 2
    assert "plain change of the lists shown: +22,363 (+9.5%)" in said
    rows = {row["ODS code"]: row for one in NETWORKS for row in table_of(borough, f"/pcn/{one}.csv")}
    assert len(rows) == 35
    # 10,501 against 5,039 of its own and 3,866 of Five Elms; 20,685 against 18,419, merged before either date.
    assert rows["F82034"]["Change, patients"] == "1596"
    assert rows["F82042"]["Change, patients"] == "2266"
    assert rows["F82012"]["Change, patients"] == rows["F82621"]["Change, patients"] == ""
    assert sum(int(row["Change, patients"] or 0) for row in rows.values()) == 26_421


def test_jump_of_half_a_list_or_more_says_that_no_source_says_why(borough: FlaskClient) -> None:
    rows = {row["ODS code"]: row for one in NETWORKS for row in table_of(borough, f"/pcn/{one}.csv")}
    jumps = {code for code, row in rows.items() if abs(float(row["Change, %"] or 0)) >= 50}
    assert {rows[code]["Practice"] for code in jumps} >= {"The Oval Practice", "The White House Surgery"}
    for code, row in rows.items():
        assert ("no source says why" in row["Note on the change"]) == (code in jumps)
        assert ("no source says why" in text_of(borough, f"/practices/{code}")) == (code in jumps)


def test_every_practice_has_a_page_with_each_of_its_lists(borough: FlaskClient) -> None:
    lists = defaultdict(list)
    for row in rows_of("list_sizes.csv"):
        lists[row["ods_code"]].append(f"{int(row['patients']):,} patients")
    for code, row in PRACTICES.items():
        said = text_of(borough, f"/practices/{code}")
        assert [words for words in lists[code] if words not in said] == []
        assert row["match_note"] in said


def test_each_difference_with_the_nhs_has_its_cause_where_a_source_says(borough: FlaskClient) -> None:
    rows = {row["ODS code"]: row for row in table_of(borough, "/pcn/reconcile.csv")}
    explained = {code for code, row in rows.items() if row["Source of the cause"]}
    assert explained == {"F82676", "F82042", "Y02583", "Y02575"}
    assert rows["F82042"]["Difference, like with like"] == "1466"
    assert rows["Y02575"]["Difference, like with like"] == "1936"
    assert sum(int(row["Difference, like with like"] or 0) for row in rows.values()) == 234_708 - 226_360
