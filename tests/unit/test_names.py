"""Names of classes to names of tables, and identifiers to quoted ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coodie.exceptions import InvalidQueryError
from coodie.naming import check_object_name, qualified, quote, snake_case


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("User", "user"),
        ("UserProfile", "user_profile"),
        ("HTTPLogEntry", "http_log_entry"),
        ("APIKey", "api_key"),
        ("already_snake", "already_snake"),
        ("User2", "user2"),
        ("UserV2Log", "user_v_2_log"),
        ("X", "x"),
        ("_Hidden", "hidden"),
        ("With__Two", "with_two"),
        ("ABC", "abc"),
        ("_", "_"),
    ],
)
def test_a_table_is_called_as_its_class_in_snake_case(name, table):
    assert snake_case(name) == table


def test_letters_beyond_ascii_are_not_dropped():
    """Dropping them would make another table's name of this one."""
    assert snake_case("Café") != snake_case("Caf")


@pytest.mark.property
@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_a_quoted_identifier_ends_where_it_should(name):
    quoted = quote(name)
    assert quoted[0] == quoted[-1] == '"'
    inside = quoted[1:-1]
    assert inside.replace('""', "").count('"') == 0
    assert inside.replace('""', '"') == name


@pytest.mark.parametrize("name", ["", "a\0b", "x" * 65_536])
def test_what_cannot_be_an_identifier_is_refused(name):
    with pytest.raises(InvalidQueryError, match="identifier"):
        quote(name)


def test_a_table_is_qualified_where_its_keyspace_is_known():
    assert qualified("ks", "t") == '"ks"."t"'
    assert qualified(None, "Order") == '"Order"'
    assert qualified('k"s', "t") == '"k""s"."t"'


@pytest.mark.parametrize("what", ["keyspace", "table", "view", "type"])
@pytest.mark.parametrize("name", ["", "a b", "a-b", "ä", 'a"b', "a.b", "a;", "x" * 49, "a\n"])
def test_objects_take_fewer_characters(name, what):
    with pytest.raises(InvalidQueryError, match=what):
        check_object_name(name, what)


@pytest.mark.parametrize(("name", "what"), [("x" * 48, "table"), ("x" * 222, "index"), ("Table_1", "table")])
def test_objects_may_be_as_long_as_the_server_allows(name, what):
    assert check_object_name(name, what) == name


def test_an_index_longer_than_a_file_name_is_refused():
    with pytest.raises(InvalidQueryError, match="222"):
        check_object_name("x" * 223, "index")
