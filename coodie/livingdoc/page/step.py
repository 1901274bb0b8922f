"""A step on the page: the sentence, its table or text, and under it what each run did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import code
from coodie.livingdoc.page.marks import of_runs, sign
from coodie.livingdoc.page.proof import proof, proofs
from coodie.livingdoc.page.same import Same, group
from coodie.livingdoc.page.text import duration, e, plural, table
from coodie.livingdoc.records import COMPARISON, MODEL, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.model import CaseRun, StepResult, StepText

_PLACEHOLDER = re.compile(r"&lt;(.+?)&gt;")
_QUIET = {"PASSED", "SKIPPED"}


def written(steps: Sequence[StepText]) -> str:
    """Write steps without results: a background, or the pattern of an outline."""
    items = "".join(f'<li class="written">{_sentence(step)}</li>' for step in steps)
    return f'<ol class="steps">{items}</ol>'


def executed(steps: Sequence[StepText], runs: Sequence[CaseRun], anchor: str) -> str:
    """Write the steps of an example with what its runs made of them."""
    items = (_step(position, step, runs, f"{anchor}.{position + 1}") for position, step in enumerate(steps))
    return f'<ol class="steps">{"".join(items)}</ol>'


def failure(result: StepResult) -> str:
    """Write why a step failed: expected beside actual where they were compared, else the message."""
    if result.error is None:
        return ""
    compared = "".join(proof(each) for each in result.proofs if each.media == COMPARISON)
    message = result.error.get("message", "")
    said = "" if compared or not message else f"<pre>{e(message)}</pre>"
    return f'<div class="failure"><p><b>{e(result.error["type"])}</b></p>{compared}{said}</div>'


def traceback(result: StepResult) -> str:
    """Write the traceback, folded."""
    trace = (result.error or {}).get("stackTrace", "")
    return (
        f'<details class="trace"><summary>traceback</summary><pre>{e(trace)}</pre></details>' if trace else ""
    )


def _step(position: int, step: StepText, runs: Sequence[CaseRun], anchor: str) -> str:
    results = [(run, each.steps[position]) for run, each in enumerate(runs) if position < len(each.steps)]
    states: dict[str, list[int]] = {}
    for run, result in results:
        if result.status != "PASSED" and (result.message or runs[run].status != "SKIPPED"):
            states.setdefault(result.status, []).append(run)
    signs = "".join(
        f'<span class="{of_runs(whose)}">{sign(status)}</span>' for status, whose in states.items()
    )
    told = "".join(_told(same, runs, position) for same in group(results))
    place = f'<p class="place by">{e(step.definition)}</p>' if step.definition else ""
    inherited = " inherited" if step.background else ""
    return f'<li class="step{inherited}" id="{e(anchor)}" tabindex="-1">{_sentence(step, signs)}{told}{place}</li>'


def _told(same: Same, runs: Sequence[CaseRun], position: int) -> str:
    result = same.result
    shown = [each for each in result.proofs if each.media not in {MODEL, COMPARISON}]
    statements = sum(1 for each in shown if each.media == STATEMENT)
    failed = result.status not in _QUIET
    counts = [plural(statements, "statement")] if statements else []
    counts += [plural(len(shown) - statements, "attachment")] if len(shown) > statements else []
    evidence = ""
    if shown:
        times = ("the same in " if len(same.runs) > 1 else "") + ", ".join(
            f"{runs[run].label} {duration(runs[run].steps[position].seconds)}".strip() for run in same.runs
        )
        evidence = (
            f'<details class="ev"{" open" if failed else ""}><summary title="{", ".join(counts)}">{len(shown)}'
            f'<span class="vh"> {", ".join(counts)}</span></summary>'
            f'<div class="body"><p class="times">{e(times)}</p>{proofs(shown)}</div></details>'
        )
    parts = failure(result), evidence, traceback(result)
    return f'<div class="told {of_runs(same.runs)}">{"".join(parts)}</div>' if any(parts) else ""


def _sentence(step: StepText, signs: str = "") -> str:
    parts = [
        f'<p class="sentence"><span class="kw">{e(step.keyword)}</span> <span>{_words(step)}</span>{signs}</p>'
    ]
    if step.table:
        parts.append(table(step.table[0], step.table[1:], "data"))
    if step.doc is not None:
        parts.append(f'<pre class="doc">{code(step.doc, step.media) if step.media else e(step.doc)}</pre>')
    return "".join(parts)


def _words(step: StepText) -> str:
    parts, at = [], 0
    for start, words in step.arguments:
        if start >= at:
            parts.append(f"{e(step.text[at:start])}<em>{e(words)}</em>")
            at = start + len(words)
    text = "".join(parts) + e(step.text[at:])
    return text if step.arguments else _PLACEHOLDER.sub(r"<var>\1</var>", text)
