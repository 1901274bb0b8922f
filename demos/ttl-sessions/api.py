"""The same as JSON, typed, with examples."""

from typing import Annotated, Any
from uuid import UUID

import sessions
from demokit.problems import Problem
from fastapi import APIRouter, Path, Query
from models import TABLE_DEFAULT, Device, Seconds, User
from pydantic import BaseModel, Field
from sessions import Live

GONE: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "It expired, or never was"}}
Owner = Annotated[User, Path(description="Whose", examples=["alan"])]
SessionId = Annotated[UUID, Path(examples=["569aac8f-808a-541e-bf1e-53bf3e8b1d28"])]
routes = APIRouter(prefix="/api/sessions", tags=["sessions"])


class SessionIn(BaseModel):
    """A session as somebody asks for it."""

    user: Annotated[User, Field(examples=["ada"])]
    seconds: Annotated[
        Seconds | None, Field(description=f"Null for the table's default, {TABLE_DEFAULT}", examples=[30])
    ] = None
    device: Annotated[Device, Field(examples=["laptop in Lisbon"])] = "curl"


class MoreTime(BaseModel):
    """How much longer a session shall live."""

    seconds: Annotated[Seconds, Field(examples=[30])]


@routes.get("")
async def find(
    user: Annotated[
        User | None, Query(description="Whose; everybody's when left out", examples=["ada"])
    ] = None,
) -> list[Live]:
    """List the sessions that are alive, the next to vanish first."""
    return await sessions.live(user)


@routes.post("", status_code=201)
async def start(sent: SessionIn) -> Live:
    """Start a session."""
    session = await sessions.start(sent.user, sent.seconds, sent.device)
    return Live(**session.model_dump(), left=session.seconds)


@routes.get("/{user}/{session_id}", responses=GONE)
async def read(user: Owner, session_id: SessionId) -> Live:
    """Read a session while it lives."""
    return await sessions.one(user, session_id)


@routes.put("/{user}/{session_id}", responses=GONE)
async def extend(user: Owner, session_id: SessionId, more: MoreTime) -> Live:
    """Give a session more time."""
    return await sessions.extend(user, session_id, more.seconds)


@routes.delete("/{user}/{session_id}", status_code=204, responses=GONE)
async def end(user: Owner, session_id: SessionId) -> None:
    """Sign a session out."""
    await sessions.end(user, session_id)
