"""A workshop room in real browsers: phones at 360 px that join, vote, lose and keep their drafts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from pso_core.actions import workshop_joining, workshops
from pso_core.office import Office
from pso_core.text.phrases import LANGUAGES, phrases
from tests.actions.conftest import Clock
from tests.browser.axe import violations, violations_in_both_themes
from tests.browser.reading import english_on
from tests.web.room_server import serving
from tests.web.rooms import ANSWERS, ASKED, LEADER, SCORE, STAFF, Phone, Workshop, a_workshop, an_office_with_staff, ballots_of, opening

TH = phrases("th")
_TIGHT = """() => [...document.querySelectorAll('a, button, summary, select, textarea, label.choice, label.segment, label.name, input:not([type=radio]):not([type=hidden])')]
  .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 43.5).map((one) => one.outerHTML)"""


@dataclass(frozen=True)
class Served:
    url: str
    office: Office
    clock: Clock

    def workshop(self, method: str = "", **more) -> Workshop:
        made = a_workshop(self.office, self.clock, **more)
        return opening(made, method) if method else made

    def hold(self, page: Page, phone: Phone) -> Page:
        """This browser is that phone."""
        page.context.add_cookies([{"name": name, "value": value, "domain": "127.0.0.1", "path": path} for name, (value, path) in phone.cookies.items()])
        return page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with an_office_with_staff(tmp_path_factory.mktemp("office") / "nine.duckdb", Clock(datetime.now(UTC))) as (office, clock), serving(office) as url:
        yield Served(url, office, clock)


@pytest.fixture
def phone(served: Served, visitor: Callable[..., Page]) -> Callable[..., Page]:
    """`phone(workshop)`: one more of those in the room, looking at it."""

    def opened(workshop: Workshop, *, language: str = "th", **options) -> Page:
        page = served.hold(visitor(width=360, height=740, **options), workshop.phone().speak(language))
        page.goto(f"{served.url}/room/here")
        return page

    return opened


def send(page: Page) -> None:
    page.get_by_role("button", name=TH("page_room.send"), exact=False).first.click()


def fill_in(page: Page, fields: Mapping[str, str]) -> None:
    for name, value in fields.items():
        field = page.locator(f'[name="{name}"]')
        if field.count() > 1:
            field.and_(page.locator(f'[value="{value}"]')).check()
        elif field.evaluate("(one) => one.localName") == "select":
            field.select_option(value)
        else:
            field.fill(value)


def sideways(page: Page) -> list[str]:
    """How much wider than the window the page is."""
    return page.evaluate("[document.documentElement.scrollWidth].filter((width) => width > innerWidth)")


def in_phase(page: Page, phase: str, timeout: float = 5_000) -> None:
    expect(page.locator("[data-phase]")).to_have_text(TH(f"page_room.phase.{phase}"), timeout=timeout)


def followed(pages: Iterable[Page], workshop: Workshop) -> None:
    """Each of these shows what the leader did last. A phone that is told of two things asks twice, the second time when it will."""
    for page in pages:
        page.locator(f'#now[data-version="{workshop.room.number}"]').wait_for()


def test_a_phone_comes_in_by_six_digits_votes_and_sees_what_it_sent(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop("score", pin="4711")
    page = visitor(width=360, height=740)
    page.goto(f"{served.url}/room")
    page.get_by_label(TH("page_room.code")).fill(workshop.code)
    page.get_by_role("button", name=TH("page_room.go_in")).click()
    page.get_by_role("searchbox").fill("คนที่ 3")
    expect(page.locator(".name:visible")).to_have_count(1)
    page.get_by_text(STAFF[2].name).click()
    page.get_by_label(TH("page_room.pin")).fill("4711")
    page.get_by_role("button", name=TH("page_room.go_in")).click()
    page.get_by_role("radio", name="มีบางส่วน").check()
    page.get_by_label(TH("page_room.reason")).fill("มีบางหน่วยงาน")
    page.get_by_label(TH("page_room.evidence")).select_option("evidence:1")
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    expect(page.get_by_label(TH("page_room.reason"))).to_have_value("มีบางหน่วยงาน")
    assert ballots_of(workshop) == [{"level": 1, "reason": "มีบางหน่วยงาน", "evidence": "evidence:1"}]


def test_every_phone_and_the_screen_follow_within_a_second_without_a_reload(served: Served, phone: Callable[..., Page], visitor: Callable[..., Page]):
    workshop = served.workshop()
    pages = [phone(workshop) for _ in range(2)]
    pages.append(served.hold(visitor(width=1024, height=768), Phone().sign_in(served.office, "facilitator")))
    pages[-1].goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    for page in pages:
        page.evaluate("window.same = true")
    workshop.ask(SCORE)
    took = []
    for phase in ("open", "closed", "revealed"):
        began = monotonic()
        workshop.move(phase)
        for page in pages:
            in_phase(page, phase)
        took.append(monotonic() - began)
    assert [page.evaluate("window.same") for page in pages] == [True] * 3
    assert min(took) < 1.0  # the machine may be busy once


def test_what_is_typed_stays_while_the_room_moves_and_through_a_locked_phone(served: Served, phone: Callable[..., Page]):
    workshop = served.workshop("score")
    page = phone(workshop)
    reason = page.get_by_label(TH("page_room.reason"))
    page.get_by_role("radio", name="ครบถ้วน").check()
    reason.press_sequentially("กำลังพิมพ์")
    expect(page.get_by_text(TH("page_room.unsent"))).to_be_visible()
    workshops.extend(served.office, LEADER, workshop.id, "q1", 5)
    expect(page.get_by_role("timer")).to_be_visible()
    reason.press_sequentially("ต่อ")
    expect(reason).to_have_value("กำลังพิมพ์ต่อ")
    address = page.url
    page.goto("about:blank")  # an hour later
    page.goto(address)
    expect(reason).to_have_value("กำลังพิมพ์ต่อ")
    expect(page.get_by_role("radio", name="ครบถ้วน")).to_be_checked()
    workshop.move("closed")
    expect(page.get_by_text(TH("page_room.late"))).to_be_visible()
    expect(reason).to_have_value("กำลังพิมพ์ต่อ")
    workshop.move("open")
    in_phase(page, "open")
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    assert [one["reason"] for one in ballots_of(workshop)] == ["กำลังพิมพ์ต่อ"]
    page.reload()
    expect(page.get_by_text(TH("page_room.unsent"))).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_draft_that_came_too_late_is_still_to_be_read_after_the_reveal(served: Served, phone: Callable[..., Page]):
    workshop = served.workshop("score")
    page = phone(workshop)
    page.get_by_label(TH("page_room.reason")).fill("ไม่ทันส่ง <b>")
    workshop.move("closed")
    workshop.move("revealed")
    expect(page.locator("[data-unsent] li")).to_have_text("ไม่ทันส่ง <b>")


def test_without_the_line_nothing_is_lost_and_sending_again_goes_through(served: Served, phone: Callable[..., Page]):
    workshop = served.workshop("points")
    page = phone(workshop, complains=True)
    for field, value in zip(page.locator("[data-points]").all(), ("50", "๓๐", "19"), strict=True):
        field.fill(value)
    expect(page.locator(".remainder")).to_have_text(TH("page_room.remainder.points.left", number=1))
    send(page)
    expect(page.get_by_text(TH("refusals.ballot_sum", sum=99, total=100, left=1))).to_be_visible()
    assert [field.input_value() for field in page.locator("[data-points]").all()] == ["50", "๓๐", "19"]
    page.locator("[data-points]").last.fill("20")
    expect(page.locator(".remainder")).to_have_text(f"✓ {TH('page_room.remainder.points.exact')}")
    page.context.set_offline(True)
    send(page)
    expect(page.get_by_text(TH("page_room.offline"))).to_be_visible()
    page.context.set_offline(False)
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    assert ballots_of(workshop) == [{"points": {"coverage": 50, "accuracy": 30, "speed": 20}}]


def test_a_phone_whose_clock_is_an_hour_off_shows_the_time_that_is_left(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop()
    workshop.ask(SCORE)
    workshop.move("open", minutes=5)
    page = visitor(width=360, height=740, alone=True)
    page.clock.set_system_time(datetime(2020, 1, 1, tzinfo=UTC))
    served.hold(page, workshop.phone()).goto(f"{served.url}/room/here")
    minutes, seconds = page.locator("[data-left]").inner_text().split(":")
    assert 285 <= 60 * int(minutes) + int(seconds) <= 300


def test_a_guest_is_let_in_and_out_before_their_eyes(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop("score")
    page = visitor(width=360, height=740, complains=True)
    page.goto(f"{served.url}{workshop.door}")
    page.get_by_text(TH("page_room.guest"), exact=True).click()
    page.get_by_label(TH("page_room.guest_name")).fill("นายแขก")
    page.get_by_role("button", name=TH("page_room.guest_in")).click()
    expect(page.get_by_role("heading", name=TH("page_room.waiting"))).to_be_visible()
    guest = next(one for one in served.office.store.workshops.participants(workshop.id) if not one.person_id)
    workshop_joining.admit(served.office, LEADER, workshop.id, guest.id)
    expect(page.get_by_label(TH("page_room.reason"))).to_be_visible()
    page.get_by_label(TH("page_room.reason")).fill("พิมพ์ค้าง")
    workshop_joining.let_go(served.office, LEADER, workshop.id, guest.id)
    expect(page.get_by_role("heading", name=TH("page_room.gone"))).to_be_visible()
    expect(page.locator("[data-unsent] li")).to_have_text("พิมพ์ค้าง")


@pytest.mark.parametrize("method", ["swing", "dots"])
def test_it_all_works_without_scripts(served: Served, visitor: Callable[..., Page], method: str):
    workshop, page = served.workshop(method), visitor(width=360, height=740, java_script_enabled=False)
    page.goto(f"{served.url}{workshop.door}")
    page.get_by_text(STAFF[0].name).click()
    page.get_by_role("button", name=TH("page_room.go_in")).click()
    for name, value in ANSWERS[method].items():
        page.locator(f'input[name="{name}"][value="{value}"]').check()
    send(page)
    expect(page.get_by_text(TH("page_room.sent"), exact=False)).to_be_visible()
    assert len(ballots_of(workshop)) == 1


def test_nothing_pushed_is_made_up_for_by_asking(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop()
    page = served.hold(visitor(width=1024, height=768, complains=True, alone=True), Phone().sign_in(served.office, "facilitator"))
    page.route("**/room/events*", lambda route: route.abort())
    page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    workshop.ask(SCORE)
    in_phase(page, "draft", timeout=10_000)


def test_the_screen_stands_still_while_it_is_paused(served: Served, visitor: Callable[..., Page]):
    workshop = served.workshop("score")
    page = served.hold(visitor(width=1024, height=768), Phone().sign_in(served.office, "facilitator"))
    page.goto(f"{served.url}/room/screen/{workshop.id}?view=screen")
    page.get_by_role("button", name=TH("page_room.screen.pause")).click()
    workshop.move("closed")
    page.wait_for_timeout(800)
    in_phase(page, "open")
    page.get_by_role("button", name=TH("page_room.screen.resume")).click()
    in_phase(page, "closed")


def test_axe_finds_nothing_on_a_phone_and_a_thumb_finds_its_place(served: Served, phone: Callable[..., Page]):
    """On a Thai and an English phone that follow their room through every method: where an answer lacks everything, was sent, is closed and is shown."""
    workshop, wrong = served.workshop(), {}
    workshop.ask(*ASKED.values())
    others = [workshop.phone() for _ in range(3)]
    pages = {language: phone(workshop, language=language, complains=True) for language in LANGUAGES}
    for page in pages.values():
        page.emulate_media(reduced_motion="reduce")  # measured where a refusal leads to, not on the way there
    for question, method in zip(workshop.room.questions, ASKED, strict=True):
        workshops.look_at(served.office, LEADER, workshop.id, question)
        followed(pages.values(), workshop)
        for step, shown in {"refused": "[data-refusal]", "sent": "[data-fresh]", "closed": "[data-state=closed]", "revealed": "[data-state=revealed]"}.items():
            if step != "sent":
                workshop.move("open" if step == "refused" else step, question)
                followed(pages.values(), workshop)
            for other in others if step == "refused" else ():
                workshop.send(other, question=question)
            for language, page in pages.items():
                fill_in(page, ANSWERS[method] if step == "sent" else {})
                if step in ("refused", "sent"):
                    page.locator("#answer button.main").click()
                page.locator(shown).wait_for()
                wrong[method, step, language] = page.evaluate(_TIGHT) + sideways(page)
            wrong[method, step, "axe"] = violations_in_both_themes(pages["th"]) if step in ("refused", "revealed") else violations(pages["th"])
            wrong[method, step, "not Thai"] = list(english_on(pages["th"]))
    assert {where: found for where, found in wrong.items() if found} == {}


@pytest.mark.parametrize(("language", "scheme"), [("th", "dark"), ("en", "light")])
def test_axe_finds_nothing_at_the_door(served: Served, visitor: Callable[..., Page], language: str, scheme: str):
    workshop = served.workshop(pin="4711")
    workshop.phone()
    page = served.hold(visitor(width=360, height=740, color_scheme=scheme, complains=True), Phone().speak(language))
    wrong = {}
    for path in ("/room", workshop.door, "/room/here", "/room/join/x"):
        page.goto(f"{served.url}{path}")
        for folded in page.locator("summary").all():
            folded.click()
        wrong[path] = violations(page) + page.evaluate(_TIGHT) + sideways(page)
    assert {where: found for where, found in wrong.items() if found} == {}
