"""The fixtures for connections, tables and statements, in runs of their own."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from coodie.testing import assert_statements

if TYPE_CHECKING:
    from coodie.server import Server

pytest_plugins = ["pytester"]
EXAMPLE = Path(__file__).parents[2] / "docs/examples/testing"
MODELS = """
import pytest
from typing import Annotated
from coodie import PrimaryKey
from coodie.drivers import get_driver
from coodie.sync import Document, MaterializedView, execute_raw
from coodie.testing import assert_statements

class Note(Document):
    id: Annotated[int, PrimaryKey()]

@pytest.fixture(scope="module")
def coodie_models():
    return [Note]
"""


@pytest.fixture(autouse=True)
def own_environment(monkeypatch: pytest.MonkeyPatch, coodie_server: Server) -> None:
    for name in ("PYTEST_ADDOPTS", "PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COODIE_HOSTS", str(coodie_server.address))


@pytest.mark.parametrize("arguments", [(), ("-n2",)], ids=["alone", "two workers"])
def test_the_example_passes(pytester: pytest.Pytester, arguments: tuple[str, ...]) -> None:
    shutil.copytree(EXAMPLE, pytester.path, dirs_exist_ok=True)
    result = pytester.runpytest_subprocess("-pno:cacheprovider", *arguments)
    result.assert_outcomes(passed=4)


def test_a_connection_is_the_default_while_its_module_lasts(pytester: pytest.Pytester) -> None:
    module = """
        import pytest
        from coodie.drivers import get_driver
        from coodie.exceptions import ConfigurationError
        def test_not_before():
            with pytest.raises(ConfigurationError):
                get_driver()
        def test_it(coodie_connection, coodie_keyspace):
            assert get_driver() is coodie_connection
            assert coodie_connection.keyspace == coodie_keyspace
    """
    pytester.makepyfile(test_one=module, test_two=module)
    pytester.runpytest_subprocess("-pno:cacheprovider").assert_outcomes(passed=4)


def test_tables_are_made_once_and_emptied_before_each_test_that_asks(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        MODELS
        + """
def test_first(coodie_tables):
    Note(id=1).save()

def test_second_does_not_ask(coodie_connection):
    assert Note.find().count() == 1

def test_third(coodie_tables):
    assert Note.find().count() == 0
"""
    )
    pytester.runpytest_subprocess("-pno:cacheprovider").assert_outcomes(passed=3)


def test_tables_without_models_are_an_error_that_says_what_to_do(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_it(coodie_tables): pass")
    result = pytester.runpytest_subprocess("-pno:cacheprovider")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*coodie_models names no model: override that fixture"])


def test_too_many_statements_are_listed(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        MODELS
        + """
def test_it(coodie_tables):
    with assert_statements(1):
        Note(id=1).save()
        Note.find().count()
"""
    )
    result = pytester.runpytest_subprocess("-pno:cacheprovider")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        [
            "*AssertionError: 2 statements were sent, not 1:",
            '*  1. INSERT INTO "*"."note" ("id") VALUES (?)',
            '*  2. SELECT * FROM "*"."note"',
        ]
    )


def test_what_fails_in_the_block_is_not_hidden_by_the_count() -> None:
    with pytest.raises(ZeroDivisionError), assert_statements(1):
        _ = 1 / 0


def test_none_sent_is_said_so() -> None:
    message = r"0 statements were sent, not 1:\n  \(none\)"
    with pytest.raises(AssertionError, match=message), assert_statements(1):
        pass
