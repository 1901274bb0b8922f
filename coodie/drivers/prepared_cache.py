"""Prepared statements of one connection: each text prepared once, however many ask for it first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Generic, TypeVar

P = TypeVar("P")
MOST_PREPARED = 2048


class PreparedCache(Generic[P]):
    """Texts to prepared statements, bounded; concurrent first calls share one PREPARE.

    `prepare` sends it, `wrap` adds to the driver's own object what its parameters need.
    """

    def __init__(self, prepare: Callable[[str], Any], wrap: Callable[[Any], P]) -> None:
        self._prepare, self._wrap = prepare, wrap
        self._done: dict[str, P] = {}
        self._coming: dict[str, Future[P]] = {}
        self._lock = threading.Lock()

    def known(self, text: str) -> P | None:
        """Return what is prepared already."""
        return self._done.get(text)

    def forget(self) -> None:
        """Prepare every text anew when it is next needed: a type that it mentions has changed."""
        with self._lock:
            self._done.clear()

    def get(self, text: str) -> P:
        """Prepare a text, or wait for whoever does."""
        return self._done.get(text) or self._share(text)

    def _share(self, text: str) -> P:
        with self._lock:
            if text in self._done:
                return self._done[text]
            coming = self._coming.get(text)
            mine = coming is None
            if coming is None:
                coming = Future()
                self._coming[text] = coming
        if not mine:
            return coming.result()
        try:
            prepared = self._wrap(self._prepare(text))
        except BaseException as error:
            with self._lock:
                del self._coming[text]
            coming.set_exception(error)
            raise
        with self._lock:
            if len(self._done) >= MOST_PREPARED:
                for old in list(self._done)[: MOST_PREPARED // 2]:
                    del self._done[old]
            self._done[text] = prepared
            del self._coming[text]
        coming.set_result(prepared)
        return prepared
