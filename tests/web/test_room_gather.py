"""Gathering on phones and on the projector: groups as soon as they are made, dots by plain forms, and an order of texts of each phone's own."""

from __future__ import annotations

import re
from html import unescape

import pytest

from pso_core.actions.workshop_gathering import group, word
from pso_core.domain.workshop.gathering import phrase_id
from pso_core.text.phrases import LANGUAGES, phrases
from pso_core.web.room_screen import GROUPS
from tests.web.rooms import ASKED, LEADER, STAFF, Asked, Phone, Reply, Workshop, ballots_of, house, opening, workshop
from tests.web.test_room_screen import revealed, screen

TH = phrases("th")
TEXTS = ("ข้อมูลถูกต้อง", "ข้อมูลแม่นยำ", "บริการรวดเร็ว", "<b>เปิดเผย</b>", "ประชาชนเชื่อถือ")
MANY = {f"t{number}": f"ข้อความที่ {number}" for number in range(12)}


def written(workshop: Workshop) -> list[Phone]:
    """Five texts of five phones, revealed."""
    opening(workshop, "phrases")
    phones = [workshop.phone() for _ in TEXTS]
    for phone, text in zip(phones, TEXTS, strict=True):
        workshop.send(phone, {"text": text})
    workshop.move("closed")
    workshop.move("revealed")
    return phones


def put(workshop: Workshop, text: str, under: str) -> None:
    group(workshop.office, LEADER, workshop.id, "q1", [phrase_id(text)], phrase_id(under))


def items(reply: Reply) -> list[str]:
    """Names of the things a question is about, as they stand on the page."""
    return [unescape(name) for name in re.findall(r"<legend>([^<]*?) *<", reply.body)]


def test_a_group_is_seen_on_the_screen_and_on_every_phone_at_once(workshop: Workshop):
    phones = written(workshop)
    put(workshop, TEXTS[0], TEXTS[1])
    word(workshop.office, LEADER, workshop.id, "q1", phrase_id(TEXTS[1]), "ถูกต้อง <i>แม่นยำ</i>")
    for phone in phones:
        body = re.sub(r">\s+<", "><", phone.get("/room/here").body)
        assert f"<li><b>ถูกต้อง &lt;i&gt;แม่นยำ&lt;/i&gt;</b><ul><li>{TEXTS[1]}</li><li>{TEXTS[0]}</li></ul></li>" in body
        assert "<b>&lt;b&gt;เปิดเผย&lt;/b&gt;</b>" in body
    shown = screen(workshop)
    first = re.findall(r'<li class="group">.*?</li>', shown.body, re.DOTALL)
    assert (len(first), [part in first[0] for part in ("<b>ถูกต้อง &lt;i&gt;", TEXTS[0], TEXTS[1], TH("page_room.results.grouped", count=2))]) == (1, [True] * 4)
    assert len(re.findall(r"<li(?![^>]* hidden)[ >]", shown.body)) <= GROUPS
    assert not [one for one in STAFF if one.name in shown.text]


def test_before_the_reveal_nobody_reads_a_text_of_another(workshop: Workshop):
    opening(workshop, "phrases")
    workshop.send(workshop.phone(), {"text": TEXTS[0]})
    other = workshop.phone()
    for phase in ("open", "closed"):
        if phase == "closed":
            workshop.move(phase)
        assert [TEXTS[0] in page.text for page in (other.get("/room/here"), screen(workshop))] == [False, False]


# Dots


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_a_script_the_page_says_how_many_dots_are_left(workshop: Workshop, language: str):
    opening(workshop, "dots")
    say, phone = phrases(language), workshop.phone().speak(language)
    left = [f'>{say("page_room.remainder.dots.left", number=number)}</p>' for number in (5, 2)]
    page = phone.get("/room/here")
    assert (left[0] in page.body, say("page_room.help.dots", total=5, most=3) in page.text) == (True, True)
    workshop.send(phone, {"on:a": "3"})
    page = phone.get("/room/here")
    assert (left[1] in page.body, re.search(r'name="on:a" value="3" checked', page.body) is not None) == (True, True)
    workshop.send(phone, {"on:a": "3", "on:b": "2"})
    assert f'✓ {say("page_room.remainder.dots.exact")}' in phone.get("/room/here").text


