"""The answer to a resident as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from hubmap.domain.quantities import tenths_of_km, tenths_of_miles, whole_minutes
from hubmap.domain.walking import WalkModel
from hubmap.find import (
    AREA,
    ELSEWHERE,
    FOUND,
    NOT_A_POSTCODE,
    OUTSIDE,
    TERMINATED,
    UNKNOWN,
    UNLOCATED,
    FindAnswer,
    FoundHub,
    NeedAnswer,
)
from hubmap.store.records import Snapshot

SAID = {
    FOUND: "",
    TERMINATED: "This postcode is no longer in use. Distances are from where it was.",
    AREA: "Distances are from the middle of these postcodes.",
    OUTSIDE: "This is outside the area; these are its nearest hubs all the same.",
    UNKNOWN: "looks like a postcode, but not one in our list",
    ELSEWHERE: "is outside the area, and we do not know where it is",
    UNLOCATED: "is known to us, but no source says where any hub is",
    NOT_A_POSTCODE: "is not a postcode; expected one such as IG11 7NB, or its beginning such as RM8",
}


def answer_lines(snapshot: Snapshot, answer: FindAnswer) -> Iterator[str]:
    """Yield the lines of an answer: where it is, a hub for each need, then each hub with minutes and distance."""
    if answer.lonlat is None:
        yield f"{answer.label!r} {SAID[answer.outcome]}"
        if answer.nearby:
            yield f"Try {answer.nearby!r}, the postcodes around it."
        yield from unlocated_line(answer)
        return
    many = len(answer.hubs)
    yield f"{many} hub{'' if many == 1 else 's'} near {answer.label}"
    if SAID[answer.outcome]:
        yield SAID[answer.outcome]
    yield from around(snapshot, answer)
    for need in answer.needs:
        yield need_line(need)
    yield ""
    for number, found in enumerate(answer.hubs, start=1):
        hub = found.hub
        distance = f"{miles(found.distance_m)} ({kilometres(found.distance_m)})"
        yield f"{number:>2}. {hub.name}, level {hub.level}: about {whole_minutes(found.walk_min)} min walk, {distance}"
        details = [hub.address, hub.postcode, hub.phone, *(service.name for service in hub.services)]
        yield f"    {', '.join(detail for detail in details if detail) or 'nothing more is known'}"
    yield from unlocated_line(answer)
    yield ""
    speed = f"{WalkModel().speed_km_per_h:.1f}"
    yield f"Minutes are estimates: straight lines times a detour, at {speed} km an hour; no route is behind them."
    yield f"Data of {snapshot.authority.data_date}. {' '.join(snapshot.authority.credits)}"


def unlocated_line(answer: FindAnswer) -> Iterator[str]:
    """Yield the hubs that no source gives a position, after an empty line; nothing where there are none."""
    if answer.unlocated:
        yield ""
        yield "Location to be confirmed: " + ", ".join(hub.name for hub in answer.unlocated)


def around(snapshot: Snapshot, answer: FindAnswer) -> Iterator[str]:
    """Yield the wards of the place, and the network of its nearest practice."""
    for generation in snapshot.authority.generations:
        ward = snapshot.wards.get(answer.areas.wards.get(generation.generation_id, ""))
        if ward is not None:
            yield f"{ward.name} ward ({generation.label})"
    pcn = snapshot.pcns.get(answer.pcn_id or "")
    if pcn is not None:
        yield f"{pcn.name} PCN (modelled from the nearest practice)"


def need_line(need: NeedAnswer) -> str:
    """Return the nearest hub that a source names for a need, or what else there is."""
    title = need.topic.title
    if need.named:
        return f"{title}: {hub_words(need.named[0])}"
    others = [f"{hub.name} (named by a source, location to be confirmed)" for hub in need.unlocated]
    if need.planned is not None:
        others.append(f"planned at every hub, the nearest is {hub_words(need.planned)}")
    others += [f"level 1 hub {hub_words(found)}" for found in need.best]
    return "; ".join([f"{title}: no source names a hub with a known location", *others])


def hub_words(found: FoundHub) -> str:
    """Return a hub with its minutes."""
    return f"{found.hub.name}, about {whole_minutes(found.walk_min)} min walk"


def miles(distance_m: float) -> str:
    """Return a distance in miles, as the site says it."""
    number = tenths_of_miles(distance_m)
    if number is None:
        return "less than 0.1 miles"
    return "1 mile" if number == "1.0" else f"{number} miles"


def kilometres(distance_m: float) -> str:
    """Return a distance in kilometres, as the site says it."""
    number = tenths_of_km(distance_m)
    return "less than 0.1 km" if number is None else f"{number} km"
