"""Sessions that forget themselves, and the account that they belong to."""

from typing import Annotated

from pydantic import SecretStr

from coodie import PrimaryKey
from coodie.sync import Document


class Session(Document):
    """A signed-in user; without a time to live of its own it is gone after half an hour."""

    token: Annotated[str, PrimaryKey()]
    user: str

    class Settings:
        """Thirty minutes."""

        __default_ttl__ = 1800


class Account(Document):
    """A user with a password that is never shown."""

    name: Annotated[str, PrimaryKey()]
    password: SecretStr
    quota: int | None = None
    motto: str | None = None
