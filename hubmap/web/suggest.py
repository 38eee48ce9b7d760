"""Suggestions while somebody types in the directory: needs, kinds of place, wards and names."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, jsonify, request, url_for

from hubmap.domain.search.labels import fitting_labels
from hubmap.domain.search.language import plain_words
from hubmap.domain.search.synonyms import Synonyms, load_synonyms
from hubmap.store.records import SearchHit, Snapshot
from hubmap.store.search import suggest_items
from hubmap.web.asking import split_postcode
from hubmap.web.present.narrowing import HUB
from hubmap.web.present.places import category_name
from hubmap.web.reading import plain
from hubmap.web.state import get_snapshot, get_state
from hubmap.web.words import gettext

LONGEST_TEXT: Final = 60
MOST: Final = 8
MOST_CHOICES: Final = 4
"""Needs, kinds and wards together, so that names have room."""
FRESH_S: Final = 300
SHORTEST_BEGINNING: Final = 3
MOST_COMPLETIONS: Final = 5

blueprint = Blueprint("suggest", __name__)
Suggestion = dict[str, str]


@blueprint.get("/directory/suggest")
def show() -> Response:
    """Send at most eight suggestions; the words of a whole postcode suggest nothing."""
    snapshot = get_snapshot()
    typed, postcode = split_postcode(plain(request.args, "q", LONGEST_TEXT))
    found: list[Suggestion] = []
    if typed and not postcode:
        found = matching_choices(typed, choices(snapshot))
        with get_state().sessions() as session:
            items = suggest_items(session, snapshot.version, typed, MOST - len(found))
        found += [named(one) for one in items]
    response = jsonify(suggestions=found)
    response.headers["Cache-Control"] = f"max-age={FRESH_S}"
    return response


def named(hit: SearchHit) -> Suggestion:
    """Return the way to the page of a hub or place."""
    where = "directory.hub" if hit.kind == HUB else "directory.place"
    return {"label": hit.name, "kind": category_name(hit.category), "href": url_for(where, slug=hit.item_id)}


def choices(snapshot: Snapshot) -> list[Suggestion]:
    """Return every need, kind of place and ward in force as a way to search by it."""
    newest = snapshot.authority.generations[0].generation_id
    needs = [
        (one.title, gettext("Need"), url_for("directory.show", need=one.topic_id)) for one in snapshot.topics.values()
    ]
    kinds = [
        (category_name(one), gettext("Kind of place"), url_for("directory.show", category=one))
        for one in (HUB, *snapshot.place_categories)
    ]
    wards = [
        (ward.name, gettext("Ward"), url_for("directory.show", ward=ward.code))
        for ward in snapshot.wards.values()
        if ward.generation == newest
    ]
    return [{"label": label, "kind": kind, "href": href} for label, kind, href in (*needs, *kinds, *wards)]


def matching_choices(typed: str, offered: list[Suggestion]) -> list[Suggestion]:
    """Return the choices that hold everything typed, in other words too, the best first."""
    labels = [one["label"] for one in offered]
    synonyms = load_synonyms()
    best: dict[int, float] = {}
    for words in completions(plain_words(typed), synonyms):
        best = {**fitting_labels(labels, words, synonyms), **best}
    fitting = sorted(best, key=lambda place: (-best[place], place))
    return [offered[place] for place in fitting[:MOST_CHOICES]]


def completions(words: list[str], synonyms: Synonyms) -> list[list[str]]:
    """Return words as they are typed, and with the last one gone on to words of the table that begin so."""
    if not words or len(words[-1]) < SHORTEST_BEGINNING:
        return [words]
    begun = [one for one in synonyms.words if one.startswith(words[-1]) and one != words[-1]]
    return [words, *([*words[:-1], one] for one in begun[:MOST_COMPLETIONS])]
