"""The calendar at a secret address: who reads it, what stands in it, and that nothing typed becomes part of its form."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar, Event

from pso_core.actions.calendar_address import calendar_made_at, due_days, make_calendar_address, open_calendar, revoke_calendar_address
from pso_core.actions.people import disable, enable
from pso_core.actions.reminders import shares_of
from pso_core.actions.schedule import move_phase
from pso_core.actions.sign_in import begin_session
from pso_core.actions.sign_offs import submit
from pso_core.documents.due_calendar import Entry, due_calendar
from pso_core.domain.owed import Owed
from pso_core.domain.people import ROLES, Person
from pso_core.errors import PsoError
from pso_core.office import Office
from pso_core.steps.columns import STEP_KEYS
from pso_core.steps.naming import Told
from pso_core.text.phrases import phrases
from pso_core.web.calendar import path_of
from pso_core.web.cookies import SESSION
from tests.actions.planning import AGENCY, planned, seq
from tests.actions.signing import all_approved
from tests.building import NOW, an_office, person, write
from tests.servers import Server, running
from tests.web.visitor import Visitor

MEMBER = person("member")
NEVER_MADE = "x" * 43
HOSTILE = "a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:ปลอม; x, y \\n \x0b\x85\u2028z"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, dict[str, str]]]:
    """A real server, and the secrets made before it started."""
    database = tmp_path_factory.mktemp("office") / "nine.duckdb"
    with an_office(database, now=datetime.now(UTC)) as office:
        planned(office)
        secrets = {"revoked": make_calendar_address(office, MEMBER), "member": make_calendar_address(office, MEMBER)}
        secrets["closed"] = make_calendar_address(office, person("viewer"))
        disable(office, person("administrator"), person("viewer").id)
        secrets["session"] = begin_session(office, MEMBER.id)
    with running(database) as server:
        yield server, secrets


def ics(office: Office, reader: Person = MEMBER, language: str = "th") -> bytes:
    say = phrases(language)
    entries = (Entry(one.owed, one.project or say("app.no_agency"), one.changed_at) for one in due_days(office, reader))
    return due_calendar(Told(say, people=office.store.people.all()), entries)


def events(data: bytes) -> dict[str, Event]:
    """What a calendar program reads, by the id of the row."""
    calendar = Calendar.from_ical(data)
    return {str(event["uid"]).partition("/")[2].partition("@")[0]: event for event in calendar.walk("VEVENT")}


def refused(office: Office, secret: str, address: str = "10.0.0.1") -> str:
    with pytest.raises(PsoError) as refusal:
        open_calendar(office, secret, address)
    return refusal.value.code


# Who reads it


def test_whoever_has_the_address_reads_the_calendar_without_signing_in(served: tuple[Server, dict[str, str]]):
    server, secrets = served
    answer = Visitor(server.url).ask(path_of(secrets["member"]))
    assert (answer.status, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    assert answer.headers["cache-control"].startswith("private")
    assert "set-cookie" not in answer.headers
    assert str(events(answer.content)["phase:vision"]["summary"]) == "ครบกำหนดขั้นที่ 1 วิสัยทัศน์"
    assert Visitor(server.url).ask(path_of(secrets["member"])).content == answer.content


@pytest.mark.parametrize("secret", ["revoked", "closed", "never made"])
def test_a_secret_that_is_wrong_revoked_or_of_a_closed_account_is_not_found(served: tuple[Server, dict[str, str]], secret: str):
    server, secrets = served
    answer = Visitor(server.url).ask(path_of(secrets.get(secret, NEVER_MADE)))
    assert (answer.status, answer.body) == (404, "not found")
    assert answer.headers["cache-control"].startswith("private")


@pytest.mark.parametrize(
    "path", ["/calendar/", "/calendar/x.ics", "/calendar", f"/calendar/{'x' * 44}.ics", f"/calendar/{'x' * 43}", "/calendar/../step_1_vision", f"/calendar/{'x' * 42}/.ics"]
)
def test_what_only_looks_like_a_calendar_stays_behind_the_door(served: tuple[Server, dict[str, str]], path: str):
    assert Visitor(served[0].url).ask(path).status == 401


def test_a_calendar_is_only_read(served: tuple[Server, dict[str, str]]):
    server, secrets = served
    assert [Visitor(server.url).ask(path_of(secrets["member"]), method).status for method in ("HEAD", "POST", "PUT", "DELETE")] == [200, 405, 405, 405]


def test_a_signed_in_visitor_reads_no_calendar_without_its_secret(served: tuple[Server, dict[str, str]]):
    member = Visitor(served[0].url, {SESSION: served[1]["session"]})
    assert (member.ask("/my_work").status, member.ask(path_of(NEVER_MADE)).status) == (200, 404)


def test_a_new_address_ends_the_former_and_revoking_ends_both(office: Office):
    first = make_calendar_address(office, MEMBER)
    assert open_calendar(office, first, "here").person == MEMBER
    second = make_calendar_address(office, MEMBER, "en")
    assert refused(office, first) == "calendar_not_found"
    assert (open_calendar(office, second, "here").language, calendar_made_at(office, MEMBER)) == ("en", NOW)
    revoke_calendar_address(office, MEMBER)
    assert (refused(office, second), calendar_made_at(office, MEMBER)) == ("calendar_not_found", None)


def test_one_persons_address_does_not_end_anothers(office: Office):
    mine, theirs = make_calendar_address(office, MEMBER), make_calendar_address(office, person("head"))
    revoke_calendar_address(office, MEMBER)
    assert (refused(office, mine), open_calendar(office, theirs, "here").person) == ("calendar_not_found", person("head"))


def test_a_closed_account_has_no_calendar_until_it_is_opened_again(office: Office):
    secret = make_calendar_address(office, MEMBER)
    disable(office, person("administrator"), MEMBER.id)
    assert refused(office, secret) == "calendar_not_found"
    enable(office, person("administrator"), MEMBER.id)
    assert open_calendar(office, secret, "here").person == MEMBER


def test_the_secret_itself_is_nowhere_in_the_database(office: Office):
    secret = make_calendar_address(office, MEMBER)
    kept = office.store.engine.read("SELECT * FROM calendar_address")
    assert (len(secret), secret in str(kept)) == (43, False)
    assert refused(office, kept[0][0]) == "calendar_not_found"  # the digest opens nothing


def test_guesses_must_wait_but_a_program_with_a_revoked_address_keeps_nobody_out(office: Office):
    revoked, good = make_calendar_address(office, MEMBER), make_calendar_address(office, person("head"))
    revoke_calendar_address(office, MEMBER)
    assert {refused(office, revoked) for _ in range(40)} == {"calendar_not_found"}
    assert open_calendar(office, good, "10.0.0.1")
    assert [refused(office, NEVER_MADE) for _ in range(32)].count("calendar_wait") == 2
    assert refused(office, good) == "calendar_wait"
    assert open_calendar(office, good, "10.0.0.2").person == person("head")


# What stands in it


@pytest.fixture
def signing(office: Office) -> str:
    """The member's step waits for the facilitator; the step after it is the head's, the last two nobody's."""
    project = planned(office)
    for step in STEP_KEYS[1:7]:
        move_phase(office, person("facilitator"), project, step, {"owner": "p-head"}, seq(office, project))
    write(office, project, "vision", text="เป็นเลิศ", adopted_on="2026-11-02")
    submit(office, MEMBER, project, "vision", seq(office, project))
    write(office, project, "finding", text="ทะเบียนไม่ครบ", due="2026-12-01", owner="p-head", audit=write(office, project, "audit", visited_on="2026-11-02").ids[0])
    write(office, project, "milestone", "milestone:1", name="พิธีลงนาม", day="2026-12-25")
    return project


