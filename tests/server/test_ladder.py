"""Which rung is taken, why, and how one falls to the next; the containers themselves are stand-ins."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from coodie.server import ContainerError, NotReadyError, Server, address, container, launch, protocol, start
from coodie.server.ladder import choose
from coodie.server.ports import disposable_port
from coodie.server.progress import quiet

if TYPE_CHECKING:
    from coodie.server.embedded import Wish

ROOT = Path(__file__).parents[2]
needs_scripts = pytest.mark.skipif(os.name == "nt", reason="the stand-in for docker is a shell script")


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A container engine that answers."""
    monkeypatch.setattr(container, "obstacle", lambda: None)


@pytest.fixture
def embedded(monkeypatch: pytest.MonkeyPatch) -> list[Wish]:
    """The embedded rung, which only writes down what is wished."""
    wishes: list[Wish] = []

    def stand_in(wish: Wish, _report: object) -> Server:
        wishes.append(wish)
        return Server("127.0.0.1", 1, "Cassandra", "5", "embedded", wish.why)

    monkeypatch.setattr(launch, "start_embedded", stand_in)
    return wishes


@pytest.mark.usefixtures("engine")
def test_hosts_of_the_environment_come_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COODIE_HOSTS", "db:1,other")
    choice = choose(None)
    assert (choice.rung, choice.why) == ("hosts", "COODIE_HOSTS is set")
    assert choice.addresses == (address.Address("db", 1), address.Address("other", 9042))


@pytest.mark.usefixtures("engine")
def test_then_a_container_engine_that_answers() -> None:
    choice = choose(None)
    assert (choice.rung, choice.why, choice.forced) == ("container", "a container engine answers", False)


def test_else_an_embedded_node_and_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOCKER_HOST", f"tcp://127.0.0.1:{disposable_port(['127.0.0.1'])}")
    choice = choose(None)
    assert (choice.rung, choice.why) == ("embedded", "no container engine answers")


def test_without_the_client_no_engine_is_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docker", None)
    monkeypatch.setenv("PATH", "")
    assert choose(None).why == "neither the package nor the command docker is installed"


@pytest.mark.parametrize(
    ("asked", "rung"), [("scylla", "container"), ("embedded", "embedded"), ("db:1", "hosts")]
)
def test_a_rung_can_be_forced(asked: str, rung: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COODIE_HOSTS", "never:1")
    choice = choose(asked)
    assert (choice.rung, choice.forced) == (rung, True)


def test_a_named_server_that_does_not_answer_is_an_error() -> None:
    port = disposable_port(["127.0.0.1"])
    with pytest.raises(NotReadyError, match=rf"No CQL server answers on 127\.0\.0\.1:{port} \(asked for\)\."):
        start(f"127.0.0.1:{port}", report=quiet)


@pytest.mark.usefixtures("engine")
def test_a_failing_container_falls_to_the_embedded_node_with_two_lines_of_why(
    embedded: list[Wish], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_arguments: object) -> Server:
        raise ContainerError("The container did not start: no such image.", "")

    monkeypatch.setattr(container, "start_disposable", fail)
    lines: list[str] = []
    server = start(report=lines.append)
    assert server.rung == "embedded"
    assert lines == [
        "ScyllaDB in a container was not to be had; an embedded Cassandra takes its place.",
        "Why: The container did not start: no such image.",
    ]
    assert embedded[0].why == "the container failed (The container did not start: no such image.)"
    with pytest.raises(ContainerError):
        start("scylla", report=quiet)


@pytest.mark.usefixtures("engine")
def test_what_only_an_embedded_node_can_do_skips_the_container(embedded: list[Wish]) -> None:
    assert start(nodes=2, report=quiet).rung == "embedded"
    assert embedded[0].nodes == 2


class FakeContainer:
    """What `testcontainers` would give."""

    last: FakeContainer

    def __init__(self, image: str) -> None:
        self.image = image
        self.stopped = False
        FakeContainer.last = self

    def with_command(self, command: str) -> FakeContainer:
        self.command = command
        return self

    def with_exposed_ports(self, *ports: int) -> FakeContainer:
        self.ports = ports
        return self

    def start(self) -> None:
        if "broken" in self.image:
            raise RuntimeError("pull access denied\nfor a long reason")

    def get_container_host_ip(self) -> str:
        return "127.0.0.1"

    def get_exposed_port(self, _port: int) -> str:
        return "32768"

    def get_logs(self) -> tuple[bytes, bytes]:
        return b"starting\nout of aio slots\n", b""

    def stop(self) -> None:
        self.stopped = True


@pytest.fixture
def testcontainers(monkeypatch: pytest.MonkeyPatch) -> None:
    module = SimpleNamespace(DockerContainer=FakeContainer)
    monkeypatch.setitem(sys.modules, "testcontainers.core.container", module)
    monkeypatch.setattr(container, "START_PATIENCE", 0.0)


@pytest.mark.usefixtures("testcontainers")
def test_a_container_for_tests_is_scylla_on_a_port_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "options", lambda _address: {"SCYLLA_NR_SHARDS": ["1"]})
    with start("scylla", report=quiet) as server:
        assert str(server.address) == "127.0.0.1:32768"
        assert (server.product, server.rung, server.why) == ("ScyllaDB", "container", "asked for")
        assert FakeContainer.last.image.startswith("scylladb/scylla:")
        assert FakeContainer.last.command == container.ARGUMENTS
        assert FakeContainer.last.ports == (9042,)
    assert FakeContainer.last.stopped


