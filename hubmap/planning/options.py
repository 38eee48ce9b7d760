"""Which hubs count and how near is near enough, as every page of planning is asked for it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hubmap.domain.network import LEVELS, Hub, hubs_of_level
from hubmap.domain.walking import BANDS_MIN
from hubmap.errors import NotFoundError

DEFAULT_BAND_MIN: Final = 15
ANY_LEVEL: Final = LEVELS[-1]
YES, NO = "yes", "no"
WEIGHT: Final = "weight"
RESIDENTS, PATIENTS = "residents", "patients"


@dataclass(frozen=True, slots=True)
class Options:
    """
    The wards of a generation, the level of the hubs that count, and the minutes within which one is near enough.

    `or_better` lets the hubs of better levels count too (1 is the best); any hub at all by default. `list_id` is the
    list whose patients are counted, empty where residents are.
    """

    wards: str
    level: int = ANY_LEVEL
    or_better: bool = True
    band_min: int = DEFAULT_BAND_MIN
    list_id: str = ""

    def counted(self, hubs: Iterable[Hub]) -> tuple[Hub, ...]:
        """Return the hubs that count, in the same order."""
        return hubs_of_level(hubs, self.level, or_better=self.or_better)

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """The options as parameters of an address, each said; who is counted only where it is patients."""
        return (
            ("wards", self.wards),
            ("level", str(self.level)),
            ("better", YES if self.or_better else NO),
            ("band", str(self.band_min)),
            *(((WEIGHT, PATIENTS),) if self.list_id else ()),
        )


def read_options(values: Mapping[str, str], generations: Sequence[str]) -> Options:
    """
    Read `wards`, `level`, `better` and `band`; what is missing or empty has its default.

    Parameters
    ----------
    generations
        Those of the published version, the newest first.

    Raises
    ------
    NotFoundError
        If an option is none of those that can be chosen.
    """
    return Options(
        read_word(values, "wards", generations),
        read_number(values, "level", LEVELS, ANY_LEVEL),
        read_word(values, "better", (YES, NO)) == YES,
        read_number(values, "band", BANDS_MIN, DEFAULT_BAND_MIN),
    )


def read_weight(values: Mapping[str, str], list_id: str, others: Sequence[str] = ()) -> str:
    """
    Read who is counted: residents where nothing is asked, patients where there is a list, or one of some `others`.

    Raises
    ------
    NotFoundError
        If it is none of them; the message says which there are, so that it names patients only where there is a list.
    """
    return read_word(values, WEIGHT, (RESIDENTS, *others, *((PATIENTS,) if list_id else ())))


def read_number(values: Mapping[str, str], name: str, known: Sequence[int], usual: int) -> int:
    """Read one of some whole numbers, the usual one where nothing is asked; raises as `read_word` does."""
    texts = {str(one): one for one in (usual, *known)}
    return texts[read_word(values, name, tuple(texts))]


def read_word(values: Mapping[str, str], name: str, known: Sequence[str]) -> str:
    """
    Read one of some words, the first where nothing is asked.

    Raises
    ------
    NotFoundError
        If it is none of them.
    """
    found = values.get(name) or known[0]
    if found not in known:
        msg = f"expected {name} to be one of {', '.join(sorted(known))}"
        raise NotFoundError(msg)
    return found
