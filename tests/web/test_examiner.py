"""What an examiner reaches with their address: one pack as it was made, their own questions, and nothing else."""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest

from pso_core.actions import examiner as actions
from pso_core.actions.examiner import revoke_link
from pso_core.actions.sign_in import begin_session
from pso_core.press.build import let_go, make, order
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.cookies import LANGUAGE, SESSION
from pso_core.web.examiner import preview_path
from tests.actions.signing import seq
from tests.building import person
from tests.web.examining import HEAD, LATER, LOST, NEW, OLD, THEIRS, Examined, Examiner, examiner, here

NEVER_MADE = "x" * 43
MEMBER = person("member")


def opened(here: Examined, examiner: Examiner) -> list[tuple[str, str]]:
    """What the log says, the oldest first."""
    link = here.office.store.examiner_links.find(examiner.secret)
    return [(one.what, one.place) for one in here.office.store.examiner_links.accesses(link.id, 1_000)][::-1]


class Read(HTMLParser):
    """Tags, addresses and text of a page."""

    def __init__(self, page: str):
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.addresses += [value for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data):
        self.text += data


# What they see


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_is_that_of_the_pack_in_their_language(here: Examined, examiner: Examiner, language: str):
    examiner.cookies[LANGUAGE] = language
    say, reply = phrases(language), examiner.get()
    read = Read(reply.body)
    assert reply.status == 200
    assert [word for word in ("1-01", "บัญชีฐานข้อมูล", "1-02", "ตัวชี้วัด 1", say("documents.pack.supports", level=1), "สำนักงาน ก.พ.ร.") if word not in read.text.replace("\u2060", "")] == []
    assert ("1-03" in read.text, "ของอีกโครงการ" in read.text, read.text.count(say("documents.evidence.file_lost"))) == (False, False, 1)


def test_every_link_of_the_index_works_and_leads_nowhere_else(here: Examined, examiner: Examiner):
    addresses = [address for address in Read(examiner.get().body).addresses if address != "#charts"]
    own = [address for address in addresses if address.startswith("/examiner/")]
    assert {address.partition("?")[0] for address in addresses} - set(own) == {"/language", "/app/static/favicon.png", "/examiner.css"}
    assert {address: examiner.ask(address).status for address in [*own, "/examiner.css"]} == dict.fromkeys([*own, "/examiner.css"], 200)


def test_a_file_is_the_version_that_the_pack_has(here: Examined, examiner: Examiner):
    reply = examiner.get(f"/file/{here.pieces['1-01']}")
    assert (reply.status, reply.content, reply.headers["content-type"]) == (200, OLD, "image/png")
    assert unquote(reply.headers["content-disposition"]) == "attachment; filename*=UTF-8''1-01 บัญชีฐานข้อมูล.png"
    assert Examiner(here.link(here.newer)).get(f"/file/{here.pieces['1-01']}").content == NEW


def test_the_pack_and_its_reports_are_the_very_bytes(here: Examined, examiner: Examiner):
    whole = examiner.get("/pack")
    archive = zipfile.ZipFile(io.BytesIO(whole.content))
    assert whole.content == here.office.store.contents.path_of(here.pack.content).read_bytes()
    parts = {"report.pdf": "รายงาน.pdf", "report.docx": "รายงาน.docx", "workbook.xlsx": "ตารางข้อมูล.xlsx", "missing.txt": "ข้อที่ยังขาด.txt"}
    assert {part for part, place in parts.items() if examiner.get(f"/{part}").content != archive.read(place)} == set()
    assert examiner.get("/report.pdf").headers["content-type"] == "application/pdf"


CHART = "แผนภูมิ/1 ค่าถ่วงน้ำหนัก.png"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_index_leads_to_the_charts_and_tells_what_each_shows(examiner: Examiner, language: str):
    examiner.cookies[LANGUAGE] = language
    say, read = phrases(language), Read(examiner.get().body)
    assert [address for address in read.addresses if "chart" in address] == ["#charts", f"/examiner/{examiner.secret}/chart/weights"]
    assert f"1 {say('documents.pack.chart.weights')} {say('documents.pictures.weights_said', count=1)}" in read.text.replace("\u2060", "")


