"""Where patients live, as the database keeps it: counts by LSOA, leading networks, and what they say of each list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from hubmap.domain.breaches import Tables
from hubmap.domain.footprint import (
    Living,
    LsoaNetwork,
    by_lsoa,
    mix_of,
    networks_of_lsoas,
    ward_shares,
    weighted_mean,
)
from hubmap.domain.records import Row, records

NETWORK: Final = "pcn"
PRACTICE: Final = "practice"
BY_LSOA: Final = "lsoa"
BY_WARD: Final = "ward"
RATES: Final = ("%", "proportion", "ratio", "score", "per ", "years")
"""How the unit of an indicator begins of which a mean may be taken; a mean of counts would mean nothing."""

Shares = Mapping[str, Mapping[str, float]]
Scores = Mapping[str, Mapping[str, float]]


def footprint_rows(tables: Tables, postcodes: Sequence[Row]) -> dict[str, list[Row]]:
    """
    Return the rows of ``patient_lsoa``, ``lsoa_network`` and ``footprint``; none where no list says where they live.

    Parameters
    ----------
    tables
        Of the package.
    postcodes
        Rows with ``live``, ``residents``, ``wards`` and ``lsoas``.
    """
    found: dict[str, list[Row]] = {"patient_lsoa": [], "lsoa_network": [], "footprint": []}
    practices = {row["ods_code"]: row["pcn_id"] for row in records(tables["practices"])}
    by_list: dict[str, list[Row]] = defaultdict(list)
    for row in records(tables["patients_by_lsoa"]):
        by_list[row["list_source"]].append(row)
    for list_id, rows in sorted(by_list.items()):
        generation = str(rows[0]["generation"])
        living = [Living(row["ods_code"], row["lsoa_code"], int(row["patients"])) for row in rows]
        counted = residents_of(tables, generation)
        networks = networks_of_lsoas(living, practices, {code: counted.get(code) for code in codes(tables, generation)})
        listed = {"list_source": list_id, "generation": generation}
        found["patient_lsoa"] += [
            {**listed, "ods_code": one.ods_code or "", "lsoa_code": one.lsoa_code or "", "patients": one.patients}
            for one in living
        ]
        names = {row["lsoa_code"]: row["lsoa_name"] for row in records(tables["lsoas"])}
        found["lsoa_network"] += [{**listed, **network_row(one), "name": names[one.lsoa_code]} for one in networks]
        shares = shares_of(postcodes, generation)
        scores = (lsoa_scores(tables, generation), ward_scores(tables))
        for kind, holder, own in holders(living, practices):
            row = holder_row(own, shares, scores)
            area = area_of(networks, holder) if kind == NETWORK else {}
            found["footprint"].append({**listed, "kind": kind, "holder_id": holder, **row, "area": area})
    return found


def holders(living: Iterable[Living], practices: Mapping[str, str]) -> Iterator[tuple[str, str, list[Living]]]:
    """Yield each practice that has patients, then each network, with the patients of its lists."""
    own: dict[tuple[str, str], list[Living]] = defaultdict(list)
    for one in living:
        if one.ods_code is not None:
            own[PRACTICE, one.ods_code].append(one)
            own[NETWORK, practices[one.ods_code]].append(one)
    for (kind, holder), members in sorted(own.items(), reverse=True):
        yield kind, holder, members


def holder_row(own: Sequence[Living], shares: Mapping[str, Shares], scores: tuple[Scores, Scores]) -> Row:
    """Return how many patients a list has, where they live, and the means of their areas."""
    mixes = {generation: mix_of(own, one) for generation, one in shares.items()}
    any_mix = next(iter(mixes.values()), mix_of(own, {}))
    of_lsoas, of_wards = scores
    wards = {ward: people for mix in mixes.values() for ward, people in mix.wards.items()}
    means = [
        *(
            (indicator, BY_LSOA, weighted_mean(by_lsoa(own), one, any_mix.patients))
            for indicator, one in of_lsoas.items()
        ),
        *(
            (indicator, BY_WARD, weighted_mean(wards, one, any_mix.patients))
            for indicator, one in of_wards.items()
            if indicator not in of_lsoas
        ),
    ]
    return {
        "patients": any_mix.patients,
        "elsewhere": any_mix.elsewhere,
        "unknown": any_mix.unknown,
        "wards": {generation: dict(mix.wards) for generation, mix in mixes.items()},
        "needs": [[indicator, basis, one.value, one.covered] for indicator, basis, one in means if one is not None],
    }


def network_row(one: LsoaNetwork) -> Row:
    """Return the leading network of an LSOA."""
    return {
        "lsoa_code": one.lsoa_code,
        "pcn_id": one.pcn_id,
        "patients": one.patients,
        "registered": one.registered,
        "residents": one.residents,
        "tied": list(one.tied),
    }


def area_of(networks: Iterable[LsoaNetwork], pcn_id: str) -> Row:
    """
    Return the footprint of a network: the LSOAs in which it leads.

    `own` are its patients there, `registered` all patients there, and `residents` those counted there, which is
    ``None`` unless all of its LSOAs were counted.
    """
    own = [one for one in networks if one.pcn_id == pcn_id]
    counted = [one.residents for one in own if one.residents is not None]
    return {
        "lsoas": [one.lsoa_code for one in own],
        "own": sum(one.patients for one in own),
        "registered": sum(one.registered for one in own),
        "residents": sum(counted) if own and len(counted) == len(own) else None,
    }


def codes(tables: Tables, generation: str) -> list[str]:
    """Return the LSOAs of a generation that are ours."""
    lsoas = tables["lsoas"]
    return [str(code) for code in lsoas.loc[lsoas["generation"] == generation, "lsoa_code"]]


def residents_of(tables: Tables, generation: str) -> dict[str, int]:
    """Return LSOA → residents, by the newest count of a generation."""
    rows = sorted(records(tables["residents"]), key=lambda row: str(row["reference_date"]))
    return {row["lsoa_code"]: int(row["residents"]) for row in rows if row["generation"] == generation}


def shares_of(postcodes: Iterable[Row], generation: str) -> dict[str, dict[str, dict[str, float]]]:
    """Return ward generation → LSOA → ward → share of its residents."""
    points: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for row in postcodes:
        if row["live"] and generation in row["lsoas"]:
            for wards, ward in row["wards"].items():
                points[wards].append((row["lsoas"][generation], ward, row["residents"]))
    return {wards: ward_shares(own) for wards, own in points.items()}


def lsoa_scores(tables: Tables, generation: str) -> dict[str, dict[str, float]]:
    """Return indicator → LSOA → score, of one generation of LSOAs."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in records(tables["lsoa_scores"]):
        if row["generation"] == generation:
            found[row["indicator_id"]][row["lsoa_code"]] = float(row["score"])
    return dict(found)


def ward_scores(tables: Tables) -> dict[str, dict[str, float]]:
    """Return indicator → ward → value, of the indicators of which a mean may be taken."""
    meant = {row["indicator_id"] for row in records(tables["indicators"]) if is_rate(str(row["unit"]))}
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for row in records(tables["indicator_values"]):
        if row["indicator_id"] in meant and row["value"] is not None:
            found[row["indicator_id"]][row["area_code"]] = float(row["value"])
    return dict(found)


def is_rate(unit: str) -> bool:
    """Say whether an indicator of this unit is a rate or score, so that a mean of it means something."""
    return unit.startswith(RATES)
