"""A library: books by their number, and by their author, which the server keeps in step."""

# ruff: noqa: RUF012 - settings are read, never changed
from typing import Annotated

from coodie import ClusteringKey, PrimaryKey
from coodie.sync import Document, MaterializedView


class Book(Document):
    """A book."""

    number: Annotated[int, PrimaryKey()]
    title: str
    author: str | None = None
    year: int = 2000


class BookByAuthor(MaterializedView):
    """The same rows under another key, the highest number first."""

    author: Annotated[str, PrimaryKey()]
    number: Annotated[int, ClusteringKey()]
    title: str

    class Settings:
        """Follows the table of books."""

        __base_table__ = Book
        __clustering_order__ = {"number": "DESC"}
