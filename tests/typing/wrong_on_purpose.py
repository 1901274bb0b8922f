"""Read by mypy and pyright, never run: each marked line must be reported by both, and no other line by either."""

from __future__ import annotations

from typing import Annotated

from coodie import Document, PrimaryKey, sync


class User(Document):
    """A table."""

    id: Annotated[int, PrimaryKey()]
    name: str = ""


class Plain(sync.Document):
    """A table of the sync flavour."""

    id: Annotated[int, PrimaryKey()]


async def forgotten_awaits(user: User) -> None:
    """Coroutines that nobody awaits."""
    user.save()  # wrong
    User.sync_table()  # wrong
    User.find().all()  # wrong
    print(User.get(id=1).name)  # wrong  # noqa: T201
    for each in User.find():  # wrong
        del each


async def awaited_too_much(plain: Plain) -> None:
    """Plain results that cannot be awaited."""
    await plain.save()  # wrong
    await Plain.find().all()  # wrong
    await Plain.find().limit(3)  # wrong


async def wrong_types(user: User) -> None:
    """Results and arguments of another type."""
    one: str = await user.save()  # wrong
    many: list[str] = await User.find().all()  # wrong
    User.find().limit("three")  # wrong
    User.find().fetch_sise(3)  # wrong
    await user.save(ttl="soon")  # wrong
    await user.delete(if_exist=True)  # wrong
    maybe = await User.find().first()
    print(maybe.name)  # wrong  # noqa: T201
    del one, many


def annotations_that_are_fine(user: User) -> str:
    """Nothing to report here."""
    return user.name
