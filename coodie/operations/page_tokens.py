"""Paging tokens as they leave the library: sealed, because a server answers a damaged one by closing the connection.

The seal is a checksum, against accidents. A token is no secret and grants nothing: whoever hands tokens to strangers
signs them, as with any other value that comes back from outside.
"""

from __future__ import annotations

import zlib
from typing import Any

from coodie.exceptions import InvalidQueryError

_SEAL = 4


def seal(token: bytes | None) -> bytes | None:
    """Put a checksum before a server's token."""
    return None if token is None else zlib.crc32(token).to_bytes(_SEAL, "big") + token


def unseal(sealed: Any) -> bytes:
    """Return the server's token; anything but a whole sealed one is an `InvalidQueryError`."""
    if isinstance(sealed, bytes) and len(sealed) > _SEAL:
        token = sealed[_SEAL:]
        if seal(token) == sealed:
            return token
    raise InvalidQueryError(
        "page() takes the paging_state of an earlier PagedResult, whole: this is none, or damaged"
    )