def test_it_shows_what_my_work_and_mail_tell_this_person_and_the_milestones(office: Office, signing: str):
    shown = {role: {one.entity_id for share in shares_of(office, person(role), phrases("th")) for one in share.items if one.due} for role in ROLES}
    assert {role: set(events(ics(office, person(role)))) for role in ROLES} == {role: {*some, "milestone:1"} for role, some in shown.items()}
    unowned = {"phase:execution", "phase:certification"}
    mine = {
        "member": {"worksheet"}, "facilitator": {"worksheet", "sign_off:vision", *unowned},
        "head": {f"phase:{step}" for step in STEP_KEYS[1:7]} | {row.id for row in office.store.state(signing).of("finding")},
    }  # fmt: skip
    assert shown == {role: mine.get(role, set()) for role in ROLES}


def test_a_decision_has_the_day_of_its_step_and_moves_with_it(office: Office, signing: str):
    was = events(ics(office, person("facilitator")))["sign_off:vision"]
    assert (str(was["summary"]), was.decoded("dtstart")) == ("ครบกำหนดพิจารณาขั้นที่ 1 วิสัยทัศน์", date(2026, 10, 7))
    move_phase(office, person("facilitator"), signing, "vision", {"days": 10}, seq(office, signing), "รอข้อมูล")
    now = events(ics(office, person("facilitator")))["sign_off:vision"]
    assert (now.decoded("dtstart") > was.decoded("dtstart"), int(now["sequence"]) > int(was["sequence"]), now["uid"]) == (True, True, was["uid"])


