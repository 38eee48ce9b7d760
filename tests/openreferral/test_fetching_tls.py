"""The client of other feeds over TLS: a certificate that nobody trusts, or of another name, is refused."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
import trustme

from hubmap.errors import FeedError
from hubmap.openreferral.reading.fetching import Fetcher
from tests.openreferral.strangers import Answer, stranger


def answer(*_: object) -> Answer:
    return 200, {}, b"{}"


def secured(authority: trustme.CA, name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(context)
    return context


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> trustme.CA:
    """Make an authority that this test's client trusts, and no other."""
    made = trustme.CA()
    made.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path / "none"))
    return made


def test_feed_with_a_trusted_certificate_is_read(authority: trustme.CA) -> None:
    with stranger(answer, secured(authority, "localhost")) as feed:
        found = Fetcher(allow_private=True).get(feed.address)
    assert (found.status, found.body) == (200, b"{}")


@pytest.mark.usefixtures("authority")
def test_feed_with_a_certificate_that_nobody_trusts_is_refused() -> None:
    with stranger(answer, secured(trustme.CA(), "localhost")) as feed, pytest.raises(FeedError, match="certificate"):
        Fetcher(allow_private=True).get(feed.address)
    assert feed.asked == []


def test_feed_with_the_certificate_of_another_name_is_refused(authority: trustme.CA) -> None:
    with (
        stranger(answer, secured(authority, "example.org")) as feed,
        pytest.raises(FeedError, match="not valid for 'localhost'"),
    ):
        Fetcher(allow_private=True).get(feed.address)
    assert feed.asked == []


def test_redirect_away_from_tls_is_refused(authority: trustme.CA) -> None:
    def moved(*_: object) -> Answer:
        return 302, {"Location": "http://localhost/elsewhere"}, b""

    with (
        stranger(moved, secured(authority, "localhost")) as feed,
        pytest.raises(FeedError, match="stays with https"),
    ):
        Fetcher(allow_private=True).get(feed.address)
