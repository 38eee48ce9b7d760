"""What a person should read is told on the error stream, and the exit code says that the input was refused."""

from __future__ import annotations

import sys
from typing import Any, Final

import click

from hubmap.errors import HubmapError, SourceError

REFUSED: Final = 2


class Commands(click.Group):
    """Turns every error that a person should read into a message on the error stream and exit code 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401  as click declares it
        """Run the command."""
        try:
            return super().invoke(ctx)
        except SourceError as error:
            many = len(error.faults)
            click.echo(
                f"Refused: {many} fault{'s' if many > 1 else ''}. What was published stays in service.", err=True
            )
            for fault in error.faults:
                click.echo(f"  {fault}", err=True)
        except HubmapError as error:
            click.echo(str(error), err=True)
        sys.exit(REFUSED)
