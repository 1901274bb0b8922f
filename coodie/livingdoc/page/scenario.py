"""A scenario on the page: its steps, and under each what the runs did; several runs share one scenario."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from coodie.livingdoc.page.highlight import code
from coodie.livingdoc.page.proof import model, proofs
from coodie.livingdoc.page.same import Same, group
from coodie.livingdoc.page.text import duration, e, plural, prose
from coodie.livingdoc.records import MODEL, STATEMENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coodie.livingdoc.model import CaseRun, Example, Feature, Rule, Scenario, StepResult, StepText

MARKS = {
    "PASSED": ("✓", "passed"),
    "FAILED": ("✗", "failed"),
    "SKIPPED": ("◌", "skipped"),
    "UNDEFINED": ("✗", "undefined"),
}
_PLACEHOLDER = re.compile(r"&lt;(.+?)&gt;")
_QUOTED = re.compile(r"(&quot;.*?&quot;)")


def mark(status: str, label: str = "") -> str:
    """Write a status: a sign and its word, so that neither colour nor shape carries it alone."""
    sign, word = MARKS.get(status, ("–", "did not run") if not status else ("✗", status.lower()))
    return f'<span class="mark {word.replace(" ", "-")}"><b>{sign}</b> {e(label) or word}</span>'


def scenario_section(scenario: Scenario, feature: Feature, rule: Rule) -> str:
    """Write a scenario or an outline with all of its examples."""
    tags = [
        *feature.tags,
        *rule.tags,
        *scenario.tags,
        *(tag for table in scenario.tables for tag in table.tags),
    ]
    own = "".join(f'<a class="tag" href="#{e(tag)}">{e(tag)}</a> ' for tag in scenario.tags)
    place = f'<span class="place">{e(feature.uri)}:{scenario.line}</span>'
    head = (
        f'<header><h4><span class="kw">{e(scenario.keyword)}</span> <a href="#{e(scenario.id)}">{e(scenario.name)}</a>'
        f'</h4><p class="under">{own}{place}</p></header>{prose(scenario.description)}'
    )
    if scenario.tables:
        body = f"{steps_as_written(scenario.steps)}{_tables(scenario)}"
    else:
        body = _example(scenario.examples[0], scenario.id)
    status = MARKS.get(scenario.status, ("", "did-not-run" if not scenario.status else "failed"))[1]
    return (
        f'<section class="scenario {status}" id="{e(scenario.id)}" data-status="{status}" '
        f'data-tags="{e(" ".join(dict.fromkeys(tags)))}">{head}{body}</section>'
    )


def steps_as_written(steps: Sequence[StepText]) -> str:
    """Write steps without results: a background, or the pattern of an outline."""
    return f'<ol class="steps written">{"".join(f"<li>{_sentence(step)}</li>" for step in steps)}</ol>'


def _tables(scenario: Scenario) -> str:
    parts, number = [], 0
    for table in scenario.tables:
        head = "".join(f'<th scope="col">{e(name)}</th>' for name in table.header)
        rows, details = [], []
        for row in table.rows:
            number += 1
            anchor = f"{scenario.id}.{number}"
            cells = "".join(f"<td>{e(value)}</td>" for value in row.values)
            rows.append(f'<tr><td class="is">{mark(row.status)}</td>{cells}</tr>')
            said = ", ".join(
                f"{name} = {value}" for name, value in zip(table.header, row.values, strict=False)
            )
            opened = " open" if row.status not in {"PASSED", "SKIPPED", ""} else ""
            details.append(
                f'<details class="example"{opened} id="{e(anchor)}"><summary>{e(said)}</summary>'
                f"<div>{_example(row, anchor)}</div></details>"
            )
        title = f"Examples: {e(table.name)}" if table.name else "Examples"
        parts.append(
            f'<div class="examples"><p class="kw">{title}</p>{prose(table.description)}<div class="scroll">'
            f'<table class="data"><thead><tr><td></td>{head}</tr></thead><tbody>{"".join(rows)}</tbody></table></div>'
            f"{''.join(details)}</div>"
        )
    return "".join(parts)


def _example(example: Example, anchor: str) -> str:
    runs = example.runs
    if not runs:
        return f'<p class="runs">{mark("")}</p>{steps_as_written(example.steps)}'
    reasons = "".join(
        f'<p class="reason {_classes(runs_of)}">{e(reason)}</p>' for reason, runs_of in _reasons(runs).items()
    )
    before = _around("Fixtures before", [(i, run.before) for i, run in enumerate(runs) if run.before])
    after = _around("Fixtures after", [(i, run.after) for i, run in enumerate(runs) if run.after])
    steps = "".join(
        _step(position, step, runs, f"{anchor}.{position + 1}") for position, step in enumerate(example.steps)
    )
    return (
        f'<div class="case">{_switch(runs, anchor)}{reasons}{_models(runs)}{before}'
        f'<ol class="steps">{steps}</ol>{after}</div>'
    )


def _switch(runs: Sequence[CaseRun], anchor: str) -> str:
    if len(runs) == 1:
        run = runs[0]
        label = " · ".join(filter(None, (run.label, duration(run.seconds))))
        return f'<p class="runs">{mark(run.status)} <span class="badge">{e(label)}</span></p>'
    chosen = min(range(len(runs)), key=lambda i: runs[i].status in {"PASSED", "SKIPPED"})
    inputs, labels = [], []
    for position, run in enumerate(runs):
        own = f"{anchor}.r{position}"
        checked = " checked" if position == chosen else ""
        inputs.append(f'<input type="radio" name="{e(anchor)}" id="{e(own)}"{checked}>')
        title = " · ".join(filter(None, (run.environment.get("server", ""), duration(run.seconds))))
        labels.append(
            f'<label for="{e(own)}" title="{e(title)}">{mark(run.status, run.label or str(position + 1))}</label>'
        )
    return f'{"".join(inputs)}<p class="runs">{"".join(labels)}</p>'


def _step(position: int, step: StepText, runs: Sequence[CaseRun], anchor: str) -> str:
    results = [(i, run.steps[position]) for i, run in enumerate(runs) if position < len(run.steps)]
    states: dict[str, list[int]] = {}
    for i, result in results:
        states.setdefault(result.status, []).append(i)
    marks = "".join(f'<span class="{_classes(of)}">{mark(status)}</span>' for status, of in states.items())
    evidence = "".join(_evidence(same, runs) for same in group(results))
    link = f'<span class="place">{e(step.definition)}</span>' if step.definition else ""
    inherited = " inherited" if step.background else ""
    return (
        f'<li class="step{inherited}" id="{e(anchor)}"><div class="line">{marks}{_sentence(step)}</div>'
        f"{evidence}{link}</li>"
    )


def _evidence(same: Same, runs: Sequence[CaseRun]) -> str:
    result = same.result
    shown = [proof for proof in result.proofs if proof.media != MODEL]
    failed = result.status not in {"PASSED", "SKIPPED"}
    if not shown and not failed:
        return ""
    count = sum(1 for proof in shown if proof.media == STATEMENT)
    parts = [plural(count, "statement")] if count else []
    parts += [plural(len(shown) - count, "attachment")] if len(shown) > count else []
    names = [runs[i].label for i in same.runs if runs[i].label]
    times = " · ".join(
        f"{runs[i].label} {duration(seconds)}".strip()
        for i in same.runs
        for seconds in [_seconds_of(runs[i], result)]
    )
    del names
    opened = " open" if failed else ""
    return (
        f'<details class="ev {_classes(same.runs)}"{opened}><summary>{", ".join(parts) or "what went wrong"}'
        f'</summary><div class="body"><p class="times">{e(times)}</p>{_failure(result)}{proofs(shown)}</div></details>'
    )


def _seconds_of(run: CaseRun, result: StepResult) -> float:
    for step in run.steps:
        if step is result:
            return step.seconds
    return result.seconds


def _failure(result: StepResult) -> str:
    if result.error is None:
        return ""
    trace = result.error.get("stackTrace", "")
    folded = f"<details><summary>traceback</summary><pre>{e(trace)}</pre></details>" if trace else ""
    return (
        f'<div class="failure"><p><b>{e(result.error["type"])}</b></p><pre>{e(result.error.get("message", ""))}</pre>'
        f"{folded}</div>"
    )


def _around(title: str, results: list[tuple[int, StepResult]]) -> str:
    parts = []
    for same in group(results):
        result = same.result
        opened = " open" if result.error else ""
        parts.append(
            f'<details class="ev around {_classes(same.runs)}"{opened}><summary>{title}: '
            f'{plural(len(result.proofs), "statement")}</summary><div class="body">{_failure(result)}'
            f"{proofs(result.proofs)}</div></details>"
        )
    return "".join(parts)


def _models(runs: Sequence[CaseRun]) -> str:
    found: dict[str, str] = {}
    for run in runs:
        for step in (run.before, *run.steps):
            for proof in step.proofs if step else ():
                if proof.media == MODEL:
                    found.setdefault(f"{proof.body['name']} {proof.body['text']}", model(proof.body))
    if not found:
        return ""
    names = ", ".join(dict.fromkeys(key.split(" ", 1)[0] for key in found))
    return f'<details class="models"><summary>Model {e(names)}</summary>{"".join(found.values())}</details>'


def _reasons(runs: Sequence[CaseRun]) -> dict[str, list[int]]:
    reasons: dict[str, list[int]] = {}
    for position, run in enumerate(runs):
        if run.reason:
            reasons.setdefault(run.reason, []).append(position)
    return reasons


def _classes(runs: Iterable[int]) -> str:
    return "rv " + " ".join(f"r{run}" for run in runs)


def _sentence(step: StepText) -> str:
    parts = [f'<p class="sentence"><span class="kw">{e(step.keyword)}</span> {_words(step)}</p>']
    if step.table:
        head = "".join(f'<th scope="col">{e(cell)}</th>' for cell in step.table[0])
        rows = "".join(
            "<tr>" + "".join(f"<td>{e(cell)}</td>" for cell in row) + "</tr>" for row in step.table[1:]
        )
        parts.append(
            f'<div class="scroll"><table class="data"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>'
        )
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
    return _PLACEHOLDER.sub(r"<var>\1</var>", text) if not step.arguments else text
