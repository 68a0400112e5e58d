"""The parts of the web server in their order, and what happens when it starts and ends."""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import streamlit
from starlette.middleware import Middleware

from pso_core.actions.approvals import watch_all
from pso_core.errors import PsoError
from pso_core.office import database_path, opened
from pso_core.press.jobs import press
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web import administration, calendar, examiner, files, first_start, packs, project_events, room, sign_in
from pso_core.web.compress import CompressStatic
from pso_core.web.cut_off import CutOff
from pso_core.web.every import every
from pso_core.web.gate import Gate
from pso_core.web.headers import SecurityHeaders
from pso_core.web.origin import SameOrigin
from pso_core.web.room_events import telling
from pso_core.web.run_begins import taken_up_whole
from pso_core.web.run_ends import told_in_full
from pso_core.web.sending import sending_mail
from pso_core.web.server_file import Announce, announced
from pso_core.web.shell import Shell
from pso_core.web.watch import ending_when_broken

ROOT = Path(__file__).resolve().parents[2]
APPROVALS_WATCHED_EVERY = 300.0  # seconds: days and people break approved steps too, without anybody saving
SLOW_TO_IMPORT = ("pandas", "pandera.pandas", "altair")  # Streamlit would import them while the first visitor waits

ROUTES = [*sign_in.ROUTES, *first_start.ROUTES, *administration.ROUTES, *calendar.ROUTES, *files.ROUTES, *packs.ROUTES, *examiner.ROUTES, *room.ROUTES, *project_events.ROUTES]  # every address that is not Streamlit's
MIDDLEWARE = [Middleware(part) for part in (Announce, CutOff, SecurityHeaders, SameOrigin, Gate, Shell, CompressStatic)]


@asynccontextmanager
async def lifespan(_app: Any) -> AsyncIterator[dict[str, Any]]:
    """Opens the office before the first visitor and closes it after the last."""
    database = database_path()
    with ExitStack() as opening:
        try:
            _refuse_without_settings()
            here = opening.enter_context(opened(database))
        except PsoError as refusal:
            _end(refusal)
        opening.enter_context(ending_when_broken(here.store))
        opening.enter_context(every(APPROVALS_WATCHED_EVERY, partial(watch_all, here), "approvals"))
        _warm_up()
        opening.callback(gc.unfreeze)  # else DuckDB's binding reports everything as leaked when the process ends
        opening.enter_context(taken_up_whole())
        opening.enter_context(told_in_full())
        opening.enter_context(announced(database))
        opening.enter_context(sending_mail(here))
        opening.enter_context(telling(here))
        opening.enter_context(project_events.telling(here))
        opening.callback(press.stop_all)
        yield {}


def _warm_up() -> None:
    for module in SLOW_TO_IMPORT:
        importlib.import_module(module)
    gc.collect()
    gc.freeze()  # what is loaded now stays: no later collection need look at it


def _refuse_without_settings() -> None:
    """Started elsewhere, Streamlit would not find .streamlit/config.toml and show its errors to everybody."""
    if streamlit.get_option("client.showErrorDetails") != "none":
        raise PsoError("wrong_folder", folder=ROOT)


def _end(refusal: PsoError) -> NoReturn:
    """Ends the process at once: an exception here would reach the terminal as a page of English."""
    for language in LANGUAGES:
        print(phrases(language)(f"refusals.{refusal.code}", **refusal.facts), file=sys.stderr)
    sys.stderr.flush()
    os._exit(1)
