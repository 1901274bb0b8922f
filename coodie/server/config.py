"""The configuration files of one embedded node, as text: pure functions of its specification."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from pathlib import Path

Profile = Literal["dev", "test"]
PROFILES: tuple[Profile, ...] = ("dev", "test")

# The driver gives up after ten seconds; a busy laptop should not be called a failing replica before.
REQUEST_TIMEOUT = "10s"
REQUESTS = ("read", "range", "write", "counter_write", "truncate")

LOGBACK = """\
<configuration>
  <appender name="STDOUT" class="ch.qos.logback.core.ConsoleAppender">
    <encoder><pattern>%-5level %date{ISO8601} %logger{0} - %msg%n</pattern></encoder>
  </appender>
  <root level="INFO"><appender-ref ref="STDOUT"/></root>
</configuration>
"""


@dataclass(frozen=True, slots=True)
class Tls:
    """A server's key (PKCS8) and certificate, both PEM files.

    With `clients`, a CA that signed the server's certificate too, clients must show one of its certificates.
    """

    key: Path
    certificate: Path
    clients: Path | None = None


@dataclass(frozen=True, slots=True)
class NodeSpec:
    """What one node is: its folder, its addresses and how it behaves."""

    folder: Path
    host: str
    port: int
    storage_port: int
    seed: str
    profile: Profile
    token: int
    passwords: bool = False
    tls: Tls | None = None

    @property
    def conf(self) -> Path:
        """The folder of the generated configuration."""
        return self.folder / "conf"

    @property
    def log(self) -> Path:
        """The node's log of this start; the previous one is beside it."""
        return self.folder / "node.log"

    @property
    def lock(self) -> Path:
        """The file that is locked while the node lives."""
        return self.folder / "lock"


def cassandra_yaml(spec: NodeSpec) -> str:
    """Return `cassandra.yaml`, written as JSON, which is YAML."""
    data = spec.folder / "data"
    seed = f"[{spec.seed}]" if ":" in spec.seed else spec.seed
    settings: dict[str, Any] = {
        "cluster_name": "coodie",
        "num_tokens": 1,
        "initial_token": str(spec.token),
        # All nodes join before there is anything to stream.
        "auto_bootstrap": False,
        # A node that starts again would wait ten seconds for peers that start after it.
        "block_for_peers_timeout_in_secs": -1,
        "partitioner": "org.apache.cassandra.dht.Murmur3Partitioner",
        "endpoint_snitch": "SimpleSnitch",
        "listen_address": spec.host,
        "rpc_address": spec.host,
        "native_transport_port": spec.port,
        "storage_port": spec.storage_port,
        "seed_provider": [
            {
                "class_name": "org.apache.cassandra.locator.SimpleSeedProvider",
                "parameters": [{"seeds": f"{seed}:{spec.storage_port}"}],
            }
        ],
        "data_file_directories": [str(data / "tables")],
        "commitlog_directory": str(data / "commitlog"),
        "hints_directory": str(data / "hints"),
        "saved_caches_directory": str(data / "saved_caches"),
        "cdc_raw_directory": str(data / "cdc_raw"),
        "auto_snapshot": False,
        # A vector index takes as many writes at once as there are processors and one more, and fails what comes beside.
        "concurrent_writes": 2,
        "materialized_views_enabled": True,
        "user_defined_functions_enabled": True,
        **{f"{kind}_request_timeout": REQUEST_TIMEOUT for kind in REQUESTS},
        **_durability(spec.profile),
    }
    if spec.passwords:
        settings["authenticator"] = "PasswordAuthenticator"
        settings["authorizer"] = "CassandraAuthorizer"
        settings["role_manager"] = "CassandraRoleManager"
    if spec.tls:
        settings["client_encryption_options"] = {
            "enabled": True,
            "optional": False,
            "ssl_context_factory": {"class_name": "org.apache.cassandra.security.PEMBasedSslContextFactory"},
            "keystore": str(spec.conf / "server.pem"),
            "truststore": str(spec.tls.clients or spec.tls.certificate),
            "require_client_auth": spec.tls.clients is not None,
        }
    return json.dumps(settings, indent=2) + "\n"


def write_configuration(spec: NodeSpec) -> None:
    """Write the node's configuration into its folder."""
    spec.conf.mkdir(parents=True, exist_ok=True)
    (spec.conf / "cassandra.yaml").write_text(cassandra_yaml(spec), "utf-8")
    (spec.conf / "logback.xml").write_text(LOGBACK, "utf-8")
    if spec.tls:
        pem = spec.conf / "server.pem"
        pem.touch(mode=0o600)
        pem.write_text(spec.tls.key.read_text("utf-8") + spec.tls.certificate.read_text("utf-8"), "utf-8")


def _durability(profile: Profile) -> dict[str, Any]:
    if profile == "dev":
        # A write is acknowledged after it is on disk: kill -9 then loses none.
        return {"commitlog_sync": "batch"}
    return {
        "commitlog_sync": "periodic",
        "commitlog_sync_period": "10s",
        # The folder may be a memory file system.
        "commitlog_total_space": "256MiB",
    }
