"""Writing a data package: plain CSV and GeoJSON files, and the descriptor that names them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd
import shapely

DECIMALS = 6


@dataclass(slots=True)
class PackageWriter:
    """
    Collects the tables of a package and writes them.

    Writing the same tables twice gives the same bytes.
    """

    folder: Path
    sources: Mapping[str, Mapping[str, Any]]
    resources: list[dict[str, Any]] = field(default_factory=list)

    def add_table(self, name: str, rows: Sequence[Mapping[str, Any]], *, title: str, vintage: str) -> None:
        """Write `rows` as ``<name>.csv``; ``None`` is an empty cell and the first row names the columns."""
        frame = pd.DataFrame(list(rows), dtype=object)
        text = frame.map(as_cell).to_csv(index=False, lineterminator="\n")
        fields = [{"name": column, "type": field_type(frame[column])} for column in frame.columns]
        self._write(f"{name}.csv", text, len(frame), name=name, table=name, title=title, vintage=vintage)
        self._describe(fields, source_ids(frame))

    def add_outlines(self, name: str, table: str, outlines: gpd.GeoDataFrame, *, title: str, vintage: str) -> None:
        """Write `outlines` (EPSG:4326) as ``<name>.geojson``, one feature a line, to 6 decimals."""
        properties = outlines.drop(columns="geometry").to_dict("records")
        lines = [
            json.dumps(
                {"type": "Feature", "properties": values, "geometry": rounded(shape)},
                ensure_ascii=False,
                separators=(",", ":"),
            )
            for values, shape in zip(properties, outlines.geometry, strict=True)
        ]
        text = '{"type":"FeatureCollection","features":[\n' + ",\n".join(lines) + "\n]}\n"
        self._write(f"{name}.geojson", text, len(outlines), name=name, table=table, title=title, vintage=vintage)
        columns = outlines.columns.drop("geometry")
        fields = [{"name": column, "type": field_type(outlines[column])} for column in columns]
        self._describe([*fields, {"name": "geometry", "type": "geojson"}], source_ids(outlines))

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write ``datapackage.json``; `about` becomes its ``hubmap`` member."""
        authority = about["authority"]
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "hubmap-" + authority["short_name"].lower().replace(" ", "-"),
            "title": f"Community hubs, places, people and needs of {authority['name']}",
            "hubmap": about,
            "resources": self.resources,
        }
        text = json.dumps(descriptor, ensure_ascii=False, indent=2) + "\n"
        (self.folder / "datapackage.json").write_text(text, encoding="utf-8")

    def _write(self, path: str, text: str, row_count: int, **about: str) -> None:
        body = text.encode()
        (self.folder / path).write_bytes(body)
        self.resources.append(
            {
                "name": about["name"].replace("_", "-"),
                "path": path,
                "title": about["title"],
                "hubmap:table": about["table"],
                "hubmap:vintage": about["vintage"],
                "hubmap:rows": row_count,
                "format": path.rsplit(".", 1)[1],
                "encoding": "utf-8",
                "bytes": len(body),
                "hash": "sha256:" + hashlib.sha256(body).hexdigest(),
            }
        )

    def _describe(self, fields: list[dict[str, str]], used: list[str]) -> None:
        resource = self.resources[-1]
        resource["schema"] = {"fields": fields, "missingValues": [""]}
        resource["sources"] = [
            {"title": f"{self.sources[one]['publisher']}: {self.sources[one]['title']}", "hubmap:source_id": one}
            for one in used
        ]
        resource["licenses"] = [
            {"title": licence} for licence in sorted({self.sources[one]["licence"] for one in used})
        ]


def source_ids(frame: pd.DataFrame) -> list[str]:
    """Return the ids in the column ``source_id``, each once, in order."""
    if "source_id" not in frame.columns:
        return []
    return sorted({str(one) for one in frame["source_id"] if one})


def as_cell(value: object) -> str:
    """Return a value as a planner would type it: no ``.0`` behind whole numbers, ``true`` and ``false``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return str(value)


def field_type(values: pd.Series) -> str:
    """Return the Frictionless type of a column."""
    known = [value for value in values if value is not None]
    if known and all(isinstance(value, bool) for value in known):
        return "boolean"
    if known and all(isinstance(value, int) for value in known):
        return "integer"
    if known and all(isinstance(value, int | float) for value in known):
        return "number"
    return "string"


def rounded(shape: shapely.Geometry) -> dict[str, Any]:
    """Return a shape as GeoJSON to 6 decimals (about 0.1 m)."""
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(shape))
    geometry["coordinates"] = _round(geometry["coordinates"])
    return geometry


def _round(value: Any) -> Any:  # noqa: ANN401  nested lists of any depth, as GeoJSON has them
    return round(value, DECIMALS) if isinstance(value, float | int) else [_round(one) for one in value]
