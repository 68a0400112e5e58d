"""Snapshots: each approval keeps the project as it was; to be read, and compared field by field."""

from __future__ import annotations

import pytest

from pso_core.actions.schedule import approve_schedule, draft_schedule
from pso_core.actions.sign_offs import approve, reopen, submit
from pso_core.actions.snapshots import snapshots
from pso_core.domain.people import ROLES
from pso_core.steps.columns import STEP_KEYS
from pso_core.store import Write
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.ui.plain import as_html
from tests.actions.signing import all_approved, approved, seq
from tests.building import person, remove, write
from tests.pages.conftest import fault, shown

TH = phrases("th")


@pytest.fixture
def two(office, example) -> str:
    """Weights approved with a reason of old; opened, changed, and approved again; a task more and a division less."""
    write(office, example, "weight", "weight:coverage", reason="เหตุผลเดิม")
    division = write(office, example, "division", name="ฝ่ายที่จะยุบ").ids[0]
    approved(office, example, "weights")
    reopen(office, person("head"), example, "weights", seq(office, example), "ทบทวน")
    write(office, example, "weight", "weight:coverage", reason="เหตุผลใหม่")
    write(office, example, "task", tier="main", code="1.99", name="ภารกิจที่เพิ่มมา")
    remove(office, example, division)
    approved(office, example, "weights")
    return example


def opened(at, key: str):
    at.session_state[key] = True
    return at.run()


def choose(at, which: str, seq: int, say=TH):
    return next(box for box in at.selectbox if box.label == say(f"page_snapshots.{which}")).set_value(seq).run()


def test_an_approval_that_came_from_a_file_without_what_is_absent_is_listed_and_shown(office, two, visit):
    left_out = {"step": "vision", "state": "approved", "approved_by": "p-head", "approved_at": "2026-11-23T03:00:00Z"}  # no position, no digest
    seq_ = office.store.commit(two, [Write("sign_off:vision", "sign_off", 0, left_out)], person_id="p-head", action="approve")
    newest = snapshots(office, two)[0]
    assert (newest.seq, newest.step, newest.position, newest.digest) == (seq_, "vision", None, "")
    assert fault(visit("snapshots")) == []


def test_every_approval_is_listed_the_newest_first(office, two):
    draft_schedule(office, person("facilitator"), two, {"direction": "from_start", "start": "2026-11-23"}, seq(office, two))
    approve_schedule(office, person("head"), two, seq(office, two))
    found = snapshots(office, two)
    assert [(one.step, one.number, one.person_id, one.position) for one in found] == [
        ("schedule", 1, "p-head", person("head").position), ("weights", None, "p-head", person("head").position), ("weights", None, "p-head", person("head").position),
    ]  # fmt: skip
    assert found[1].digest == office.store.state(two).get("sign_off:weights")["digest"] != found[2].digest
    assert [one.seq for one in found] == sorted((one.seq for one in found), reverse=True)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_an_approval_the_page_says_where_to_begin(office, example, visit, language):
    at, say = visit("snapshots", language=language), phrases(language)
    assert fault(at) == []
    assert [info.value.replace("\\", "") for info in at.info] == [say("page_snapshots.none")]


def test_everybody_may_look(office, two, visit):
    opened_ = {(role, language): visit("snapshots", role=role, language=language) for role, language in [*((role, "th") for role in ROLES), ("viewer", "en")]}
    assert {who: (fault(at), person("head").name in shown(at)) for who, at in opened_.items()} == dict.fromkeys(opened_, ([], True))


@pytest.mark.parametrize(("signer", "reader"), [("th", "en"), ("en", "th")])
def test_warnings_approved_over_are_read_in_the_language_of_the_reader(office, two, visit, signer, reader):
    submit(office, person("member"), two, "indicators", seq(office, two))
    approve(office, person("head"), two, "indicators", seq(office, two), "ใช้ชั่วคราว", signer)
    newest, earlier, _ = (one.seq for one in snapshots(office, two))
    name = office.store.state(two).of("indicator")[0]["name"]
    mine, other = (as_html(phrases(language)("gaps.indicator_is_sample", indicator=name)) for language in (reader, signer))
    at = opened(visit("snapshots", language=reader), f"snapshot/{newest}/indicators")
    assert (mine in shown(at), other in shown(at)) == (True, False)
    at = visit("snapshots", language=reader)
    at.segmented_control[0].set_value("compare").run()
    at = choose(at, "from", earlier, phrases(reader))
    assert fault(at) == []
    assert (mine in shown(at), other in shown(at)) == (True, False)


