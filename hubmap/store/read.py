"""Reading a published version: the small part as one snapshot, the rest row by row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Table, func, select
from sqlalchemy.orm import Session

from hubmap.domain.opening import OpeningDay
from hubmap.domain.positions import LonLat
from hubmap.errors import StoreError
from hubmap.store import tables
from hubmap.store.layout import has_layout
from hubmap.store.network_records import PracticeChange
from hubmap.store.records import (
    AreaCodes,
    Authority,
    Finding,
    Generation,
    ListSource,
    Nearest,
    Pcn,
    Place,
    PostcodeArea,
    PostcodePoint,
    Quotation,
    Snapshot,
    Source,
    Topic,
    Ward,
)
from hubmap.store.rows import (
    cells,
    grouped,
    hubs_of,
    indicators_of,
    opening_days,
    pcn_areas_of,
    practices_of,
    resource_of,
)

ROWS_AT_ONCE = 500
"""How many keys one query names."""
NOTHING_PUBLISHED = "expected published data; found none: run `hubmap build`"


def current_version(session: Session) -> int | None:
    """Return the version in service, or ``None`` before the first build of this version of hubmap."""
    if not has_layout(session.connection()):
        return None
    return session.scalar(select(tables.publication.c.version))


def served_version(session: Session) -> int:
    """
    Return the version in service.

    Raises
    ------
    StoreError
        If nothing is published.
    """
    version = current_version(session)
    if version is None:
        raise StoreError(NOTHING_PUBLISHED)
    return version


def rows_of(session: Session, table: Table, version: int) -> list[Row[Any]]:
    """Return the rows of a version in the order of the table's key."""
    chosen = select(table).where(table.c.version == version)
    return list(session.execute(chosen.order_by(*table.primary_key.columns)).all())


def load_snapshot(session: Session, version: int) -> Snapshot:
    """Read everything small of a version; the number of queries does not depend on the number of rows."""
    about = session.execute(
        select(tables.data_version.c.about).where(tables.data_version.c.version == version)
    ).scalar_one()

    def rows(table: Table) -> list[Row[Any]]:
        return rows_of(session, table, version)

    ages = grouped(rows(tables.ward_age), "ward_code")
    wards = [ward_of(row, ages[row.code]) for row in rows(tables.ward)]
    generations = [one["id"] for one in about["generations"]]
    wards.sort(key=lambda ward: (generations.index(ward.generation), ward.name))
    topics = sorted(rows(tables.topic), key=lambda row: row.sort_order)
    counts = select(tables.place.c.category, func.count()).where(tables.place.c.version == version)
    return Snapshot(
        version=version,
        authority=authority_of(about),
        sources={row.source_id: Source(**cells(row)) for row in rows(tables.source)},
        resources=tuple(resource_of(row) for row in rows(tables.resource)),
        wards={ward.code: ward for ward in wards},
        topics={row.topic_id: Topic(**cells(row, "sort_order")) for row in topics},
        hubs=hubs_of(rows(tables.hub), rows(tables.service), rows(tables.opening_day), rows(tables.opening_week)),
        pcns={row.pcn_id: Pcn(**cells(row)) for row in sorted(rows(tables.pcn), key=lambda row: row.letter)},
        practices=practices_of(rows(tables.practice), rows(tables.list_size), rows(tables.practice_name)),
        practice_changes=tuple(
            PracticeChange(**cells(row))
            for row in sorted(rows(tables.practice_change), key=lambda row: (row.happened_on, row.change_id))
        ),
        pcn_areas=pcn_areas_of(rows(tables.pcn_area)),
        indicators=indicators_of(rows(tables.indicator), rows(tables.indicator_value)),
        quotations=tuple(
            Quotation(**cells(row)) for row in sorted(rows(tables.quotation), key=lambda row: (-row.rank, row.subject))
        ),
        findings=tuple(Finding(**cells(row, "number")) for row in rows(tables.finding)),
        place_categories={row[0]: int(row[1]) for row in session.execute(counts.group_by(tables.place.c.category))},
    )


def authority_of(about: Mapping[str, Any]) -> Authority:
    """Return what the package says of the council."""
    return Authority(
        code=about["authority"]["code"],
        name=about["authority"]["name"],
        short_name=about["authority"]["short_name"],
        data_date=about["data_date"],
        credits=tuple(about["credits"]),
        barriers=str(about.get("barriers", "")),
        generations=tuple(
            Generation(one["id"], one["label"], one["from"], one["to"], one["boundary"]) for one in about["generations"]
        ),
        list_sources=tuple(
            ListSource(one["id"], one["label"], one["date"], one["source_id"]) for one in about["list_sources"]
        ),
        comparators=dict(about["comparators"]),
        bounds=bounds_of(about["bounds"]),
    )


def bounds_of(values: list[float]) -> tuple[float, float, float, float]:
    """Return west, south, east, north."""
    west, south, east, north = values
    return (west, south, east, north)


def ward_of(row: Row[Any], ages: Sequence[Row[Any]] = ()) -> Ward:
    """Return a ward with its residents by age, the youngest first."""
    return Ward(
        code=row.code,
        name=row.name,
        generation=row.generation,
        boundary_precision=row.boundary_precision,
        residents=row.residents,
        residents_source_id=row.residents_source_id,
        area_km2=row.area_km2,
        label_point=LonLat(row.label_lon, row.label_lat),
        bounds=bounds_of(row.bounds),
        ages={one.band: one.residents for one in sorted(ages, key=lambda one: int(one.band.rstrip("+").split("-")[0]))},
    )


