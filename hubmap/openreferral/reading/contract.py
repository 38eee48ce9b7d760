"""What hubmap reads of a service of Open Referral UK 3.0; of each field it asks what the standard asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError, model_validator

from hubmap.openreferral.ids import is_uuid
from hubmap.openreferral.reading.records import Found, FoundSite, Refused, day, joined, position, postcode

STATUS: Final = {"active": "open", "defunct": "closed", "inactive": "unknown", "temporarily closed": "unknown"}
SCHEME: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
PLACE_TERM: Final = "kind"
PRECISIONS: Final = frozenset({"building", "postcode"})


def uuid(text: str) -> str:
    """Accept a UUID."""
    if not is_uuid(text.lower()):
        msg = "expected a UUID"
        raise ValueError(msg)
    return text.lower()


def address_of_page(text: str) -> str:
    """Accept a URI."""
    if not SCHEME.fullmatch(text):
        msg = "expected a URI"
        raise ValueError(msg)
    return text


def mailbox(text: str) -> str:
    """Accept what holds one at sign with something on each side."""
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", text):
        msg = "expected an e-mail address"
        raise ValueError(msg)
    return text


def moment(text: str) -> str:
    """Accept a date and time with its offset."""
    if day(text) is None or not re.search(r"[Tt ].*(Z|z|[+-]\d\d:\d\d)$", text):
        msg = "expected a date-time such as 2026-04-01T09:00:00.000Z"
        raise ValueError(msg)
    return text


Uuid = Annotated[str, AfterValidator(uuid)]
Uri = Annotated[str, AfterValidator(address_of_page)]
Email = Annotated[str, AfterValidator(mailbox)]
Moment = Annotated[str, AfterValidator(moment)]


class Part(BaseModel):
    """
    A part of a record; fields that hubmap does not read may be anything.

    An optional field that is null counts as one that is not there: many feeds send null for nothing.
    """

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)

    @model_validator(mode="before")
    @classmethod
    def leave_out_nulls(cls, data: Any) -> Any:  # noqa: ANN401  whatever the feed holds
        """Return what is given without its nulls."""
        return {name: value for name, value in data.items() if value is not None} if isinstance(data, dict) else data


class Ours(Part):
    """What a feed of hubmap adds to a location."""

    position_precision: str | None = None


class Address(Part):
    """An address."""

    id: Uuid
    address_1: str
    city: str
    state_province: str
    postal_code: str
    country: str
    address_type: Literal["physical", "postal", "virtual"]


class Location(Part):
    """A location."""

    id: Uuid
    location_type: Literal["physical", "postal", "virtual"]
    name: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    addresses: list[Address] = []
    hubmap: Ours | None = None


class AtLocation(Part):
    """Where a service is."""

    id: Uuid
    location: Location | None = None


class Organization(Part):
    """An organisation."""

    id: Uuid
    name: str
    description: str


class Term(Part):
    """A term of a taxonomy."""

    id: Uuid
    name: str
    description: str


class Attribute(Part):
    """What ties a service to a term."""

    id: Uuid
    taxonomy_term: Term | None = None


class Phone(Part):
    """A telephone number."""

    id: Uuid
    number: str


class Contact(Part):
    """A contact."""

    id: Uuid
    phones: list[Phone] = []


class Service(Part):
    """A service."""

    id: Uuid
    name: str
    status: Literal["active", "inactive", "defunct", "temporarily closed"]
    description: str | None = None
    url: Uri | None = None
    email: Email | None = None
    assured_date: str | None = None
    last_modified: Moment | None = None
    organization: Organization | None = None
    service_at_locations: list[AtLocation] = []
    attributes: list[Attribute] = []
    contacts: list[Contact] = []
    phones: list[Phone] = []


def read_service(document: object) -> Found | Refused:
    """Check a service and return it as hubmap understands it, or what is wrong with it."""
    try:
        service = Service.model_validate(document)
    except ValidationError as error:
        return Refused(*who(document), tuple(reasons(error)))
    if not service.name.strip():
        return Refused(*who(document), ("name: expected some words",))
    remarks: list[str] = []
    locations = [at.location for at in service.service_at_locations if at.location is not None]
    sites = tuple(site for one in locations for site in [read_site(one, remarks)] if site is not None)
    if not sites:
        remarks.append("no location is given")
    if service.status not in {"active", "defunct"}:
        remarks.append(f"status is {service.status}")
    phones = [*service.phones, *(phone for contact in service.contacts for phone in contact.phones)]
    terms = [one.taxonomy_term.name for one in service.attributes if one.taxonomy_term is not None]
    return Found(
        record_id=service.id,
        name=service.name,
        status=STATUS[service.status],
        description=service.description,
        organization=service.organization.name if service.organization else None,
        url=service.url,
        email=service.email,
        phone=phones[0].number if phones else None,
        terms=tuple(dict.fromkeys(terms)),
        assured_on=day(service.assured_date),
        modified_on=day(service.last_modified),
        sites=sites,
        remarks=tuple(remarks),
    )


def read_site(location: Location, remarks: list[str]) -> FoundSite | None:
    """Return a location, or ``None`` of one that nobody can go to."""
    if location.location_type == "virtual":
        remarks.append("a virtual location is left out")
        return None
    address = next((one for one in location.addresses if one.address_type == "physical"), None)
    address = address or next(iter(location.addresses), None)
    lonlat = position(location.longitude, location.latitude, remarks)
    precision = location.hubmap.position_precision if location.hubmap else None
    return FoundSite(
        site_id=location.id,
        name=location.name,
        address=joined(address.address_1, address.city) if address else None,
        postcode=postcode(address.postal_code, remarks) if address else None,
        lonlat=lonlat,
        precision=precision if precision in PRECISIONS else None,
    )


def who(document: object) -> tuple[str, str]:
    """Return id and name of a record as far as it has them."""
    known = document if isinstance(document, dict) else {}
    return str(known.get("id", ""))[:100], str(known.get("name", ""))[:200]


def reasons(error: ValidationError) -> Iterator[str]:
    """Yield what is wrong, each with the path to it."""
    for one in error.errors(include_url=False, include_context=False):
        path = ".".join(map(str, one["loc"])) or "record"
        if one["type"] == "missing":
            yield f"{path}: expected a value; found none"
            continue
        yield f"{path}: {one['msg'].removeprefix('Value error, ')}; found {str(one['input'])[:60]!r}"
