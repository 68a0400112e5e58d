"""What an examiner sends: kept as text, answered where they read it, from the page itself only, and not without end."""

from __future__ import annotations

from html import unescape

import pytest

from pso_core.actions import examiner as actions
from pso_core.actions.examiner import answer
from pso_core.actions.taking_up import to_activity
from pso_core.domain.rows import Row
from pso_core.text.phrases import phrases
from tests.actions.signing import seq
from tests.building import person
from tests.documents.hostile import TEXTS
from tests.web.examining import HOST, Examined, Examiner, examiner, here

TH = phrases("th")
MEMBER = person("member")


def newest(here: Examined) -> Row:
    return max(here.office.store.state(here.project).of("inquiry"), key=lambda row: row.seq)


def test_a_question_is_sent_and_its_answer_is_read_at_the_same_address(here: Examined, examiner: Examiner):
    reply = examiner.send("ขอทะเบียนฉบับเต็ม", sort="finding", about="evidence/1-01")
    assert (reply.status, reply.headers["location"]) == (303, f"/examiner/{examiner.secret}/questions?sent=1")
    row = newest(here)
    assert (row["text"], row["sort"], row["about"], row["evidence_code"], row["asked_by"]) == ("ขอทะเบียนฉบับเต็ม", "finding", "coverage", "1-01", "นางสาวตรวจ")
    assert TH("page_examiner.view.sent") in examiner.ask(reply.headers["location"]).body
    assert TH("page_examiner.view.waiting") in examiner.get("/questions").body
    answer(here.office, MEMBER, here.project, row.id, "แนบในแฟ้ม <b>1-01</b> แล้ว", seq(here.office, here.project))
    to_activity(here.office, MEMBER, here.project, row.id)
    page = examiner.get("/questions").body
    assert "แนบในแฟ้ม &lt;b&gt;1-01&lt;/b&gt; แล้ว" in page
    assert (TH("page_examiner.view.taken_up") in page, TH("page_examiner.view.waiting") in page, MEMBER.name in page) == (True, False, False)


def test_another_link_does_not_see_it(here: Examined, examiner: Examiner):
    examiner.send("ถามทางที่อยู่แรก")
    assert ["ถามทางที่อยู่แรก" in Examiner(secret).get("/questions").body for secret in (examiner.secret, here.link(), here.link(here.newer), here.link(here.other))] == [True, False, False, False]


def test_a_link_at_a_criterion_begins_a_question_about_it(examiner: Examiner):
    assert f'href="/examiner/{examiner.secret}/questions?about=speed"' in examiner.get().body
    assert '<option value="criterion/speed" selected>' in examiner.get("/questions?about=speed").body
    assert "selected" not in examiner.get("/questions?about=%22%3E%3Cscript%3E").body


def test_it_is_about_something_in_the_pack_or_the_whole(here: Examined, examiner: Examiner):
    kept = {}
    for about in ("criterion/speed", "", "criterion/x", "evidence/1-03", "evidence/../x"):
        assert examiner.send(about=about).status == 303
        kept[about] = newest(here)["about"], newest(here)["evidence_code"]
    assert kept == {"criterion/speed": ("speed", None), **dict.fromkeys(("", "criterion/x", "evidence/1-03", "evidence/../x"), (None, None))}


def test_hostile_text_stays_text_where_it_is_read_again(here: Examined):
    texts = [text for text in TEXTS if len(text) <= 2_000]
    for some in (texts[: actions.ASKS], texts[actions.ASKS :]):
        examiner = Examiner(here.link())
        assert [examiner.send(text, name=text[:100]).status for text in some] == [303] * len(some)
        page = examiner.get("/questions").body
        shown = [part.partition("</p>")[0] for part in page.split('<p class="text">')[1:]]
        assert sorted(map(unescape, shown)) == sorted(text.strip() for text in some)
        assert ("<script" in page, page.count("<article>")) == (False, len(some))


def test_what_was_refused_stands_in_the_form_again_as_text(here: Examined, examiner: Examiner):
    before = seq(here.office, here.project)
    for text in ('"><script>alert(1)</script>', "</textarea><script>alert(1)</script>", "{{ 7*7 }}"):
        reply = examiner.send(text, name=text + "ก" * 100, sort=text, about=text)
        assert (reply.status, seq(here.office, here.project), "<script" in reply.body) == (422, before, False)
        assert unescape(reply.body.partition('<textarea')[2].partition(">")[2].partition("</textarea>")[0]) == text
        assert TH("fields.inquiry.asked_by.label") in reply.body


def test_two_thousand_thai_letters_go_through_and_one_more_does_not(here: Examined, examiner: Examiner):
    assert examiner.send("ก" * 2_000).status == 303
    before = seq(here.office, here.project)
    assert ("ก" * 2_001 in examiner.send("ก" * 2_001).body, seq(here.office, here.project)) == (True, before)
    assert (examiner.send("ก" * 50_000).status, seq(here.office, here.project)) == (413, before)


def test_a_form_elsewhere_sends_nothing(here: Examined, examiner: Examiner):
    before = seq(here.office, here.project)
    for origin in ("http://evil.example", "null", "https://nine.example.evil"):
        assert (origin, examiner.send(origin=origin).status, seq(here.office, here.project)) == (origin, 403, before)


def test_the_log_tells_what_was_sent_from_what_was_refused(here: Examined, examiner: Examiner):
    assert [examiner.send(text, origin=origin).status for text, origin in (("ก", f"http://{HOST}"), (" ", f"http://{HOST}"), ("ก" * 2_001, f"http://{HOST}"), ("ก", "http://evil.example"))] == [303, 422, 422, 403]
    links = here.office.store.examiner_links
    link = links.find(examiner.secret)
    assert [one.what for one in links.accesses(link.id, 9) if one.what != "questions"] == ["refused", "refused", "asked"]
    assert (links.asked_by(link.id), links.uses(here.project)[link.id].count) == ({newest(here).id}, 1 + [one.what for one in links.accesses(link.id, 9)].count("questions"))


def test_what_is_refused_counts_towards_a_flood(examiner: Examiner):
    assert [examiner.send(" ").status for _ in range(actions.ASKS + 1)] == [422] * actions.ASKS + [429]


def test_a_flood_is_told_to_wait_and_nothing_typed_is_lost(here: Examined, examiner: Examiner):
    assert [examiner.send().status for _ in range(actions.ASKS)] == [303] * actions.ASKS
    before, reply = seq(here.office, here.project), examiner.send("ข้อความที่พิมพ์ไว้")
    assert (reply.status, "ข้อความที่พิมพ์ไว้</textarea>" in reply.body, seq(here.office, here.project)) == (429, True, before)
    assert Examiner(here.link()).send().status == 303


def test_reading_without_end_is_told_to_wait(here: Examined, examiner: Examiner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "READS", 3)
    assert [examiner.get(more).status for more in ("", "/pack", "/questions", "", "/pack", "/report.pdf", f"/file/{here.pieces['1-01']}")] == [200] * 3 + [429] * 4
