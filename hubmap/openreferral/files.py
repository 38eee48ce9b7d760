"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hubmap.errors import ConfigError

ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def write_file(target: Path, body: bytes) -> None:
    """
    Write a file beside its place and move it there.

    Raises
    ------
    ConfigError
        If the file cannot be written.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=target.parent, prefix=f".{target.name}.", delete=False) as file:
            beside = Path(file.name)
            file.write(body)
        beside.chmod(0o644)
        beside.replace(target)
    except OSError as error:
        msg = f"{target}: expected a file that can be written; {error.strerror}"
        raise ConfigError(msg) from error


def write_folder(target: Path, files: Mapping[str, bytes]) -> None:
    """
    Write a folder beside its place and move it there; a folder that is there, but for an empty one, is left alone.

    Raises
    ------
    ConfigError
        If the folder holds anything, or cannot be written.
    """
    require_new(target)
    beside = None
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        for name, body in files.items():
            (beside / name).write_bytes(body)
        beside.chmod(0o755)
        beside.replace(target)
    except OSError as error:
        if beside is not None:
            shutil.rmtree(beside, ignore_errors=True)
        msg = f"{target}: expected a folder that can be written; {error.strerror}"
        raise ConfigError(msg) from error


def require_new(target: Path) -> None:
    """
    Refuse a folder that holds anything, before any work is done for it.

    Raises
    ------
    ConfigError
        Saying what to do instead.
    """
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        msg = f"{target}: expected a folder that is new or empty; found something there: name another"
        raise ConfigError(msg)


def require_ours(target: Path, mark: str) -> None:
    """
    Refuse a folder that is neither new nor empty nor one that holds the file `mark`, as those of ours do.

    Raises
    ------
    ConfigError
        Saying what to do instead.
    """
    if not (target / mark).is_file():
        require_new(target)


def replace_folder(target: Path, files: Mapping[str, bytes], mark: str) -> None:
    """Write a folder in place of the one of ours that is there, if any; raises as `require_ours` and `write_folder`."""
    require_ours(target, mark)
    if not (target / mark).is_file():
        write_folder(target, files)
        return
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=f".{target.name}.") as aside:
        write_folder(Path(aside) / "new", files)
        target.replace(Path(aside) / "old")
        (Path(aside) / "new").replace(target)


def write_zip(target: Path, files: Mapping[str, bytes]) -> None:
    """Write a zip archive, the same bytes for the same files; raises as `write_file` does."""
    with tempfile.SpooledTemporaryFile(max_size=50_000_000) as spool:
        with ZipFile(spool, "w", ZIP_DEFLATED) as archive:
            for name, body in files.items():
                archive.writestr(ZipInfo(name, ZIP_EPOCH), body, ZIP_DEFLATED)
        spool.seek(0)
        write_file(target, spool.read())
