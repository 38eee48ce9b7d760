"""The use case of building: read, check, join, measure, draw, and publish in one transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from hubmap import __version__
from hubmap.config import Settings
from hubmap.domain.ages import age_rows
from hubmap.domain.breaches import DESCRIPTOR
from hubmap.domain.frames import GRID
from hubmap.domain.guards import Numbers
from hubmap.domain.map_frames import coverages_of, points_of, with_letters
from hubmap.domain.package import Package, Remark
from hubmap.domain.places import is_listed
from hubmap.domain.prepare import Joined, join_package
from hubmap.domain.remarks import find_remarks
from hubmap.domain.simplify import simplify_coverage, simplify_lines
from hubmap.exports.everything import NAME, everything
from hubmap.exports.geopackage import MEDIA_TYPE
from hubmap.maps.figures import FigureFrames, make_figures
from hubmap.maps.layers import LayerFrames, make_layers
from hubmap.maps.pages import render_map_pages
from hubmap.openreferral.loading import note_changes
from hubmap.planning.measures import measure_rows
from hubmap.planning.weights import weights_of_rows
from hubmap.sources.descriptor import read_descriptor
from hubmap.sources.package import read_package
from hubmap.store.downloads import add_download
from hubmap.store.engine import begin_writing, open_sessions
from hubmap.store.publish import Prepared, is_restored, list_versions, publish

Progress = Callable[[str, int, int], None]
STEPS = ("read and check", "join and measure", "draw maps and pack layers", "publish")


@dataclass(frozen=True, slots=True)
class BuildReport:
    """
    What a build did; `was_needed` is false where the version in service was already made of the same data.

    `remarks` is empty then.
    """

    version: int
    was_needed: bool
    remarks: tuple[Remark, ...]


def build(settings: Settings, on_progress: Progress | None = None, *, force: bool = False) -> BuildReport:
    """
    Publish the data package of the settings.

    Parameters
    ----------
    settings
        Where the package and the database are.
    on_progress
        Called with a step's name, its number from 0, and how many there are.
    force
        Build even where neither data nor code changed.

    Raises
    ------
    SourceError
        If the package is refused. What was published before stays in service.
    """
    report = on_progress or (lambda _step, _done, _all: None)
    sessions = open_sessions(settings.database_url)
    fingerprint = build_fingerprint()
    with sessions() as session:
        served = None if force else version_to_keep(session, settings.data, fingerprint)
    if served is not None:
        return BuildReport(served, was_needed=False, remarks=())
    report(STEPS[0], 0, len(STEPS))
    package = read_package(settings.data)
    remarks = find_remarks(package)
    report(STEPS[1], 1, len(STEPS))
    prepared = prepare_package(package, remarks, fingerprint, report)
    report(STEPS[3], 3, len(STEPS))
    with sessions.begin() as session:
        begin_writing(session)
        served = None if force else version_to_keep(session, settings.data, fingerprint)
        if served is not None:
            return BuildReport(served, was_needed=False, remarks=())
        version_number = publish(session, prepared)
        # Made of what was just stored, so that the file says what the site says.
        body = everything(session, version_number, package.tables)
        add_download(session, version_number, NAME, MEDIA_TYPE, body)
        note_changes(session)
    report("done", len(STEPS), len(STEPS))
    return BuildReport(version_number, was_needed=True, remarks=remarks)


def version_to_keep(session: Session, folder: Path, fingerprint: str) -> int | None:
    """
    Return the version in service where a build of `folder` would change nothing, else ``None``.

    That is so where it was made of the same data by the same code, or was put back in place of such a one.
    """
    descriptor = folder / DESCRIPTOR
    if not descriptor.is_file():
        return None
    sha256 = hashlib.sha256(descriptor.read_bytes()).hexdigest()
    kept = list_versions(session)
    alike = [one for one in kept if one.package_sha256 == sha256 and one.fingerprint == fingerprint]
    is_same = any(one.is_current for one in alike) or (bool(alike) and is_restored(session))
    current = next((one.version for one in kept if one.is_current), None)
    return current if is_same and files_are_as_described(folder) else None


def files_are_as_described(folder: Path) -> bool:
    """
    Say whether every file of the package has the hash that its descriptor gives it.

    Times say nothing: git and pip write the descriptor before some of the files that it describes.
    """
    for resource in read_descriptor(folder)["resources"]:
        path = folder / resource["path"]
        if not path.is_file() or resource["hash"] != "sha256:" + hashlib.sha256(path.read_bytes()).hexdigest():
            return False
    return True


def prepare_package(package: Package, remarks: tuple[Remark, ...], fingerprint: str, report: Progress) -> Prepared:
    """Join and measure a checked package and draw what the site sends."""
    joined = join_package(package)
    report(STEPS[2], 2, len(STEPS))
    map_pages, assets = render_map_pages()
    frames = layer_frames(package, joined)
    findings = [
        {"number": number, "code": remark.code, "severity": remark.severity, "message": remark.message}
        for number, remark in enumerate(remarks)
    ]
    return Prepared(
        package_sha256=package.sha256,
        fingerprint=fingerprint,
        about={**package.about, "bounds": joined.bounds},
        rows={
            **joined.rows,
            "finding": findings,
            "ward_age": age_rows(package.tables, joined.rows["postcode"]),
            "measure": measure_rows(joined.rows, patient_weights(package, joined)),
        },
        listings=joined.listings,
        layers=make_layers(frames),
        assets=assets,
        map_pages=map_pages,
        figures=make_figures(figure_frames(package, frames)),
    )


def patient_weights(package: Package, joined: Joined) -> dict[str, Numbers]:
    """Return what postcodes count for by the newest list, by the name of the weighting."""
    lists = package.about["list_sources"]
    newest = str(lists[0]["id"]) if isinstance(lists, list) and lists else ""
    return weights_of_rows(joined.rows, newest)


def layer_frames(package: Package, joined: Joined) -> LayerFrames:
    """Return what the layers are made of."""
    tables, rows = package.tables, joined.rows
    lines = package.about["credits"]
    return LayerFrames(
        hubs=points_of(rows["hub"], ("hub_id", "name", "level")),
        wards=coverages_of(tables["wards"]),
        lsoas=coverages_of(tables["lsoas"]),
        practices=points_of(with_letters(rows["practice"], rows["pcn"]), ("ods_code", "name", "pcn_id", "letter")),
        places=points_of(
            [row for row in rows["place"] if is_listed(row["status"], row["hub_id"])],
            ("place_id", "name", "category"),
        ),
        networks=simplify_coverage(joined.networks),
        borough=simplify_lines(tables["borough"]),
        neighbours=tables["neighbours"],
        roads=simplify_lines(tables["roads"]),
        reach={str(hub_id): bands for hub_id, bands in joined.reach.groupby("hub_id")},
        credit=" ".join(map(str, lines)) if isinstance(lines, list) else "",
        date=str(package.about["data_date"]),
    )


def figure_frames(package: Package, frames: LayerFrames) -> FigureFrames:
    """Return what the maps for paper are made of: frames of the layers on the national grid, wards in force."""
    generations = package.about["generations"]
    newest = str(generations[0]["id"]) if isinstance(generations, list) else ""
    stations = frames.places[frames.places["category"] == "station"]
    return FigureFrames(
        hubs=frames.hubs.to_crs(GRID),
        stations=stations.to_crs(GRID),
        wards=frames.wards[newest].to_crs(GRID),
        roads=frames.roads.to_crs(GRID),
        credit=frames.credit,
        date=frames.date,
    )


def build_fingerprint() -> str:
    """Return a hash of the code that builds: another version of hubmap makes another build of the same data."""
    digest = hashlib.sha256(__version__.encode())
    here = Path(__file__).parent
    for room in ("domain", "exports", "maps", "openreferral", "planning", "sources", "store"):
        for path in sorted((here / room).rglob("*.py")):
            if "extracts" not in path.parts:
                digest.update(path.read_bytes())
    digest.update(Path(__file__).read_bytes())
    return digest.hexdigest()
