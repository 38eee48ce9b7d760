"""Needs: indicators of wards and scores of LSOAs."""

from __future__ import annotations

from hubmap.domain.contracts.columns import (
    MAYBE_TEXT,
    SOURCE,
    WARD,
    Table,
    area,
    choice,
    date,
    identifier,
    lsoa,
    number,
    optional,
    text,
    whole,
)

NEEDS: dict[str, Table] = {
    "indicators": Table(
        {
            "indicator_id": identifier,
            "generation": identifier,
            "title": text,
            "theme": text,
            "unit": text,
            "decimals": lambda: whole(0, 6),
            "polarity": lambda: choice("higher_is_better", "lower_is_better", "none"),
            "definition": text,
            "period": text,
            "method": lambda: choice("published", "derived"),
            "denominator_title": MAYBE_TEXT,
            "caveat": MAYBE_TEXT,
            **SOURCE,
        },
        ("indicator_id",),
    ),
    "indicator_values": Table(
        {
            "indicator_id": identifier,
            "area_code": area,
            "value": optional(number, -1e12, 1e12),
            "numerator": optional(number, 0, 1e12),
            "denominator": optional(number, 0, 1e12),
        },
        ("indicator_id", "area_code"),
    ),
    "ward_quotations": Table(
        {
            "ward_code": lambda: text(WARD, "a ward code such as E05000026"),
            "rank": lambda: whole(1, 1000),
            "subject": text,
            "as_of": date,
            **SOURCE,
        },
        ("ward_code", "subject"),
    ),
    "lsoa_scores": Table(
        {
            "indicator_id": identifier,
            "lsoa_code": lsoa,
            "generation": identifier,
            "score": lambda: number(-1e12, 1e12),
            **SOURCE,
        },
        ("indicator_id", "lsoa_code"),
    ),
}
