"""Which levels evidence proves, when it stops counting, and how codes are made and read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pso_core.domain.evidence import names, next_code, pieces, proven_levels, reading, uncited
from pso_core.domain.evidence_index import evidence_index
from pso_core.domain.register import search
from pso_core.steps.evidence import claimed_and_proven, gaps
from tests.steps.small import CRITERIA, STANDARD, attached, complete, indicator, piece, project, round_, row, score, supporting, weight

PATTERN = STANDARD.evidence_code
TODAY = date(2026, 11, 23)


def states(*rows) -> dict[str, str]:
    return {one.row["code"]: one.state for one in pieces(project(*rows).review.state, TODAY)}


def proven(*rows) -> dict[str, int]:
    return proven_levels(pieces(project(*rows).review.state, TODAY))


def test_a_piece_is_offered_until_it_is_judged():
    assert states(*piece(), *piece("1-02", "accepted"), *piece("1-03", "returned")) == {"1-01": "offered", "1-02": "accepted", "1-03": "returned"}


CHANGES = {
    "its title": {"title": "อีกเรื่อง"}, "its code": {"code": "1-02"}, "its address": {"address": "https://b.example"}, "its form": {"form": "system"},
    "its date": {"dated": "2026-01-01"}, "how long it is valid": {"valid_until": "2030-01-01"}, "its criterion": {"criterion": "speed"},
}  # fmt: skip


def judged(*rows) -> tuple:
    """The rows of a project in which every piece was judged as it is."""
    return project(*rows).rows


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_when_what_was_judged_changes_it_is_to_be_judged_anew(change: dict):
    found, acceptance = judged(*piece(judgement="accepted"))
    assert list(states(replace(found, body={**found.body, **change}), acceptance).values()) == ["offered"]


@pytest.mark.parametrize("change", [{"owner": "p-member"}, {"note": "ดูหน้า 3"}], ids=["its owner", "its note"])
def test_who_owns_it_and_the_note_are_not_judged(change: dict):
    found, acceptance = judged(*piece(judgement="accepted"))
    assert states(replace(found, body={**found.body, **change}), acceptance) == {"1-01": "accepted"}


FILE = row("attachment", evidence="evidence:1-01", number=1, name="ก.pdf", media_type="application/pdf", bytes=3, sha256="0" * 64)


@pytest.mark.parametrize("added", [(FILE,), (indicator(), *supporting("1"))], ids=["a file", "a level"])
def test_what_is_attached_or_claimed_after_the_judgement_is_to_be_judged_anew(added: tuple):
    assert states(*judged(*piece(judgement="accepted")), *added) == {"1-01": "offered"}
    assert states(*piece(judgement="accepted"), *added) == {"1-01": "accepted"}


@pytest.mark.parametrize(("until", "state"), [("2026-11-23", "accepted"), ("2026-11-22", "expired"), (None, "accepted")])
def test_a_piece_counts_up_to_its_last_day(until: str | None, state: str):
    assert states(*piece(judgement="accepted", valid_until=until)) == {"1-01": state}


def test_the_highest_accepted_level_is_proven_and_what_is_not_accepted_proves_nothing():
    rows = [*piece("1-01", "accepted"), *supporting("1", code="1-01", level=1), *piece("1-02", "accepted"), *supporting("1", "2", code="1-02", level=2)]
    rows += [*piece("1-03"), *supporting("1", "3", code="1-03", level=3), *piece("1-04", "accepted", valid_until="2026-01-01"), *supporting("1", code="1-04", level=3)]
    assert proven(*rows) == {"indicator:1": 2, "indicator:2": 2}


LOST = frozenset({"a" * 64})
HELD = attached(number=2, sha256="b" * 64)
GONE = {
    "its file": ({"form": "file", "address": None}, (attached(),), True),
    "an earlier version": ({"form": "file", "address": None}, (attached(), HELD), False),
    "the file beside a website": ({}, (attached(),), False),
    "no file at all": ({"form": "file", "address": None}, (), False),
}


@pytest.mark.parametrize(("more", "files", "is_lost"), GONE.values(), ids=GONE)
def test_an_accepted_piece_proves_nothing_while_what_was_accepted_is_lost(more: dict, files: tuple, is_lost: bool):
    here = project(*piece(judgement="accepted", **more), *files, indicator(), *supporting("1", level=2), lost=LOST)
    (found,) = pieces(here.review.state, TODAY, here.lost)
    assert (found.lost, found.state, proven_levels([found])) == (is_lost, "accepted", {} if is_lost else {"indicator:1": 2})
    assert proven_levels(pieces(here.review.state, TODAY)) == {"indicator:1": 2}


def test_a_lost_piece_is_not_in_the_proven_score_and_its_loss_is_told_in_place_of_its_judgement():
    rows = (weight("speed", 60), round_(), indicator("1", "speed"), score(3), *piece(judgement="returned", form="file", address=None), attached(), *supporting("1"))
    accepted = (*rows[:-4], *piece(judgement="accepted", form="file", address=None), *rows[-2:])
    assert [claimed_and_proven(project(*accepted, lost=lost).review)[1].total for lost in (frozenset(), LOST)] == [180, 0]
    told = [{gap.code for gap in gaps(project(*rows, lost=lost).review)} & {"evidence_returned", "evidence_lost"} for lost in (frozenset(), LOST)]
    assert told == [{"evidence_returned"}, {"evidence_lost"}]


def test_reviews_with_other_losses_are_not_the_same():
    assert project().review != project(lost=LOST).review


def test_the_proven_score_counts_each_level_only_as_far_as_its_evidence_goes():
    rows = [round_(), *(weight(key, points) for key, points in (("speed", 60), ("linkage", 40))), indicator("1", "speed"), indicator("2", "linkage")]
    rows += [score(3, "1"), score(2, "2"), *piece(judgement="accepted"), *supporting("1", level=2)]
    claimed, shown = claimed_and_proven(project(*rows).review)
    assert (claimed.total, shown.total, shown.of("speed").level, shown.of("linkage").level) == (260, 120, 2, 0)


def test_nothing_is_claimed_before_anything_is_scored():
    assert claimed_and_proven(project(round_(), indicator(), *piece(judgement="accepted")).review) is None


def test_a_complete_project_proves_all_that_it_claims():
    claimed, shown = claimed_and_proven(project(complete()).review)
    assert claimed.total == shown.total == 300


@pytest.mark.parametrize(("text", "is_named"), [
    ("ดู 1-01", True), ("ดู ๑-๐๑", True), ("(1-01)", True), ("๑-๐๑๐", False), ("หลักฐาน1-01ครับ", True), ("หลักฐาน๑-๐๑ครับ", True), ("หลักฐาน11-01ครับ", False), ("ตาม1-012ครับ", False), ("x1-01", False), ("1-01x", False), ("ดู1-01.และ", True),
    ("1-010", False), ("11-01", False), ("1-01.2", False), ("1-01.", True), ("", False), (None, False),
])  # fmt: skip
def test_a_code_is_named_only_as_a_whole(text: str | None, is_named: bool):
    assert names(text, "1-01") == is_named


def test_a_rationale_that_does_not_name_the_code_is_told_by_its_indicator():
    found = pieces(project(*piece(), *supporting("1", "2", "3")).review.state, TODAY)
    assert uncited(found, {"indicator:1": "ดู 1-01", "indicator:2": "มีทะเบียน"}) == {"evidence:1-01": ("indicator:2",)}


def test_codes_go_on_after_the_highest_and_each_criterion_has_its_own():
    state = project(*piece("1-02"), *piece("1-09"), *piece("10-50"), *piece("ก-3")).review.state
    assert [next_code(state, PATTERN, criterion) for criterion in ("1", "2", "10")] == ["1-10", "2-01", "10-51"]
    assert next_code(state, PATTERN, "1", taken=("1-10", "1-11")) == "1-12"


@given(st.integers(1, 99), st.integers(1, 999_999))
def test_a_code_is_read_back_as_it_was_made(criterion: int, number: int):
    found = reading(PATTERN).fullmatch(PATTERN.format(criterion=criterion, number=number))
    assert (int(found["criterion"]), int(found["number"])) == (criterion, number)


@pytest.mark.parametrize("typed", ["1-01", "บัญชี", "ความรวดเร็ว", "speed", "ตัวชี้วัด 1", "ตู้ ๒ ชั้น 3", "05-004"])
def test_a_paper_is_found_by_its_code_its_criterion_its_indicator_and_its_cabinet(typed: str):
    paper = row("file", file_code="05-004", title="แฟ้มข้อมูล", place="ตู้ 2 ชั้น 3")
    state = project(indicator("1", "speed"), paper, *piece(form="paper", file=paper.id), *supporting("1")).review.state
    (entry,) = search(evidence_index(state, STANDARD, pieces(state, TODAY)), typed)
    assert (entry.piece.row["code"], entry.file["place"]) == ("1-01", "ตู้ 2 ชั้น 3")


def test_a_file_that_is_no_evidence_yet_is_found_too_and_one_that_is_only_once():
    state = project(row("file", "a", file_code="05-001", title="แฟ้ม ก"), row("file", "b", file_code="05-002", title="แฟ้ม ข"), *piece(form="paper", file="file:a")).review.state
    found = search(evidence_index(state, STANDARD, pieces(state, TODAY)), "แฟ้ม")
    assert [(one.piece and one.piece.row["code"], one.file["file_code"]) for one in found] == [("1-01", "05-001"), (None, "05-002")]


def test_codes_are_sorted_by_number_and_criteria_have_numbers():
    assert list(states(*piece("1-10"), *piece("1-9"), *piece("2-1"))) == ["1-9", "1-10", "2-1"]
    assert [STANDARD.criterion(key).code for key in CRITERIA] == [str(number) for number in range(1, len(CRITERIA) + 1)]
