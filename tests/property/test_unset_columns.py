"""A statement whose unset columns are left out is the statement that was built without them, whatever its names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from property_settings import examples

from coodie.cql.insert import insert
from coodie.cql.statement import Shape, Statement
from coodie.cql.terms import Change, Op
from coodie.cql.update import update
from coodie.cql.where import Term
from coodie.cqltype import CqlType
from coodie.drivers.python_rs_text import without_unset
from coodie.rows.unset import UNSET
from coodie.schema.column import ColumnDefinition
from coodie.schema.table import Table

pytestmark = pytest.mark.property
PIECES = ['"', '""', ", ", " = ?", "?", "(", ")", ") VALUES (", " SET ", " WHERE ", "a", "\n", "é"]
NAMES = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map("".join)
CHANGES = [Change.SET, Change.PUT, Change.ADD, Change.PREPEND]
KEY = ColumnDefinition("key ?, ", "key", CqlType("int"), "partition_key", 0)
MAP = CqlType("map", (CqlType("text"), CqlType("int")))


def told(shape: Shape) -> tuple[object, ...]:
    return shape.text, shape.markers, shape.partition


@st.composite
def cases(draw: st.DrawFn) -> tuple[Table, list[tuple[ColumnDefinition, Change, bool]], bool]:
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    columns = [ColumnDefinition(name, f"field{place}", MAP) for place, name in enumerate(names)]
    table = Table("Model", draw(NAMES), (*columns, KEY))
    changes = []
    for column in columns:
        change = draw(st.sampled_from(CHANGES))
        changes.append((column, change, change is Change.SET and draw(st.booleans())))
    return table, changes, draw(st.booleans())


@examples(200)
@given(cases())
def test_an_update_is_that_of_the_other_columns(case):
    table, changes, flag = case
    terms = (Term(KEY, Op.EQ),)

    def built(chosen):
        shape = update(
            table, "ks", tuple((column, change) for column, change, _ in chosen), terms, terms, ttl=flag
        )
        values = [
            UNSET if unset else 1 for _, change, unset in chosen for _ in range(1 + (change is Change.PUT))
        ]
        return Statement(shape, (*([60] if flag else []), *values, 7, 7))

    kept = [each for each in changes if not each[2]] or changes
    expected = built(kept)
    sent = without_unset(built(changes))
    assert told(sent.shape) == told(expected.shape)
    assert sent.params == expected.params


@examples(200)
@given(cases())
def test_an_insert_is_that_of_the_other_columns(case):
    table, changes, flag = case

    def built(columns, values):
        shape = insert(table, "ks", (*columns, KEY), if_not_exists=flag, ttl=flag)
        return Statement(shape, (*values, 7, *([60] if flag else [])))

    sent = without_unset(
        built([column for column, _, _ in changes], [UNSET if unset else 1 for _, _, unset in changes])
    )
    kept = [column for column, _, unset in changes if not unset]
    expected = built(kept, [1] * len(kept))
    assert told(sent.shape) == told(expected.shape)
    assert sent.params == expected.params
