"""Making sure that a version is in service before a command reads it."""

from __future__ import annotations

import sys

from hubmap.config import Settings

# What imports GeoPandas or the web is imported inside the command that needs it, so that the others start quickly.
# ruff: noqa: PLC0415


def is_published(settings: Settings) -> bool:
    """Say whether the database holds a version in service."""
    from hubmap.store.engine import open_sessions
    from hubmap.store.read import current_version

    with open_sessions(settings.database_url)() as session:
        return current_version(session) is not None


def build_apart() -> None:
    """Build in a process of its own, so that the server never carries what only the build needs."""
    import subprocess

    done = subprocess.run([sys.executable, "-m", "hubmap", "build"], check=False)
    if done.returncode:
        sys.exit(done.returncode)
