"""The calendar of one's due days, for calendar programs: open to whoever knows its secret address, and to nobody else."""

from __future__ import annotations

import re

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from pso_core.actions.calendar_address import due_days, open_calendar
from pso_core.documents.due_calendar import Entry, due_calendar
from pso_core.errors import NotFound, PsoError
from pso_core.office import office
from pso_core.steps.naming import Told
from pso_core.text.phrases import phrases
from pso_core.web.sign_in import address_of

ADDRESS = re.compile(r"/calendar/[A-Za-z0-9_-]{43}\.ics")  # as long as the secrets that are given out; others are no calendar
HEADERS = {"cache-control": "private, no-cache", "x-robots-tag": "noindex"}


def path_of(secret: str) -> str:
    return f"/calendar/{secret}.ics"


async def show_calendar(request: Request) -> Response:
    """404 whatever is wrong with the address, 429 after too many wrong ones."""
    return await to_thread.run_sync(_calendar, request.path_params["secret"], address_of(request))


def _calendar(secret: str, address: str) -> Response:
    try:
        found = open_calendar(office(), secret, address)
    except NotFound:
        return PlainTextResponse("not found", 404, HEADERS)
    except PsoError as refusal:
        wait = refusal.facts.get("seconds")
        return PlainTextResponse("later", 429 if wait else 503, HEADERS | ({"retry-after": str(wait)} if wait else {}))
    say = phrases(found.language)
    told = Told(say, people=office().store.people.all())
    entries = (Entry(one.owed, one.project or say("app.no_agency"), one.changed_at) for one in due_days(office(), found.person))
    return Response(due_calendar(told, entries), 200, HEADERS, "text/calendar; charset=utf-8")


ROUTES = [Route("/calendar/{secret}.ics", show_calendar, methods=["GET"])]
