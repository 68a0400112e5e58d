"""The register of evidence as it is read: from each criterion to its evidence, and one search for evidence and files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import streamlit as st

from pso_core.domain.evidence import Piece
from pso_core.domain.evidence_index import Entry
from pso_core.domain.register import search
from pso_core.domain.rows import Row
from pso_core.domain.scoring import CriterionScore, Score
from pso_core.domain.standard import Criterion
from pso_core.steps import KINDS
from pso_core.steps.evidence import place_of_proof
from pso_core.steps.indicators import conditions_of
from pso_core.text.thaidate import say_date
from pso_core.ui import asked, cached, drawer, show
from pso_core.ui.desk import Desk, open_desk
from pso_core.ui.indicators import level_chip
from pso_core.ui.naming import amount, choice_name
from pso_core.ui.navigation import step_file
from pso_core.ui.plain import as_html, as_label
from pso_core.web.files import path_of

MARKS = {"offered": "▢", "accepted": "✓", "returned": "↩", "expired": "▲"}
SHOWN = 50
TYPED = "evidence/search"
_OF_THE_WEB = re.compile("https?://", re.IGNORECASE)


def totals(desk: Desk) -> None:
    """What is claimed and how much of it accepted evidence proves, in numbers and one sentence."""
    if (found := cached.proven_of(desk.review)) is None:
        show.quiet(desk.say("page_evidence.no_score"))
        return
    claimed, proven = found
    show.figures([(desk.say(f"page_evidence.{word}"), amount(score.total, desk), amount(claimed.maximum, desk)) for word, score in (("claimed", claimed), ("proven", proven))])
    show.quiet(proven_sentence(desk, claimed, proven))
    show.whose_score(desk)


def link(desk: Desk) -> None:
    """To the register, saying how much of the score it does not prove yet; nothing before anything is scored."""
    if totals := cached.proven_of(desk.review):
        st.page_link(step_file("evidence"), label=as_label(proven_sentence(desk, *totals)))


def proven_sentence(desk: Desk, claimed: Score, proven: Score) -> str:
    bare = claimed.total - proven.total
    return desk.say("page_evidence.all_proven") if not bare else desk.say("page_evidence.not_proven", points=amount(bare, desk), claimed=amount(claimed.total, desk))


@st.fragment
def index() -> None:
    """Nothing typed: criterion by criterion. Something typed: all evidence and files that hold it."""
    desk = open_desk()
    entries = cached.index_of(desk.review)
    drawer.add_button(desk, "evidence", type="primary")
    typed = st.text_input(desk.say("page_evidence.search"), type="search", live=True, key=TYPED, placeholder=desk.say("page_evidence.search_for"))
    if typed.strip():
        _results(desk, search(entries, typed), len(entries))
        return
    for criterion in desk.standard.criteria:
        _criterion(desk, criterion)
    _for_nothing(desk)


def line(desk: Desk, piece: Piece, indicator: str | None = None) -> None:
    """One piece: how it stands, code and title, where it is, and its button. `indicator`: under which it is shown, once under each."""
    row, level = piece.row, piece.supports.get(indicator)
    text, button = st.columns([7, 1], vertical_alignment="center")
    supports = f" <span class='quiet'>{as_html(desk.say('page_evidence.up_to', level=level))}</span>" if level is not None else ""
    text.html(
        f"<p class='row'>{state_html(desk, piece)} <span class='code'>{as_html(row['code'])}</span> {as_html(row['title'])}{supports}</p>"
        f"<p class='quiet detail'>{place_html(desk, piece)}{as_html(''.join(f' · {fact}' for fact in _facts(desk, row)))}</p>"
    )
    with button:
        again = "" if indicator in (None, next(iter(piece.supports), None)) else indicator
        drawer.edit_button(desk, "evidence", row.id, again=again, width="stretch")


def state_html(desk: Desk, piece: Piece) -> str:
    word = desk.say(f"choices.evidence_state.{piece.state}")
    return f"<span class='chip evidence-{piece.state}'>{MARKS[piece.state]} {as_html(word)}</span>"


def place_html(desk: Desk, piece: Piece) -> str:
    """Where it is looked at: its cabinet or address, and its newest file to take away: of paper that is a scan."""
    own = "" if piece.row["form"] == "file" and piece.files else _own_place_html(desk, piece)
    return " · ".join(part for part in (own, newest_html(desk, piece) if piece.files else "") if part)


def newest_html(desk: Desk, piece: Piece) -> str:
    """Its newest file to take away, or that it cannot be found."""
    return (lost_html if piece.file_lost else file_link)(desk, piece.files[0])


def file_html(desk: Desk, attachment: Row) -> str:
    """Any file, not only the newest of a piece: to take away, or that it cannot be found."""
    return (file_link if is_here(desk, attachment) else lost_html)(desk, attachment)


def is_here(desk: Desk, attachment: Row) -> bool:
    return desk.office.store.contents.holds(attachment["sha256"])


def lost_html(desk: Desk, attachment: Row) -> str:
    return f"<span class='missing'>{as_html(attachment['name'])} {as_html(desk.say('page_evidence.file_lost'))}</span>"


def _own_place_html(desk: Desk, piece: Piece) -> str:
    if piece.empty:
        return f"<span class='missing'>{as_html(desk.say('page_evidence.empty'))}</span>"
    if piece.row["form"] == "paper":
        return f"<b class='place'>{as_html(piece.paper['place'] or desk.say('page_execution.no_place'))}</b> {as_html(piece.paper['file_code'])}"
    return address_html(piece.row["address"])


def address_html(address: str) -> str:
    """A link where it is a web address, else its text."""
    shown = as_html(address)
    return f"<a href='{shown}' target='_blank' rel='noopener noreferrer'>{shown}</a>" if _OF_THE_WEB.match(address) else shown


def file_link(desk: Desk, attachment: Row) -> str:
    size = desk.say("page_evidence.size", megabytes=f"{max(attachment['bytes'] / 2**20, 0.01):,.2f}")
    return f"<a href='{as_html(path_of(desk.project_id, attachment.id))}' download>{as_html(attachment['name'])}</a> <span class='quiet'>{as_html(size)}</span>"


def _facts(desk: Desk, row: Row) -> list[str]:
    facts = [choice_name(desk, KINDS["evidence"].field["form"], row["form"])]
    facts += [say_date(row["dated"], desk.say)] if row["dated"] else []
    facts += [desk.say("page_evidence.until", date=say_date(row["valid_until"], desk.say))] if row["valid_until"] else []
    return facts + ([desk.person_name(row["owner"])] if row["owner"] else [])


def _results(desk: Desk, found: Sequence[Entry], all_: int) -> None:
    say = desk.say("page_evidence.found", count=f"{len(found):,}", all=f"{all_:,}") if found else desk.say("page_evidence.found_none", all=f"{all_:,}")
    st.html(f"<p class='quiet' role='status'>{as_html(say)}</p>")
    for entry in found[:SHOWN]:
        if entry.piece:
            line(desk, entry.piece)
            show.quiet(_supported(desk, entry.piece))
        else:
            _bare_file(desk, entry.file)


def _supported(desk: Desk, piece: Piece) -> str:
    """'ความครอบคลุม: … ระดับ 2' for each indicator it supports."""
    indicators = ((desk.state.get(id_), level) for id_, level in piece.supports.items())
    lines = (desk.say("page_evidence.supports", criterion=desk.standard.criterion(one["criterion"]).short[desk.language], indicator=one["name"], level=level) for one, level in indicators if one)
    return " · ".join(lines) or desk.say("page_evidence.supports_nothing")


def _bare_file(desk: Desk, file: Row) -> None:
    st.html(
        f"<p class='row'><b class='place'>{as_html(file['place'] or desk.say('page_execution.no_place'))}</b> <span class='code'>{as_html(file['file_code'])}</span> "
        f"{as_html(file['title'])}</p><p class='quiet detail'>{as_html(desk.say('page_evidence.no_evidence_yet'))}</p>"
    )


def _criterion(desk: Desk, criterion: Criterion) -> None:
    totals = cached.proven_of(desk.review)
    with st.container(border=True):
        st.html(f"<h3>{as_html(criterion.code)} {as_html(criterion.name[desk.language])} {_claim(desk, *(score.of(criterion.key) for score in totals)) if totals else ''}</h3>")
        indicators = list(desk.state.where("indicator", criterion=criterion.key))
        if not indicators:
            show.quiet(desk.say("page_evidence.no_indicator"))
        for indicator in indicators:
            _indicator(desk, indicator)
        drawer.add_button(desk, "evidence", {"criterion": criterion.key})


def _claim(desk: Desk, claimed: CriterionScore, proven: CriterionScore) -> str:
    if claimed.level is None:
        return ""
    short = proven.level < claimed.level
    said = desk.say("page_evidence.claim", claimed=amount(claimed.level, desk), proven=amount(proven.level, desk))
    return f"<span class='{'missing' if short else 'quiet'}'>{'▢' if short else '✓'} {as_html(said)}</span>"


def _indicator(desk: Desk, indicator: Row) -> None:
    asked.mark(place_of_proof(indicator.id))
    score = desk.review.scores.get(indicator.id)
    level = score["level"] if score else None
    chip = f" {level_chip(desk, level)}" if level is not None else ""
    st.html(f"<h4>{as_html(indicator['name'])}{chip}</h4>")
    condition = conditions_of(desk.review.scored_on, indicator.id).get(level)
    if condition and condition["text"]:
        show.quiet(condition["text"])
    found = [piece for piece in cached.pieces_of(desk.review) if indicator.id in piece.supports]
    if not found:
        show.quiet(desk.say("page_evidence.none_here"))
    for piece in sorted(found, key=lambda one: -one.supports[indicator.id]):
        line(desk, piece, indicator.id)


def _for_nothing(desk: Desk) -> None:
    found: Iterable[Piece] = [piece for piece in cached.pieces_of(desk.review) if not piece.supports]
    if found:
        show.heading(desk.say("page_evidence.supports_nothing"))
        for piece in found:
            line(desk, piece)
