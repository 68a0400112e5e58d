"""`remind` prints today's digest and sends what is due, beside a running server too; `status` tells the schedule."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pso_core.actions import mail
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.server_file import ServerFile
from tests.actions.mail_server import mail_server
from tests.actions.planning import AGENCY, REASON, planned, slipped
from tests.actions.signing import all_approved
from tests.building import a_new_database, an_office, copied, lampang, person, write
from tests.cli.conftest import Run
from tests.servers import free_port, running
from tests.tree import ROOT
from tests.web.visitor import Visitor

TH = phrases("th")
TODAY = datetime.now(UTC)
EVERY_HOUR = {"rhythm": "daily", "hour": 0}


@pytest.fixture(scope="module")
def planned_project(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A database, to be copied, with a project that began 60 days ago; its first phase is the member's and long overdue."""
    database = tmp_path_factory.mktemp("planned") / "made.duckdb"
    with an_office(database, now=TODAY - timedelta(days=2)) as office:
        made = planned(office, start=f"{TODAY - timedelta(days=60):%Y-%m-%d}")
        slipped(office, made)
        mail.choose_mail(office, person("member"), address="member@lampang.example", **EVERY_HOUR)
    return database, made


@pytest.fixture
def project(planned_project: tuple[Path, str], database: Path) -> str:
    made, project = planned_project
    copied(made, database)
    return project


def set_server(database: Path, port: int) -> None:
    with an_office(database) as office:
        mail.set_mail_server(office, person("administrator"), host="127.0.0.1", port=port, security="none", sender="pso@lampang.example")


def test_it_prints_todays_digest_of_every_project(run: Run, project: str):
    ran = run("remind")
    lines = ran.out.splitlines()
    assert (ran.status, ran.err, lines[0].split(" · ")[:2]) == (0, "", [AGENCY, "P.S.O. 1101"])
    assert any(line.startswith(f"- ขั้นที่ 1 วิสัยทัศน์ · {person('member').name} · เกินกำหนด") for line in lines)
    assert any(REASON in line for line in lines)


def test_where_there_are_only_examples_or_no_project_it_says_so(run: Run, database: Path):
    a_new_database(database)
    told = {(language, "cli.projects.none"): run("--lang", language, "remind") for language in LANGUAGES}
    with an_office(database) as office:
        example = lampang(office)
    told |= {(language, "reminders.only_examples"): run("--lang", language, "remind") for language in LANGUAGES}
    assert {key: (one.status, one.out) for key, one in told.items()} == {(language, key): (0, phrases(language)(key) + "\n") for language, key in told}
    assert run("remind", example).out.startswith("สำนักงานจังหวัดลำปาง")


def test_one_project_is_said_as_in_every_command_and_told_in_the_language_asked_for(run: Run, project: str):
    for said in ([project], ["--project", project], [project[:6]], ["--project", AGENCY]):
        data = run("--lang", "en", "remind", *said, "--json").data
        assert ([one["id"] for one in data["projects"]], data["sent"]) == ([project], None)
        assert data["projects"][0]["overdue"][0]["name"] == "Step 1 Vision"
    assert run("remind", "--project", "nowhere", "--json").data["refused"]["code"] == "project_not_found"


def test_without_a_mail_server_nothing_can_be_sent(run: Run, project: str):
    ran = run("remind", "--send", "--json")
    assert (ran.status, ran.data["refused"]["code"]) == (1, "mail_unset")


def test_it_sends_what_is_due_and_not_a_second_time(run: Run, project: str, database: Path):
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        first, second = run("remind", "--send", "--json"), run("remind", "--send")
    assert [(one["person_id"], one["state"]) for one in first.data["sent"]] == [("p-member", "sent")]
    assert second.out.splitlines()[-1] == phrases("th")("reminders.posted.head", count=0)
    assert mailbox.addresses == ["member@lampang.example"]


def test_what_could_not_be_sent_is_said_with_its_reason(run: Run, project: str, database: Path):
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        mailbox.answers = {"RCPT": ["550 no such user"]}
        ran = run("remind", "--send")
    reason = TH("refusals.mail_address_refused", number=550)
    assert (ran.status, ran.out.splitlines()[-1]) == (1, TH("reminders.posted.head", count=0))
    assert ran.err.splitlines() == [TH("reminders.posted.refused", person=person("member").name, reason=reason)]


