"""The pages of PCN leads on the sample: one source at a time, like with like, and its address everywhere."""

from __future__ import annotations

import csv
import html
import io
import re
import zipfile
from pathlib import Path
from unittest.mock import patch
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE, sample_rows

PAGES = ["/pcn", "/pcn/north", "/pcn/south", "/practices/F00001", "/practices/F00003", "/pcn/reconcile"]
FILES = ["/pcn.csv", "/pcn/north.csv", "/pcn/south.csv", "/practices/F00001.csv", "/pcn/reconcile.csv"]
LISTS = ["nhs-2026", "nhs-2021", "paper-2021"]
LABELS = {"NHS, 2026": "nhs-2026", "NHS, 2021": "nhs-2021", "Board paper": "paper-2021"}


def text_of(client: FlaskClient, address: str) -> str:
    """Return what a page says, without tags."""
    page = client.get(address).get_data(as_text=True)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


def table_of(client: FlaskClient, address: str) -> list[dict[str, str]]:
    """Return a CSV file by row."""
    body = client.get(address).get_data().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(body)))


# ---- one source at a time ----


@pytest.mark.parametrize("chosen", LISTS)
@pytest.mark.parametrize("page", PAGES)
def test_every_link_to_lists_keeps_the_one_chosen(client: FlaskClient, page: str, chosen: str) -> None:
    body = client.get(f"{page}?list={chosen}").get_data(as_text=True)
    main = body[body.index("<main") : body.index("</main")].replace("&amp;", "&")
    tabs = set(re.findall(r'<nav class="tabs".*?</nav>', main, re.DOTALL))
    for nav in tabs:
        main = main.replace(nav, "")
    hrefs = re.findall(r'(?:href|data-href)="(/(?:pcn|practices)[^"]*)"', main)
    for href in hrefs:
        path, query = urlsplit(href).path, parse_qs(urlsplit(href).query)
        assert query.get("list") == [chosen] or path.startswith("/pcn/reconcile."), href
    assert hrefs


FIGURES = st.lists(st.integers(1, 29), min_size=3, max_size=3)
PRIMES = dict(zip(LISTS, (1009, 1013, 1019), strict=True))


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(FIGURES, min_size=3, max_size=3))
def test_no_total_ever_mixes_sources(tmp_path_factory: pytest.TempPathFactory, drawn: list[list[int]]) -> None:
    """Every list of a source is a multiple of that source's own prime; so is a sum of them, and of nothing else."""
    rows = sample_rows()
    rows["list_size"] = [
        {"ods_code": f"F0000{number}", "list_source": source, "patients": PRIMES[source] * size}
        for source, sizes in zip(LISTS, drawn, strict=True)
        for number, size in enumerate(sizes, start=1)
    ]
    totals = [sum(sizes) * PRIMES[source] for source, sizes in zip(LISTS, drawn, strict=True)]
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        client = make_published_app(tmp_path_factory.mktemp("lists")).test_client()
    seen = 0
    for page in PAGES:
        for chosen in LISTS:
            body = client.get(f"{page}?list={chosen}").get_data(as_text=True)
            for source, said in re.findall(r'data-total-of="([^"]+)">([\d,]+)<', body):
                assert int(said.replace(",", "")) % PRIMES[source] == 0, (page, chosen, source, said)
                seen += 1
            for size in re.findall(r'data-size="(\d+)"', body):
                assert int(size) % PRIMES[chosen] == 0
            for first, second in ((0, 1), (0, 2), (1, 2)):
                assert f"{totals[first] + totals[second]:,}" not in body
    in_files = [sums_of_own_source(client, chosen) for chosen in LISTS]
    assert (seen >= 40, min(in_files) >= 20) == (True, True)


def sums_of_own_source(client: FlaskClient, chosen: str) -> int:
    """Check every number of patients in every file against the source that its row or column names; count them."""
    seen = 0
    for name in FILES:
        for row in table_of(client, f"{name}?list={chosen}"):
            said = {LABELS[column.removeprefix("Patients: ")]: row[column] for column in row if is_of_source(column)}
            if "Patients" in row:
                said[LABELS[row["Source"]]] = row["Patients"]
                assert LABELS[row["Source"]] == chosen
            for source, patients in said.items():
                assert int(patients or 0) % PRIMES[source] == 0, (name, chosen, source, patients)
            seen += len(said)
    return seen


def is_of_source(column: str) -> bool:
    return column.removeprefix("Patients: ") in LABELS


def test_practice_without_a_list_is_in_no_sum(client: FlaskClient) -> None:
    said = text_of(client, "/pcn/south")
    assert "South PCN: no lists in this source" in said
    assert "1 practice has no list of its own in this source." in said


# ---- like with like ----


def test_growth_compares_a_successor_with_the_sum_of_its_predecessors(client: FlaskClient) -> None:
    said = text_of(client, "/pcn/north")
    # 6,000 in 2026 against 5,200 and 3,800 in 2021.
    assert "\N{MINUS SIGN}3,000 (\N{MINUS SIGN}33.3%) with Five Elms, which merged into it" in said
    assert "merged into Green Lane, June 2024" in said
    (own,) = (row for row in table_of(client, "/pcn/north.csv") if row["ODS code"] == "F00001")
    assert (own["Change, patients"], own["Change, %"]) == ("-3000", "-33.3")


