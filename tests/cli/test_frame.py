"""What all commands share: connection options, output, and how they fail."""

from __future__ import annotations

import argparse
import io
import json
import os
import pty
import subprocess
import sys
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from coodie.cli import main as command_line
from coodie.cli.command import CommandError, Exit
from coodie.cli.connection import add_connection_options, connected
from coodie.cli.output import Output, add_output_options, aligned, styled
from coodie.drivers import get_driver
from coodie.exceptions import ConfigurationError, ServerRejected

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coodie.cli.command import Commands
    from coodie.server import Server


def options(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_connection_options(parser)
    return parser.parse_args(arguments)


@pytest.fixture(autouse=True)
def environment(tmp_path: Path) -> Iterator[dict[str, str]]:
    """No setting of whoever runs the tests, and no server of theirs."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith("COODIE_")}
    with mock.patch.dict(os.environ, {**plain, "COODIE_STATE_DIR": str(tmp_path)}, clear=True):
        yield {}


def failure(*arguments: str, keyspace: bool = False) -> CommandError:
    with pytest.raises(CommandError) as caught, connected(options(*arguments), needs_keyspace=keyspace):
        pass
    return caught.value


def test_a_command_connects_and_leaves_nothing_open(coodie_server: Server, coodie_keyspace: str) -> None:
    given = options("--hosts", str(coodie_server.address), "--keyspace", coodie_keyspace)
    with connected(given) as driver:
        assert get_driver() is driver
        assert driver.keyspace == coodie_keyspace
    with pytest.raises(ConfigurationError):
        get_driver()


def test_the_environment_says_what_options_do_not(coodie_server: Server) -> None:
    with (
        mock.patch.dict(os.environ, COODIE_HOSTS=str(coodie_server.address), COODIE_KEYSPACE="elsewhere"),
        connected(options()) as driver,
    ):
        assert driver.keyspace == "elsewhere"


def test_without_any_server_it_says_how_to_get_one() -> None:
    error = failure()
    assert error.code == Exit.NO_SERVER
    assert "coodie server up" in str(error)


def test_a_server_that_does_not_answer_has_the_same_code() -> None:
    error = failure("--hosts", "127.0.0.1:9")
    assert error.code == Exit.NO_SERVER
    assert "127.0.0.1" in str(error)


def test_a_name_that_nobody_knows_is_named() -> None:
    error = failure("--hosts", "nohost.invalid")
    assert error.code == Exit.NO_SERVER
    assert "no host of this name is known: nohost.invalid" in str(error)


def test_a_file_in_no_folder_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line.main(["inspect", "-o", "nowhere/models.py"]) == Exit.USAGE
    assert capsys.readouterr().err == "coodie: the folder nowhere does not exist\n"


def test_a_missing_keyspace_is_wrong_usage() -> None:
    error = failure("--hosts", "127.0.0.1:9", keyspace=True)
    assert error.code == Exit.USAGE
    assert "--keyspace" in str(error)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--ssl-key", "client.pem"], "tls_key needs tls_certificate"),
        (["--ssl-ca", "nowhere.pem"], "nowhere.pem cannot be read: No such file"),
        (["--ssl-any-host"], "--ssl"),
        (["--password-file", "nowhere"], "nowhere: No such file"),
        (["--user", "ada"], "password is missing"),
    ],
)
def test_options_that_cannot_be_are_refused_before_the_wire(arguments: list[str], said: str) -> None:
    error = failure("--hosts", "127.0.0.1:9", *arguments)
    assert error.code == Exit.USAGE
    assert said in str(error)


def test_a_file_that_is_no_certificate_is_named(tmp_path: Path) -> None:
    wrong = tmp_path / "ca.pem"
    wrong.write_text("not a certificate")
    error = failure("--hosts", "127.0.0.1:9", "--ssl-ca", str(wrong))
    assert error.code == Exit.USAGE
    assert "ca.pem is not PEM" in str(error)


def test_a_url_says_all_of_it(coodie_server: Server) -> None:
    url = f"cassandra://{coodie_server.address}/elsewhere?driver=cassandra"
    with connected(options("--hosts", url)) as driver:
        assert driver.keyspace == "elsewhere"
        assert driver.driver_type == "cassandra"


class Broken:
    """A command that fails as it is told."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    def register(self, commands: Commands) -> None:
        parser = commands.add_parser("break", help="fail", description="fail")
        add_output_options(parser)
        parser.set_defaults(run=self.run)

    def run(self, _options: argparse.Namespace) -> int:
        raise self.error


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CommandError("not here", Exit.DIFFERENT), 4),
        (ServerRejected("not here"), 1),
        (KeyboardInterrupt(), 130),
    ],
)
def test_a_failure_is_a_sentence_and_for_programs_a_document(
    error: Exception, code: int, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(command_line, "COMMANDS", (Broken(error),))
    assert command_line.main(["break", "--json"]) == code
    said = capsys.readouterr()
    expected = str(error) or "interrupted"
    assert json.loads(said.out) == {"error": expected, "exit_code": code}
    assert said.err == f"coodie: {expected}\n"


def test_the_notes_of_an_error_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = ServerRejected("no such table")
    error.add_note("statement: SELECT 1")
    monkeypatch.setattr(command_line, "COMMANDS", (Broken(error),))
    assert command_line.main(["break"]) == 1
    assert capsys.readouterr().err == "coodie: no such table\n  statement: SELECT 1\n"


def test_columns_are_as_wide_as_their_widest_cell() -> None:
    assert aligned(["name", "n"], [["a", 1], ["longer", None]]) == [
        "name    n",
        "------  -",
        "a       1",
        "longer",
    ]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    assert styled("x", "red", io.StringIO()) == "x"
    assert styled("x", "red", Terminal()) == "\033[31mx\033[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert styled("x", "red", Terminal()) == "x"


def test_progress_is_for_terminals_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Output().progress(1, 2, "tables")
    assert capsys.readouterr().err == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    Output().progress(1, 2, "tables")
    Output().progress(2, 2, "tables")
    assert terminal.getvalue().endswith(f"\r\033[K{'█' * 24} 2/2 tables\n")


@pytest.mark.skipif(os.name == "nt", reason="opens a pseudo-terminal")
def test_an_error_on_a_terminal_is_red() -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm"}
    subprocess.run(
        [sys.executable, "-m", "coodie.cli.main", "server", "logs"],
        stdout=theirs,
        stderr=theirs,
        env=environment,
        check=False,
        timeout=60,
    )
    assert os.read(ours, 1000).startswith(b"\033[31mcoodie:\033[0m No server runs here")
