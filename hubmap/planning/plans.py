"""
What a scenario is called in an address: its name and its steps, read and written.

``docs/planning.md`` tells the grammar to people. No step depends on another, so that their order does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import parse_qs

from hubmap.domain.grid import to_grid
from hubmap.domain.network import LEVELS
from hubmap.domain.positions import LonLat
from hubmap.domain.scenario import Close, Move, Open, Relevel, Scenario, Step
from hubmap.errors import NotFoundError, ParameterError
from hubmap.planning.network import Network

OPEN, CLOSE, MOVE, RELEVEL = "open", "close", "move", "relevel"
KINDS: Final = (OPEN, CLOSE, MOVE, RELEVEL)
MOST_STEPS: Final = 20
LONGEST_NAME: Final = 60
LONGEST_OTHER: Final = 4000
AT_PLACE, AT_PIN = "place", "pin"
STEPS, OTHER, DO = "steps", "other", "do"
WHERE: Final = "place:ID or pin:LON,LAT"
SHAPES: Final = {OPEN: f"{WHERE} and then :LEVEL", CLOSE: "HUB", MOVE: f"HUB and then :{WHERE}", RELEVEL: "HUB:LEVEL"}
DEGREES: Final = re.compile(r"-?[0-9]{1,3}(?:\.[0-9]{1,12})?")

Bounds = tuple[float, float, float, float]
"""West, south, east, north in degrees (EPSG:4326)."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a hub would be: in a real place, by its id, or else at a pin, which stands on about a metre."""

    place_id: str | None
    pin: LonLat | None

    @property
    def text(self) -> str:
        """The spot as an address says it."""
        if self.pin is None:
            return f"{AT_PLACE}:{self.place_id}"
        return f"{AT_PIN}:{self.pin.lon:.5f},{self.pin.lat:.5f}"

    def grid(self, network: Network) -> tuple[float, float]:
        """Return easting and northing (EPSG:27700, metres)."""
        if self.pin is not None:
            return to_grid(self.pin)
        place = network.candidates[self.place_id or ""]
        return place.easting, place.northing

    def lonlat(self, network: Network) -> LonLat:
        """Return the position in degrees."""
        return network.candidates[self.place_id or ""].lonlat if self.pin is None else self.pin


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step: `hub_id` is empty where a hub opens; `spot` says where one opens or goes, `level` its new one."""

    kind: str
    hub_id: str = ""
    spot: Spot | None = None
    level: int | None = None

    @property
    def pair(self) -> tuple[str, str]:
        """The step as a parameter of an address."""
        spot = "" if self.spot is None else self.spot.text
        level = "" if self.level is None else str(self.level)
        return self.kind, ":".join(part for part in (self.hub_id, spot, level) if part)


@dataclass(frozen=True, slots=True)
class Plan:
    """A scenario as its address has it; steps by kind, and within a kind as they were put in."""

    name: str
    steps: tuple[PlanStep, ...]

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Name and steps as parameters of an address."""
        name = (("name", self.name),) if self.name else ()
        return (*name, *(step.pair for step in self.steps))

    def without(self, step: PlanStep) -> Plan:
        """Return the plan without one of its steps."""
        return replace(self, steps=tuple(one for one in self.steps if one != step))

    def with_step(self, step: PlanStep) -> Plan:
        """Return the plan with one more step, which takes the place of those that it contradicts."""
        kept = [one for one in self.steps if not contradicts(one, step)]
        return checked(self.name, [*kept, step])

    @property
    def opened(self) -> tuple[tuple[str, PlanStep], ...]:
        """The hubs that open, each with the id that it has in the scenario."""
        opening = [step for step in self.steps if step.kind == OPEN]
        return tuple((f"new:{number}", step) for number, step in enumerate(opening, start=1))

    def scenario(self, network: Network) -> Scenario:
        """Return the steps as the measures take them."""
        names = {step: hub_id for hub_id, step in self.opened}
        return Scenario(tuple(domain_step(step, names.get(step, step.hub_id), network) for step in self.steps))


