"""What somebody typed is repeated as it was typed: Streamlit makes a link of it only where the browser draws it."""

from __future__ import annotations

from playwright.sync_api import expect

from pso_core.text.phrases import phrases
from tests.browser.filling import press, write
from tests.browser.houses import House
from tests.browser.waiting import turn_to, visit

say = phrases("th")


def test_what_was_typed_is_no_link_and_is_copied_as_it_is_seen_and_a_link_has_the_colour_of_the_house(house: House, enter):
    """A word joiner keeps an address from becoming a link; in a mail program it would be another address. A link in a text of
    ours has not the browser's own blue, which is hardly read on a dark page."""
    typed = "www.x.th http://x name@example.go.th"
    page = enter("beginner", permissions=["clipboard-read", "clipboard-write"])
    visit(page, f"{house.url}/step_4_weights")
    write(page, say("fields.weight.weight.label"), typed)
    press(page, say("page_weights.save"))
    answer = page.get_by_role("alert").first
    expect(answer).to_contain_text("name@\u2060")
    assert typed in answer.text_content().replace("\u2060", "")
    assert answer.locator("a").count() == 0
    answer.evaluate("(alert) => getSelection().selectAllChildren(alert)")
    page.keyboard.press("Control+C")
    plain, rich = page.evaluate(
        """async () => {
          const [item] = await navigator.clipboard.read()
          return Promise.all(["text/plain", "text/html"].map(async (kind) => (await item.getType(kind)).text()))
        }"""
    )
    assert [(typed in text, "\u2060" in text) for text in (plain, rich)] == [(True, False)] * 2
    assert plain.strip() == answer.inner_text().replace("\u2060", "").strip()
    turn_to(page, f"{house.url}/evidence")
    colours = page.evaluate(
        """() => {
          const text = document.querySelector(".stHtml")
          text.insertAdjacentHTML("beforeend", "<a href='#x'>1-01</a><b style='color: var(--navy)'>1-01</b>")
          return ["a[href='#x']", "b:last-child"].map((which) => getComputedStyle(text.querySelector(which)).color)
        }"""
    )
    assert colours[0] == colours[1]
