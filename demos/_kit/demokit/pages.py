"""Rendering: one Jinja environment and one context for every framework."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demokit import highlight
from demokit.capture import recorded
from demokit.csrf import FIELD
from demokit.hood import hood

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from demokit.demo import Demo

KIT: Final = Path(__file__).parent
STATIC: Final = KIT / "static"
HTMX_CONFIG: Final = json.dumps(
    {
        "allowEval": False,
        # No "style": copying that attribute is an inline style, which the policy below forbids.
        "attributesToSettle": ["class", "width", "height"],
        "includeIndicatorStyles": False,
        "selfRequestsOnly": True,
        "historyCacheSize": 0,
        "refreshOnHistoryMiss": True,
        "responseHandling": [{"code": "204", "swap": False}, {"code": "...", "swap": True}],
    }
)
THEMES: Final = ("light", "dark")
CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)


@dataclass(frozen=True)
class Visitor:
    """What a page needs to know of the request that asks for it."""

    path: str
    cookies: Mapping[str, str]
    swap: bool = False
    drawer: bool = False
    here: str = ""
    csrf_token: str | None = None

    @classmethod
    def of(cls, path: str, cookies: Mapping[str, str], header: Callable[[str], str | None]) -> Visitor:
        """Read what HTMX says of the request, if it is HTMX's."""
        drawer = header("HX-Target") == "hood-body"
        # The browser's back button wants the whole page, although HTMX asks for it.
        swap = bool(header("HX-Request")) and not drawer and not header("HX-History-Restore-Request")
        return cls(path, cookies, swap, drawer, header("HX-Current-URL") or "")

    def is_elsewhere(self, path: str) -> bool:
        """Tell whether the browser shows another address than `path`."""
        return urlsplit(self.here)._replace(scheme="", netloc="").geturl() != path


@dataclass(frozen=True)
class Rendered:
    """A page's text, and the headers and the cookie that go with it."""

    text: str
    headers: dict[str, str]
    csrf_token: str


class Pages:
    """Renders a demo's templates over the kit's."""

    def __init__(self, demo: Demo, links: tuple[tuple[str, str], ...]) -> None:
        self.demo = demo
        self.environment = Environment(
            loader=FileSystemLoader(
                [demo.folder / "templates", *demo.folder.glob("*/templates"), KIT / "templates"]
            ),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.environment.filters["prose"] = highlight.prose
        self.environment.globals.update(
            demo={"name": demo.name, "promise": demo.promise, "links": links, "models": demo.models},
            csrf_field=FIELD,
            htmx_config=HTMX_CONFIG,
            keyspace=demo.settings.keyspace,
        )

    def render(self, visitor: Visitor, template: str, **context: Any) -> Rendered:
        """Render a whole page; for a swap its part with the drawer's contents behind it, for the drawer only those."""
        nonce = secrets.token_urlsafe(16)
        csrf_token = visitor.csrf_token or self.demo.csrf.token(visitor.cookies.get(self.demo.csrf.cookie))
        context |= {
            "csrf_token": csrf_token,
            "here": visitor.path,
            "hood": hood(recorded(), self.demo.models),
            "nonce": nonce,
            "out_of_band": visitor.swap,
            "server": self.demo.server,
            "theme": chosen if (chosen := visitor.cookies.get("theme")) in THEMES else "system",
        }
        text = "" if visitor.drawer else self.environment.get_template(template).render(context)
        if visitor.drawer or (visitor.swap and context["hood"] is not None):
            text += self.environment.get_template("kit/hood_body.html").render(context)
        headers = {
            "Cache-Control": "no-store",
            "Content-Security-Policy": CSP.format(nonce=nonce),
            "Referrer-Policy": "same-origin",
            "Vary": "HX-Request, Cookie",
            "X-Content-Type-Options": "nosniff",
        }
        return Rendered(text, headers, csrf_token)
