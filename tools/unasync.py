"""Write `coodie/sync/` from `coodie/aio/`: the same tokens with the async ones taken out.

`python tools/unasync.py` writes, `python tools/unasync.py --check` compares and fails on a difference. When a module
would need a special case here, move that code down into the core instead.
"""

from __future__ import annotations

import io
import sys
import tokenize
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "coodie"
DROPPED = {"async", "await"}
RENAMED = {
    "aio": "sync",
    "arun": "run",
    "arun_plan": "run_plan",
    "arun_many": "run_many",
    "acollect": "collect",
    "acollect_rest": "collect_rest",
    "astream": "stream",
    "async_session": "sync_session",
    "init_coodie_async": "init_coodie",
    "AsyncIterator": "Iterator",
    "AsyncBatchQuery": "BatchQuery",
    "__aiter__": "__iter__",
    "__aenter__": "__enter__",
    "__aexit__": "__exit__",
}
HEADER = "# Generated from coodie/aio/{name} by tools/unasync.py; change that file instead.\n"
TEXTS = {
    "The async flavour: every method that sends something is a coroutine.": "The sync flavour: plain calls."
}


def unasync(source: str) -> str:
    """Return the sync form of an async module."""
    result, line, column = [], 1, 0
    dropped = False
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.start[0] > line:
            column = 0
        gap = source_between(source, (line, column), token.start)
        line, column = token.end
        if token.type == tokenize.NAME and token.string in DROPPED:
            result.append(gap)
            dropped = True
            continue
        text = RENAMED.get(token.string, token.string)
        if token.type == tokenize.STRING:
            text = f'"{RENAMED[text[1:-1]]}"' if text[1:-1] in RENAMED else text
            for old, new in TEXTS.items():
                text = text.replace(old, new)
        result.append("" if dropped else gap)
        result.append(text)
        dropped = False
    return "".join(result)


def source_between(source: str, start: tuple[int, int], end: tuple[int, int]) -> str:
    """Return the white space between two tokens."""
    lines = source.splitlines(keepends=True)
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]] if start[0] <= len(lines) else ""
    first = lines[start[0] - 1][start[1] :] if start[1] else ""
    return (
        first
        + "".join(lines[start[0] : end[0] - 1])
        + (lines[end[0] - 1][: end[1]] if end[0] <= len(lines) else "")
    )


def main() -> int:
    """Write or compare every module; return the exit status."""
    check = "--check" in sys.argv[1:]
    stale = []
    for path in sorted((ROOT / "aio").glob("*.py")):
        target = ROOT / "sync" / path.name
        text = HEADER.format(name=path.name) + unasync(path.read_text())
        if target.exists() and target.read_text() == text:
            continue
        stale.append(target.name)
        if not check:
            target.write_text(text)
    if check and stale:
        print(
            f"coodie/sync is not what coodie/aio generates: {', '.join(stale)}; run python tools/unasync.py"
        )
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
