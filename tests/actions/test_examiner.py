"""An examiner's address: who makes it, when it closes, how much it lets in; and what becomes of what they ask."""

from __future__ import annotations

import io
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest

from pso_core.actions import examiner
from pso_core.actions.examiner import Inquired, answer, ask, asked, enter, note, open_link, revoke_link
from pso_core.actions.rows import Edit, may_edit, save_rows
from pso_core.domain.people import EXAMINER, ROLES
from pso_core.domain.permissions import VERBS, may
from pso_core.errors import Mistakes, PsoError
from pso_core.office import Office
from pso_core.store.examiner_links import ExaminerLink
from pso_core.store.packs import Pack
from tests.actions.conftest import Clock
from tests.actions.signing import all_approved, clock, house, office, seq
from tests.building import an_empty_project, contents, person
from tests.documents.hostile import TEXTS

HEAD, FACILITATOR, MEMBER, VIEWER = (person(role) for role in ("head", "facilitator", "member", "viewer"))
INQUIRED = Inquired("นางสาวตรวจ", "finding", "coverage", "1-01", "ทะเบียนไม่ครบ\nขาดภารกิจที่ 7")
NEVER_MADE = "x" * 43


@pytest.fixture
def project(office: Office) -> str:
    return an_empty_project(office)


@pytest.fixture
def pack(office: Office, project: str) -> Pack:
    """The record of a pack whose file is something small."""
    content = office.store.contents.put(io.BytesIO(b"pack"), 10)
    made = Pack(f"pack-{project}", project, 1, date(2026, 11, 23), office.clock(), HEAD.id, "th", False, "ชุด.zip", content.sha256, 4, "d" * 64, {}, {})
    office.store.packs.add(made)
    return made


@pytest.fixture
def secret(office: Office, pack: Pack) -> str:
    return open_link(office, HEAD, pack.project_id, pack.id, " สำนักงาน ก.พ.ร.\u200b ", 2)


@pytest.fixture
def link(office: Office, secret: str) -> ExaminerLink:
    return enter(office, secret, "here")


def refused(act: Callable[[], object]) -> str:
    with pytest.raises(PsoError) as refusal:
        act()
    return refusal.value.code


def inquiry(office: Office, link: ExaminerLink, inquired: Inquired = INQUIRED) -> str:
    return ask(office, link, inquired).ids[0]


# The address


def test_the_head_alone_makes_and_revokes_an_address(office: Office, pack: Pack, link: ExaminerLink):
    for actor in (*(person(role) for role in ROLES if role != "head"), EXAMINER):
        acts = (lambda: open_link(office, actor, pack.project_id, pack.id, "ก", 1), lambda: revoke_link(office, actor, pack.project_id, link.id))  # noqa: B023
        assert (actor.role, [refused(act) for act in acts]) == (actor.role, ["not_allowed"] * 2)
    assert office.store.examiner_links.of(pack.project_id) == (link,)
    assert len(open_link(office, HEAD, pack.project_id, pack.id, "ก", 1)) == 43
    revoke_link(office, HEAD, pack.project_id, link.id)


def test_it_says_to_whom_of_what_and_until_when(office: Office, pack: Pack, link: ExaminerLink, clock: Clock):
    assert (link.project_id, link.pack_id, link.given_to, link.made_by) == (pack.project_id, pack.id, "สำนักงาน ก.พ.ร.", HEAD.id)
    assert (link.expires_at - clock()).days == 2


def test_an_address_that_would_not_be_fit_is_not_made(office: Office, pack: Pack):
    fit = {"project_id": pack.project_id, "pack_id": pack.id, "given_to": "ก", "days": 60}
    for change, code in (
        ({"days": 0}, "examiner_days_outside"), ({"days": 61}, "examiner_days_outside"), ({"given_to": " \u200b"}, "examiner_name_missing"),
        ({"given_to": "ก" * 301}, "examiner_name_long"), ({"pack_id": "pack-2"}, "pack_gone"), ({"project_id": "another"}, "pack_gone"),
    ):  # fmt: skip
        assert (change, refused(lambda: open_link(office, HEAD, **fit | change))) == (change, code)  # noqa: B023
    assert office.store.examiner_links.of(pack.project_id) == ()


