"""Which generation of LSOAs the codes of a file are of: 2011 or 2021, told by the codes that only one of them has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from hubmap.domain.package import Package
from hubmap.sources.nhs.reading import NhsFile

MIXED_SHARE: Final = 0.5
"""From this share on of the codes of its own, a generation is in the file; fewer are LSOAs that changed authority."""

Codes = Mapping[str, frozenset[str]]


def lsoas_of(package: Package) -> dict[str, frozenset[str]]:
    """Return generation → the codes of its LSOAs, of those that postcodes have a column for."""
    lsoas, columns = package.tables["lsoas"], package.tables["postcodes"].columns
    return {
        str(generation): frozenset(map(str, group["lsoa_code"]))
        for generation, group in lsoas.groupby("generation", sort=True)
        if str(generation).lower() in columns
    }


def generation_of(file: NhsFile, found: Mapping[str, int], own: Codes, said: str | None) -> str:
    """
    Return the generation of a file, or note in it why that cannot be told.

    Parameters
    ----------
    found
        Codes of LSOAs of ours that the file has, with the first row of each.
    own
        As `lsoas_of` returns them.
    said
        The generation that somebody says it is; needed only where the codes do not tell.
    """
    if said is not None and said not in own:
        file.refuse(None, "LSOA_CODE", said, "a generation of the package: " + ", ".join(own))
        return ""
    if not found:
        file.refuse(None, "LSOA_CODE", None, "at least one LSOA of the package")
        return ""
    shares = {generation: share_found(generation, found, own) for generation in own}
    present = [generation for generation, share in shares.items() if share >= MIXED_SHARE]
    likely = max(shares, key=lambda one: shares[one])
    if len(present) > 1:
        refuse_mixture(file, found, own, present)
    elif said is not None and shares[likely] > 0 and said != likely:
        file.refuse(None, "LSOA_CODE", said, f"{likely}, which its codes are of")
    elif said is None and shares[likely] == 0 and len(own) > 1:
        expected = "codes that tell their generation; say it, such as --generation " + list(own)[-1]
        file.refuse(None, "LSOA_CODE", None, expected)
    return said or likely


def share_found(generation: str, found: Mapping[str, int], own: Codes) -> float:
    """Return which share of the codes that only this generation has are in the file; 0 where it has none."""
    only = only_in(generation, own)
    return len(only & found.keys()) / len(only) if only else 0.0


def only_in(generation: str, own: Codes) -> frozenset[str]:
    """Return the codes that no other generation has."""
    others = [codes for one, codes in own.items() if one != generation]
    return own[generation].difference(*others)


def refuse_mixture(file: NhsFile, found: Mapping[str, int], own: Codes, present: list[str]) -> None:
    """Note the first row at which a second generation begins."""
    starts = {one: min(found[code] for code in only_in(one, own) if code in found) for one in present}
    last = max(starts, key=lambda one: starts[one])
    code = next(code for code in sorted(only_in(last, own)) if found.get(code) == starts[last])
    first = min(starts, key=lambda one: starts[one])
    file.refuse(starts[last], "LSOA_CODE", code, f"an LSOA of {first}, as earlier rows; two generations in one file")
