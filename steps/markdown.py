"""The blocks of code in a page of Markdown."""

from __future__ import annotations

import re
from typing import NamedTuple

_BLOCK = re.compile(r"^```(\w+)(?: title=\"([^\"]+)\")?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Block(NamedTuple):
    """A block: its language, its title where it has one, its text."""

    kind: str
    title: str
    body: str

    @property
    def commands(self) -> list[tuple[str, str]]:
        """The commands of a block `console`, which begin with `$`, each with what follows: what it prints."""
        parts = re.split(r"^\$ ", self.body, flags=re.MULTILINE)
        split = (part.partition("\n") for part in parts if part.strip())
        return [(command, shown) for command, _, shown in split]


def blocks(text: str) -> list[Block]:
    """Return all blocks of a page."""
    return [Block(*found) for found in _BLOCK.findall(text)]
