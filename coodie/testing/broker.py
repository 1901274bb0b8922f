"""One server for all processes of a test run: the controller starts it when the first worker asks.

The controller of pytest-xdist owns the server, so it lives exactly as long as the run, whichever worker ends
first; and a run in which nobody asks starts nothing.
"""

from __future__ import annotations

import json
import secrets
import threading
from multiprocessing.connection import Client, Connection, Listener
from typing import TYPE_CHECKING, Any

from coodie.server import Server, ServerError

if TYPE_CHECKING:
    from collections.abc import Callable


class Broker:
    """Answers the workers' question for the server's address; all of them get the same answer."""

    def __init__(self, supply: Callable[[], Server]) -> None:
        self._supply = supply
        self._lock = threading.Lock()
        self._key = secrets.token_bytes(32)
        self._listener = Listener(("127.0.0.1", 0), authkey=self._key)
        threading.Thread(target=self._serve, name="coodie-broker", daemon=True).start()

    def ticket(self) -> dict[str, Any]:
        """Return what a worker needs in order to ask."""
        host, port = self._listener.address
        return {"host": host, "port": port, "key": self._key.hex()}

    def close(self) -> None:
        """Take no more questions."""
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                connection = self._listener.accept()
            except (EOFError, ConnectionError):
                continue
            except OSError:
                return
            threading.Thread(target=self._answer, args=(connection,), daemon=True).start()

    def _answer(self, connection: Connection[Any, Any]) -> None:
        with connection, self._lock:
            try:
                answer: dict[str, Any] = {"server": self._supply().to_dict()}
            except ServerError as error:
                answer = {"problem": error.problem, "remedy": error.remedy}
            # As text: what `send` writes is unpickled by who reads it.
            connection.send_bytes(json.dumps(answer).encode())


def ask(ticket: dict[str, Any]) -> Server:
    """Ask the controller for the server; wait while it starts."""
    address = (ticket["host"], ticket["port"])
    with Client(address, authkey=bytes.fromhex(ticket["key"])) as connection:
        answer: dict[str, Any] = json.loads(connection.recv_bytes())
    if "server" in answer:
        return Server.from_dict(answer["server"])
    raise ServerError(answer["problem"], answer["remedy"])
