"""Machines that may write: a token is shown once, and only its digest is kept."""

import hashlib
import secrets
from datetime import UTC, datetime
from typing import Annotated

import sample
from domain import Name
from fastapi import Header, HTTPException
from models import Agent

Token = Annotated[
    str,
    Header(alias="X-Agent-Token", max_length=200, description="Of an agent", examples=[sample.AGENT_TOKEN]),
]


async def make(name: Name) -> str:
    """Make an agent; return its token, which nobody can read again."""
    token = secrets.token_urlsafe(24)
    await Agent(digest=digest(token), name=name, made=datetime.now(UTC)).save()
    return token


async def named(token: Token = "") -> str:
    """Return the name of the agent that has a token; without one it is 401."""
    found = await Agent.find_one(digest=digest(token))
    if found is None:
        raise HTTPException(
            401, "No agent has this token. Make one on the page Agents, and send it as X-Agent-Token."
        )
    return found.name


def digest(token: str) -> str:
    """Return what of a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()