def test_columns_of_lists_stand_by_date_over_their_own_figures(client: FlaskClient) -> None:
    (own,) = (row for row in table_of(client, "/pcn/north.csv") if row["ODS code"] == "F00001")
    assert own["Patients: NHS, 2021"] == "5200"
    assert own["Patients: Board paper"] == "5000"
    assert own["Patients: NHS, 2026"] == "6000"
    body = client.get("/pcn/north").get_data(as_text=True)
    heads = re.findall(r'scope="col" class="number">(NHS, 2021|Board paper|NHS, 2026)', body)
    row = re.search(r'<tr[^>]* data-feature="practices:F00001".*?</tr>', body, re.DOTALL)
    assert row is not None
    assert heads == ["NHS, 2021", "Board paper", "NHS, 2026"]
    assert re.findall(r'<td[^>]* class="number">([\d,]+)</td>', row[0]) == ["5,200", "5,000", "6,000"]


def test_what_closed_without_a_successor_is_named_as_left_out(client: FlaskClient) -> None:
    said = "leaves out South Surgery, 4,150 patients, no list at one of the two dates"
    # The lists shown are 13,150 in 2021 and 6,000 in 2026.
    plain = "plain change of the lists shown: \N{MINUS SIGN}7,150 (\N{MINUS SIGN}54.4%)"
    assert said in text_of(client, "/pcn/south")
    assert f"{said} {plain}" in text_of(client, "/pcn")
    assert "leaves out" not in text_of(client, "/pcn/north")


# ---- totals, hubs and residents, by hand ----


def test_networks_have_spread_guidance_hubs_and_patients_for_each(client: FlaskClient) -> None:
    said = text_of(client, "/pcn?list=nhs-2021")
    # 5,200 and 3,800: a mean of 4,500, 21,000 below the guidance; one hub within 15 minutes.
    assert "9,000 21,000 below 2 of 2 4,500 3,800 to 5,200 1 9,000" in said
    assert "Networks within NHS size guidance 0 of 2" in said
    # 9,000 patients, 8,000 residents nearest.
    assert "8,000 9,000 112" in said


def test_ward_mix_is_of_the_generation_asked_for(client: FlaskClient) -> None:
    old = text_of(client, "/pcn/north?wards=WD2018")
    assert "Abbey 75% 6,000" in old
    assert "River 25% 2,000" in old
    assert "Abbey 100% 8,000" in text_of(client, "/pcn/north")


def test_hubs_and_places_near_are_named_with_their_walk(client: FlaskClient) -> None:
    said = text_of(client, "/pcn/north")
    assert "about 6 minutes' walk (estimate) from Green Lane; inside the modelled area" in said
    assert "Second hub" not in said
    assert "Debt advice" in said
    assert "Sample library" in said
    assert "No source names a service at a hub near for: memory activities." in said


def test_indicator_colours_the_wards_and_lists_their_values(client: FlaskClient) -> None:
    plain, over = client.get("/pcn").get_data(as_text=True), client.get("/pcn?indicator=crime").get_data(as_text=True)
    assert 'data-kind="pcn"' in plain
    assert "data-class" not in plain
    assert 'data-kind="overlay"' in over
    assert 'data-wards="WD2018"' in over
    assert over.count('data-feature="wards:') == 2
    assert "indicator=crime" in over[over.index('class="tabs"') :]


# ---- a practice ----


def test_practice_has_its_names_and_a_timeline_with_sources(client: FlaskClient) -> None:
    said = text_of(client, "/practices/F00001?list=nhs-2021")
    for words in ("Old Green Lane", "Green Lane Surgery", "Five Elms (F00002) merged into it", "A note on F00002."):
        assert words in said
    timeline = said[said.index("Timeline") :]
    found = [timeline.index(words) for words in ("December 2019", "1 January 2021", "June 2024", "1 April 2026")]
    assert found == sorted(found)


# ---- what does not add up ----


def test_paper_is_compared_with_its_headings_and_with_the_nearest_nhs_list(client: FlaskClient) -> None:
    said = text_of(client, "/pcn/reconcile")
    assert "The paper lists 13,100 patients, the NHS 13,150" in said
    # North prints 3 practices and 9,000 patients; its two rows add up to 9,000.
    assert "3 2 \N{MINUS SIGN}1: no source says why 9,000 9,000 0 2 9,000 0" in said
    # South prints 4,000 over a row of 4,100.
    assert "1 1 0 4,000 4,100 +100 1 4,150 +50" in said
    assert "5,000 5,200 +200 no source says why" in said


