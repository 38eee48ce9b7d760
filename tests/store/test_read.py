"""Reading a whole version: each record comes out as it went in, in the order in which pages list it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.store.engine import Sessions
from hubmap.store.network_records import Walk
from hubmap.store.read import load_snapshot
from hubmap.store.records import AreaCodes, Authority, Generation, ListSource, OpeningWeek, Service, Snapshot, Stop
from tests.store.conftest import Tables, assert_as_it_went_in, opened, prepared, put_in_service
from tests.web.published import AREAS, NEW, OLD, OTHER, hub, indicator, pcn, practice, sample_rows, ward


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Read from the sample, published once."""
    with opened(tmp_path_factory.mktemp("read")) as sessions:
        put_in_service(sessions, prepared())
        with sessions() as session:
            yield session


@pytest.fixture
def read(sessions: Sessions) -> Callable[[Tables], Snapshot]:
    """Publish rows and read them back."""

    def published(rows: Tables) -> Snapshot:
        version = put_in_service(sessions, prepared(rows, items=[]))
        with sessions() as session:
            return load_snapshot(session, version)

    return published


def test_every_record_of_the_snapshot_comes_out_as_it_went_in(session: Session) -> None:
    rows, snapshot = sample_rows(), load_snapshot(session, 1)
    for table, key, found in (
        ("source", "source_id", snapshot.sources),
        ("ward", "code", snapshot.wards),
        ("topic", "topic_id", snapshot.topics),
        ("pcn", "pcn_id", snapshot.pcns),
        ("practice", "ods_code", snapshot.practices),
        ("indicator", "indicator_id", snapshot.indicators),
    ):
        assert set(found) == {row[key] for row in rows[table]}, table
        for row in rows[table]:
            assert_as_it_went_in(found[row[key]], row, "nearest", "hub_walks", "place_walks")


def test_parts_of_the_snapshot_without_a_key_come_out_as_they_went_in(session: Session) -> None:
    rows, snapshot = sample_rows(), load_snapshot(session, 1)
    assert snapshot.version == 1
    for table, found in (
        ("resource", snapshot.resources),
        ("quotation", snapshot.quotations),
        ("finding", snapshot.findings),
    ):
        assert len(found) == len(rows[table])
        for record, row in zip(found, rows[table], strict=True):
            assert_as_it_went_in(record, row)


def test_council_is_described_as_the_package_does(session: Session) -> None:
    assert load_snapshot(session, 1).authority == Authority(
        code="E09000002",
        name="London Borough of Sample",
        short_name="Sample",
        data_date="2026-04-01",
        credits=("Contains sample data.",),
        generations=(
            Generation("WD2022", "1 ward since May 2022", "2022-05", None, "generalised"),
            Generation("WD2018", "2 wards until May 2022", "2011", "2022-05", "full"),
        ),
        list_sources=(
            ListSource("nhs-2026", "NHS, 2026", "2026-04-01", "nhs"),
            ListSource("nhs-2021", "NHS, 2021", "2021-01-01", "nhs"),
            ListSource("paper-2021", "Board paper", "2021-03-09", "paper"),
        ),
        comparators={"E09000002": "Sample", "E12000007": "London"},
        bounds=(0.07, 51.53, 0.09, 51.55),
        barriers="",
    )


def test_hub_has_its_position_areas_services_and_hours(session: Session) -> None:
    central = load_snapshot(session, 1).hubs["central"]
    assert_as_it_went_in(central, sample_rows()["hub"][0], "stops", "reach")
    assert central.stops == (Stop("station", "Sample station", 350.0, "nhs"),)
    assert central.reach is not None
    assert central.reach.kind == "routed"
    assert [(band.minutes, band.radius_m, band.residents) for band in central.reach.bands][:1] == [(5, None, 1234.5)]
    assert central.lonlat == LonLat(0.08, 51.54)
    assert central.is_located
    assert central.areas == AreaCodes(wards=AREAS, lsoas={})
    assert central.services == (
        Service(
            "central--debt",
            "central",
            "Debt advice",
            "On Mondays.",
            None,
            None,
            "2021-03",
            "paper",
            ("money-and-debt",),
        ),
    )
    assert central.opening_weeks == (OpeningWeek(40.0, 38.5, "2023", "nhs"),)


def test_hub_without_a_position_has_none_and_lies_nowhere(session: Session) -> None:
    nowhere = load_snapshot(session, 1).hubs["nowhere"]
    assert (nowhere.lonlat, nowhere.easting, nowhere.northing, nowhere.is_located) == (None, None, None, False)
    assert nowhere.areas == AreaCodes(wards={}, lsoas={})
    assert (nowhere.services, nowhere.opening_days, nowhere.opening_weeks) == ((), (), ())


def test_practice_has_its_lists_by_source_and_leaves_out_those_it_lacks(session: Session) -> None:
    practices = load_snapshot(session, 1).practices
    assert practices["F00001"].list_sizes == {"nhs-2026": 6000, "nhs-2021": 5200, "paper-2021": 5000}
    assert practices["F00002"].list_sizes == {"nhs-2021": 3800, "paper-2021": 4000}
    assert practices["F00001"].lonlat == LonLat(0.082, 51.542)


