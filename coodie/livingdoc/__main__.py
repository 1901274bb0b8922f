"""`python -m coodie.livingdoc render messages.ndjson -o index.html` and `… merge a.ndjson b.ndjson -o out.ndjson`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from coodie.livingdoc import history, messages
from coodie.livingdoc.merge import merge
from coodie.livingdoc.render import render

if TYPE_CHECKING:
    from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m coodie.livingdoc", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    rendering = commands.add_parser("render", help="make the page from recorded messages")
    rendering.add_argument(
        "messages", type=Path, nargs="+", help="one stream, or several that are merged first"
    )
    rendering.add_argument("-o", "--output", type=Path, required=True, help="the HTML file to write")
    rendering.add_argument("--history", type=Path, help="history.ndjson (default: beside the first stream)")
    merging = commands.add_parser("merge", help="join the messages of several runs")
    merging.add_argument("messages", type=Path, nargs="+")
    merging.add_argument("-o", "--output", type=Path, required=True, help="the NDJSON file to write")
    given = parser.parse_args(arguments)
    try:
        streams = [messages.read(path) for path in given.messages]
    except (OSError, ValueError) as error:
        print(f"cannot read the messages: {error}", file=sys.stderr)  # noqa: T201 - a command line speaks
        return 1
    joined = streams[0] if len(streams) == 1 else merge(streams)
    given.output.parent.mkdir(parents=True, exist_ok=True)
    if given.command == "merge":
        messages.save(joined, given.output)
    else:
        past = given.history or given.messages[0].with_name("history.ndjson")
        given.output.write_text(render(joined, history.read(past)), "utf-8", "backslashreplace")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
