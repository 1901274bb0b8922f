"""Rows that are decoded when they are asked for are the rows of the page, in whatever order they are asked for."""

from __future__ import annotations

import io
import struct
from typing import Any

import pytest
from cassandra.cqltypes import Int32Type, UTF8Type
from cassandra.protocol import ProtocolHandler, ResultMessage
from hypothesis import given
from hypothesis import strategies as st

from coodie.drivers.cassandra_streamed import StreamedRows, streaming_handler
from coodie.exceptions import CoodieError

COLUMNS = [("k", "t", "number", Int32Type), ("k", "t", "name", UTF8Type)]
ROWS = st.lists(
    st.tuples(st.none() | st.integers(-(2**31), 2**31 - 1), st.none() | st.text(max_size=5)), max_size=20
)
PLACES = st.none() | st.integers(-25, 25)
SLICES = st.lists(st.builds(slice, PLACES, PLACES, st.sampled_from([None, 1, 2, -1])), max_size=8)


def _cell(value: bytes | None) -> bytes:
    return struct.pack(">i", -1) if value is None else struct.pack(">i", len(value)) + value


def _page(rows: list[tuple[int | None, str | None]]) -> StreamedRows:
    """Read a page as the driver does: the metadata that is left out, then the number of rows, then the cells."""
    body = struct.pack(">iii", 4, len(COLUMNS), len(rows)) + b"".join(
        _cell(None if number is None else struct.pack(">i", number))
        + _cell(None if name is None else name.encode())
        for number, name in rows
    )
    kind: Any = streaming_handler(ProtocolHandler).message_types_by_opcode[ResultMessage.opcode]
    message = kind(2)
    message.recv_results_rows(io.BytesIO(body), 5, {}, COLUMNS, None)
    found = message.parsed_rows
    assert isinstance(found, StreamedRows)
    return found


@given(ROWS, SLICES)
def test_rows_asked_for_in_any_order_are_those_of_a_list(
    rows: list[tuple[int | None, str | None]], slices: list[slice]
) -> None:
    """Slices that follow each other, overlap, go back, or take every second row."""
    page = _page(rows)
    assert len(page) == len(rows)
    assert [page[each] for each in slices] == [rows[each] for each in slices]
    assert list(page) == rows


@given(ROWS, st.integers(1, 7))
def test_stretch_after_stretch_gives_all_rows(rows: list[tuple[int | None, str | None]], size: int) -> None:
    """What a stream does; somebody who looks at the first rows between two of them disturbs nothing."""
    page = _page(rows)
    found = []
    for first in range(0, len(page), size):
        found += page[first : first + size]
        assert page[:2] == rows[:2]
    assert found == rows


def test_a_row_that_cannot_be_decoded_is_an_error_of_ours() -> None:
    """The rows before it are there."""
    body = (
        struct.pack(">iii", 4, len(COLUMNS), 2)
        + _cell(struct.pack(">i", 1))
        + _cell(b"a")
        + _cell(b"123")
        + _cell(b"b")
    )
    kind: Any = streaming_handler(ProtocolHandler).message_types_by_opcode[ResultMessage.opcode]
    message = kind(2)
    message.recv_results_rows(io.BytesIO(body), 5, {}, COLUMNS, None)
    assert message.parsed_rows[:1] == [(1, "a")]
    with pytest.raises(CoodieError, match="number"):
        message.parsed_rows[1:]
