"""What the user's Maven settings say: where the local repository is, and which mirror to ask."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator


def local_repository() -> Path:
    """Return Maven's local repository: `M2_REPO`, else the one of the settings, else `~/.m2/repository`."""
    if chosen := os.environ.get("M2_REPO"):
        return Path(chosen)
    for element in _elements():
        if _name(element) == "localRepository" and element.text and "$" not in element.text:
            return Path(element.text.strip())
    return Path.home() / ".m2" / "repository"


def mirror() -> str | None:
    """Return the address of the first mirror of the central repository, if the user has set one."""
    for element in _elements():
        if _name(element) == "mirror":
            fields = {_name(child): (child.text or "").strip() for child in element}
            if fields.get("url") and _mirrors_central(fields.get("mirrorOf", "")):
                return fields["url"].rstrip("/")
    return None


def _mirrors_central(pattern: str) -> bool:
    parts = [part.strip() for part in pattern.split(",")]
    return "!central" not in parts and any(part in {"*", "external:*", "central"} for part in parts)


def _elements() -> Iterator[ET.Element]:
    settings = Path.home() / ".m2" / "settings.xml"
    try:
        yield from ET.parse(settings).iter()  # noqa: S314 - the user's own settings
    except (OSError, ET.ParseError):
        # No settings, or none that Maven could read either: as if there were none.
        return


def _name(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]
