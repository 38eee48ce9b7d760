"""The way from a network to what does not add up in it: how far the NHS lists differ from the paper's, as a link."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from hubmap.store.records import Pcn, Snapshot
from hubmap.web.present.lists import paper_list, signed
from hubmap.web.present.reconcile import reconcile
from hubmap.web.words import gettext


@dataclass(frozen=True, slots=True)
class Difference:
    """A network with its difference in words, and where it is told row by row."""

    pcn_id: str
    letter: str
    name: str
    words: str
    href: str


def anchor_of(pcn: Pcn) -> str:
    """Return the name of the part of the comparison that is about a network."""
    return f"pcn-{pcn.pcn_id}"


def differences(snapshot: Snapshot, list_id: str) -> tuple[Difference, ...]:
    """Return every network's difference; nothing where there are no two sources to compare."""
    if paper_list(snapshot) is None or len(snapshot.authority.list_sources) < 2:  # noqa: PLR2004  two are compared
        return ()
    found = reconcile(snapshot)
    return tuple(
        Difference(
            pcn_id=one.pcn.pcn_id,
            letter=one.pcn.letter,
            name=one.pcn.name,
            words=gettext(
                "%(nhs)s less %(paper)s: %(num)s patients",
                nhs=found.nhs.label,
                paper=found.paper.label,
                num=signed(one.nhs_difference),
            ),
            href=url_for("pcn.reconcile", list=list_id, _anchor=anchor_of(one.pcn)),
        )
        for one in found.pcns
    )
