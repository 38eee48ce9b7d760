"""What the needs workshop shows, as tables to keep."""

from __future__ import annotations

from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.sources import cite
from hubmap.web.present.workshop import chosen_form, form_words, left_out, make_index
from hubmap.web.present.workshop_choices import WorkshopChoice
from hubmap.web.words import gettext

DECIMALS = 6


def workshop_workbook(snapshot: Snapshot, choice: WorkshopChoice) -> Workbook:
    """Return the index and what it is made of."""
    index = make_index(snapshot, choice)
    wards = () if index is None else index.wards
    titles = [snapshot.indicators[part.indicator_id].title for part in choice.parts]
    columns = (
        *(gettext("ward code"), gettext("ward"), gettext("index"), gettext("rank (1 is the least need)")),
        *(gettext("lowest rank"), gettext("highest rank")),
        *titles,
    )
    rows: list[tuple[Cell, ...]] = [
        (
            *(one.code, snapshot.wards[one.code].name, round(one.score, DECIMALS), one.rank, one.lowest, one.highest),
            *values(snapshot, choice, one.code),
        )
        for one in wards
    ]
    absent = {} if index is None else index.left_out
    rows += [
        (code, snapshot.wards[code].name, None, None, None, None, *values(snapshot, choice, code)) for code in absent
    ]
    used = dict.fromkeys(snapshot.indicators[part.indicator_id].source_id for part in choice.parts)
    told = [one for source in used if (one := cite(snapshot, source)) is not None]
    about = about_data(
        snapshot,
        (gettext("What"), gettext("Need index of chosen indicators; greater is more need")),
        (gettext("Wards"), choice.generation.label),
        (gettext("Method"), f"{chosen_form(choice)}. {form_words(choice.form, len(wards))}"),
        (gettext("Ranks"), gettext("Lowest and highest: each indicator dropped in turn, and equal weights")),
        (gettext("Left out"), " ".join(left_out(snapshot, choice, index)) or gettext("nothing")),
        (gettext("Sources"), "; ".join(f"{one.title}, {one.dated}" for one in told)),
    )
    return Workbook(about, (Sheet(gettext("Need index"), columns, rows), parts_sheet(snapshot, choice)))


def values(snapshot: Snapshot, choice: WorkshopChoice, code: str) -> tuple[Cell, ...]:
    """Return the values of a ward."""
    found = (snapshot.indicators[part.indicator_id].values.get(code) for part in choice.parts)
    return tuple(None if one is None else one.value for one in found)


def parts_sheet(snapshot: Snapshot, choice: WorkshopChoice) -> Sheet:
    """Return what the index is made of."""
    columns = tuple(
        map(gettext, ("indicator id", "indicator", "weight", "sign (1: more is more need)", "unit", "period"))
    )
    rows = [
        (one.indicator_id, one.title, part.weight, part.sign, one.unit, one.period)
        for part in choice.parts
        for one in [snapshot.indicators[part.indicator_id]]
    ]
    return Sheet(gettext("Indicators"), columns, rows)
