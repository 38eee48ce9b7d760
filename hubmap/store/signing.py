"""The secret that signs what the site gives a browser to keep: made once, and the same in every worker."""

from __future__ import annotations

import secrets

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session, sessionmaker

from hubmap.store.lasting import now, signing_key

SECRET_BYTES = 32


def load_secret(sessions: sessionmaker[Session]) -> str:
    """
    Return the secret of this database; the first who asks makes it, and of two at once one wins for both.

    Nothing is written where it is there: a build that holds the database delays nobody.
    """
    chosen = select(signing_key.c.secret)
    with sessions() as session:
        secret = session.scalar(chosen)
    if secret is not None:
        return str(secret)
    fresh = {"only": 1, "secret": secrets.token_hex(SECRET_BYTES), "made_at": now()}
    with sessions.begin() as session:
        session.execute(insert(signing_key).values(**fresh).on_conflict_do_nothing())
        return str(session.scalars(chosen).one())
