"""The edge where prepared data rests: tables, publishing and reading, through SQLAlchemy."""
