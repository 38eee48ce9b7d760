"""The indicators of ward need, their values, and the ranks that the board paper prints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from hubmap.errors import Fault, SourceError
from hubmap.sources.extracts.facts import Extracts, Facts, number_or_none
from hubmap.sources.extracts.writing import PackageWriter

BOROUGH = "E09000002"
COMPARATORS = {BOROUGH: "Barking and Dagenham", "E12000007": "London", "E92000001": "England"}
WARD_TABLES = {
    "ward_profiles": "areas/ward_profiles_2015_gla.csv",
    "ward17_derived": "areas/ward17_derived_indicators.csv",
    "imd2019_ward_gla": "areas/imd2019_ward_gla_summary.csv",
    "ward19_derived": "areas/ward19_derived_indicators_imd2025.csv",
}
Values = dict[str, dict[str, float | None]]
COUNTS = frozenset({"people", "incidents", "LSOAs"})
"""Units of counts: a borough's or a region's total says nothing beside a ward's."""


def add_needs(extracts: Extracts, paper: Facts, catalogue: Facts, writer: PackageWriter) -> None:
    """Write the catalogue, the values and the quotations."""
    indicators, values = [], []
    for group in catalogue["groups"]:
        for indicator_id, column, *words in group["rows"]:
            cells = read_values(extracts, group["from"], column)
            row = indicator_row(indicator_id, words, group)
            if row["unit"] in COUNTS:
                cells = {area: one for area, one in cells.items() if area not in COMPARATORS}
            indicators.append(row)
            values += [{"indicator_id": indicator_id, "area_code": area, **cell} for area, cell in cells.items()]
    writer.add_table("indicators", indicators, title="Indicators of ward need", vintage="2009 to 2025")
    writer.add_table("indicator_values", values, title="Values of the indicators", vintage="2009 to 2025")
    quoted = paper["quotations"]
    writer.add_table(
        "ward_quotations",
        [
            {
                "ward_code": quoted["ward_code"],
                "rank": rank,
                "subject": subject,
                "as_of": paper["paper"]["date"],
                "source_id": paper["paper"]["source_id"],
            }
            for rank in (17, 16)
            for subject in quoted[str(rank)]
        ],
        title="Ranks that the board paper prints",
        vintage="March 2021",
    )


def read_values(extracts: Extracts, origin: str, column: str) -> Values:
    """Return the values of one column of the extract that the catalogue calls `origin`."""
    if origin in WARD_TABLES:
        return known_comparators(column_values(extracts, WARD_TABLES[origin], column))
    readers: dict[str, Callable[[Extracts, str], Values]] = {
        "ward_atlas": atlas_values,
        "crime": crime_values,
        "ages": age_values,
        "census_deprivation": census_values,
    }
    return readers[origin](extracts, column)


def indicator_row(indicator_id: str, words: list[Any], group: Facts) -> dict[str, Any]:
    """Return a row of the catalogue."""
    title, theme, unit, decimals, polarity, period, definition = words
    return {
        "indicator_id": indicator_id,
        "generation": group["generation"],
        "title": title,
        "theme": theme,
        "unit": unit,
        "decimals": decimals,
        "polarity": polarity,
        "definition": definition,
        "period": period,
        "method": group["method"],
        "denominator_title": group.get("denominator"),
        "caveat": group.get("caveat"),
        "source_id": group["source_id"],
    }


def cell(
    value: float | None, numerator: float | None = None, denominator: float | None = None
) -> dict[str, float | None]:
    """Return a value with what it was made from."""
    return {"value": value, "numerator": numerator, "denominator": denominator}


def column_values(extracts: Extracts, path: str, column: str) -> Values:
    """Return a column of a ward table."""
    return {row["ward_code"]: cell(number_or_none(row[column])) for row in extracts.rows(path)}


def atlas_values(extracts: Extracts, column: str) -> Values:
    """
    Return a column of the ward atlas, named ``theme | indicator | period``.

    Raises
    ------
    SourceError
        If there is no such series.
    """
    path = "areas/ward_atlas_2015_gla_long.csv"
    table = extracts.table(path, "theme", "indicator", "period_or_breakdown", "area_code", "value")
    names = table["theme"] + " | " + table["indicator"] + " | " + table["period_or_breakdown"]
    chosen = table[names == column]
    if chosen.empty:
        raise SourceError([Fault(path, None, "indicator", column, "a series of this name; there is none")])
    return known_comparators(
        {row["area_code"]: cell(number_or_none(row["value"])) for row in chosen.to_dict("records")}
    )


def known_comparators(values: Values) -> Values:
    """Drop comparators without a value; a ward without one stays, as "no data"."""
    return {area: one for area, one in values.items() if area not in COMPARATORS or one["value"] is not None}


def ages(extracts: Extracts) -> dict[str, dict[str, str]]:
    """Return residents by age in mid-2020, by ward."""
    rows = extracts.rows("areas/ward_population_mid2019_mid2020_ons_agg.csv")
    return {row["ward_code"]: row for row in rows if row["year"] == "2020"}


def crime_values(extracts: Extracts, column: str) -> Values:
    """Return recorded offences of 2021 for each 1,000 residents in mid-2020."""
    residents = {ward: float(row["persons_all_ages"]) for ward, row in ages(extracts).items()}
    rows = extracts.rows("areas/ward_crime_counts_2011_2019_2021_mps_agg.csv")
    counts = {row["ward_code"]: float(row[column]) for row in rows if row["year"] == "2021"}
    return with_borough(((ward, counts[ward], residents[ward]) for ward in sorted(residents)), per=1000)


def age_values(extracts: Extracts, column: str) -> Values:
    """Return the share of an age band in mid-2020, in per cent."""
    rows = sorted(ages(extracts).items())
    return with_borough(((ward, float(row[column]), float(row["persons_all_ages"])) for ward, row in rows), per=100)


def census_values(extracts: Extracts, dimensions: str) -> Values:
    """Return the share of households deprived in the given numbers of dimensions, in per cent."""
    lookup = extracts.rows("areas/lookup_lsoa21_ward22_msoa.csv")
    ward_of = {row["lsoa21_code"]: row["ward_code"] for row in lookup}
    counts: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for row in extracts.rows("areas/census2021_household_deprivation_lsoa21.csv"):
        sums = counts[ward_of[row["lsoa21_code"]]]
        sums[0] += sum(float(row[f"households_deprived_in_{number}_dimensions"]) for number in dimensions)
        sums[1] += float(row["households_2021"])
    return with_borough(((ward, sums[0], sums[1]) for ward, sums in sorted(counts.items())), per=100)


def with_borough(counts: Iterable[tuple[str, float, float]], per: int) -> Values:
    """Return numerator ÷ denominator times `per` for each ward and, from their sums, for the borough."""
    rows = list(counts)
    rows.append((BOROUGH, sum(row[1] for row in rows), sum(row[2] for row in rows)))
    return {area: cell(numerator / denominator * per, numerator, denominator) for area, numerator, denominator in rows}
