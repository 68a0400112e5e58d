"""A certificate near its end is told through every way of reminding, in both languages, and through none once it was renewed."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from pso_core.actions.calendar_address import due_days
from pso_core.actions.cycles import begin_cycle
from pso_core.actions.letters import digest_letter
from pso_core.actions.mail import MailServer
from pso_core.actions.remind import remind
from pso_core.actions.reminders import line_text
from pso_core.actions.rows import standard_of
from pso_core.actions.status_schedule import schedule_of
from pso_core.documents.due_calendar import Entry, due_calendar
from pso_core.domain.rhythm import Choice
from pso_core.office import Office
from pso_core.steps.naming import Told
from pso_core.text.phrases import LANGUAGES, Phrases, phrases
from pso_core.ui import monday
from pso_core.ui.desk import PROJECT, Desk
from pso_core.ui.leading import RENEWAL
from tests.building import NOW, an_empty_project, an_office, person, write
from tests.documents.pdf_reading import pages
from tests.pages.conftest import fault, shown

HEAD, NUMBER = person("head"), "12/2567"
ENDS = "2027-05-20"  # on Monday 23 Nov 2569 the reminder of six months is three days old
SERVER = MailServer("127.0.0.1", 25, "none", "pso@lampang.example")


@pytest.fixture
def certified(office: Office) -> str:
    project = an_empty_project(office)
    write(office, project, "certificate", "certificate", number=NUMBER, valid_from="2024-05-21", valid_to=ENDS)
    office.store.settings.set(f"{PROJECT}:{HEAD.id}", project)  # whatever is begun later
    return project


def told(office: Office, project: str, say: Phrases) -> Told:
    state = office.store.state(project)
    return Told(say, standard_of(state), state, office.store.people.all())


def on_one_page(office: Office, project: str, say: Phrases, _visit) -> str:
    reader = told(office, project, say)
    desk = Desk(office, HEAD, say, reader.state, reader.standard, reader.people, office.today())
    return "".join(pages(monday.one_page(monday.to_print(monday.monday_of(desk)))))


def in_the_calendar(office: Office, project: str, say: Phrases, _visit) -> str:
    entries = [Entry(one.owed, "", one.changed_at) for one in due_days(office, HEAD)]
    return "\n".join(str(event["summary"]) for event in Calendar.from_ical(due_calendar(told(office, project, say), entries)).walk("VEVENT"))


def in_the_mail(office: Office, project: str, say: Phrases, _visit) -> str:
    letter = digest_letter(office, SERVER, HEAD, Choice(HEAD.id, "head@lampang.example", "daily", 0, 8, say.language, NOW), office.today())
    return letter.get_content() if letter else ""


def on_the_page(page: str) -> Callable[..., str]:
    def read(office: Office, project: str, say: Phrases, visit) -> str:
        at = visit(page, role="head", language=say.language)
        assert fault(at) == []
        return (shown(at) + "\n".join(link.proto.label for link in at.get("page_link"))).replace("\\", "")

    return read


def by_status(office: Office, project: str, say: Phrases, _visit) -> str:
    lines, data = schedule_of(office, told(office, project, say))
    return "\n".join(lines) if data["lateness"]["expiring"] else ""


CHANNELS: dict[str, Callable[..., str]] = {
    "Monday": on_the_page("monday"), "my work": on_the_page("my_work"), "one page": on_one_page, "calendar": in_the_calendar, "mail": in_the_mail, "status": by_status,
    "LINE": lambda office, project, say, _: line_text(office, office.store.state(project), say),
    "remind": lambda office, project, say, _: "\n".join(remind(office, say)[0]),
    "remind --json": lambda office, project, say, _: json.dumps([one["expiring"] for one in remind(office, say)[1]["projects"]], ensure_ascii=False),
}  # fmt: skip


def carrying(text: str, office: Office, project: str, say: Phrases, visit) -> list[str]:
    """The channels that say this, however they break their lines."""
    return [channel for channel, read in CHANNELS.items() if "".join(text.split()) in "".join(read(office, project, say, visit).split())]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_channel_carries_the_reminder(office: Office, certified: str, visit, language: str):
    say = phrases(language)
    assert carrying(say("reminders.item.certificate_numbered", name=NUMBER), office, certified, say, visit) == list(CHANNELS)


def test_once_a_later_cycle_has_its_certificate_none_does(office: Office, certified: str, visit):
    later = begin_cycle(office, person("facilitator"), certified, "รอบที่ 2")
    assert carrying(NUMBER, office, certified, phrases("th"), visit) == list(CHANNELS)  # begun is not yet granted
    write(office, later, "certificate", "certificate", number="1/2570", valid_from="2027-05-01", valid_to="2030-04-30")
    assert carrying(NUMBER, office, certified, phrases("th"), visit) == []


def test_a_later_cycle_whose_certificate_ends_no_later_has_renewed_nothing(office: Office, certified: str):
    later = begin_cycle(office, person("facilitator"), certified, "รอบที่ 2")
    write(office, later, "certificate", "certificate", valid_from="2024-05-21", valid_to=ENDS)
    assert NUMBER in line_text(office, office.store.state(certified), phrases("th"))


@pytest.fixture
def monday_in(tmp_path) -> Callable[[datetime], Iterator[Office]]:
    return lambda now: an_office(tmp_path / "later.duckdb", now=now)


@pytest.mark.parametrize(
    ("days_later", "line"),
    [
        (0, "- ใบรับรองเลขที่ 12/2567 จะหมดอายุ · เหลือไม่เกิน 6 เดือน (20 พ.ค. 2570)"),
        (160, "- ใบรับรองเลขที่ 12/2567 จะหมดอายุ · อีก 14 วันทำการ (20 พ.ค. 2570)"),
        (179, "- ใบรับรองเลขที่ 12/2567 หมดอายุแล้ว · เกินกำหนด 1 วันทำการ (20 พ.ค. 2570)"),
    ],
)
def test_the_line_says_how_long_is_left(monday_in, days_later: int, line: str):
    with monday_in(NOW + timedelta(days_later)) as office:
        project = an_empty_project(office)
        write(office, project, "certificate", "certificate", number=NUMBER, valid_from="2024-05-21", valid_to=ENDS)
        assert line in line_text(office, office.store.state(project), phrases("th")).split("\n")


def test_the_calendar_shows_each_reminder_on_its_day_with_the_days_that_are_left(office: Office, certified: str):
    entries = [Entry(one.owed, "", one.changed_at) for one in due_days(office, HEAD)]
    found = {str(event["uid"]): event for event in Calendar.from_ical(due_calendar(told(office, certified, phrases("th")), entries)).walk("VEVENT")}
    shown_ = [(str(event["summary"]), event.decoded("dtstart").isoformat()) for event in found.values()]
    assert shown_ == [
        ("อีก 12 เดือนใบรับรองเลขที่ 12/2567 จะหมดอายุ", "2026-05-20"), ("อีก 6 เดือนใบรับรองเลขที่ 12/2567 จะหมดอายุ", "2026-11-20"),
        ("อีก 3 เดือนใบรับรองเลขที่ 12/2567 จะหมดอายุ", "2027-02-20"), ("อีก 1 เดือนใบรับรองเลขที่ 12/2567 จะหมดอายุ", "2027-04-20"),
        ("ใบรับรองเลขที่ 12/2567 จะหมดอายุ", "2027-05-20"),
    ]  # fmt: skip
    assert "วันหมดอายุ 20 พฤษภาคม 2570 (อีก 181 วัน)" in str(found[f"{certified}/certificate/6@nine-steps"]["description"])


@pytest.mark.parametrize(
    ("language", "days_later", "said"),
    [("th", 178, "ใบรับรองจะหมดอายุ"), ("th", 179, "ใบรับรองหมดอายุแล้ว"), ("en", 178, "Certificate expires"), ("en", 179, "Certificate has expired")],
)
def test_it_has_expired_the_day_after_its_last_and_not_before(monday_in, language: str, days_later: int, said: str):
    with monday_in(NOW + timedelta(days_later)) as office:
        project, say = an_empty_project(office), phrases(language)
        write(office, project, "certificate", "certificate", valid_from="2024-05-21", valid_to=ENDS)
        assert f"- {said} · " in line_text(office, office.store.state(project), say)
        summaries = in_the_calendar(office, project, say, None).split("\n")
        assert summaries[-1] == said
        assert [said in line for line in summaries[:-1]] == [days_later == 178] * 4


def test_a_member_is_sent_nothing_of_it(office: Office, certified: str):
    assert [one for one in due_days(office, person("member")) if one.owed.kind == "certificate"] == []


def test_the_line_leads_to_where_the_renewal_is_planned(office: Office, certified: str, visit):
    at = visit("monday", role="head")
    [link] = [one.proto for one in at.get("page_link") if NUMBER in one.proto.label]
    assert (link.page, link.query_string.replace("%3A", ":")) == ("step_9_certification", f"at={RENEWAL}")
    there = visit("step_9_certification", role="head")
    there.query_params["at"] = RENEWAL
    there.run()
    assert (fault(there), phrases("th")("page_renewal.heading") in shown(there)) == ([], True)


@pytest.mark.parametrize(("since", "mark"), [(3, "△"), (13, "△"), (14, "▢")])
def test_a_new_reminder_has_a_mark_of_its_own(office: Office, visit, since: int, mark: str):
    ends = (datetime(2027, 5, 23, tzinfo=UTC) - timedelta(since)).date()
    write(office, an_empty_project(office), "certificate", "certificate", number=NUMBER, valid_from="2024-05-21", valid_to=ends.isoformat())
    labels = [one.proto.label for page in ("monday", "my_work") for one in visit(page, role="head").get("page_link") if NUMBER in one.proto.label]
    assert [label[0] for label in labels] == [mark, mark]