def test_a_chart_is_the_very_picture_of_this_pack(here: Examined, examiner: Examiner):
    reply, newer = examiner.get("/chart/weights"), Examiner(here.link(here.newer)).get("/chart/weights")
    packs = [zipfile.ZipFile(here.office.store.contents.path_of(pack.content)) for pack in (here.pack, here.newer)]
    assert [reply.content, newer.content] == [pack.read(CHART) for pack in packs]
    assert (reply.content == newer.content, reply.status, reply.headers["content-type"]) == (False, 200, "image/png")
    assert unquote(reply.headers["content-disposition"]) == "attachment; filename*=UTF-8''1 ค่าถ่วงน้ำหนัก.png"


def test_a_chart_that_is_not_in_this_pack_is_not_found(here: Examined, examiner: Examiner):
    of_another = Examiner(here.link(here.other))
    assert [examiner.get(f"/chart/{key}").status for key in ("weights", "gaps", "calendar", "report", "pack")] == [200, 404, 404, 404, 404]
    assert (of_another.get("/chart/weights").status, "chart" in of_another.get().body) == (404, False)


def test_of_a_pack_whose_file_was_let_go_no_chart_is_offered_or_sent(here: Examined):
    pack = make(here.office, HEAD, order(here.office, HEAD, here.project, "en", False))
    examiner = Examiner(here.link(pack))
    assert ("/chart/weights" in examiner.get().body, examiner.get("/chart/weights").status) == (True, 200)
    let_go(here.office, HEAD, here.project, pack.id)
    assert ("/chart/weights" in examiner.get().body, examiner.get("/chart/weights").status) == (False, 404)


def test_everything_opened_is_noted_and_what_is_not_there_as_missing(here: Examined, examiner: Examiner):
    for more in ("", "/questions", f"/file/{here.pieces['1-01']}", f"/file/{here.pieces['1-03']}", "/report.pdf", "/nothing.pdf", "/chart/weights", "/chart/gaps", "/pack"):
        examiner.get(more)
    file = "หลักฐาน/1 ครอบคลุม/1-01 บัญชีฐานข้อมูล.png"
    later = ("missing", f"/file/{here.pieces['1-03']}")
    assert opened(here, examiner) == [
        ("index", ""), ("questions", ""), ("file", file), later, ("file", "รายงาน.pdf"), ("missing", "/nothing.pdf"), ("file", CHART), ("missing", "/chart/gaps"), ("pack", ""),
    ]  # fmt: skip
    assert here.office.store.examiner_links.uses(here.project)[here.office.store.examiner_links.find(examiner.secret).id].count == 6