def test_a_pack_whose_file_was_let_go_is_not_given_out(office: Office, pack: Pack):
    office.store.contents.drop(pack.content)
    assert refused(lambda: open_link(office, HEAD, pack.project_id, pack.id, "ก", 1)) == "pack_gone"


def test_it_closes_at_the_second(office: Office, secret: str, clock: Clock):
    clock.move(days=2, seconds=-1)
    assert enter(office, secret, "later").given_to == "สำนักงาน ก.พ.ร."
    clock.move(seconds=1)
    assert refused(lambda: enter(office, secret, "later")) == "examiner_link_closed"


def test_revoking_ends_this_address_at_once_and_no_other(office: Office, pack: Pack, secret: str, link: ExaminerLink):
    other = open_link(office, HEAD, pack.project_id, pack.id, "อีกคน", 1)
    assert refused(lambda: revoke_link(office, HEAD, "another", link.id)) == "examiner_link_closed"
    revoke_link(office, HEAD, pack.project_id, link.id)
    assert refused(lambda: enter(office, secret, "here")) == refused(lambda: enter(office, NEVER_MADE, "here")) == "examiner_link_closed"
    assert enter(office, other, "here").given_to == "อีกคน"


def test_guesses_must_wait_but_a_closed_address_keeps_nobody_out(office: Office, pack: Pack, secret: str, link: ExaminerLink):
    good = open_link(office, HEAD, pack.project_id, pack.id, "ก", 1)
    revoke_link(office, HEAD, pack.project_id, link.id)
    assert {refused(lambda: enter(office, secret, "a house of guessers")) for _ in range(40)} == {"examiner_link_closed"}
    assert [refused(lambda: enter(office, NEVER_MADE, "a house of guessers")) for _ in range(32)].count("examiner_wait") == 2
    assert refused(lambda: enter(office, good, "a house of guessers")) == "examiner_wait"
    assert enter(office, good, "elsewhere").given_to == "ก"


