"""Hubs and places as the search of the directory sees them."""

from __future__ import annotations

from collections import defaultdict

from hubmap.domain.places import is_listed
from hubmap.domain.records import Row


def hub_listings(hubs: list[Row], services: list[Row], topics: list[Row]) -> list[Row]:
    """Return hubs as search sees them: found by their services, and by the core offer that is planned at each."""
    named: dict[str, list[Row]] = defaultdict(list)
    for service in services:
        named[service["hub_id"]].append(service)
    titles = {topic["topic_id"]: topic["title"] for topic in topics}
    core = [topic["topic_id"] for topic in topics if topic["offer"] == "core"]
    rows = []
    for hub in hubs:
        own = named[hub["hub_id"]]
        answered = {topic for service in own for topic in service["topic_ids"]}
        rows.append(
            {
                "kind": "hub",
                "item_id": hub["hub_id"],
                "name": hub["name"],
                "category": "hub",
                "address": join_words(hub["address"], hub["postcode"]),
                "lon": hub["lon"],
                "lat": hub["lat"],
                "sort_key": f"0 {hub['level']} {hub['name'].lower()}",
                "needs": join_words(*(service["name"] for service in own), *(titles[one] for one in sorted(answered))),
                "description": join_words(hub["paper_name"], hub["role"], *(one["description"] for one in own)),
                "wards": tuple(hub["wards"].values()),
                "topics": tuple(sorted(answered | set(core))),
            }
        )
    return rows


def place_listings(places: list[Row]) -> list[Row]:
    """Return open places as search sees them; one that shares a hub's site is found as the hub."""
    return [
        {
            "kind": "place",
            "item_id": place["place_id"],
            "name": place["name"],
            "category": place["category"],
            "address": join_words(place["address"], place["postcode"]),
            "lon": place["lon"],
            "lat": place["lat"],
            "sort_key": f"1 {place['name'].lower()}",
            "needs": "",
            "description": place["note"] or "",
            "wards": tuple(place["wards"].values()),
            "topics": (),
        }
        for place in places
        if is_listed(place["status"], place["hub_id"])
    ]


def join_words(*parts: str | None) -> str:
    """Return what is known of `parts`, with commas between."""
    return ", ".join(part for part in parts if part)
