"""What every answer tells the browser to refuse: foreign scripts, frames, guessed types, leaked addresses."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from pathlib import Path

import streamlit
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pso_core.web.scripts import OURS

_SHELL = Path(streamlit.__file__).parent / "static" / "index.html"


class SecurityHeaders:
    """Adds them to every HTTP answer that has not brought a stricter one of its own."""

    def __init__(self, app: ASGIApp):
        self.app = app
        self.always = {
            "content-security-policy": content_policy(),
            "x-content-type-options": "nosniff",
            "x-frame-options": "DENY",
            "referrer-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "permissions-policy": "camera=(self), geolocation=(), microphone=(), payment=()",
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.always.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, with_headers if scope["type"] == "http" else send)


def content_policy() -> str:
    """What Streamlit needs (styles made while it runs, Vega's compiled expressions, workers from memory), from here only."""
    inline = " ".join(f"'{_digest(script)}'" for script in (*_inline_scripts(), *OURS))
    return "; ".join((
        "default-src 'self'",
        f"script-src 'self' 'unsafe-eval' 'wasm-unsafe-eval' blob: {inline}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "media-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "frame-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    ))  # fmt: skip


def _inline_scripts() -> list[str]:
    return re.findall(r"<script>(.*?)</script>", _SHELL.read_text("utf-8"), re.DOTALL)


def _digest(script: str) -> str:
    return "sha256-" + b64encode(hashlib.sha256(script.encode()).digest()).decode()