def test_reading_too_much_in_a_while_must_wait(office: Office, link: ExaminerLink, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(examiner, "READS", 20)
    for _ in range(20):
        note(office, link, "file", "a")
    assert refused(lambda: note(office, link, "index")) == "examiner_wait"
    clock.move(seconds=examiner.A_WHILE.total_seconds())
    note(office, link, "index")


def test_what_was_read_while_the_clock_was_ahead_is_not_of_this_while(office: Office, link: ExaminerLink, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(examiner, "READS", 5)
    for _ in range(4):
        clock.move(hours=1)
        note(office, link, "file", "a")
    clock.move(hours=-4)
    note(office, link, "index")
    note(office, link, "index")


# What they ask


def test_the_examiner_may_ask_and_nothing_else(office: Office, project: str):
    assert {verb for verb in VERBS if may(EXAMINER.role, verb)} == {"ask"}
    before = contents(office.store, project)
    for kind, values in (("agency", {"name": "ก"}), ("activity", {"name": "ก"}), ("inquiry", {"text": "ก"})):
        assert refused(lambda: save_rows(office, EXAMINER, project, [Edit(kind, None, values)], 1)) in ("not_allowed", "written_otherwise")
    assert contents(office.store, project) == before


@pytest.mark.parametrize("role", ROLES)
def test_nobody_else_asks_as_an_examiner(office: Office, project: str, role: str):
    body = {"asked_by": "ก", "sort": "question", "text": "ก", "asked_at": "2026-11-23T03:00:00Z"}
    assert refused(lambda: save_rows(office, person(role), project, [Edit("inquiry", None, body)], 1, action="ask")) == "not_allowed"
    assert not may_edit(person(role), "inquiry", action="ask")


def test_what_is_asked_is_in_the_project_and_its_history(office: Office, link: ExaminerLink):
    id_ = inquiry(office, link)
    row = office.store.state(link.project_id).get(id_)
    assert {name: value for name, value in row.body.items() if value is not None} == {
        "asked_by": "นางสาวตรวจ", "sort": "finding", "about": "coverage", "evidence_code": "1-01", "text": INQUIRED.text, "asked_at": "2026-11-23T03:00:00Z",
    }  # fmt: skip
    change = office.store.history(link.project_id, limit=1)[0]
    assert (change.person_id, change.action, change.session_id) == (EXAMINER.id, "ask", "")


def test_each_link_sees_its_own_questions_only(office: Office, pack: Pack, link: ExaminerLink):
    other = enter(office, open_link(office, HEAD, pack.project_id, pack.id, "อีกคน", 1), "here")
    mine, theirs = inquiry(office, link), inquiry(office, other)
    assert ([row.id for row in asked(office, link)], [row.id for row in asked(office, other)]) == ([mine], [theirs])


def test_what_cannot_be_kept_is_refused_and_nothing_written(office: Office, link: ExaminerLink):
    before = contents(office.store, link.project_id)
    for change in ({"text": "ก" * 2_001}, {"text": " "}, {"asked_by": ""}, {"asked_by": "ก" * 101}, {"sort": "order"}, {"about": "no_such"}, {"evidence_code": "9" * 21}, {"text": "a\0b"}):
        with pytest.raises(Mistakes):
            ask(office, link, replace(INQUIRED, **change))
        assert contents(office.store, link.project_id) == before, change
    assert inquiry(office, link, replace(INQUIRED, text="ก" * 2_000))


def test_hostile_text_is_kept_as_it_is_read(office: Office, link: ExaminerLink, clock: Clock):
    kept = {}
    for text in (text for text in TEXTS if len(text) <= 2_000):
        kept[text] = inquiry(office, link, replace(INQUIRED, text=text))
        clock.move(minutes=10)  # as fast as one may ask
    state = office.store.state(link.project_id)
    assert {text: state.get(id_)["text"] for text, id_ in kept.items()} == {text: text.strip() for text in kept}


def test_a_flood_ends_at_so_many_in_a_while_and_so_many_open(office: Office, link: ExaminerLink, clock: Clock):
    ids = []
    for _ in range(examiner.MOST_OPEN // examiner.ASKS):
        ids += [inquiry(office, link) for _ in range(examiner.ASKS)]
        assert refused(lambda: inquiry(office, link)) == "examiner_wait"
        clock.move(seconds=examiner.A_WHILE.total_seconds())
    ids += [inquiry(office, link) for _ in range(examiner.MOST_OPEN - len(ids))]
    before = contents(office.store, link.project_id)
    assert refused(lambda: inquiry(office, link)) == "inquiries_too_many"
    assert (contents(office.store, link.project_id), len(ids)) == (before, 50)
    answer(office, MEMBER, link.project_id, ids[0], "ตอบแล้ว", seq(office, link.project_id))
    assert inquiry(office, link)


def test_many_at_once_do_not_slip_past_the_limit(office: Office, link: ExaminerLink, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(examiner, "MOST_OPEN", 3)

    def one(_: int) -> bool:
        try:
            return bool(inquiry(office, link))
        except PsoError:
            return False

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(12))) == 3


def test_who_was_let_in_before_it_closed_asks_nothing_after(office: Office, link: ExaminerLink, clock: Clock):
    before = contents(office.store, link.project_id)
    clock.move(days=2)
    assert refused(lambda: inquiry(office, link)) == "examiner_link_closed"
    clock.move(days=-2)
    revoke_link(office, HEAD, link.project_id, link.id)
    assert refused(lambda: inquiry(office, link)) == "examiner_link_closed"
    assert contents(office.store, link.project_id) == before


def test_an_approved_last_step_hinders_neither_asking_nor_answering(office: Office, link: ExaminerLink):
    all_approved(office, link.project_id)
    id_ = inquiry(office, link)
    answer(office, MEMBER, link.project_id, id_, "ตอบแล้ว", seq(office, link.project_id))
    state = office.store.state(link.project_id)
    assert (state.get(id_)["answer"], state.get("sign_off:certification")["state"]) == ("ตอบแล้ว", "approved")
