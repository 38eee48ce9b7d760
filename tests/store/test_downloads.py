"""Files of a whole version: they come and go with it, and their bytes are read only when they are sent."""

from __future__ import annotations

from hubmap.store.downloads import Download, add_download, load_downloads, read_download
from hubmap.store.engine import Sessions
from hubmap.store.publish import KEPT_VERSIONS
from tests.store.conftest import put_in_service

TYPE = "application/geopackage+sqlite3"


def test_file_is_listed_with_size_and_tag_and_read_by_name(sessions: Sessions) -> None:
    version = put_in_service(sessions)
    with sessions.begin() as session:
        add_download(session, version, "all.gpkg", TYPE, b"body")
    with sessions() as session:
        listed = load_downloads(session, version)
        assert listed == {"all.gpkg": Download("all.gpkg", TYPE, listed["all.gpkg"].etag, 4)}
        assert read_download(session, version, "all.gpkg") == b"body"
        assert read_download(session, version, "other.gpkg") is None


def test_equal_bytes_have_equal_tags(sessions: Sessions) -> None:
    version = put_in_service(sessions)
    with sessions.begin() as session:
        for name, body in (("a", b"same"), ("b", b"same"), ("c", b"other")):
            add_download(session, version, name, TYPE, body)
        tags = [one.etag for one in load_downloads(session, version).values()]
    assert tags[0] == tags[1] != tags[2]


def test_file_goes_when_its_version_goes(sessions: Sessions) -> None:
    first = put_in_service(sessions)
    with sessions.begin() as session:
        add_download(session, first, "all.gpkg", TYPE, b"body")
    for _ in range(KEPT_VERSIONS):
        put_in_service(sessions)
    with sessions() as session:
        assert read_download(session, first, "all.gpkg") is None
