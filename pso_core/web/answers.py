"""The few pages that are not Streamlit's: small HTML from data/templates/web, every value escaped."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse

from pso_core.errors import PsoError
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.cookies import visitor_language

TEMPLATES = Path(__file__).resolve().parents[2] / "data" / "templates" / "web"
OF_PACKS = TEMPLATES.parent / "pack"  # what a page shares with the index of a pack
LARGEST_FORM = 16 * 1024
STATUS = {"sign_in_wrong": 401, "sign_in_wait": 429, "examiner_wait": 429, "workshop_wait": 429, "form_large": 413}
TOO_LARGE = PsoError("form_large")
HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
}


def page(
    request: Request, template: str, *, refusal: PsoError | None = None, status: int | None = None, headers: Mapping[str, str] = HEADERS, back: str = "", **facts: object
) -> HTMLResponse:
    """The page in the visitor's language; a refusal is said on it, above what was typed. `back`: where the other language is found, when not here."""
    say = visitor_language(request)
    html = _templates().get_template(template).render(
        say=say,
        languages=[(language, phrases(language)("signin.language")) for language in LANGUAGES],
        here=quote(back or _address(request), safe=""),
        refused=say(f"refusals.{refusal.code}", **refusal.facts) if refusal else "",
        **facts,
    )
    return HTMLResponse(html, status or (STATUS.get(refusal.code, 422) if refusal else 200), headers)


def go(path: str) -> RedirectResponse:
    """On to another page, which is then asked for, not posted to."""
    return RedirectResponse(path, 303, {"cache-control": "no-store"})


async def read_form(request: Request, largest: int = LARGEST_FORM) -> dict[str, str]:
    """The fields of a short form."""
    body = await read_short(request, largest)
    return dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True))


async def read_short(request: Request, largest: int = LARGEST_FORM) -> bytes:
    """What was posted, when it is short: nobody has signed in yet, so nobody gets to fill the memory. Else HTTPException, which says so."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > largest:
            raise HTTPException(413, visitor_language(request)(f"refusals.{TOO_LARGE.code}"))
    return bytes(body)


def local(path: str) -> str:
    """The path when it leads to a page of this program, else home: an address in a link must not lead elsewhere."""
    leads_away = not path.startswith("/") or path.startswith(("//", "/\\")) or any(ord(letter) < 33 for letter in path)
    return "/" if leads_away else path


def _address(request: Request) -> str:
    """This page, to come back to it in the other language."""
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader([TEMPLATES, OF_PACKS]), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
