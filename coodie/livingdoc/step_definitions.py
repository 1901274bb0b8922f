"""The step definitions that pytest-bdd knows: where each stands, and which words of a sentence are its arguments."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pytest_bdd import parsers
from pytest_bdd.steps import StepFunctionContext, step_function_context_registry

from coodie.livingdoc.evidence import relative

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.livingdoc.records import Definition


def contexts() -> list[StepFunctionContext]:
    """List every step definition that has been imported."""
    return list(step_function_context_registry.values())


def context_of(step_func: Callable[..., object], text: str) -> StepFunctionContext | None:
    """Find the definition by which `step_func` runs for this sentence: a function may carry several."""
    return next(
        (each for each in contexts() if each.step_func is step_func and each.parser.is_matching(text)), None
    )


def place(step_func: Callable[..., object]) -> tuple[Path, int]:
    """Return the file and line of a step function, behind any decorators."""
    code = getattr(inspect.unwrap(step_func), "__code__", None)
    return (Path(), 0) if code is None else (Path(code.co_filename), code.co_firstlineno)


def definition(context: StepFunctionContext, root: Path) -> Definition:
    """Describe a step definition."""
    path, line = place(context.step_func)
    return {
        "pattern": context.parser.name,
        "regex": isinstance(context.parser, parsers.re),
        "uri": relative(path, root),
        "line": line,
    }


def arguments(context: StepFunctionContext, text: str) -> list[tuple[int, str]]:
    """Return the position and words of each argument in the sentence, from left to right."""
    parser: Any = context.parser
    if isinstance(parser, parsers.re):
        match = parser.regex.fullmatch(text)
        spans = [] if match is None else [match.span(name) for name in match.groupdict()]
    elif isinstance(parser, parsers.parse):
        result = parser.parser.parse(text)
        spans = [] if result is None else list(result.spans.values())
    else:
        spans = []
    return [(start, text[start:end]) for start, end in sorted(set(spans)) if 0 <= start < end]
