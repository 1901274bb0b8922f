"""A demo's identity: its folder, its promise, its models, and what follows from them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from demokit.csrf import Csrf
from demokit.settings import Settings
from demokit.tokens import PageTokens

if TYPE_CHECKING:
    from collections.abc import Sequence


class Demo:
    """What the kit needs to know of a demo; `main` is the path of its main module (`__file__`)."""

    def __init__(self, main: str, *, promise: str, models: Sequence[type[Any]], port: int) -> None:
        self.folder = Path(main).resolve().parent
        self.promise = promise
        self.models = tuple(models)
        self.settings = Settings.load(self.folder, port=port)
        self.csrf = Csrf(self.settings.secret_key, self.name)
        self.tokens = PageTokens(self.settings.secret_key)
        self.server = "not connected"

    @property
    def name(self) -> str:
        """The folder's name, which is the demo's."""
        return self.folder.name
