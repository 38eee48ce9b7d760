"""The indicator of the wards that lies under the practices, where one is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.errors import NotFoundError
from hubmap.store.records import Generation, Indicator, Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.present.ranked import LegendClass, RankedRow, legend, ranked_rows
from hubmap.web.present.sources import SourceRef, cite
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Overlay:
    """
    What colours the wards: nothing, or an indicator with its wards and legend.

    `themes` are all indicators to choose from: those of each generation by theme.
    """

    indicator_id: str | None
    title: str
    unit: str
    period: str
    generation: str
    label: str
    themes: tuple[tuple[str, tuple[Choice, ...]], ...]
    rows: tuple[RankedRow, ...]
    legend: tuple[LegendClass, ...]
    source: SourceRef | None


def choose_overlay(snapshot: Snapshot, asked: str | None) -> Overlay:
    """
    Return the indicator asked for, or the bare outlines of the wards in force.

    Raises
    ------
    NotFoundError
        If there is no such indicator.
    """
    if not asked:
        newest = snapshot.authority.generations[0]
        return Overlay(
            None, "", "", "", newest.generation_id, newest.label, themes_of(snapshot, None), (), (), source=None
        )
    chosen = snapshot.indicators.get(asked)
    if chosen is None:
        raise NotFoundError(gettext("there is no such indicator; choose one from the list of this page"))
    labels = {one.generation_id: one.label for one in snapshot.authority.generations}
    return Overlay(
        indicator_id=chosen.indicator_id,
        title=chosen.title,
        unit=chosen.unit,
        period=chosen.period,
        generation=chosen.generation,
        label=labels[chosen.generation],
        themes=themes_of(snapshot, chosen),
        rows=ranked_rows(snapshot, chosen),
        legend=legend(snapshot, chosen),
        source=cite(snapshot, chosen.source_id),
    )


def themes_of(snapshot: Snapshot, chosen: Indicator | None) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
    """Return every indicator by generation and theme."""
    groups: dict[str, list[Choice]] = {}
    for generation in snapshot.authority.generations:
        for one in snapshot.indicators.values():
            if one.generation == generation.generation_id:
                groups.setdefault(group_name(generation, one), []).append(
                    Choice(one.indicator_id, f"{one.title}, {one.period}", one is chosen)
                )
    return tuple((name, tuple(choices)) for name, choices in groups.items())


def group_name(generation: Generation, indicator: Indicator) -> str:
    """Return the heading under which an indicator is chosen."""
    return gettext("%(theme)s (%(wards)s)", theme=indicator.theme, wards=generation.label)
