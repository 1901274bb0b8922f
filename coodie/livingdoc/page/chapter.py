"""A feature as a chapter: its prose, its rules, its scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.livingdoc.page.scenario import scenario_section, tag_line
from coodie.livingdoc.page.step import written
from coodie.livingdoc.page.text import e, prose

if TYPE_CHECKING:
    from coodie.livingdoc.model import Feature, Rule, StepText
    from coodie.livingdoc.page.shelf import Shelf


def folder_name(name: str) -> str:
    """Write the name of a folder as a title."""
    return name if "-" in name else name.replace("_", " ").capitalize()


def chapter(feature: Feature, shelf: Shelf) -> str:
    """Write a feature; what other features have too stands on the `shelf`."""
    crumbs = " / ".join(e(folder_name(folder)) for folder in feature.folders)
    rules = "".join(_rule(rule, feature, shelf) for rule in feature.rules)
    tongue = "" if feature.language == "en" else f' lang="{e(feature.language)}"'
    return (
        f'<article class="feature" id="{e(feature.id)}"{tongue}><header><p class="crumbs">{crumbs}</p>'
        f'<h2><a href="#{e(feature.id)}">{e(feature.name)}</a></h2>{tag_line(feature.tags)}'
        f'<p class="place">{e(feature.uri)}</p></header>{prose(feature.description)}'
        f"{_background(feature.background)}{rules}</article>"
    )


def _rule(rule: Rule, feature: Feature, shelf: Shelf) -> str:
    scenarios = "".join(scenario_section(each, feature, rule, shelf) for each in rule.scenarios)
    if not rule.name:
        return scenarios
    return (
        f'<section class="rule" id="{e(rule.id)}"><h3><span class="kw">{e(rule.keyword)}</span> '
        f'<a href="#{e(rule.id)}">{e(rule.name)}</a></h3>{tag_line(rule.tags)}{prose(rule.description)}'
        f"{_background(rule.background)}{scenarios}</section>"
    )


def _background(steps: list[StepText]) -> str:
    if not steps:
        return ""
    return f'<div class="background"><p class="kw">Before each scenario</p>{written(steps)}</div>'
