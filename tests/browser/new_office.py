"""What a new office does on the screen, from the first start to its certificate: each part ends with its step complete."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import docx
import openpyxl
from playwright.sync_api import Locator, Page, expect

from pso_core import standards
from pso_core.domain.worksheets import WORKSHEET_PARTS
from pso_core.text.phrases import phrases
from pso_core.text.thaidate import BANGKOK, say_date
from tests.browser.filling import choose, field, pick, press, tap, write_all, write_in
from tests.browser.waiting import ready, settle
from tests.servers import Server

say = phrases("th")
STANDARD = standards.load()
PASSWORD = "มะม่วงน้ำดอกไม้สีทอง"
AGENCY = "สำนักงานเทศบาลเมืองทดลอง"
TASKS = {"main": ["งานแผน", "งานงบประมาณ", "งานทะเบียน"], "secondary": ["งานประชาสัมพันธ์", "งานพัสดุ"], "support": ["งานสารบรรณ"]}
WEIGHTS = (20, 15, 15, 10, 10, 10, 10, 5, 5)
IMPORTANCE = ("high",) * 3 + ("medium",) * 4 + ("low",) * 2
LEVELS = (1, 2, 2, 2, 2, 2, 2, 2, 2)  # only the first criterion is below its target
TARGETS = (2,) * 9
TOTALS = {"now": 180, "proven": 0, "planned": 200, "target": 200}
TODAY = datetime.now(BANGKOK).date()
GRANTED = TODAY.replace(day=1)  # a day that every year has
EXPIRES = GRANTED.replace(year=GRANTED.year + STANDARD.certificate_years) - timedelta(days=1)


def label(kind: str, name: str) -> str:
    return say(f"fields.{kind}.{name}.label")


def in_days(days: int) -> str:
    return say_date(TODAY + timedelta(days), say)


def named(level: int) -> str:
    return f"{level} {STANDARD.name_of('levels', level, 'th')}"


def save_of(kind: str) -> str:
    return say("app.save_one", kind=say(f"fields.{kind}.one"))


def go_to(page: Page, key: str) -> None:
    """By the menu, as people do."""
    name = say(f"steps.{key}.short")
    settle(page, page.get_by_test_id("stSidebarNav").get_by_role("link", name=name).click)
    expect(page.get_by_role("heading", level=1)).to_have_text(say(f"steps.{key}.name"))


def is_complete(page: Page) -> None:
    strip = page.locator(".strip")  # the whole strip first: where something is missing, the failure tells what
    expect(strip).to_contain_text(say("app.nothing_missing"))
    expect(strip.locator(".state")).to_contain_text(say("choices.step_state.complete"))


def saved(page: Page) -> None:
    expect(page.get_by_test_id("stToast").last).to_contain_text(say("app.saved"))


def add(page: Page, kind: str, values: dict[str, object], chosen: dict[str, str] | None = None, picked: dict[str, str] | None = None, label_: str | None = None) -> None:
    """A new row by its drawer: what is written, chosen from lists and picked side by side."""
    press(page.get_by_test_id("stMain"), label_ or say("app.add", kind=say(f"fields.{kind}.one")))
    drawer: Locator = page.get_by_role("dialog")
    expect(drawer).to_be_visible()
    write_all(drawer, {label(kind, name): text for name, text in values.items()})
    for name, option in (chosen or {}).items():
        choose(drawer, label(kind, name), option)
    for name, option in (picked or {}).items():
        tap(drawer, label(kind, name), option)
    press(drawer, save_of(kind))
    expect(drawer).to_have_count(0)


def begin(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page).to_have_url(f"{server.url}/start")
    for name, text in (("name", "สมหญิง ใจดี"), ("position", "ปลัดเทศบาล"), ("login", "somying"), ("password", PASSWORD), ("password_again", PASSWORD)):
        page.fill(f"#{name}", text)
    page.get_by_role("button", name=say("signin.own_begin")).click()
    ready(page)


def add_facilitator(page: Page) -> None:
    settle(page, page.get_by_test_id("stSidebarNav").get_by_role("link", name=say("app.people")).click)
    settle(page, page.locator("summary", has_text=say("page_people.add")).click)
    form = page.locator("details", has=page.locator("summary", has_text=say("page_people.add")))
    person = {"name": "วิชัย ตั้งใจ", "position": "นักวิเคราะห์", "division": "กองแผน", "login": "wichai", "password": PASSWORD}
    write_all(form, {say(f"page_people.{name}"): text for name, text in person.items()})
    choose(form, say("page_people.role"), say("choices.role.facilitator"))
    press(form, say("page_people.add"))
    expect(page.get_by_role("cell", name="วิชัย ตั้งใจ")).to_be_visible()


def sign_over(page: Page, server: Server) -> None:
    """At the same desk the administrator goes and the facilitator comes."""
    page.get_by_role("button", name=say("app.sign_out"), exact=True).click()
    page.wait_for_url("**/sign-in")  # not back to the administrator's page
    page.fill("#login", "wichai")
    page.fill("#password", PASSWORD)
    page.get_by_role("button", name=say("signin.enter")).click()
    ready(page)


def create_project(page: Page) -> None:
    """With no project yet, signing in leads to the page where one is begun."""
    expect(page.get_by_role("heading", level=1)).to_have_text(say("app.projects"))
    field(page, label("project", "title")).fill("ระบบข้อมูลเทศบาล")
    press(page, say("page_projects.create"))
    expect(page.get_by_test_id("stSidebarNav").get_by_role("link", name=say("steps.vision.short"))).to_be_visible()


def profile(page: Page) -> None:
    go_to(page, "profile")
    write_all(page, {label("agency", "name"): AGENCY, label("agency", "province"): "ลำปาง"})
    press(page, save_of("agency"))
    saved(page)
    add(page, "division", {"name": "กองแผนและงบประมาณ"})
    is_complete(page)


def step_1(page: Page) -> None:
    go_to(page, "vision")
    expect(page.get_by_text(say("app.first_thing"))).to_be_visible()
    write_all(page, {label("vision", "text"): "ข้อมูลถูกต้อง ค้นได้ทันที ประชาชนเชื่อถือ", label("vision", "adopted_on"): "๑ ก.ย. ๒๕๖๙"})
    press(page, save_of("vision"))
    saved(page)
    add(page, "worksheet", {"work_system": "ระบบงานทะเบียน", **dict.fromkeys(WORKSHEET_PARTS, "บันทึกไว้แล้ว")})
    is_complete(page)


def step_2(page: Page) -> None:
    go_to(page, "mission")
    add(page, "mission", {"code": "1", "text": "จัดทำแผนและข้อมูลของเมือง"})
    add(page, "goal", {"text": "ค้นข้อมูลได้ภายในหนึ่งนาที"})
    is_complete(page)


def step_3(page: Page) -> None:
    go_to(page, "tasks")
    for number, (tier, names) in enumerate(TASKS.items()):
        settle(page, page.get_by_role("button", name=say("page_tasks.add_many")).nth(number).click)
        field(page, say("page_tasks.add_many_label")).fill("\n".join(names))
        press(page, say("page_tasks.add_many_save", tier=STANDARD.name_of("tiers", tier, "th")))
        saved(page)
        page.keyboard.press("Escape")
    for number in range(len(TASKS)):
        settle(page, page.get_by_role("button", name=say("page_tasks.share"), exact=True).nth(number).click)
    expect(page.locator(".meter").last).to_contain_text("100/100")
    press(page, say("page_tasks.save"))
    saved(page)
    is_complete(page)


def step_4(page: Page) -> None:
    go_to(page, "weights")
    weights, reasons = (field(page, label("weight", name)) for name in ("weight", "reason"))
    write_in([(weights.nth(number), weight) for number, weight in enumerate(WEIGHTS)])
    write_in([(reasons.nth(number), f"เหตุผลข้อที่ {number + 1}") for number in range(len(WEIGHTS))])
    for number, importance in enumerate(IMPORTANCE):
        tap(page, label("weight", "importance"), STANDARD.name_of("importances", importance, "th"), number)
    press(page, say("page_weights.save"))
    saved(page)
    is_complete(page)


def step_5(page: Page) -> None:
    go_to(page, "indicators")
    press(page, say("page_indicators.use_samples", count=len(WEIGHTS)))
    is_complete(page)


def step_6(page: Page) -> None:
    go_to(page, "assessment")
    press(page, say("page_assessment.open_yes"))
    for number, (level, target) in enumerate(zip(LEVELS, TARGETS, strict=True)):
        tap(page, label("target", "level"), named(target))
        tap(page, label("score", "level"), named(level))
        evidence = {label("score", "evidence"): "แฟ้ม 1"} if number == 0 else {}  # the others are proven later
        write_all(page, {label("score", "rationale"): f"ตรวจแล้วพบตามเงื่อนไขของระดับ {level}", **evidence})
        if number + 1 < len(LEVELS):
            press(page, say("page_assessment.next"))
    press(page, say("page_assessment.save"))
    saved(page)
    is_complete(page)
    expect(page.locator(".figures .big").first).to_contain_text(str(TOTALS["now"]))


def step_7(page: Page) -> None:
    go_to(page, "plan")
    expect(page.locator("p.missing").first).to_have_text(f"▢ {say('page_plan.bare', name=STANDARD.criteria[0].name['th'])}")
    press(page.get_by_test_id("stMain"), say("app.add", kind=say("fields.activity.one")))
    drawer = page.get_by_role("dialog")
    expect(drawer.get_by_role("radio", name="+1")).to_be_checked()
    activity = {"name": "จัดทำฐานข้อมูลทะเบียน", "start": in_days(-60), "due": in_days(30), "budget": "25000"}
    write_all(drawer, {label("activity", name): text for name, text in activity.items()})
    choose(drawer, label("activity", "owner"), "วิชัย")
    press(drawer, save_of("activity"))
    expect(drawer).to_have_count(0)
    is_complete(page)
    expect(page.get_by_text(say("page_plan.reaches"))).to_be_visible()


def step_8(page: Page) -> None:
    go_to(page, "execution")
    settle(page, page.locator("summary", has_text=say("page_execution.report")).first.click)
    write_all(page, {label("progress", "percent"): 80, label("progress", "done"): "นำเข้าทะเบียนแล้วสี่ในห้า"})
    press(page, say("page_execution.save_report"))
    saved(page)
    for section, kind, values, picked in (
        ("supervision", "supervision", {"found": "งานเดินตามแผน"}, {}),
        ("file", "file", {"file_code": "ทบ 1", "title": "ทะเบียนกลาง", "place": "ตู้ 1 ชั้น 2"}, {}),
        ("linkage", "linkage", {"partner": "ที่ว่าการอำเภอ"}, {"network": say("choices.network.intranet")}),
    ):
        pick(page, say("page_execution.sections"), say(f"page_execution.section.{section}"))
        add(page, kind, values, picked=picked)
    is_complete(page)


def step_9(page: Page) -> None:
    go_to(page, "certification")

    def section(name: str) -> None:
        pick(page, say("page_certification.sections"), say(f"page_certification.section.{name}"))

    section("request")
    add(page, "request", {"letter_no": "ทม 0017/123", "letter_date": in_days(-20), "sent_on": in_days(-19)})
    section("audit")
    add(page, "audit", {"visited_on": in_days(-10)})
    add(page, "finding", {"text": "ป้ายแฟ้มบางแฟ้มไม่ตรง", "remedy": "ติดป้ายใหม่", "resolved_on": in_days(-8)})
    section("outcome")
    add(page, "decision", {"decided_on": in_days(-2)}, picked={"outcome": say("choices.outcome.certified")})
    add(page, "certificate", {"number": "1/2569", "valid_from": say_date(GRANTED, say)})
    expect(page.locator(".finding").first).to_contain_text(say_date(EXPIRES, say))
    section("result")
    for number, _ in enumerate(STANDARD.choices("result_groups")):
        settle(page, page.get_by_test_id("stMain").get_by_role("button", name=say("app.add", kind=say("fields.result.one"))).nth(number).click)
        drawer = page.get_by_role("dialog")
        field(drawer, label("result", "after")).fill("ได้ข้อมูลเร็วขึ้น")
        press(drawer, save_of("result"))
        expect(drawer).to_have_count(0)
    is_complete(page)


def downloads(page: Page, folder: Path) -> None:
    """The report opens in Word and the workbook in Excel, with what was written in them."""
    go_to(page, "certification")
    pick(page, say("page_certification.sections"), say("page_certification.section.readiness"))
    files = {}
    for name in ("report", "workbook"):
        with page.expect_download() as coming:
            page.get_by_role("button", name=say(f"page_certification.download.{name}")).click()
        files[name] = folder / coming.value.suggested_filename
        coming.value.save_as(files[name])
    report = docx.Document(str(files["report"]))
    texts = [paragraph.text for paragraph in report.paragraphs] + [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    assert any(AGENCY in text for text in texts)
    assert any("จัดทำฐานข้อมูลทะเบียน" in text for text in texts)
    workbook = openpyxl.load_workbook(files["workbook"])
    cells = {str(cell.value) for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {"งานทะเบียน", "จัดทำฐานข้อมูลทะเบียน"} <= cells


def home(page: Page) -> None:
    settle(page, page.get_by_test_id("stSidebarNav").get_by_role("link", name=say("app.home")).click)
    figures = page.locator(".figures > div")
    for number, (key, total) in enumerate(TOTALS.items()):
        expect(figures.nth(number)).to_contain_text(say(f"page_home.{key}"))
        expect(figures.nth(number).locator(".big")).to_have_text(f"{total} / 300")
    expect(page.locator(".meter").first).to_contain_text("9/9")
