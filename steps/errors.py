"""Refusals: which error, and its words, which name the cause and the remedy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pytest_bdd import parsers, then

from coodie.cql.statement import Statement
from coodie.exceptions import OperationError

if TYPE_CHECKING:
    from coodie.livingdoc.attach import LivingDoc
    from steps.world import World


@then(parsers.re(r"it is refused with (?P<kind>\w+)(?:, before anything is sent)?"))
def refused(world: World, livingdoc: LivingDoc, kind: str, docstring: str) -> None:
    """Compare the error's class and message; `…` stands for any words."""
    error = world.refusal
    assert error is not None, f"it was not refused, but gave {world.result!r}"
    livingdoc.attach_text(type(error).__name__, str(error))
    assert (type(error).__name__, folded(str(error), docstring)) == (kind, docstring)


@then("nothing was sent")
def nothing_sent(world: World) -> None:
    """Expect no statement since the last step that did something."""
    assert [str(each.statement) for each in world.sent] == []


@then(parsers.parse('the error keeps the statement "{cql}"'))
def keeps_statement(world: World, cql: str) -> None:
    """Look at the error's statement."""
    assert isinstance(world.refusal, OperationError)
    assert isinstance(world.refusal.statement, Statement)
    assert world.refusal.statement.cql == cql


@then("the error keeps the driver's exception as its cause")
def keeps_cause(world: World) -> None:
    """Look at the error's cause; scylladb-rs-driver calls the module of its errors just that."""
    assert world.refusal is not None
    module = type(world.refusal.__cause__).__module__.partition(".")[0]
    assert module in ("cassandra", "acsylla", "scylla", "errors")


@then("the error says that it is safe to send again")
def is_safe(world: World) -> None:
    """Look at the error's advice."""
    assert isinstance(world.refusal, OperationError)
    assert world.refusal.retry_safe


@then("the error's note is")
def note_is(world: World, docstring: str) -> None:
    """Compare what stands below the error's traceback; `…` stands for any words."""
    assert world.refusal is not None
    (note,) = world.refusal.__notes__
    assert folded(note, docstring) == docstring


def folded(message: str, pattern: str) -> str:
    """Return the pattern where the message fits it, so that a failure shows both."""
    words = " ".join(pattern.split())
    fits = re.fullmatch(".*".join(map(re.escape, words.split("…"))), " ".join(message.split()), re.DOTALL)
    return pattern if fits else message