def test_what_has_no_owner_says_so(office: Office, signing: str):
    last = events(ics(office, person("facilitator")))["phase:certification"]
    assert str(last["description"]).split("\n")[1] == "ยังไม่มีผู้รับผิดชอบ"


def test_it_shows_own_work_and_the_milestones_with_their_days(office: Office):
    project = planned(office)
    move_phase(office, person("facilitator"), project, "certification", {"owner": MEMBER.id}, seq(office, project))
    write(office, project, "activity", name="อบรม", due="2026-12-18", owner=MEMBER.id)
    write(office, project, "activity", name="ของผู้อื่น", due="2026-12-19", owner="p-head")
    write(office, project, "milestone", name="พิธีลงนาม", day="2026-12-25")
    found = events(ics(office))
    named = sorted((str(event["summary"]), event.decoded("dtstart"), event.decoded("dtend")) for event in found.values())
    assert len(found) == 2 + 1 + 1 + 1  # phases, the worksheet, the activity, the milestone
    assert ("ครบกำหนด: อบรม", date(2026, 12, 18), date(2026, 12, 19)) in named
    assert ("หมุดหมาย: พิธีลงนาม", date(2026, 12, 25), date(2026, 12, 26)) in named
    assert ("ครบกำหนดขั้นที่ 9 ขอการรับรอง", date(2027, 7, 14), date(2027, 7, 15)) in named
    assert str(found["phase:vision"]["description"]).split("\n") == [AGENCY, f"ผู้รับผิดชอบ: {MEMBER.name}", "กำหนด 7 ตุลาคม 2569"]


def test_what_is_done_leaves_it(office: Office):
    project = planned(office)
    task = write(office, project, "activity", name="อบรม", due="2026-12-18", owner=MEMBER.id).ids[0]
    write(office, project, "progress", activity=task, reported_on="2026-11-23", percent=100)
    move_phase(office, person("facilitator"), project, "mission", {"owner": MEMBER.id}, seq(office, project))
    all_approved(office, project, ["vision"])
    found = events(ics(office))
    assert (task in found, "phase:vision" in found, "phase:mission" in found) == (False, False, True)