@pytest.mark.parametrize("beside", [False, True], ids=["alone", "beside a running server"])
def test_a_server_that_is_down_is_said_with_everybody_who_waits_for_it_and_again_until_it_went(run: Run, project: str, database: Path, beside: bool):
    for who in ("head", "facilitator"):
        with an_office(database, now=TODAY - timedelta(days=2)) as office:
            mail.choose_mail(office, person(who), address=f"{who}@lampang.example", **EVERY_HOUR)
    set_server(database, port := free_port())
    with running(database) if beside else nullcontext() as server:
        if server:
            Visitor(server.url).open("/sign-in")
        first, second = run("remind", "--send"), run("remind", "--send", "--json")
    names = [person(who).name for who in ("facilitator", "head", "member")]
    reason = TH("refusals.mail_unreachable", host="127.0.0.1", port=port)
    assert (first.status, first.out.splitlines()[-1]) == (1, TH("reminders.posted.head", count=0))
    assert first.err.splitlines() == [TH("reminders.posted.waiting", person=names[0], reason=reason), TH("reminders.posted.not_tried", count=2, people=", ".join(names[1:]))]
    assert (second.status, second.data["faults"], [one["sentence"] for one in second.data["sent"]]) == (1, second.err.splitlines(), [reason])
    assert {one["person_id"] for one in second.data["sent"]} | set(second.data["waiting"]) == {"p-facilitator", "p-head", "p-member"}


def test_mail_that_waits_out_its_pause_is_not_passed_over_in_silence(run: Run, project: str, database: Path):
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        mailbox.answers = {"RCPT": ["451 later"]}
        first, second = run("remind", "--send"), run("remind", "--send")
    waiting = TH("reminders.posted.not_tried", count=1, people=person("member").name)
    assert (first.status, second.status, second.err.splitlines()[0]) == (1, 1, waiting)
    assert second.err.splitlines()[1].endswith(TH("refusals.mail_later", number=451))


def test_why_mail_waits_is_said_also_when_somebody_elses_went(run: Run, project: str, database: Path):
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        mailbox.answers = {"RCPT": ["451 later"]}
        run("remind", "--send")
        with an_office(database, now=TODAY - timedelta(days=2)) as office:
            mail.choose_mail(office, person("head"), address="head@lampang.example", **EVERY_HOUR)
        second = run("remind", "--send")
    assert (mailbox.addresses, second.status) == (["head@lampang.example"], 1)
    assert [line.endswith(TH("refusals.mail_later", number=451)) for line in second.err.splitlines()] == [False, True]


def test_what_kept_somebody_elses_mail_is_not_given_as_the_reason_of_one_that_waits(run: Run, project: str, database: Path):
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        mailbox.answers = {"RCPT": ["451 later", "550 no such user"]}
        run("remind", "--send")
        with an_office(database, now=TODAY - timedelta(days=2)) as office:
            mail.choose_mail(office, person("head"), address="head@lampang.example", **EVERY_HOUR)
        second, third = run("remind", "--send"), run("remind", "--send")
    waiting = TH("reminders.posted.not_tried", count=1, people=person("member").name)
    refused = TH("reminders.posted.refused", person=person("head").name, reason=TH("refusals.mail_address_refused", number=550))
    assert (second.err.splitlines(), third.err.splitlines()) == ([refused, waiting], [waiting])


def test_as_a_program_of_its_own_it_says_nothing_but_its_sentences_on_a_console_of_any_code_page(project: str, database: Path):
    set_server(database, port := free_port())
    console = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0"}  # of a code page without Thai
    command = [sys.executable, "-m", "pso_core", "--db", str(database), "remind", "--send"]
    ran = subprocess.run(command, cwd=ROOT, env=console, capture_output=True, encoding="utf-8", check=False)
    reason = TH("refusals.mail_unreachable", host="127.0.0.1", port=port)
    assert (ran.returncode, ran.stderr.splitlines()) == (1, [TH("reminders.posted.waiting", person=person("member").name, reason=reason)])


