"""Runs of several environments joined into one stream, so that one page shows the whole matrix of drivers.

Ids of every stream after the first get a prefix. A feature file that two streams both hold, word for word, is kept
once: the later stream's references are turned to the first's syntax tree.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from coodie.livingdoc.records import Json

ORDER = (
    "meta",
    "source",
    "gherkinDocument",
    "pickle",
    "stepDefinition",
    "hook",
    "testRunStarted",
    "testRunAttachment",
    "testCase",
    "happened",
    "testRunFinished",
)


def merge(streams: Sequence[Iterable[Json]]) -> list[Json]:
    """Join streams of messages; the first gives the meta message and the ids of run and feature files."""
    merger = _Merger()
    for number, stream in enumerate(streams):
        merger.add(list(stream), "" if number == 0 else f"{number}-")
    return merger.envelopes()


class _Merger:
    def __init__(self) -> None:
        self._sections: dict[str, list[Json]] = defaultdict(list)
        self._trees: dict[tuple[str, str], Json] = {}

    def add(self, stream: list[Json], prefix: str) -> None:
        renamed = _shared_ids(stream, self._sections)
        known = self._known_trees(stream, renamed)

        def rename(own: str) -> str:
            return renamed.get(own, f"{prefix}{own}")

        for envelope in stream:
            kind = next(iter(envelope))
            message = envelope[kind]
            if kind in {"source", "gherkinDocument"} and message["uri"] in known:
                continue
            self._sections[_section(kind, message)].append({kind: _with_ids(message, rename)})

    def envelopes(self) -> list[Json]:
        self._drop_pickles_that_ran_elsewhere()
        sections = self._sections
        for kind in ("meta", "testRunStarted"):
            del sections[kind][1:]
        ends = [each["testRunFinished"] for each in sections["testRunFinished"]]
        if ends:
            last = max(ends, key=lambda end: (end["timestamp"]["seconds"], end["timestamp"]["nanos"]))
            success = all(end["success"] for end in ends)
            sections["testRunFinished"] = [{"testRunFinished": {**last, "success": success}}]
        return [envelope for section in ORDER for envelope in sections[section]]

    def _known_trees(self, stream: list[Json], renamed: dict[str, str]) -> set[str]:
        """Find the feature files that are here already; map the stream's ids of their trees to ours."""
        sources = {each["source"]["uri"]: each["source"]["data"] for each in stream if "source" in each}
        known = set()
        for envelope in stream:
            if "gherkinDocument" not in envelope:
                continue
            tree = envelope["gherkinDocument"]
            key = (tree["uri"], sources.get(tree["uri"], ""))
            if key in self._trees:
                known.add(tree["uri"])
                renamed.update(zip(_ids(tree), _ids(self._trees[key]), strict=True))
            else:
                self._trees[key] = tree
        return known

    def _drop_pickles_that_ran_elsewhere(self) -> None:
        """Of a pickle that no case runs, keep one copy, and none when another stream ran it."""
        used = {case["testCase"]["pickleId"] for case in self._sections["testCase"]}
        ran = {_key(each["pickle"]) for each in self._sections["pickle"] if each["pickle"]["id"] in used}
        kept = []
        for envelope in self._sections["pickle"]:
            pickle = envelope["pickle"]
            if pickle["id"] not in used and _key(pickle) in ran:
                continue
            ran.add(_key(pickle))
            kept.append(envelope)
        self._sections["pickle"] = kept


def _shared_ids(stream: list[Json], sections: dict[str, list[Json]]) -> dict[str, str]:
    """All streams become one run: its id is that of the first."""
    own = next((each["testRunStarted"]["id"] for each in stream if "testRunStarted" in each), None)
    first = next((each["testRunStarted"]["id"] for each in sections["testRunStarted"]), own)
    return {} if own is None or first is None else {own: first}


def _section(kind: str, message: Json) -> str:
    if kind == "attachment":
        return "happened" if "testCaseStartedId" in message else "testRunAttachment"
    return kind if kind in ORDER else "happened"


def _key(pickle: Json) -> tuple[str, ...]:
    return tuple(pickle["astNodeIds"])


def _ids(tree: Any) -> list[str]:
    """List the ids of a syntax tree in the order of its text."""
    if isinstance(tree, list):
        return [own for each in tree for own in _ids(each)]
    if isinstance(tree, dict):
        inner = [own for key, value in tree.items() if key != "id" for own in _ids(value)]
        return [tree["id"], *inner] if "id" in tree else inner
    return []


def _with_ids(value: Any, rename: Callable[[str], str], key: str = "") -> Any:
    """Copy a message with every id in it renamed: the values of `id`, of `…Id` and of `…Ids`."""
    if isinstance(value, dict):
        return {name: _with_ids(inner, rename, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_with_ids(inner, rename, key) for inner in value]
    is_id = key == "id" or key.endswith(("Id", "Ids"))
    return rename(value) if is_id and isinstance(value, str) and key != "workerId" else value
