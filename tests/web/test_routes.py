"""Every route of the site, with what it needs; a new one has to be written down here."""

from __future__ import annotations

import pytest
from flask import Flask
from flask.testing import FlaskClient

from hubmap.openreferral.ids import Ids
from tests.web.published import ABOUT, NEW, OLD

COLLECTION = "/openreferral/<any(organizations, service_at_locations, services, taxonomies, taxonomy_terms):collection>"
DEBT_ADVICE = Ids(ABOUT["authority"]["code"]).of("service", "central--debt")

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Rule → (methods, needs published data, an address that works, its media type).
ROUTES = {
    "/": ("GET", True, "/", "text/html"),
    "/find": ("GET POST", True, "/find", "text/html"),
    "/hubs": ("GET", True, "/hubs", "text/html"),
    "/hubs/<slug>": ("GET", True, "/hubs/central", "text/html"),
    "/hubs/<slug>.ics": ("GET", True, "/hubs/central.ics", "text/calendar"),
    "/hubs/<slug>.vcf": ("GET", True, "/hubs/central.vcf", "text/vcard"),
    "/hubs/<slug>.svg": ("GET", True, "/hubs/central.svg", "image/svg+xml"),
    "/directory": ("GET POST", True, "/directory", "text/html"),
    "/directory/suggest": ("GET", True, "/directory/suggest?q=lib", "application/json"),
    "/directory.csv": ("GET POST", True, "/directory.csv", "text/csv"),
    "/directory.xlsx": ("GET POST", True, "/directory.xlsx", XLSX),
    "/directory.geojson": ("GET POST", True, "/directory.geojson", "application/geo+json"),
    "/directory/<slug>": ("GET", True, "/directory/library-one", "text/html"),
    "/feedback": ("GET POST", True, "/feedback?about=central", "text/html"),
    "/feedback/sent": ("GET", True, "/feedback/sent?about=library-one", "text/html"),
    "/my-list": ("GET", False, "/my-list", "text/html"),
    "/planning": ("GET", True, "/planning?wards=WD2018", "text/html"),
    "/planning/indicator.csv": ("GET", True, "/planning/indicator.csv?wards=WD2018", "text/csv"),
    "/planning/indicator.xlsx": ("GET", True, "/planning/indicator.xlsx?wards=WD2018", XLSX),
    "/planning/coverage": ("GET", True, "/planning/coverage?wards=WD2018", "text/html"),
    "/planning/coverage.csv": ("GET", True, "/planning/coverage.csv", "text/csv"),
    "/planning/coverage.xlsx": ("GET", True, "/planning/coverage.xlsx", XLSX),
    "/planning/needs": ("GET", True, "/planning/needs?wards=WD2018", "text/html"),
    "/planning/needs.csv": ("GET", True, "/planning/needs.csv?wards=WD2018", "text/csv"),
    "/planning/needs.xlsx": ("GET", True, "/planning/needs.xlsx?wards=WD2018", XLSX),
    "/planning/wards/<code>.csv": ("GET", True, f"/planning/wards/{OLD}.csv", "text/csv"),
    "/planning/wards/<code>.xlsx": ("GET", True, f"/planning/wards/{OLD}.xlsx", XLSX),
    "/planning/scenario": ("GET", True, "/planning/scenario?close=central", "text/html"),
    "/planning/scenario.csv": ("GET", True, "/planning/scenario.csv?close=central", "text/csv"),
    "/planning/scenario.xlsx": ("GET", True, "/planning/scenario.xlsx?close=central", XLSX),
    "/planning/next-hub": ("GET", True, "/planning/next-hub", "text/html"),
    "/planning/next-hub.csv": ("GET", True, "/planning/next-hub.csv", "text/csv"),
    "/planning/next-hub.xlsx": ("GET", True, "/planning/next-hub.xlsx", XLSX),
    "/planning/wards/<code>": ("GET", True, f"/planning/wards/{OLD}", "text/html"),
    "/pcn": ("GET", True, "/pcn", "text/html"),
    "/pcn.csv": ("GET", True, "/pcn.csv", "text/csv"),
    "/pcn.xlsx": ("GET", True, "/pcn.xlsx", XLSX),
    "/pcn/<code>": ("GET", True, "/pcn/north", "text/html"),
    "/pcn/<code>.csv": ("GET", True, "/pcn/north.csv", "text/csv"),
    "/pcn/<code>.xlsx": ("GET", True, "/pcn/north.xlsx", XLSX),
    "/pcn/reconcile": ("GET", True, "/pcn/reconcile", "text/html"),
    "/pcn/reconcile.csv": ("GET", True, "/pcn/reconcile.csv", "text/csv"),
    "/pcn/reconcile.xlsx": ("GET", True, "/pcn/reconcile.xlsx", XLSX),
    "/practices/<ods>.csv": ("GET", True, "/practices/F00001.csv", "text/csv"),
    "/practices/<ods>.xlsx": ("GET", True, "/practices/F00001.xlsx", XLSX),
    "/practices/<ods>": ("GET", True, "/practices/F00001", "text/html"),
    "/data": ("GET", True, "/data", "text/html"),
    "/data/hubmap.gpkg": ("GET", True, "/data/hubmap.gpkg", "application/geopackage+sqlite3"),
    "/data/<filename>": ("GET", True, "/data/hubs.csv", "text/csv"),
    "/layers/<name>.geojson": ("GET", True, "/layers/hubs.geojson", "application/geo+json"),
    "/about": ("GET", False, "/about", "text/html"),
    "/openreferral/": ("GET", True, "/openreferral/", "application/json"),
    "/openreferral/openapi.json": ("GET", True, "/openreferral/openapi.json", "application/json"),
    COLLECTION: ("GET", True, "/openreferral/services", "application/json"),
    f"{COLLECTION}/<entry_id>": ("GET", True, f"/openreferral/services/{DEBT_ADVICE}", "application/json"),
    "/assets/<name>": ("GET", False, "", ""),
    "/health/live": ("GET", False, "/health/live", "application/json"),
    "/health/ready": ("GET", True, "/health/ready", "application/json"),
}
WORKING = [(address, media_type) for _, _, address, media_type in ROUTES.values() if address]


