"""The modelled areas of networks, and what happened to practices: names and changes, as layers of a GeoPackage."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hubmap.domain.prepare import modelled_areas, surgeries_of
from hubmap.exports.directory import made
from hubmap.exports.layers import Layer
from hubmap.exports.published import Published

CHANGE_COLUMNS: Final = ("change_id", "ods_code", "kind", "successor_ods_code", "happened_on", "note")


def network_layers(published: Published, frames: Mapping[str, Any]) -> list[Layer]:
    """Return the modelled areas of networks, made of the tables of the data package, and the tables of practices."""
    return [area_layer(published, frames), name_table(published), change_table(published)]


def area_layer(published: Published, frames: Mapping[str, Any]) -> Layer:
    """Return what is nearer to a surgery of a network than to any other's, with who lives there (modelled)."""
    areas, known = modelled_areas(frames, surgeries_of(frames)), published.snapshot.pcn_areas
    rows = [
        {
            "pcn_id": pcn_id,
            "name": published.snapshot.pcns[pcn_id].name,
            "live_postcodes": known[pcn_id].postcodes,
            "residents_modelled": round(known[pcn_id].residents, 1),
            "residents_source": published.cite([known[pcn_id].residents_source_id]) or None,
            "hub_ids": "; ".join(known[pcn_id].hub_ids) or None,
        }
        for pcn_id in map(str, areas["pcn_id"])
    ]
    words = (
        "Modelled, not a boundary: what is nearer in a straight line to an open surgery of the network than to any "
        "other's; patients of several networks live everywhere. Residents: an estimate, the sum over its live "
        f"postcodes. Surgeries: {published.cite(published.sources_of('practices'))}."
    )
    title = "Primary care networks: modelled areas"
    found = made("pcn_areas", title, words, rows)
    return Layer(found.name, title, words, found.columns, found.rows, list(areas.geometry), kind="MultiPolygon")


def name_table(published: Published) -> Layer:
    """Return the names that practices had."""
    rows = [
        {"ods_code": practice.ods_code, "name": one.name, "as_of": one.as_of, "source": published.cite([one.source_id])}
        for practice in published.snapshot.practices.values()
        for one in practice.names
    ]
    return made("practice_names", "Names of practices", "A name that a practice had in a source at a date.", rows)


def change_table(published: Published) -> Layer:
    """Return mergers, closures, moves and new names of practices."""
    rows = [
        {**{name: getattr(one, name) for name in CHANGE_COLUMNS}, "source": published.cite([one.source_id])}
        for one in published.snapshot.practice_changes
    ]
    words = "What happened to a practice at a date: merged_into (its successor), closed, moved or renamed."
    return made("practice_changes", "Changes of practices", words, rows)
