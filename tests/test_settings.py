"""Settings that guard something are checked when they are read."""

from __future__ import annotations

import pytest

from hubmap.config import load_settings
from hubmap.errors import ConfigError


def test_secret_is_unset_by_default_and_never_shown() -> None:
    assert load_settings({}).secret_key is None
    settings = load_settings({"HUBMAP_SECRET_KEY": "s" * 32})
    assert settings.secret_key == "s" * 32
    assert "ssss" not in repr(settings)


def test_short_secret_is_refused_without_telling_it() -> None:
    with pytest.raises(ConfigError, match="expected 32 random characters or more, found 6") as caught:
        load_settings({"HUBMAP_SECRET_KEY": "hunter"})
    assert "hunter" not in str(caught.value)


@pytest.mark.parametrize(("typed", "proxies"), [("", 0), ("0", 0), ("2", 2), ("9", 9)])
def test_proxies_are_a_small_number(typed: str, proxies: int) -> None:
    assert load_settings({"HUBMAP_PROXIES": typed}).proxies == proxies


@pytest.mark.parametrize("typed", ["-1", "10", "one", "1.0", "²"])
def test_other_proxies_are_refused(typed: str) -> None:
    with pytest.raises(ConfigError, match="HUBMAP_PROXIES: expected a number from 0 to 9"):
        load_settings({"HUBMAP_PROXIES": typed})
