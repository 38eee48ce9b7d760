"""The harness proves itself on the standard's own good and bad documents before it judges ours."""

from __future__ import annotations

import pytest

from tests.openreferral.standard import STANDARDS, faults, invalid_files, needs_standards, sample_files

pytestmark = needs_standards
MOCKS = STANDARDS / "validator-mocks"


@pytest.mark.parametrize(("folder", "count"), [("oruk-3.0/examples", 10), ("validator-mocks/V3.0-UK-Default", 11)])
def test_good_files_of_the_standard_are_valid(folder: str, count: int) -> None:
    assert len(sample_files(STANDARDS / folder)) == count
    assert invalid_files(STANDARDS / folder) == {}


def test_one_file_of_the_warnings_is_invalid() -> None:
    assert set(invalid_files(MOCKS / "V3.0-UK-Warn")) == {"taxonomy_term.json"}


def test_four_failing_files_are_invalid() -> None:
    failing = {"api_details.json", "service_full.json", "service_list.json", "taxonomy_term.json"}
    assert set(invalid_files(MOCKS / "V3.0-UK-Fail")) == failing


@pytest.mark.parametrize(
    ("field", "value", "fault"),
    [
        ("id", "central", "is not a 'uuid'"),
        ("last_modified", "2026-04-01", "is not a 'date-time'"),
        ("url", "no address", "is not a 'uri'"),
        ("email", "nobody", "is not a 'email'"),
        ("status", "open", "is not one of"),
        ("organization", {"id": "ac148810-d857-441c-9679-408f346de14b"}, "'name' is a required property"),
    ],
)
def test_formats_and_references_are_asserted(field: str, value: object, fault: str) -> None:
    service = {"id": "ac148810-d857-441c-9679-408f346de14b", "name": "Debt advice", "status": "active"}
    assert faults("service", service) == []
    found = faults("service", {**service, field: value})
    assert any(fault in one for one in found)
