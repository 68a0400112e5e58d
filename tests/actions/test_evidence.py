"""Evidence is judged as it is, files are kept with their row or not at all, many as one."""

from __future__ import annotations

import io
from hashlib import sha256

import pytest
import xlsxwriter

from pso_core import standards
from pso_core.actions import evidence
from pso_core.actions.evidence import FilesRefused, accept, attach, planned, return_, take_in
from pso_core.actions.projects import export_project, import_project
from pso_core.actions.reviews import review_of
from pso_core.domain.evidence import pieces
from pso_core.errors import Mistakes, NotAllowed, NotFound, PsoError
from pso_core.office import Office
from pso_core.steps.evidence import claimed_and_proven
from tests.actions.peopled import own_office as office
from tests.actions.peopled import project
from tests.building import contents, person, remove, write

MEMBER, FACILITATOR = person("member"), person("facilitator")
STANDARD = standards.load()
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


@pytest.fixture
def piece(office: Office, project: str) -> str:
    """A file piece with nothing attached."""
    return write(office, project, "evidence", criterion="coverage", code="1-01", title="บัญชีฐานข้อมูล", form="file").ids[0]


def png(mark: bytes = b"") -> io.BytesIO:
    return io.BytesIO(PNG + mark)


def state_of(office: Office, project: str) -> dict[str, str]:
    return {one.row["code"]: one.state for one in pieces(office.store.state(project), office.today())}


def versions(office: Office, project: str, piece: str) -> list[tuple[int, str]]:
    return sorted((row["number"], row["name"]) for row in office.store.state(project).where("attachment", evidence=piece))


def seq(office: Office, project: str) -> int:
    return office.store.state(project).seq


def kept(office: Office) -> int:
    return len(list(office.store.contents.all()))


def test_a_file_is_attached_as_the_next_version_and_the_earlier_one_stays(office, project, piece):
    attach(office, MEMBER, project, piece, "ร่าง.png", png())
    attach(office, MEMBER, project, piece, "ฉบับจริง.png", png(b"2"))
    assert versions(office, project, piece) == [(1, "ร่าง.png"), (2, "ฉบับจริง.png")]
    row = next(office.store.state(project).where("attachment", number=2))
    assert (row["bytes"], row["media_type"], row["added_by"], row["added_at"]) == (len(PNG) + 1, "image/png", "p-member", "2026-11-23T03:00:00Z")
    assert office.store.contents.path_of(row["sha256"]).read_bytes() == PNG + b"2"


