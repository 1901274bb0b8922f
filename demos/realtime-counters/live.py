"""What a tab watches: the counts of its cards and the newest burst's ledger, sent when they have changed."""

import json
from collections.abc import AsyncIterator, Callable

import counting
from demokit.events import event, ticks

from coodie import OperationError

PAUSE = 0.5
TROUBLE = "The database does not answer. The numbers stand still until it does."


async def watch(slugs: list[str], ledger: Callable[[], str]) -> AsyncIterator[str]:
    """Read the counts twice a second for as long as the tab is there; each tab asks the table itself."""
    told: dict[str, str] = {}
    async for _ in ticks(PAUSE):
        try:
            found = await counting.counted(slugs) if slugs else {}
            news = {
                "board": json.dumps({slug: each.model_dump() for slug, each in found.items()}),
                "trouble": "",
            }
        except OperationError:
            news = {"trouble": TROUBLE}
        for name, data in {**news, "ledger": ledger()}.items():
            if told.get(name) != data:
                told[name] = data
                yield event(name, data)
