"""The one table: a session lives under its user until its time is up, and nobody deletes it."""

from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from coodie.aio import Document
from coodie.fields import ClusteringKey, PrimaryKey

LONGEST = 3600
TABLE_DEFAULT = 600
User = Literal["ada", "alan", "barbara", "edsger", "grace", "linus", "margaret", "radia"]
Device = Annotated[str, Field(min_length=1, max_length=60)]
Seconds = Annotated[int, Field(ge=1, le=LONGEST)]


class Session(Document):
    """A sign-in that forgets itself."""

    user: Annotated[User, PrimaryKey()]
    id: Annotated[UUID, ClusteringKey()]
    device: Device
    seconds: Seconds = TABLE_DEFAULT

    class Settings:
        """For what is saved without a ttl."""

        __default_ttl__ = TABLE_DEFAULT


MODELS = (Session,)
