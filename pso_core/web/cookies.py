"""The two cookies: who signed in, and the language chosen."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.responses import Response

from pso_core.actions.sign_in import LASTS
from pso_core.text.phrases import LANGUAGES, Phrases, phrases

SESSION = "nine_steps"
LANGUAGE = "language"
A_YEAR = 365 * 24 * 3600


def visitor_language(connection: HTTPConnection) -> Phrases:
    """The sentences of the language this visitor chose, else Thai."""
    chosen = connection.cookies.get(LANGUAGE)
    return phrases(chosen if chosen in LANGUAGES else LANGUAGES[0])


def keep_session(answer: Response, connection: HTTPConnection, token: str) -> None:
    """Out of reach of scripts and of other sites' forms."""
    _keep(answer, connection, SESSION, token, int(LASTS.total_seconds()), httponly=True)


def keep_language(answer: Response, connection: HTTPConnection, language: str) -> None:
    _keep(answer, connection, LANGUAGE, language, A_YEAR)


def forget_session(answer: Response) -> None:
    answer.delete_cookie(SESSION, path="/", httponly=True, samesite="lax")


def _keep(answer: Response, connection: HTTPConnection, name: str, value: str, seconds: int, **flags: bool) -> None:
    secure = connection.url.scheme == "https"
    answer.set_cookie(name, value, max_age=seconds, path="/", samesite="lax", secure=secure, **flags)
