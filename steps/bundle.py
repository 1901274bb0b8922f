"""A provider of clusters, small: its metadata service, and the secure-connect bundle that leads to it."""

from __future__ import annotations

import json
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest
from pytest_bdd import given

from coodie import sync

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from coodie.server import Server
    from steps.certificates import Certificates
    from steps.world import World

HOST = "localhost"
WHO = "cassandra"  # the user of a new server, and its password


class Provider(ThreadingHTTPServer):
    """Tells those who show a certificate of its authority where the nodes of one cluster are."""

    daemon_threads = True

    def __init__(self, certificates: Certificates, told: dict[str, object]) -> None:
        self.told = json.dumps({"version": 1, "contact_info": told}).encode()
        super().__init__((HOST, 0), Directory)
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=certificates.path("ca.pem"))
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_cert_chain(certificates.path("provider.pem"), certificates.path("provider.key"))
        self.socket = context.wrap_socket(self.socket, server_side=True, do_handshake_on_connect=False)
        self.thread = threading.Thread(target=self.serve_forever, name="provider", daemon=True)
        self.thread.start()

    def close(self) -> None:
        """End the service."""
        self.shutdown()
        self.thread.join()
        self.server_close()


class Directory(BaseHTTPRequestHandler):
    """Answers what drivers ask a provider."""

    server: Provider

    def do_GET(self) -> None:
        """Give the addresses of the cluster."""
        known = self.path.partition("?")[0] == "/metadata"  # a driver may name the version that it reads
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(self.server.told if known else b"")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def providers() -> Iterator[list[Provider]]:
    """The providers of a scenario, which end with it."""
    made: list[Provider] = []
    yield made
    for provider in made:
        provider.close()


@given("a provider of clusters has handed out a bundle for that server")
def bundle(
    world: World,
    secured_server: Server,
    certificates: Certificates,
    providers: list[Provider],
    tmp_path: Path,
) -> None:
    """Start the service that the bundle leads to, and name the file: `bundle`."""
    sync.init_coodie(
        hosts=[str(secured_server.address)],
        username=WHO,
        password=WHO,
        tls_ca=certificates.path("ca.pem"),
        tls_certificate=certificates.path("program.pem"),
        tls_key=certificates.path("program.key"),
        name="provider",
    )
    [node] = sync.execute_raw("SELECT host_id, data_center FROM system.local", connection="provider")
    told = {
        "type": "sni_proxy",
        "local_dc": node["data_center"],
        # The node itself stands where a provider's proxy would look at the name that a program asks for.
        "sni_proxy_address": f"{HOST}:{secured_server.port}",
        "contact_points": [str(node["host_id"])],
    }
    providers.append(Provider(certificates, told))
    path = tmp_path / "bundle.zip"
    config = {"host": HOST, "port": providers[-1].server_port, "localDC": node["data_center"]}
    with ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps(config))
        for name, part in (("ca.crt", "ca.pem"), ("cert", "program.pem"), ("key", "program.key")):
            file.write(certificates.path(part), name)
    world.names["bundle"] = str(path)
