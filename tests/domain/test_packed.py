"""Bytes made once."""

from __future__ import annotations

import gzip
from dataclasses import FrozenInstanceError

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hubmap.domain.packed import content_hash, hashed_name, pack

BODY = b"ward" * 1000


@settings(deadline=None)
@given(st.binary(max_size=2000))
def test_every_encoding_unpacks_to_the_body(body: bytes) -> None:
    packed = pack("a.bin", "application/octet-stream", body)
    assert packed.body == gzip.decompress(packed.gzip) == brotli.decompress(packed.brotli) == body


def test_text_that_repeats_becomes_small() -> None:
    packed = pack("wards.json", "application/json", BODY)
    assert max(len(packed.gzip), len(packed.brotli)) < len(BODY) / 10


def test_name_and_media_type_are_kept() -> None:
    packed = pack("wards.json", "application/json", BODY)
    assert (packed.name, packed.media_type) == ("wards.json", "application/json")


def test_tag_is_strong_and_in_quotes() -> None:
    assert pack("empty", "text/plain", b"").etag == '"e3b0c44298fc1c14"'


def test_equal_bodies_make_equal_bytes_and_carry_no_time() -> None:
    assert pack("a", "text/plain", BODY) == pack("a", "text/plain", bytes(BODY))
    assert pack("a", "text/plain", BODY).gzip[4:8] == bytes(4)


def test_hash_is_the_beginning_of_sha_256() -> None:
    assert content_hash(b"") == "e3b0c44298fc1c14"
    assert content_hash(b"abc") == "ba7816bf8f01cfea"


def test_name_changes_with_the_content_alone() -> None:
    assert hashed_name("site", "css", b"") == "site.e3b0c44298fc1c14.css"
    assert hashed_name("site", "css", b"a") != hashed_name("site", "css", b"b")


def test_packed_bytes_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        pack("a", "text/plain", BODY).body = b""  # type: ignore[misc]  # that it fails is the point
