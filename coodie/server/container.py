"""The container rung: ScyllaDB, disposable through testcontainers or standing through `docker compose`."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import time
import warnings
from contextlib import suppress
from importlib.resources import as_file, files
from typing import TYPE_CHECKING

from coodie.server import protocol
from coodie.server.address import CQL_PORT, Address
from coodie.server.errors import ContainerError, MissingExtraError
from coodie.server.handle import Server
from coodie.server.ports import require_free, standing_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from coodie.server.progress import Report

IMAGE = "scylladb/scylla:" + os.environ.get("SCYLLA_VERSION", "latest")
ARGUMENTS = "--smp 1 --memory 512M --developer-mode 1 --overprovisioned 1 --skip-wait-for-gossip-to-settle 0"
START_PATIENCE = 120.0
PAUSE = 0.5
ANOTHER_WAY = "Start the engine, or use --server=embedded, which needs none, or COODIE_HOSTS."


def obstacle() -> str | None:
    """Say in a few words why no container can be had, or return None when an engine answers."""
    try:
        import docker  # noqa: PLC0415 - optional: the extra `testing`
    except ImportError:
        return _obstacle_by_command()
    with warnings.catch_warnings():
        # The client leaves its socket to the garbage collector when nobody answers.
        warnings.simplefilter("ignore", ResourceWarning)
        try:
            client = docker.from_env(timeout=2)
            try:
                client.ping()
            finally:
                client.close()
        except (docker.errors.DockerException, OSError):
            answers = False
        else:
            answers = True
        gc.collect()
    return None if answers else "no container engine answers"


def _obstacle_by_command() -> str | None:
    """Ask with the command docker, which is all that a standing container needs."""
    docker = shutil.which("docker")
    if docker is None:
        return "neither the package nor the command docker is installed"
    question = [docker, "version", "--format", "{{.Server.Version}}"]
    try:
        subprocess.run(question, capture_output=True, timeout=5, check=True)  # noqa: S603 - the user's own docker
    except (OSError, subprocess.SubprocessError):
        return "no container engine answers"
    return None


def start_disposable(why: str, report: Report) -> Server:
    """Start a container for tests; testcontainers removes it even when this process is killed."""
    try:
        # Optional: the extra `testing`.
        from testcontainers.core.container import DockerContainer  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError(
            "The package testcontainers is not installed.",
            "Install it with pip install 'coodie[testing]>=2.0.0.dev0'.",
        ) from error
    report(f"Starting {IMAGE} in a container; the first time, its image is downloaded.")
    try:
        started = DockerContainer(IMAGE).with_command(ARGUMENTS).with_exposed_ports(CQL_PORT)
        started.start()
    except Exception as error:
        # The engine's client, its HTTP library and testcontainers each have errors of their own.
        cause = _first_line(str(error))
        raise ContainerError(f"The container did not start: {cause}", ANOTHER_WAY) from error
    try:
        address = Address(started.get_container_host_ip(), int(started.get_exposed_port(CQL_PORT)))
        return _ready(address, why, "test", started.stop, lambda: _tail(started.get_logs()))
    except BaseException:
        with suppress(Exception):
            started.stop()
        raise


def start_standing(why: str, port: int | None, report: Report) -> Server:
    """Start the service of `compose.yaml`, which keeps its data in a volume."""
    if port is None:
        port = standing_port(["127.0.0.1"])
    address = Address("127.0.0.1", port)
    require_free(address)
    report(f"Starting {IMAGE} with docker compose; the first time, its image is downloaded.")
    _compose("up", "--detach", "scylladb", port=port)
    try:
        return _ready(address, why, "dev", stop_standing, _last_standing_line)
    except BaseException:
        with suppress(ContainerError):
            stop_standing()
        raise


def stop_standing(*, remove_data: bool = False) -> None:
    """Stop the service; its volume stays unless its data is to go too."""
    _compose("down", *(["--volumes"] if remove_data else []))


def show_standing_logs(*, follow: bool, lines: int) -> int:
    """Show the service's log on this terminal and return the exit code of docker."""
    following = ["--follow"] if follow else []
    command = [*_command(), "logs", "--tail", str(lines), *following, "scylladb"]
    return subprocess.run(command, check=False).returncode  # noqa: S603 - the user's own docker


def _ready(
    address: Address, why: str, profile: str, stopper: Callable[[], None], last_line: Callable[[], str]
) -> Server:
    deadline = time.monotonic() + START_PATIENCE
    while (supported := protocol.options(address)) is None:
        if time.monotonic() > deadline:
            raise ContainerError(
                f"The container did not answer CQL in {START_PATIENCE:.0f} s. Its log ends: {last_line()}",
                ANOTHER_WAY,
            )
        time.sleep(PAUSE)
    return Server(
        host=address.host,
        port=address.port,
        product=protocol.product(supported),
        version="",
        rung="container",
        why=why,
        profile=profile,
        stopper=stopper,
    )


def _command() -> list[str]:
    docker = shutil.which("docker")
    if docker is None:
        raise ContainerError("The command docker is not on PATH.", ANOTHER_WAY)
    with as_file(files("coodie.server") / "compose.yaml") as compose:
        return [docker, "compose", "--file", str(compose)]


def _compose(*arguments: str, port: int | None = None) -> str:
    environment = {**os.environ, "COODIE_PORT": str(port)} if port else None
    try:
        done = subprocess.run(  # noqa: S603 - the user's own docker
            [*_command(), *arguments], capture_output=True, text=True, check=True, env=environment
        )
    except subprocess.CalledProcessError as error:
        raise ContainerError(f"docker compose {arguments[0]}: {_tail(error.stderr)}", ANOTHER_WAY) from error
    except OSError as error:
        raise ContainerError(f"docker compose {arguments[0]}: {error}", ANOTHER_WAY) from error
    return done.stdout


def _last_standing_line() -> str:
    return _tail(_compose("logs", "--no-color", "--tail", "5", "scylladb"))


def _tail(output: object) -> str:
    text = b"".join(output).decode(errors="replace") if isinstance(output, tuple) else str(output)
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else "(empty)"


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0] or "no reason given"
