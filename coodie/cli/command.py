"""What every command shares: how it is registered, how it fails, and what its exit codes mean."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import argparse


class Commands(Protocol):
    """What `ArgumentParser.add_subparsers` returns; argparse keeps its class private."""

    def add_parser(self, name: str, *, help: str, description: str) -> argparse.ArgumentParser:  # noqa: A002
        """Add the parser of one command."""


class Exit(IntEnum):
    """The exit codes of all commands."""

    OK = 0
    FAILED = 1
    USAGE = 2
    NO_SERVER = 3
    DIFFERENT = 4
    INTERRUPTED = 130


class CommandError(Exception):
    """A command failed for a reason that its user should read, not debug."""

    def __init__(self, message: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.code = code


class Command(Protocol):
    """A module of `coodie.cli` that adds itself to the command line."""

    def register(self, commands: Commands) -> None:
        """Add the command's parser, with `run` as its default function."""
