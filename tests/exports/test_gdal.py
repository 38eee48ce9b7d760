"""What other programs read: every layer by its address, and the GeoPackage, opened by GDAL as QGIS does it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from hubmap.config import Settings
from hubmap.store.engine import open_sessions
from hubmap.store.packed import load_layers
from tests.exports.conftest import geopackage_of
from tests.serving import serving

pytestmark = pytest.mark.skipif(
    shutil.which("ogrinfo") is None or shutil.which("ogr2ogr") is None,
    reason="GDAL's programs are not there (Debian: apt install gdal-bin)",
)


def run(*words: str) -> str:
    """Run a program of GDAL, which may neither fail nor warn, and return what it prints."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert (done.returncode, done.stderr) == (0, ""), words
    return done.stdout


def summaries(source: str) -> dict[str, tuple[str, int]]:
    """Return kind of shape and number of rows of each layer."""
    text = run("ogrinfo", "-ro", "-so", "-al", source)
    found = re.findall(r"^Layer name: (.+?)\n.*?^Geometry: (.+?)\nFeature Count: (\d+)", text, re.MULTILINE | re.DOTALL)
    return {name: (kind, int(count)) for name, kind, count in found}


@pytest.fixture(scope="module")
def address(real: Settings) -> Iterator[str]:
    """Serve the packaged data on this machine."""
    environ = {"HUBMAP_DATABASE_URL": real.database_url, "HUBMAP_DATA": str(real.data)}
    with serving(["-m", "hubmap", "serve", "--port", "{port}", "--workers", "1"], environ, "/health/ready") as server:
        yield server.address


@pytest.fixture(scope="module")
def geopackage(real: Settings, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("gdal") / "hubmap.gpkg"
    path.write_bytes(geopackage_of(real))
    return str(path)


def test_every_layer_is_read_by_its_address(address: str, real: Settings) -> None:
    with open_sessions(real.database_url)() as session:
        layers = load_layers(session, 1)
    assert len(layers) > 10
    for name, packed in layers.items():
        ((_, count),) = summaries(f"{address}/layers/{name}").values()
        assert count == len(json.loads(packed.body)["features"]), name


def test_layers_are_in_degrees(address: str) -> None:
    text = run("ogrinfo", "-ro", "-so", "-al", f"{address}/layers/wards-wd2022.geojson")
    assert 'ID["EPSG",4326]' in text
    extent = re.search(r"^Extent: \(([\d.]+), ([\d.]+)\)", text, re.MULTILINE)
    assert extent is not None
    lon, lat = map(float, extent.groups())
    assert 0 < lon < 0.2
    assert 51 < lat < 52


def test_geopackage_is_read_whole_without_a_warning(geopackage: str) -> None:
    found = summaries(geopackage)
    assert found["wards_wd2022"] == ("Multi Polygon", 19)
    assert found["wards_wd2018"] == ("Multi Polygon", 17)
    assert found["hubs"] == ("Point", 22)
    assert found["sources"][0] == "None"
    assert min(count for _, count in found.values()) > 0


def test_geopackage_is_on_the_national_grid(geopackage: str) -> None:
    assert 'ID["EPSG",27700]' in run("ogrinfo", "-ro", "-so", geopackage, "postcodes")


def test_geopackage_comes_by_address_as_it_was_built(address: str, geopackage: str) -> None:
    with urllib.request.urlopen(f"{address}/data/hubmap.gpkg", timeout=30) as answer:
        assert answer.read() == Path(geopackage).read_bytes()


def test_wards_can_be_turned_into_another_format(geopackage: str, tmp_path: Path) -> None:
    target = tmp_path / "wards.geojson"
    run("ogr2ogr", "-t_srs", "EPSG:4326", str(target), geopackage, "wards_wd2022")
    features = json.loads(target.read_text(encoding="utf-8"))["features"]
    assert len(features) == 19
    assert all(one["properties"]["ward_code"].startswith("E05") for one in features)


def test_sum_of_residents_is_the_same_by_postcode_and_by_ward(geopackage: str) -> None:
    def total(table: str) -> float:
        text = run("ogrinfo", "-ro", "-q", "-sql", f"SELECT SUM(residents_estimate) AS n FROM {table}", geopackage)  # noqa: S608  names of this test
        found = re.search(r"n \(Real\) = ([\d.]+)", text)
        assert found is not None
        return float(found[1])

    assert total("postcodes") == pytest.approx(total("wards_wd2022"), abs=20)
    assert total("wards_wd2018") == pytest.approx(total("wards_wd2022"), abs=20)
