"""The answer to a resident as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from hubmap.find import AREA, ELSEWHERE, FOUND, NOT_A_POSTCODE, OUTSIDE, TERMINATED, UNKNOWN, FindAnswer
from hubmap.store.records import Snapshot

METRES_PER_MILE = 1609.344
SAID = {
    FOUND: "",
    TERMINATED: "This postcode is no longer in use. Distances are from where it was.",
    AREA: "Distances are from the middle of these postcodes.",
    OUTSIDE: "This is outside the area; these are its nearest hubs all the same.",
    UNKNOWN: "looks like a postcode, but not one in our list",
    ELSEWHERE: "is outside the area, and we do not know where it is",
    NOT_A_POSTCODE: "is not a postcode; expected one such as IG11 7NB, or its beginning such as RM8",
}


def answer_lines(snapshot: Snapshot, answer: FindAnswer) -> Iterator[str]:
    """Yield the lines of an answer: where it is, then each hub with level, estimated minutes and distance."""
    if answer.lonlat is None:
        yield f"{answer.label!r} {SAID[answer.outcome]}"
        return
    many = len(answer.hubs)
    yield f"{many} hub{'' if many == 1 else 's'} near {answer.label}"
    if SAID[answer.outcome]:
        yield SAID[answer.outcome]
    yield from around(snapshot, answer)
    yield ""
    for number, found in enumerate(answer.hubs, start=1):
        hub = found.hub
        distance = f"{found.distance_m / METRES_PER_MILE:.1f} miles ({found.distance_m / 1000:.1f} km)"
        yield f"{number:>2}. {hub.name}, level {hub.level}: about {minutes(found.walk_min)} min walk, {distance}"
        details = [hub.address, hub.postcode, hub.phone, *(service.name for service in hub.services)]
        yield f"    {', '.join(detail for detail in details if detail) or 'nothing more is known'}"
    if answer.unlocated:
        yield ""
        yield "Location to be confirmed: " + ", ".join(hub.name for hub in answer.unlocated)
    yield ""
    yield "Minutes are estimates: straight lines times a detour, at 4.8 km an hour; no route is behind them."
    yield f"Data of {snapshot.authority.data_date}. {' '.join(snapshot.authority.credits)}"


def around(snapshot: Snapshot, answer: FindAnswer) -> Iterator[str]:
    """Yield the wards of the place, and the network of its nearest practice."""
    for generation in snapshot.authority.generations:
        ward = snapshot.wards.get(answer.areas.wards.get(generation.generation_id, ""))
        if ward is not None:
            yield f"{ward.name} ward ({generation.label})"
    pcn = snapshot.pcns.get(answer.pcn_id or "")
    if pcn is not None:
        yield f"{pcn.name} PCN (modelled from the nearest practice)"


def minutes(walk_min: float) -> int:
    """Return whole minutes, at least one."""
    return max(1, int(walk_min + 0.5))
