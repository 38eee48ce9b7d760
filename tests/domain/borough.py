"""The packaged borough, joined once, for the tests that end on real data."""

from __future__ import annotations

from functools import cache

from hubmap.config import packaged
from hubmap.domain.network import Demand, Hub, demand_at, hubs_of
from hubmap.domain.prepare import join_package
from hubmap.domain.records import Row
from hubmap.sources.package import read_package


@cache
def joined_rows() -> dict[str, list[Row]]:
    return dict(join_package(read_package(packaged("data/geo"))).rows)


@cache
def demand(generation: str = "WD2018") -> Demand:
    live = [row for row in joined_rows()["postcode"] if row["live"]]
    return demand_at(
        [row["easting"] for row in live],
        [row["northing"] for row in live],
        [row["residents"] for row in live],
        [row["wards"][generation] for row in live],
    )


@cache
def hubs() -> tuple[Hub, ...]:
    return hubs_of(joined_rows()["hub"])


def ward_names(generation: str = "WD2018") -> dict[str, str]:
    return {row["code"]: row["name"] for row in joined_rows()["ward"] if row["generation"] == generation}


def ward_values(indicator: str) -> dict[str, float]:
    wards = {row["code"] for row in joined_rows()["ward"]}
    return {
        row["area_code"]: row["value"]
        for row in joined_rows()["indicator_value"]
        if row["indicator_id"] == indicator and row["area_code"] in wards
    }
