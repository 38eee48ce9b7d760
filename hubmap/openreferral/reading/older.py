"""Services in the older shape of Buckinghamshire's directory (Outpost and Scout), read as those of the standard are."""

from __future__ import annotations

from typing import Annotated, Final

from pydantic import BeforeValidator, Field, ValidationError

from hubmap.domain.positions import LonLat
from hubmap.domain.postcodes import parse_postcode
from hubmap.errors import PostcodeError
from hubmap.openreferral.reading.contract import Part, reasons, who
from hubmap.openreferral.reading.records import Found, FoundSite, Refused, day, joined, position, postcode

AXES: Final = 2


def text_of(value: object) -> object:
    """Return a number as text: these ids are whole numbers."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Id = Annotated[str, BeforeValidator(text_of)]


class Point(Part):
    """A position: longitude, then latitude."""

    coordinates: list[float] = Field(default_factory=list)


class OlderLocation(Part):
    """A location; one whose address is masked is told by the beginning of its postcode alone."""

    id: Id
    name: str | None = None
    address_1: str | None = None
    city: str | None = None
    postal_code: str | None = None
    geometry: Point | None = None
    mask_exact_address: bool = False


class Named(Part):
    """Something that may have a name."""

    name: str | None = None


class OlderContact(Part):
    """A contact."""

    phone: str | None = None


class OlderService(Part):
    """A service."""

    id: Id
    name: str
    description: str | None = None
    url: str | None = None
    updated_at: str | None = None
    assured_date: str | None = None
    organisation: Named | None = None
    locations: list[OlderLocation] = Field(default_factory=list)
    taxonomies: list[Named] = Field(default_factory=list)
    contacts: list[OlderContact] = Field(default_factory=list)


def read_older(document: object) -> Found | Refused:
    """
    Check a service and return it as hubmap understands it, or what is wrong with it.

    This shape has no status: what a directory lists is taken to be open.
    """
    try:
        service = OlderService.model_validate(document)
    except ValidationError as error:
        return Refused(*who(document), tuple(reasons(error)))
    if not service.name.strip():
        return Refused(*who(document), ("name: expected some words",))
    remarks: list[str] = []
    sites = tuple(read_site(one, remarks) for one in service.locations)
    if not sites:
        remarks.append("no location is given")
    return Found(
        record_id=service.id,
        name=" ".join(service.name.split()),
        status="open",
        description=service.description,
        organization=service.organisation.name if service.organisation else None,
        url=service.url,
        email=None,
        phone=next((one.phone for one in service.contacts if one.phone), None),
        terms=tuple(dict.fromkeys(one.name for one in service.taxonomies if one.name)),
        assured_on=day(service.assured_date),
        modified_on=day(service.updated_at),
        sites=sites,
        remarks=tuple(remarks),
    )


def read_site(location: OlderLocation, remarks: list[str]) -> FoundSite:
    """Return a location."""
    if location.mask_exact_address:
        remarks.append(f"the address is masked: only {outward(location.postal_code) or 'nothing'} of it is kept")
        return FoundSite(location.id, address=outward(location.postal_code))
    return FoundSite(
        site_id=location.id,
        name=location.name,
        address=joined(location.address_1, location.city),
        postcode=postcode(location.postal_code, remarks),
        lonlat=where(location, remarks),
    )


def where(location: OlderLocation, remarks: list[str]) -> LonLat | None:
    """Return the position of a location."""
    coordinates = location.geometry.coordinates if location.geometry else []
    return position(coordinates[0], coordinates[1], remarks) if len(coordinates) == AXES else None


def outward(typed: str | None) -> str | None:
    """Return the first half of a postcode."""
    try:
        return parse_postcode(typed or "").outward
    except PostcodeError:
        return None
