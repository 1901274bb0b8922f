import pytest
from notes import Note, titles

from coodie.testing import assert_statements

pytestmark = pytest.mark.usefixtures("coodie_tables")


def test_titles_are_sorted_and_read_at_once():
    for title in ("loom", "engine"):
        Note(author="ada", title=title).save()
    with assert_statements(1):
        assert titles("ada") == ["engine", "loom"]


def test_nothing_is_left_of_the_test_before():
    assert Note.find().count() == 0
