"""TLS by files, which every driver takes in its own way: a CA to trust, and a certificate and key to show."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from coodie.exceptions import ConfigurationError

PEM = "-----BEGIN CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Paths of PEM files, and whether a node's certificate must name the address that it answers at.

    Without a `ca`, what the system trusts is trusted. `certificate` and `key` are for nodes that want to know the
    program; the key may stand in the certificate's file.
    """

    ca: str | None = None
    certificate: str | None = None
    key: str | None = None
    check_hostname: bool = True

    def checked(self) -> TlsFiles:
        """Read the files once, so that what is wrong with one is told before a server is asked."""
        self.context()
        return self

    def context(self) -> ssl.SSLContext:
        """Return the files as a context of Python's own."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = self.check_hostname
        if self.ca is None:
            context.load_default_certs()
        else:
            _load("tls_ca", self.ca, lambda: context.load_verify_locations(self.ca))
        if self.key is not None and self.certificate is None:
            raise ConfigurationError("tls_key needs tls_certificate, the certificate of that key")
        if self.certificate is not None:
            _load(
                "tls_certificate",
                self.certificate,
                lambda: context.load_cert_chain(str(self.certificate), self.key, password=_encrypted),
            )
        return context

    def trusted(self) -> list[str]:
        """Return the certificates to trust, each as PEM text."""
        if self.ca is None:
            return [ssl.DER_cert_to_PEM_cert(der) for der in self.context().get_ca_certs(binary_form=True)]
        head, *rest = _text(self.ca).split(PEM)
        del head  # what tools write before a certificate
        return [PEM + part for part in rest]

    def shown(self) -> tuple[str, str] | None:
        """Return the certificate and key to show, as PEM texts."""
        return (
            None
            if self.certificate is None
            else (_text(self.certificate), _text(self.key or self.certificate))
        )


def _load(setting: str, path: str, load: Callable[[], None]) -> None:
    try:
        load()
    except ssl.SSLError as error:
        raise ConfigurationError(
            f"{setting}: {path} is not PEM as it is needed: {error.reason or error}"
        ) from error
    except OSError as error:
        raise ConfigurationError(
            f"{setting}: {error.filename or path} cannot be read: {error.strerror}"
        ) from error


def _text(path: str) -> str:
    return Path(path).read_text("ascii", errors="replace")


def _encrypted() -> NoReturn:
    raise ConfigurationError(
        "tls_key is encrypted, and no password is asked for: decrypt it (openssl pkey -in KEY -out PLAIN), "
        "or give cassandra-driver an ssl_context= that has loaded it"
    )
