"""People: networks, practices, their dated lists, and where patients live."""

from __future__ import annotations

from hubmap.domain.contracts.columns import (
    LSOA,
    MAYBE_DATE,
    MAYBE_ODS,
    MAYBE_POSTCODE,
    MAYBE_TEXT,
    ODS,
    PEOPLE_LIMIT,
    POSITION,
    SOURCE,
    Table,
    choice,
    date,
    identifier,
    ods,
    optional,
    text,
    whole,
)

PEOPLE: dict[str, Table] = {
    "pcns": Table(
        {
            "pcn_id": identifier,
            "name": text,
            "letter": lambda: text("[A-Z]", "one capital letter"),
            "ods_code": ods,
            "nhs_name": text,
            "clinical_director": text,
            "director_as_of": date,
            "printed_practices": lambda: whole(0, 1000),
            "printed_patients": lambda: whole(0, PEOPLE_LIMIT),
            **SOURCE,
        },
        ("pcn_id",),
    ),
    "practices": Table(
        {
            "ods_code": ods,
            "name": text,
            "paper_name": text,
            "pcn_id": identifier,
            "address": MAYBE_TEXT,
            "postcode": MAYBE_POSTCODE,
            **POSITION,
            "phone": MAYBE_TEXT,
            "status": lambda: choice("active", "closed"),
            "closed_on": MAYBE_DATE,
            "match_confidence": lambda: choice("high", "medium", "low"),
            "match_note": text,
            "as_of": date,
            **SOURCE,
        },
        ("ods_code",),
    ),
    "practice_names": Table({"ods_code": ods, "name": text, "as_of": date, **SOURCE}, ("ods_code", "as_of")),
    "practice_changes": Table(
        {
            "change_id": identifier,
            "ods_code": ods,
            "kind": lambda: choice("merged_into", "closed", "moved", "renamed"),
            "successor_ods_code": optional(text, ODS, "an ODS code such as F82660"),
            "happened_on": date,
            "note": text,
            **SOURCE,
        },
        ("change_id",),
    ),
    "list_sizes": Table(
        {"ods_code": ods, "list_source": identifier, "patients": lambda: whole(0, PEOPLE_LIMIT)},
        ("ods_code", "list_source"),
    ),
    "patients_by_lsoa": Table(
        {
            "ods_code": MAYBE_ODS,
            "list_source": identifier,
            "lsoa_code": optional(text, LSOA, "an LSOA code such as E01000006, or nothing where none is known"),
            "generation": identifier,
            "patients": lambda: whole(0, PEOPLE_LIMIT),
        },
        ("ods_code", "list_source", "lsoa_code"),
    ),
    "pcn_members": Table(
        {
            "ods_code": ods,
            "pcn_code": MAYBE_ODS,
            "pcn_name": MAYBE_TEXT,
            "as_of": date,
            **SOURCE,
        },
        ("ods_code", "as_of"),
    ),
}
