"""Scenarios that must fail: a step that is wrong, or a refusal that does not come, is red."""

from __future__ import annotations

import re

import pytest

from steps.errors import folded


@pytest.mark.parametrize(
    ("message", "pattern", "fits"),
    [
        ("no column 'titel'", "no column 'titel'", True),
        ("no column\n  'titel'", "no column 'titel'", True),
        ("no column 'titel'", "no\ncolumn 'titel'", True),
        ("known are a, b, c", "known are …, c", True),
        ("known are a, b, c", "…", True),
        ("no column 'titel'", "no column", False),
        ("no column", "no column 'titel'", False),
        ("a.b", "a…c", False),
    ],
)
def test_a_message_fits_its_pattern_or_stands_beside_it(message: str, pattern: str, fits: bool) -> None:  # noqa: FBT001
    assert (folded(message, pattern) == pattern) is fits
    assert re.search(r"\S", folded(message, pattern))