def areas_of(row: Row[Any]) -> AreaCodes:
    """Return the areas that a row lies in."""
    return AreaCodes(wards=row.wards, lsoas=row.lsoas)


def nearest_of(values: list[list[Any]]) -> tuple[Nearest, ...]:
    """Return the nearest hub of each level."""
    return tuple(Nearest(int(level), hub_id, distance_m, walk_min) for level, hub_id, distance_m, walk_min in values)


def find_postcode(session: Session, version: int, postcode: str) -> PostcodePoint | None:
    """Return a postcode (``IG11 7NB``), live or terminated, or ``None`` where it is not listed."""
    table = tables.postcode
    row = session.execute(select(table).where(table.c.version == version, table.c.postcode == postcode)).first()
    if row is None:
        return None
    return PostcodePoint(
        postcode=row.postcode,
        live=row.live,
        lonlat=LonLat(row.lon, row.lat),
        easting=row.easting,
        northing=row.northing,
        areas=areas_of(row),
        ward_method=row.ward_method,
        residents=row.residents,
        pcn_id=row.pcn_id,
        nearest=nearest_of(row.nearest),
    )


def postcodes_within(session: Session, version: int, prefix: str) -> PostcodeArea | None:
    """
    Return the middle of the live postcodes that begin with an outward code or a sector, or ``None`` without any.

    `prefix` is ``RM8`` or ``RM8 3``; ``RM1`` does not take in ``RM10``.
    """
    table = tables.postcode
    start = prefix if " " in prefix else prefix + " "
    chosen = (table.c.version == version, table.c.live, table.c.postcode.startswith(start, autoescape=True))
    middle = select(func.count(), func.avg(table.c.easting), func.avg(table.c.northing)).where(*chosen)
    count, easting, northing = session.execute(middle).one()
    if not count:
        return None
    ward_lists = session.execute(select(table.c.wards).where(*chosen).distinct()).scalars().all()
    wards: dict[str, set[str]] = defaultdict(set)
    for codes in ward_lists:
        for generation, code in codes.items():
            wards[generation].add(code)
    return PostcodeArea(
        prefix=prefix,
        postcode_count=int(count),
        easting=float(easting),
        northing=float(northing),
        wards={generation: tuple(sorted(codes)) for generation, codes in wards.items()},
    )


def place_of(row: Row[Any]) -> Place:
    """Return a place."""
    return Place(
        place_id=row.place_id,
        name=row.name,
        category=row.category,
        address=row.address,
        postcode=row.postcode,
        lonlat=None if row.lon is None else LonLat(row.lon, row.lat),
        position_precision=row.position_precision,
        phone=row.phone,
        status=row.status,
        as_of=row.as_of,
        record_id=row.record_id,
        hub_id=row.hub_id,
        partial=row.partial,
        note=row.note,
        source_id=row.source_id,
        areas=areas_of(row),
        nearest=nearest_of(row.nearest),
    )


def find_place(session: Session, version: int, place_id: str) -> Place | None:
    """Return a place, or ``None`` where there is no such id."""
    table = tables.place
    row = session.execute(select(table).where(table.c.version == version, table.c.place_id == place_id)).first()
    return None if row is None else place_of(row)


def phones_of(session: Session, version: int, place_ids: Sequence[str]) -> dict[str, str]:
    """Return the phone numbers of places, by id; one that has none, or is no place, is left out."""
    table = tables.place
    chosen = (table.c.version == version, table.c.place_id.in_(place_ids), table.c.phone.is_not(None))
    return {row.place_id: row.phone for row in session.execute(select(table.c.place_id, table.c.phone).where(*chosen))}


def places_of(session: Session, version: int, place_ids: Sequence[str]) -> dict[str, Place]:
    """Return places by id; an id that is no place is left out."""
    table, found = tables.place, dict[str, Place]()
    for first in range(0, len(place_ids), ROWS_AT_ONCE):
        chosen = (table.c.version == version, table.c.place_id.in_(place_ids[first : first + ROWS_AT_ONCE]))
        found |= {row.place_id: place_of(row) for row in session.execute(select(table).where(*chosen))}
    return found


def list_places(session: Session, version: int, *, ward: str | None = None, category: str | None = None) -> list[Place]:
    """Return places by category, name and id; `ward` is a ward code of either generation."""
    table, tag = tables.place, tables.place_ward
    chosen = select(table).where(table.c.version == version)
    if ward is not None:
        inside = select(tag.c.place_id).where(tag.c.version == version, tag.c.ward_code == ward)
        chosen = chosen.where(table.c.place_id.in_(inside))
    if category is not None:
        chosen = chosen.where(table.c.category == category)
    ordered = chosen.order_by(table.c.category, table.c.name, table.c.place_id)
    return [place_of(row) for row in session.execute(ordered).all()]


def load_opening_days(session: Session, version: int) -> dict[str, tuple[OpeningDay, ...]]:
    """Return the opening days of every site, hub or place, by its id; the newest source first, each from Monday."""
    days = grouped(rows_of(session, tables.opening_day, version), "site_id")
    return {site_id: opening_days(rows) for site_id, rows in days.items()}


def published_at(session: Session, version: int) -> str:
    """Return when a version was published: UTC, ISO 8601, to the second."""
    table = tables.data_version
    return str(session.execute(select(table.c.published_at).where(table.c.version == version)).scalar_one())
