"""A step on the page: the sentence, its table or text, and under it what each run did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import code
from coodie.livingdoc.page.marks import of_runs, sign
from coodie.livingdoc.page.pictures import is_picture
from coodie.livingdoc.page.proof import proof, proofs
from coodie.livingdoc.page.same import Same, group
from coodie.livingdoc.page.text import duration, e, milliseconds, on_demand, plural, table
from coodie.livingdoc.records import COMPARISON, MODEL, NOTE, OMITTED, STATEMENT
from coodie.observation import elapsed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.model import CaseRun, Proof, StepResult, StepText

_PLACEHOLDER = re.compile(r"&lt;(.+?)&gt;")
_CODE = re.compile(r"`([^`]+)`")
_ASSERTED = re.compile(r"^assert ", re.MULTILINE)
_QUIET = {"PASSED", "SKIPPED"}
_SENT = {STATEMENT, OMITTED}
_ELSEWHERE = {*_SENT, MODEL, COMPARISON, NOTE}  # what has a place of its own


def written(steps: Sequence[StepText]) -> str:
    """Write steps without results: a background, or the pattern of an outline."""
    items = "".join(f'<li class="written">{_sentence(step)}</li>' for step in steps)
    return f'<ol class="steps">{items}</ol>'


def executed(steps: Sequence[StepText], runs: Sequence[CaseRun], anchor: str) -> str:
    """Write the steps of an example with what its runs made of them."""
    items = (_step(position, step, runs, f"{anchor}.{position + 1}") for position, step in enumerate(steps))
    return f'<ol class="steps">{"".join(items)}</ol>'


def failure(result: StepResult) -> str:
    """Write why a step failed: in its own words, expected beside actual where they were compared, a counterexample."""
    if result.error is None:
        return ""
    compared = "".join(proof(each) for each in result.proofs if each.media == COMPARISON)
    notes = "".join(proof(each) for each in result.proofs if each.media == NOTE)
    message = result.error.get("message", "")
    if compared:  # pytest repeats the comparison after the words of the assertion
        message = _ASSERTED.split(message, maxsplit=1)[0].strip()
    said = f"<pre>{e(message)}</pre>" if message else ""
    return f'<div class="failure"><p><b>{e(result.error["type"])}</b></p>{said}{compared}{notes}</div>'


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
    failed = group(runs, results, lambda proof: proof.media in {COMPARISON, NOTE})
    failures = "".join(_for(same, failure(same.result)) for same in failed if same.result.error)
    traces = "".join(_for(same, traceback(same.result)) for same in failed if same.result.error)
    place = f'<p class="place by">{e(step.definition)}</p>' if step.definition else ""
    inherited = " inherited" if step.background else ""
    return (
        f'<li class="step{inherited}" id="{e(anchor)}" tabindex="-1">{_sentence(step, signs, anchor)}'
        f"{failures}{_evidence(results, runs)}{traces}{place}</li>"
    )


def _evidence(results: Sequence[tuple[int, StepResult]], runs: Sequence[CaseRun]) -> str:
    """Write the evidence of all runs: statements that several sent are there once, and so are attachments."""
    parts = [_for(same, proofs(same.proofs)) for same in group(runs, results, is_picture) if same.proofs]
    whole = any(result.status not in _QUIET for _, result in results)
    for same in group(runs, results, lambda proof: proof.media in _SENT):
        times = ", ".join(_took(runs[run], _of(results, run)) for run in same.runs)
        shared = "the same in " if len(same.runs) > 1 else ""
        body = f'<p class="times">{shared}{e(times)}</p>{proofs(same.proofs, whole=whole)}'
        parts.append(_for(same, body) if same.proofs else "")
    others = group(runs, results, _is_told_last)
    parts.extend(_for(same, proofs(same.proofs, whole=whole)) for same in others if same.proofs)
    if not any(parts):
        return ""
    counts: dict[tuple[int, int], list[int]] = {}
    for run, result in results:
        statements = sum(1 for proof in result.proofs if proof.media == STATEMENT)
        attachments = sum(1 for proof in result.proofs if proof.media not in _ELSEWHERE)
        if statements or attachments:
            counts.setdefault((statements, attachments), []).append(run)
    summary = "".join(
        f'<span class="{of_runs(whose)}">{_count(*count)}</span>' for count, whose in counts.items()
    )
    having = [run for whose in counts.values() for run in whose]
    body = f'<div class="body">{"".join(parts)}</div>'
    if whole:
        return f'<details class="ev {of_runs(having)}" open><summary>{summary}</summary>{body}</details>'
    return f'<details class="ev {of_runs(having)}"><summary>{summary}</summary>{on_demand(body)}</details>'


def _took(run: CaseRun, result: StepResult) -> str:
    """Say how long a step took, and for how long of it any statement was under way."""
    bodies = [proof.body for proof in result.proofs if proof.media in _SENT]
    known = len(bodies) > 1 and all(body.get("ms") is not None and "started" in body for body in bodies)
    sent = f" (statements {milliseconds(elapsed(bodies))})" if known else ""
    return f"{run.label} {duration(result.seconds)}{sent}".strip()


def _is_told_last(proof: Proof) -> bool:
    return proof.media not in _ELSEWHERE and not is_picture(proof)


def _count(statements: int, others: int) -> str:
    words = [plural(statements, "statement")] if statements else []
    words += [plural(others, "attachment")] if others else []
    return f'<span title="{", ".join(words)}">{statements + others}<span class="vh"> {", ".join(words)}</span></span>'


def _of(results: Sequence[tuple[int, StepResult]], wanted: int) -> StepResult:
    return next(result for run, result in results if run == wanted)


def _for(same: Same, text: str) -> str:
    return f'<div class="{of_runs(same.runs)}">{text}</div>'


def _sentence(step: StepText, signs: str = "", anchor: str = "") -> str:
    """Write the sentence and what stands under it; its keyword links to the step itself."""
    keyword = e(step.keyword)
    keyword = (
        f'<a class="kw" href="#{e(anchor)}" title="address of this step">{keyword}</a>'
        if anchor
        else f'<span class="kw">{keyword}</span>'
    )
    parts = [f'<p class="sentence">{keyword} <span>{_words(step)}</span>{signs}</p>']
    if step.table:
        parts.append(table(step.table[0], step.table[1:], "data"))
    if step.doc is not None:
        parts.append(f'<pre class="doc">{code(step.doc, step.media) if step.media else e(step.doc)}</pre>')
    return "".join(parts)


def _words(step: StepText) -> str:
    """Write the sentence: what stands in backticks as code, what filled a short field of the pattern apart."""
    parts, at = [], 0
    for start, words in step.arguments:
        if start >= at and _is_a_value(step.text, start, words):
            parts.append(f"{e(step.text[at:start])}<em>{e(words)}</em>")
            at = start + len(words)
    text = _CODE.sub(r"<code>\1</code>", "".join(parts) + e(step.text[at:]))
    return text if step.arguments else _PLACEHOLDER.sub(r"<var>\1</var>", text)


def _is_a_value(text: str, start: int, words: str) -> bool:
    return " " not in words or text[max(0, start - 1) : start] in {'"', "`"}
