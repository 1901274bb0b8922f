"""The steps of the features, as pytest-bdd has them; the document needs nothing of them."""

import sqlite3

import pytest
from notes import Notes
from pytest_bdd import given, parsers, scenarios, then, when
from sqlite_adapter import connect

scenarios("../features")


@given("nobody has written yet", target_fixture="notes")
def nobody_has_written(livingdoc):
    livingdoc.attach_model(Notes)  # its source stands beside the scenario
    livingdoc.set_meta("server", f"SQLite {sqlite3.sqlite_version}")
    return Notes(connect())


@given(parsers.parse('"{author}" writes "{title}"'))
@when(parsers.parse('"{author}" writes "{title}"'))
def writes(notes, author, title):
    notes.write(author, title, pin="1815")


@when(parsers.parse('"{author}" writes {number:d} notes'))
def writes_several(notes, author, number):
    for count in range(number):
        notes.write(author, f"Note {count}", pin="1815")


@when(parsers.parse('"{author}" tries to write "{title}" again'), target_fixture="refusal")
def tries(notes, author, title):
    with pytest.raises(sqlite3.IntegrityError) as caught:
        notes.write(author, title, pin="1815")
    return str(caught.value)


@then(parsers.parse('"{author}" finds'))
def finds(notes, author, datatable):
    assert [["title"], *([title] for title in notes.of(author))] == datatable


@then(parsers.parse('"{author}" finds {number:d}'))
def finds_number(notes, author, number):
    assert len(notes.of(author)) == number


@then(parsers.parse('she is told "{words}"'))
def is_told(refusal, words):
    assert refusal == words
