"""From rows of the database to the frozen records that the store hands out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from hubmap.domain.opening import WEEKDAYS, OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.store.network_records import PcnArea, PracticeName, Walk
from hubmap.store.records import (
    AreaCodes,
    Hub,
    Indicator,
    IndicatorValue,
    Nearest,
    OpeningWeek,
    Practice,
    Reach,
    ReachBand,
    Resource,
    Service,
    Stop,
)

Rows = Sequence[Row[Any]]


def cells(row: Row[Any], *leave_out: str) -> dict[str, Any]:
    """Return a row as a mapping without its version and the columns named."""
    return {name: value for name, value in row._mapping.items() if name not in {"version", *leave_out}}  # noqa: SLF001  the documented way


def resource_of(row: Row[Any]) -> Resource:
    """Return a file of the package."""
    return Resource(**cells(row, "source_ids"), source_ids=tuple(row.source_ids))


def grouped(rows: Iterable[Row[Any]], column: str) -> dict[str, list[Row[Any]]]:
    """Return rows by the value of a column, in their order."""
    groups: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        groups[getattr(row, column)].append(row)
    return groups


def hubs_of(hubs: Rows, services: Rows, days: Rows, weeks: Rows) -> dict[str, Hub]:
    """Return hubs by level, then name, each with its services and opening hours."""
    services_by_hub = grouped(services, "hub_id")
    days_by_site, weeks_by_site = grouped(days, "site_id"), grouped(weeks, "site_id")
    ordered = sorted(hubs, key=lambda row: (row.level, row.name))
    return {
        row.hub_id: Hub(
            **cells(row, "lon", "lat", "reach", "stops", "wards", "lsoas"),
            lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
            stops=tuple(Stop(**one) for one in row.stops),
            reach=reach_of(row.reach),
            areas=AreaCodes(wards=row.wards, lsoas=row.lsoas),
            services=tuple(
                Service(**cells(one, "topic_ids"), topic_ids=tuple(one.topic_ids))
                for one in services_by_hub[row.hub_id]
            ),
            opening_days=opening_days(days_by_site[row.hub_id]),
            opening_weeks=tuple(OpeningWeek(**cells(one, "site_id")) for one in weeks_by_site[row.hub_id]),
        )
        for row in ordered
    }


def reach_of(value: Mapping[str, Any]) -> Reach | None:
    """Return how far one can walk to a hub; ``None`` of an empty value."""
    if not value:
        return None
    return Reach(**{**value, "bands": tuple(ReachBand(*band) for band in value["bands"])})


def opening_days(rows: Rows) -> tuple[OpeningDay, ...]:
    """Return opening days, the newest source first, each from Monday."""
    ordered = sorted(rows, key=lambda row: (WEEKDAYS.index(row.weekday), row.part))
    ordered.sort(key=lambda row: (row.as_of, row.source_id), reverse=True)
    return tuple(OpeningDay(**cells(row, "site_id", "part")) for row in ordered)


def practices_of(practices: Rows, lists: Rows, names: Rows) -> dict[str, Practice]:
    """Return practices by network, then name, each with its lists and the names it has had."""
    lists_by_code, names_by_code = grouped(lists, "ods_code"), grouped(names, "ods_code")
    ordered = sorted(practices, key=lambda row: (row.pcn_id, row.name))
    return {
        row.ods_code: Practice(
            **cells(row, "lon", "lat", "wards", "lsoas", "nearest", "hub_walks", "place_walks"),
            lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
            areas=AreaCodes(wards=row.wards, lsoas=row.lsoas),
            nearest=tuple(Nearest(*one) for one in row.nearest),
            list_sizes={one.list_source: one.patients for one in lists_by_code[row.ods_code]},
            names=tuple(PracticeName(one.name, one.as_of, one.source_id) for one in names_by_code[row.ods_code]),
            hub_walks=tuple(Walk(*one) for one in row.hub_walks),
            place_walks=tuple(Walk(*one) for one in row.place_walks),
        )
        for row in ordered
    }


def pcn_areas_of(areas: Rows) -> dict[str, PcnArea]:
    """Return modelled areas by network."""
    return {row.pcn_id: PcnArea(**cells(row, "hub_ids"), hub_ids=tuple(row.hub_ids)) for row in areas}


def indicators_of(indicators: Rows, values: Rows) -> dict[str, Indicator]:
    """Return indicators by theme, then title, each with its values."""
    values_by_id = grouped(values, "indicator_id")
    ordered = sorted(indicators, key=lambda row: (row.theme, row.title, row.indicator_id))
    return {
        row.indicator_id: Indicator(
            **cells(row, "breaks"),
            breaks=tuple(row.breaks),
            values={
                one.area_code: IndicatorValue(**cells(one, "indicator_id")) for one in values_by_id[row.indicator_id]
            },
        )
        for row in ordered
    }
