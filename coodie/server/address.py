"""Addresses of CQL servers, as people write them."""

from __future__ import annotations

import os
from typing import NamedTuple

CQL_PORT = 9042


class Address(NamedTuple):
    """Where a CQL server listens."""

    host: str
    port: int

    def __str__(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse(text: str) -> Address:
    """Read `HOST`, `HOST:PORT` or `[IPV6]:PORT`; the port is 9042 when it is left out."""
    host, port = text.strip(), ""
    if host.startswith("["):
        host, _, port = host[1:].partition("]")
        port = port.removeprefix(":")
    elif host.count(":") == 1:
        host, _, port = host.partition(":")
    if not host or (port and not port.isdecimal()):
        raise ValueError(f"{text!r} is not an address: write HOST, HOST:PORT or [IPV6]:PORT")
    number = int(port or CQL_PORT)
    if not 0 < number < 1 << 16:
        raise ValueError(f"{text!r} is not an address: a port is a number from 1 to 65535")
    return Address(host, number)


def from_environment() -> tuple[Address, ...]:
    """Read `COODIE_HOSTS`, a list of addresses separated by commas; empty when it is unset."""
    return tuple(parse(part) for part in os.environ.get("COODIE_HOSTS", "").split(",") if part.strip())
