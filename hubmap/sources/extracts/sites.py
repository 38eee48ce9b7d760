"""The hubs of the board paper, what is offered there, and when they open."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from hubmap.errors import Fault, SourceError
from hubmap.sources.extracts.facts import Extracts, Facts, number_or_none, text_or_none
from hubmap.sources.extracts.naming import postcode_form, telephone
from hubmap.sources.extracts.writing import PackageWriter

COLUMN_BY_WEEKDAY = {"mon": "monday", "tue": "tuesday", "wed": "wednesday", "thu": "thursday", "fri": "friday"} | {
    "sat": "saturday",
    "sun": "sunday",
}
SESSIONS = {"All Day (continuous)": "all_day", "AM & PM (continuous)": "am_and_pm", "Closed": "closed"}
SOURCE_BY_PHRASE = (
    ("ACE basic dataset", "ace-libraries-2023"),
    ("GIAS", "gias-childrens-centres"),
    ("doddily", "gias-childrens-centres"),
    ("postcodes.io", "postcodes-io"),
    ("Code-Point Open", "code-point-open-2025"),
    ("ONSPD", "onspd-2025-11"),
    ("FSA FHRS", "fsa-fhrs-2020"),
    ("NHS ODS", "nhs-ods-epraccur"),
    ("LBBD Cabinet", "lbbd-cabinet-2020"),
    ("icehousequarter", "ice-house-quarter"),
    ("futureyouthzone", "future-youth-zone"),
)
WITHOUT_TELEPHONES = {"ace-libraries-2023"}


def add_sites(extracts: Extracts, paper: Facts, writer: PackageWriter) -> None:
    """Write hubs, topics, services and opening hours."""
    writer.add_table("hubs", hub_rows(extracts, paper), title="Community hubs, levels 1 to 4", vintage="2021 to 2026")
    topics = [
        {**topic, "sort_order": order, "source_id": paper["paper"]["source_id"]}
        for order, topic in enumerate(paper["topics"], start=1)
    ]
    writer.add_table("topics", topics, title="Needs that people come with", vintage="March 2021")
    services, links = service_rows(paper)
    writer.add_table("services", services, title="Services that a source names at a hub", vintage="2017 to 2026")
    writer.add_table("service_topics", links, title="Needs that a service answers", vintage="2017 to 2026")
    hours, weeks = opening_rows(extracts, paper)
    writer.add_table("opening_hours", hours, title="Opening days and hours", vintage="2021 and 2023")
    writer.add_table("opening_weeks", weeks, title="Opening hours a week", vintage="2023")


def hub_rows(extracts: Extracts, paper: Facts) -> list[dict[str, Any]]:
    """
    Return the hubs of the paper, each with what the extract knows of its site.

    Raises
    ------
    SourceError
        If the extract has no row for a hub, or a position where the facts say that there is none.
    """
    path = "points/bd_hubs.csv"
    known = {row["hub_brief"]: row for row in extracts.rows(path)}
    rows = []
    for hub in paper["hubs"]:
        if hub["extract"] not in known:
            raise SourceError([Fault(path, None, "hub_brief", hub["extract"], "a row of this name; there is none")])
        rows.append(hub_row(hub, known[hub["extract"]], paper))
    return rows


def hub_row(hub: Facts, site: dict[str, str], paper: Facts) -> dict[str, Any]:
    """Return one hub as a row of the table ``hubs``."""
    level = str(hub["level"])
    located = hub["precision"] != "unlocated"
    if located != bool(site["lat"]):
        fault = Fault("points/bd_hubs.csv", None, "lat", site["lat"], f"a position only where {hub['hub_id']} has one")
        raise SourceError([fault])
    has_address = not hub.get("skip_address", False)
    address = text_or_none(site["address"]) if has_address else None
    phone = telephone(site["phone"])
    return {
        "hub_id": hub["hub_id"],
        "name": hub["name"],
        "paper_name": hub["paper_name"],
        "level": hub["level"],
        "role": hub.get("role", paper["roles"][level]),
        "rollout_from": paper["rollout_from"][level],
        "rollout_to": paper["paper"]["rollout_to"],
        "address": address,
        "address_source_id": source_of(site["address_source"]) if address else None,
        "postcode": postcode_form(site["postcode"]) if has_address else None,
        "lon": number_or_none(site["lon"]),
        "lat": number_or_none(site["lat"]),
        "position_precision": hub["precision"],
        "position_confidence": site["confidence"] if located else "none",
        "position_source_id": source_of(site["coord_source"]) if located else None,
        "phone": phone,
        "phone_source_id": source_of(site["address_source"], WITHOUT_TELEPHONES) if phone else None,
        "site_note": hub.get("site_note"),
        "position_note": hub.get("position_note"),
        "source_id": paper["paper"]["source_id"],
    }


def source_of(phrase: str, leave_out: Collection[str] = ()) -> str | None:
    """Return the id of the source that a free-text reference names first, but for those of `leave_out`."""
    named = [(phrase.find(words), source_id) for words, source_id in SOURCE_BY_PHRASE if words in phrase]
    found = [one for one in named if one[1] not in leave_out]
    return min(found)[1] if found else None


def service_rows(paper: Facts) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return rows of ``services`` and of ``service_topics``."""
    services, links = [], []
    conditions = {service_id: (who, how) for service_id, who, how in paper["conditions"]["rows"]}
    for hub_id, name, topics, as_of, source_id, description in paper["services"]["rows"]:
        service_id = f"{hub_id}--{slug(name)}"
        eligibility, application = conditions.get(service_id, (None, None))
        services.append(
            {
                "service_id": service_id,
                "hub_id": hub_id,
                "name": name,
                "description": description or None,
                "eligibility": eligibility,
                "application": application,
                "as_of": as_of,
                "source_id": source_id,
            }
        )
        links += [{"service_id": service_id, "topic_id": topic} for topic in topics]
    return services, links


