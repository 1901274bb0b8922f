"""Models of the contract's tests."""

from __future__ import annotations

from typing import Any

import pydantic


def define(world: Any, title: str, /, **fields: Any) -> Any:
    """Make a model in the world's colour and its table."""
    made = pydantic.create_model(title, __base__=world.Document, __module__=__name__, **fields)
    world.call(made.sync_table)
    return made
