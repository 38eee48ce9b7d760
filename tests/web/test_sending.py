"""Headers, compression, entity tags, assets and downloads."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import brotli
import pytest
from flask.testing import FlaskClient

from hubmap.web.security import content_policy
from hubmap.web.state import CHECK_EVERY_S, Holder
from tests.web.conftest import counted_queries, forget_pages, make_app, make_published_app, settings_for
from tests.web.published import HUBS_CSV, OLD, publish_sample


def test_page_is_compressed_as_the_browser_accepts(client: FlaskClient) -> None:
    plain = client.get("/hubs").get_data()
    small = client.get("/hubs", headers={"Accept-Encoding": "gzip"})
    smaller = client.get("/hubs", headers={"Accept-Encoding": "gzip, br"})
    assert gzip.decompress(small.get_data()) == plain
    assert brotli.decompress(smaller.get_data()) == plain
    assert smaller.headers["Vary"] == "Accept-Encoding"


def test_refused_encoding_is_not_used(client: FlaskClient) -> None:
    response = client.get("/hubs", headers={"Accept-Encoding": "br;q=0"})
    assert "Content-Encoding" not in response.headers


@pytest.mark.parametrize("address", ["/hubs", "/layers/hubs.geojson"])
@pytest.mark.parametrize("encoding", ["", "gzip", "br"])
def test_page_that_is_already_there_is_not_sent_again(client: FlaskClient, address: str, encoding: str) -> None:
    headers = {"Accept-Encoding": encoding}
    first = client.get(address, headers=headers)
    again = client.get(address, headers={**headers, "If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.get_data() == b""


def test_encodings_have_tags_of_their_own(client: FlaskClient) -> None:
    tags = {client.get("/hubs", headers={"Accept-Encoding": one}).headers["ETag"] for one in ("", "gzip", "br")}
    assert len(tags) == 3


def test_page_is_kept_for_a_minute(client: FlaskClient) -> None:
    assert client.get("/hubs").headers["Cache-Control"] == "max-age=60"


def test_every_asset_of_a_page_is_there_and_never_changes(client: FlaskClient) -> None:
    page = client.get("/hubs").get_data(as_text=True)
    addresses = set(re.findall(r'(?:href|src)="(/assets/[^"#]+)', page))
    assert any("map-hubs" in address for address in addresses)
    for address in addresses:
        response = client.get(address)
        assert response.status_code == 200, address
        assert response.headers["Cache-Control"] == "public, max-age=31536000, immutable"


PAGES = (
    *("/", "/find", "/hubs", "/hubs/central", "/hubs/nowhere", "/directory", "/directory/library-one", "/my-list"),
    *("/feedback?about=central", "/feedback/sent?about=central", "/planning?wards=WD2018", "/data", "/none"),
    *(f"/planning/wards/{OLD}", "/pcn", "/pcn/north", "/practices/F00001"),
)
ANSWERS = ({"postcode": "IG11 7NB", "need": "money-and-debt"}, {"postcode": "nonsense"}, {"postcode": "SW1A 1AA"})


class Strangers(HTMLParser):
    """Gathers what a policy would block: code and style inside a page, and whatever it would load or send elsewhere."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        is_data = known.get("type") == "application/ld+json"
        if tag == "style" or (tag == "script" and "src" not in known and not is_data):
            self.found.append(tag)
        may_leave = tag == "a" and {"noreferrer", "noopener"} <= set(known.get("rel", "").split())
        for name, value in known.items():
            leaves = name in {"src", "href", "action", "srcset", "data"} and re.match(r"(?:https?:)?//", value)
            if name == "style" or name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}")
            elif leaves and not may_leave:
                self.found.append(f"{tag} {name}={value}")


def strangers_in(page: str) -> list[str]:
    reader = Strangers()
    reader.feed(page)
    reader.close()
    return reader.found


@pytest.mark.parametrize("address", PAGES)
def test_nothing_of_a_page_is_inline_or_from_elsewhere(client: FlaskClient, address: str) -> None:
    assert strangers_in(client.get(address).get_data(as_text=True)) == []


@pytest.mark.parametrize("fields", ANSWERS)
def test_nothing_of_an_answer_is_inline_or_from_elsewhere(client: FlaskClient, fields: dict[str, str]) -> None:
    assert strangers_in(client.post("/find", data=fields).get_data(as_text=True)) == []


@pytest.mark.parametrize(
    "page",
    [
        "<style>p{}</style>",
        "<script>1</script>",
        '<p style="x">',
        '<p onclick="x">',
        '<a href="javascript:x">',
        '<img src="//x.example/y">',
        '<a href="https://x.example">',
        '<form action="https://x.example">',
    ],
)
def test_scan_finds_what_is_inline_or_from_elsewhere(page: str) -> None:
    assert strangers_in(page) != []


def test_data_for_machines_is_the_one_block_that_stands_in_a_page(client: FlaskClient) -> None:
    page = client.get("/hubs/central").get_data(as_text=True)
    assert page.count('<script type="application/ld+json">') == 1


