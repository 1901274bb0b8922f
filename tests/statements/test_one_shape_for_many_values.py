"""Every variable is a marker: a thousand different values are one text, so one PREPARE; the cache is bounded."""

from __future__ import annotations

import pytest
from statement_models import AT, KEY, Product, Reading

from coodie.cql.cache import ShapeCache
from coodie.cql.statement import Kind, Shape

MANY = range(1, 1001)


def reading(number: int) -> Reading:
    return Reading(**KEY, at=AT, seq=number, value=float(number))


WRITES = {
    "save": lambda n: reading(n).save(),
    "ttl": lambda n: reading(n).save(ttl=n),
    "timestamp": lambda n: reading(n).save(timestamp=n),
    "insert": lambda n: reading(n).insert(ttl=n),
    "update": lambda n: reading(n).update(value=n, ttl=n, timestamp=n),
    "condition": lambda n: reading(n).update(value=n, if_conditions={"value": n}),
    "condition in": lambda n: reading(n).update(value=n, if_conditions={"value__in": range(n % 50)}),
    "element": lambda n: Product(id=n).update(stock__put=(f"key {n}", n)),
    "delete": lambda n: reading(n).delete(timestamp=n),
    "query update": lambda n: Product.find(id__in=range(n % 50)).ttl(n).timestamp(n).update(name=str(n)),
    "query delete": lambda n: Product.find(id__in=range(n % 50)).timestamp(n).delete(),
}
READS = {
    "key": lambda n: Product.find(id=n).all(),
    "limit": lambda n: Product.find().limit(n).all(),
    "per partition limit": lambda n: Reading.find().per_partition_limit(n).all(),
    "in": lambda n: Product.find(id__in=list(range(n % 200))).all(),
    "clustering in": lambda n: Reading.find(**KEY, at__in=[AT] * (n % 50)).all(),
    "range": lambda n: Reading.find(**KEY, at=AT, seq__gte=n, seq__lt=2 * n).all(),
    "fetch size": lambda n: Product.find().fetch_size(n).paged_all(),
    "exists": lambda n: Product.find(id=n).exists(),
    "values": lambda n: Product.find(id=n).values("name", left="TTL(name)").all(),
}


@pytest.mark.parametrize("operation", (WRITES | READS).values(), ids=(WRITES | READS).keys())
def test_a_thousand_values_are_one_text(memory, operation):
    for number in MANY:
        operation(number)
    assert len({statement.cql for statement in memory.sent}) == 1
    assert len({id(statement.shape.markers) for statement in memory.sent}) <= len(MANY)


@pytest.mark.parametrize(
    "name", ["save", "ttl", "update", "condition", "delete", "query update", "query delete"]
)
def test_a_known_write_is_not_built_again(memory, name):
    for number in MANY[:20]:
        WRITES[name](number)
    assert len({id(statement.shape) for statement in memory.sent}) == 1


@pytest.mark.parametrize("name", READS)
def test_a_known_read_is_not_built_again(memory, name):
    for number in MANY[:20]:
        READS[name](number)
    assert len({id(statement.shape) for statement in memory.sent}) == 1


def test_different_flags_are_different_texts(memory):
    for arguments in ({}, {"ttl": 1}, {"timestamp": 1}, {"ttl": 1, "timestamp": 1}):
        reading(1).save(**arguments)
    reading(1).insert()
    reading(1).insert(ttl=1)
    assert len(set(memory.texts)) == 6


def test_the_same_model_in_two_keyspaces_is_two_texts(memory):
    reading(1).save()
    memory._target = memory._target.__class__("other", memory.target.dialect)
    reading(1).save()
    assert [text.split(" ", 3)[2] for text in memory.texts] == ['"ks"."reading"', '"other"."reading"']


class TestCache:
    def test_counts_hits_and_misses(self):
        cache, built = ShapeCache(), []

        def build(text: str) -> Shape:
            built.append(text)
            return Shape(text, Kind.SELECT)

        first = cache.get("a", build, "A")
        assert cache.get("a", build, "A") is first
        assert cache.get("b", build, "B").text == "B"
        assert (cache.hits, cache.misses, built, len(cache)) == (1, 2, ["A", "B"], 2)

    def test_forgets_its_oldest_half_when_it_is_full(self):
        cache = ShapeCache(size=10)
        for number in range(10):
            cache.get(number, lambda: Shape("", Kind.SELECT))
        assert len(cache) == 10
        cache.get(10, lambda: Shape("", Kind.SELECT))
        assert len(cache) == 6
        misses = cache.misses
        cache.get(9, lambda: Shape("", Kind.SELECT))
        assert cache.misses == misses
        cache.get(0, lambda: Shape("", Kind.SELECT))
        assert cache.misses == misses + 1

    def test_stays_bounded(self):
        cache = ShapeCache(size=64)
        for number in range(10_000):
            cache.get(number, lambda: Shape("", Kind.SELECT))
        assert len(cache) <= 64
