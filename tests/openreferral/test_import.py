"""`hubmap import oruk`: what is good is kept, what is not is named, and nothing is invented or half written."""

from __future__ import annotations

import csv
import datetime as dt
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from werkzeug.serving import make_server

from hubmap.cli import main
from hubmap.config import Settings
from hubmap.errors import ConfigError, FeedError
from hubmap.openreferral.export import JSON_FORMAT, export, read_feed
from hubmap.openreferral.reading import fetching
from hubmap.openreferral.reading.contract import read_service
from hubmap.openreferral.reading.importing import Options, Reading, import_feed
from hubmap.openreferral.reading.older import read_older
from hubmap.openreferral.reading.records import Found, Refused
from hubmap.openreferral.reading.review import FRAGMENT, PLACES
from hubmap.sources.package import read_package
from tests.openreferral.standard import STANDARDS, needs_standards
from tests.openreferral.strangers import pages_of, service, stranger
from tests.small_package import DESCRIPTOR, rehash, write_descriptor, write_small_package
from tests.web.conftest import make_app

TODAY = dt.date(2026, 11, 24)
HERE = Options(allow_private=True)


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "PAUSE_S", 0.0)


def take(source: str | Path, out: Path, options: Options = HERE) -> Reading:
    return import_feed(str(source), out, options, lambda *_: None, TODAY)


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def write(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value), encoding="utf-8")
    return path


@needs_standards
def test_older_sample_keeps_all_twenty_and_maps_none_at_zero(tmp_path: Path) -> None:
    reading = take(STANDARDS / "buckinghamshire-sample" / "services.json", tmp_path / "out")
    assert (len(reading.found), reading.refused) == (20, [])
    located = [one for one in reading.found.values() if any(site.lonlat for site in one.sites)]
    assert len(located) == 13
    reasons = [row["reason"] for row in rows(tmp_path / "out" / "report.csv")]
    assert reasons.count("position is 0, 0: no position") == 5
    assert reasons.count("no location is given") == 2
    places = rows(tmp_path / "out" / "places-services.csv")
    assert [place["position_precision"] for place in places].count("unlocated") == 7
    assert not [place for place in places if place["lon"] in {"0", "0.0"}]
    assert {row["assured_date"] for row in rows(tmp_path / "out" / "records.csv")} == {""}


@needs_standards
def test_official_examples_hold_one_service_told_twice(tmp_path: Path) -> None:
    reading = take(STANDARDS / "oruk-3.0" / "examples", tmp_path / "out")
    (found,) = reading.found.values()
    assert (found.name, found.assured_on, found.modified_on) == ("Community Counselling", "2005-01-01", "2023-03-15")
    assert found.sites[0].lonlat is None
    assert {remark.verdict for remark in reading.remarks} == {"kept", "repeated"}
    assert rows(tmp_path / "out" / "records.csv")[0]["assured_date"] == "2005-01-01"


@needs_standards
def test_failing_mocks_are_refused_with_every_reason(tmp_path: Path) -> None:
    reading = take(STANDARDS / "validator-mocks" / "V3.0-UK-Fail", tmp_path / "out")
    assert reading.found == {}
    reasons = {row["reason"] for row in rows(tmp_path / "out" / "report.csv") if row["where"] == "service_full.json"}
    assert reasons == {
        "url: expected a URI; found 'example/counselling'",
        "email: expected an e-mail address; found 'email-example_com'",
    }


@pytest.fixture(scope="module")
def served(real_settings: Settings) -> Iterator[str]:
    """Serve the packaged data on this machine."""
    server = make_server("127.0.0.1", 0, make_app(real_settings), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/openreferral"
    server.shutdown()
    thread.join()
    server.server_close()


def test_our_own_feed_read_back_holds_equal_records(served: str, real_settings: Settings, tmp_path: Path) -> None:
    feed, _ = read_feed(real_settings)
    expected = [read_service(document) for document in feed.services]
    over_the_wire = take(served, tmp_path / "wire")
    assert list(over_the_wire.found.values()) == expected
    assert over_the_wire.refused == []
    export(real_settings, tmp_path / "services.json", JSON_FORMAT)
    assert list(take(tmp_path / "services.json", tmp_path / "file").found.values()) == expected
    for mine, document in zip(over_the_wire.found.values(), feed.services, strict=True):
        location, lonlat = document["service_at_locations"][0]["location"], mine.sites[0].lonlat
        assert (mine.record_id, mine.name) == (document["id"], document["name"])
        assert mine.organization == document["organization"]["name"]
        assert (lonlat and lonlat.lon, lonlat and lonlat.lat) == (location.get("longitude"), location.get("latitude"))
        assert mine.assured_on is None


def test_second_reading_asks_only_what_changed_and_writes_the_same(served: str, tmp_path: Path) -> None:
    take(served, tmp_path / "out")
    first = contents(tmp_path / "out")
    take(served, tmp_path / "out")
    assert contents(tmp_path / "out") == first
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "out.reading"]
    with stranger(pages_of([service(number) for number in range(5)])) as there:
        for _ in range(2):
            assert len(take(there.address, tmp_path / "theirs").found) == 5
        assert there.tags[:3] == [None] * 3
        assert all(there.tags[3:])
        assert len(there.asked) == 6


