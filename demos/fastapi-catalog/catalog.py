"""What the pages and the API do with the tables: each function is a few statements, and says which."""

import asyncio
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID, uuid4

from forms import ProductChange, ProductIn, ReviewIn
from models import Product, Review, ShelfEntry, entries

from coodie import PagedResult

PAGE = 12


async def by_name(text: str, shelf: str, state: bytes | None) -> PagedResult[ShelfEntry]:
    """Read one partition from the first name that starts with `text` to the last."""
    shelf_entries = ShelfEntry.find(shelf=shelf)
    if prefix := text.strip().casefold():
        shelf_entries = shelf_entries.filter(name_key__gte=prefix, name_key__lt=_after(prefix))
    return await shelf_entries.fetch_size(PAGE).page(state).paged_all()


async def by_brand(brand: str, state: bytes | None) -> PagedResult[Product]:
    """Ask the index on `brand`."""
    return await Product.find(brand=brand).fetch_size(PAGE).page(state).paged_all()


async def by_price(most: Decimal, state: bytes | None) -> PagedResult[Product]:
    """Read every partition and keep what is cheap: the price has no index, and `allow_filtering` admits it."""
    return await Product.find(price__lte=most).allow_filtering().fetch_size(PAGE).page(state).paged_all()


async def reviews(product: UUID, state: bytes | None = None, size: int = 5) -> PagedResult[Review]:
    """Read a page of one partition, newest first because the table is in that order."""
    return await Review.find(product=product).fetch_size(size).page(state).paged_all()


async def add(sent: ProductIn) -> Product:
    """Write a product and its two places on the shelves."""
    product = Product(id=uuid4(), **sent.model_dump())
    await asyncio.gather(product.save(), *(entry.save() for entry in entries(product)))
    return product


async def change(product: Product, sent: ProductChange) -> None:
    """Write the price wherever it stands, and the stock."""
    await asyncio.gather(
        product.update(price=sent.price, stock=sent.stock),
        *(entry.update(price=sent.price) for entry in entries(product)),
    )


async def remove(product: Product) -> None:
    """Delete a product, its places and the partition of its reviews."""
    await asyncio.gather(
        product.delete(),
        *(entry.delete() for entry in entries(product)),
        Review.find(product=product.id).delete(),
    )


async def review(product: UUID, sent: ReviewIn) -> Review:
    """Write a review at the head of its product's partition."""
    return await Review(product=product, written=datetime.now(UTC), id=uuid4(), **sent.model_dump()).save()


def _after(prefix: str) -> str:
    """Return the first text that sorts behind all those that begin with `prefix`."""
    # Behind U+D7FF come surrogates, which are no text, and at the very end there is no next character.
    return f"{prefix}\U0010ffff" if prefix[-1] >= "\ud7ff" else prefix[:-1] + chr(ord(prefix[-1]) + 1)
