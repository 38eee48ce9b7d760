"""Residents of wards by age, from those of small areas."""

from __future__ import annotations

import pandas as pd
import pytest

from hubmap.config import packaged
from hubmap.domain.ages import AGE_BANDS, COLUMNS, age_rows
from hubmap.sources.package import read_package
from tests.domain import borough


def postcode(code: str, lsoa: str, *, live: bool = True) -> dict[str, object]:
    return {"postcode": code, "lsoa2011": lsoa, "live": live}


def tables(*residents: tuple[str, list[float | None]]) -> dict[str, pd.DataFrame]:
    frame = pd.DataFrame([dict(zip(COLUMNS, ages, strict=True)) for _, ages in residents], dtype="Float64")
    frame = frame.assign(
        lsoa_code=[lsoa for lsoa, _ in residents],
        generation="LSOA2011",
        reference_date="2020-06-30",
        residents=100,
        source_id="source",
    )
    codes = [postcode("A", "one"), postcode("B", "one"), postcode("C", "two"), postcode("D", "two", live=False)]
    return {"residents": frame, "postcodes": pd.DataFrame(codes)}


WARDS = [{"OLD": "east"}, {"OLD": "west"}, {"OLD": "west"}, {"OLD": "nowhere"}]


def rows_of(given: dict[str, pd.DataFrame]) -> dict[str, list[float]]:
    postcodes = [
        {**row, "wards": wards} for row, wards in zip(given["postcodes"].to_dict("records"), WARDS, strict=True)
    ]
    found: dict[str, list[float]] = {}
    for row in age_rows(given, postcodes):
        assert row["band"] in AGE_BANDS
        found.setdefault(row["ward_code"], []).append(row["residents"])
    return found


def test_ages_of_an_lsoa_are_shared_among_its_live_postcodes() -> None:
    given = tables(("one", [10, 20, 30, 40, 50]), ("two", [1, 2, 3, 4, 5]))
    assert rows_of(given) == {"east": [5, 10, 15, 20, 25], "west": [6, 12, 18, 24, 30]}


def test_ward_with_an_area_whose_ages_are_not_all_known_has_none() -> None:
    given = tables(("one", [10, 20, 30, 40, 50]), ("two", [1, 2, None, 4, 5]))
    assert set(rows_of(given)) == {"east"}


def test_real_ages_add_up_to_the_residents_of_every_ward() -> None:
    joined = borough.joined_rows()
    found: dict[str, float] = {}
    for row in age_rows(read_package(packaged("data/geo")).tables, joined["postcode"]):
        found[row["ward_code"]] = found.get(row["ward_code"], 0.0) + row["residents"]
    wards = {row["code"]: row["residents"] for row in joined["ward"]}
    assert set(found) == set(wards)
    for code, residents in wards.items():
        assert found[code] == pytest.approx(residents)
