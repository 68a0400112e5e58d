"""What an examiner reads in the browser: the index of a pack, their questions, and a kind word where there is nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse

from pso_core.actions.examiner import Inquired, asked, note
from pso_core.documents.pack_index import FILES, index_facts
from pso_core.documents.parts.pictures import charts_said
from pso_core.domain.rows import Row
from pso_core.errors import Mistakes, NotFound, PsoError
from pso_core.office import office
from pso_core.press.examined import Examined, charts_in, examined
from pso_core.steps.certification import INQUIRER, INQUIRY, SORTS
from pso_core.steps.naming import field_label, mistake_sentence
from pso_core.store.examiner_links import PREVIEWED, ExaminerLink
from pso_core.store.packs import Pack
from pso_core.text.thaidate import say_moment
from pso_core.web.answers import HEADERS, page
from pso_core.web.cookies import visitor_language

NO_TRACE = {"cache-control": "no-store", "referrer-policy": "no-referrer", "x-robots-tag": "noindex, nofollow"}
ASKING = NO_TRACE | {"referrer-policy": "same-origin"}  # under no-referrer a browser would hide where a form of ours was sent from
SCRIPT = "; script-src 'sha256-{digest}'"


@dataclass(frozen=True)
class View:
    """What is looked at, under which address, and by which link; None in the preview. `unread`: only what is known of it is asked for, not itself (HEAD)."""

    pack: Pack
    base: str
    link: ExaminerLink | None
    unread: bool = False

    def note(self, what: str, place: str = "") -> None:
        if self.link:
            note(office(), self.link, PREVIEWED if self.unread else what, place)


def index_page(request: Request, view: View) -> HTMLResponse:
    """As the index in the pack, in the reader's language, with what else can be opened."""
    shown = _examined(request, view)
    facts = index_facts(shown.case, shown.pieces, {id_: f"{view.base}/file/{id_}" for id_ in shown.files})
    policy = HEADERS["content-security-policy"] + SCRIPT.format(digest=facts["script_digest"])
    return page(
        request, "examiner.html", headers=HEADERS | NO_TRACE | {"content-security-policy": policy}, ask=f"{view.base}/questions",
        files=_files(shown, view.base), charts=_charts(shown, view.base), **_of(view), **facts,
    )  # fmt: skip


def questions_page(request: Request, view: View, typed: Mapping[str, str] | None = None, refusal: PsoError | None = None) -> HTMLResponse:
    """The form with what was typed, and what was asked by this link."""
    shown, say = _examined(request, view), visitor_language(request)
    rows = asked(office(), view.link) if view.link else ()
    chosen = request.query_params.get("about", "")
    typed = {"sort": SORTS[0], "about": f"criterion/{chosen}" if chosen else "", **(typed or {})}
    return page(
        request, "examiner_questions.html", headers=HEADERS | ASKING, refusal=refusal, typed={name: typed.get(name, "") for name in ("name", "sort", "about", "text")},
        sorts=SORTS, longest=INQUIRY.field["text"].limit, longest_name=INQUIRER, places=list(_places(shown)), sent="sent" in request.query_params and not refusal,
        mistakes=[f"{field_label(shown.case, *_where(one))}: {mistake_sentence(shown.case, one)}" for one in refusal.problems] if isinstance(refusal, Mistakes) else [],
        rows=[_told(shown, row) for row in rows], title=say("page_examiner.view.questions"), **_of(view),
    )  # fmt: skip


def gone_page(request: Request, refusal: PsoError) -> HTMLResponse:
    """The same page whatever is wrong with an address; another when it was asked too often."""
    wait = refusal.facts.get("seconds")
    status = 429 if wait else 404 if isinstance(refusal, NotFound) else 503
    said = PsoError("examiner_link_closed") if status == 404 else refusal
    more = {"retry-after": str(wait)} if wait else {}
    return page(request, "examiner_gone.html", headers=HEADERS | NO_TRACE | more, status=status, refusal=said)


def previewed_page(request: Request, view: View) -> HTMLResponse:
    """What a chat program draws beside the address: nothing of the pack, for it sends it on to everybody there."""
    view.note(PREVIEWED)
    return page(request, "examiner_previewed.html", headers=HEADERS | NO_TRACE)


def inquired(view: View, form: Mapping[str, str]) -> Inquired:
    """What was typed; what it is about is a criterion or a piece of this pack, else the whole."""
    sort, _, key = form.get("about", "").partition("/")
    shown = examined(office(), view.pack, view.pack.language)
    piece = next((one.row for one in shown.pieces if sort == "evidence" and one.row["code"] == key), None)
    about = piece["criterion"] if piece else key if sort == "criterion" and key in shown.case.standard.choices("criteria") else None
    return Inquired(form.get("name", ""), form.get("sort", ""), about, piece["code"] if piece else None, form.get("text", ""))


def _examined(request: Request, view: View) -> Examined:
    return examined(office(), view.pack, visitor_language(request).language)


def _of(view: View) -> dict[str, Any]:
    return {"base": view.base, "link": view.link, "until": view.link and view.link.expires_at, "say_moment": say_moment}


def _files(shown: Examined, base: str) -> list[tuple[str, str]]:
    """The pack and the reports in it, while its file is kept."""
    if not office().store.contents.holds(shown.pack.content):
        return []
    say = shown.case.say
    size = f"{max(shown.pack.bytes / 2**20, 0.01):,.2f}"
    reports = [(say(f"documents.pack.open.{name}_{ending}"), f"{base}/{name}.{ending}") for name, ending in FILES]
    return [*reports, (say("page_examiner.view.whole_pack", megabytes=size), f"{base}/pack")]


def _charts(shown: Examined, base: str) -> list[tuple[str, str, str]]:
    """The charts in the pack as its own index lists them, while its file is kept: (name, address, what it shows)."""
    if not office().store.contents.holds(shown.pack.content):
        return []
    say, inside, said = shown.case.say, charts_in(shown.pack), charts_said(shown.case)
    return [(f"{number} {say(f'documents.pack.chart.{key}')}", f"{base}/chart/{key}", said.get(key, "")) for number, key in enumerate(inside, 1)]


def _places(shown: Examined) -> Iterator[tuple[str, str, list[tuple[str, str]]]]:
    """Each criterion with its evidence, to choose what is meant: (value, name, [(value, name)])."""
    for criterion in shown.case.standard.criteria:
        name = f"{criterion.code} {criterion.name[shown.case.language]}"
        own = [one.row for one in shown.pieces if one.row["criterion"] == criterion.key]
        yield f"criterion/{criterion.key}", name, [(f"evidence/{row['code']}", f"{row['code']} {row['title']}") for row in own]


def _told(shown: Examined, row: Row) -> dict[str, Any]:
    case, say, sort = shown.case, shown.case.say, row["sort"]
    about = case.standard.name_of("criteria", row["about"], case.language) if row["about"] in case.standard.choices("criteria") else ""
    return {
        "sort": say(f"choices.sort.{sort}"), "about": " · ".join(filter(None, (row["evidence_code"], about))), "text": row["text"],
        "asked": say("page_examiner.view.asked", who=row["asked_by"], when=_when(row["asked_at"], shown)),
        "answer": row["answer"], "answered": row["answer"] and say("page_examiner.view.answered", when=_when(row["answered_at"], shown)),
        "taken_up": bool(row["activity"]),
    }  # fmt: skip


def _when(stamp: str, shown: Examined) -> str:
    return say_moment(datetime.fromisoformat(stamp), shown.case.say)


def _where(problem: Any) -> tuple[str, str]:
    kind, _, field = problem.path
    return kind, field

