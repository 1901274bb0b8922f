"""A scenario on the page: one section for all of its examples, and for all of their runs."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from coodie.livingdoc.page.marks import mark, of_runs, sign, word
from coodie.livingdoc.page.proof import model, proofs
from coodie.livingdoc.page.same import group
from coodie.livingdoc.page.step import executed, failure, traceback, written
from coodie.livingdoc.page.text import duration, e, on_demand, plural, prose
from coodie.livingdoc.records import MODEL

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from coodie.livingdoc.model import CaseRun, Example, ExampleTable, Feature, Rule, Scenario, StepResult
    from coodie.livingdoc.page.shelf import Shelf

LONGEST_TITLE = 80


def scenario_section(scenario: Scenario, feature: Feature, rule: Rule, shelf: Shelf) -> str:
    """Write a scenario or an outline; what models look like stands on the `shelf`."""
    level = "h4" if rule.name else "h3"
    every = [
        *feature.tags,
        *rule.tags,
        *scenario.tags,
        *(tag for table in scenario.tables for tag in table.tags),
    ]
    body = (
        _outline(scenario, feature, shelf)
        if scenario.tables
        else _example(scenario.examples[0], scenario.id, feature.uri, shelf)
    )
    return (
        f'<section class="scenario" id="{e(scenario.id)}" data-status="{word(scenario.status)}" '
        f'data-tags="{e(" ".join(dict.fromkeys(every)))}"><header><{level}><span class="kw">{e(scenario.keyword)}'
        f'</span> <a href="#{e(scenario.id)}">{e(scenario.name)}</a></{level}>{tag_line(scenario.tags)}</header>'
        f"{prose(scenario.description)}{body}</section>"
    )


def tag_line(names: Iterable[str]) -> str:
    """Write tags; with the script, each filters by itself."""
    items = " ".join(f'<a class="tag" href="#{e(name)}">{e(name)}</a>' for name in names)
    return f'<p class="tags">{items}</p>' if items else ""


def _outline(scenario: Scenario, feature: Feature, shelf: Shelf) -> str:
    parts, number = [f'<p class="runs">{_place(feature.uri, scenario.line)}</p>', written(scenario.steps)], 0
    for table in scenario.tables:
        parts.append(_examples(table, scenario, feature.uri, number, shelf))
        number += len(table.rows)
    return "".join(parts)


def _examples(table: ExampleTable, scenario: Scenario, uri: str, before: int, shelf: Shelf) -> str:
    head = "".join(f'<th scope="col">{e(name)}</th>' for name in table.header)
    rows, unfolded = [], []
    for number, row in enumerate(table.rows, before + 1):
        own = f"{scenario.id}.x{number}"
        cells = "".join(f"<td>{e(value)}</td>" for value in row.values)
        rows.append(f'<tr><td class="is"><a href="#{e(own)}">{sign(row.status)}</a></td>{cells}</tr>')
        values = ", ".join(row.values)
        title = row.name if row.name != scenario.name else values[:LONGEST_TITLE]
        opened = " open" if word(row.status) == "failed" else ""
        unfolded.append(
            f'<details class="example" id="{e(own)}"{opened}><summary>{sign(row.status)} {e(title)}</summary>'
            f"{_example(row, own, uri, shelf)}</details>"
        )
    caption = e(f"{table.keyword}: {table.name}" if table.name else table.keyword)
    return (
        f'<div class="examples"><p class="kw">{caption}</p>{tag_line(table.tags)}{prose(table.description)}'
        f'<div class="scroll" tabindex="0"><table class="data"><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>{''.join(unfolded)}</div>"
    )


def _example(example: Example, anchor: str, uri: str, shelf: Shelf) -> str:
    runs = example.runs
    place = _place(uri, example.line)
    if not runs:
        return f'<div class="case"><p class="runs">{mark("")}{place}</p>{written(example.steps)}</div>'
    return (
        f'<div class="case">{_switch(runs, anchor, place)}{_reasons(runs)}{_models(runs, anchor, shelf)}'
        f"{_around('before the scenario', runs, [run.before for run in runs])}{executed(example.steps, runs, anchor)}"
        f"{_around('after the scenario', runs, [run.after for run in runs])}</div>"
    )


def _place(uri: str, line: int) -> str:
    return f'<span class="place" title="{e(uri)}:{line}">{e(PurePosixPath(uri).name)}:{line}</span>'


def _switch(runs: Sequence[CaseRun], anchor: str, place: str) -> str:
    """Write a badge per run; radio buttons choose whose evidence is shown, without a script."""
    if len(runs) == 1:
        label = " · ".join(filter(None, (runs[0].label, duration(runs[0].seconds))))
        return f'<p class="runs">{mark(runs[0].status)} <span class="badge">{e(label)}</span>{place}</p>'
    chosen = min(range(len(runs)), key=lambda i: (runs[i].superseded, word(runs[i].status) != "failed"))
    inputs, labels = [], []
    for position, run in enumerate(runs):
        own = f"{anchor}.run{position + 1}"
        checked = " checked" if position == chosen else ""
        inputs.append(f'<input class="vh" type="radio" name="{e(anchor)}" id="{e(own)}"{checked}>')
        title = " · ".join(filter(None, (run.environment.get("server", ""), duration(run.seconds))))
        name = mark(run.status, run.label or f"run {position + 1}")
        labels.append(f'<label for="{e(own)}" title="{e(title)}">{name}</label>')
    return f'{"".join(inputs)}<p class="runs">{"".join(labels)}{place}</p>'


def _reasons(runs: Sequence[CaseRun]) -> str:
    reasons: dict[str, list[int]] = {}
    for position, run in enumerate(runs):
        if run.reason:
            reasons.setdefault(run.reason, []).append(position)
    return "".join(f'<p class="reason {of_runs(whose)}">{e(reason)}</p>' for reason, whose in reasons.items())


def _around(when: str, runs: Sequence[CaseRun], results: Sequence[StepResult | None]) -> str:
    parts = []
    found = [(run, result) for run, result in enumerate(results) if result is not None]
    for same in group(runs, found, lambda proof: proof.media != MODEL):
        title = f"{plural(len(same.proofs), 'statement')} {when}" if same.proofs else f"Failed {when}"
        opened = " open" if same.result.error else ""
        shown = proofs(same.proofs, whole=bool(opened))
        parts.append(
            f'<details class="around {of_runs(same.runs)}"{opened}><summary>{title}</summary>'
            f"{failure(same.result)}{shown}{traceback(same.result)}</details>"
        )
    return "".join(parts)


def _models(runs: Sequence[CaseRun], anchor: str, shelf: Shelf) -> str:
    found: dict[tuple[str, str], str] = {}
    for run in runs:
        for step in (run.before, *run.steps):
            for proof in () if step is None else step.proofs:
                if proof.media == MODEL:
                    found.setdefault((proof.body["name"], proof.body["text"]), model(proof.body))
    if not found:
        return ""
    names = ", ".join(dict.fromkeys(name for name, _ in found))
    title = names if names.endswith(".py") else f"model {names}"
    lines = sum(text.count("\n") for _, text in found)
    sources, own = "".join(found.values()), f"{anchor}.models"
    first = shelf.first(sources, own)
    inner = (
        on_demand(sources) if first == own else f'<p class="same"><a href="#{e(first)}">its source</a></p>'
    )
    return f'<details class="models" id="{e(own)}" data-lines="{lines}"><summary>{e(title)}</summary>{inner}</details>'
