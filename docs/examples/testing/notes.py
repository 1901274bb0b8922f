"""Notes of several authors, in sync and in async code."""

from typing import Annotated

from coodie import ClusteringKey, PrimaryKey, aio, sync


class Note(sync.Document):
    author: Annotated[str, PrimaryKey()]
    title: Annotated[str, ClusteringKey()]
    text: str = ""


class SharedNote(aio.Document):
    """The same table, for code that awaits."""

    author: Annotated[str, PrimaryKey()]
    title: Annotated[str, ClusteringKey()]
    text: str = ""

    class Settings:
        name = "note"


def titles(author: str) -> list[str]:
    return Note.find(author=author).values_list("title", flat=True).all()


async def copy(author: str, to: str) -> int:
    """Copy an author's notes: one read, and one statement, as they share a partition."""
    notes = await SharedNote.find(author=author).all()
    saved = await SharedNote.bulk_save(SharedNote(**{**dict(note), "author": to}) for note in notes)
    return saved.saved
