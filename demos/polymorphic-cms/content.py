"""What the pages and the API do with the table: each function is one statement."""

from typing import get_args
from uuid import UUID

from fastapi import HTTPException
from kinds import KINDS
from models import Channel, Content

from coodie import PagedResult

CHANNELS: tuple[Channel, ...] = get_args(Channel)
PAGE = 12
FRONT = 3


async def front() -> list[Content]:
    """Read the newest few of every channel, with one statement over four partitions."""
    found = await Content.find(channel__in=list(CHANNELS)).per_partition_limit(FRONT).all()
    return sorted(found, key=lambda content: content.published, reverse=True)


async def listed(channel: Channel | None, kind: str | None, state: bytes | None) -> PagedResult[Content]:
    """Read a page of one kind or of all; a channel is a partition, and without one the index on `kind` answers."""
    model = KINDS[kind] if kind else Content
    asked = model.find(channel=channel) if channel else model.find()
    return await asked.fetch_size(PAGE).page(state).paged_all()


async def one(channel: Channel, content_id: UUID) -> Content:
    """Read a row by its key; it comes back as the class that it was saved as."""
    return await Content.get(channel=channel, id=content_id)


async def rewrite(before: Content, sent: Content) -> Content:
    """Write every column of its kind anew; the key and the kind stay what they are."""
    if type(before) is not type(sent):
        raise HTTPException(
            409, f"This is of the kind {before.kind!r} and stays so: it cannot become {sent.kind!r}."
        )
    fields = set(type(sent).model_fields) - {"channel", "id", "kind"}
    await before.update(**{name: getattr(sent, name) for name in fields})
    return before
