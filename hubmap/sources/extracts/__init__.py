"""Makes the data package of Barking and Dagenham from the publishers' extracts: ``hubmap prepare``."""

from hubmap.sources.extracts.prepare import prepare

__all__ = ["prepare"]