def test_an_alarm_rings_at_nine_in_the_morning_a_week_before(office: Office):
    """A whole-day event begins at midnight, and so would its alarm."""
    planned(office)
    found = events(ics(office))
    rings = {datetime.combine(event.decoded("dtstart"), time()) + alarm.decoded("trigger") for event in found.values() for alarm in event.walk("VALARM")}
    assert rings == {datetime.combine(event.decoded("dtstart") - timedelta(7), time(9)) for event in found.values()}
    assert {str(alarm["action"]) for event in found.values() for alarm in event.walk("VALARM")} == {"DISPLAY"}
    assert b"TRIGGER:-P6DT15H\r\n" in ics(office)


def test_the_same_state_gives_the_same_bytes_and_a_moved_day_the_same_event_anew(office: Office):
    project = planned(office)
    move_phase(office, person("facilitator"), project, "mission", {"owner": MEMBER.id}, seq(office, project))
    before = ics(office)
    assert ics(office) == before
    move_phase(office, person("facilitator"), project, "mission", {"days": 20}, seq(office, project), "รอข้อมูล")
    (was, now) = (events(data)["phase:mission"] for data in (before, ics(office)))
    assert was["uid"] == now["uid"]
    assert (int(was["sequence"]), int(now["sequence"])) == (2, 3)
    assert (was.decoded("dtstart"), now.decoded("dtstart")) == (date(2026, 10, 15), date(2026, 11, 6))
    assert now.decoded("dtstamp") == NOW


def test_the_stamp_is_the_time_of_the_change_not_of_the_asking(tmp_path: Path):
    database = tmp_path / "nine.duckdb"
    with an_office(database) as office:
        planned(office)
        before = ics(office)
    with an_office(database, now=NOW + timedelta(days=1)) as office:
        assert ics(office) == before


def test_it_speaks_the_language_it_was_made_in(office: Office):
    planned(office)
    calendar = Calendar.from_ical(ics(office, language="en"))
    assert str(calendar["x-wr-calname"]) == "Nine Steps due days"
    assert str(events(ics(office, language="en"))["phase:vision"]["summary"]) == "Due: Step 1 Vision"


# Nothing typed becomes part of its form


NAMES = [HOSTILE, "ก" * 300, "ที่" * 100, "😀" * 100, "BEGIN:VEVENT", "x" * 74 + "ก", ":;,\\\"'{}"]


@pytest.fixture
def named(office: Office) -> tuple[str, list[str]]:
    """A project, and an activity of each of these names in it."""
    project = planned(office)
    return project, [write(office, project, "activity", name=name, due="2026-12-18", owner=MEMBER.id).ids[0] for name in NAMES]


def test_what_people_typed_is_text_whatever_it_is(office: Office, named: tuple[str, list[str]]):
    project, tasks = named
    found = events(ics(office))
    assert len(found) == 2 + len(NAMES)
    for task in tasks:
        kept = office.store.state(project).get(task)["name"]
        line = " ".join(kept.split())
        assert str(found[task]["description"]).split("\n")[1] == kept
        assert str(found[task]["summary"]) == "ครบกำหนด: " + (line if len(line) <= 80 else line[:79] + "…")


def test_text_that_was_stored_by_other_means_is_made_readable_too(office: Office):
    hostile = Owed("p", "activity", "activity:x", "execution", HOSTILE, None, date(2026, 12, 18), 1, False, 1, 1)
    data = due_calendar(Told(phrases("th")), [Entry(hostile, HOSTILE, datetime.fromisoformat("2026-11-23T03:00:00Z"))])
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["uid"]) == "p/activity:x@nine-steps"
    assert not {"\x0b", "\x85", "\u2028", "\r"} & set(str(event["description"]) + str(event["summary"]))


def test_lines_are_folded_between_characters(office: Office, named: tuple[str, list[str]]):
    data = ics(office)
    lines = data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    folded = [line.decode("utf-8") for line in lines if line.startswith(b" ")]
    assert [letter for letter in ("ก" * 20, "ที่" * 5, "😀" * 10) if not any(letter in line for line in folded)] == []
    assert b"\n" not in data.replace(b"\r\n", b"")
