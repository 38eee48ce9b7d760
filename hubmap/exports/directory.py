"""Hubs, services, places, networks and practices, and postcodes as points where residents are taken to live."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import shapely
from sqlalchemy import select
from sqlalchemy.orm import Session

from hubmap.domain.positions import LonLat
from hubmap.exports.layers import Layer
from hubmap.exports.published import Published
from hubmap.spreadsheets import Cell
from hubmap.store import tables
from hubmap.store.read import list_places, rows_of
from hubmap.store.records import AreaCodes, Hub, Place, Practice

GRID: Final = 27700
Cells = dict[str, Cell]


def directory_layers(session: Session, published: Published) -> list[Layer]:
    """Return everything that lies at a point, and the tables that belong to it."""
    snapshot, version = published.snapshot, published.snapshot.version
    return [
        hub_layer(published),
        made(
            *("services", "Services at hubs", "A service that a source names at a hub (hub_id); more may be there."),
            [service for hub in snapshot.hubs.values() for service in services_of(published, hub)],
        ),
        made(
            *("opening_hours", "Opening hours", "A weekday of a hub or place (site_id) as a source of that date says."),
            [plain(row) for row in rows_of(session, tables.opening_day, version)],
        ),
        place_layer(published, list_places(session, version)),
        made(
            *("pcns", "Primary care networks", "A network as the board paper prints it; printed figures are quoted."),
            [
                {
                    **{name: getattr(pcn, name) for name in PCN_COLUMNS},
                    "source": published.cite([pcn.source_id]),
                }
                for pcn in snapshot.pcns.values()
            ],
        ),
        practice_layer(published),
        postcode_layer(session, published),
    ]


PCN_COLUMNS: Final = (
    *("pcn_id", "name", "letter", "ods_code", "nhs_name", "clinical_director", "director_as_of"),
    *("printed_practices", "printed_patients"),
)


def made(
    name: str,
    title: str,
    description: str,
    rows: Sequence[Mapping[str, Any]],
    shapes: Sequence[shapely.Point | None] | None = None,
    epsg: int = 4326,
) -> Layer:
    """Return rows as a layer; columns are those of any row, in their order."""
    columns = tuple(dict.fromkeys(column for row in rows for column in row)) or ("note",)
    cells = [tuple(row.get(column) for column in columns) for row in rows]
    return Layer(name, title, description, columns, cells, shapes, epsg)


def plain(row: Any) -> Cells:  # noqa: ANN401  a row of the database
    """Return a row of the database without its version."""
    return {name: value for name, value in row._mapping.items() if name != "version"}  # noqa: SLF001  the documented way


def points(positions: Iterable[LonLat | None]) -> list[shapely.Point | None]:
    """Return positions as points in degrees."""
    return [None if one is None else shapely.Point(one) for one in positions]


def areas(published: Published, codes: AreaCodes) -> Cells:
    """Return the areas that something lies in, a column for each generation of wards; empty outside."""
    return {one.lower(): codes.wards.get(one) for one in published.generations()}


def hub_layer(published: Published) -> Layer:
    """Return the hubs; one without a position is a row without a point."""
    hubs = published.snapshot.hubs.values()
    rows = [
        {
            **{name: getattr(hub, name) for name in HUB_COLUMNS},
            **areas(published, hub.areas),
            "services": "; ".join(service.name for service in hub.services) or None,
            "source": published.cite([hub.source_id]),
            "position_source": published.cite([hub.position_source_id]) or None,
        }
        for hub in hubs
    ]
    shapes = [
        None if hub.easting is None or hub.northing is None else shapely.Point(hub.easting, hub.northing)
        for hub in hubs
    ]
    words = (
        "A community hub; level 1 offers most. The level and roll-out are those of the board paper, not a promise that "
        "the hub is open. A row without a point: no source gives its position. Detour: its own measured ratio of "
        "walking to straight-line distance; 1.2 is used where it is empty."
    )
    return made("hubs", "Community hubs", words, rows, shapes, GRID)


HUB_COLUMNS: Final = (
    *("hub_id", "name", "paper_name", "level", "role", "rollout_from", "rollout_to", "address", "postcode", "phone"),
    *("position_precision", "position_confidence", "position_note", "site_note", "detour"),
)


def services_of(published: Published, hub: Hub) -> list[Cells]:
    """Return the services of a hub, with the needs that they answer."""
    topics = published.snapshot.topics
    return [
        {
            "service_id": one.service_id,
            "hub_id": hub.hub_id,
            "hub_name": hub.name,
            "name": one.name,
            "description": one.description,
            "eligibility": one.eligibility,
            "application": one.application,
            "needs": "; ".join(topics[topic].title for topic in one.topic_ids if topic in topics) or None,
            "as_of": one.as_of,
            "source": published.cite([one.source_id]),
        }
        for one in hub.services
    ]


PLACE_COLUMNS: Final = (
    *("place_id", "name", "category", "address", "postcode", "phone", "status", "as_of", "position_precision"),
    *("record_id", "hub_id", "partial", "note"),
)


def place_layer(published: Published, places: Sequence[Place]) -> Layer:
    """Return the other community assets, closed ones and those at the site of a hub included."""
    rows = [
        {
            **{name: getattr(one, name) for name in PLACE_COLUMNS},
            **areas(published, one.areas),
            "source": published.cite([one.source_id]),
        }
        for one in places
    ]
    words = (
        "A community asset, GP practices and stations included. Status and position are those of the source at the "
        "date as_of; partial: the source holds only some places of the kind. hub_id: it shares the site of a hub."
    )
    return made("places", "Community assets", words, rows, points(one.lonlat for one in places))


PRACTICE_COLUMNS: Final = (
    *("ods_code", "name", "paper_name", "pcn_id", "address", "postcode", "phone", "status", "closed_on", "as_of"),
    *("position_precision", "match_confidence", "match_note"),
)


def practice_layer(published: Published) -> Layer:
    """Return the practices with a column for each dated source of list sizes."""
    practices = list(published.snapshot.practices.values())
    sources = published.snapshot.authority.list_sources
    rows = [
        {
            **{name: getattr(one, name) for name in PRACTICE_COLUMNS},
            **{column_of(source.list_id): one.list_sizes.get(source.list_id) for source in sources},
            **areas(published, one.areas),
            "source": published.cite([one.source_id]),
        }
        for one in practices
    ]
    lists = "; ".join(f"{column_of(one.list_id)}: {one.label}, {published.cite([one.source_id])}" for one in sources)
    words = (
        "A GP practice at its surgery; patients live elsewhere. Patients are counted by different sources at different "
        f"dates and must never be added across columns. {lists}."
    )
    return made("practices", "GP practices and list sizes", words, rows, practice_points(practices))


def practice_points(practices: Sequence[Practice]) -> list[shapely.Point | None]:
    """Return where practices are."""
    return points(one.lonlat for one in practices)


def column_of(list_id: str) -> str:
    """Return the column of a dated source of list sizes."""
    return f"patients_{list_id.replace('-', '_').replace('.', '_')}"


def postcode_layer(session: Session, published: Published) -> Layer:
    """Return the live postcodes, at the eastings and northings of their source."""
    table = tables.postcode
    chosen = select(table).where(table.c.version == published.snapshot.version, table.c.live)
    found = session.execute(chosen.order_by(table.c.postcode)).all()
    names = {pcn.pcn_id: pcn.name for pcn in published.snapshot.pcns.values()}
    rows = [
        {
            "postcode": row.postcode,
            "residents_estimate": round(row.residents, 3),
            **{name.lower(): code for name, code in sorted(row.lsoas.items())},
            **{one.lower(): row.wards.get(one) for one in published.generations()},
            "ward_method": row.ward_method,
            "pcn_modelled": names.get(row.pcn_id),
        }
        for row in found
    ]
    words = (
        "A live postcode as a point of demand. Residents are an estimate: those of its LSOA shared equally among its "
        "live postcodes, which are not dwellings. pcn_modelled: the network of the nearest practice in a straight "
        f"line, not a boundary. Residents: {published.cite(published.residents_sources())}. "
        f"Positions: {published.cite(published.sources_of('postcodes'))}."
    )
    shapes = [shapely.Point(row.easting, row.northing) for row in found]
    return made("postcodes", "Postcodes with residents (estimate)", words, rows, shapes, GRID)
