"""`coodie convert`, run on the left files: what it writes, what it leaves to a person, and what a person did."""

import difflib
from pathlib import Path

from demokit import highlight
from markupsafe import Markup
from pydantic import BaseModel

from coodie.codegen.cqlengine.convert import convert, read_models

FOLDER = Path(__file__).resolve().parent
FILES = {"cqlengine_models.py": "coodie_models.py", "cqlengine_program.py": "coodie_program.py"}


class Note(BaseModel):
    """What a person has to look at, by line of the old file."""

    line: int
    text: str


class Conversion(BaseModel):
    """A file, what `coodie convert` makes of it, and how the file that this demo runs differs from that."""

    file: str
    becomes: str
    models: list[str]
    source: str
    notes: list[Note]
    by_hand: list[str]

    @property
    def old(self) -> Markup:
        """The old file, coloured."""
        return highlight.code((FOLDER / self.file).read_text("utf-8"), "python")

    @property
    def new(self) -> Markup:
        """What the command wrote, coloured."""
        return highlight.code(self.source, "python")


def converted() -> list[Conversion]:
    """Convert the old program now, without a server."""
    texts = {name: (FOLDER / name).read_text("utf-8") for name in FILES}
    known = read_models(texts["cqlengine_models.py"], {})
    return [_conversion(name, *convert(text, known, FOLDER)) for name, text in texts.items()]


def _conversion(
    name: str, source: str, models: tuple[str, ...], notes: tuple[tuple[int, str], ...], _changed: object
) -> Conversion:
    now = (FOLDER / FILES[name]).read_text("utf-8")
    return Conversion(
        file=name,
        becomes=FILES[name],
        models=[*models],
        source=source,
        notes=[Note(line=line, text=text) for line, text in notes],
        by_hand=[
            *difflib.unified_diff(
                source.splitlines(), now.splitlines(), "convert", FILES[name], lineterm="", n=1
            )
        ],
    )
