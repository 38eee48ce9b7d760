"""What the coverage page shows, as tables to keep: wards first, then the whole, other walks and evenness."""

from __future__ import annotations

from hubmap.domain.network import LEVELS
from hubmap.domain.walking import BANDS_MIN, WalkModel
from hubmap.planning.measures import Measures
from hubmap.spreadsheets import Cell, Sheet, Workbook
from hubmap.store.records import Snapshot
from hubmap.web.files import about_data
from hubmap.web.present.coverage import CoverageView, residents_source_id
from hubmap.web.present.coverage_choices import hubs_chosen
from hubmap.web.present.coverage_evenness import concentration
from hubmap.web.present.coverage_figures import Figures, figures_of
from hubmap.web.present.coverage_legend import cut_words
from hubmap.web.present.coverage_levels import level_choices
from hubmap.web.present.coverage_wards import WardFacts, grade_words
from hubmap.web.present.coverage_words import hub_words, unlocated_words, warning
from hubmap.web.present.sources import cite
from hubmap.web.words import gettext

DECIMALS = 4


def coverage_workbook(snapshot: Snapshot, measures: Measures, view: CoverageView) -> Workbook:
    """Return the workbook of a view; `measures` are of its generation."""
    sheets = (
        wards_sheet(snapshot, view),
        levels_sheet(measures, view.choice.weight.people),
        walks_sheet(view),
        *evenness_sheets(view),
    )
    return Workbook(about(snapshot, view), sheets)


def about(snapshot: Snapshot, view: CoverageView) -> tuple[tuple[str, str], ...]:
    """Return what has to be known of the tables."""
    choice, whole = view.choice, view.measured.whole
    sources = (
        residents_source_id(snapshot, choice.generation.generation_id),
        choice.weight.source_id,
        next((hub.source_id for hub in snapshot.hubs.values()), None),
        *choice.need.source_ids,
    )
    told = [one for source in dict.fromkeys(sources) if (one := cite(snapshot, source)) is not None]
    return about_data(
        snapshot,
        (
            gettext("What"),
            gettext(
                "Share of %(people)s (0 to 1) within a walk of %(hubs)s",
                people=choice.weight.people,
                hubs=hubs_chosen(choice),
            ),
        ),
        *(((gettext("Who counts"), choice.weight.note),) if choice.weight.note else ()),
        (gettext("Wards"), choice.generation.label),
        (
            gettext("Method"),
            gettext(
                "Residents of small areas are shared equally among their live postcodes. Minutes are the straight line "
                "times each hub's own detour, where measured, else %(detour)s, at %(metres)s metres a minute. Hubs per "
                "10,000 %(people)s: E2SFCA (Luo and Qi 2009), every hub alike, no capacity.",
                people=choice.weight.people,
                detour=WalkModel().detour,
                metres=f"{WalkModel().speed_m_per_min:.0f}",
            ),
        ),
        (gettext("Limits"), warning(snapshot)),
        (gettext("Hubs"), unlocated_words(whole.located, whole.unlocated)),
        (gettext("Need"), f"{choice.need.title}. {choice.need.method}"),
        (gettext("Classes"), cut_words(choice)),
        (gettext("Sources"), "; ".join(f"{one.title}, {one.dated}" for one in told)),
    )


def figure_columns(people: str) -> tuple[str, ...]:
    """Return the headings of the figures of an area, for residents or other `people`."""
    shares = (gettext("share within %(band)s min", band=band) for band in BANDS_MIN)
    best = (gettext("share within %(band)s min at best", band=band) for band in BANDS_MIN)
    return (
        *shares,
        *best,
        gettext("mean minutes"),
        gettext("mean minutes, not under"),
        gettext("minutes within which 9 in 10 live"),
        gettext("those minutes, over"),
        gettext("hubs per 10,000 %(people)s", people=people),
        gettext("hubs per 10,000 %(people)s at best", people=people),
    )