def test_beside_a_running_server_it_asks_the_server(run: Run, project: str, database: Path):
    alone, status = run("remind", "--json", "--lang", "en").data, run("status", project, "--json", "--lang", "en").data
    with mail_server() as mailbox:
        set_server(database, mailbox.port)
        with running(database) as server:
            Visitor(server.url).open("/sign-in")
            assert run("history", project, "--json").data["refused"]["code"] == "database_in_use"
            assert run("status", project, "--json", "--lang", "en").data == status
            assert run("status", "nowhere", "--json").data["refused"]["code"] == "project_not_found"
            assert run("remind", "--json", "--lang", "en").data == alone
            assert run("remind", "--project", "nowhere", "--json").data["refused"]["code"] == "project_not_found"
            assert [one["state"] for one in run("remind", "--send", "--json").data["sent"]] == ["sent"]
            assert run("remind", "--send", "--json").data["sent"] == []
            asked = json.dumps({"project": None, "send": True, "language": "th"}).encode()
            assert [Visitor(server.url).ask("/admin/remind", "POST", asked, authorization=said).status for said in ("", "Bearer x")] == [401, 401]
            assert "Traceback" not in server.said()
    assert mailbox.addresses == ["member@lampang.example"]


def test_the_server_is_not_asked_nonsense(project: str, database: Path):
    nonsense = [b"", b"[]", b'{"project": null}', b'{"project": null, "send": true, "language": "xx"}']
    with running(database) as server:
        visitor = Visitor(server.url)
        visitor.open("/sign-in")
        token = json.loads(ServerFile(database).path.read_text("utf-8"))["token"]
        for path in ("/admin/remind", "/admin/status"):
            assert [visitor.ask(path, "POST", body, authorization=f"Bearer {token}").status for body in nonsense] == [400] * 4


def test_status_tells_the_schedule_the_lateness_and_the_forecast(run: Run, project: str, database: Path):
    with an_office(database, now=TODAY) as office:
        all_approved(office, project, ["vision"])
        write(office, project, "activity", name="อบรม", due=f"{TODAY - timedelta(days=30):%Y-%m-%d}")
    data = run("--lang", "en", "status", project, "--json").data
    phases = {phase["step"]: phase for phase in data["schedule"]["phases"]}
    assert (data["schedule"]["direction"], data["schedule"]["baselines"], len(phases)) == ("from_start", 1, 9)
    assert (phases["vision"]["state"], phases["vision"]["owner"], phases["certification"]["state"]) == ("done", person("member").name, "waiting")
    assert set(phases["mission"]) >= {"start", "due", "state", "days", "working_days", "started", "finished"}
    assert [(one["kind"], one["name"]) for one in data["lateness"]["overdue"]][0] == ("activity", "อบรม")
    assert {one["reason"] for one in data["lateness"]["slips"]} == {REASON}
    assert data["forecast"]["target"] <= data["forecast"]["earliest"] <= data["forecast"]["latest"]
    assert [one["step"] for one in data["forecast"]["phases"]] == list(phases)
    assert data["lateness"]["working_days"][0] <= data["lateness"]["working_days"][1]


def test_status_tells_which_phases_lose_the_target(run: Run, project: str):
    lost = [one["step"] for one in run("status", project, "--json").data["forecast"]["phases"] if one["loses_target"]]
    assert len(lost) > 0
    for language, words in (("th", "× ไม่ทันเป้าหมาย)"), ("en", "× loses the target)")):
        assert sum(line.endswith(words) for line in run("--lang", language, "status", project).out.splitlines()) == len(lost)


def test_status_of_a_project_without_a_schedule_says_so(run: Run, lampang: str):
    ran = run("status", lampang, "--json")
    assert (ran.data["schedule"], ran.data["forecast"], ran.data["lateness"]["working_days"]) == (None, None, None)
    assert phrases("th")("cli.status.no_schedule") in run("status", lampang).out.splitlines()


def test_status_tells_a_person_the_phases_with_their_days(run: Run, project: str):
    lines = run("status", project).out.splitlines()
    assert sum(line.startswith("   ขั้นที่ ") for line in lines) == 9
    assert any(line.startswith("กำหนดการ: เป้าหมาย ") for line in lines)
