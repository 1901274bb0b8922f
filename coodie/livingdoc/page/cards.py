"""The title page's cards: each folder whose scenarios took pictures, such as a demo, with one of them."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from coodie.livingdoc.model import worst
from coodie.livingdoc.page.marks import mark
from coodie.livingdoc.page.pictures import is_wide, of_run, thumbnail
from coodie.livingdoc.page.text import duration, e, plural, table_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from coodie.livingdoc.model import Book, Feature, Proof

PREFERRED = "README"
SLOWEST = 10


def cards(book: Book) -> str:
    """Write a card for each folder with pictures, in the order of the document."""
    items = []
    for folder, inside in groupby(book.features, key=lambda feature: feature.folders):
        features = list(inside)
        shown = _picture(features)
        if folder and shown is not None:
            items.append(_card(folder[-1], features, shown))
    return f'<ul class="cards">{"".join(items)}</ul>' if items else ""


def slowest(book: Book) -> str:
    """Write which scenarios took longest, by their slowest run."""
    timed = [
        (max(run.seconds for run in example.runs), scenario.id, example.name or scenario.name, feature.name)
        for feature, scenario, example in book.examples()
        if example.runs
    ]
    rows = [
        [e(duration(seconds)), f'<a href="#{e(own)}">{e(name)}</a>', e(feature)]
        for seconds, own, name, feature in sorted(timed, key=lambda each: -each[0])[:SLOWEST]
    ]
    return table_of(["took", "scenario", "feature"], rows, "figures") if len(timed) > SLOWEST else ""


def _card(name: str, features: Sequence[Feature], shown: Proof) -> str:
    count = sum(len(scenario.examples) for feature in features for scenario in feature.scenarios())
    status = worst(feature.status for feature in features)
    return (
        f'<li><a href="#{e(features[0].id)}">{thumbnail(shown)}<b>{e(name)}</b></a>'
        f"<p>{mark(status, plural(count, 'scenario'))}</p></li>"
    )


def _picture(features: Sequence[Feature]) -> Proof | None:
    """Choose the picture that is meant for the README, else that of a desktop with the most on it."""
    wide = [
        picture
        for feature in features
        for scenario in feature.scenarios()
        for example in scenario.examples
        for run in example.runs[:1]
        for picture in of_run(run)
        if is_wide(picture)
    ]
    meant = (picture for picture in wide if picture.name == PREFERRED)
    return next(meant, max(wide, key=lambda picture: len(picture.body), default=None))
