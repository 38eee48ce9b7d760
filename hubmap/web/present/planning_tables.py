"""The ranked table of the planners' page as a workbook: the same wards, figures and words, one fact to a column."""

from __future__ import annotations

from collections.abc import Iterator

from hubmap.planning.intervals import Interval, intervals, method_of
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.finding import finding
from hubmap.web.present.periods import period_words
from hubmap.web.present.planning_choice import Chosen
from hubmap.web.present.ranked import compared_words, last_rank, rank_of, ranked_wards
from hubmap.web.words import gettext


def indicator_workbook(snapshot: Snapshot, chosen: Chosen) -> Workbook:
    """Return what `/planning` shows as tables: the wards, then the larger areas."""
    shown = [one for one in (chosen.indicator, chosen.second) if one is not None]
    names = snapshot.authority.comparators
    codes = [ward.code for ward in ranked_wards(snapshot, chosen.indicator)]
    larger = [code for code in names if any(known(one, code) is not None for one in shown)]
    columns = [gettext("Code"), gettext("Area"), gettext("Kind of area")]
    rows: list[list[Cell]] = [[code, snapshot.wards[code].name, gettext("ward")] for code in codes]
    rows += [[code, names[code], gettext("larger area")] for code in larger]
    for one in shown:
        columns += columns_of(one)
        for row, cells in zip(rows, cells_of(snapshot, one, [*codes, *larger]), strict=True):
            row.extend(cells)
    title = chosen.indicator.title
    facts = [(gettext("Finding"), finding(snapshot, chosen.indicator))]
    for one in shown:
        facts += facts_of(snapshot, one)
    facts.append((gettext("Wards"), chosen.generation.label))
    return Workbook(about_data(snapshot, *facts), (Sheet(title, tuple(columns), rows),))


def columns_of(indicator: Indicator) -> list[str]:
    """Return the names of an indicator's columns, which name the indicator and its unit."""
    title = indicator.title
    return [
        f"{title} ({indicator.unit})",
        gettext("%(title)s: from, 95%% interval", title=title),
        gettext("%(title)s: to, 95%% interval", title=title),
        gettext("%(title)s: counted", title=title),
        gettext("%(title)s: out of", title=title),
        gettext("%(title)s: rank", title=title),
        gettext("%(title)s: rank in words", title=title),
        gettext("%(title)s: against the borough", title=title),
    ]


def cells_of(snapshot: Snapshot, indicator: Indicator, codes: list[str]) -> Iterator[list[Cell]]:
    """Yield the cells of each area; a larger area has no rank and is compared with nothing."""
    found = intervals(indicator, snapshot.authority.code)
    last = last_rank(indicator)
    for code in codes:
        value, is_ward = indicator.values.get(code), code in snapshot.wards
        interval: Interval | None = found.get(code) if is_ward else None
        yield [
            None if value is None else value.value,
            None if interval is None else interval.lower,
            None if interval is None else interval.upper,
            None if value is None else value.numerator,
            None if value is None else value.denominator,
            None if value is None else value.rank,
            rank_of(indicator, value, last) if is_ward else None,
            None if interval is None else compared_words(interval.compared),
        ]


def known(indicator: Indicator, code: str) -> float | None:
    """Return the value of an area."""
    found = indicator.values.get(code)
    return None if found is None else found.value


def facts_of(snapshot: Snapshot, indicator: Indicator) -> list[tuple[str, str]]:
    """Return what has to be known of an indicator; names carry its title, since a table may hold two."""
    source = snapshot.sources.get(indicator.source_id)
    method = method_of(indicator)
    facts = [
        (gettext("definition"), indicator.definition),
        (gettext("unit"), indicator.unit),
        (gettext("period"), period_words(indicator.period)),
        (gettext("caveat"), indicator.caveat or ""),
        (gettext("interval"), gettext("none") if method is None else method[0].capitalize()),
        (gettext("source"), "" if source is None else f"{source.publisher}: {source.title}, {source.vintage}"),
        (gettext("licence"), "" if source is None else source.licence),
    ]
    return [(f"{indicator.title}: {name}", text) for name, text in facts if text]
