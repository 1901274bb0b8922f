"""INSERT and UPDATE without what is left unset: scylladb-rs-driver has no way to say that of a parameter."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate

from coodie.cql.statement import Statement
from coodie.rows.unset import UNSET

# A quoted name may hold any character, so what separates and ends is looked for outside of quotes only.
_NAME = r'"(?:[^"]|"")*"(?!")'
_WORDS = rf'(?:{_NAME}|[^"])+?'
_INSERT = re.compile(rf"(INSERT INTO {_WORDS} )\(({_WORDS})\) VALUES \(([?, ]+)\)(.*)", re.DOTALL)
_UPDATE = re.compile(rf"(UPDATE {_WORDS} SET )({_WORDS})( WHERE .*)", re.DOTALL)
_QUOTED = re.compile(_NAME)
_ITEM = re.compile(rf'(?:{_NAME}|[^",])+')


def without_unset(statement: Statement) -> Statement:
    """Leave out the columns that an INSERT or UPDATE would leave unset, which this driver cannot say.

    What is unset elsewhere, and an UPDATE that would set nothing, stay as they are; binding refuses them.
    """
    if not any(value is UNSET for value in statement.params):
        return statement
    text = statement.shape.text
    if found := _INSERT.fullmatch(text):
        return _insert(statement, *found.groups())
    if found := _UPDATE.fullmatch(text):
        return _update(statement, *found.groups())
    return statement


def _insert(statement: Statement, head: str, columns: str, values: str, tail: str) -> Statement:
    names, markers = _items(columns), _items(values)
    gone = {place for place in range(len(names)) if statement.params[place] is UNSET}
    kept = [place for place in range(len(names)) if place not in gone]
    text = (
        f"{head}({', '.join(names[place] for place in kept)}) "
        f"VALUES ({', '.join(markers[place] for place in kept)}){tail}"
    )
    return _without(statement, text, gone)


def _update(statement: Statement, head: str, assignments: str, tail: str) -> Statement:
    items = _items(assignments)
    places = list(accumulate(map(_markers, items), initial=_markers(head)))
    unset = [
        item.endswith(" = ?") and statement.params[place] is UNSET
        for item, place in zip(items, places, strict=False)
    ]
    if all(unset):
        return statement
    text = f"{head}{', '.join(item for item, gone in zip(items, unset, strict=True) if not gone)}{tail}"
    return _without(statement, text, {place for place, gone in zip(places, unset, strict=False) if gone})


def _items(text: str) -> list[str]:
    return [item.strip() for item in _ITEM.findall(text)]


def _markers(text: str) -> int:
    return _QUOTED.sub("", text).count("?")


def _without(statement: Statement, text: str, gone: set[int]) -> Statement:
    kept = [place for place in range(len(statement.params)) if place not in gone]
    shape = statement.shape
    markers = tuple(shape.markers[place] for place in kept)
    partition = tuple((name, kept.index(place)) for name, place in shape.partition)
    return statement._replace(
        shape=replace(shape, text=text, markers=markers, partition=partition),
        params=tuple(statement.params[place] for place in kept),
    )