def test_reading_that_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    pages, broken = pages_of([service(number) for number in range(6)]), [True]

    def ask(path: str, headers: Any) -> Any:  # noqa: ANN401  as the stranger asks
        return (500, {}, b"") if "page=3" in path and broken[0] else pages(path, headers)

    with stranger(ask) as there:
        with pytest.raises(FeedError, match="expected 200; found 500"):
            take(there.address, tmp_path / "out")
        assert not (tmp_path / "out").exists()
        broken[0] = False
        assert len(take(there.address, tmp_path / "out").found) == 6
    asked = [path.partition("&page=")[2] for path in there.asked]
    assert asked == ["1", "2", "3", "3"]


def test_good_records_are_kept_and_bad_ones_listed(tmp_path: Path) -> None:
    bad = [
        service(1, status="open"), service(2, id="two"), service(3, name=" "), service(4, last_modified="yesterday"),
        service(5, service_at_locations=[{"id": "x"}]), "no record", None, 7,
    ]  # fmt: skip
    good = [service(6, description=None, url=None), service(7, unknown={"more": [1, 2]})]
    out = tmp_path / "out"
    reading = take(write(tmp_path / "feed.json", {"contents": [*bad, *good]}), out)
    assert [one.name for one in reading.found.values()] == ["Service 6", "Service 7"]
    assert len(reading.refused) == len(bad)
    refused = [row for row in rows(out / "report.csv") if row["verdict"] == "refused"]
    assert {row["reason"].partition(":")[0] for row in refused} == {
        "status", "id", "name", "last_modified", "service_at_locations.0.id", "record",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("latitude", "longitude", "reason"),
    [
        (0, 0, "is 0, 0"), (0.0, -0.0, "is 0, 0"), (0.1, 51.5, "outside the United Kingdom"),
        (95, 0.1, "outside the United Kingdom"), (51.5, None, "only one of"), (1e400, 0.1, "is no number"),
    ],
)  # fmt: skip
def test_position_that_cannot_be_is_none_and_remarked_upon(
    latitude: float, longitude: float | None, reason: str
) -> None:
    record = service(1)
    record["service_at_locations"][0]["location"] |= {"latitude": latitude, "longitude": longitude}
    found = read_service(record)
    assert isinstance(found, Found)
    assert found.sites[0].lonlat is None
    assert any(reason in remark for remark in found.remarks)


@pytest.mark.parametrize(
    ("status", "ours"),
    [("active", "open"), ("defunct", "closed"), ("inactive", "unknown"), ("temporarily closed", "unknown")],
)
def test_status_is_told_in_our_words(status: str, ours: str) -> None:
    found = read_service(service(1, status=status))
    assert isinstance(found, Found)
    assert found.status == ours


def test_masked_address_is_told_by_the_beginning_of_its_postcode_alone(tmp_path: Path) -> None:
    location = {
        "id": 1, "name": "The refuge", "address_1": "1 Secret Street", "city": "Town", "postal_code": "HP21 7JF",
        "geometry": {"type": "Point", "coordinates": [-0.79, 51.81]}, "mask_exact_address": True,
    }  # fmt: skip
    found = read_older({"id": 1, "name": "Refuge", "locations": [location]})
    assert isinstance(found, Found)
    assert (found.sites[0].address, found.sites[0].postcode, found.sites[0].lonlat) == ("HP21", None, None)
    take(write(tmp_path / "feed.json", [{"id": 1, "name": "Refuge", "locations": [location]}]), tmp_path / "out")
    assert not [name for name, body in contents(tmp_path / "out").items() if b"Secret" in body or b"7JF" in body]


@pytest.mark.parametrize("record", [None, [], 3, "x", {}, {"id": True, "name": "x"}, {"id": 1, "name": None}])
def test_older_record_that_is_none_is_refused(record: object) -> None:
    assert isinstance(read_older(record), Refused)


def test_record_told_in_short_is_asked_for_by_its_id(tmp_path: Path) -> None:
    whole = [service(number) for number in range(3)]
    short = [{name: value for name, value in one.items() if name != "service_at_locations"} for one in whole]
    pages = pages_of(short, per_page=3)

    def ask(path: str, headers: Any) -> Any:  # noqa: ANN401  as the stranger asks
        found = [one for one in whole[:2] if path.endswith(one["id"])]
        if "page=" in path:
            return pages(path, headers)
        return (200, {}, json.dumps(found[0]).encode()) if found else (404, {}, b"")

    with stranger(ask) as there:
        found = list(take(f"{there.address}/services", tmp_path / "out").found.values())
    assert [len(one.sites) for one in found] == [1, 1, 0]


