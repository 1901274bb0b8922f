"""Snippets: one text, both colours, and the async program that it stands for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from anyio.from_thread import BlockingPortal, start_blocking_portal

from steps.snippets import Snippet


@pytest.fixture(scope="module")
def portal() -> Iterator[BlockingPortal]:
    with start_blocking_portal() as open_portal:
        yield open_portal


class Rows:
    """Can be looped over in one colour or the other, as a query can."""

    async def __aiter__(self) -> AsyncIterator[int]:
        for number in (1, 2, 3):
            yield number

    async def all(self) -> list[int]:
        return [1, 2, 3]

    def limit(self, count: int) -> Rows:
        assert count
        return self


async def double(number: int) -> int:
    return 2 * number


def run(source: str, portal: BlockingPortal, **names: Any) -> tuple[Any, Snippet]:
    snippet = Snippet(source)
    return snippet.run_awaiting(names, portal), snippet


@pytest.mark.parametrize(
    ("source", "result"),
    [
        ("1 + 1", 2),
        ("a = 1\nb = 2\n(a, b)", (1, 2)),
        ("a = 1", None),
        ("", None),
        ("[n for n in (1, 2) if n > 1]", [2]),
        ("sum(n for n in (1, 2))", 3),
        ("total = 0\nfor n in (1, 2):\n    total += n\ntotal", 3),
        ("def twice(n):\n    return 2 * n\n\ntwice(4)", 8),
        ("class Point:\n    x = int('3')\n\nPoint.x", 3),
    ],
)
def test_plain_python_gives_the_same_in_both_colours(
    source: str, result: object, portal: BlockingPortal
) -> None:
    assert Snippet(source).run({}) == result
    assert run(source, portal)[0] == result


@pytest.mark.parametrize(
    ("source", "result", "written"),
    [
        ("double(2)", 4, "await double(2)"),
        ("double(double(2))", 8, "await double(await double(2))"),
        ("rows.limit(3).all()", [1, 2, 3], "await rows.limit(3).all()"),
        ("[n for n in rows]", [1, 2, 3], "[n async for n in rows]"),
        ("[n for n in rows.all()]", [1, 2, 3], "[n for n in await rows.all()]"),
        (
            "n = 0\nfor n in rows.limit(1):\n    pass\nn",
            3,
            "n = 0\nasync for n in rows.limit(1):\n    pass\nn",
        ),
        ("len(rows.all())", 3, "len(await rows.all())"),
        ("a = double(1)\nb = double(a)\nb", 4, "a = await double(1)\nb = await double(a)\nb"),
    ],
)
def test_what_can_be_awaited_is_awaited_and_written_so(
    source: str, result: object, written: str, portal: BlockingPortal
) -> None:
    given, snippet = run(source, portal, rows=Rows(), double=double)
    assert given == result
    assert snippet.awaited == written


def test_names_are_kept_for_the_next_snippet(portal: BlockingPortal) -> None:
    names: dict[str, Any] = {"double": double}
    Snippet("found = double(3)").run_awaiting(names, portal)
    assert Snippet("found + 1").run(names) == 7


@pytest.mark.parametrize("colour", ["sync", "aio"])
def test_an_error_points_to_the_line_of_the_feature(colour: str, portal: BlockingPortal) -> None:
    snippet = Snippet("one = 1\none / 0", "some.feature", line=40)
    with pytest.raises(ZeroDivisionError) as caught:
        snippet.run({}) if colour == "sync" else snippet.run_awaiting({}, portal)
    assert ("some.feature", 41) in [(str(entry.path), entry.lineno + 1) for entry in caught.traceback]


def test_a_loop_may_end_early(portal: BlockingPortal) -> None:
    source = "seen = []\nfor n in rows:\n    seen.append(n)\n    break\nseen"
    assert run(source, portal, rows=Rows())[0] == [1]
