"""Pictures: each is in the page once, in a sheet of styles at its end, however many steps show it.

A style works without a script, shows wherever its class stands (so a copy of the evidence shows it too), and the
browser decodes only what is on the screen. It needs the picture's size; a format whose size is not read here stays
where it is used.
"""

from __future__ import annotations

import hashlib
import struct
from base64 import b64decode
from functools import cache
from typing import TYPE_CHECKING

from coodie.livingdoc.page.text import e

if TYPE_CHECKING:
    from coodie.livingdoc.model import Book, CaseRun, Proof

Size = tuple[int, int]
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8"
# Of the markers C0 to CF these three do not begin a frame.
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def is_picture(proof: Proof) -> bool:
    """Tell pictures from other evidence."""
    return proof.media.startswith("image/")


def picture(proof: Proof) -> str:
    """Write a picture with its caption."""
    name = e(proof.name)
    if _size(proof.body) is None:
        shown = f'<img alt="{name}" loading="lazy" decoding="async" src="{_address(proof)}">'
    else:
        shown = f'<div class="pic {_class(proof.body)}" role="img" aria-label="{name}"></div>'
    return f'<figure class="shot">{shown}<figcaption>{name}</figcaption></figure>'


def thumbnail(proof: Proof) -> str:
    """Write a picture that adorns what is said beside it."""
    return f'<span class="pic {_class(proof.body)}" aria-hidden="true"></span>' if _size(proof.body) else ""


def of_run(run: CaseRun) -> list[Proof]:
    """List the pictures of a run, in order."""
    steps = (run.before, *run.steps, run.after)
    return [proof for step in steps if step for proof in step.proofs if is_picture(proof)]


def is_wide(proof: Proof) -> bool:
    """Tell whether a picture is wider than high, as a desktop's screen is."""
    size = _size(proof.body)
    return size is not None and size[0] > size[1]


def sheet(book: Book) -> str:
    """Write the styles that hold all pictures of the book."""
    rules = {}
    for _, _, example in book.examples():
        for run in example.runs:
            for proof in of_run(run):
                size = _size(proof.body)
                if size is not None:
                    width, height = size
                    rules[_class(proof.body)] = (
                        f"width:{width}px;aspect-ratio:{width}/{height};background-image:url({_address(proof)})"
                    )
    return f"<style>{''.join(f'.{name}{{{rule}}}' for name, rule in rules.items())}</style>" if rules else ""


def _address(proof: Proof) -> str:
    return f"data:{e(proof.media)};base64,{e(proof.body)}"


@cache
def _class(body: str) -> str:
    return f"p-{hashlib.sha256(body.encode()).hexdigest()[:16]}"


@cache
def _size(body: str) -> Size | None:
    """Read width and height from the head of a PNG, WebP or JPEG; `None` for anything else."""
    data = b64decode(body)
    try:
        if data.startswith(_PNG):
            return _pair(data, ">II", 16)
        if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
            return _webp(data)
        return _jpeg(data) if data.startswith(_JPEG) else None
    except struct.error:  # it ends before its size
        return None


def _webp(data: bytes) -> Size | None:
    kind = data[12:16]
    if kind == b"VP8 ":
        width, height = _pair(data, "<HH", 26)
        return width & 0x3FFF, height & 0x3FFF
    if kind == b"VP8L":
        (bits,) = struct.unpack_from("<I", data, 21)
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8X":
        across, down = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return across, down
    return None


def _jpeg(data: bytes) -> Size | None:
    at = 2
    while data[at : at + 1] == b"\xff":
        marker, length = struct.unpack_from(">BH", data, at + 1)
        if marker in _FRAMES:
            height, width = _pair(data, ">HH", at + 5)
            return width, height
        at += 2 + length
    return None


def _pair(data: bytes, layout: str, at: int) -> Size:
    first, second = struct.unpack_from(layout, data, at)
    return int(first), int(second)