def test_older_feed_is_read_page_by_page(tmp_path: Path) -> None:
    def ask(path: str, _headers: Any) -> Any:  # noqa: ANN401  as the stranger asks
        number = int(path.rpartition("page=")[2])
        record = {"id": number, "name": f"Club {number}", "locations": []}
        page = {"number": number, "totalPages": 3, "last": number == 3, "content": [record]}
        return 200, {}, json.dumps(page).encode()

    with stranger(ask) as there:
        assert list(take(there.address, tmp_path / "out").found) == ["1", "2", "3"]


def test_feed_without_an_end_is_left(tmp_path: Path) -> None:
    page = json.dumps({"contents": [service(1)], "last_page": False}).encode()
    with stranger(lambda *_: (200, {}, page)) as there, pytest.raises(FeedError, match="not met before"):
        take(there.address, tmp_path / "out")


def test_folder_of_somebody_else_is_left_alone(tmp_path: Path) -> None:
    source = write(tmp_path / "feed.json", [service(1)])
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("keep")
    with pytest.raises(ConfigError, match="new or empty"):
        take(source, tmp_path / "mine")
    assert contents(tmp_path / "mine") == {"thesis.txt": b"keep"}


@pytest.mark.parametrize("index", ["{}", "[]", "not JSON", '{"source": "mine", "pages": {"x": {}}}'])
def test_folder_for_pages_that_is_not_ours_is_left_alone(tmp_path: Path, index: str) -> None:
    folder = tmp_path / "out.reading"
    folder.mkdir()
    (folder / "index.json").write_text(index)
    with pytest.raises(FeedError, match="found other things"):
        take("http://127.0.0.1:9/", tmp_path / "out")
    assert contents(folder) == {"index.json": index.encode()}


def test_pages_of_another_feed_make_room(tmp_path: Path) -> None:
    for first in (1, 5):
        with stranger(pages_of([service(first), service(first + 1)])) as there:
            assert len(take(there.address, tmp_path / "out").found) == 2
    assert len(contents(tmp_path / "out.reading")) == 2


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"3", b'{"contents": [{"id": 1, "label": "x"}]}'])
def test_file_without_services_is_an_error_that_says_so(tmp_path: Path, body: bytes) -> None:
    (tmp_path / "feed.json").write_bytes(body)
    with pytest.raises(FeedError, match="expected"):
        take(tmp_path / "feed.json", tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_hostile_text_stays_in_its_cell(tmp_path: Path) -> None:
    names = ["=cmd|'/c calc'!A1", 'a",b\n{{7*7}}', "\x1b[2J</script>", "+44 20"]
    source = write(tmp_path / "feed.json", [service(number, name=name) for number, name in enumerate(names)])
    take(source, tmp_path / "out")
    records = rows(tmp_path / "out" / "records.csv")
    assert [row["name"] for row in records] == ["'=cmd|'/c calc'!A1", 'a",b\n{{7*7}}', "\x1b[2J</script>", "'+44 20"]
    assert all(list(row) == list(PLACES) for row in rows(tmp_path / "out" / "places-feed.csv"))


def test_reviewed_folder_is_accepted_by_the_data_package(tmp_path: Path) -> None:
    library = {"id": service(1)["id"], "taxonomy_term": {"id": service(2)["id"], "name": "Library", "description": "x"}}
    source = write(tmp_path / "theirs.json", [service(1, attributes=[library]), service(2, attributes=[library])])
    take(source, tmp_path / "out")
    package = write_small_package(tmp_path / "package")
    descriptor = json.loads((package / DESCRIPTOR).read_text())
    fragment = json.loads((tmp_path / "out" / FRAGMENT).read_text())
    for one in fragment["resources"]:
        (package / one["path"]).write_bytes((tmp_path / "out" / one["path"]).read_bytes())
    before = len(read_package(package).tables["places"])
    descriptor["resources"] += fragment["resources"]
    write_descriptor(package, descriptor)
    rehash(package)
    places = read_package(package).tables["places"]
    assert len(places) == before + 2
    assert list(places["category"])[-2:] == ["library", "library"]


def test_command_reads_and_says_what_it_did(tmp_path: Path) -> None:
    source = write(tmp_path / "feed.json", {"contents": [service(1), service(2, status="open")]})
    result = CliRunner().invoke(main, ["import", "oruk", str(source), "--out", str(tmp_path / "out")])
    assert result.exit_code == 0
    assert "1 services kept, 1 of them with a position; 1 refused." in result.output
    for wrong in (str(tmp_path / "none.json"), "file:///etc/passwd", "ftp://example.org/", "https://user@example.org/"):
        refused = CliRunner().invoke(main, ["import", "oruk", wrong, "--out", str(tmp_path / "more")])
        assert refused.exit_code == 2
        assert "expected" in refused.output
    assert not (tmp_path / "more").exists()
