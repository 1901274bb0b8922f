"""What a step can say to the living document: the `livingdoc` fixture, which is silent when nothing is recorded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

from coodie.livingdoc import adapters, evidence
from coodie.livingdoc.records import HTTP
from coodie.livingdoc.statement_log import HEADER, VARIABLE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from coodie.livingdoc.records import Evidence


class Sink(Protocol):
    """Who records: where the project, its images and its servers' statement log are, and what is running."""

    root: Path
    images: Path
    log: Path

    @property
    def step_id(self) -> str | None:
        """The id of the running step."""
        ...

    def attach(self, evidence: Evidence) -> None:
        """Take evidence for the running step."""
        ...

    def sent(self, kind: str, text: str, make: Callable[[], adapters.Record]) -> None:
        """Take something that was sent during the running step."""
        ...

    def set_meta(self, key: str, value: str) -> None:
        """Take a fact about the environment."""
        ...


class LivingDoc:
    """Attaches evidence to the running step; every method does nothing when no document is being recorded.

    One object lasts for the session, so that fixtures of any scope may keep it.
    """

    def __init__(self, sink: Sink | None = None) -> None:
        self._sink = sink

    @property
    def enabled(self) -> bool:
        """Whether anything is recorded."""
        return self._sink is not None

    @property
    def step_id(self) -> str | None:
        """The opaque id of the running step (or of the fixtures around the steps); `None` outside a scenario."""
        return None if self._sink is None else self._sink.step_id

    @property
    def headers(self) -> dict[str, str]:
        """The HTTP headers by which a server learns for which step it works; send them with every request."""
        step = self.step_id
        return {} if step is None else {HEADER: step}

    @property
    def environment(self) -> dict[str, str]:
        """The environment variables that make a server, when started with them, write its statements down."""
        return {} if self._sink is None else {VARIABLE: str(self._sink.log)}

    def attach_text(self, name: str, text: str, media_type: str = "text/plain") -> None:
        """Show a text under the running step; JSON is indented, `text/x-<language>` is highlighted."""
        if self._sink is not None:
            self._sink.attach(evidence.text(name, text, media_type))

    def attach_image(self, name: str, data: bytes, media_type: str = "image/png") -> None:
        """Show an image with `name` as its caption."""
        if self._sink is not None:
            self._sink.attach(evidence.image(name, data, self._sink.images, media_type))

    def attach_http(
        self,
        method: str,
        url: str,
        status: int,
        *,
        request: str = "",
        response: str = "",
        media_type: str = "",
        ms: float | None = None,
    ) -> None:
        """Show an HTTP exchange; `request` and `response` are bodies, `media_type` that of the response."""
        if self._sink is not None:
            make = partial(
                adapters.exchange,
                *(method, url, status),
                request=request,
                response=response,
                media_type=media_type,
                ms=ms,
            )
            self._sink.sent(HTTP, f"{method} {url}", make)

    def attach_model(self, subject: type | Path) -> None:
        """Show the source code of a model class, or of a file, beside the scenario."""
        if self._sink is not None:
            self._sink.attach(evidence.model(subject, self._sink.root))

    def set_meta(self, key: str, value: str) -> None:
        """State a fact about the environment, such as `server` or `driver`; it stands at the head of the page."""
        if self._sink is not None:
            self._sink.set_meta(key, value)
