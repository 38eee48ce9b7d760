"""The errors that hubmap raises on purpose, each saying what was expected, what was found and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

LONGEST_SHOWN: Final = 100


class HubmapError(Exception):
    """Base of every error that a person should read rather than a traceback."""


class ConfigError(HubmapError):
    """A setting cannot be used."""


class CrsError(HubmapError):
    """A frame is not in the coordinate system that the calculation needs."""


class NotFoundError(HubmapError):
    """A hub, place, ward, practice or layer with that id is not in the published data."""


class PostcodeError(HubmapError):
    """The text is not a postcode, nor the beginning of one."""


class ParameterError(HubmapError):
    """
    A parameter of a request cannot be understood.

    Parameters
    ----------
    name, expected, found
        The parameter, what it should be, and what it is.
    """

    def __init__(self, name: str, expected: str, found: str) -> None:
        shown = "".join(sign for sign in found[:LONGEST_SHOWN] if sign.isprintable())
        super().__init__(f"{name}: expected {expected}; found {shown!r}")


class FeedError(HubmapError):
    """Somebody else's feed cannot be read: it does not answer, holds no services, or is more than the limits allow."""


class MeasureError(HubmapError, ValueError):
    """Numbers that a measure cannot use: of the wrong shape, missing, negative or out of range."""


class CrowdedError(HubmapError):
    """As many questions that take long are being worked out as may be at once; ask again in a few seconds."""


class StoreError(HubmapError):
    """The database holds no data that this version can serve."""


class BusyError(StoreError):
    """The database did not take what was to be kept: another process wrote for too long, or the disk is full."""


@dataclass(frozen=True, slots=True)
class Fault:
    """
    One thing wrong with one cell, row or file of a data package.

    `row` counts as a spreadsheet does: the header is row 1, so the first record of a CSV file is row 2; in
    GeoJSON it is the number of the feature, from 1. ``None`` where the fault is of a whole file or column.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    expected: str

    def __str__(self) -> str:
        """Return the fault as one line of plain English."""
        where = self.file
        if self.row is not None:
            where += f", row {self.row}"
        if self.column is not None:
            where += f", column {self.column}"
        found = "" if self.value is None else f": found {self.value!r}"
        return f"{where}{found}; expected {self.expected}"


class SourceError(HubmapError):
    """
    A data package was refused; whatever was published before stays in service.

    Parameters
    ----------
    faults
        At least one, in the order of the files.
    """

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))