@pytest.mark.parametrize(
    ("sent", "refusal"),
    [
        ({"on:a": "3", "on:b": "3"}, TH("refusals.dots_too_many", given=6, most=5)), ({"on:a": "4"}, TH("refusals.dots_on_one", given=4, most=3)),
        ({"on:a": "-3", "on:b": "3"}, TH("refusals.ballot_not_offered")), ({"on:a": "9" * 5000}, TH("refusals.ballot_not_offered")), ({"on:a": "0"}, TH("refusals.dots_none")),
    ],
    ids=["six", "four on one", "below none", "endless", "none"],
)  # fmt: skip
def test_a_ballot_made_by_hand_is_refused_and_what_was_ticked_stays(workshop: Workshop, sent: dict[str, str], refusal: str):
    opening(workshop, "dots")
    reply = workshop.send(workshop.phone(), sent)
    assert (reply.status, refusal in reply.text, ballots_of(workshop)) == (422, True, [])
    if refusal == TH("refusals.dots_too_many", given=6, most=5):
        assert len(re.findall(r'value="3" checked', reply.body)) == 2
        assert TH("page_room.remainder.dots.over", number=1) in reply.text


def test_dots_of_all_together_are_bars_the_most_first(workshop: Workshop):
    opening(workshop, "dots")
    revealed(workshop, [{"on:b": "3", "on:a": "1"}] * 4 + [{"on:b": "1"}])
    phone = workshop.phone().get("/room/here").body
    bars = re.findall(r'<div class="bar">.*?</div>', phone, re.DOTALL)
    told = [re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", bar)).strip() for bar in bars]
    assert told == [f"ร่างที่สอง 13 {TH('page_room.results.dots_from', people=5)}", f"ร่างที่หนึ่ง 4 {TH('page_room.results.dots_from', people=4)}", "ร่างที่สาม 0"]
    assert re.findall(r'class="figure[^"]*">(\d+)<', screen(workshop).body) == ["13", "4", "0"]


# The order of texts


@pytest.mark.parametrize("method", ["dots", "support"])
def test_every_phone_has_an_order_of_its_own_until_the_reveal(workshop: Workshop, method: str):
    workshop.ask(Asked(method, "ข้อความ", tuple(MANY), {"names": MANY, "each": 5, "on_one": 3}))
    workshop.move("open")
    phones = [workshop.phone() for _ in range(3)]
    orders = [items(phone.get("/room/here")) for phone in phones]
    assert [sorted(order) == sorted(MANY.values()) for order in orders] == [True] * 3
    assert len({tuple(order) for order in orders}) == 3
    assert [items(phone.get("/room/here")) for phone in phones] == orders  # and keeps it
    for phone in phones:
        workshop.send(phone, dict.fromkeys((f"on:{one}" for one in list(MANY)[:3]), "1") if method == "dots" else dict.fromkeys((f"on:{one}" for one in MANY), "1"))
    kept = [list(one[method]) for one in ballots_of(workshop)]
    assert kept == [list(MANY)] * 3  # the order of nobody's page
    workshop.move("closed")
    workshop.move("revealed")
    own = [re.findall(r"<li>(ข้อความที่ \d+): ", phone.get("/room/here").body) for phone in phones]
    assert own == [list(MANY.values())[: 3 if method == "dots" else None]] * 3


@pytest.mark.parametrize("method", ["swing", "tier"])
def test_criteria_and_tasks_keep_their_order_on_every_phone(workshop: Workshop, method: str):
    opening(workshop, method)
    assert [items(workshop.phone().get("/room/here")) for _ in range(3)] == [list(ASKED[method].settings["names"].values())] * 3
