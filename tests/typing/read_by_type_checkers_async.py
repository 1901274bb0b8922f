"""Read by mypy and pyright, never run: what the async flavour's methods give."""

from __future__ import annotations

from typing import Annotated, Any, assert_type

from coodie import (
    ClusteringKey,
    Document,
    LWTResult,
    PagedResult,
    PrimaryKey,
    QuerySet,
    Vector,
    VectorIndex,
    aio,
)
from coodie.cql.explain import Explanation
from coodie.results import SchemaPlan


class User(Document):
    """A table."""

    id: Annotated[int, PrimaryKey()]
    seq: Annotated[int, ClusteringKey()] = 0
    name: str = ""
    face: Annotated[list[float] | None, Vector(dimensions=3), VectorIndex("COSINE")] = None


async def documents(user: User) -> None:
    """What documents give."""
    assert_type(await User.get(id=1), User)
    assert_type(await User.find_one(id=1), User | None)
    assert_type(await User.create(id=1), User)
    assert_type(await user.save(ttl=5), User)
    assert_type(await user.refresh(), User)
    assert_type(await user.insert(), LWTResult)
    assert_type(await user.update(name="x"), LWTResult)
    assert_type(await user.delete(), LWTResult)
    assert_type(await User.sync_table(), SchemaPlan)
    assert_type(User.table_name(), str)
    assert_type(user.name, str)


async def queries() -> None:
    """What queries give."""
    assert_type(User.find(id=1), QuerySet[User])
    assert_type(User.find().filter(id=1).limit(3), QuerySet[User])
    assert_type(await User.find().limit(3).all(), list[User])
    assert_type(await User.find().order_by("-seq").first(), User | None)
    assert_type(await User.find().one(), User)
    assert_type(await User.find().get(id=1), User)
    assert_type(await User.find().count(), int)
    assert_type(await User.find().exists(), bool)
    assert_type(await User.find().paged_all(), PagedResult[User])
    assert_type((await User.find().paged_all()).data, list[User])
    assert_type(User.find().explain(), Explanation)
    assert_type(await User.find(id=1).update(name="x"), LWTResult)
    assert_type(await User.find(id=1).delete(), LWTResult)
    async for user in User.find():
        assert_type(user, User)


async def values() -> None:
    """What selected values give."""
    assert_type(await User.find().values("id").all(), list[dict[str, Any]])
    assert_type(await User.find().values_list("id", "name").all(), list[tuple[Any, ...]])
    assert_type(await User.find().values_list("id", flat=True).all(), list[Any])
    assert_type(await User.find().values_list("id").first(), tuple[Any, ...] | None)


async def neighbours(user: User) -> None:
    """What searches by nearness give."""
    assert_type(user.face, list[float] | None)
    near = User.find().order_by_ann("face", [1.0, 0.0, 0.0]).limit(3)
    assert_type(near, QuerySet[User])
    assert_type(await near.all(), list[User])
    assert_type(near.with_scores(), QuerySet[tuple[User, float]])
    assert_type(await near.with_scores(min_score=0.9).all(), list[tuple[User, float]])
    assert_type(await near.with_scores().first(), tuple[User, float] | None)
    assert_type(await near.values("id").with_scores().all(), list[tuple[dict[str, Any], float]])
    async for found, score in near.with_scores():
        assert_type(found, User)
        assert_type(score, float)
    assert_type(await User.find().exact_nearest("face", [1.0, 0.0, 0.0], k=3), list[User])
    assert_type(await User.find().recall_at("face", [1.0, 0.0, 0.0], k=3), float)
    assert_type(await User.wait_for_index(timeout=5.0), None)


async def by_hand() -> None:
    """What CQL by hand gives."""
    assert_type(await aio.execute_raw("SELECT 1"), list[dict[str, Any]])
