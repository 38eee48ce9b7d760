"""The package as the publishers' extracts make it; they lie beside the checkout and are in no copy of it."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from hubmap.config import packaged
from hubmap.errors import SourceError
from hubmap.sources.extracts import prepare

EXTRACTS = Path(__file__).parents[2].parent / "shared" / "data"
pytestmark = pytest.mark.skipif(not EXTRACTS.is_dir(), reason="the publishers' extracts are not beside this checkout")

TABLES = {
    "areas/census2021_household_deprivation_lsoa21.csv": "households_2021",
    "areas/imd2019_ward_gla_summary.csv": "idaci_score",
    "areas/lookup_lsoa11_lsoa21.csv": "change_code",
    "areas/lookup_lsoa21_ward22_msoa.csv": "ward_code",
    "areas/lsoa11_population_mid2019_mid2020_ons.csv": "persons_65plus",
    "areas/ward17_derived_indicators.csv": "imd19_score",
    "areas/ward19_derived_indicators_imd2025.csv": "IMD_score",
    "areas/ward_atlas_2015_gla_long.csv": "period_or_breakdown",
    "areas/ward_crime_counts_2011_2019_2021_mps_agg.csv": "major-burglary",
    "areas/ward_population_mid2019_mid2020_ons_agg.csv": "persons_0_15",
    "areas/ward_profiles_2015_gla.csv": "Crime rate - 2014/15",
    "points/bd_bus_stops_tfl.csv": "virtual_bus_stop",
    "points/bd_childrens_centres_gias.csv": "lat_cpo2025",
    "points/bd_fhrs_community_sample_2020.csv": "type",
    "points/bd_gp_practices.csv": "list_size_jan2021",
    "points/bd_hubs.csv": "hub_brief",
    "points/bd_libraries_ace_2023.csv": "open_2023",
    "points/bd_pharmacies_ods_2025-04.csv": "ods_code",
    "points/bd_postcodes_all_incl_terminated_onspd_nov2025.csv": "easting",
    "points/bd_postcodes_live_2025.csv": "ward_code",
    "points/bd_schools_partial_edubase_2017.csv": "urn",
    "points/bd_stations.csv": "in_borough",
}
OUTLINES = {
    "areas/borough_and_neighbours_bgc_2022.geojson": "lad_code",
    "areas/borough_land_mhw_2013.geojson": "lad_name",
    "areas/lsoa11_bgc.geojson": "msoa11_hocl_name",
    "areas/lsoa21_bgc.geojson": "lsoa21_code",
    "areas/wards_2011_2022_land_mhw.geojson": "ward_name",
    "areas/wards_2022_supergeneralised.geojson": "ward_code",
    "points/bd_library_walk_isochrones_ors.geojson": "minutes",
}
EVERY = (*TABLES, *OUTLINES, "points/bd_major_roads_mrn2018_geometry_only.geojson")


def bodies(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "README.md"}


def linked(folder: Path, *, without: str | None = None) -> Path:
    """Link the extracts that are listed here into a folder, but for one."""
    for name in EVERY:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name != without:
            (folder / name).symlink_to(EXTRACTS / name)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    prepare(EXTRACTS, folder)
    return folder


def test_committed_package_is_exactly_what_the_extracts_make(made: Path) -> None:
    assert bodies(made) == bodies(packaged("data/geo"))


@pytest.mark.parametrize("seed", ["1", "2"])
def test_same_extracts_make_the_same_bytes_in_another_process(made: Path, tmp_path: Path, seed: str) -> None:
    command = [sys.executable, "-m", "hubmap", "prepare", str(EXTRACTS), "--out", str(tmp_path)]
    subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
    assert bodies(tmp_path) == bodies(made)


def test_making_it_again_in_the_same_folder_changes_nothing(made: Path) -> None:
    before = bodies(made)
    prepare(EXTRACTS, made)
    assert bodies(made) == before


def test_package_is_made_of_no_other_extract_than_those_listed_here(made: Path, tmp_path: Path) -> None:
    prepare(linked(tmp_path / "extracts"), tmp_path / "out")
    assert bodies(tmp_path / "out") == bodies(made)


@pytest.mark.parametrize("extract", EVERY)
def test_missing_extract_is_refused_by_name(tmp_path: Path, extract: str) -> None:
    folder = linked(tmp_path / "extracts", without=extract)
    with pytest.raises(SourceError, match="no such file") as refused:
        prepare(folder, tmp_path / "out")
    assert [fault.file for fault in refused.value.faults] == [extract]


@pytest.mark.parametrize(("extract", "column"), TABLES.items())
def test_table_without_a_column_is_refused_by_name(tmp_path: Path, extract: str, column: str) -> None:
    folder = linked(tmp_path / "extracts", without=extract)
    with (EXTRACTS / extract).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    with (folder / extract).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [name for name in rows[0] if name != column], extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    refusing_names(folder, tmp_path / "out", extract, column)


@pytest.mark.parametrize(("extract", "column"), OUTLINES.items())
def test_outlines_without_a_property_are_refused_by_name(tmp_path: Path, extract: str, column: str) -> None:
    folder = linked(tmp_path / "extracts", without=extract)
    content = json.loads((EXTRACTS / extract).read_text(encoding="utf-8"))
    for feature in content["features"]:
        del feature["properties"][column]
    (folder / extract).write_text(json.dumps(content), encoding="utf-8")
    refusing_names(folder, tmp_path / "out", extract, column)


def refusing_names(folder: Path, out: Path, extract: str, column: str) -> None:
    with pytest.raises(SourceError, match="a column of this name") as refused:
        prepare(folder, out)
    assert [(fault.file, fault.column) for fault in refused.value.faults] == [(extract, column)]
    assert not (out / "datapackage.json").exists()


def test_series_that_the_ward_atlas_lacks_is_refused_by_name(tmp_path: Path) -> None:
    extract = "areas/ward_atlas_2015_gla_long.csv"
    folder = linked(tmp_path / "extracts", without=extract)
    text = (EXTRACTS / extract).read_text(encoding="utf-8-sig")
    (folder / extract).write_text(text.replace("% of children aged under 16 in poverty", "other"), encoding="utf-8")
    with pytest.raises(SourceError, match="% of children aged under 16 in poverty"):
        prepare(folder, tmp_path / "out")
