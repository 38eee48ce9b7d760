"""Settings from the environment, and where the packaged files are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from hubmap import config
from hubmap.config import SETTINGS, default_database_url, load_settings, packaged
from hubmap.errors import ConfigError

TILES = "https://tiles.example/{z}/{x}/{y}.png"


class Asked(Mapping[str, str]):
    """An environment that notes what it is asked for."""

    def __init__(self, values: dict[str, str]) -> None:
        self.values_by_name = values
        self.names: set[str] = set()

    def __getitem__(self, name: str) -> str:
        self.names.add(name)
        return self.values_by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.values_by_name)

    def __len__(self) -> int:
        return len(self.values_by_name)


def test_without_settings_the_packaged_data_is_read_and_no_tile_asked_for() -> None:
    settings = load_settings({})
    assert settings.data == packaged("data/geo")
    assert settings.database_url == default_database_url()
    assert (settings.tiles, settings.tiles_credit) == (None, None)


def test_every_setting_is_taken(tmp_path: Path) -> None:
    settings = load_settings(
        {
            "HUBMAP_DATABASE_URL": "sqlite:///elsewhere.sqlite",
            "HUBMAP_DATA": str(tmp_path),
            "HUBMAP_TILES": TILES,
            "HUBMAP_TILES_CREDIT": "© the tilers",
        }
    )
    assert settings == config.Settings("sqlite:///elsewhere.sqlite", tmp_path, TILES, "© the tilers")


def test_empty_settings_are_not_set() -> None:
    assert load_settings(dict.fromkeys(SETTINGS, "")) == load_settings({})


def test_every_setting_that_is_read_is_described_and_the_other_way_round() -> None:
    asked = Asked({})
    load_settings(asked)
    assert asked.names == set(SETTINGS)
    assert all(SETTINGS.values())


def test_settings_come_from_the_environment_of_the_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HUBMAP_DATA", str(tmp_path))
    assert load_settings().data == tmp_path


def test_data_that_is_no_folder_is_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "missing", tmp_path / "file"):
        (tmp_path / "file").write_text("")
        with pytest.raises(
            ConfigError, match=r"^HUBMAP_DATA: expected the folder of a data package, found .*(missing|file)"
        ):
            load_settings({"HUBMAP_DATA": str(path)})


@pytest.mark.parametrize(
    "tiles",
    [
        "https://tiles.example/",
        "https://tiles.example/{z}/{x}.png",
        "{z}{y}",
        "{y}{x}{z}",
        "https://tiles.example/{Z}/{X}/{Y}",
        "//tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}",
        "https://tile-{s}.example/{z}/{x}/{y}",
        "javascript://tiles.example/{z}/{x}/{y}",
    ],
)
def test_tiles_that_are_no_address_of_tiles_are_refused(tiles: str) -> None:
    with pytest.raises(ConfigError, match=r"^HUBMAP_TILES: expected a URL .* with \{z\}, \{x\} and \{y\}, found"):
        load_settings({"HUBMAP_TILES": tiles, "HUBMAP_TILES_CREDIT": "© the tilers"})


@pytest.mark.parametrize(
    "tiles", [TILES, "http://{s}.tiles.example:8080/{y}/{x}/{z}", "https://tiles.example/?x={x}&y={y}&z={z}&r={r}"]
)
def test_placeholders_may_come_in_any_order(tiles: str) -> None:
    assert load_settings({"HUBMAP_TILES": tiles, "HUBMAP_TILES_CREDIT": "© the tilers"}).tiles == tiles


@pytest.mark.parametrize("credit", [{}, {"HUBMAP_TILES_CREDIT": ""}])
def test_tiles_without_a_credit_are_refused(credit: dict[str, str]) -> None:
    with pytest.raises(ConfigError, match="HUBMAP_TILES_CREDIT"):
        load_settings({"HUBMAP_TILES": TILES, **credit})


def test_credit_without_tiles_does_no_harm() -> None:
    assert load_settings({"HUBMAP_TILES_CREDIT": "© the tilers"}).tiles is None


def test_database_is_in_the_data_folder_of_the_user(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert default_database_url() == f"sqlite:///{tmp_path}/hubmap/hubmap.sqlite"


@pytest.mark.parametrize("is_empty", [True, False])
def test_database_is_under_the_home_folder_otherwise(
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    is_empty: bool,  # noqa: FBT001
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    if is_empty:
        monkeypatch.setenv("XDG_DATA_HOME", "")
    assert default_database_url() == f"sqlite:///{tmp_path}/.local/share/hubmap/hubmap.sqlite"


@pytest.mark.parametrize("name", ["data/geo", "templates", "static"])
def test_folders_that_come_with_hubmap_are_found(name: str) -> None:
    assert packaged(name).is_dir()
    assert packaged(name).as_posix().endswith(name)


def test_folder_inside_the_package_goes_before_one_beside_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(config, "__file__", str(tmp_path / "hubmap" / "config.py"))
    inside, beside = tmp_path / "hubmap" / "_packaged" / "static", tmp_path / "static"
    beside.mkdir()
    assert packaged("static") == beside.resolve()
    inside.mkdir(parents=True)
    assert packaged("static") == inside.resolve()


def test_missing_folder_is_refused_with_what_to_do() -> None:
    with pytest.raises(ConfigError, match=r"expected the folder 'ghosts' .* install hubmap again"):
        packaged("ghosts")


@pytest.mark.parametrize("url", ["https://hubs.example.gov.uk", "http://127.0.0.1:8000/"])
def test_address_of_the_site_is_scheme_and_host(url: str) -> None:
    assert load_settings({"HUBMAP_SITE_URL": url}).site_url == url.rstrip("/")


@pytest.mark.parametrize(
    "url", ["hubs.example", "https://hubs.example/a", "https://", "https://a b", "ftp://a.example"]
)
def test_other_address_of_the_site_is_refused(url: str) -> None:
    with pytest.raises(ConfigError, match=r"^HUBMAP_SITE_URL: expected scheme and host"):
        load_settings({"HUBMAP_SITE_URL": url})
