"""The same as JSON, typed, with examples."""

from typing import Annotated, Any

import contest
import latency
import registry
from contest import Contest
from demokit.problems import Problem
from demokit.tokens import PageTokens
from fastapi import APIRouter, Path, Query
from forms import ContestIn, ProfileIn, RenameIn, RoundsIn, UserIn
from latency import Cost
from models import Name, User
from pydantic import BaseModel, Field

Token = Annotated[str | None, Query(description="What `next` said on the page before", max_length=4000)]
Letter = Annotated[
    str | None, Query(description="First letter; all when left out", pattern="^[a-z]$", examples=["h"])
]
Known = Annotated[Name, Path(examples=["ashley_c495"])]
MISSING: dict[int | str, dict[str, Any]] = {404: {"model": Problem, "description": "Nobody has this name"}}
LATE: dict[int | str, dict[str, Any]] = {
    **MISSING,
    409: {"model": Problem, "description": "Somebody was faster: nothing was changed"},
}


class UserPage(BaseModel):
    """Names in order; `next` is the token of those after them, null at the end."""

    items: list[User]
    next: str | None = Field(description="Give it back as `token`")


class Measured(BaseModel):
    """What each kind of write has cost."""

    items: list[Cost]


def router(tokens: PageTokens) -> APIRouter:
    """Make the routes under `/api`."""
    routes = APIRouter(prefix="/api")

    @routes.get("/users", tags=["users"])
    async def find(letter: Letter = None, token: Token = None) -> UserPage:
        """List names, of one letter or of all."""
        found = await registry.users(letter, tokens.read(token, "users", letter))
        return UserPage(items=found.data, next=tokens.write(found.paging_state, "users", letter))

    @routes.post("/users", tags=["users"], status_code=201, responses={409: LATE[409]})
    async def register(sent: UserIn) -> User:
        """Register a name, `IF NOT EXISTS`."""
        return await registry.register(sent)

    @routes.get("/users/{name}", tags=["users"], responses=MISSING)
    async def read(name: Known) -> User:
        """Read who has a name."""
        return await registry.one(name)

    @routes.put("/users/{name}/person", tags=["users"], responses=LATE)
    async def rename(name: Known, sent: RenameIn) -> User:
        """Give a name to another person, if the one whom you saw still has it."""
        return await registry.rename(name, sent.seen, sent.person)

    @routes.put("/users/{name}/profile", tags=["users"], responses=LATE)
    async def save(name: Known, sent: ProfileIn) -> User:
        """Save a profile over the version that you read."""
        return await registry.save_profile(name, sent)

    @routes.delete("/users/{name}", tags=["users"], status_code=204, responses=MISSING)
    async def release(name: Known) -> None:
        """Delete a name, `IF EXISTS`."""
        await registry.release(name)

    @routes.post("/contests", tags=["contests"])
    async def compete(sent: ContestIn) -> Contest:
        """Let many people insert one name at once, and read what each was told."""
        return await contest.hold(sent.name, sent.people)

    @routes.post("/latency", tags=["latency"])
    async def time_them(sent: RoundsIn) -> Measured:
        """Time writes with and without a condition."""
        return Measured(items=await latency.measure(sent.rounds))

    return routes
