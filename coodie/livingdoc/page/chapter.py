"""A feature as a chapter: its prose, its rules, its scenarios, and each scenario's examples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.livingdoc.page.scenario import scenario_section, steps_as_written
from coodie.livingdoc.page.text import e, prose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from coodie.livingdoc.model import Feature, Rule, StepText

TOP = {"library": "Library", "demos": "Demos"}


def folder_name(name: str) -> str:
    """Write the name of a folder as a title."""
    return TOP.get(name) or name.replace("_", " ").replace("-", " ").capitalize()


def chapter(feature: Feature) -> str:
    """Write a feature."""
    crumbs = " › ".join(e(folder_name(folder)) for folder in feature.folders)
    rules = "".join(_rule(rule, feature) for rule in feature.rules)
    return (
        f'<article class="feature" id="{e(feature.id)}" data-tags="{e(" ".join(feature.tags))}">'
        f'<header><p class="crumbs">{crumbs}</p>'
        f'<h2><a href="#{e(feature.id)}">{e(feature.name)}</a></h2>{tags(feature.tags)}'
        f'<p class="place">{e(feature.uri)}</p></header>{prose(feature.description)}'
        f"{_background(feature.background)}{rules}</article>"
    )


def tags(names: Iterable[str]) -> str:
    """Write tags; each filters by itself."""
    items = "".join(f'<a class="tag" href="#{e(name)}">{e(name)}</a> ' for name in names)
    return f'<p class="tags">{items}</p>' if items else ""


def _rule(rule: Rule, feature: Feature) -> str:
    scenarios = "".join(scenario_section(each, feature, rule) for each in rule.scenarios)
    if not rule.name:
        return scenarios
    return (
        f'<section class="rule" id="{e(rule.id)}"><h3><span class="kw">Rule</span> '
        f'<a href="#{e(rule.id)}">{e(rule.name)}</a></h3>{tags(rule.tags)}{prose(rule.description)}'
        f"{_background(rule.background)}{scenarios}</section>"
    )


def _background(steps: list[StepText]) -> str:
    if not steps:
        return ""
    return f'<div class="background"><p class="kw">Before each scenario</p>{steps_as_written(steps)}</div>'
