"""The schedule beside what really happened: read from the log, in days of Thailand, and what that means for the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction

import pytest

from pso_core.actions.holidays import add_holiday, remove_holiday, workdays
from pso_core.actions.indicators import use_samples
from pso_core.actions.schedule import moved
from pso_core.actions.schedule_reading import Outlook, actuals, outlook, warnings
from pso_core.domain.schedule import Actual
from pso_core.domain.standard import Words
from pso_core.domain.workdays import Holiday
from pso_core.office import Office, opened
from pso_core.steps import KINDS, STEPS
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.schedule import phases_of
from pso_core.steps.values import empty, stamp
from pso_core.store import Write
from tests.actions.planned import BACK, approve, draft, move
from tests.building import PEOPLE, a_new_database, an_empty_project, lampang, left_as_it_is, person, write
from tests.one_duckdb import attached

NEVER = Actual()


class Clock:
    """Stands at ten in the morning in Thailand on the day it is set to."""

    def __init__(self) -> None:
        self.now = datetime(2025, 10, 6, 3, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def turn(self, day: str, hour: int = 3) -> None:
        self.now = datetime.fromisoformat(f"{day}T{hour:02}:00:00+00:00")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def office(database, clock) -> Iterator[Office]:
    a_new_database(database)
    with attached(), opened(database, clock=clock) as opened_:
        opened_.store.people.add(tuple(PEOPLE.values()), "p-admin", clock.now)
        yield opened_
        left_as_it_is(opened_.store)


@pytest.fixture
def project(office) -> str:
    return an_empty_project(office)


def found(office: Office, project: str) -> dict[str, Actual]:
    return actuals(office, project, office.store.state(project))


def outlook_of(office: Office, project: str) -> Outlook:
    return outlook(office.store.state(project), workdays(office), found(office, project), office.today())


def sign_off(office: Office, project: str, step: str, **values: str) -> None:
    """As the record stands once it is signed, whatever the step still lacks."""
    base = office.store.state(project).revision_of(f"sign_off:{step}")
    body = {**empty(KINDS["sign_off"]), "step": step, "state": "approved", "approved_at": stamp(office.clock()), **values}
    office.store.commit(project, [Write(f"sign_off:{step}", "sign_off", base, body)], person_id="p-head", action="approve")


def test_a_step_has_begun_at_its_first_event_and_ended_at_its_approval(office, project, clock):
    clock.turn("2025-10-07", hour=20)  # three in the morning of the next day in Thailand
    write(office, project, "vision", "vision", text="มุ่งสู่จังหวัดข้อมูล")
    clock.turn("2025-10-09")
    write(office, project, "vision", "vision", text="มุ่งสู่จังหวัดแห่งข้อมูล")
    clock.turn("2025-10-10", hour=18)
    sign_off(office, project, "vision")
    assert found(office, project)["vision"] == Actual(date(2025, 10, 8), date(2025, 10, 11))
    assert {step: one for step, one in found(office, project).items() if step != "vision"} == {step: NEVER for step in STEP_KEYS if step != "vision"}


def test_what_is_open_again_has_not_ended(office, project, clock):
    write(office, project, "vision", "vision", text="ก")
    sign_off(office, project, "vision")
    sign_off(office, project, "vision", state="draft")
    assert found(office, project)["vision"] == Actual(date(2025, 10, 6))


def test_bringing_a_project_in_and_taking_samples_begin_no_step(office, clock):
    project = lampang(office)
    assert {step: one.started for step, one in found(office, project).items()} == dict.fromkeys(STEP_KEYS)
    empty_one = an_empty_project(office)
    use_samples(office, person("facilitator"), empty_one, ["coverage"], "th", office.store.state(empty_one).seq)
    assert found(office, empty_one)["indicators"] == NEVER


def test_of_carrying_out_as_much_is_done_as_the_activities_report_in_the_mean(office, project, clock):
    assert found(office, project)["execution"].done is None
    first, second = (write(office, project, "activity", name=name).ids[0] for name in ("ก", "ข"))
    for day, percent in (("2025-10-02", 80), ("2025-10-01", 20)):
        write(office, project, "progress", activity=first, reported_on=day, percent=percent)
    assert found(office, project)["execution"].done == Fraction(80, 200)
    write(office, project, "progress", activity=second, reported_on="2025-10-05", percent=100)
    assert found(office, project)["execution"].done == Fraction(180, 200)


def test_every_step_can_begin_by_each_of_its_kinds(office, project, clock):
    for step in STEPS:
        for kind in step.kinds:
            office.store.commit(project, [Write(f"{kind.name}:x", kind.name, 0, {"name": "x"})], person_id="p-member", action="save")
            assert found(office, project)[step.key].started == office.today(), kind.name


def test_without_a_schedule_there_is_no_outlook(office, project):
    assert outlook(office.store.state(project), workdays(office), {}, office.today()) is None


def test_the_phase_overdue_for_longest_comes_first_and_the_end_moves_with_what_was_taken(office, project, clock):
    draft(office, project)
    clock.turn("2025-10-20")
    late = outlook_of(office, project)
    assert [line.step for line in late.late] == ["vision"]  # due on the tenth; the second is due on the twentieth
    assert (late.late[0].standing.days, late.current.step) == (-5, "vision")
    assert late.target == max(line.phase.due for line in late.lines)
    assert late.behind[0] == 9 < late.behind[1]  # begun today, it is finished on the 24th; the 13th is a holiday


def test_the_target_that_was_typed_says_how_late_each_phase_may_begin(office, project, clock):
    draft(office, project, BACK)
    planned = outlook_of(office, project)
    assert planned.target == date(2026, 8, 6)
    assert {line.slack for line in planned.lines} == {0}
    clock.turn(str(planned.lines[0].phase.start + timedelta(7)))
    assert outlook_of(office, project).lines[0].slack == -4  # the 13th is a holiday


def test_a_phase_loses_the_target_from_the_first_working_day_after_the_last_on_which_it_may_begin(office, project, clock):
    draft(office, project, BACK)
    first = outlook_of(office, project).lines[0]
    for day, slack, lost in ((first.latest_start, 0, 0), (first.latest_start + timedelta(1), -1, 9)):
        clock.turn(str(day))
        here = outlook_of(office, project)
        assert (here.lines[0].slack, len(here.lost)) == (slack, lost)  # all that waits for it comes too late with it


def test_on_a_day_off_after_the_last_on_which_it_may_begin_a_phase_has_lost_the_target(office, project, clock):
    draft(office, project, {**BACK, "target": "5 ส.ค. 2569"})
    first = outlook_of(office, project).lines[0]
    assert first.latest_start.weekday() == 4
    clock.turn(str(first.latest_start + timedelta(1)))
    assert first.step in {line.step for line in outlook_of(office, project).lost}


def test_overdue_and_losing_the_target_are_two_things(office, project, clock):
    draft(office, project, {"direction": "from_start", "start": "6 ต.ค. 2568", "target": "30 ก.ย. 2570", "target_of": "submission"})
    clock.turn("2025-10-20")
    here = outlook_of(office, project)
    assert ([line.step for line in here.late], here.lost) == (["vision"], ())
    move(office, project, "certification", start="20 ก.ย. 2570")
    assert [line.step for line in outlook_of(office, project).lost] == ["certification"]  # not overdue, but planned too late


def test_what_is_finished_loses_no_target_any_more(office, project, clock):
    draft(office, project, BACK)
    clock.turn("2025-12-01")
    for step in STEP_KEYS:
        sign_off(office, project, step)
    assert outlook_of(office, project).lost == ()


def test_what_stands_against_the_dates_is_said_by_name(office, project, clock):
    draft(office, project)
    add_holiday(office, person("administrator"), Holiday(date(2025, 10, 10), Words("วันหยุดของจังหวัด", "A holiday of the province")))
    state = office.store.state(project)
    planned = moved(office, state, "vision", {"due": "10 ต.ค. 2568"})
    said = warnings(office, planned.phases, {}, date(2025, 10, 6))
    assert [(one.code, one.facts.get("step")) for one in said] == [("due_on_holiday", "vision")]
    assert said[0].facts["holiday"].th == "วันหยุดของจังหวัด"
    weekend = moved(office, state, "vision", {"due": "11/10/2568"})
    assert [one.code for one in warnings(office, weekend.phases, {}, date(2025, 10, 6))] == ["due_on_weekend"]
    early = moved(office, state, "mission", {"start": "8/10/2568"})
    assert [(one.code, one.facts["other_step"]) for one in warnings(office, early.phases, {}, date(2025, 10, 6)) if one.code == "early"] == [("early", "vision")]


def test_a_start_that_is_over_and_a_year_without_a_list_are_said(office, project, clock):
    draft(office, project)
    phases = phases_of(office.store.state(project))
    said = warnings(office, phases, {}, date(2025, 10, 7))
    assert [(one.code, one.facts["step"]) for one in said] == [("start_past", "vision")]
    assert warnings(office, phases, {"vision": Actual(date(2025, 10, 6))}, date(2025, 10, 7)) == ()
    move(office, project, "execution", days=300)
    codes = [one for one in warnings(office, phases_of(office.store.state(project)), {}, date(2025, 10, 6)) if one.code == "year_without_list"]
    assert [one.facts["be"] for one in codes] == ["2570"]
    move(office, project, "execution", days=1_500)
    codes = [one.facts for one in warnings(office, phases_of(office.store.state(project)), {}, date(2025, 10, 6)) if one.code == "year_without_list"]
    assert codes == [{"be": "2570–2574", "ce": "2027–2031"}]


@pytest.mark.parametrize(("days", "said"), [(0, [0]), (3, [3]), (9, [9]), (10, [])])
def test_a_list_that_was_only_begun_is_said_not_to_be_complete(office, project, clock, days, said):
    draft(office, project)
    move(office, project, "execution", days=300)
    for day in range(max(1, days)):
        add_holiday(office, person("administrator"), Holiday(date(2027, 1, 1 + day), Words("วันหยุด", "holiday")))
    if not days:
        remove_holiday(office, person("administrator"), date(2027, 1, 1))
    found = warnings(office, phases_of(office.store.state(project)), {"vision": Actual(date(2025, 10, 6))}, date(2025, 10, 6))
    assert [one.facts for one in found if one.code == "thin_list"] == [{"be": 2570, "ce": 2027, "count": count} for count in said]
    assert "year_without_list" not in [one.code for one in found]


def test_an_approved_schedule_has_the_same_outlook(office, project, clock):
    draft(office, project)
    before = outlook_of(office, project)
    approve(office, project)
    assert outlook_of(office, project) == before
