"""Requests whose answers are read in another way than the session's.

How an answer is read is decided by the protocol handler, which belongs to the session, and that may be the
application's. But each request carries the handler that it is read with, so a request of ours, which the application
never sees, is given another one.
"""

from __future__ import annotations

from typing import Any

from cassandra.cluster import _NOT_SET
from cassandra.protocol import ResultMessage


def reading(handler: Any, result: type[Any]) -> Any:
    """Return a protocol handler that is the given one, but reads results with this message class."""

    class _Handler(handler):  # type: ignore[misc]
        message_types_by_opcode = {  # noqa: RUF012 - as the driver's own has it
            **handler.message_types_by_opcode,
            ResultMessage.opcode: result,
        }

    return _Handler


def execute_with(
    handler: Any,
    session: Any,
    query: Any,
    *,
    execution_profile: Any,
    timeout: Any = _NOT_SET,
    paging_state: bytes | None = None,
    trace: bool = False,
) -> Any:
    """Do what the session's `execute_async` does, with a protocol handler for this request alone."""
    create = session._create_response_future  # noqa: SLF001 - the public method takes no handler
    future = create(query, None, trace, {}, timeout, execution_profile, paging_state, None)
    future._protocol_handler = handler  # noqa: SLF001
    session._on_request(future)  # noqa: SLF001
    future.send_request()
    return future
