"""Hubs and places as search sees them."""

from __future__ import annotations

import pytest

from hubmap.domain.listings import hub_listings, join_words, place_listings, surroundings
from hubmap.domain.opening import OpeningDay
from hubmap.domain.prepare import Joined
from hubmap.domain.records import Row
from hubmap.domain.search.listing import Listing, level_kind

TOPICS: list[Row] = [
    {"topic_id": "money", "title": "Money and debt", "offer": "core"},
    {"topic_id": "housing", "title": "Housing", "offer": "core"},
    {"topic_id": "phlebotomy", "title": "Blood tests", "offer": "varying"},
]

NOTHING = surroundings([], [], [])
AROUND = surroundings(
    [{"code": "E05A", "name": "River"}, {"code": "E05B", "name": "River"}, {"code": "E05C", "name": "Hill"}],
    [
        {
            "site_id": "mill",
            "weekday": "mon",
            "session": "timed",
            "opens": "09:00",
            "closes": "17:00",
            "as_of": "2021",
            "source_id": "paper",
            "part": 0,
        }
    ],
    [],
)


def make_hub(**changes: object) -> Row:
    return {
        "hub_id": "mill",
        "name": "The Mill",
        "paper_name": "Old Mill",
        "role": "Local hub",
        "level": 2,
        "address": "1 Mill Lane",
        "postcode": "IG11 7NB",
        "lon": 0.1,
        "lat": 51.5,
        "wards": {"NEW": "E05B", "OLD": "E05A"},
        **changes,
    }


def make_service(hub_id: str, name: str, *topic_ids: str, description: str | None = None) -> Row:
    return {"hub_id": hub_id, "name": name, "topic_ids": list(topic_ids), "description": description}


def make_place(**changes: object) -> Row:
    return {
        "place_id": "library-annexe",
        "name": "Annexe Library",
        "category": "library",
        "address": None,
        "postcode": "RM8 3HT",
        "lon": None,
        "lat": None,
        "status": "open",
        "hub_id": None,
        "note": None,
        "wards": {},
        **changes,
    }


def test_hub_is_listed_with_what_search_needs() -> None:
    services = [make_service("mill", "Blood clinic", "phlebotomy", description="Mondays"), make_service("barn", "Café")]
    assert hub_listings([make_hub()], services, TOPICS, AROUND) == [
        Listing(
            kind="hub",
            item_id="mill",
            name="The Mill",
            category="hub",
            address="1 Mill Lane, IG11 7NB",
            lon=0.1,
            lat=51.5,
            sort_key="0 2 the mill",
            needs="Blood clinic, Blood tests",
            description="Old Mill, Local hub, Mondays",
            wards=("E05B", "E05A"),
            topics=("phlebotomy",),
            areas="River",
            planned="Money and debt, Housing",
            level=2,
            opening=(OpeningDay("mon", "timed", "09:00", "17:00", "2021", "paper"),),
        )
    ]


def test_hub_without_services_is_named_for_no_need_though_the_core_offer_is_planned_there() -> None:
    (hub,) = hub_listings([make_hub()], [], TOPICS, NOTHING)
    assert hub.topics == ()
    assert hub.planned == "Money and debt, Housing"
    assert (hub.needs, hub.description) == ("", "Old Mill, Local hub")


def test_need_that_two_services_answer_is_named_once() -> None:
    services = [make_service("mill", "Debt club", "money"), make_service("mill", "Credit union", "money", "housing")]
    (hub,) = hub_listings([make_hub()], services, TOPICS, NOTHING)
    assert hub.needs == "Debt club, Credit union, Housing, Money and debt"
    assert hub.topics == ("housing", "money")


def test_needs_are_named_in_the_order_of_their_ids() -> None:
    topics: list[Row] = [{"topic_id": one, "title": one.upper(), "offer": "varying"} for one in "hgfedcba"]
    (hub,) = hub_listings([make_hub()], [make_service("mill", "Club", *"dbacfegh")], topics, NOTHING)
    assert hub.needs == "Club, A, B, C, D, E, F, G, H"
    assert hub.topics == tuple("abcdefgh")


