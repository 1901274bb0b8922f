"""The inner `class Settings` of a model, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from coodie.exceptions import InvalidQueryError

LONGEST_TTL = 630_720_000
_KNOWN = {
    "name": "name",
    "keyspace": "keyspace",
    "connection": "connection",
    "default_ttl": "default_ttl",
    "options": "options",
    "abstract": "abstract",
    "type_name": "type_name",
    "discriminator_value": "discriminator_value",
    "base_table": "base_table",
    "view_columns": "view_columns",
    "where_clause": "where_clause",
    "clustering_order": "clustering_order",
}
# What a class says of itself alone; the rest is inherited.
_OWN = frozenset({"name", "abstract", "type_name", "discriminator_value"})


@dataclass(frozen=True, slots=True)
class Settings:
    """What a model's `class Settings` says; both `__default_ttl__` and `default_ttl` are understood."""

    name: str | None = None
    keyspace: str | None = None
    connection: str | None = None
    default_ttl: int | None = None
    options: dict[str, Any] = field(default_factory=dict)
    abstract: bool = False
    type_name: str | None = None
    discriminator_value: str | None = None
    base_table: Any = None
    view_columns: tuple[str, ...] | list[str] | None = None
    where_clause: str | None = None
    clustering_order: dict[str, str] | None = None


def read_settings(model: type) -> Settings:
    """Read the settings of a class, those of its bases behind them.

    Names, a discriminator's value and being abstract are a class's own; the rest is inherited. A setting that is not
    known is an `InvalidQueryError`.
    """
    found: dict[str, Any] = {}
    for base in reversed(model.__mro__):
        own = base.__dict__.get("Settings")
        if own is None:
            continue
        for holder in reversed(own.__mro__[:-1]):
            for key, value in vars(holder).items():
                plain = _plain(key, model)
                if plain is None or (base is not model and plain in _OWN):
                    continue
                found[plain] = value
    return _check(Settings(**found), model)


_PYTHONS_OWN = frozenset({"__module__", "__qualname__", "__doc__", "__dict__", "__weakref__", "__annotations__",
                          "__static_attributes__", "__firstlineno__", "__annotate__", "__annotate_func__",
                          "__annotations_cache__", "__conditional_annotations__"})  # fmt: skip


def _plain(key: str, model: type) -> str | None:
    if key in _PYTHONS_OWN:
        return None
    plain = key[2:-2] if key.startswith("__") and key.endswith("__") else key
    if plain not in _KNOWN:
        near = get_close_matches(plain, _KNOWN, n=1)
        hint = f"; did you mean {near[0]!r}?" if near else f"; known are {', '.join(_KNOWN)}"
        raise InvalidQueryError(f"{model.__name__}.Settings has no setting {key!r}{hint}")
    return _KNOWN[plain]


def _check(settings: Settings, model: type) -> Settings:
    for name in ("name", "keyspace", "connection", "type_name", "where_clause"):
        _check_type(settings, name, str, model)
    for name in ("options", "clustering_order"):
        _check_type(settings, name, dict, model)
    ttl = settings.default_ttl
    if ttl is not None and (not isinstance(ttl, int) or isinstance(ttl, bool) or not 0 <= ttl <= LONGEST_TTL):
        raise InvalidQueryError(
            f"{model.__name__}.Settings.__default_ttl__ must be 0 to {LONGEST_TTL} seconds, not {ttl!r}"
        )
    return settings


def _check_type(settings: Settings, name: str, kind: type, model: type) -> None:
    value = getattr(settings, name)
    if value is not None and not isinstance(value, kind):
        raise InvalidQueryError(f"{model.__name__}.Settings.{name} must be a {kind.__name__}, not {value!r}")
