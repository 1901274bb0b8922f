"""Checks of features and steps at collection: what would otherwise be dropped, or pass, without a word.

Each fault names its file, its line and what to do about it.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, NamedTuple

from gherkin.errors import CompositeParserException, ParserError, ParserException
from gherkin.parser import Parser
from pytest_bdd import parsers
from pytest_bdd.exceptions import GherkinParseError
from pytest_bdd.feature import get_feature

from coodie.livingdoc.documents import scenarios
from coodie.livingdoc.evidence import relative
from coodie.livingdoc.step_definitions import contexts, place

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pytest_bdd.steps import StepFunctionContext

    from coodie.livingdoc.records import Json

_FIELD = re.compile(r"[{}]")


class Fault(NamedTuple):
    """Where something is wrong, and what, with its remedy."""

    place: str
    message: str


def feature_fault(path: Path) -> str | None:
    """Say where a feature file is not Gherkin, or where two of its scenarios bear one name."""
    try:
        tree = Parser().parse(path.read_text("utf-8"))
    except CompositeParserException as error:
        lines = "\n".join(f"{path}:{each.location['line']}: {each}" for each in error.errors)
        return f"{path.name} is not Gherkin:\n{lines}"
    except ParserException as error:
        return f"{path.name} is not Gherkin:\n{path}:{error.location['line']}: {error}"
    return _repeated_names(path, {**tree})


def _repeated_names(path: Path, tree: Json) -> str | None:
    """Find scenarios that pytest-bdd would drop: of several with one name it keeps the last."""
    first: dict[str, int] = {}
    lines = []
    for scenario in scenarios(tree):
        line, name = scenario["location"]["line"], scenario["name"]
        if name in first:
            lines.append(
                f"{path}:{line}: a second scenario is called “{name}” (the first: line {first[name]}); "
                "only one of them would run. Give each scenario of the file its own name."
            )
        first.setdefault(name, line)
    return "\n".join(lines) or None


def async_steps(root: Path) -> Iterable[Fault]:
    """Find step definitions whose coroutine nobody would await: they would pass without running."""
    for context in contexts():
        function = context.step_func
        if inspect.iscoroutinefunction(function) or inspect.isasyncgenfunction(function):
            path, line = place(function)
            if not path.is_relative_to(root):
                continue
            where = relative(path, root)
            yield Fault(
                where,
                f"{where}:{line}: the step “{context.parser.name}” is an `async def`, which is never awaited. "
                "Make it a plain function that hands its coroutine to a runner, such as `world.call(fn, …)`.",
            )


def unused_steps(features: Path, steps: Path, root: Path) -> Iterable[Fault]:
    """Find step definitions below `steps` that no feature file below `features` uses.

    Every file on disk counts, whatever was selected; sentences of outlines count with their examples filled in.
    """
    sentences = _sentences(features)
    if (
        sentences is None
    ):  # an unreadable file is reported where it is collected; nothing can be said of its steps
        return
    for context in contexts():
        path, line = place(context.step_func)
        if not path.is_relative_to(steps) or _used(context, sentences):
            continue
        where = relative(path, root)
        kind = context.type or "step"
        yield Fault(
            where,
            f"{where}:{line}: no feature under {relative(features, root)}/ uses the step "
            f"{kind} “{context.parser.name}”. Remove it, or correct the sentence that meant it.",
        )


def _sentences(features: Path) -> dict[str, set[str]] | None:
    sentences: dict[str, set[str]] = {"given": set(), "when": set(), "then": set()}
    for path in sorted(features.rglob("*.feature")):
        try:
            feature = get_feature(str(path.parent), path.name)
        except (GherkinParseError, ParserError):
            return None
        for template in feature.scenarios.values():
            examples = [row for table in template.examples for row in table.as_contexts()]
            for row in examples or [{}]:
                for step in template.render(row).steps:
                    sentences[step.type].add(step.name)
    return sentences


def _used(context: StepFunctionContext, sentences: dict[str, set[str]]) -> bool:
    parser = context.parser
    kinds = sentences.values() if context.type is None else [sentences[context.type]]
    if isinstance(parser, parsers.string):
        return any(parser.name in kind for kind in kinds)
    # The words before the first field decide most sentences without the parser's slow search.
    start = _FIELD.split(parser.name, maxsplit=1)[0].lower() if isinstance(parser, parsers.parse) else ""
    return any(
        parser.is_matching(sentence)
        for kind in kinds
        for sentence in kind
        if sentence.lower().startswith(start)
    )
