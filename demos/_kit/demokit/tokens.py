"""Page tokens: the server's paging state, signed and bound to the question it belongs to."""

from __future__ import annotations

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer

WRONG = (
    "This page token does not belong to this list: it was cut, or made for another search or by an earlier run. "
    "Leave the token out to start at the first page."
)


class PageTokenError(ValueError):
    """A page token that is not ours, or belongs to another list."""

    def __init__(self) -> None:
        super().__init__(WRONG)


class PageTokens:
    """Turn paging states into tokens that may stand in a URL, and back."""

    def __init__(self, secret_key: str) -> None:
        self._secret_key = secret_key

    def write(self, state: bytes | None, *question: Any) -> str | None:
        """Sign a paging state together with the question that it continues; `None` on the last page."""
        return None if state is None else self._serializer(question).dumps(state.hex())

    def read(self, token: str | None, *question: Any) -> bytes | None:
        """Return the paging state of a token; `PageTokenError` when it is not for this question."""
        if not token:
            return None
        try:
            return bytes.fromhex(self._serializer(question).loads(token))
        except BadSignature as wrong:
            raise PageTokenError from wrong

    def _serializer(self, question: tuple[Any, ...]) -> URLSafeSerializer:
        return URLSafeSerializer(self._secret_key, salt=f"demokit.page:{question!r}")
