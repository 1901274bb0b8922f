"""Whether values of CQL by hand suit the markers that they are for, whose types acsylla does not tell.

acsylla converts what it is given: of `1.5` it makes the int 1, of the text `-1` the decimal 11569, of a date the
seconds since 1970. So each value is first looked at by its class: the place must take what only the right types take
(a *probe*) and refuse what the others would take. What was found out of a place is kept, so a text that is executed
again costs a look-up per value. A decimal needs none: its marker says so itself (`blobasdecimal(?)`).

Two pairs cannot be told apart: blob from varint, float from double.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from ipaddress import IPv4Address, IPv6Address
from typing import Any, NamedTuple
from uuid import UUID

from coodie.cql.literal import on_one_line
from coodie.drivers.acsylla_values import encode_unknown
from coodie.duration import CqlDuration

Takes = Callable[[Any], bool]
Path = tuple[Any, ...]


class Probes(NamedTuple):
    """What a type takes and refuses to be bound."""

    takes: tuple[Any, ...]
    refuses: tuple[Any, ...]


_ANYTHING = object()  # only text takes it: as str() writes it
_DAY = dt.date(2020, 1, 1)
_TEXT = Probes((_ANYTHING,), ())
_NUMBER = Probes(("-1", True), (_ANYTHING,))
_VARINT = _BLOB = Probes((b"a",), ([],))  # the two cannot be told from each other
_FLOAT = Probes((float("nan"),), (_ANYTHING,))
_BOOLEAN = Probes((True,), (1.5,))
_INET = Probes(("1.2.3.4",), ("-1", []))
_DATE = Probes((_DAY,), (_ANYTHING,))
_TIMESTAMP = Probes((dt.datetime(2020, 1, 1),), (dt.time(1), UUID(int=1)))  # noqa: DTZ001 - it is only probed
_TIME = Probes((dt.time(1),), (_ANYTHING,))
_UUID = Probes((UUID(int=1),), (1,))
_DURATION = Probes(("1h",), ("1.2.3.4", []))

# A boolean is an int and a datetime a date, so they stand first.
_SUITABLE: tuple[tuple[Any, tuple[Probes, ...]], ...] = (
    (bool, (_BOOLEAN, _NUMBER)),
    (int, (_NUMBER, _VARINT)),
    (float, (_FLOAT,)),
    (str, (_TEXT, _INET)),
    (bytes, (_BLOB,)),
    (dt.datetime, (_TIMESTAMP,)),
    (dt.date, (_DATE,)),
    (dt.time, (_TIME,)),
    (UUID, (_UUID,)),
    (CqlDuration, (_DURATION,)),
    ((IPv4Address, IPv6Address), (_INET,)),
)


class Places:
    """The places of one prepared statement: `takes(place, probe)` says whether acsylla would bind a probe there."""

    __slots__ = ("_known", "_takes")

    def __init__(self, takes: Callable[[int, Any], bool]) -> None:
        self._takes = takes
        self._known: dict[tuple[Path, type, type | None], bool] = {}

    def check(self, place: int, value: Any) -> None:
        """Raise `TypeError` for a value that acsylla would make another one of."""
        self._check(value, (place,), lambda probe: self._takes(place, probe))

    def _check(self, value: Any, path: Path, takes: Takes) -> None:
        if value is None:
            return
        # What a dictionary is for is told by its keys.
        key = path, type(value), type(next(iter(value), None)) if isinstance(value, dict) else None
        suits = self._known.get(key)
        if suits is None:
            suits = self._known[key] = _suits(value, takes)
        if not suits:
            raise TypeError(f"{on_one_line(value)[:80]} is not of its type")
        match value:
            case list() | set() | frozenset():
                for item in value:
                    self._check(item, (*path, "[]"), lambda probe: takes([probe]))
            case tuple():
                for at, item in enumerate(value):
                    self._check(item, (*path, at), lambda probe, at=at: takes((*(None,) * at, probe)))  # type: ignore[misc]
            case dict() if _is_user_type(takes):
                for name, item in value.items():
                    self._check(item, (*path, name), lambda probe, name=name: takes({name: probe}))  # type: ignore[misc]
            case dict():
                for key, item in value.items():
                    self._check(key, (*path, "{}"), _beside(takes, lambda probe, half: {probe: half}, item))
                    self._check(
                        item, (*path, "{}", 1), _beside(takes, lambda probe, half: {half: probe}, key)
                    )


def _longer(key: Any) -> Any:
    """Lengthen a key that may be a pair: a list of pairs is a map to acsylla, as to `dict()`."""
    return key * 3 if isinstance(key, (str, tuple)) else key


def _is_user_type(takes: Takes) -> bool:
    """Tell a user type: it takes its fields in their order, as a tuple does, but none by a name that it has not."""
    return takes((None,)) and not takes({None: None})


def _beside(takes: Takes, pair: Callable[[Any, Any], Any], other: Any) -> Takes:
    """Probe one half of a dictionary's item, beside the other half as it will be bound."""
    halves = [encode_unknown((other,), varint=varint)[0] for varint in (False, True)]
    return lambda probe: any(takes(pair(probe, half)) for half in halves)


def _suits(value: Any, takes: Takes) -> bool:
    """Tell whether a place is for such a value; of a container, whether it is for one of that kind."""
    if isinstance(value, (list, set, frozenset, tuple, dict)):
        return _suits_container(value, takes)
    for kinds, types in _SUITABLE:
        if isinstance(value, kinds):
            return any(
                all(map(takes, probes.takes)) and not any(map(takes, probes.refuses)) for probes in types
            )
    return True


def _suits_container(value: Any, takes: Takes) -> bool:
    # An empty one comes first: over a tuple for a column of type time, acsylla never ends.
    if not takes([]) or takes(_ANYTHING):
        return False
    if not isinstance(value, dict):
        return not _is_user_type(takes)
    return not value or _is_user_type(takes) or not takes([_longer(next(iter(value)))])