def test_who_looks_for_what_is_not_there_without_end_is_told_to_wait(here: Examined, examiner: Examiner, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(actions, "READS", 2)
    assert [examiner.get("/file/999").status for _ in range(3)] == [404, 404, 429]
    assert opened(here, examiner) == [("missing", "/file/999")] * 2


def test_the_browser_keeps_and_passes_on_nothing_and_runs_one_script(here: Examined, examiner: Examiner):
    for more in ("", "/questions", f"/file/{here.pieces['1-01']}", "/pack", "/report.pdf", "/chart/weights", "/nothing.pdf"):
        headers = examiner.get(more).headers
        assert (headers["cache-control"], headers["x-robots-tag"], headers["x-content-type-options"]) == ("no-store", "noindex, nofollow", "nosniff"), more
        assert headers["referrer-policy"] == ("same-origin" if more == "/questions" else "no-referrer"), more
        assert ("set-cookie" in headers, headers["content-security-policy"].startswith("default-src 'none'")) == (False, True), more
    policy = examiner.get().headers["content-security-policy"]
    assert ("unsafe" in policy, policy.count("script-src"), "script-src 'sha256-" in policy) == (False, 1, True)
    assert "script-src" not in examiner.get("/questions").headers["content-security-policy"]


# Nothing else


@pytest.mark.parametrize("code", ["1-02", "1-03", "theirs"])
def test_a_file_that_is_not_in_this_pack_is_not_found(here: Examined, examiner: Examiner, code: str):
    reply = examiner.get(f"/file/{here.pieces[code]}")
    assert (reply.status, any(content in reply.content for content in (LOST, LATER, THEIRS))) == (404, False)
    owner = here.other if code == "theirs" else here.newer
    assert Examiner(here.link(owner)).get(f"/file/{here.pieces[code]}").status == 200


ODD = [
    "/file/attachment:x", "/file/project", "/file/agency", "/file/..", "/file/../pack", "/file/%2e%2e%2fpack", "/file/", "/file/a/b", "/index.html", "/pack.json", "/manifest.sha256",
    "/chart/", "/chart", "/chart/weights/", "/chart/weights.png", "/chart/Weights", "/chart/..", "/chart/../pack", "/chart/..%2fpack", "/chart/%2e%2e%2freport.pdf", "/chart/a/b", "/project.json", "/../admin/backup", "/%2e%2e/settings", "/..%2f..%2ffile", "//", "/pack/", "/questions/x", "/file/%00", "/file/" + "a" * 5_000, "/หลักฐาน",
]  # fmt: skip


def test_a_path_that_is_none_of_these_leads_nowhere(examiner: Examiner):
    for more in ODD:
        reply = examiner.get(more)
        assert (more, reply.status in (303, 404)) == (more, True)
        assert (more, reply.content == b"" if reply.status == 303 else "</html>" in reply.body, OLD in reply.content) == (more, True, False)


def test_no_other_method_is_taken(examiner: Examiner):
    methods = ("PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND")
    for more in ("", "/questions", "/pack", "/chart/weights"):
        assert (more, [examiner.get(more, method, origin="http://nine.example").status for method in methods]) == (more, [405] * 5)


def test_never_made_expired_and_revoked_are_one_answer(here: Examined):
    never, revoked, expired = (Examiner(secret, "10.0.0.2") for secret in (NEVER_MADE, here.link(), here.link(days=1)))
    revoke_link(here.office, HEAD, here.project, here.office.store.examiner_links.find(revoked.secret).id)
    here.clock.move(days=1)
    try:
        for more in ("", "/questions", "/pack", "/report.pdf", "/chart/weights", f"/file/{here.pieces['1-01']}", "/nothing.pdf"):
            replies = [(reply.status, reply.body.replace(one.secret, "")) for one in (never, revoked, expired) for reply in (one.get(more),)]
            assert (replies[0][0], replies[1:]) == (404, [replies[0]] * 2), more
            assert phrases("th")("refusals.examiner_link_closed") in replies[0][1]
        before = seq(here.office, here.project)
        assert ([one.send().status for one in (never, revoked, expired)], seq(here.office, here.project)) == ([404] * 3, before)
    finally:
        here.clock.move(days=-1)


def test_it_opens_until_its_last_second(here: Examined):
    examiner = Examiner(here.link(days=1), "10.0.0.3")
    try:
        here.clock.move(days=1, seconds=-1)
        assert examiner.get().status == 200
        here.clock.move(seconds=1)
        assert examiner.get().status == 404
    finally:
        here.clock.move(days=-1)


def test_revoking_closes_every_address_of_it_at_once(here: Examined, examiner: Examiner):
    shown = ["", "/questions", "/pack", "/report.pdf", "/chart/weights", f"/file/{here.pieces['1-01']}"]
    assert [examiner.get(more).status for more in shown] == [200] * 6
    revoke_link(here.office, HEAD, here.project, here.office.store.examiner_links.find(examiner.secret).id)
    assert [examiner.get(more).status for more in shown] == [404] * 6


def test_a_cut_address_is_told_kindly(examiner: Examiner):
    assert Examiner(examiner.secret[:-3]).get().status == 404
    assert Examiner(examiner.secret.swapcase()).get().status == 404


def test_guessing_is_slowed_for_the_network_it_comes_from(here: Examined, examiner: Examiner):
    guesses = [Examiner(NEVER_MADE, "10.9.9.9").get() for _ in range(32)]
    assert [reply.status for reply in guesses][-1:] == [429]
    assert int(guesses[-1].headers["retry-after"]) > 0
    assert (Examiner(examiner.secret, "10.9.9.9").get().status, examiner.get().status) == (429, 200)


# The preview


def test_the_preview_shows_the_same_to_whoever_signed_in_and_notes_nothing(here: Examined, examiner: Examiner):
    base = preview_path(here.project, here.pack.id)
    member = Examiner("", cookies={SESSION: begin_session(here.office, MEMBER.id)})
    same = examiner.get().body.replace(f"/examiner/{examiner.secret}", base)
    assert Read(member.ask(base).body).text.partition("1-01")[2] == Read(same).text.partition("1-01")[2]
    assert member.ask(f"{base}/file/{here.pieces['1-01']}").content == OLD
    assert [member.ask(f"{base}{more}").status for more in ("/questions", "/pack", "/report.pdf", "/chart/weights")] == [200] * 4
    assert "<fieldset disabled>" in member.ask(f"{base}/questions").body
    assert opened(here, examiner) == [("index", "")]
    assert [Examiner("").ask(f"{base}{more}").status for more in ("", "/pack", "/chart/weights")] == [303] * 3
    assert member.ask(preview_path(here.project, here.other.id)).status == 404
