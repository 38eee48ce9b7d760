"""For whom planning counts: residents, or the patients of the newest list, observed or modelled."""

from __future__ import annotations

from dataclasses import dataclass

from hubmap.errors import NotFoundError
from hubmap.planning.measures import RESIDENTS, Measured
from hubmap.planning.network import Network
from hubmap.planning.options import PATIENTS, Options
from hubmap.planning.weights import MODELLED, OBSERVED
from hubmap.store.records import Snapshot
from hubmap.web.present.choices import Choice
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Weighting:
    """
    Who counts; `name` is that of the measures, `value` what the address says.

    `people` are who they are in a sentence and `people_first` at its beginning, `note` is how many of them stand where;
    `source_id` is of the list, and ``None`` for residents, whose source wards name.
    """

    value: str
    name: str
    people: str
    people_first: str
    note: str
    source_id: str | None


def residents() -> Weighting:
    """Return the usual weighting."""
    return Weighting(RESIDENTS, RESIDENTS, gettext("residents"), gettext("Residents"), "", None)


def choose_weighting(snapshot: Snapshot, measured: Measured, asked: str | None) -> Weighting:
    """
    Return who is asked for, or else residents.

    Raises
    ------
    NotFoundError
        If the version was not measured for them; the message says for whom it was.
    """
    if not asked or asked == RESIDENTS:
        return residents()
    name = patients_name(measured)
    if asked != PATIENTS or name is None:
        known = ", ".join((RESIDENTS,) if name is None else (RESIDENTS, PATIENTS))
        raise NotFoundError(gettext("expected %(name)s to be one of %(known)s", name="weight", known=known))
    basis, _, list_id = name.partition(":")
    return patients(snapshot, basis, list_id)


def weighting_of(snapshot: Snapshot, network: Network, options: Options) -> Weighting:
    """Return who is counted by the options: residents, or the patients of their list."""
    if not options.list_id:
        return residents()
    return patients(snapshot, OBSERVED if options.list_id in network.observed else MODELLED, options.list_id)


def patients(snapshot: Snapshot, basis: str, list_id: str) -> Weighting:
    """Return the weighting by the patients of a list, which is observed or modelled (`basis`)."""
    source = next(one for one in snapshot.authority.list_sources if one.list_id == list_id)
    notes = {
        OBSERVED: gettext(
            "Counted by patients, not residents: %(list)s, observed by LSOA and shared over its postcodes by "
            "residents. Patients who live elsewhere, or whose LSOA is not known, are left out.",
            list=source.label,
        ),
        MODELLED: gettext(
            "Counted by patients, not residents: %(list)s, each network's lists shared over its modelled area by "
            "residents. That is an estimate: people register where they like.",
            list=source.label,
        ),
    }
    name = f"{basis}:{list_id}"
    return Weighting(PATIENTS, name, gettext("patients"), gettext("Patients"), notes[basis], source.source_id)


def patients_name(measured: Measured) -> str | None:
    """Return the name of the measures by patients, or ``None`` where there are none."""
    names = {name for name, _ in measured.parts}
    return next((one for one in sorted(names) if one.startswith((f"{OBSERVED}:", f"{MODELLED}:"))), None)


def list_of(measured: Measured) -> str:
    """Return the id of the list whose patients can be counted, empty where there is none."""
    return (patients_name(measured) or "").partition(":")[2]


def weight_options(measured: Measured, chosen: Weighting) -> tuple[Choice, ...]:
    """Return who can be counted."""
    return people_choices(chosen.value, list_of(measured))


def people_choices(chosen: str, list_id: str) -> tuple[Choice, ...]:
    """Return residents, and patients too where there is a list; `chosen` is one of them."""
    offered = {RESIDENTS: gettext("residents")}
    if list_id:
        offered[PATIENTS] = gettext("patients")
    return tuple(Choice(value, label, value == chosen) for value, label in offered.items())