def test_the_project_is_shown_as_it_was_then(office, two, visit):
    newest, first = (one.seq for one in snapshots(office, two))
    closed = visit("snapshots", role="viewer")
    assert "เหตุผลใหม่" not in shown(closed)  # nothing is drawn of a step that is not opened
    at = opened(closed, f"snapshot/{newest}/weights")
    assert ("เหตุผลใหม่" in shown(at), "เหตุผลเดิม" in shown(at)) == (True, False)
    at = opened(choose(at, "which", first), f"snapshot/{first}/weights")
    assert fault(at) == []
    assert ("เหตุผลใหม่" in shown(at), "เหตุผลเดิม" in shown(at)) == (False, True)
    assert TH("fields.sign_off.one") in shown(at)


def test_two_snapshots_are_compared_field_by_field_and_by_step(office, two, visit):
    newest, first = (one.seq for one in snapshots(office, two))
    at, say = visit("snapshots", language="en"), phrases("en")
    at.segmented_control[0].set_value("compare").run()
    choose(choose(at, "from", first, say), "to", newest, say)
    assert fault(at) == []
    text = shown(at)
    assert f"<td><del>{as_html('เหตุผลเดิม')}</del></td><td><ins>{as_html('เหตุผลใหม่')}</ins></td>" in text
    titles = [drawer.label.replace("\\", "") for drawer in at.expander]
    counts = {which: say(f"page_snapshots.{which}_count", count=1) for which in ("added", "removed", "changed")}
    assert f"{say('steps.tasks.short')} · {counts['added']}" in titles
    assert f"{say('steps.profile.short')} · {counts['removed']}" in titles
    assert not any(title.startswith(say("steps.vision.short")) for title in titles)


def test_a_snapshot_is_compared_with_now_and_what_is_the_same_says_so(office, two, visit):
    at = visit("snapshots")
    at.segmented_control[0].set_value("compare").run()
    assert as_html(TH("page_snapshots.same")) in shown(at)  # the newest with now
    write(office, two, "vision", "vision", text="วิสัยทัศน์ของวันนี้")
    at.run()
    assert fault(at) == []
    assert "<ins>วิสัยทัศน์ของวันนี้</ins>" in shown(at)
    write(office, two, "vision", "vision", text="<script>alert(1)</script>")  # what people typed is text here too
    at.run()
    assert ("<script>alert" in shown(at), "&lt;script&gt;alert" in shown(at)) == (False, True)


def test_an_approval_of_which_no_digest_was_kept_is_listed_too(office, example, visit):
    all_approved(office, example, ["vision"])
    assert [one.digest for one in snapshots(office, example)] == [""]
    assert fault(visit("snapshots")) == []


def test_the_phases_stand_in_the_order_of_the_steps(office, example, visit):
    """Each of the nine as approved, and as moved by another start."""
    for start in ("2026-11-23", "2026-12-08"):
        draft_schedule(office, person("facilitator"), example, {"direction": "from_start", "start": start}, seq(office, example), "เลื่อนวันเริ่ม")
        approve_schedule(office, person("head"), example, seq(office, example))
    newest, first = (one.seq for one in snapshots(office, example))
    for view in ("look", "compare"):
        at = visit("snapshots")
        at.segmented_control[0].set_value(view).run()
        at = choose(choose(at, "from", first), "to", newest) if view == "compare" else choose(at, "which", newest)
        key = f"compare/{first}/{newest}/schedule" if view == "compare" else f"snapshot/{newest}/schedule"
        text = shown(opened(at, key))
        names = [as_html(TH(f"steps.{step}.short")) for step in STEP_KEYS]
        places = [text.index(f"<b>{name}</b>") for name in names]
        assert (view, places) == (view, sorted(places))
