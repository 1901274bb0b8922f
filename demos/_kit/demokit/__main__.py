"""What `demos/demo.mk` asks for: `python -m demokit up|run|down|clean` in a demo's folder, `gallery` anywhere."""

from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import click

from coodie.cli.main import main as coodie
from coodie.exceptions import CoodieError
from coodie.server import discover
from demokit import database, running
from demokit.settings import Settings, SettingsError


@click.group()
@click.pass_context
def main(context: click.Context) -> None:
    """Look after the server and the keyspace of the demo in this folder."""
    if context.invoked_subcommand != "gallery":
        context.obj = Settings.load(Path.cwd())


@main.command()
@click.pass_obj
def up(settings: Settings) -> None:
    """Start the server unless one is there, and make the keyspace."""
    if settings.hosts:
        click.echo(
            f"Using {', '.join(settings.hosts)} (COODIE_HOSTS); it is yours, so it is not started or stopped."
        )
    elif status := coodie(["server", "up"]):
        raise click.exceptions.Exit(status)
    database.create_keyspace(settings)


@main.command()
@click.pass_obj
def down(settings: Settings) -> None:
    """Stop the server that the demos share, unless one of them still uses it."""
    if settings.hosts:
        click.echo(f"{', '.join(settings.hosts)} (COODIE_HOSTS) is yours, so it is left running.")
        return
    if others := running.alive(settings.state_dir):
        names = ", ".join(f"{other.name} on port {other.port}" for other in others)
        raise click.ClickException(
            f"The server is left running, because it is still in use: {names}. End that first."
        )
    raise click.exceptions.Exit(coodie(["server", "down"]))


@main.command()
@click.pass_obj
def clean(settings: Settings) -> None:
    """Drop this demo's keyspace."""
    for other in running.alive(settings.state_dir):
        if other.keyspace == settings.keyspace:
            raise click.ClickException(
                f"{other.name} on port {other.port} is using keyspace {settings.keyspace}. End it first (Ctrl-C)."
            )
    try:
        database.drop_keyspace(settings)
    except database.NoServerError:
        click.echo(
            "No server runs, so nothing was dropped. `make db-up clean` drops what a stopped one keeps."
        )
    else:
        settings.sqlite.unlink(missing_ok=True)
        click.echo(f"Keyspace {settings.keyspace} is gone.")


@main.command()
@click.option("--all", "everything", is_flag=True, help="Start every demo at once.")
def gallery(*, everything: bool) -> None:
    """Open the page that starts and ends the demos of this repository; Ctrl-C ends them all, and the server it made."""
    command = [sys.executable, "-m", "demokit.gallery", *(["--all"] if everything else [])]
    if not os.environ.get("COODIE_HOSTS"):
        if discover() is None:
            command.append("--ends-server")
        if status := coodie(["server", "up"]):
            raise click.exceptions.Exit(status)
    os.execv(sys.executable, command)  # noqa: S606 - this very interpreter


@main.command(context_settings={"ignore_unknown_options": True})
@click.argument("command", nargs=-1, required=True, type=click.UNPROCESSED)
@click.pass_obj
def run(settings: Settings, command: tuple[str, ...]) -> None:
    """Start the app with COMMAND, in this process, unless it runs already."""
    address = f"http://{running.HOST}:{settings.port}/"
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((running.HOST, settings.port))
        except OSError as taken:
            if running.Running(settings.name, settings.keyspace, settings.port).answers():
                click.echo(f"{settings.name} runs already: {address}")
                return
            raise click.ClickException(
                f"Port {settings.port} is taken by another program. Choose another: make run PORT={settings.port + 100}"
            ) from taken
    click.secho(f"{settings.name}: {address} (Ctrl-C ends it)", fg="cyan")
    os.execvp(command[0], command)  # noqa: S606 - the command is demo.mk's own


if __name__ == "__main__":
    try:
        main(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (database.NoServerError, SettingsError, CoodieError) as error:
        click.secho(str(error), fg="red", err=True)
        sys.exit(1)
