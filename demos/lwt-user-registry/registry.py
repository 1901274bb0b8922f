"""What the pages and the API do with the table: every write has a condition."""

import string
from uuid import UUID, uuid4

from forms import ProfileIn, UserIn
from models import User

from coodie import DocumentNotFound, LWTResult, PagedResult, Timeout, VersionConflict

PAGE = 24
PATIENCE = 2.0
LETTERS = tuple(string.ascii_lowercase)


class TakenError(RuntimeError):
    """Somebody has the name; `user` is the row that stands there."""

    def __init__(self, user: User) -> None:
        super().__init__(f"{user.name} is taken: {user.person} has it. Choose another name.")
        self.user = user


class ChangedError(RuntimeError):
    """A condition was not met: the row is not what was seen."""


async def users(letter: str | None, state: bytes | None) -> PagedResult[User]:
    """Read the names of a letter, or of all of them, in order: one partition a letter."""
    letters = LETTERS if letter is None else (letter,)
    return await User.find(letter__in=list(letters)).fetch_size(PAGE).page(state).paged_all()


async def one(name: str) -> User:
    """Read a user, or `DocumentNotFound`."""
    return await User.get(letter=name[0], name=name)


async def register(sent: UserIn) -> User:
    """Write a user unless somebody has the name; `TakenError` tells who."""
    user = new(sent.name, sent.person, sent.motto, sent.place)
    result = await claim(user)
    if result:
        return user
    raise (
        TakenError(User.model_validate(result.existing))
        if result.existing
        else ChangedError("The server gave this up, and nobody has the name: try again.")
    )


def new(name: str, person: str, motto: str = "", place: str = "", user_id: UUID | None = None) -> User:
    """Make a user of the first version."""
    key = user_id or uuid4()
    return User(letter=name[0], name=name, id=key, person=person, motto=motto, place=place)


async def claim(user: User) -> LWTResult:
    """Insert a user `IF NOT EXISTS`.

    When no answer comes in time, the outcome can be found out: a read at SERIAL brings to an end what is under way.
    """
    try:
        return await user.insert(timeout=PATIENCE)
    except Timeout:
        found = await User.find(letter=user.letter, name=user.name).consistency("SERIAL").all()
        standing = found[0].model_dump() if found else None
        return LWTResult(applied=bool(found) and found[0].id == user.id, existing=standing)


async def rename(name: str, seen: str, person: str) -> User:
    """Give a name to another person if the one who was seen still has it.

    The version moves too, so that a profile that is being edited meanwhile is not saved over this. A profile that was
    saved between our reading and our writing is no obstacle: read again, decide again.
    """
    while True:
        user = await one(name)
        conditions = {"person": seen, "version": user.version}
        result = await user.update(person=person, version=user.version + 1, if_conditions=conditions)
        if result:
            return user
        if result.existing is None:
            raise DocumentNotFound(f"Nobody has the name {name} any more.")
        if result.existing["person"] != seen:
            raise ChangedError(
                f"{name} belongs to {result.existing['person']} now, not to {seen}: nothing was changed."
            )


async def save_profile(name: str, sent: ProfileIn) -> User:
    """Save over the version that was read; `VersionConflict` when there is a later one."""
    user = await one(name)
    user.version, user.motto, user.place = sent.version, sent.motto, sent.place
    return await user.save()


async def release(name: str) -> None:
    """Delete a name `IF EXISTS`; of two who do, the second is told."""
    if not await User.find(letter=name[0], name=name).if_exists().delete():
        raise DocumentNotFound(f"Nobody has the name {name}.")


async def interfere(name: str) -> User:
    """Save as somebody else would who is faster: for whoever has no second window."""
    while True:
        user = await one(name)
        user.motto = f"Saved by somebody else, as version {user.version + 1}"
        try:
            return await user.save()
        except VersionConflict:
            continue
