"""What the pages and the API do with the table: each function is one statement or two."""

from typing import get_args
from uuid import UUID, uuid4

from models import LONGEST, TABLE_DEFAULT, Session, User
from pydantic import BaseModel, Field

from coodie import DocumentNotFound

USERS: tuple[User, ...] = get_args(User)
COLUMNS = ("user", "id", "device", "seconds")


class Live(BaseModel):
    """A session with what is left of its time, as the server counts it."""

    user: User
    id: UUID
    device: str
    seconds: int = Field(description="How long it was given", examples=[30])
    left: int = Field(description="TTL(device): seconds until it is gone", examples=[27])


async def live(user: User | None = None) -> list[Live]:
    """Read one user's sessions, or everybody's, with the time that each has left; the next to vanish comes first."""
    users: tuple[User, ...] = USERS if user is None else (user,)
    rows = await Session.find(user__in=list(users)).values(*COLUMNS, left="TTL(device)").all()
    return sorted((Live.model_validate(row) for row in rows), key=lambda session: session.left)


async def one(user: User, session_id: UUID) -> Live:
    """Read one session with the time that it has left."""
    rows = await Session.find(user=user, id=session_id).values(*COLUMNS, left="TTL(device)").all()
    if not rows:
        raise DocumentNotFound(f"{user} has no such session: it expired or was signed out.")
    return Live.model_validate(rows[0])


async def start(user: User, seconds: int | None, device: str) -> Session:
    """Write a session that lives for `seconds`, or as long as the table says."""
    session = Session(user=user, id=uuid4(), device=device, seconds=seconds or TABLE_DEFAULT)
    return await session.save() if seconds is None else await session.save(ttl=seconds)


async def extend(user: User, session_id: UUID, seconds: int) -> Live:
    """Write the whole row again with more time: a TTL belongs to each value, so each must be renewed."""
    left = min((await one(user, session_id)).left + seconds, LONGEST)
    session = await Session.get(user=user, id=session_id)
    session.seconds = max(left, session.seconds)
    await session.save(ttl=left)
    return Live(**session.model_dump(), left=left)


async def end(user: User, session_id: UUID) -> None:
    """Delete a session before its time."""
    session = await Session.get(user=user, id=session_id)
    await session.delete()
