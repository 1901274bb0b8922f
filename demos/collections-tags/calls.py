"""What a change becomes: a call of the library, written as Python has it."""

from typing import Any, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict


class Call(NamedTuple):
    """A method of the article, and what it is called with."""

    method: Literal["update", "delete_columns"]
    arguments: dict[str, Any]

    def __str__(self) -> str:
        """Write the call as Python has it."""
        return f"article.{self.method}({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})"


def update(**arguments: Any) -> Call:
    """Change columns, or elements of them."""
    return Call("update", arguments)


def drop(**positions: list[Any]) -> Call:
    """Delete elements by position."""
    return Call("delete_columns", {"collection_elements": positions})


class NoPositionError(ValueError):
    """A position that a list does not have."""


def check(elements: list[Any], position: int, name: str) -> None:
    """Refuse a position that is not there: the server would, with fewer words."""
    if position >= len(elements):
        raise NoPositionError(f"{name} has no position {position}: it has {len(elements)} elements.")


class Incoming(BaseModel):
    """Whatever somebody sends: blanks around a value do not count."""

    model_config = ConfigDict(str_strip_whitespace=True)
