"""What turns the rows of one statement into documents, compiled once: tuples to dictionaries to validated documents.

A generated function makes a dictionary of each tuple, codecs applied and null collections emptied; one call of pydantic
then validates the whole page. Where the annotations and the result's types prove that validation could change nothing,
`coodie.rows.proven` makes the documents from the same expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

from pydantic import BaseModel, TypeAdapter

from coodie.cqltype import CqlType
from coodie.rows.proven import is_proven, proven_builder
from coodie.rows.rows import Decoder
from coodie.rows.usertype_row import UserTypeRow
from coodie.schema.column import ColumnDefinition
from coodie.schema.inspect import table_of

Tuples = Sequence[tuple[Any, ...]]
_EMPTY = {"list": "[]", "set": "set()", "map": "{}"}


class Reader:
    """Turns tuples into documents of one model.

    `validated` is the plain way; `proven`, where there is one, gives equal documents without validating. What was null
    counts as not set, so that saving the document again writes no tombstone.
    """

    __slots__ = ("_nullable", "_nulls", "_required", "proven", "validated")

    def __init__(
        self,
        validated: Callable[[Tuples], list[Any]],
        proven: Callable[[Tuples], list[Any]] | None,
        nulls: Callable[[Tuples], list[int]],
        columns: Sequence[ColumnDefinition],
    ) -> None:
        self.validated, self.proven, self._nulls = validated, proven, nulls
        self._nullable = [(place, column.field) for place, column in enumerate(columns) if not column.in_key]
        self._required = [
            place
            for place, column in enumerate(columns)
            if not (column.in_key or column.nullable or column.type.is_collection)
        ]

    def __call__(self, tuples: Tuples) -> list[Any]:
        """Return a document per tuple."""
        nulls = self._nulls(tuples)
        proven = self.proven
        if (
            proven is not None
            and nulls
            and any(tuples[n][place] is None for n in nulls for place in self._required)
        ):
            proven = None  # null where the model has no null: it has a default, or the page is refused
        documents = self.validated(tuples) if proven is None else proven(tuples)
        for number in nulls:
            row, chosen = tuples[number], documents[number].__pydantic_fields_set__
            for place, field in self._nullable:
                if row[place] is None:
                    chosen.discard(field)
        return documents


@lru_cache(maxsize=2048)
def compile_reader(
    model: type[BaseModel],
    columns: tuple[str, ...],
    types: tuple[CqlType, ...],
    decoder: Callable[[CqlType], Decoder | None],
) -> Reader:
    """Compile the reader of a model's rows with these columns, types and codecs."""
    by_name = {column.name: column for column in table_of(model).columns}
    chosen = [by_name[name] for name in columns]
    names: dict[str, Any] = {"UserTypeRow": UserTypeRow}
    sources = []
    for place, (column, cql) in enumerate(zip(chosen, types, strict=True)):
        decode = column.read or decoder(cql)
        if decode is not None:
            names[f"d{place}"] = decode
        sources.append(_expression(place, column, decoded=decode is not None))
    row = ", ".join(f"c{place}" for place in range(len(chosen)))
    validate = _adapter(model).validate_python
    build = compiled(model, _dictionaries(row, chosen, sources), names)

    def validated(tuples: Tuples) -> list[Any]:
        documents: list[Any] = validate(build(tuples))
        return documents

    values = [f"c{place} is None" for place, column in enumerate(chosen) if not column.in_key]
    test = f"[n for n, ({row},) in enumerate(rows) if {' or '.join(values)}]" if values else "[]"
    proven = None
    if is_proven(model, chosen, types):
        proven = compiled(model, *proven_builder(model, row, chosen, sources, names))
    return Reader(
        validated,
        proven,
        compiled(model, f"def build(rows):\n  return {test}\n", {}),
        chosen,
    )


@lru_cache(maxsize=1024)
def _adapter(model: type[BaseModel]) -> TypeAdapter[list[Any]]:
    return TypeAdapter(list[model])  # type: ignore[valid-type]


def compiled(model: type[BaseModel], source: str, names: dict[str, Any]) -> Callable[[Tuples], list[Any]]:
    """Execute the source of a function `build` that was written from `repr()`s and positions alone."""
    scope = dict(names)
    exec(compile(source, f"<reader of {model.__name__}>", "exec"), scope)  # noqa: S102 - written here
    build: Callable[[Tuples], list[Any]] = scope["build"]
    return build


def _dictionaries(row: str, columns: list[ColumnDefinition], sources: list[str]) -> str:
    entries, optional = [], []
    for place, (column, source) in enumerate(zip(columns, sources, strict=True)):
        if not column.nullable and column.has_default and not column.type.is_collection:
            # Null in a column that must have a value, but has a default: the model's default stands in.
            optional.append(f"    if c{place} is not None: row[{column.alias!r}] = {source}\n")
        else:
            entries.append(f"{column.alias!r}: {source}")
    literal = "{" + ", ".join(entries) + "}"
    if not optional:
        return f"def build(rows):\n  return [{literal} for {row}, in rows]\n"
    return (
        f"def build(rows):\n  result = []\n  for {row}, in rows:\n"
        f"    row = {literal}\n{''.join(optional)}    result.append(row)\n  return result\n"
    )


def _expression(place: int, column: ColumnDefinition, *, decoded: bool) -> str:
    value = f"d{place}(c{place})" if decoded else f"c{place}"
    if column.type.user and not column.nullable:
        # All its fields null is the same to the server as no value; the model decides whether that may be.
        return f"UserTypeRow() if c{place} is None else {value}"
    if column.type.is_collection:
        return f"{_EMPTY[column.type.name]} if c{place} is None else {value}"
    return f"None if c{place} is None else {value}" if decoded else value
