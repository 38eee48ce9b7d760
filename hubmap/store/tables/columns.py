"""What every table is made of: the metadata, and the columns that many have."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Float, ForeignKey, MetaData, String, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def belongs() -> Column[int]:
    """Return the column that says which version a row is of; rows go when their version goes."""
    return Column("version", ForeignKey("data_version.version", ondelete="CASCADE"), primary_key=True)


def key(name: str) -> Column[str]:
    """Return a text column that is unique within a version."""
    return Column(name, String, primary_key=True)


def words(name: str, *, empty: bool = False) -> Column[str]:
    """Return a column of text."""
    return Column(name, Text, nullable=empty)


def position() -> tuple[Column[float], Column[float], CheckConstraint]:
    """Return longitude and latitude, both set or both empty, with their ranges."""
    rule = "(lon IS NULL) = (lat IS NULL) AND (lon IS NULL OR (lon BETWEEN -180 AND 180 AND lat BETWEEN -90 AND 90))"
    return (
        Column("lon", Float, nullable=True),
        Column("lat", Float, nullable=True),
        CheckConstraint(rule, name="position"),
    )
