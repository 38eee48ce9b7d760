"""Reading what is looked up one by one: postcodes, places, the wards at a point, and the packed files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shapely
from sqlalchemy.orm import Session

from hubmap.domain.packed import MapPage, pack
from hubmap.domain.positions import LonLat
from hubmap.store.area_index import load_area_index
from hubmap.store.engine import Sessions
from hubmap.store.packed import load_assets, load_figures, load_layers, load_map_pages
from hubmap.store.read import find_place, find_postcode, list_places, load_snapshot, postcodes_within
from hubmap.store.records import AreaCodes, Nearest, PostcodeArea
from tests.store.conftest import assert_as_it_went_in, changed, counted_queries, opened, prepared, put_in_service
from tests.web.published import AREAS, hub, indicator, place, postcode, practice, sample_rows, ward

MAP_PAGE = MapPage("hubs", '<div id="map"></div>', ("leaflet-1.css",), ("map-1.js", "map-2.js"))
LAYER = pack("hubs.geojson", "application/geo+json", b'{"features":[]}')
FIGURE = pack("central.svg", "image/svg+xml", b"<svg/>")
ASSET = pack("map-1.js", "text/javascript", b"// a map")


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """Read from the sample, published once."""
    with opened(tmp_path_factory.mktemp("read")) as sessions:
        put_in_service(sessions, prepared(layers=[LAYER], assets=[ASSET], figures=[FIGURE], map_pages=[MAP_PAGE]))
        with sessions() as session:
            yield session


def test_versions_that_are_kept_are_read_apart(sessions: Sessions) -> None:
    for name in ("First hub", "Second hub"):
        put_in_service(sessions, prepared(sample_rows(name=name)))
    with sessions() as session:
        assert [load_snapshot(session, version).hubs["central"].name for version in (1, 2)] == [
            "First hub",
            "Second hub",
        ]
        assert find_place(session, 1, "library-one") != find_place(session, 2, "library-one")
        assert find_place(session, 3, "library-one") is None
        assert find_postcode(session, 3, "IG11 7NB") is None
        assert list_places(session, 3) == []


@pytest.mark.parametrize(("number", "live"), [(0, True), (1, False)])
def test_postcode_comes_out_as_it_went_in_live_or_terminated(session: Session, number: int, *, live: bool) -> None:
    row = sample_rows()["postcode"][number]
    point = find_postcode(session, 1, row["postcode"])
    assert point is not None
    assert_as_it_went_in(point, row, "nearest")
    assert point.live is live
    assert point.lonlat == LonLat(row["lon"], row["lat"])
    assert point.areas == AreaCodes(wards=AREAS, lsoas={})
    assert point.nearest == (Nearest(1, "central", 1609.344, 24.2),)


@pytest.mark.parametrize("unlisted", ["IG11 7N", "ig11 7nb", "IG117NB", "", "IG11 7NB\0", "%"])
def test_postcode_that_is_not_listed_as_it_is_written_is_not_found(session: Session, unlisted: str) -> None:
    assert find_postcode(session, 1, unlisted) is None


@pytest.fixture
def romford(sessions: Sessions) -> Iterator[Session]:
    """Read postcodes of RM1 and RM10, a terminated one among them."""
    rows = sample_rows()
    at = {"RM1 1AA": (0, 0), "RM1 1AB": (10, 20), "RM1 2AA": (50, 70), "RM10 1AA": (900, 900), "RM1 1ZZ": (500, 500)}
    rows["postcode"] = [
        {
            **postcode(code, live=code != "RM1 1ZZ"),
            "easting": easting,
            "northing": northing,
            "wards": {"WD2018": code[:5]},
        }
        for code, (easting, northing) in at.items()
    ]
    put_in_service(sessions, prepared(rows))
    with sessions() as session:
        yield session


def test_rm1_does_not_take_in_rm10_nor_what_is_terminated(romford: Session) -> None:
    assert postcodes_within(romford, 1, "RM1") == PostcodeArea("RM1", 3, 20.0, 30.0, {"WD2018": ("RM1 1", "RM1 2")})
    assert postcodes_within(romford, 1, "RM10") == PostcodeArea("RM10", 1, 900.0, 900.0, {"WD2018": ("RM10 ",)})


def test_sector_is_the_middle_of_its_own_postcodes(romford: Session) -> None:
    assert postcodes_within(romford, 1, "RM1 1") == PostcodeArea("RM1 1", 2, 5.0, 10.0, {"WD2018": ("RM1 1",)})


@pytest.mark.parametrize("prefix", ["RM", "RM2", "RM1 9", "%", "RM_", "RM1 _", "", "RM1 1ZZ"])
def test_beginning_that_no_live_postcode_has_is_no_area(romford: Session, prefix: str) -> None:
    assert postcodes_within(romford, 1, prefix) is None


def test_place_comes_out_as_it_went_in(session: Session) -> None:
    found = find_place(session, 1, "library-one")
    assert found is not None
    assert_as_it_went_in(found, sample_rows()["place"][0], "nearest")
    assert found.lonlat == LonLat(0.081, 51.541)
    assert found.areas == AreaCodes(wards=AREAS, lsoas={})
    assert found.nearest == (Nearest(1, "central", 1609.344, 24.2),)
    assert find_place(session, 1, "library") is None


def test_place_without_a_position_has_none(sessions: Sessions) -> None:
    put_in_service(sessions, prepared(changed(sample_rows(), "place", 0, lon=None, lat=None, nearest=[], wards={})))
    with sessions() as session:
        found = find_place(session, 1, "library-one")
    assert found is not None
    assert (found.lonlat, found.nearest) == (None, ())


def test_places_are_listed_by_category_name_and_id_and_filters_combine(sessions: Sessions) -> None:
    rows = sample_rows()
    rows["place"] = [place("p3", "Zoo", "school"), place("p2", "Ash", "school"), place("p1", "Ash", "school")]
    rows["place"] += [place("p4", "Yew", "library")]
    rows["place_ward"] = [
        {"ward_code": code, "place_id": id_} for code, id_ in (("E1", "p3"), ("E1", "p4"), ("E2", "p1"))
    ]
    put_in_service(sessions, prepared(rows))
    with sessions() as session:
        assert [one.place_id for one in list_places(session, 1)] == ["p4", "p1", "p2", "p3"]
        assert [one.place_id for one in list_places(session, 1, ward="E1")] == ["p4", "p3"]
        assert [one.place_id for one in list_places(session, 1, category="school")] == ["p1", "p2", "p3"]
        assert [one.place_id for one in list_places(session, 1, ward="E1", category="school")] == ["p3"]
        assert list_places(session, 1, ward="E3") == []


def test_packed_files_and_map_pages_come_out_as_they_went_in(session: Session) -> None:
    assert load_layers(session, 1) == {"hubs.geojson": LAYER}
    assert load_assets(session, 1) == {"map-1.js": ASSET}
    assert load_figures(session, 1) == {"central.svg": FIGURE}
    assert load_map_pages(session, 1) == {"hubs": MAP_PAGE}
    assert load_layers(session, 2) == {}


@pytest.fixture
def chequered(sessions: Sessions) -> Iterator[Session]:
    """Read four squares of one generation that meet at (1, 1), above one great square of another."""
    corners = {"E4": (0, 0), "E3": (1, 0), "E2": (0, 1), "E1": (1, 1)}
    squares = [(code, "WD2018", shapely.box(x, y, x + 1, y + 1)) for code, (x, y) in corners.items()]
    squares.append(("E9", "WD2022", shapely.box(0, 0, 2, 2)))
    rows = sample_rows()
    rows["ward"] = [{**ward(code, code, kind), "shape": shapely.to_wkb(square)} for code, kind, square in squares]
    put_in_service(sessions, prepared(rows))
    with sessions() as session:
        yield session


@pytest.mark.parametrize(
    ("lon", "lat", "found"),
    [(0.5, 0.5, "E4"), (1.5, 1.5, "E1"), (1.0, 0.5, "E3"), (0.5, 1.0, "E2"), (1.0, 1.0, "E1"), (0.0, 0.0, "E4")],
)
def test_point_on_a_border_is_in_the_ward_of_the_lower_code(
    chequered: Session, lon: float, lat: float, found: str
) -> None:
    assert load_area_index(chequered, 1).wards_at(LonLat(lon, lat)) == {"WD2018": found, "WD2022": "E9"}


def test_point_outside_every_ward_is_in_none(chequered: Session) -> None:
    assert load_area_index(chequered, 1).wards_at(LonLat(2.0001, 1.0)) == {}


def test_number_of_queries_does_not_depend_on_the_number_of_rows(sessions: Sessions) -> None:
    few = put_in_service(sessions)
    rows = sample_rows(extra_places=60)
    rows["hub"] += [hub(f"hub-{number}", f"Hub {number}", 3, None) for number in range(30)]
    rows["practice"] += [practice(f"P{number}", f"Practice {number}", "south") for number in range(30)]
    rows["indicator"] += [indicator(f"i-{number}", f"Share {number}", "WD2018") for number in range(30)]
    many = put_in_service(sessions, prepared(rows))
    for read in (load_snapshot, list_places, load_area_index, load_layers, load_map_pages):
        counts = []
        for version in (few, many):
            with sessions() as session, counted_queries(sessions) as statements:
                read(session, version)
            counts.append(len(statements))
        assert counts[0] == counts[1] > 0, read.__name__
