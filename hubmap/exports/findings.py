"""The findings as a document in plain English, written by the program alone, so that it cannot go stale."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import Session

from hubmap.config import Settings
from hubmap.domain.coverage import SPEEDS_M_PER_MIN
from hubmap.domain.priority import GRADES
from hubmap.exports.published import Published, load_published
from hubmap.planning.findings import BAND_MIN, USUAL, Assumption, Findings, LevelFinding, NeedyFinding, NextHub, find
from hubmap.planning.measures import within
from hubmap.planning.network import load_network
from hubmap.planning.priorities import UnderCovered
from hubmap.store.engine import open_sessions
from hubmap.store.read import places_of, served_version
from hubmap.store.records import Place

FORM_NAMES: Final[Mapping[str, str]] = {
    "z": "z-scores",
    "percentile": "percentile ranks",
    "imd": "form of the Indices of Deprivation",
}
ROUNDED_TO: Final = 10
"""People are told to the nearest ten: estimates are no more exact, and machines add up in different orders."""
MOST_WARDS: Final = 5
MARKS: Final = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<>|#{}~&"} | {"\n": " ", "\r": " "})

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Subject:
    """What is found, and what names it; `places` are the candidates told of, by id."""

    published: Published
    found: Findings
    places: Mapping[str, Place]

    def ward(self, code: str) -> str:
        """Return the name of a ward."""
        return plain(self.published.snapshot.wards[code].name)


def read_findings(settings: Settings) -> str:
    """
    Return the document of the version in service.

    Raises
    ------
    StoreError
        If nothing is published.
    """
    with open_sessions(settings.database_url)() as session:
        return findings_document(session, served_version(session))


def findings_document(session: Session, version: int) -> str:
    """Return the document of a version: Markdown with a new line at its end, the same text for the same data."""
    published = load_published(session, version)
    found = find(published.snapshot, published.measured, load_network(session, published.snapshot))
    named = [place.place_id for one in found.next_hubs for place, _ in one.places]
    subject = Subject(published, found, places_of(session, version, sorted(set(named))))
    parts = (opening(subject), coverage(subject), needy(subject), siting(subject), closing(subject))
    return "\n\n".join(block for part in parts for block in part) + "\n"


def opening(subject: Subject) -> Iterator[str]:
    """Yield what this is, and what every figure rests on."""
    published, authority = subject.published, subject.published.snapshot.authority
    yield f"# Findings: {plain(authority.name)}"
    yield "Written by `hubmap findings` from the published data and by nothing else; a test compares it."
    yield (
        f"Data of {authority.data_date}. Residents: {people(subject.found.residents)}, an estimate: those of each LSOA "
        "shared equally among its live postcodes, which are not dwellings "
        f"({plain(published.cite(published.residents_sources()))})."
    )
    yield (
        "Walks are estimates: straight lines times a detour (1.2, or a hub's own where it was measured) at 80 metres "
        f'a minute. "Covered" means within {BAND_MIN} minutes of a hub of the level or of a better one; level 1 offers '
        'most. Hubs without a known position count for nothing; "at best" is a bound on what they could add if they '
        "were as well placed as can be."
    )


def coverage(subject: Subject) -> Iterator[str]:
    """Yield coverage of the authority by level, then how wards differ."""
    found = subject.found
    yield f"## Who is within {BAND_MIN} minutes of a hub"
    yield lead(found.levels)
    head = ("hubs of level", "located", "not located", "covered", "at best", "detour 1.0", "detour 1.4", "slow walker")
    yield table(head, [level_row(one) for one in found.levels], numbers_from=1)
    yield (
        "Sensitivity: detours of 1.0 and 1.4 take the place of every other; a slow walker goes at "
        f"{SPEEDS_M_PER_MIN[0]:.0f} metres a minute (0.8 m/s) with the usual detours."
    )
    for generation in subject.published.snapshot.authority.generations:
        spreads = found.spreads[generation.generation_id]
        yield f"### By ward: {plain(generation.label)} ({plain(generation.generation_id)})"
        rows = [
            (
                level_words(one.level),
                *(f"{subject.ward(code)}, {percent(share)}" for code, share in (one.least, one.most)),
                f"{one.below_half} of {one.wards}",
            )
            for one in spreads
        ]
        wards = ("least covered ward", "most covered ward", "wards with less than half covered")
        yield table(("hubs of level", *wards), rows)


def lead(levels: Sequence[LevelFinding]) -> str:
    """Return in a sentence what the best level and all levels together cover."""
    first, last = levels[0].coverage, levels[-1].coverage
    return (
        f"**{percent(within(last, BAND_MIN)[0])} of residents are covered by a located hub of any level, "
        f"{percent(within(first, BAND_MIN)[0])} by one of level {first.level}.** {last.unlocated} of "
        f"{last.located + last.unlocated} hubs have no known position."
    )


def level_row(one: LevelFinding) -> Row:
    """Return a level with its sensitivity."""
    row = one.coverage
    share, best = within(row, BAND_MIN)
    by = {(each.detour, each.speed_m_per_min): each.share for each in one.sensitivity}
    slow, usual = SPEEDS_M_PER_MIN
    others = (by[1.0, usual], by[1.4, usual], by[None, slow])
    return (level_words(row.level), str(row.located), str(row.unlocated), *map(percent, (share, best, *others)))


def needy(subject: Subject) -> Iterator[str]:
    """Yield the neediest of the wards covered least, under three forms of the index and other assumptions."""
    yield "## Where need meets little coverage"
    yield (
        "The three neediest of the wards in the lowest third of coverage (hubs of any level). Need is made of one "
        "indicator for each domain of the Indices of Deprivation that is known, weighted as the Indices weigh them, in "
        "three forms. Rank 1 is the least need; the range is that of the rank when each indicator is left out in turn, "
        "and when all weigh the same. High need is the neediest third of the wards."
    )
    for one in subject.found.needy:
        label = next(
            each.label
            for each in subject.published.snapshot.authority.generations
            if each.generation_id == one.generation
        )
        yield f"### {plain(label)} ({plain(one.generation)})"
        yield from needy_wards(subject, one)


def needy_wards(subject: Subject, one: NeedyFinding) -> Iterator[str]:
    """Yield the findings of a generation of wards."""
    if not one.parts:
        yield "No indicator of these wards is good or bad, so that there is no index of need."
        return
    indicators = subject.published.snapshot.indicators
    made_of = "; ".join(
        f"{plain(indicators[part.indicator_id].title)} ({plain(indicators[part.indicator_id].period)}; {part.weight:g})"
        for part in one.parts
    )
    yield f"Need is made of (period; weight): {made_of}."
    head = ("form of the index", "first", "second", "third")
    yield table(head, [(FORM_NAMES[form], *filled(subject, one, wards)) for form, wards in one.by_form.items()])
    high = sum(ward.grade.is_priority for ward in next(iter(one.by_form.values())))
    yield f"**By z-scores {high or 'none'} of the three {'have' if high > 1 else 'has'} high need.**"
    yield "Sensitivity: the three wards when one thing is changed."
    rows = [
        (assumption_words(each), *(", ".join(map(subject.ward, codes)) or "none" for codes in forms.values()))
        for each, forms in one.varied
    ]
    yield table(("changed", *(FORM_NAMES[form] for form in one.by_form)), rows)
    asked = len(one.varied) * len(one.by_form)
    counts = [f"{subject.ward(code)} {times}" for code, times in list(one.times_named().items())[:MOST_WARDS]]
    yield f"Of these {asked} answers, wards named most often: {', '.join(counts) or 'none'}."


def filled(subject: Subject, one: NeedyFinding, wards: Sequence[UnderCovered]) -> Row:
    """Return three cells, each a ward with its rank of need and its coverage."""
    cells = [
        f"{subject.ward(ward.need.code)}: {GRADES[ward.grade.need]} need, "
        f"{'=' if ward.need.tied else ''}{ward.need.rank} of {one.ranked} "
        f"({ward.need.lowest} to {ward.need.highest}); {percent(ward.share)} covered, "
        f"{percent(ward.best_share)} at best"
        for ward in wards
    ]
    return (*cells, *("none" for _ in range(3 - len(cells))))


def siting(subject: Subject) -> Iterator[str]:
    """Yield the best single place for the next hub, under several assumptions."""
    found = subject.found
    yield "## The best single next hub"
    yield (
        f"Each of {found.candidates} real places that a hub could be opened in (children's and community centres, "
        f"leisure centres, libraries, schools) was tried: whom would it bring within {BAND_MIN} minutes who is not "
        "there today? The answer is exact for these places and residents. It knows nothing of cost, rooms, owners, or "
        "whether the place would want it."
    )
    if not found.candidates:
        return
    yield best_place(subject, found.next_hubs[0])
    for generation, gains in found.gains_by_ward.items():
        wards = ", ".join(f"{subject.ward(code)} {people(gain)}" for code, gain in gains[:MOST_WARDS])
        yield f"Residents it would gain by ward ({plain(generation)}): {wards or 'none'}."
    yield "Sensitivity: the best places when one thing is changed, with the residents that each would gain alone."
    rows = [
        (assumption_words(one.assumption), *(f"{plain(place.name)}, {people(gain)}" for place, gain in one.places))
        for one in found.next_hubs
    ]
    places = max(len(one.places) for one in found.next_hubs)
    yield table(("changed", *("best", "second", "third")[:places]), rows)
    yield (
        "Only hubs of a level: the new one is of that level too; raising a hub of a worse level can serve more, which "
        "`/planning/next-hub` tries too. Within 250 metres of a hub whose detour was measured, a place has that one. "
        "Weighted by need: a resident counts as many times as the need of the ward (percentile form) is "
        "that of the mean ward; the residents shown are people all the same. "
        "A candidate is as its source has it, and may have closed since."
    )


def best_place(subject: Subject, best: NextHub) -> str:
    """Return in a sentence where the next hub would serve most, and how old the record of that place is."""
    candidate, gain = best.places[0]
    place = subject.places[candidate.place_id]
    share = gain / subject.found.residents if subject.found.residents else 0.0
    return (
        f"**{plain(candidate.name)} ({kind_words(candidate.category)}) would cover {people(gain)} residents more, "
        f"{percent(share)} of all.** Its record: {plain(subject.published.cite([place.source_id]))}."
    )


def closing(subject: Subject) -> Iterator[str]:
    """Yield the sources of what is not told above, and the credits."""
    published = subject.published
    yield "## Sources"
    used = [
        published.snapshot.indicators[part.indicator_id].source_id for one in subject.found.needy for part in one.parts
    ]
    tables = ("hubs", "postcodes", "wards", "walk_detours", "places")
    cited = dict.fromkeys([*published.residents_sources(), *published.sources_of(*tables), *used])
    yield "\n".join(f"- {plain(published.cite([one]))}" for one in cited if one in published.snapshot.sources)
    yield plain(" ".join(published.snapshot.authority.credits))


def assumption_words(one: Assumption) -> str:
    """Return what an assumption changes."""
    if one.detour is not None:
        return f"detour {one.detour:.1f} for every walk"
    if one.generation is not None:
        return f"weighted by need ({plain(one.generation)})"
    if one.equal_weights:
        return "all indicators weigh the same"
    if one.level != USUAL.level:
        return f"only hubs of level {level_words(one.level)}"
    return "nothing" if one.band_min == USUAL.band_min else f"{one.band_min} minutes"


def level_words(level: int) -> str:
    """Return a level with the better ones."""
    return "1" if level == 1 else f"1 to {level}"


def kind_words(category: str) -> str:
    """Return a kind of place in words."""
    return category.replace("childrens", "children's").replace("-", " ")


def people(count: float) -> str:
    """Return a number of people, rounded."""
    return f"{round(count / ROUNDED_TO) * ROUNDED_TO:,}"


def percent(share: float) -> str:
    """Return a share as a whole percentage; what is not nought or all is never called so."""
    if 0 < share < 1 / 100:
        return "under 1%"
    rounded = round(share * 100)
    return "over 99%" if rounded == 100 and share < 1 - 1e-9 else f"{rounded}%"  # noqa: PLR2004  all of it


def plain(text: str) -> str:
    """Return text of the data as Markdown shows it: as it stands, in one line."""
    return text.translate(MARKS)


def table(head: Row, rows: Sequence[Row], numbers_from: int | None = None) -> str:
    """Return a table; columns from `numbers_from` on stand at the right."""
    rule = ["---:" if numbers_from is not None and place >= numbers_from else "---" for place in range(len(head))]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (head, rule, *rows))
