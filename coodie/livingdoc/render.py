"""Messages in, page out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.livingdoc.page.whole import page
from coodie.livingdoc.read_model import read_book

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coodie.livingdoc.history import Entry
    from coodie.livingdoc.records import Json


def render(envelopes: Iterable[Json], history: Sequence[Entry] = ()) -> str:
    """Return the page that tells these messages, with the last runs of `history`."""
    return page(read_book(envelopes), history)
