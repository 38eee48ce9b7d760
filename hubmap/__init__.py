"""Community hub directory and planning maps for a council."""

__version__ = "0.1.0"
