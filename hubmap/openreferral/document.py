"""The OpenAPI 3.1 document of the feed, made of what the feed really reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from hubmap import __version__
from hubmap.openreferral.parameters import FURTHEST_M, MOST_PER_PAGE, PARAMETERS, USUAL_PER_PAGE

Document = dict[str, Any]

VERSION: Final = "HSDS-UK-3.0"
PROFILE: Final = "https://github.com/OpenReferralUK/uk-profile/blob/main/docs/index.md"
SCHEMA: Final = "https://openreferraluk.org/specifications/3.0/schema/"
SINGULAR: Final = {
    "services": "service",
    "service_at_locations": "service_at_location",
    "organizations": "organization",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
COUNT: Final = {"type": "integer", "minimum": 1}
FLAG: Final = {"type": "boolean", "default": False}
UUID: Final = {"type": "string", "format": "uuid"}
MANY: Final = {"type": "array", "items": UUID}
DESCRIBED: Final[Mapping[str, tuple[Document, str]]] = {
    "search": ({"type": "string"}, "Words, all of which must be found; each also as the beginning of a word."),
    "page": ({**COUNT, "default": 1}, "The page, from 1. A page beyond the last is empty."),
    "per_page": ({**COUNT, "default": USUAL_PER_PAGE}, f"Records on a page; {MOST_PER_PAGE} at most."),
    "after": (UUID, "Ours: begin behind this id. The `Link` header of a page gives the next one so."),
    "format": ({"enum": ["json", "ndjson"]}, "`ndjson` is every record, one a line, without pages."),
    "taxonomy_term_id": (MANY, "Tied to this term, itself or its location; several: to all of them."),
    "taxonomy_id": (MANY, "Tied to a term of this taxonomy; several: of each of them."),
    "organization_id": (UUID, "Of this organisation."),
    "modified_after": ({"type": "string"}, "Changed at or after this date or date-time; UTC without an offset."),
    "minimal": (FLAG, "Only id, name, status and last_modified, all on one page."),
    "full": (FLAG, "Whole records."),
    "full_service": (FLAG, "Organisations with their services whole."),
    "postcode": ({"type": "string"}, "Where distances are measured from: a postcode or its beginning."),
    "proximity": ({"type": "number", "maximum": FURTHEST_M}, "At most so many metres from the postcode."),
    "parent_id": (UUID, "Below this term; no term here has one above it."),
    "top_only": (FLAG, "Only terms without one above them: all of them."),
}
ERROR: Final[Document] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["status", "title", "detail"],
            "properties": {
                "status": {"type": "integer"},
                "title": {"type": "string"},
                "detail": {"type": "string"},
            },
        }
    },
}


def api_details(address: str, publisher: str, credits_due: list[str], data_date: str) -> Document:
    """Return what the root of the feed says; `address` is that of the feed, with its last slash."""
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": f"{address}openapi.json",
        "hubmap": {"publisher": publisher, "data_date": data_date, "credits": credits_due},
    }


def describe(address: str, publisher: str) -> Document:
    """Return the OpenAPI document; `address` is that of the feed, without a slash at the end."""
    paths: Document = {"/": operation("This API.", "api_details", [])}
    for collection, names in PARAMETERS.items():
        one = SINGULAR[collection]
        paths[f"/{collection}"] = operation(f"A page of {collection}.", f"{one}_list", [parameter(n) for n in names])
        by_id = {"name": "id", "in": "path", "required": True, "schema": UUID}
        paths[f"/{collection}/{{id}}"] = operation(f"A {one}, whole.", one, [by_id], missing=True)
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": f"Community hubs and places: {publisher}",
            "version": VERSION,
            "description": f"Open Referral UK 3.0, served by hubmap {__version__}. No key is needed.",
        },
        "servers": [{"url": address}],
        "paths": paths,
        "components": {"schemas": {"Error": ERROR}},
    }


def parameter(name: str) -> Document:
    """Return a parameter of a query."""
    schema, description = DESCRIBED[name]
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def operation(summary: str, schema: str, parameters: list[Document], *, missing: bool = False) -> Document:
    """Return a path that can be got; the schema of its answer is the standard's own."""
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers: Document = {
        "200": {"description": "OK", "content": {"application/json": {"schema": {"$ref": f"{SCHEMA}{schema}.json"}}}},
    }
    if parameters:
        wrong = "404" if missing else "400"
        words = "No record has this id." if missing else "A parameter cannot be understood."
        answers[wrong] = {"description": words, "content": refused}
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}
