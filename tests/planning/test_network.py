"""The network that planning measures, as read from a published version."""

from __future__ import annotations

import pytest

from hubmap.errors import NotFoundError
from hubmap.planning.network import Network, load_network
from hubmap.store.engine import Sessions
from hubmap.store.read import load_snapshot
from tests.store.conftest import changed, prepared, put_in_service
from tests.web.published import sample_rows


def network_of(sessions: Sessions, rows: dict[str, list[dict[str, object]]] | None = None) -> Network:
    version = put_in_service(sessions, prepared(sample_rows() if rows is None else rows))
    with sessions() as session:
        return load_network(session, load_snapshot(session, version))


def test_live_postcodes_are_where_residents_live(sessions: Sessions) -> None:
    network = network_of(sessions)
    assert network.points.residents.tolist() == [10.0]
    assert network.demand("WD2022").areas.codes == ("E05010001",)
    assert network.demand("WD2018").areas.codes == ("E05000001",)


def test_hubs_without_a_position_are_part_of_the_network(sessions: Sessions) -> None:
    found = {hub.hub_id: hub.located for hub in network_of(sessions).hubs}
    assert (found["central"], found["nowhere"]) == (True, False)


def test_candidates_are_open_located_places_that_are_no_hub(sessions: Sessions) -> None:
    assert list(network_of(sessions).candidates) == ["library-one"]
    for cells in ({"lon": None, "lat": None}, {"status": "closed"}, {"hub_id": "central"}, {"category": "pharmacy"}):
        rows = changed(sample_rows(), "place", 0, **cells)
        assert not network_of(sessions, rows).candidates


def test_unknown_generation_is_an_error_that_names_those_there_are(sessions: Sessions) -> None:
    with pytest.raises(NotFoundError, match="WD2022, WD2018"):
        network_of(sessions).demand("WD1999")
