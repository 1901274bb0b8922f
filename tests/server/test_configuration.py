"""The generated configuration and command line of a node."""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from coodie.server.command import MAIN_CLASS, command_line
from coodie.server.config import NodeSpec, Tls, cassandra_yaml, write_configuration
from coodie.server.java import Java

if TYPE_CHECKING:
    from coodie.server.config import Profile


def spec(folder: Path = Path("/node"), profile: Profile = "dev", **changes: Any) -> NodeSpec:
    fields: dict[str, Any] = {
        "folder": folder,
        "host": "127.0.0.1",
        "port": 9042,
        "storage_port": 7000,
        "seed": "127.0.0.1",
        "profile": profile,
        "token": -(1 << 63),
    }
    return NodeSpec(**{**fields, **changes})


def settings(chosen: NodeSpec) -> dict[str, Any]:
    text = cassandra_yaml(chosen)
    loaded: dict[str, Any] = yaml.safe_load(text)
    assert loaded == json.loads(text)
    return loaded


def test_the_configuration_stays_on_the_loopback() -> None:
    loaded = settings(spec())
    assert loaded["listen_address"] == loaded["rpc_address"] == "127.0.0.1"
    assert loaded["native_transport_port"] == 9042
    assert loaded["seed_provider"][0]["parameters"] == [{"seeds": "127.0.0.1:7000"}]


def test_an_ipv6_seed_has_brackets() -> None:
    loaded = settings(spec(seed="::1"))
    assert loaded["seed_provider"][0]["parameters"] == [{"seeds": "[::1]:7000"}]


def test_the_dev_profile_acknowledges_what_is_on_disk() -> None:
    assert settings(spec())["commitlog_sync"] == "batch"
    assert not any("unsafesystem" in part for part in command_line(spec(), Java(Path("java"), 17, ""), []))


def test_the_test_profile_trades_durability_for_speed() -> None:
    chosen = spec(profile="test")
    assert settings(chosen)["commitlog_sync"] == "periodic"
    assert "-Dcassandra.unsafesystem=true" in command_line(chosen, Java(Path("java"), 17, ""), [])


def test_everything_the_node_writes_is_in_its_folder() -> None:
    loaded = settings(spec(Path("/chosen")))
    paths = [value for key, value in loaded.items() if key.endswith("_directory")]
    paths += loaded["data_file_directories"]
    assert len(paths) == 5
    assert all(PurePosixPath(path).is_relative_to("/chosen") for path in paths)


def test_passwords_switch_all_three_parts_on() -> None:
    assert "authenticator" not in settings(spec())
    loaded = settings(spec(passwords=True))
    assert loaded["authenticator"] == "PasswordAuthenticator"
    assert loaded["authorizer"] == "CassandraAuthorizer"
    assert loaded["role_manager"] == "CassandraRoleManager"


def test_tls_puts_key_and_certificate_into_one_private_file(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    key.write_text("KEY\n")
    certificate.write_text("CERTIFICATE\n")
    chosen = spec(tmp_path / "node", tls=Tls(key, certificate))
    write_configuration(chosen)
    options = yaml.safe_load((chosen.conf / "cassandra.yaml").read_text())["client_encryption_options"]
    assert options["enabled"] is True
    assert options["optional"] is False
    pem = Path(options["keystore"])
    assert pem.read_text() == "KEY\nCERTIFICATE\n"
    if os.name != "nt":
        assert pem.stat().st_mode & 0o077 == 0


def test_the_class_path_uses_the_separator_of_the_platform() -> None:
    command = command_line(spec(), Java(Path("/java"), 17, ""), [Path("a.jar"), Path("b.jar")])
    assert command[0] == str(Path("/java"))
    assert command[-3:] == ["-cp", os.pathsep.join(["a.jar", "b.jar"]), MAIN_CLASS]


@pytest.mark.parametrize(("major", "expected"), [(17, False), (21, True)])
def test_a_newer_java_is_told_to_allow_the_security_manager(major: int, expected: bool) -> None:  # noqa: FBT001
    command = command_line(spec(), Java(Path("java"), major, ""), [])
    assert ("-Djava.security.manager=allow" in command) is expected
