"""The kinds that this process knows: those of `models.py`, and those of the plug-ins that PLUGINS names."""

import os
from functools import reduce
from importlib import import_module
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from models import Content
from pydantic import Field

FOLDER = Path(__file__).with_name("plugins")


class PluginError(SystemExit):
    """PLUGINS names what is not there; the message lists what is."""

    def __init__(self, name: str) -> None:
        found = ", ".join(sorted(path.stem for path in FOLDER.glob("*.py"))) or "none"
        super().__init__(f"PLUGINS={name!r}: there is no plugins/{name}.py. There is: {found}.")


def load(names: str) -> dict[str, type[Content]]:
    """Import the plug-ins, which is all it takes, and return every kind by its word in the table."""
    for name in filter(None, (part.strip() for part in names.split(","))):
        if not (name.isidentifier() and (FOLDER / f"{name}.py").is_file()):
            raise PluginError(name)
        import_module(f"plugins.{name}")
    return {str(kind.model_fields["kind"].default): kind for kind in Content.__subclasses__()}


KINDS = load(os.environ.get("PLUGINS", ""))

if TYPE_CHECKING:
    AnyContent = Content
else:
    AnyContent = Annotated[reduce(or_, KINDS.values()), Field(discriminator="kind")]


def columns() -> list[dict[str, Any]]:
    """Tell for each column of the table which kinds have it, those of all kinds first."""
    every: list[type[Content]] = [Content, *KINDS.values()]
    names = dict.fromkeys(name for kind in every for name in kind.model_fields)
    return [
        {
            "name": name,
            "shared": name in Content.model_fields,
            "kinds": [word for word, kind in KINDS.items() if name in kind.model_fields],
        }
        for name in names
    ]
