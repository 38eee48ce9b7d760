"""Our classifications as taxonomies of the standard: needs, kinds of place, levels of hub, wards."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from hubmap.openreferral.ids import Ids
from hubmap.store.records import Snapshot, Ward

Document = dict[str, Any]

NEED, KIND, LEVEL, WARD = "need", "kind", "hub-level", "ward"
KINDS: Final[Mapping[str, str]] = {
    "childrens-centre": "Children's centre",
    "library": "Library",
    "pharmacy": "Pharmacy",
    "school": "School",
    "nursery": "Nursery",
    "community-centre": "Community centre",
    "leisure": "Sport and leisure",
    "care-home": "Care home",
    "faith": "Place of worship",
    "food-outlet": "Food outlet",
    "gp-practice": "GP practice",
}
LEVELS: Final = {1: "Core hub", 2: "Local hub", 3: "Local hub", 4: "Community access point"}
WARD_ADDRESS: Final = "http://statistics.data.gov.uk/id/statistical-geography/"


def kind_title(category: str) -> str:
    """Return a category in words; one that is not known keeps its own."""
    return KINDS.get(category, category.replace("-", " ").capitalize())


class Terms:
    """
    The taxonomies of a version and their terms.

    Parameters
    ----------
    snapshot
        The version.
    ids
        Makes the ids of its council.
    """

    def __init__(self, snapshot: Snapshot, ids: Ids) -> None:
        self._ids = ids
        self.taxonomies: list[Document] = []
        self.terms: dict[tuple[str, str], Document] = {}
        self._add(NEED, "Needs", "What people come with.", need_terms(snapshot))
        categories = [category for category in snapshot.place_categories if category != "station"]
        kinds = {category: (kind_title(category), "A kind of place.", None) for category in sorted(categories)}
        self._add(KIND, "Kinds of place", "What a place is.", kinds)
        levels = sorted({hub.level for hub in snapshot.hubs.values()})
        self._add(LEVEL, "Levels of hub", "The part of a hub in the network of hubs.", level_terms(levels))
        for one in snapshot.authority.generations:
            wards = [ward for ward in snapshot.wards.values() if ward.generation == one.generation_id]
            name = f"{WARD}-{one.generation_id}"
            self._add(name, f"Wards, {one.generation_id}", f"{one.label}, by GSS code.", ward_terms(wards))

    def _add(self, name: str, title: str, description: str, terms: Mapping[str, tuple[str, str, str | None]]) -> None:
        taxonomy_id = self._ids.of("taxonomy", name)
        self.taxonomies.append({"id": taxonomy_id, "name": title, "description": description})
        for key, (term, words, address) in terms.items():
            document = {
                "id": self._ids.of("term", name, key),
                "name": term,
                "description": words,
                "taxonomy": title,
                "taxonomy_id": taxonomy_id,
                **({} if address is None else {"term_uri": address}),
            }
            self.terms[name, key] = document

    def attributes(self, link_id: str, links: Iterable[tuple[str, str]]) -> list[Document]:
        """Return what ties a record to terms; a link is a taxonomy's name and a key in it, unknown ones left out."""
        return [
            {
                "id": self._ids.of("attribute", link_id, name, key),
                "link_id": link_id,
                "taxonomy_term_id": self.terms[name, key]["id"],
                "link_type": name.partition("-WD")[0],
                "taxonomy_term": self.terms[name, key],
            }
            for name, key in links
            if (name, key) in self.terms
        ]


def need_terms(snapshot: Snapshot) -> dict[str, tuple[str, str, str | None]]:
    """Return needs: the words in which people ask are their description."""
    return {topic.topic_id: (topic.title, topic.question, None) for topic in snapshot.topics.values()}


def level_terms(levels: Iterable[int]) -> dict[str, tuple[str, str, str | None]]:
    """Return levels of hub."""
    return {str(level): (f"Level {level}", f"{LEVELS.get(level, 'Hub')}, level {level}.", None) for level in levels}


def ward_terms(wards: Iterable[Ward]) -> dict[str, tuple[str, str, str | None]]:
    """Return wards of one generation, each with its GSS code."""
    return {ward.code: (ward.name, f"Ward {ward.code}.", WARD_ADDRESS + ward.code) for ward in wards}
