"""Hubs and places as the search of the directory sees them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hubmap.domain.opening import OpeningDay
from hubmap.domain.places import is_listed
from hubmap.domain.records import Row
from hubmap.domain.search.listing import Listing


@dataclass(frozen=True, slots=True)
class Around:
    """What is known around hubs and places: names of wards by code, opening days by site, and places by their hub."""

    ward_names: Mapping[str, str]
    opening: Mapping[str, tuple[OpeningDay, ...]]
    at_hubs: Mapping[str, tuple[Row, ...]]

    def areas_of(self, wards: Iterable[str]) -> str:
        """Return the names of wards, each once."""
        return join_words(*dict.fromkeys(self.ward_names.get(code) for code in wards))


def surroundings(wards: Iterable[Row], opening_days: Iterable[Row], places: Iterable[Row]) -> Around:
    """Return what is known around hubs and places out of rows of wards, opening days and places."""
    opening: dict[str, list[OpeningDay]] = defaultdict(list)
    for row in opening_days:
        days = {name: value for name, value in row.items() if name not in {"site_id", "part"}}
        opening[row["site_id"]].append(OpeningDay(**days))
    names = {row["code"]: row["name"] for row in wards}
    at_hubs: dict[str, tuple[Row, ...]] = {}
    for place in places:
        if place["hub_id"] is not None and place["status"] != "closed":
            at_hubs[place["hub_id"]] = (*at_hubs.get(place["hub_id"], ()), place)
    return Around(names, {site_id: tuple(days) for site_id, days in opening.items()}, at_hubs)


def hub_listings(hubs: list[Row], services: list[Row], topics: list[Row], around: Around) -> list[Listing]:
    """Return hubs as search sees them: found by their services and, less so, by the core offer planned at each."""
    named: dict[str, list[Row]] = defaultdict(list)
    for service in services:
        named[service["hub_id"]].append(service)
    titles = {topic["topic_id"]: topic["title"] for topic in topics}
    core = [topic["topic_id"] for topic in topics if topic["offer"] == "core"]
    listings = []
    for hub in hubs:
        own = named[hub["hub_id"]]
        answered = {topic for service in own for topic in service["topic_ids"]}
        wards = tuple(hub["wards"].values())
        at_site = around.at_hubs.get(hub["hub_id"], ())
        listings.append(
            Listing(
                kind="hub",
                item_id=hub["hub_id"],
                name=hub["name"],
                category="hub",
                address=join_words(hub["address"], hub["postcode"]),
                lon=hub["lon"],
                lat=hub["lat"],
                sort_key=f"0 {hub['level']} {hub['name'].lower()}",
                needs=join_words(*(service["name"] for service in own), *(titles[one] for one in sorted(answered))),
                description=join_words(
                    hub["paper_name"],
                    hub["role"],
                    *(one["description"] for one in own),
                    *dict.fromkeys(place["name"] for place in at_site),
                ),
                wards=wards,
                topics=tuple(sorted(answered)),
                areas=around.areas_of(wards),
                planned=join_words(*(titles[one] for one in core if one not in answered)),
                level=hub["level"],
                site_kinds=tuple(sorted({place["category"] for place in at_site})),
                opening=around.opening.get(hub["hub_id"], ()),
            )
        )
    return listings


def place_listings(places: list[Row], around: Around) -> list[Listing]:
    """Return open places as search sees them; one that shares a hub's site is found as the hub."""
    listings = []
    for place in places:
        if not is_listed(place["status"], place["hub_id"]):
            continue
        wards = tuple(place["wards"].values())
        listings.append(
            Listing(
                kind="place",
                item_id=place["place_id"],
                name=place["name"],
                category=place["category"],
                address=join_words(place["address"], place["postcode"]),
                lon=place["lon"],
                lat=place["lat"],
                sort_key=f"1 {place['name'].lower()}",
                needs="",
                description=place["note"] or "",
                wards=wards,
                areas=around.areas_of(wards),
                opening=around.opening.get(place["place_id"], ()),
            )
        )
    return listings


def join_words(*parts: str | None) -> str:
    """Return what is known of `parts`, with commas between."""
    return ", ".join(part for part in parts if part)