@pytest.mark.usefixtures("testcontainers")
def test_a_container_that_never_answers_is_removed_and_its_log_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "options", lambda _address: None)
    with pytest.raises(ContainerError, match=r"did not answer CQL in 0 s. Its log ends: out of aio slots"):
        start("scylla", report=quiet)
    assert FakeContainer.last.stopped


@pytest.mark.usefixtures("testcontainers")
def test_a_container_that_does_not_start_says_why_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(container, "IMAGE", "scylladb/broken")
    with pytest.raises(ContainerError) as caught:
        start("scylla", report=quiet)
    assert caught.value.problem == "The container did not start: pull access denied"


@pytest.fixture
def docker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A `docker` that writes down how it was called, and fails while the file `fail` exists."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "docker"
    script.write_text(
        f'#!/bin/sh\necho "$COODIE_PORT $*" >> "{folder}/calls"\n'
        f'if [ -e "{folder}/fail" ]; then echo "first" >&2; echo "no space left" >&2; exit 1; fi\n'
        "echo last line of the log\n"
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(container, "START_PATIENCE", 0.0)
    return folder


@needs_scripts
def test_without_the_client_the_command_is_asked(docker: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "docker", None)
    assert choose(None).rung == "container"
    (docker / "fail").touch()
    assert choose(None).why == "no container engine answers"


@needs_scripts
def test_a_standing_container_is_started_from_the_compose_file(
    docker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "options", lambda _address: {"SCYLLA_NR_SHARDS": ["1"]})
    port = disposable_port(["127.0.0.1"])
    server = start("scylla", port=port, keep=True, report=quiet)
    server.stop()
    compose = ROOT / "coodie" / "server" / "compose.yaml"
    up, down = (docker / "calls").read_text().splitlines()
    assert up == f"{port} compose --file {compose} up --detach scylladb"
    assert down.split() == ["compose", "--file", str(compose), "down"]


@needs_scripts
def test_a_standing_container_that_never_answers_is_taken_down(
    docker: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "options", lambda _address: None)
    with pytest.raises(ContainerError, match="Its log ends: last line of the log"):
        start("scylla", port=disposable_port(["127.0.0.1"]), keep=True, report=quiet)
    assert (docker / "calls").read_text().splitlines()[-1].endswith("down")


@needs_scripts
def test_what_docker_says_last_is_the_reason(docker: Path) -> None:
    (docker / "fail").touch()
    with pytest.raises(ContainerError, match="docker compose up: no space left"):
        start("scylla", port=disposable_port(["127.0.0.1"]), keep=True, report=quiet)


def test_without_the_command_docker_the_other_ways_are_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ContainerError, match=r"docker is not on PATH.\n.*--server=embedded.*COODIE_HOSTS"):
        start("scylla", port=disposable_port(["127.0.0.1"]), keep=True, report=quiet)


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
    return loaded


def test_the_package_carries_the_compose_file_of_the_root() -> None:
    assert (ROOT / "compose.yaml").read_bytes() == (ROOT / "coodie" / "server" / "compose.yaml").read_bytes()


def test_scylladb_listens_on_the_loopback_only() -> None:
    scylladb = compose()["services"]["scylladb"]
    assert scylladb["image"].startswith("scylladb/scylla:")
    assert scylladb["ports"] == ["127.0.0.1:${COODIE_PORT:-9042}:9042"]
    assert scylladb["command"].startswith(container.ARGUMENTS + " ${VECTOR_STORE:+")


def test_the_vector_store_is_a_profile_that_scylladb_is_told_of() -> None:
    services = compose()["services"]
    store = services["vector-store"]
    assert store["profiles"] == ["vector"]
    assert store["environment"] == {
        "VECTOR_STORE_URI": "0.0.0.0:6080",
        "VECTOR_STORE_SCYLLADB_URI": "scylladb:9042",
    }
    assert "ports" not in store
    assert "--vector-store-primary-uri" in services["scylladb"]["command"]
