"""Runs that did the same: both colours usually send the same statements, and a reader wants to see them once.

Evidence counts as the same when it differs only in what must differ: time, connection, driver, coordinator, and the
name of the keyspace, of which each colour and driver has its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coodie.livingdoc.records import HTTP, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coodie.livingdoc.model import CaseRun, Proof, StepResult

_MAY_DIFFER = {"ms", "started", "connection", "driver", "coordinator", "keyspace"}


class Same(NamedTuple):
    """The runs (by position) that share something, with what the first of them has."""

    runs: tuple[int, ...]
    result: StepResult
    proofs: list[Proof]


def group(
    runs: Sequence[CaseRun], results: Iterable[tuple[int, StepResult]], wanted: Callable[[Proof], bool]
) -> list[Same]:
    """Put runs together whose wanted evidence and whose error are the same; those without either are left out."""
    groups: dict[tuple[object, ...], list[tuple[int, StepResult, list[Proof]]]] = {}
    for run, result in results:
        found = [proof for proof in result.proofs if wanted(proof)]
        error = None if result.error is None else (result.error["type"], result.error.get("message"))
        if found or error:
            names = runs[run].keyspaces
            key = (error, *(_signature(proof, names) for proof in found)) if len(runs) > 1 else ()
            groups.setdefault(key, []).append((run, result, found))
    return [Same(tuple(run for run, *_ in of), of[0][1], of[0][2]) for of in groups.values()]


def _signature(proof: Proof, keyspaces: frozenset[str]) -> tuple[str, str, str]:
    if proof.media not in {STATEMENT, HTTP}:
        return proof.media, proof.name, proof.body if isinstance(proof.body, str) else json.dumps(proof.body)
    text = json.dumps(
        {key: value for key, value in proof.body.items() if key not in _MAY_DIFFER}, sort_keys=True
    )
    for keyspace in keyspaces:
        text = text.replace(keyspace, "·")
    return proof.media, proof.name, text
