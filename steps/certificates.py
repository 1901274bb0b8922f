"""Certificates made on the spot: of an authority for a server and a program, and of another that nobody knows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import trustme
from cryptography.hazmat.primitives import serialization

from coodie.server import Tls


@dataclass(frozen=True, slots=True)
class Certificates:
    """Paths of PEM files in one folder."""

    folder: Path

    @classmethod
    def make(cls, folder: Path, address: str) -> Certificates:
        """Write the files; the server's certificate names its address, and localhost."""
        known, stranger = trustme.CA(), trustme.CA()
        known.cert_pem.write_to_path(folder / "ca.pem")
        stranger.cert_pem.write_to_path(folder / "other-ca.pem")
        for name, issued in (
            ("server", known.issue_cert(address, "localhost")),
            ("provider", known.issue_cert("localhost")),
            ("program", known.issue_cert("program@example.org")),
            ("stranger", stranger.issue_cert("stranger@example.org")),
        ):
            issued.private_key_pem.write_to_path(folder / f"{name}.key")
            for part in issued.cert_chain_pems:
                part.write_to_path(folder / f"{name}.pem", append=True)
        return cls(folder)

    def path(self, name: str) -> str:
        """Return the path of a file."""
        return str(self.folder / name)

    def of_server(self) -> Tls:
        """Return what a server is started with that wants to see a certificate of each client."""
        key = serialization.load_pem_private_key((self.folder / "server.key").read_bytes(), None)
        plain = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        (self.folder / "server.pk8").write_bytes(plain)
        return Tls(self.folder / "server.pk8", self.folder / "server.pem", clients=self.folder / "ca.pem")