def domain_step(step: PlanStep, hub_id: str, network: Network) -> Step:
    """Return a step as the measures take it."""
    if step.kind == CLOSE:
        return Close(hub_id)
    if step.spot is None:
        return Relevel(hub_id, step.level or 0)
    easting, northing = step.spot.grid(network)
    if step.kind == MOVE:
        return Move(hub_id, easting, northing)
    return Open(hub_id, step.level or 0, easting, northing)


@dataclass(frozen=True, slots=True)
class PlanReader:
    """Reads plans for one published version: its network, and the bounds that a pin has to lie in."""

    network: Network
    bounds: Bounds

    def read(self, values: Mapping[str, Sequence[str]]) -> Plan:
        """
        Read name and steps from the parameters of an address; other parameters are none of its business.

        Raises
        ------
        ParameterError
            If a step is not of its shape, a level is not 1 to 4, a pin lies outside the bounds, there are too many
            steps, or two of them contradict each other.
        NotFoundError
            If there is no such hub, or no such place that a hub could be opened in.
        """
        found = [(kind, text) for kind in KINDS for text in dict.fromkeys(values.get(kind, ()))]
        if len(found) > MOST_STEPS:
            raise ParameterError(STEPS, f"at most {MOST_STEPS} of them", str(len(found)))
        steps = dict.fromkeys(self.read_step(kind, text) for kind, text in found)
        return checked(read_name(values), list(steps))

    def read_other(self, text: str) -> Plan:
        """Read a plan that stands in one parameter, as the query of its own address; raises as `read` does."""
        if len(text) > LONGEST_OTHER:
            raise ParameterError(OTHER, f"at most {LONGEST_OTHER} characters", str(len(text)))
        return self.read(parse_qs(text.removeprefix("?"), max_num_fields=None, errors="replace"))

    def read_form(self, values: Mapping[str, str]) -> PlanStep:
        """Read the step of a form: `do` is its kind, then `hub`, `place` or `lon` and `lat`, `to`; raises as `read`."""
        kind, hub, level = (values.get(name, "").strip() for name in ("do", "hub", "to"))
        if kind not in KINDS:
            raise ParameterError(DO, f"one of {', '.join(KINDS)}", kind)
        place = values.get("place", "")
        pin = ",".join(values.get(name, "").strip() for name in ("lon", "lat"))
        spot = f"{AT_PLACE}:{place}" if place else f"{AT_PIN}:{pin}"
        texts = {OPEN: f"{spot}:{level}", CLOSE: hub, MOVE: f"{hub}:{spot}", RELEVEL: f"{hub}:{level}"}
        return self.read_step(kind, texts[kind])

    def read_step(self, kind: str, text: str) -> PlanStep:
        """Read a step; raises as `read` does."""
        readers: dict[str, Callable[[str], PlanStep | None]] = {
            OPEN: self._read_open,
            CLOSE: lambda found: PlanStep(CLOSE, self._hub(CLOSE, found)) if found else None,
            MOVE: self._read_move,
            RELEVEL: self._read_relevel,
        }
        step = readers[kind](text)
        if step is None:
            raise ParameterError(kind, SHAPES[kind], text)
        return step

    def _read_open(self, text: str) -> PlanStep | None:
        spot, colon, level = text.rpartition(":")
        return PlanStep(OPEN, spot=self._spot(OPEN, spot, text), level=read_level(OPEN, level)) if colon else None

    def _read_move(self, text: str) -> PlanStep | None:
        hub_id, colon, spot = text.partition(":")
        return PlanStep(MOVE, self._hub(MOVE, hub_id), self._spot(MOVE, spot, text)) if colon else None

    def _read_relevel(self, text: str) -> PlanStep | None:
        hub_id, colon, level = text.rpartition(":")
        return PlanStep(RELEVEL, self._hub(RELEVEL, hub_id), level=read_level(RELEVEL, level)) if colon else None

    def _spot(self, kind: str, spot: str, text: str) -> Spot:
        """Read where a hub would be; `text` is the whole step, for an error."""
        way, _, found = spot.partition(":")
        if way == AT_PLACE and found:
            if found not in self.network.candidates:
                msg = f"{kind}: there is no place {shown(found)} that a hub could be in; choose one from the list"
                raise NotFoundError(msg)
            return Spot(found, None)
        if way == AT_PIN and found:
            return Spot(None, self._pin(kind, found))
        raise ParameterError(kind, SHAPES[kind], text)

    def _pin(self, kind: str, text: str) -> LonLat:
        """Read longitude and latitude in degrees, rounded to about a metre."""
        west, south, east, north = self.bounds
        parts = [part.strip() for part in text.split(",")]
        if len(parts) == 2 and all(DEGREES.fullmatch(part) for part in parts):  # noqa: PLR2004  lon and lat
            lon, lat = (round(float(part), 5) for part in parts)
            if west <= lon <= east and south <= lat <= north:
                return LonLat(lon, lat)
        expected = f"a pin as LON,LAT in degrees, {west:.5f} to {east:.5f} and {south:.5f} to {north:.5f}"
        raise ParameterError(kind, expected, text)

    def _hub(self, kind: str, hub_id: str) -> str:
        if not any(hub.hub_id == hub_id for hub in self.network.hubs):
            msg = f"{kind}: there is no hub {shown(hub_id)}; choose one from the list"
            raise NotFoundError(msg)
        return hub_id


