"""A wiki: two people may edit one page, and neither must lose what they wrote."""

from typing import Annotated

from coodie import PrimaryKey, Version
from coodie.sync import Document


class WikiPage(Document):
    """A page; its revision is compared and incremented at each save."""

    title: Annotated[str, PrimaryKey()]
    text: str
    author: str | None = None
    revision: Annotated[int, Version()] = 0
