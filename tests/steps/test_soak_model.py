"""The model of a long run: it agrees with every store that keeps its promises, and with none that breaks one."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as draw

from coodie.exceptions import (
    OperationError,
    ServerRejected,
    Timeout,
    Unavailable,
    VersionConflict,
    WriteTimeout,
)
from steps.soak_ledger import Ledger
from steps.soak_load import outcome_of
from steps.soak_model import Chain, Claim, Outcome, Row, Tally, Twin

ACKNOWLEDGED, REFUSED, UNKNOWN = Outcome.ACKNOWLEDGED, Outcome.REFUSED, Outcome.UNKNOWN
State = Any
# What a write does to a row, whether the program is told, and whether it is applied where it is not told.
WRITES = draw.tuples(
    draw.sampled_from(("save", "change", "delete")), draw.sampled_from(Outcome), draw.booleans()
)


def change_of(kind: str, number: int) -> Callable[[Hashable], Hashable]:
    match kind:
        case "save":
            return lambda _: (f"name {number}", number)
        case "change":
            return lambda state: None if state is None else (state[0], number)  # type: ignore[index]
        case _:
            return lambda _: None


def written(row: Row, *outcomes: tuple[str, Outcome]) -> Row:
    for number, (kind, outcome) in enumerate(outcomes):
        row.begin(f"{kind} {number}", change_of(kind, number))
        row.end(outcome)
    return row


def store(row: Row, writes: list[tuple[str, Outcome, bool]]) -> State:
    """Apply writes to a row that keeps its promises; return its state."""
    state: State = None
    for number, (kind, outcome, lucky) in enumerate(writes):
        change = change_of(kind, number)
        row.begin(f"{kind} {number}", change)
        if outcome is ACKNOWLEDGED or (outcome is UNKNOWN and lucky):
            state = change(state)
        row.end(outcome)
    return state


@given(draw.lists(WRITES, max_size=12))
def test_what_a_faithful_store_holds_is_possible(writes: list[tuple[str, Outcome, bool]]) -> None:
    row = Row()
    assert row.problems(store(row, writes)) == []


@given(draw.lists(WRITES, max_size=12), draw.integers(1000, 2000))
def test_a_lost_write_is_found(writes: list[tuple[str, Outcome, bool]], number: int) -> None:
    row = Row()
    before = store(row, writes)
    row.begin("save", change_of("save", number))
    row.end(ACKNOWLEDGED)
    assert row.problems((f"name {number}", number)) == []
    assert row.problems(before)
    assert row.problems(None) == [f"the row is lost: ('name {number}', {number})"]


@given(draw.lists(WRITES, max_size=12))
def test_a_row_that_comes_back_is_found(writes: list[tuple[str, Outcome, bool]]) -> None:
    row = Row()
    store(row, [*writes, ("save", ACKNOWLEDGED, True)])
    (before,) = row.possible
    row.begin("delete", change_of("delete", 0))
    row.end(ACKNOWLEDGED)
    assert row.problems(None) == []
    assert row.problems(before) == [f"the row is {before!r}, and should be None"]


@given(draw.lists(WRITES, max_size=12))
def test_a_refused_write_that_is_there_is_found(writes: list[tuple[str, Outcome, bool]]) -> None:
    row = Row()
    store(row, [*writes, ("save", REFUSED, False)])
    number = len(writes)
    assert row.problems((f"name {number}", number))


def test_after_a_write_of_unknown_outcome_both_are_possible_until_the_next() -> None:
    row = written(Row(), ("save", ACKNOWLEDGED), ("save", UNKNOWN))
    assert row.possible == {("name 0", 0), ("name 1", 1)}
    written(row, ("delete", ACKNOWLEDGED))
    assert row.possible == {None}


def test_a_change_of_one_column_keeps_what_is_unknown_of_the_other() -> None:
    row = written(Row(), ("save", ACKNOWLEDGED), ("save", UNKNOWN))
    row.begin("change", change_of("change", 7))
    row.end(ACKNOWLEDGED)
    assert row.possible == {("name 0", 7), ("name 1", 7)}


def test_a_write_that_is_under_way_may_be_there() -> None:
    row = written(Row(), ("save", ACKNOWLEDGED))
    row.begin("delete", change_of("delete", 1))
    assert row.problems(None) == row.problems(("name 0", 0)) == []
    assert row.settled is None


def test_half_a_batch_is_found() -> None:
    twin = Twin()
    for number, outcome in ((1, ACKNOWLEDGED), (2, UNKNOWN)):
        twin.begin("save", lambda _, number=number: number)
        twin.end(outcome)
    assert twin.problems((1, 1)) == twin.problems((2, 2)) == []
    assert twin.problems((1, 2)) == ["half a batch: one table has 1, the other 2"]
    assert twin.problems((1, None)) == ["half a batch: one table has 1, the other None"]
    assert twin.problems(None) == ["the row is lost: 1 or 2"]


def claimed(*outcomes: tuple[str, Outcome], existing: str | None = None) -> Claim:
    claim = Claim()
    for token, outcome in outcomes:
        claim.begin(token)
        claim.end(token, outcome, existing=existing if outcome is REFUSED else None)
    return claim


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (claimed(), None),
        (claimed(("a", ACKNOWLEDGED), ("b", REFUSED), existing="a"), "a"),
        (claimed(("a", UNKNOWN), ("b", REFUSED), existing="a"), "a"),
        (claimed(("a", UNKNOWN), ("b", UNKNOWN)), "b"),
        (claimed(("a", UNKNOWN)), None),
        (claimed(("a", REFUSED)), None),
    ],
)
def test_a_claim_that_one_has_won_is_possible(claim: Claim, found: str | None) -> None:
    assert claim.problems(found) == []


@pytest.mark.parametrize(
    ("claim", "found"),
    [
        (claimed(("a", ACKNOWLEDGED), ("b", ACKNOWLEDGED)), "a"),
        (claimed(("a", ACKNOWLEDGED)), None),
        (claimed(("a", ACKNOWLEDGED), ("b", UNKNOWN)), "b"),
        (claimed(("a", REFUSED)), "a"),
        (claimed(("a", UNKNOWN)), "nobody"),
        (claimed(("a", REFUSED), existing="b"), None),
        (claimed(("a", UNKNOWN), ("c", UNKNOWN), ("b", REFUSED), existing="a"), "c"),
    ],
)
def test_a_claim_that_two_or_the_wrong_one_have_is_found(claim: Claim, found: str | None) -> None:
    assert len(claim.problems(found)) == 1


def chained(**outcomes: Outcome) -> Chain:
    chain = Chain()
    for token, outcome in outcomes.items():
        chain.begin(token)
        chain.end(token, outcome)
    return chain


@given(draw.lists(draw.tuples(draw.sampled_from(Outcome), draw.booleans()), max_size=12), draw.randoms())
def test_edits_that_were_applied_once_each_are_possible(
    edits: list[tuple[Outcome, bool]], random: Random
) -> None:
    outcomes = {f"e{number}": outcome for number, (outcome, _) in enumerate(edits)}
    applied = [
        f"e{number}"
        for number, (outcome, lucky) in enumerate(edits)
        if outcome is ACKNOWLEDGED or (outcome is UNKNOWN and lucky)
    ]
    random.shuffle(applied)
    assert chained(**outcomes).problems((len(applied), " ".join(applied))) == []


@pytest.mark.parametrize(
    ("text", "revision", "what"),
    [
        ("a", 1, "['b'] were acknowledged and are lost"),
        ("a b a", 3, "['a'] stand there more than once"),
        ("a b c", 3, "['c'] were refused and stand there"),
        ("a b x", 3, "['x'] stand there and nobody wrote them"),
        ("a b", 3, "the revision is 3, of 2 edits"),
    ],
)
def test_an_edit_that_is_lost_or_applied_twice_is_found(text: str, revision: int, what: str) -> None:
    chain = chained(a=ACKNOWLEDGED, b=ACKNOWLEDGED, c=REFUSED, d=UNKNOWN)
    assert chain.problems((revision, text)) == [what]


def test_a_counter_lies_between_what_was_acknowledged_and_what_was_sent() -> None:
    tally = Tally()
    for delta, outcome in ((1, ACKNOWLEDGED), (10, UNKNOWN), (100, REFUSED)):
        tally.begin(delta)
        tally.end(delta, outcome)
    assert [bool(tally.problems(found)) for found in (0, 1, 11, 12)] == [True, False, False, True]


class TestLedger:
    def test_a_difference_names_the_seed_the_row_and_its_history(self) -> None:
        ledger = Ledger(42)
        written(ledger.record("article", 7), ("save", ACKNOWLEDGED), ("delete", UNKNOWN))
        assert ledger.compare("article", {}, "at ALL") == 1
        assert ledger.differences == []
        ledger.compare("article", {7: ("x", 1)}, "at ALL")
        (told,) = ledger.differences
        assert "seed 42: article 7 at ALL: the row is ('x', 1), and should be ('name 0', 0) or None" in told
        assert "acknowledged: save 0" in told
        assert "unknown: delete 1" in told

    def test_a_row_that_nobody_wrote_is_found(self) -> None:
        ledger = Ledger(42)
        ledger.compare("article", {7: ("x", 1)}, "at ALL")
        assert ledger.differences == ["seed 42: article 7 at ALL: nobody wrote ('x', 1)"]

    def test_a_scan_is_compared_with_rows_that_nobody_wrote_meanwhile(self) -> None:
        ledger = Ledger(42)
        for number in (1, 2, 3):
            written(ledger.record("article", number), ("save", ACKNOWLEDGED))
        ledger.record("article", 3).begin("save", change_of("save", 9))
        marks = ledger.settled("article")
        assert set(marks) == {1, 2}
        written(ledger.record("article", 2), ("delete", ACKNOWLEDGED))
        ledger.compare_settled("article", marks, {}, "in a scan")
        assert [told.partition(":")[2].partition(":")[0] for told in ledger.differences] == [
            " article 1 in a scan"
        ]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (Unavailable("too few"), REFUSED),
        (ServerRejected("no"), REFUSED),
        (VersionConflict("later"), REFUSED),
        (Timeout("late"), UNKNOWN),
        (WriteTimeout("late"), UNKNOWN),
        (OperationError("odd"), UNKNOWN),
    ],
)
def test_what_an_error_says_of_a_write(error: Exception, outcome: Outcome) -> None:
    assert outcome_of(error) is outcome


def test_an_error_that_is_not_of_the_wire_ends_the_run() -> None:
    with pytest.raises(ZeroDivisionError):
        outcome_of(ZeroDivisionError())
