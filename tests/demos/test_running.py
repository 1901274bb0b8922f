import json
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from click.testing import CliRunner
from demokit import running
from demokit.__main__ import main
from demokit.settings import Settings


class Health(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        body = json.dumps({"status": "ready", "keyspace": "ttl_sessions"}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Keep quiet."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        folder = tmp_path / "ttl-sessions"
        folder.mkdir()
        monkeypatch.chdir(folder)
        monkeypatch.delenv("COODIE_HOSTS", raising=False)
        monkeypatch.delenv("KEYSPACE", raising=False)
        monkeypatch.setenv("PORT", str(server.server_port))
        monkeypatch.setenv("DEMO_STATE_DIR", str(tmp_path / "state"))
        yield Settings.load(folder)
        server.shutdown()
        thread.join()


def test_a_demo_that_answers_is_alive(settings: Settings) -> None:
    running.announce(settings)
    assert [one.port for one in running.alive(settings.state_dir)] == [settings.port]


def test_a_note_whose_address_is_somebody_elses_is_not_believed(settings: Settings) -> None:
    note = running.announce(settings)
    note.write_text(note.read_text().replace("ttl_sessions", "other"))
    (settings.state_dir / "torn.json").write_text("{")
    assert running.alive(settings.state_dir) == []


def test_a_gallery_is_asked_who_it_is(settings: Settings) -> None:
    assert not running.is_gallery(f"http://127.0.0.1:{settings.port}/")
    assert not running.is_gallery("http://127.0.0.1:1/")
    assert not running.is_gallery("nonsense")


def test_the_server_is_left_running_while_a_demo_uses_it(settings: Settings) -> None:
    running.announce(settings)
    result = CliRunner().invoke(main, ["down"])
    assert result.exit_code == 1
    assert f"still in use: ttl-sessions on port {settings.port}." in result.output


def test_a_cluster_of_the_users_is_never_stopped(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    running.announce(settings)
    monkeypatch.setenv("COODIE_HOSTS", "10.0.0.5:9042")
    result = CliRunner().invoke(main, ["down"])
    assert (result.exit_code, result.output) == (
        0,
        "10.0.0.5:9042 (COODIE_HOSTS) is yours, so it is left running.\n",
    )


def test_a_keyspace_in_use_is_not_dropped(settings: Settings) -> None:
    running.announce(settings)
    result = CliRunner().invoke(main, ["clean"])
    assert result.exit_code == 1
    assert "End it first" in result.output


def test_running_a_demo_twice_says_where_it_runs(settings: Settings) -> None:
    result = CliRunner().invoke(main, ["run", "never-started"])
    assert (result.exit_code, result.output) == (
        0,
        f"ttl-sessions runs already: http://127.0.0.1:{settings.port}/\n",
    )


def test_a_port_of_another_program_is_said(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEYSPACE", "other")
    result = CliRunner().invoke(main, ["run", "never-started"])
    assert result.exit_code == 1
    assert f"make run PORT={settings.port + 100}" in result.output
