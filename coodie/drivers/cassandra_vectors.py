"""Vectors of floats left packed by cassandra-driver and scylla-driver, on their way in and out.

The drivers make a Python object of every element in a loop: 150 µs for 768 of them. So what we prepare takes and gives
a type of ours, and the protocol handler that belongs to it reads answers with that.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from cassandra.cqltypes import FloatType, VectorType
from cassandra.protocol import ResultMessage
from cassandra.query import PreparedStatement

from coodie.drivers.cassandra_handlers import reading


class PackedVectorType(VectorType):  # type: ignore[misc]
    """A vector of floats whose Python value is the packed bytes."""

    @classmethod
    def deserialize(cls, byts: bytes, protocol_version: int) -> bytes:  # noqa: ARG003
        """Give the bytes as they are."""
        return byts

    @classmethod
    def serialize(cls, v: bytes, protocol_version: int) -> bytes:  # noqa: ARG003
        """Take the bytes as they are."""
        return v


@lru_cache(maxsize=1024)
def _packed_type(size: int) -> type[PackedVectorType]:
    return type("PackedVectorType", (PackedVectorType,), {"vector_size": size, "subtype": FloatType})


def _exchanged(kind: Any) -> Any:
    if issubclass(kind, VectorType) and kind.subtype is FloatType:
        return _packed_type(kind.vector_size)
    return kind


def bind_packed(statement: PreparedStatement) -> None:
    """Let a prepared statement of ours take packed vectors as parameters."""
    if any(_exchanged(column.type) is not column.type for column in statement.column_metadata):
        statement.column_metadata = [
            column._replace(type=_exchanged(column.type)) for column in statement.column_metadata
        ]


def reads_vectors(statement: PreparedStatement) -> bool:
    """Tell whether a prepared statement's rows hold vectors of floats; where they do, read them packed."""
    known = statement.result_metadata
    packed = _all_packed(known) if known else known
    if packed == known:
        return False
    # scylla-driver leaves metadata out of its answers, reads this instead, and has a method to replace it.
    replace = getattr(statement, "update_result_metadata", None)
    if replace is None:
        statement.result_metadata = packed
    else:
        replace(packed, statement.result_metadata_id)
    return True


def _all_packed(columns: Any) -> list[tuple[Any, ...]]:
    return [(*column[:3], _exchanged(column[3])) for column in columns]


@lru_cache
def packed_handler(handler: Any) -> Any:
    """Return a protocol handler that reads as the given one does, but leaves vectors packed."""
    kind = handler.message_types_by_opcode[ResultMessage.opcode]

    class _PackedResult(kind):  # type: ignore[misc, valid-type]  # the underscore keeps it out of the driver's registry
        column_metadata: Any

        def recv_results_metadata(self, *arguments: Any) -> None:
            super().recv_results_metadata(*arguments)
            if self.column_metadata:
                self.column_metadata = _all_packed(self.column_metadata)

    return reading(handler, _PackedResult)