def lacks_spot(values: Mapping[str, str]) -> bool:
    """Whether a form asks to open or move a hub, but says neither a place nor anything of a pin."""
    is_placed = any(values.get(name, "").strip() for name in ("place", "lon", "lat"))
    return values.get(DO) in {OPEN, MOVE} and not is_placed


def read_level(kind: str, text: str) -> int:
    """Read the level of a hub, 1 to 4."""
    if text not in {str(level) for level in LEVELS}:
        raise ParameterError(kind, "a level from 1 to 4 at its end", text)
    return int(text)


def read_name(values: Mapping[str, Sequence[str]]) -> str:
    """Return what the scenario is called, cut to what fits a heading, without signs that cannot be shown."""
    first = next(iter(values.get("name", ())), "")
    return " ".join("".join(sign for sign in first if sign.isprintable())[:LONGEST_NAME].split())


def shown(text: str) -> str:
    """Return what was found as an error may quote it."""
    return repr("".join(sign for sign in text[:LONGEST_NAME] if sign.isprintable()))


def contradicts(one: PlanStep, other: PlanStep) -> bool:
    """Whether two steps cannot both be: a hub is closed or changed, and has one new position and one new level."""
    if OPEN in {one.kind, other.kind} or one.hub_id != other.hub_id:
        return False
    return one.kind == other.kind or CLOSE in {one.kind, other.kind}


def checked(name: str, steps: Sequence[PlanStep]) -> Plan:
    """
    Return the steps as a plan.

    Raises
    ------
    ParameterError
        If there are too many, or two of them contradict each other or want the same place.
    """
    ordered = sorted(steps, key=lambda step: KINDS.index(step.kind))
    if len(ordered) > MOST_STEPS:
        raise ParameterError(STEPS, f"at most {MOST_STEPS} of them", str(len(ordered)))
    for place, step in enumerate(ordered):
        for other in ordered[:place]:
            if contradicts(other, step):
                expected = f"one step for the hub {step.hub_id!r}, which {other.kind} names already"
                raise ParameterError(step.kind, expected, step.pair[1])
            if step.spot is not None and step.spot == other.spot:
                raise ParameterError(step.kind, "a spot that no other step wants", step.pair[1])
    return Plan(name, tuple(ordered))
