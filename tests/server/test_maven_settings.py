"""What is read from the user's Maven settings."""

from __future__ import annotations

from pathlib import Path

import pytest

from coodie.server import maven_settings

SETTINGS = """\
<settings xmlns="http://maven.apache.org/SETTINGS/1.2.0">
  <localRepository>{local}</localRepository>
  <mirrors>
    <mirror><id>other</id><url>http://other.invalid/</url><mirrorOf>snapshots</mirrorOf></mirror>
    <mirror><id>chosen</id><url>http://mirror.invalid/maven/</url><mirrorOf>{pattern}</mirrorOf></mirror>
  </mirrors>
</settings>
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.delenv("M2_REPO", raising=False)
    (tmp_path / ".m2").mkdir()
    return tmp_path


def write(home: Path, *, pattern: str = "central", local: str = "/somewhere") -> None:
    (home / ".m2" / "settings.xml").write_text(SETTINGS.format(pattern=pattern, local=local))


@pytest.mark.parametrize("pattern", ["central", "*", "external:*", "a,central", "*,!internal"])
def test_a_mirror_of_the_central_repository_is_used(home: Path, pattern: str) -> None:
    write(home, pattern=pattern)
    assert maven_settings.mirror() == "http://mirror.invalid/maven"


@pytest.mark.parametrize("pattern", ["*,!central", "snapshots", ""])
def test_other_mirrors_are_not(home: Path, pattern: str) -> None:
    write(home, pattern=pattern)
    assert maven_settings.mirror() is None


def test_the_local_repository_may_be_moved(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert maven_settings.local_repository() == home / ".m2" / "repository"
    write(home)
    assert maven_settings.local_repository() == Path("/somewhere")
    monkeypatch.setenv("M2_REPO", "/elsewhere")
    assert maven_settings.local_repository() == Path("/elsewhere")


def test_unreadable_settings_count_as_none(home: Path) -> None:
    (home / ".m2" / "settings.xml").write_text("<settings><mirrors>")
    assert maven_settings.mirror() is None
    assert maven_settings.local_repository() == home / ".m2" / "repository"