def test_what_a_service_answers_is_not_merely_planned() -> None:
    (hub,) = hub_listings([make_hub()], [make_service("mill", "Debt club", "money")], TOPICS, NOTHING)
    assert (hub.needs, hub.planned) == ("Debt club, Money and debt", "Housing")


def test_place_at_the_site_of_a_hub_lends_it_name_and_kind() -> None:
    places = [
        make_place(hub_id="mill"),
        make_place(hub_id="mill", category="nursery", name="Ducklings"),
        make_place(hub_id="mill", category="school", status="closed"),
        make_place(category="pharmacy"),
    ]
    (hub,) = hub_listings([make_hub()], [], TOPICS, surroundings([], [], places))
    assert hub.kinds == ("hub", level_kind(2), "library", "nursery")
    assert hub.description == "Old Mill, Local hub, Annexe Library, Ducklings"


def test_hub_is_of_its_category_and_its_level() -> None:
    (hub,) = hub_listings([make_hub()], [], TOPICS, NOTHING)
    (place,) = place_listings([make_place()], NOTHING)
    assert hub.kinds == ("hub", level_kind(2))
    assert place.kinds == ("library",)


def test_hub_without_a_position_is_listed() -> None:
    (hub,) = hub_listings([make_hub(lon=None, lat=None, address=None, postcode=None, wards={})], [], TOPICS, NOTHING)
    assert (hub.lon, hub.lat, hub.address, hub.wards) == (None, None, "", ())


def test_open_place_is_listed_after_the_hubs() -> None:
    assert place_listings([make_place(note="By the pond", wards={"OLD": "E05A"})], AROUND) == [
        Listing(
            kind="place",
            item_id="library-annexe",
            name="Annexe Library",
            category="library",
            address="RM8 3HT",
            lon=None,
            lat=None,
            sort_key="1 annexe library",
            needs="",
            description="By the pond",
            wards=("E05A",),
            areas="River",
        )
    ]


@pytest.mark.parametrize(
    ("changes", "is_listed"),
    [({}, True), ({"status": "unknown"}, True), ({"status": "closed"}, False), ({"hub_id": "mill"}, False)],
)
def test_closed_place_and_one_at_a_hub_are_not_listed(changes: dict[str, object], is_listed: bool) -> None:  # noqa: FBT001
    assert bool(place_listings([make_place(**changes)], NOTHING)) == is_listed


def test_nothing_is_listed_of_nothing() -> None:
    assert hub_listings([], [], [], NOTHING) == []
    assert place_listings([], NOTHING) == []


def test_listing_leaves_its_rows_as_they_were() -> None:
    hub, service, place = make_hub(), make_service("mill", "Debt club", "money"), make_place()
    hub_listings([hub], [service], TOPICS, NOTHING)
    place_listings([place], NOTHING)
    assert (hub, service, place) == (make_hub(), make_service("mill", "Debt club", "money"), make_place())


@pytest.mark.parametrize(("parts", "joined"), [(("a", None, "", "b"), "a, b"), ((None,), ""), ((), ""), (("a",), "a")])
def test_only_what_is_known_is_joined(parts: tuple[str | None, ...], joined: str) -> None:
    assert join_words(*parts) == joined


def test_every_real_hub_and_open_place_is_listed_once(joined: Joined) -> None:
    listed = [(row.kind, row.item_id) for row in joined.listings]
    hubs = [("hub", row["hub_id"]) for row in joined.rows["hub"]]
    places = [
        ("place", row["place_id"])
        for row in joined.rows["place"]
        if row["status"] != "closed" and row["hub_id"] is None
    ]
    assert listed == hubs + places
    assert len(hubs) == 22
    assert len(set(listed)) == len(listed)


def test_real_hub_is_found_by_the_needs_that_a_source_names_there_and_no_others(joined: Joined) -> None:
    named: dict[str, set[str]] = {}
    for service in joined.rows["service"]:
        named.setdefault(service["hub_id"], set()).update(service["topic_ids"])
    hubs = [row for row in joined.listings if row.kind == "hub"]
    assert {row.item_id: set(row.topics) for row in hubs} == {
        row.item_id: named.get(row.item_id, set()) for row in hubs
    }
