"""What each person owes and by when, and what a manager should know in the morning."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from pso_core.domain.owed import Morning, digest, escalated, in_order, next_thing, owed_by, pressing
from pso_core.domain.people import Person
from pso_core.domain.workdays import Workdays
from pso_core.domain.worksheets import WORKSHEET_PARTS
from tests.domain.cases import project, report, row

MONDAY = date(2026, 11, 23)
HOLIDAY = date(2026, 12, 7)
CALENDAR = Workdays(frozenset({HOLIDAY, date(2026, 12, 10)}), frozenset({2569}))
NEEDS = {"mission": ("vision",), "tasks": ("mission",), "plan": ("vision", "mission")}


def person(name: str, role: str = "member", active: bool = True) -> Person:
    return Person(name, name, name, "", "", role, active)


PEOPLE = (person("malee"), person("fon", "facilitator"), person("head", "head"), person("gone", active=False), person("eye", "viewer"))


def morning(*rows, today: date = MONDAY, people: tuple[Person, ...] = PEOPLE) -> Morning:
    return Morning(project(*rows), people, CALENDAR, today)


def phase(step: str, due: str | None, owner: str | None = None, start: str = "2026-11-02"):
    return row("phase", step, step=step, start=start, due=due, owner=owner)


def activity(id_: str, due: str | None = None, **body):
    return row("activity", id_, due=due, **body)


def sign_off(step: str, state: str, **body):
    return row("sign_off", step, step=step, state=state, **body)


def worksheet_of(*people: str):
    return [row("worksheet", one, person=one, **dict.fromkeys(WORKSHEET_PARTS, "มี")) for one in people]


def told(items) -> list[tuple]:
    return [(one.kind, one.entity_id, one.step, one.name, one.due, one.days, one.overdue) for one in items]


FILLED = worksheet_of("malee", "fon")


def test_a_person_owes_their_phases_activities_findings_and_worksheet():
    found = owed_by(
        morning(
            phase("vision", "2026-11-20", "malee"),
            phase("mission", "2026-12-11", "fon"),
            activity("a", "2026-11-27", name="อบรม", owner="malee"),
            row("finding", "f", text="ทะเบียนไม่ครบ", owner="malee", due="2026-11-23"),
        ),
        "malee",
    )
    assert told(found) == [
        ("phase", "phase:vision", "vision", "", date(2026, 11, 20), -1, True),
        ("worksheet", "worksheet", "vision", "", date(2026, 11, 20), -1, True),
        ("finding", "finding:f", "certification", "ทะเบียนไม่ครบ", date(2026, 11, 23), 0, False),
        ("activity", "activity:a", "execution", "อบรม", date(2026, 11, 27), 4, False),
    ]
    assert next_thing(found) == found[0]


def test_a_phase_without_an_owner_is_the_facilitators_and_without_any_the_heads():
    rows = (phase("mission", "2026-12-11"), phase("tasks", "2026-12-18", "malee"), *worksheet_of("malee", "fon", "fai"))
    steps = lambda people: {one.id: [item.step for item in owed_by(morning(*rows, people=people), one.id)] for one in people}  # noqa: E731
    two = (*PEOPLE, person("fai", "facilitator"))
    assert steps(two) == {"malee": ["tasks"], "fon": ["mission"], "fai": ["mission"], "head": [], "gone": [], "eye": []}
    none = tuple(person("fon", "facilitator", active=False) if one.id == "fon" else one for one in PEOPLE)
    assert steps(none) == {"malee": ["tasks"], "fon": [], "head": ["mission"], "gone": [], "eye": []}
    assert [one.owner for one in owed_by(morning(*rows), "fon")] == [None]
    assert [one.kind for one in owed_by(morning(activity("a", name="ก", due="2026-11-20"), *FILLED), "fon")] == []


def test_what_is_done_is_not_owed():
    done = (
        phase("vision", "2026-11-20", "malee"), sign_off("vision", "approved"),
        activity("a", due="2026-11-20", name="ก", owner="malee"), report("a", "2026-11-20", 100),
        row("finding", "f", text="ข", owner="malee", due="2026-11-20", resolved_on="2026-11-19"),
    )  # fmt: skip
    assert owed_by(morning(*done), "malee") == ()
    assert next_thing(()) is None


def test_a_report_of_tomorrow_finishes_nothing_today():
    rows = (activity("a", due="2026-11-20", name="ก", owner="malee"), report("a", "2026-11-24", 100), *FILLED)
    assert [one.entity_id for one in owed_by(morning(*rows), "malee")] == ["activity:a"]
    assert owed_by(morning(*rows, today=date(2026, 11, 24)), "malee") == ()


def test_what_is_overdue_comes_first_then_by_due_day_and_last_what_has_none():
    rows = [
        activity("open", name="ง", owner="malee", open_ended=True, due="2026-01-01"),
        activity("late", name="ก", owner="malee", due="2026-11-19"),
        activity("later", name="ค", owner="malee", due="2027-01-04"),
        activity("soon", name="ข", owner="malee", due="2026-11-24"),
    ]
    found = owed_by(morning(*rows, *FILLED), "malee")
    assert [(one.name, one.days, one.overdue) for one in found] == [("ก", -2, True), ("ข", 1, False), ("ค", 28, False), ("ง", None, False)]
    assert in_order(reversed(found)) == found


def test_working_days_left_know_of_weekends_and_holidays():
    def days(due: str, today: date) -> tuple:
        (found,) = owed_by(morning(activity("a", due=due, name="ก", owner="malee"), *FILLED, today=today), "malee")
        return found.days, found.overdue

    assert days("2026-12-08", date(2026, 12, 4)) == (1, False)  # a weekend and a holiday between
    assert days("2026-12-05", date(2026, 12, 6)) == (0, True)  # Saturday's is Friday's: overdue, but by no working day yet
    assert days("2026-12-05", date(2026, 12, 8)) == (-1, True)


@pytest.mark.parametrize(("due", "today", "off"), [
    ("2026-12-06", date(2026, 12, 4), True), ("2026-12-06", date(2026, 12, 5), True), ("2026-12-07", date(2026, 12, 4), True),
    ("2026-12-05", date(2026, 12, 5), False), ("2026-12-05", date(2026, 12, 6), False), ("2026-12-08", date(2026, 12, 4), False),
])  # fmt: skip
def test_what_is_due_on_the_days_off_to_come_is_told_from_what_is_due_today(due, today, off):
    (found,) = owed_by(morning(activity("a", due=due, name="ก", owner="malee"), *FILLED, today=today), "malee")
    assert found.on_days_off == off


def test_whoever_handed_a_step_in_waits_and_whoever_decides_owes():
    submitted = morning(phase("vision", "2026-12-01", "malee"), sign_off("vision", "submitted", submitted_by="malee", submitted_at="2026-11-20T18:30:00Z"), *FILLED)
    assert owed_by(submitted, "malee") == ()
    assert told(owed_by(submitted, "fon")) == [("sign_off", "sign_off:vision", "vision", "", date(2026, 12, 1), 6, False)]
    assert owed_by(submitted, "head") == ()
    endorsed = morning(phase("vision", "2026-12-01", "malee"), sign_off("vision", "endorsed", endorsed_at="2026-11-20T03:00:00Z"), *FILLED)
    assert (owed_by(endorsed, "fon"), [one.kind for one in owed_by(endorsed, "head")]) == ((), ["sign_off"])
    returned = morning(phase("vision", "2026-12-01", "malee"), sign_off("vision", "returned"), *FILLED)
    assert [one.kind for one in owed_by(returned, "malee")] == ["phase"]


def test_nobody_is_asked_to_endorse_their_own_submission():
    own = sign_off("vision", "submitted", submitted_by="fon", submitted_at="2026-11-20T18:30:00Z")
    assert [[one.kind for one in owed_by(morning(own, *FILLED), who)] for who in ("fon", "head")] == [[], ["sign_off"]]
    second = (*PEOPLE, person("fai", "facilitator"))
    assert [[one.kind for one in owed_by(morning(own, *worksheet_of("malee", "fon", "fai"), people=second), who)] for who in ("fon", "fai", "head")] == [[], ["sign_off"], []]


def test_only_the_working_group_owes_a_worksheet_and_only_until_the_step_is_approved():
    owing = [one.id for one in PEOPLE if any(item.kind == "worksheet" for item in owed_by(morning(), one.id))]
    assert owing == ["malee", "fon"]
    assert owed_by(morning(sign_off("vision", "approved")), "malee") == ()
    assert [(one.due, one.days) for one in owed_by(morning(), "malee")] == [(None, None)]


def test_a_worksheet_is_owed_until_all_its_parts_say_something():
    for count in range(len(WORKSHEET_PARTS)):
        begun = row("worksheet", "begun", person="malee", **dict.fromkeys(WORKSHEET_PARTS[:count], "มี"))
        assert [(one.kind, one.entity_id) for one in owed_by(morning(begun), "malee")] == [("worksheet", "worksheet:begun")]
    assert owed_by(morning(begun, *worksheet_of("malee")), "malee") == ()


def test_the_row_that_says_when_is_named_with_its_revision():
    (found,) = owed_by(morning(row("finding", "f", 7, text="ก", owner="malee", due="2026-12-01"), *FILLED), "malee")
    assert (found.project_id, found.revision, found.seq) == ("project:1", 1, 7)


@dataclass(frozen=True)
class Moved:
    name: str
    occurred_at: datetime
    working_days: int
    after: date = MONDAY


def at(days_ago: float) -> datetime:
    return datetime(2026, 11, 23, 3, tzinfo=UTC) - timedelta(days_ago)


def digested(*rows, slips=(), today: date = MONDAY):
    return digest(morning(*rows, today=today), slips, NEEDS)


def test_the_digest_tells_what_is_overdue_and_what_is_due_within_14_days():
    found = digested(
        phase("vision", "2026-11-22"), phase("mission", "2026-11-23"), phase("tasks", "2026-12-07"), phase("weights", "2026-12-08"),
        activity("a", due="2026-11-20", name="ก"), row("milestone", "m", name="พิธีลงนาม", day="2026-12-01"), row("milestone", "old", name="ผ่านแล้ว", day="2026-11-01"),
    )  # fmt: skip
    assert [one.entity_id for one in found.overdue] == ["activity:a", "phase:vision"]
    assert [one.entity_id for one in found.soon] == ["phase:mission", "milestone:m", "phase:tasks"]
    assert not found.empty


def test_a_step_that_was_handed_in_but_not_approved_is_still_overdue():
    found = digested(phase("vision", "2026-11-20", "malee"), sign_off("vision", "endorsed", endorsed_at="2026-11-20T18:30:00Z"))
    assert [(one.step, one.owner) for one in found.overdue] == [("vision", "malee")]
    assert [(one.step, one.state, one.since, one.people, one.days) for one in found.waiting] == [
        ("vision", "endorsed", date(2026, 11, 21), ("head",), -1)  # half past one at night in Thailand
    ]


def test_the_digest_tells_what_slipped_during_the_last_seven_days():
    slips = [Moved("old", at(8), 3), Moved("week", at(7), 2), Moved("earlier", at(1), -2), Moved("now", at(0), 1), Moved("tomorrow", at(-1), 1)]
    assert [one.name for one in digested(slips=slips).slipped] == ["now", "week"]


def test_the_digest_tells_who_holds_up_a_step_whose_first_day_has_come():
    rows = (phase("vision", "2026-12-01", "malee"), phase("mission", "2026-12-02", "fon"), phase("tasks", "2026-12-03"), phase("plan", "2027-03-01", start="2027-01-04"))
    assert [(one.step, one.needs, one.people) for one in digested(*rows).blocked] == [("mission", "vision", ("malee",)), ("tasks", "mission", ("fon",))]
    handed_in = sign_off("vision", "submitted", submitted_by="malee")
    assert [(one.needs, one.people) for one in digested(*rows, handed_in).blocked] == [("vision", ("fon",)), ("mission", ("fon",))]
    assert [one.needs for one in digested(*rows, sign_off("vision", "approved")).blocked] == ["mission"]


def test_a_project_without_anything_has_nothing_to_tell():
    assert digested().empty
    assert digested(phase("vision", "2026-12-30")).empty


@pytest.mark.parametrize(("limit", "escalating"), [(1, ["long", "just"]), (2, ["long", "just"]), (3, ["long"]), (5, ["long"]), (6, [])])
def test_what_is_overdue_by_so_many_working_days_goes_further_up(limit, escalating):
    rows = [activity("long", due="2026-11-16", name="long"), activity("just", due="2026-11-19", name="just"), activity("today", due="2026-11-23", name="today")]
    assert [one.name for one in escalated(digested(*rows).overdue, limit)] == escalating


def test_one_is_reminded_of_what_is_near_or_waits_for_a_decision_not_of_what_is_far():
    rows = [activity("far", due="2026-12-08", name="far", owner="head"), activity("near", due="2026-12-07", name="near", owner="head"), activity("never", name="never", owner="head")]
    waiting = sign_off("vision", "endorsed")
    assert [one.name or one.kind for one in pressing(owed_by(morning(*rows, waiting), "head"), MONDAY)] == ["near", "sign_off"]
