"""The next cycle: begins with texts and registers, with nothing done, and once only; its schedule is laid back from the certificate's end."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from pso_core import standards
from pso_core.actions.cycle_reading import cycle_of, is_renewed
from pso_core.actions.cycles import ANEW, COPIED, begin_cycle, copied
from pso_core.actions.evidence import attach
from pso_core.actions.holidays import workdays
from pso_core.actions.people import disable
from pso_core.actions.project_file import file_of_rows
from pso_core.actions.projects import export_project, import_project
from pso_core.actions.renewal import renewal_of
from pso_core.actions.schedule import approve_schedule, draft_schedule, move_phase
from pso_core.actions.schedule_reading import actuals
from pso_core.actions.sign_offs import submit
from pso_core.actions.uploads import attached
from pso_core.domain.evidence import pieces
from pso_core.errors import Mistakes, NotAllowed, PsoError
from pso_core.office import Office
from pso_core.steps import KINDS, Review
from pso_core.steps.carried import LEFT
from pso_core.steps.rules import mistakes_across, mistakes_in, misnamed
from pso_core.steps.schedule import phases_of
from pso_core.steps.standing import Standing, standings
from tests.actions.files import picture
from tests.actions.peopled import office
from tests.building import NOW, an_empty_project, an_office, contents, lampang, person, write

FACILITATOR = person("facilitator")
SECOND = "ระบบข้อมูล (รอบที่ 2)"


@pytest.fixture
def example(office: Office) -> str:
    return lampang(office)


def begun(office: Office, project: str, title: str = SECOND) -> str:
    return begin_cycle(office, FACILITATOR, project, title)


def bodies(office: Office, project: str, kind: str) -> dict[str, dict]:
    return {row.id: dict(row.body) for row in office.store.state(project).of(kind)}


# What comes along


def test_of_every_kind_it_is_decided_whether_it_is_copied():
    """A new kind of row must be put into one of the three."""
    decided = [*COPIED, *ANEW, *LEFT]
    assert (sorted(KINDS), len(decided)) == (sorted(decided), len(set(decided)))


def test_what_is_emptied_are_fields_that_may_be_empty():
    fields = {(kind, name): KINDS[kind].field[name] for kind, names in COPIED.items() for name in names}
    assert [place for place, field in fields.items() if field.required or field.type == "levels"] == []


@pytest.mark.parametrize("kind", [kind for kind, emptied in COPIED.items() if not emptied and kind not in ("linkage", "attachment", "word_template")])
def test_texts_and_registers_come_along_as_they_are(office, example, kind):
    new = begun(office, example)
    assert bodies(office, new, kind) != {}
    assert bodies(office, new, kind) == bodies(office, example, kind)


def test_nothing_of_what_was_done_comes_along(office, example):
    kinds = {row.kind for row in office.store.state(begun(office, example)).rows.values()}
    assert kinds & set(LEFT) == set()
    assert kinds & set(ANEW) == set(ANEW)


def test_the_vision_is_to_be_adopted_anew(office, example):
    write(office, example, "vision", "vision", adopted_on="2001-01-05")
    before, after = (office.store.state(project).only("vision") for project in (example, begun(office, example)))
    assert (after["text"], before["adopted_on"] is not None, after["adopted_on"]) == (before["text"], True, None)


def test_what_is_unfinished_or_goes_on_comes_along_without_its_dates(office):
    project = an_empty_project(office)
    dates = {"start": "2026-01-05", "due": "2026-12-01", "owner": "p-member", "lifts": {"speed": 1}}
    done, half, none = (write(office, project, "activity", name=name, **dates).ids[0] for name in ("เสร็จ", "ครึ่งหนึ่ง", "ยังไม่เริ่ม"))
    goes_on = write(office, project, "activity", name="ต่อเนื่อง", open_ended=True, start="2026-01-05").ids[0]
    for activity, percent in ((done, 100), (half, 50), (goes_on, 100)):
        write(office, project, "progress", activity=activity, reported_on="2026-11-02", percent=percent)
    for activity in (done, goes_on):
        write(office, project, "linkage", network="lan", partner=activity, activity=activity)
    new = begun(office, project)
    found = bodies(office, new, "activity")
    assert set(found) == {half, none, goes_on}
    assert {(one["start"], one["due"]) for one in found.values()} == {(None, None)}
    assert (found[half]["owner"], found[half]["lifts"], found[goes_on]["open_ended"]) == ("p-member", {"speed": 1}, True)
    assert {one["partner"]: one["activity"] for one in bodies(office, new, "linkage").values()} == {done: None, goes_on: goes_on}


def test_no_evidence_is_accepted_but_its_files_are_there_kept_once(office, example):
    piece = next(row for row in office.store.state(example).of("evidence"))
    write(office, example, "evidence", piece.id, form="file")
    attach(office, FACILITATOR, example, piece.id, "ภาพ.png", io.BytesIO(picture("PNG")))
    kept = list(office.store.contents.all())
    new = begun(office, example)
    assert {one.state for one in pieces(office.store.state(new), office.today())} == {"offered"}
    [file] = office.store.state(new).of("attachment")
    assert attached(office, FACILITATOR, new, file.id).path.read_bytes() == picture("PNG")
    assert list(office.store.contents.all()) == kept


def test_the_preview_is_what_is_copied(office, example):
    shown = copied(office.store.state(example), office.today())
    state = office.store.state(begun(office, example))
    assert {row.id: dict(row.body) for rows in shown.values() for row in rows} == {row.id: dict(row.body) for row in state.rows.values() if row.kind in COPIED}


def test_the_new_project_holds_nothing_that_could_not_be_saved(office, example):
    state, standard = office.store.state(begun(office, example)), standards.load()
    alone = [problem for kind in KINDS.values() for problem in mistakes_in(kind, {row.id: row.body for row in state.of(kind.name)}, standard)]
    named = [problem for kind in KINDS.values() for problem in misnamed(kind, {row.id: row.body for row in state.of(kind.name)})]
    review = Review(standard, state, office.store.people.all(), office.today())
    held = [problem for row in state.rows.values() if (rule := KINDS[row.kind].holds) for problem in rule(review, row.id, row.body)]
    assert [*alone, *named, *held, *mistakes_across(KINDS.values(), state)] == []


def test_no_step_has_begun_or_is_signed_and_nothing_is_scored(office, example):
    new = begun(office, example)
    state = office.store.state(new)
    review = Review(standards.load(), state, office.store.people.all(), office.today())
    assert {(actual.started, actual.finished) for actual in actuals(office, new, state).values()} == {(None, None)}
    assert ({one.signed for one in standings(review)}, review.score) == ({"draft"}, None)


def nine_of(office: Office, project: str) -> dict[str, Standing]:
    review = Review(standards.load(), office.store.state(project), office.store.people.all(), office.today())
    return {one.step.key: one for one in standings(review) if one.step.number}


def test_no_step_of_it_is_complete_until_somebody_changes_or_submits_it(office, example):
    new = begun(office, example)
    assert {key for key, one in nine_of(office, new).items() if one.state == "complete"} == set()
    assert {key for key, one in nine_of(office, new).items() if one.carried} == {*nine_of(office, new)} - {"certification"}
    submit(office, FACILITATOR, new, "weights", office.store.state(new).seq)
    write(office, new, "mission", next(iter(bodies(office, new, "mission"))), text="ทบทวนแล้ว")
    assert {key for key, one in nine_of(office, new).items() if one.state == "complete"} == {"weights", "mission"}
    assert {key for key, one in nine_of(office, example).items() if one.carried} == set()


def test_that_it_was_only_carried_over_goes_into_a_file_and_back(office, example):
    new = begun(office, example)
    carried = {key for key, one in nine_of(office, new).items() if one.carried}
    for with_history in (False, True):
        again = import_project(office, FACILITATOR, export_project(office, FACILITATOR, new, with_history))
        assert {key for key, one in nine_of(office, again).items() if one.carried} == carried != set()


def test_the_last_cycle_is_left_as_it_was(office, example):
    before = contents(office.store, example)
    begun(office, example)
    assert contents(office.store, example) == before


def test_the_new_one_goes_into_a_file_and_back(office, example):
    new = begun(office, example)
    for with_history in (False, True):
        data = export_project(office, FACILITATOR, new, with_history)
        again = import_project(office, FACILITATOR, data)
        assert export_project(office, FACILITATOR, again, with_history) == data
    people = office.store.people.all()
    assert b'"previous": "' in file_of_rows(office.store.state(new), people)


# Which follows which


def test_both_know_of_each_other(office, example):
    new = begun(office, example, " ระบบข้อมูล รอบใหม่ ")
    about = office.store.state(new).only("project")
    assert (about["title"], about["previous"], about["standard"], about["example"]) == ("ระบบข้อมูล รอบใหม่", example, "pso1101", True)
    assert [(one.number, one.previous, one.next) for one in (cycle_of(office, example), cycle_of(office, new))] == [(1, None, new), (2, example, None)]
    assert office.store.history(new)[0].action == "begin_cycle"


def refused(office: Office, attempt) -> PsoError:
    """The refusal, after a look that no project was made."""
    before = office.store.projects()
    with pytest.raises(PsoError) as refusal:
        attempt()
    assert office.store.projects() == before
    return refusal.value


def test_a_second_is_refused_but_the_second_has_a_third(office, example):
    new = begun(office, example)
    assert refused(office, lambda: begun(office, example)).code == "cycle_begun"
    third = begun(office, new)
    assert cycle_of(office, third).number == 3


def test_of_many_who_press_at_once_one_begins(office, example):
    def attempt(_: int) -> str:
        try:
            return begun(office, example)
        except PsoError as refusal:
            return refusal.code

    before = office.store.projects()
    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(pool.map(attempt, range(6)))
    assert (outcomes.count("cycle_begun"), len(set(office.store.projects()) - set(before))) == (5, 1)


@pytest.mark.parametrize("title", ["", "  ", "ก" * 301])
def test_a_cycle_without_a_fit_title_is_not_begun(office, example, title):
    assert isinstance(refused(office, lambda: begun(office, example, title)), Mistakes)


@pytest.mark.parametrize("role", ["head", "member", "viewer"])
def test_who_manages_no_projects_begins_none(office, example, role):
    assert isinstance(refused(office, lambda: begin_cycle(office, person(role), example, SECOND)), NotAllowed)


def test_from_which_project_it_was_begun_cannot_be_changed(office, example):
    new = begun(office, example)
    for other in (None, "elsewhere"):
        with pytest.raises(Mistakes) as refusal:
            write(office, new, "project", "project", previous=other)
        assert [problem.code for problem in refusal.value.problems] == ["previous_stays"]
    write(office, new, "project", "project", title="ชื่อใหม่")
    assert office.store.state(new).only("project")["previous"] == example


def test_a_certificate_is_renewed_by_a_later_one_also_two_cycles_on(office, example):
    last = begun(office, begun(office, example))
    assert not is_renewed(office, office.store.state(example))
    write(office, last, "certificate", "certificate", valid_from="2026-11-01", valid_to="2029-10-31")
    assert [is_renewed(office, office.store.state(project)) for project in (example, last)] == [True, False]


# Its schedule


def certified(office: Office, valid_to: date) -> str:
    """A project planned and approved, with a certificate that ends on this day."""
    project = an_empty_project(office)

    def seq() -> int:
        return office.store.state(project).seq

    draft_schedule(office, FACILITATOR, project, {"direction": "from_start", "start": "2569-01-05", "decision_days": "30"}, seq())
    move_phase(office, FACILITATOR, project, "vision", {"days": "12", "owner": "p-member"}, seq())
    move_phase(office, FACILITATOR, project, "mission", {"owner": "p-viewer"}, seq())
    approve_schedule(office, person("head"), project, seq())
    write(office, project, "certificate", "certificate", valid_from="2026-11-01", valid_to=valid_to.isoformat())
    return project


def test_its_schedule_is_a_draft_laid_back_from_the_end_with_the_lengths_of_the_renewal_plan(office):
    project = certified(office, date(2029, 10, 31))
    plan = renewal_of(office, office.store.state(project))
    state = office.store.state(begun(office, project))
    frame = state.only("schedule")
    assert (frame["direction"], frame["target"], frame["target_of"], frame["decision_days"], frame["start"]) == ("to_target", "2029-10-31", "certificate", 30, None)
    assert phases_of(state) == plan.phases
    assert (state.get("phase:vision")["days"], state.get("phase:vision")["owner"], state.get("phase:mission")["owner"]) == (12, "p-member", "p-viewer")
    assert (max(phase.due for phase in phases_of(state)), state.of("baseline")) == (workdays(office).shift(date(2029, 10, 31), -30), ())


def test_too_late_for_that_it_is_laid_out_from_today_and_held_against_the_end(office):
    state = office.store.state(begun(office, certified(office, office.today() + timedelta(20))))
    frame = state.only("schedule")
    assert (frame["direction"], frame["start"], frame["target"]) == ("from_start", "2026-11-23", "2026-12-13")
    assert min(phase.start for phase in phases_of(state)) == office.today()


def test_of_people_who_have_left_the_steps_have_no_owner(tmp_path: Path):
    with an_office(tmp_path / "left.duckdb") as office:
        project = certified(office, date(2029, 10, 31))
        disable(office, person("administrator"), "p-viewer")
        assert office.store.state(begun(office, project)).get("phase:mission")["owner"] is None


def test_without_a_certificate_there_is_no_schedule_yet(office):
    state = office.store.state(begun(office, an_empty_project(office)))
    assert (state.of("schedule"), state.of("phase")) == ((), ())


def test_to_begin_a_cycle_is_no_work_in_any_step(tmp_path: Path):
    """Else every phase of the next renewal would be measured from the day on which its texts were copied."""
    with an_office(tmp_path / "nine.duckdb", now=datetime(2026, 1, 5, 3, tzinfo=UTC)) as office:
        new = begun(office, lampang(office))
    with an_office(tmp_path / "nine.duckdb", now=NOW) as office:
        write(office, new, "mission", code="9", text="บริการ")
        found = actuals(office, new, office.store.state(new))
    assert {step: actual.started for step, actual in found.items() if actual.started} == {"mission": date(2026, 11, 23)}
