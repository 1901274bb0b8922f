"""Forms against cross-site requests: a signed token, once in a cookie and once in the form or a header.

Another site can make the browser send the cookie, but can neither read it nor write the second copy. Only what a
foreign page can send unasked needs the token: the JSON API takes JSON, or other verbs than POST, which browsers send
across sites only after asking us, and we say no.
"""

from __future__ import annotations

import hmac
import secrets
from typing import Final

from itsdangerous import BadSignature, Signer

FIELD: Final = "csrf_token"
HEADER: Final = "X-CSRF-Token"
SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
REFUSED: Final = (
    "This form's token is missing or out of date, so nothing was changed. Reload the page and send the form again; "
    "programs use the JSON API under /api/ instead."
)


class Csrf:
    """Tokens of one demo; its cookie has its own name, because all ports of a host share their cookies."""

    def __init__(self, secret_key: str, name: str) -> None:
        self.cookie = f"csrf_{name.replace('-', '_')}"
        self._signer = Signer(secret_key, salt="demokit.csrf")

    def token(self, cookie: str | None) -> str:
        """Return the visitor's token, a new one when the cookie holds none of ours."""
        return (
            cookie if cookie and self._ours(cookie) else self._signer.sign(secrets.token_urlsafe(18)).decode()
        )

    def accepts(self, cookie: str | None, sent: str | None) -> bool:
        """Tell whether the second copy equals the cookie, and the cookie is ours."""
        if not cookie or not sent:
            return False
        return hmac.compare_digest(cookie.encode(), sent.encode()) and self._ours(cookie)

    def _ours(self, cookie: str) -> bool:
        try:
            self._signer.unsign(cookie)
        except BadSignature:
            return False
        return True


def needs_token(method: str, path: str, content_type: str) -> bool:
    """Tell whether a request could have been sent by a foreign page without asking."""
    if method in SAFE:
        return False
    json_body = content_type.partition(";")[0].strip().lower() == "application/json"
    return not (path.startswith("/api/") and (json_body or method != "POST"))
