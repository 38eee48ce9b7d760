"""What the coverage page is asked for: which hubs, how many minutes, whose wards, for whom, which need, which map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from flask import url_for

from hubmap.domain.network import LEVELS
from hubmap.domain.walking import BANDS_MIN
from hubmap.errors import NotFoundError
from hubmap.planning.measures import Measured
from hubmap.store.records import Generation, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.coverage_words import hub_words
from hubmap.web.present.need_choice import Need, choose_need
from hubmap.web.present.weighting import Weighting, choose_weighting
from hubmap.web.words import gettext, ngettext

YES, NO = "yes", "no"
COVERAGE, PRIORITY = "coverage", "priority"
THIRDS, FIXED = "thirds", "fixed"
USUAL_LEVEL, USUAL_BAND = LEVELS[-1], 15


@dataclass(frozen=True, slots=True)
class CoverageQuery:
    """What the address asks for; anything may be missing."""

    wards: str | None = None
    level: str | None = None
    better: str | None = None
    band: str | None = None
    need: str | None = None
    show: str | None = None
    classes: str | None = None
    weight: str | None = None


@dataclass(frozen=True, slots=True)
class CoverageChoice:
    """What is shown; `show` is the map, `classes` how coverage is cut for need against coverage."""

    generation: Generation
    level: int
    or_better: bool
    band: int
    need: Need
    show: str
    classes: str
    weight: Weighting

    @property
    def address(self) -> dict[str, str]:
        """The address that shows the same again, whatever becomes usual later."""
        return {
            "wards": self.generation.generation_id,
            "level": str(self.level),
            "better": YES if self.or_better else NO,
            "band": str(self.band),
            "need": self.need.value,
            "show": self.show,
            "classes": self.classes,
            "weight": self.weight.value,
        }

    def link(self, endpoint: str = "coverage.show", **changes: str) -> str:
        """Return the address of this choice with `changes`."""
        wanted = {**self.address, **changes}
        return f"{url_for(endpoint)}?{urlencode({name: value for name, value in wanted.items() if value})}"


def choose(snapshot: Snapshot, measured: Measured, query: CoverageQuery) -> CoverageChoice:
    """
    Return what is shown.

    Raises
    ------
    NotFoundError
        If something asked for is not on offer; the message says what is.
    """
    generation = choose_wards(snapshot, query.wards)
    return CoverageChoice(
        generation=generation,
        level=int(one_of("level", query.level, map(str, LEVELS), str(USUAL_LEVEL))),
        or_better=one_of("better", query.better, (YES, NO), YES) == YES,
        band=int(one_of("band", query.band, map(str, BANDS_MIN), str(USUAL_BAND))),
        need=choose_need(snapshot, generation.generation_id, query.need),
        show=one_of("show", query.show, (COVERAGE, PRIORITY), COVERAGE),
        classes=one_of("classes", query.classes, (THIRDS, FIXED), THIRDS),
        weight=choose_weighting(snapshot, measured, query.weight),
    )


def choose_wards(snapshot: Snapshot, asked: str | None) -> Generation:
    """
    Return the generation asked for, or else the newest.

    Raises
    ------
    NotFoundError
        If there is no such generation.
    """
    generations = {one.generation_id: one for one in snapshot.authority.generations}
    return generations[one_of("wards", asked, generations, next(iter(generations)))]


def one_of(name: str, asked: str | None, offered: Iterable[str], usual: str) -> str:
    """Return what is asked for, or what is usual where nothing is; raises `NotFoundError` where it is not offered."""
    known = tuple(offered)
    if not asked:
        return usual
    if asked not in known:
        raise NotFoundError(gettext("expected %(name)s to be one of %(known)s", name=name, known=", ".join(known)))
    return asked


def options(choice: CoverageChoice) -> dict[str, tuple[Choice, ...]]:
    """Return the options of each field of the form."""
    levels = {str(level): gettext("Level %(level)s", level=level) for level in LEVELS}
    betters = {YES: gettext("with better levels"), NO: gettext("that level only")}
    bands = {str(band): ngettext("%(num)s minute", "%(num)s minutes", band) for band in BANDS_MIN}
    classes = {THIRDS: gettext("thirds of the wards"), FIXED: gettext("50% and 80% covered")}
    fields: dict[str, Mapping[str, str]] = {"level": levels, "better": betters, "band": bands, "classes": classes}
    return {
        name: tuple(Choice(value, label, value == choice.address[name]) for value, label in offered.items())
        for name, offered in fields.items()
    }


def generation_tabs(snapshot: Snapshot, choice: CoverageChoice) -> tuple[Choice, ...]:
    """Return the generations as links; an indicator of one is not one of the other, so that need is chosen anew."""
    return tuple(
        Choice(
            one.generation_id,
            one.label,
            one.generation_id == choice.generation.generation_id,
            choice.link(wards=one.generation_id, need=""),
        )
        for one in snapshot.authority.generations
    )


def map_tabs(choice: CoverageChoice) -> tuple[Choice, ...]:
    """Return the two maps as links."""
    titles = {COVERAGE: gettext("Coverage"), PRIORITY: gettext("Need against coverage")}
    return tuple(Choice(one, title, one == choice.show, choice.link(show=one)) for one, title in titles.items())


def hubs_chosen(choice: CoverageChoice) -> str:
    """Return the hubs that count, in words."""
    return hub_words(choice.level, or_better=choice.or_better)