def test_every_route_is_written_down(app: Flask) -> None:
    found: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        found.setdefault(rule.rule, set()).update((rule.methods or set()) - {"HEAD", "OPTIONS"})
    assert found == {rule: set(methods.split()) for rule, (methods, *_) in ROUTES.items()}


@pytest.mark.parametrize(("address", "media_type"), WORKING)
def test_route_answers(client: FlaskClient, address: str, media_type: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert response.mimetype == media_type


@pytest.mark.parametrize("address", [address for _, needs, address, _ in ROUTES.values() if needs and address])
def test_route_says_that_data_is_being_prepared(empty_app: Flask, address: str) -> None:
    response = empty_app.test_client().get(address)
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "being prepared" in response.get_data(as_text=True)


def test_process_lives_before_there_is_data(empty_app: Flask) -> None:
    assert empty_app.test_client().get("/health/live").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/hubs/none",
        "/hubs/none.ics",
        "/hubs/none.vcf",
        "/hubs/none.svg",
        "/hubs/second.ics",
        "/hubs/nowhere.svg",
        "/directory/none",
        "/feedback",
        "/feedback?about=none",
        "/feedback/sent?about=%00",
        "/planning/wards/E05999999",
        "/planning/wards/E05999999.csv",
        "/planning?indicator=none",
        "/planning?wards=WD1066",
        "/planning?level=9",
        "/planning?theme=none",
        "/planning?ward=E05999999",
        "/planning?ward=E05010001&wards=WD2018",
        "/planning?with=none",
        "/planning/indicator.csv?level=x",
        "/planning/scenario?close=none",
        "/planning/scenario?open=place:none:1",
        "/planning/scenario?level=9",
        "/planning/next-hub?add=6",
        "/pcn?list=none",
        "/pcn.csv?list=none",
        "/pcn?indicator=none",
        "/pcn/none",
        "/pcn/none.csv",
        "/pcn/north?list=none",
        "/pcn/north?wards=WD1066",
        "/pcn/north.xlsx?list=none",
        "/pcn/reconcile?list=none",
        "/practices/none",
        "/practices/none.xlsx",
        "/practices/F00001?list=none",
        "/data/none.csv",
        "/nothing/here",
    ],
)
def test_unknown_code_is_a_page_with_a_way_on(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert "What you can do next" in response.get_data(as_text=True)


@pytest.mark.parametrize("address", ["/layers/none.geojson", "/assets/none.js", "/health/none", "/openreferral/none"])
def test_programs_get_errors_as_json_of_one_shape(client: FlaskClient, address: str) -> None:
    error = client.get(address).get_json()["error"]
    assert set(error) == {"status", "title", "detail"}
    assert error["status"] == 404


def test_wrong_method_says_which_is_right(client: FlaskClient) -> None:
    response = client.post("/hubs")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_too_long_a_form_is_refused(client: FlaskClient) -> None:
    assert client.post("/find", data={"postcode": "x" * 10_000}).status_code == 413


def test_unexpected_error_is_a_page_and_tells_nothing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        message = "a secret of the database"
        raise RuntimeError(message)

    monkeypatch.setattr("hubmap.web.directory.hubs_page", fail)
    response = app.test_client().get("/hubs")
    assert response.status_code == 500
    assert "on our side" in response.get_data(as_text=True)
    assert "secret" not in response.get_data(as_text=True)


def test_ward_of_the_new_generation_without_values_is_a_page(client: FlaskClient) -> None:
    assert "not known" in client.get(f"/planning/wards/{NEW}").get_data(as_text=True)


def test_hub_in_the_directory_leads_to_its_own_page(client: FlaskClient) -> None:
    response = client.get("/directory/central")
    assert response.status_code == 302
    assert response.headers["Location"] == "/hubs/central"
