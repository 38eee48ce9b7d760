"""A hub whose position is doubtful says so before anything else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import make_published_app
from tests.web.published import HOSTILE

DOUBT = "Check before you go: it is not certain that this hub is here."


def client_with(folder: Path, **cells: Any) -> FlaskClient:  # noqa: ANN401  cells of any type
    return make_published_app(folder, changes={"hub": cells}).test_client()


@pytest.mark.parametrize("note", ["The postcode is no longer in use.", HOSTILE])
def test_doubtful_hub_says_so_first(tmp_path: Path, note: str) -> None:
    client = client_with(tmp_path, position_confidence="low", position_note=note)
    page = client.get("/hubs/central").get_data(as_text=True)
    assert page.index(DOUBT) < page.index("Opening hours")
    assert page.count("no longer in use") + page.count("{{7*7}}") == 1
    assert "<img src=x" not in page
    answer = client.post("/find", data={"postcode": "IG11 7NB"}).get_data(as_text=True)
    assert DOUBT in answer


def test_hub_whose_position_is_sure_keeps_its_remarks_for_later(tmp_path: Path) -> None:
    client = client_with(tmp_path, position_note="Shared with a health centre.")
    page = client.get("/hubs/central").get_data(as_text=True)
    assert DOUBT not in page
    assert page.index("Opening hours") < page.index("Shared with a health centre.")