def test_merged_list_is_told_once_with_its_source(tmp_path: Path) -> None:
    rows = sample_rows()
    rows["practice_change"][0]["happened_on"] = "2020-09"
    rows["list_size"] = [
        one for one in rows["list_size"] if (one["ods_code"], one["list_source"]) != ("F00002", "nhs-2021")
    ]
    with patch("tests.web.published.sample_rows", lambda *_: rows):
        client = make_published_app(tmp_path).test_client()
    said = text_of(client, "/pcn/reconcile")
    # The paper lists 5,000 and 4,000; the NHS 5,200 for both.
    assert "\N{MINUS SIGN}3,800 merged list: the NHS list holds that of Five Elms (F00002) too" in said
    assert "compared with both rows, 9,000 in the paper" in said
    assert "had gone into Green Lane (F00001) by September 2020, and the paper still lists both" in said
    assert "count the patients of Five Elms (F00002) twice" in said
    (gone,) = (row for row in table_of(client, "/pcn/reconcile.csv") if row["ODS code"] == "F00002")
    assert (gone["NHS, 2021"], gone["Difference, like with like"]) == ("", "")


# ---- files ----


@pytest.mark.parametrize("name", ["/pcn", "/pcn/north", "/practices/F00001", "/pcn/reconcile"])
def test_files_say_source_date_and_method(client: FlaskClient, name: str) -> None:
    response = client.get(f"{name}.csv")
    assert response.headers["Content-Disposition"].startswith("attachment")
    first = table_of(client, f"{name}.csv?list=nhs-2021")[0]
    assert "NHS, 2021 (1 January 2021)" in first["Sources of lists"]
    assert "never added" in first["Never add"]
    assert first["Data date"] == "1 April 2026"
    book = zipfile.ZipFile(io.BytesIO(client.get(f"{name}.xlsx").get_data()))
    assert "never added" in book.read("xl/sharedStrings.xml").decode()


@pytest.mark.parametrize("name", [HOSTILE, "=HYPERLINK(1)", "+1", "@x"])
def test_hostile_names_stay_words_in_pages_and_files(tmp_path: Path, name: str) -> None:
    client = make_published_app(tmp_path, name=name).test_client()
    for page in PAGES:
        body = client.get(page).get_data(as_text=True)
        assert "<img src=x" not in body
        assert "49 ${alert" not in body
    for address in ("/pcn/north.csv", "/practices/F00001.csv", "/pcn/reconcile.csv"):
        for row in table_of(client, address):
            assert not any(
                (cell or " ")[0] in "=+@\t" for column, cell in row.items() if not column.startswith("Change")
            )
    for address in ("/pcn/north.xlsx", "/practices/F00001.xlsx", "/pcn/reconcile.xlsx"):
        book = zipfile.ZipFile(io.BytesIO(client.get(address).get_data()))
        assert b"<f>" not in b"".join(book.read(one) for one in book.namelist())


def test_networks_are_a_file_with_their_size_beside_the_guidance(client: FlaskClient) -> None:
    (north, _) = table_of(client, "/pcn.csv?list=nhs-2021")
    assert (north["Patients"], north["NHS size guidance"], north["Patients beyond the guidance"]) == (
        "9000",
        "21,000 below",
        "-21000",
    )
    (_, south) = table_of(client, "/pcn.csv")
    assert south["What the change leaves out"].startswith("leaves out South Surgery, 4,150 patients")
    book = zipfile.ZipFile(io.BytesIO(client.get("/pcn/north.xlsx").get_data()))
    assert "Needs of its wards" in book.read("xl/workbook.xml").decode()


def test_comparison_has_only_the_notes_that_belong_to_it(client: FlaskClient) -> None:
    row = table_of(client, "/pcn/reconcile.csv")[0]
    assert not {"Walking time", "Modelled area", "Change"} & set(row)
    assert "NHS, 2026" not in row["Sources of lists"]
    assert "the paper gives no day for its lists" in row["The paper's date"]


# ---- addresses that are almost right ----


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("/practices/f00001?list=nhs-2021", "/practices/F00001?list=nhs-2021"),
        ("/pcn/North", "/pcn/north"),
        ("/pcn/", "/pcn"),
        ("/pcn/north/?wards=WD2018", "/pcn/north?wards=WD2018"),
        ("/practices/F00001/", "/practices/F00001"),
    ],
)
def test_address_that_is_almost_right_leads_to_the_one_we_write(client: FlaskClient, asked: str, written: str) -> None:
    response = client.get(asked)
    assert (response.status_code, response.headers["Location"]) == (301, written)
    assert client.get(written).status_code == 200


@pytest.mark.parametrize("asked", ["/%2Fother.example/", "/%2Fother.example/pcn/", "/none/", "/pcn/none/none/"])
def test_no_address_leads_to_another_site_or_to_nothing(client: FlaskClient, asked: str) -> None:
    response = client.get(asked)
    assert response.status_code in {404, 308}
    assert not response.headers.get("Location", "").startswith(("//", "http://other"))


def test_missing_network_or_practice_is_told_in_a_sentence_with_a_way_to_the_networks(client: FlaskClient) -> None:
    assert "There is no primary care network of that name or code here. We know " in text_of(client, "/pcn/none")
    assert "There is no GP practice with that ODS code here: expected one such as F0000" in text_of(
        client, "/practices/none"
    )
    assert 'href="/pcn"' in client.get("/practices/none").get_data(as_text=True).split("What you can do next")[1]
