"""INSERT without the columns that are left unset: scylladb-rs-driver has no way to say that of a parameter."""

from __future__ import annotations

import re
from dataclasses import replace

from coodie.cql.statement import Statement
from coodie.rows.unset import UNSET

_INSERT = re.compile(r"(INSERT INTO .+? )\((.+?)\) VALUES \((.+?)\)(.*)", re.DOTALL)


def without_unset(statement: Statement) -> Statement:
    """Leave the columns out that an INSERT would leave unset, which this driver cannot say."""
    if not any(value is UNSET for value in statement.params):
        return statement
    match = _INSERT.fullmatch(statement.shape.text)
    if match is None:
        return statement
    names, markers = match[2].split(", "), match[3].split(", ")
    kept = [place for place, value in enumerate(statement.params) if value is not UNSET]
    within = [place for place in kept if place < len(names)]
    text = (
        f"{match[1]}({', '.join(names[place] for place in within)}) "
        f"VALUES ({', '.join(markers[place] for place in within)}){match[4]}"
    )
    shape = statement.shape
    return statement._replace(
        shape=replace(shape, text=text, markers=tuple(shape.markers[place] for place in kept)),
        params=tuple(statement.params[place] for place in kept),
    )