def opening_rows(extracts: Extracts, paper: Facts) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return rows of ``opening_hours``, the timed ones first, and of ``opening_weeks``."""
    hub_of = {hub["library"]: hub["hub_id"] for hub in paper["hubs"] if "library" in hub}
    days = [
        opening_day(site, weekday, "timed", as_of, source_id) | {"opens": opens, "closes": closes}
        for site, weekdays, opens, closes, as_of, source_id in paper["hours"]["rows"]
        for weekday in weekdays
    ]
    weeks = []
    for library in open_libraries(extracts):
        site = hub_of.get(library["name"], library_id(library["name"]))
        weeks.append(
            {
                "site_id": site,
                "hours_per_week": float(library["hours_open_per_week"]),
                "staffed_hours_per_week": number_or_none(library["staffed_hours_per_week"]),
                "as_of": "2023",
                "source_id": "ace-libraries-2023",
            }
        )
        for weekday, name in COLUMN_BY_WEEKDAY.items():
            session = SESSIONS[library[f"{name}_opening_times"]]
            days.append(opening_day(site, weekday, session, "2023", "ace-libraries-2023"))
    return days, weeks


def opening_day(site: str, weekday: str, session: str, as_of: str, source_id: str) -> dict[str, Any]:
    """Return a row of ``opening_hours`` without clock times."""
    return {
        "site_id": site,
        "weekday": weekday,
        "session": session,
        "opens": None,
        "closes": None,
        "as_of": as_of,
        "source_id": source_id,
    }


def open_libraries(extracts: Extracts) -> list[dict[str, str]]:
    """Return the libraries that were open in 2023."""
    rows = extracts.rows("points/bd_libraries_ace_2023.csv")
    return [row for row in rows if row["open_2023"] == "True"]


def library_id(name: str) -> str:
    """Return the place id of a library."""
    return f"library-{slug(name)}"


def slug(name: str) -> str:
    """Return a name as lower-case words joined by hyphens."""
    plain = name.lower().replace("'", "").replace("&", " and ")
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain).split())
