"""A connection as one string: `cassandra://user:password@host:9042,host2/keyspace?driver=acsylla&tls_ca=ca.pem`."""

from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

from coodie.exceptions import ConfigurationError

SCHEMES = ("cassandra", "scylla")


def is_url(text: object) -> bool:
    """Tell whether a string is a URL and not addresses."""
    return isinstance(text, str) and "://" in text


def parse_url(url: str, known: frozenset[str]) -> dict[str, str]:
    """Return the settings in a URL; `known` are those that may follow the question mark.

    Parts are percent-encoded as in every URL. A message never repeats the URL, which may hold a password.
    """
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES:
        raise ConfigurationError(
            f"a connection's URL begins with {' or '.join(f'{each}://' for each in SCHEMES)}, not {parts.scheme}://"
        )
    if parts.fragment:
        raise ConfigurationError("a connection's URL has no #: write %23 for one in a password")
    login, _, hosts = parts.netloc.rpartition("@")
    settings = {"hosts": unquote(hosts), "keyspace": unquote(parts.path.strip("/"))}
    if login:
        username, colon, password = login.partition(":")
        settings["username"] = unquote(username)
        if colon:
            settings["password"] = unquote(password)
    if "/" in settings["keyspace"]:
        raise ConfigurationError("a connection's URL names one keyspace after the hosts, and no path")
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name not in known:
            raise ConfigurationError(
                f"a connection's URL knows no {name!r}: use {', '.join(sorted(known))}, "
                "and give what else the driver takes to init_coodie()"
            )
        if settings.get(name):
            raise ConfigurationError(f"a connection's URL says {name} twice")
        settings[name] = value
    return {name: value for name, value in settings.items() if value}
