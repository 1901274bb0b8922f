"""Runs that did the same: both colours usually send the same statements, and a reader wants to see them once.

Evidence counts as the same when it differs only in what must differ: time, connection, driver, coordinator, and the
name of the keyspace, of which each colour and driver has its own.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from coodie.livingdoc.records import HTTP, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.model import Proof, StepResult

_MAY_DIFFER = {"ms", "started", "connection", "driver", "coordinator", "keyspace"}


class Same(NamedTuple):
    """The runs (by position) that share a result, and that of the first of them."""

    runs: tuple[int, ...]
    result: StepResult


def group(results: Sequence[tuple[int, StepResult]]) -> list[Same]:
    """Put results together that tell the same; the order of first appearance is kept."""
    groups: dict[tuple[object, ...], list[tuple[int, StepResult]]] = {}
    for run, result in results:
        key = (result.status, result.message, *(_signature(proof) for proof in result.proofs))
        groups.setdefault(key, []).append((run, result))
    return [Same(tuple(run for run, _ in members), members[0][1]) for members in groups.values()]


def _signature(proof: Proof) -> tuple[str, str, str]:
    if proof.media not in {STATEMENT, HTTP}:
        return proof.media, proof.name, proof.body if isinstance(proof.body, str) else json.dumps(proof.body)
    kept = {key: value for key, value in proof.body.items() if key not in _MAY_DIFFER}
    text = json.dumps(kept, sort_keys=True)
    keyspace = proof.body.get("keyspace")
    return proof.media, proof.name, text.replace(keyspace, "·") if keyspace else text
