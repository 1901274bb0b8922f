"""`start`: climb down the ladder until a server answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from coodie.server import container, protocol
from coodie.server.embedded import Wish, start_embedded
from coodie.server.errors import ContainerError, MissingExtraError, NotReadyError
from coodie.server.handle import Server
from coodie.server.ladder import choose
from coodie.server.progress import to_stderr

if TYPE_CHECKING:
    from pathlib import Path

    from coodie.server.config import Profile, Tls
    from coodie.server.ladder import Choice
    from coodie.server.progress import Report


def start(
    server: str | None = None,
    *,
    profile: Profile = "test",
    port: int | None = None,
    folder: Path | None = None,
    nodes: int = 1,
    passwords: bool = False,
    tls: Tls | None = None,
    keep: bool = False,
    report: Report = to_stderr,
) -> Server:
    """Return a server that answers CQL, started if need be.

    `server` is `scylla`, `embedded`, `HOST:PORT` or None: then `COODIE_HOSTS` decides, else whether a
    container engine answers, else a Cassandra is embedded. Profile `test` is quick and disposable; profile
    `dev` keeps what it acknowledged, even over kill -9. Unless `keep` is set, an embedded server ends with
    this process, however that ends; `stop()` or a `with` block ends it in order. `port`, `folder`, `nodes`,
    `passwords` (user and password `cassandra`) and `tls` are of the embedded server. Each step is told to
    `report` in one line. Raises a `ServerError`, which names the cause and the remedy.
    """
    choice = choose(server)
    embedded_only = bool(folder or nodes > 1 or passwords or tls)
    if choice.rung == "hosts":
        return _named(choice)
    if choice.rung == "container" and not choice.forced and embedded_only:
        choice = choose("embedded")
    why = choice.why
    if choice.rung == "container":
        try:
            if keep:
                return container.start_standing(why, port, report)
            return container.start_disposable(why, report)
        except (ContainerError, MissingExtraError) as error:
            if choice.forced:
                raise
            report("ScyllaDB in a container was not to be had; an embedded Cassandra takes its place.")
            report(f"Why: {error.problem}")
            why = f"the container failed ({error.problem})"
    wish = Wish(
        profile=profile,
        why=why,
        port=port,
        folder=folder.absolute() if folder else None,
        nodes=nodes,
        passwords=passwords,
        tls=tls,
        keep=keep,
    )
    return start_embedded(wish, report)


def _named(choice: Choice) -> Server:
    first, *others = choice.addresses
    for address in choice.addresses:
        supported = protocol.options(address) or protocol.options(address, tls=True)
        if supported is not None:
            return Server(
                host=first.host,
                port=first.port,
                product=protocol.product(supported),
                version="",
                rung="hosts",
                why=choice.why,
                others=tuple(other.host for other in others),
            )
    raise NotReadyError(
        f"No CQL server answers on {', '.join(map(str, choice.addresses))} ({choice.why}).",
        "Start that server, or correct the address; without one, coodie starts a server of its own.",
    )