def test_the_very_file_that_is_there_changes_nothing(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    before = contents(office.store, project)
    assert attach(office, MEMBER, project, piece, "แผน.png", png()).ids == ()
    assert (contents(office.store, project), kept(office)) == (before, 1)


@pytest.mark.parametrize("who", ["viewer"])
def test_who_may_only_look_attaches_nothing(office, project, piece, who):
    with pytest.raises(NotAllowed):
        attach(office, person(who), project, piece, "แผน.png", png())
    assert (versions(office, project, piece), kept(office)) == ([], 0)


def test_a_file_for_evidence_that_somebody_removed_is_not_kept(office, project, piece):
    remove(office, project, piece)
    with pytest.raises(PsoError):
        attach(office, MEMBER, project, piece, "แผน.png", png())
    assert kept(office) == 0


def test_when_the_disk_refuses_the_row_the_content_goes_again(office, project, piece, monkeypatch):
    def full(*_, **__):
        raise PsoError("disk_refused")

    monkeypatch.setattr(office.store, "commit", full)
    with pytest.raises(PsoError, match="disk_refused"):
        attach(office, MEMBER, project, piece, "แผน.png", png())
    assert kept(office) == 0


def test_accepted_evidence_counts_and_a_new_version_is_to_be_judged_anew(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    accept(office, FACILITATOR, project, piece, seq(office, project))
    assert state_of(office, project) == {"1-01": "accepted"}
    attach(office, MEMBER, project, piece, "แผน.png", png(b"2"))
    assert state_of(office, project) == {"1-01": "offered"}


def test_evidence_is_returned_with_the_reason_and_the_history_keeps_it(office, project, piece):
    return_(office, FACILITATOR, project, piece, seq(office, project), " ไม่ใช่ฉบับลงนาม ")
    assert state_of(office, project) == {"1-01": "returned"}
    change = office.store.history(project, limit=1)[0]
    assert (change.action, change.reason, change.person_id) == ("return_evidence", "ไม่ใช่ฉบับลงนาม", "p-facilitator")


REFUSED = {
    "by a member": (lambda o, p, e: accept(o, MEMBER, p, e, seq(o, p)), NotAllowed, "not_allowed"),
    "with nothing to look at": (lambda o, p, e: accept(o, FACILITATOR, p, e, seq(o, p)), PsoError, "evidence_empty"),
    "without a reason": (lambda o, p, e: return_(o, FACILITATOR, p, e, seq(o, p), "  "), PsoError, "reason_missing"),
    "of what is not there": (lambda o, p, e: accept(o, FACILITATOR, p, "evidence:none", seq(o, p)), NotFound, "row_gone"),
}


@pytest.mark.parametrize("case", REFUSED.values(), ids=REFUSED)
def test_a_judgement_is_refused_and_nothing_is_written(office, project, piece, case):
    judge, kind, code = case
    before = contents(office.store, project)
    with pytest.raises(kind) as refused:
        judge(office, project, piece)
    assert (refused.value.code, contents(office.store, project)) == (code, before)


def test_nobody_accepts_what_was_changed_while_they_looked(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    looked_at = seq(office, project)
    write(office, project, "evidence", piece, title="อีกเรื่องหนึ่ง")
    with pytest.raises(PsoError) as refused:
        accept(office, FACILITATOR, project, piece, looked_at)
    assert (refused.value.code, state_of(office, project)) == ("evidence_changed_since", {"1-01": "offered"})


def test_a_judgement_is_written_only_by_judging(office, project, piece):
    with pytest.raises(NotAllowed):
        write(office, project, "acceptance", evidence=piece, judgement="accepted", digest="0" * 64, judged_at="2026-11-23T03:00:00Z")
    with pytest.raises(NotAllowed):
        write(office, project, "attachment", evidence=piece, number=1, name="x", media_type="x", bytes=1, sha256="0" * 64, added_at="2026-11-23T03:00:00Z")


def test_evidence_may_not_prove_level_0(office, project, piece):
    indicator = write(office, project, "indicator", criterion="coverage", name="ก").ids[0]
    with pytest.raises(Mistakes) as refused:
        write(office, project, "support", evidence=piece, indicator=indicator, level=0)
    assert [problem.code for problem in refused.value.problems] == ["level_0_needs_no_evidence"]


def test_many_files_are_kept_in_one_change(office, project, piece):
    names = ["1-01 ใหม่.png", "ผังเครือข่าย.png", "1-01 ใหม่กว่า.png"]
    plan, before = planned(office.store.state(project), STANDARD, names, "linkage"), seq(office, project)
    take_in(office, MEMBER, project, [(name, png(name.encode())) for name in names], plan)
    assert seq(office, project) == before + 1
    assert versions(office, project, piece) == [(1, "1-01 ใหม่.png"), (2, "1-01 ใหม่กว่า.png")]
    new = next(office.store.state(project).where("evidence", code="5-01"))
    assert (new["title"], new["criterion"], new["form"], new["owner"]) == ("ผังเครือข่าย", "linkage", "file", "p-member")


def test_one_file_that_is_refused_keeps_all_out_and_is_named(office, project, piece):
    plan = planned(office.store.state(project), STANDARD, ["ก.png", "ข.pdf"], "linkage")
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refused:
        take_in(office, MEMBER, project, [("ก.png", png()), ("ข.pdf", png())], plan)
    assert (refused.value.code, refused.value.facts["file"], refused.value.facts["refusal"].code) == ("one_file_refused", "ข.pdf", "file_not_what_it_says")
    assert (contents(office.store, project), kept(office)) == (before, 0)


def test_all_files_that_are_refused_are_named_at_once_each_with_its_reason_and_none_is_kept_for_a_moment(office, project, piece, monkeypatch):
    files = [("ก.png", png()), ("ข.pdf", png()), ("ค.pdf", io.BytesIO(b"MZ" + bytes(99))), ("ง.txt", io.BytesIO())]
    plan = planned(office.store.state(project), STANDARD, [name for name, _ in files], "linkage")
    before = contents(office.store, project)
    monkeypatch.setattr(office.store.contents, "put", None)
    with pytest.raises(FilesRefused) as refused:
        take_in(office, MEMBER, project, files, plan)
    assert [(name, why.code) for name, why in refused.value.files] == [("ข.pdf", "file_not_what_it_says"), ("ค.pdf", "file_is_program"), ("ง.txt", "file_empty")]
    assert (contents(office.store, project), kept(office)) == (before, 0)


@pytest.mark.parametrize("meanwhile", ["the code is taken", "the piece is gone"])
def test_a_plan_that_no_longer_holds_is_shown_again(office, project, piece, meanwhile):
    names = ["1-01 ก.png"] if meanwhile == "the piece is gone" else ["5-01 ข.png"]
    plan = planned(office.store.state(project), STANDARD, names, "linkage")
    if meanwhile == "the piece is gone":
        remove(office, project, piece)
    else:
        write(office, project, "evidence", criterion="linkage", code="5-01", title="ของผู้อื่น", form="link")
    before = contents(office.store, project)
    with pytest.raises(PsoError) as refused:
        take_in(office, MEMBER, project, [(names[0], png())], plan)
    assert (refused.value.code, contents(office.store, project), kept(office)) == ("evidence_plan_changed", before, 0)


def test_more_files_than_are_taken_at_once_are_refused(office, project, monkeypatch):
    monkeypatch.setattr(evidence, "AT_ONCE", 1)
    plan = planned(office.store.state(project), STANDARD, ["ก.png", "ข.png"], "linkage")
    with pytest.raises(PsoError, match="files_too_many"):
        take_in(office, MEMBER, project, [("ก.png", png()), ("ข.png", png())], plan)


def test_a_real_workbook_comes_back_as_it_was(office, project, piece, tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "ตาราง.xlsx")) as book:
        book.add_worksheet().write("A1", "ฐานข้อมูล 23 ภารกิจ")
    data = (tmp_path / "ตาราง.xlsx").read_bytes()
    attach(office, MEMBER, project, piece, "ตาราง.xlsx", io.BytesIO(data))
    row = next(office.store.state(project).where("attachment", evidence=piece))
    assert office.store.contents.path_of(row["sha256"]).read_bytes() == data


def drop(office: Office, project: str, piece: str) -> None:
    for row in office.store.state(project).where("attachment", evidence=piece):
        office.store.contents.drop(row["sha256"])


def proven(office: Office, project: str) -> int:
    return claimed_and_proven(review_of(office, office.store.state(project)))[1].total


def test_what_is_proven_goes_with_the_content_and_comes_back_when_it_is_attached_again(office, project, piece):
    write(office, project, "weight", criterion="coverage", weight=20)
    indicator = write(office, project, "indicator", criterion="coverage", name="ก").ids[0]
    round_ = write(office, project, "round", name="ก่อนยกระดับ", opened_on="2026-11-01").ids[0]
    write(office, project, "score", round=round_, indicator=indicator, level=2, rationale="ดู 1-01")
    write(office, project, "support", evidence=piece, indicator=indicator, level=2)
    attach(office, MEMBER, project, piece, "แผน.png", png())
    accept(office, FACILITATOR, project, piece, seq(office, project))
    assert proven(office, project) == 40
    drop(office, project, piece)
    assert (proven(office, project), state_of(office, project)) == (0, {"1-01": "accepted"})
    attach(office, MEMBER, project, piece, "แผน.png", png())
    assert (proven(office, project), versions(office, project, piece)) == (40, [(1, "แผน.png")])


@pytest.mark.parametrize("how", ["removed", "altered", "whole"])
def test_the_same_file_attached_again_is_found_when_it_was_not_whole(office, project, piece, how):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    path = office.store.contents.path_of(sha256(png().read()).hexdigest())
    {"removed": path.unlink, "altered": lambda: path.write_bytes(b"x"), "whole": path.stat}[how]()
    before = contents(office.store, project)
    for found in ([] if how == "whole" else ["แผน.png"], []):
        saved = attach(office, MEMBER, project, piece, "สำเนา.png", png())
        assert (saved.ids, list(saved.found), contents(office.store, project)) == ((), found, before)


def test_many_files_at_once_tell_how_many_were_found_and_keep_the_others(office, project, piece):
    names = ["1-01 ก.png", "1-02 ข.png", "1-03 ค.png"]
    for here, again in ((names[:2], False), (names, True)):
        if again:
            for row in office.store.state(project).of("attachment"):
                office.store.contents.drop(row["sha256"])
        plan = planned(office.store.state(project), STANDARD, here, "coverage")
        saved = take_in(office, MEMBER, project, [(name, png(name.encode())) for name in here], plan)
    assert (saved.found, sorted(row["name"] for row in office.store.state(project).of("attachment"))) == (tuple(names[:2]), names)


def test_nobody_accepts_what_is_lost_but_it_can_be_returned(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    drop(office, project, piece)
    before = contents(office.store, project)
    with pytest.raises(PsoError, match="evidence_empty"):
        accept(office, FACILITATOR, project, piece, seq(office, project))
    assert contents(office.store, project) == before
    return_(office, FACILITATOR, project, piece, seq(office, project), "แนบอีกครั้ง")
    assert state_of(office, project) == {"1-01": "returned"}


def test_whoever_may_remove_evidence_removes_its_files_and_judgement_with_it(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    accept(office, FACILITATOR, project, piece, seq(office, project))
    remove(office, project, piece, by=MEMBER)
    assert [row.kind for row in office.store.state(project).rows.values() if row.kind in ("evidence", "attachment", "acceptance")] == []


def test_what_was_to_be_judged_anew_still_is_when_the_project_comes_from_a_file(office, project, piece):
    attach(office, MEMBER, project, piece, "แผน.png", png())
    accept(office, FACILITATOR, project, piece, seq(office, project))
    taken = import_project(office, FACILITATOR, export_project(office, FACILITATOR, project))
    write(office, project, "evidence", piece, title="อีกเรื่องหนึ่ง")
    changed = import_project(office, FACILITATOR, export_project(office, FACILITATOR, project))
    assert (state_of(office, taken), state_of(office, changed)) == ({"1-01": "accepted"}, {"1-01": "offered"})
