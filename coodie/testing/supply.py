"""Where the tests of this process get their server from: started here, or asked of the controller."""

from __future__ import annotations

from typing import Any

from coodie.server import Server, ServerError, start
from coodie.server.progress import quiet
from coodie.testing.broker import Broker, ask


class Supply:
    """The one server of a test run, started at the first demand."""

    def __init__(self, asked: str | None, ticket: dict[str, Any] | None = None) -> None:
        self._asked = asked
        self._ticket = ticket
        self._broker: Broker | None = None
        self._failure: ServerError | None = None
        self.server: Server | None = None

    def get(self) -> Server:
        """Return the server; a failure is remembered, so that it is waited for only once."""
        if self._failure:
            raise self._failure
        if self.server is None:
            try:
                self.server = self._obtain()
            except ServerError as error:
                self._failure = error
                raise
        return self.server

    def ticket(self) -> dict[str, Any]:
        """Return what a worker needs in order to ask this process, the controller, for the server."""
        self._broker = self._broker or Broker(self.get)
        return self._broker.ticket()

    def close(self) -> None:
        """End the server if it was started here."""
        if self._broker:
            self._broker.close()
        if self.server and self._ticket is None:
            self.server.stop()

    def _obtain(self) -> Server:
        if self._ticket is not None:
            return ask(self._ticket)
        return start(self._asked, profile="test", report=quiet)
