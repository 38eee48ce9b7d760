"""A ward's page as a workbook: the profile as one long table, then coverage, ages, networks and places."""

from __future__ import annotations

from collections.abc import Iterator

from hubmap.domain.walking import BANDS_MIN
from hubmap.planning.intervals import intervals
from hubmap.planning.likely_networks import likely_networks
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Indicator, Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.need_ranks import need_rank_words
from hubmap.web.present.periods import period_words
from hubmap.web.present.places import category_name
from hubmap.web.present.ranked import last_rank, rank_of
from hubmap.web.present.walks import walk_method
from hubmap.web.present.ward_people import age_words, need_of, need_span
from hubmap.web.present.ward_reach import choices
from hubmap.web.present.wards import WardRecords
from hubmap.web.words import gettext

Row = list[Cell]


def ward_workbook(records: WardRecords) -> Workbook:
    """Return what the page of a ward shows, as tables."""
    snapshot, ward = records.snapshot, records.ward
    generation = next(one for one in snapshot.authority.generations if one.generation_id == ward.generation)
    facts = (
        (gettext("Ward"), f"{ward.name} ({ward.code})"),
        (gettext("Wards"), generation.label),
        (gettext("Residents"), gettext("Residents of small areas, shared equally among their postcodes: an estimate.")),
        (gettext("Minutes"), walk_method(snapshot, ()).words),
        (gettext("Networks"), gettext("Modelled: each postcode to the nearest open practice; no count of patients.")),
    )
    return Workbook(
        about_data(snapshot, *facts),
        (
            Sheet(gettext("Profile"), profile_columns(), list(profile_rows(records))),
            Sheet(gettext("Hubs and minutes"), reach_columns(), list(reach_rows(records))),
            Sheet(gettext("Places"), place_columns(), list(place_rows(records))),
        ),
    )


def profile_columns() -> tuple[str, ...]:
    """Return the columns of the long table."""
    return (
        gettext("Section"),
        gettext("Fact"),
        gettext("Value"),
        gettext("Unit"),
        gettext("From, 95% interval"),
        gettext("To, 95% interval"),
        gettext("Rank"),
        gettext("In words"),
        gettext("Period"),
        gettext("Source"),
    )


def profile_rows(records: WardRecords) -> Iterator[Row]:
    """Yield residents, ages, need, networks, the paper's ranks and every indicator."""
    snapshot, ward = records.snapshot, records.ward
    counted = source_words(snapshot, ward.residents_source_id)
    told = vintage(snapshot, ward.residents_source_id)
    estimate = gettext("residents (estimate)")
    people = gettext("Residents")
    yield [people, gettext("All"), round(ward.residents), estimate, None, None, None, "", told, counted]
    for band, number in ward.ages.items():
        yield [people, age_words(band), round(number), estimate, None, None, None, "", told, counted]
    yield from need_rows(records)
    for pcn_id, share in likely_networks(records.points, ward.code, ward.generation).items():
        name = snapshot.pcns[pcn_id].name if pcn_id in snapshot.pcns else pcn_id
        section, unit = gettext("Likely network (modelled)"), gettext("% of residents")
        yield [section, name, round(100 * share, 1), unit, None, None, None, "", told, counted]
    for one in snapshot.quotations:
        if one.ward_code == ward.code:
            section = gettext("Rank printed in the board paper (quoted)")
            source = source_words(snapshot, one.source_id)
            yield [section, one.subject, None, "", None, None, one.rank, "", one.as_of, source]
    for indicator in snapshot.indicators.values():
        if indicator.generation == ward.generation:
            yield indicator_row(records, indicator)


def need_rows(records: WardRecords) -> Iterator[Row]:
    """Yield the place in the need index, where the ward has one."""
    found = need_of(records.snapshot, records.ward)
    if found is not None:
        index, own = found
        words = f"{need_rank_words(own.rank, [one.rank for one in index.wards])}. {need_span(own)}"
        titles = "; ".join(records.snapshot.indicators[part.indicator_id].title for part in index.parts)
        unit = gettext("weighted z-scores")
        section = gettext("Need index")
        yield [section, titles, round(own.score, 3), unit, None, None, own.rank, words, gettext("several"), ""]


def indicator_row(records: WardRecords, indicator: Indicator) -> Row:
    """Return an indicator of the ward."""
    value = indicator.values.get(records.ward.code)
    interval = intervals(indicator, records.snapshot.authority.code).get(records.ward.code)
    return [
        indicator.theme,
        indicator.title,
        None if value is None else value.value,
        indicator.unit,
        None if interval is None else interval.lower,
        None if interval is None else interval.upper,
        None if value is None else value.rank,
        rank_of(indicator, value, last_rank(indicator)),
        period_words(indicator.period),
        source_words(records.snapshot, indicator.source_id),
    ]


def reach_columns() -> tuple[str, ...]:
    """Return the columns of hubs and minutes."""
    shares = [
        words
        for band in BANDS_MIN
        for words in (
            gettext("%% of residents within %(band)s min", band=band),
            gettext("%% within %(band)s min at best", band=band),
        )
    ]
    return (
        gettext("Hubs"),
        gettext("Hubs with a known location"),
        gettext("Hubs without"),
        gettext("Mean minutes (estimate)"),
        gettext("Nine in ten within minutes (estimate)"),
        *shares,
    )


def reach_rows(records: WardRecords) -> Iterator[Row]:
    """Yield each level, then hubs of any level."""
    for told, level, better in choices():
        row = records.measures.of(level, or_better=better).coverage.get(records.ward.code)
        if row is None:
            continue
        title = gettext("Any level") if told is None else gettext("Level %(level)s", level=level)
        shares = [round(100 * one, 1) for pair in zip(row.shares, row.best_shares, strict=True) for one in pair]
        minutes = [None if one is None else round(one, 1) for one in (row.mean_min, row.far_min)]
        yield [title, row.located, row.unlocated, *minutes, *shares]


def place_columns() -> tuple[str, ...]:
    """Return the columns of hubs and places in the ward."""
    return (gettext("Kind"), gettext("Name"), gettext("Address"), gettext("Source"))


def place_rows(records: WardRecords) -> Iterator[Row]:
    """Yield hubs, then other places."""
    for hub in records.hubs:
        kind = gettext("Hub, level %(level)s", level=hub.level)
        yield [kind, hub.name, hub.address, source_words(records.snapshot, hub.source_id)]
    for place in records.listed_places:
        source = source_words(records.snapshot, place.source_id)
        yield [category_name(place.category), place.name, place.address, source]


def source_words(snapshot: Snapshot, source_id: str | None) -> str:
    """Return a source with its vintage; empty where there is none."""
    source = snapshot.sources.get(source_id or "")
    return "" if source is None else f"{source.publisher}: {source.title}, {source.vintage}"


def vintage(snapshot: Snapshot, source_id: str | None) -> str:
    """Return how old a source is; empty where there is none."""
    source = snapshot.sources.get(source_id or "")
    return "" if source is None else source.vintage