@pytest.mark.parametrize(
    "path", ["/", "/hubs", "/hubs/central", "/hubs/central.ics", "/hubs/central.vcf", "/directory/library-one", "/none"]
)
@pytest.mark.parametrize("host", ["evil.example", "x" * 80 + ".example", "a b", "[::", ""])
def test_answer_does_not_trust_the_host_that_was_asked_for(client: FlaskClient, path: str, host: str) -> None:
    response = client.get(path, headers={"Host": host})
    assert response.status_code in {200, 400, 404}
    page = response.get_data(as_text=True)
    assert not host or host not in page
    assert response.headers["Content-Security-Policy"]


def test_files_carry_no_address_of_a_site_that_no_setting_names(tmp_path: Path) -> None:
    make_published_app(tmp_path)
    client = make_app(settings_for(tmp_path, site_url=None)).test_client()
    assert "localhost" not in client.get("/hubs/central").get_data(as_text=True)
    assert "URL" not in client.get("/hubs/central.vcf").get_data(as_text=True)
    assert "URL" not in client.get("/hubs/central.ics").get_data(as_text=True)


def test_broken_database_is_a_page_in_our_words_and_logs_no_question(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    app = make_published_app(tmp_path)
    with app.extensions["hubmap"].sessions.kw["bind"].begin() as connection:
        connection.exec_driver_sql("DROP TABLE place")
    response = app.test_client().get("/directory/library-one?q=my+private+need")
    assert response.status_code == 500
    page = response.get_data(as_text=True)
    assert "on our side" in page
    assert "What you can do next" in page
    assert "private" not in caplog.text


def test_tile_host_is_admitted_for_images_alone() -> None:
    policy = content_policy("https://{s}.tiles.example/{z}/{x}/{y}.png")
    assert "img-src 'self' data: https://*.tiles.example;" in policy
    assert policy.count("tiles.example") == 1
    assert "http" not in content_policy(None)


def test_tiles_reach_the_map_only_where_they_are_set(client: FlaskClient, tmp_path: Path) -> None:
    assert "data-tiles-url" not in client.get("/hubs").get_data(as_text=True)
    make_published_app(tmp_path)
    settings = settings_for(tmp_path, tiles="https://tiles.example/{z}/{x}/{y}.png", tiles_credit="© Tiles")
    page = make_app(settings).test_client().get("/hubs").get_data(as_text=True)
    assert 'data-tiles-credit="© Tiles"' in page


def test_published_file_can_be_downloaded(client: FlaskClient) -> None:
    response = client.get("/data/hubs.csv")
    assert response.get_data() == HUBS_CSV
    assert response.headers["Content-Disposition"] == "attachment; filename=hubs.csv"


@pytest.mark.parametrize("name", ["secret.csv", "..%2Fweb.sqlite", "%2Fetc%2Fpasswd", "hubs.csv%00"])
def test_nothing_but_a_published_file_can_be_downloaded(client: FlaskClient, name: str) -> None:
    assert client.get(f"/data/{name}").status_code == 404


def test_file_changed_since_it_was_published_is_not_sent(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    (tmp_path / "package" / "hubs.csv").write_bytes(b"something else")
    assert app.test_client().get("/data/hubs.csv").status_code == 404


@pytest.mark.parametrize(
    "address", ["/hubs", "/directory", "/planning?wards=WD2018", "/pcn", "/planning/wards/E05000001"]
)
def test_query_count_stays_as_rows_grow(tmp_path: Path, address: str) -> None:
    counts = []
    for extra_places in (0, 40):
        app = make_published_app(tmp_path / str(extra_places), extra_places=extra_places)
        app.test_client().get(address)
        forget_pages(app)
        with counted_queries(app) as statements:
            app.test_client().get(address)
        counts.append(len([one for one in statements if "publication" not in one]))
    assert counts[0] == counts[1]


def test_new_version_is_swapped_in_whole_and_looked_for_at_most_once_a_second(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    sessions = app.extensions["hubmap"].sessions
    now = 0.0
    holder = Holder(sessions, clock=lambda: now)
    first = holder.current()
    assert first is not None
    with sessions.begin() as session:
        version = publish_sample(session, name="New hub")
    assert holder.current() is first
    now += CHECK_EVERY_S
    second = holder.current()
    assert second is not None
    assert second.snapshot.version == version
    assert second.snapshot.hubs["central"].name == "New hub"


def test_assets_of_the_version_before_stay_and_those_of_older_ones_do_not(tmp_path: Path) -> None:
    app = make_published_app(tmp_path, script=b"// 1")
    sessions = app.extensions["hubmap"].sessions
    now = 0.0
    holder = Holder(sessions, clock=lambda: now)
    names = []
    for number in (1, 2, 3):
        if number > 1:
            with sessions.begin() as session:
                publish_sample(session, script=f"// {number}".encode())
        now += CHECK_EVERY_S
        served = holder.current()
        assert served is not None
        names += list(served.assets)
    assert [served.find_asset(name) is not None for name in names] == [False, True, True]


def test_own_script_or_style_sheet_is_sent_without_asking_the_database(tmp_path: Path) -> None:
    app = make_published_app(tmp_path)
    names = list(app.extensions["hubmap"].static)
    with counted_queries(app) as statements:
        assert {app.test_client().get(f"/assets/{name}").status_code for name in names} == {200}
    assert statements == []


def test_site_starts_without_the_libraries_of_the_build() -> None:
    heavy = ["geopandas", "pandas", "pandera", "folium", "branca", "scipy"]
    code = f"import sys, hubmap.web; print([one for one in {heavy!r} if one in sys.modules])"
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"