def test_practice_has_its_names_by_date_and_its_walks(session: Session) -> None:
    practice = load_snapshot(session, 1).practices["F00001"]
    assert [name.as_of for name in practice.names] == ["2019-12", "2021-03-09"]
    assert practice.hub_walks == (Walk("central", 400.0, 6.0), Walk("second", 1200.0, 18.0))
    assert practice.place_walks == (Walk("library-one", 200.0, 3.0),)


def test_changes_and_modelled_areas_come_out_as_they_went_in(session: Session) -> None:
    snapshot = load_snapshot(session, 1)
    (change,) = snapshot.practice_changes
    assert_as_it_went_in(change, sample_rows()["practice_change"][0])
    assert set(snapshot.pcn_areas) == {"north", "south"}
    for row in sample_rows()["pcn_area"]:
        assert_as_it_went_in(snapshot.pcn_areas[row["pcn_id"]], row)


def test_opening_days_are_in_week_order_under_the_newest_source_first(read: Callable[[Tables], Snapshot]) -> None:
    day = sample_rows()["opening_day"][0]
    given = [
        ("tue", 0, "2021", "paper"),
        ("sun", 0, "2023", "nhs"),
        ("mon", 1, "2023", "nhs"),
        ("wed", 0, "2021", "paper"),
    ]
    given += [("mon", 0, "2023", "nhs"), ("fri", 0, "2023", "nhs"), ("mon", 0, "2021", "paper")]
    days = [
        {**day, "weekday": name, "part": part, "as_of": as_of, "source_id": source}
        for name, part, as_of, source in given
    ]
    days = [{**one, "opens": "14:00"} if one["part"] else one for one in days]
    found = read({**sample_rows(), "opening_day": days}).hubs["central"].opening_days
    assert [(one.weekday, one.opens, one.as_of) for one in found] == [
        ("mon", "09:00", "2023"),
        ("mon", "14:00", "2023"),
        ("fri", "09:00", "2023"),
        ("sun", "09:00", "2023"),
        ("mon", "09:00", "2021"),
        ("tue", "09:00", "2021"),
        ("wed", "09:00", "2021"),
    ]


def test_snapshot_lists_everything_in_the_order_of_the_pages(read: Callable[[Tables], Snapshot]) -> None:
    rows = sample_rows()
    rows["hub"] = [
        hub("c", "Beta", 2, None),
        hub("a", "Gamma", 1, None),
        hub("d", "Alpha", 2, None),
        hub("b", "Beta", 2, None),
    ]
    rows["ward"] = [ward("E1", "Zebra", "WD2018"), ward("E2", "Abbey", "WD2018"), ward("E9", "Village", "WD2022")]
    rows["pcn"] = [pcn("alpha", "B", 1, 1), pcn("omega", "A", 1, 1)]
    rows["practice"] = [practice("F3", "Zoo", "alpha"), practice("F1", "Low", "omega"), practice("F2", "Axe", "alpha")]
    rows["topic"] = [{**one, "sort_order": 9 - number} for number, one in enumerate(rows["topic"])]
    rows["indicator"] = [{**indicator("i3", "Age", "WD2018"), "theme": "Work"}, indicator("i2", "Age", "WD2022")]
    rows["indicator"] += [indicator("i1", "Zeal", "WD2018"), indicator("i0", "Zeal", "WD2018")]
    told = rows["quotation"][0]
    rows["quotation"] = [
        {**told, "subject": subject, "rank": rank} for subject, rank in (("b", 16), ("z", 17), ("a", 17))
    ]
    rows["finding"] = [{**rows["finding"][0], "number": number, "code": f"code-{number}"} for number in (10, 2, 0)]
    found = read(rows)
    assert list(found.hubs) == ["a", "d", "b", "c"]
    assert list(found.wards) == ["E9", "E2", "E1"]
    assert list(found.topics) == [rows["topic"][1]["topic_id"], rows["topic"][0]["topic_id"]]
    assert list(found.pcns) == ["omega", "alpha"]
    assert list(found.practices) == ["F2", "F3", "F1"]
    assert list(found.indicators) == ["i2", "i0", "i1", "i3"]
    assert [quotation.subject for quotation in found.quotations] == ["a", "z", "b"]
    assert [finding.code for finding in found.findings] == ["code-0", "code-2", "code-10"]


def test_values_of_an_indicator_are_wards_by_code_and_then_comparators(session: Session) -> None:
    rows = {row["area_code"]: row for row in sample_rows()["indicator_value"] if row["indicator_id"] == "crime"}
    values = load_snapshot(session, 1).indicators["crime"].values
    assert list(values) == [OLD, OTHER, "E12000007"]
    for code, row in rows.items():
        assert_as_it_went_in(values[code], row)


def test_missing_value_is_none_and_not_nought(session: Session) -> None:
    value = load_snapshot(session, 1).indicators["crime-new"].values[NEW]
    assert (value.value, value.rank, value.map_class) == (None, None, None)


def test_places_are_counted_by_category(read: Callable[[Tables], Snapshot]) -> None:
    assert read(sample_rows(extra_places=3)).place_categories == {"library": 1, "school": 3}