def figure_cells(figures: Figures | None) -> tuple[Cell, ...]:
    """Return the figures of an area; empty cells where nobody lives."""
    if figures is None:
        return (None,) * len(figure_columns(""))
    numbers = (
        *figures.shares,
        *figures.best_shares,
        figures.mean_min,
        figures.best_mean_min,
        figures.far_min,
        figures.best_far_min,
        figures.access,
        figures.best_access,
    )
    return tuple(None if one is None else round(one, DECIMALS) for one in numbers)


def wards_sheet(snapshot: Snapshot, view: CoverageView) -> Sheet:
    """Return the wards in the order of the page, then the whole authority."""
    people = view.choice.weight.people
    columns = (
        *(gettext("ward code"), gettext("ward"), gettext("%(people)s (estimate)", people=people)),
        *figure_columns(people),
        *(gettext("need score"), gettext("need rank (1 is the least)"), gettext("class")),
    )
    authority, whole = snapshot.authority, view.measured.whole
    last = (authority.code, authority.name, round(whole.residents, 1), *figure_cells(figures_of(view.measured, None)))
    return Sheet(gettext("Wards"), columns, [*(ward_row(fact, view) for fact in view.facts), (*last, None, None, None)])


def ward_row(fact: WardFacts, view: CoverageView) -> tuple[Cell, ...]:
    """Return one ward."""
    code, need = fact.ward.code, view.choice.need
    row = view.measured.coverage.get(code)
    score = need.scores.get(code)
    return (
        *(code, fact.ward.name, None if row is None else round(row.residents, 1)),
        *figure_cells(fact.figures),
        *(None if score is None else round(score, DECIMALS), need.ranks.get(code), grade_words(fact.grade)),
    )


def levels_sheet(measures: Measures, people: str) -> Sheet:
    """Return the whole authority by every choice of hubs."""
    columns = (gettext("hubs"), gettext("located"), gettext("without a position"), *figure_columns(people))
    rows = []
    for level, or_better in level_choices():
        found = measures.of(level, or_better=or_better)
        label = hub_words(level, or_better=or_better)
        rows.append((label, found.whole.located, found.whole.unlocated, *figure_cells(figures_of(found, None))))
    return Sheet(gettext("By level, 1 to %(last)s", last=LEVELS[-1]), columns, rows)


def walks_sheet(view: CoverageView) -> Sheet:
    """Return the share of everyone under other detours and speeds, for every band."""
    share = gettext("share of %(people)s", people=view.choice.weight.people)
    columns = (gettext("minutes"), gettext("detour"), gettext("metres a minute"), share)
    rows = [
        (
            band,
            gettext("each hub's own") if one.detour is None else one.detour,
            one.speed_m_per_min,
            round(one.share, DECIMALS),
        )
        for band, told in view.measured.sensitivity.items()
        for one in told
    ]
    return Sheet(gettext("Other walks"), columns, rows)


def evenness_sheets(view: CoverageView) -> tuple[Sheet, Sheet]:
    """Return the indices of evenness, and the Lorenz curve."""
    spread = view.measured.evenness
    had = bool(view.measured.access.get(None))
    found = concentration(view.measured, view.facts, view.choice)
    covered, access = (None, None) if found is None else found
    indices: list[tuple[Cell, ...]] = [
        (gettext("Gini coefficient of access"), round(spread.gini, DECIMALS) if had else None),
        (gettext("concentration of coverage by need (Erreygers)"), rounded(covered)),
        (gettext("concentration of access by need"), rounded(access) if had else None),
    ]
    curve = [(round(lived, DECIMALS), round(held, DECIMALS)) for lived, held in spread.lorenz] if had else []
    share = gettext("share of %(people)s", people=view.choice.weight.people)
    return (
        Sheet(gettext("Evenness"), (gettext("index"), gettext("value (above 0: to the needier)")), indices),
        Sheet(gettext("Lorenz curve"), (share, gettext("share of access")), curve),
    )


def rounded(value: float | None) -> float | None:
    """Return a number with the decimals that are kept."""
    return None if value is None else round(value, DECIMALS)
