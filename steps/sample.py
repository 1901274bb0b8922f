"""A demo's sample data: the same rows for the same count and random seed, in the app and here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pytest_bdd import parsers, then

from steps.demo_app import COUNT, SEED
from steps.demo_loader import load
from steps.web import ITEMS

if TYPE_CHECKING:
    from steps.demo_app import DemoApp
    from steps.web import Program


def sample(app: DemoApp, model: str) -> list[Any]:
    """Return the documents of a model that `make run` has written."""
    return [each for each in load(app.folder)["seed"].generate(COUNT, SEED) if type(each).__name__ == model]


@then(
    parsers.re(
        rf'every (?P<model>\w+) of the sample(?: whose `(?P<field>\w+)` is "(?P<value>.*)")? is among {ITEMS}, '
        r"by `(?P<key>\w+)`"
    )
)
def sample_is_found(
    demo_app: DemoApp,
    program: Program,
    model: str,
    field: str | None,
    value: str | None,
    path: str | None,
    key: str,
) -> None:
    """Compare the answer with the sample."""
    expected = {
        str(getattr(each, key))
        for each in sample(demo_app, model)
        if field is None or str(getattr(each, field)) == value
    }
    assert expected
    assert expected <= {item[key] for item in program.part(path or "")}
