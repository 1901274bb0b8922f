"""The inner `class Settings` of a model, read once and checked."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import Any

from coodie.checks import COMMON_LEVELS, SERIAL_LEVELS, check_level, check_timeout, check_ttl
from coodie.exceptions import InvalidQueryError

_KNOWN = {
    "name": "name",
    "keyspace": "keyspace",
    "connection": "connection",
    "default_ttl": "default_ttl",
    "consistency": "consistency",
    "serial_consistency": "serial_consistency",
    "timeout": "timeout",
    "profile": "profile",
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
    """What a model's `class Settings` says; both `__default_ttl__` and `default_ttl` are understood.

    `consistency`, `serial_consistency`, `timeout` (seconds) and `profile` are what every statement of the model is
    executed with, unless the call says otherwise.
    """

    name: str | None = None
    keyspace: str | None = None
    connection: str | None = None
    default_ttl: int | None = None
    consistency: str | None = None
    serial_consistency: str | None = None
    timeout: float | None = None
    profile: str | None = None
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
    for name in ("name", "keyspace", "connection", "profile", "type_name", "where_clause"):
        _check_type(settings, name, str, model)
    for name in ("options", "clustering_order"):
        _check_type(settings, name, dict, model)
    where = f"{model.__name__}.Settings"
    if settings.default_ttl is not None:
        check_ttl(settings.default_ttl, f"{where}.__default_ttl__")
    if settings.timeout is not None:
        check_timeout(settings.timeout, f"{where}.timeout")
    levels: dict[str, Any] = {
        name: check_level(value, f"{where}.{name}", known)
        for name, known in (("consistency", COMMON_LEVELS), ("serial_consistency", SERIAL_LEVELS))
        if (value := getattr(settings, name)) is not None
    }
    return replace(settings, **levels)


def _check_type(settings: Settings, name: str, kind: type, model: type) -> None:
    value = getattr(settings, name)
    if value is not None and not isinstance(value, kind):
        raise InvalidQueryError(f"{model.__name__}.Settings.{name} must be a {kind.__name__}, not {value!r}")
