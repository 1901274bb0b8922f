"""Pydantic's own types, and what they are stored as.

Pydantic loads them when they are first named, which takes as long as half of this package does: a model that has one
asks for them.
"""

from __future__ import annotations

from functools import cache
from typing import Any

import pydantic
from pydantic_core import MultiHostUrl, Url

from coodie.cqltype import CqlType, scalar


@cache
def constrained_types() -> dict[Any, CqlType]:
    """Return the constraints that pydantic writes as classes.

    `NaiveDatetime` is not among them: a timestamp reads back aware.
    """
    moments = (pydantic.AwareDatetime, pydantic.PastDatetime, pydantic.FutureDatetime)
    days = (pydantic.PastDate, pydantic.FutureDate)
    return {**dict.fromkeys(moments, scalar("timestamp")), **dict.fromkeys(days, scalar("date"))}


@cache
def secret_types() -> dict[Any, CqlType]:
    """Return the types whose values must never be shown."""
    return {pydantic.SecretStr: scalar("text"), pydantic.SecretBytes: scalar("blob")}


@cache
def url_types() -> tuple[type, ...]:
    """Return the bases of pydantic's URL types: since 2.10 without a public name, before two classes of its core."""
    kinds: tuple[Any, ...] = (pydantic.AnyUrl, pydantic.PostgresDsn)
    return (Url, MultiHostUrl, *(kind.__mro__[-2] for kind in kinds if isinstance(kind, type)))
