"""Checks messages against the types of the `cucumber-messages` package, more strictly than its own converter does."""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from typing import Any

from cucumber_messages import Envelope, _messages
from cucumber_messages.json_converter import snake_to_camel


def check(envelope: dict[str, Any]) -> None:
    """Fail on an unknown or missing key, a wrong type, or an envelope that does not hold exactly one message."""
    assert len(envelope) == 1, envelope.keys()
    _check(envelope, Envelope, "envelope")


def _check(value: Any, kind: Any, path: str) -> None:
    origin = typing.get_origin(kind)
    if origin in {typing.Union, types.UnionType}:
        (inner,) = [each for each in typing.get_args(kind) if each is not type(None)]
        assert value is not None, f"{path} is null: leave it out"
        _check(value, inner, path)
    elif origin is list:
        assert isinstance(value, list), path
        for position, each in enumerate(value):
            _check(each, typing.get_args(kind)[0], f"{path}[{position}]")
    elif dataclasses.is_dataclass(kind):
        assert isinstance(value, dict), f"{path}: {value!r}"
        hints = typing.get_type_hints(kind, vars(_messages))
        fields = {snake_to_camel(field.name): field for field in dataclasses.fields(kind)}
        assert not value.keys() - fields.keys(), f"{path}: unknown {value.keys() - fields.keys()}"
        for name, field in fields.items():
            if name in value:
                _check(value[name], hints[field.name], f"{path}.{name}")
            else:
                assert field.default is None, f"{path}.{name} is missing"
    elif isinstance(kind, type) and issubclass(kind, enum.Enum):
        kind(value)
    else:
        assert type(value) is kind, f"{path}: {value!r} is no {kind}"
