"""My list: kept by this browser alone; by keyboard, on paper, and whatever the storage holds or refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.test_everyone import DARK, NARROW, WIDE, violations

KEY = "hubmap.list"
HUB = "/hubs/porters-avenue"
GOOD = {
    "id": "hubs:porters-avenue",
    "kind": "Community hub, level 2",
    "name": "Porters Avenue",
    "href": "/hubs/porters-avenue",
    "address": "234 Porters Avenue, Dagenham, RM8 2EQ",
    "phone": "020 8596 7850",
}
HOSTILE = "{{7*7}} ${alert(1)} </script><img src=x onerror=alert(1)>"


def keep(page: Page, number: int = 0) -> Locator:
    return page.locator("[data-keep] button").nth(number)


def count(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Main").get_by_role("link", name="My list")


def items(page: Page) -> Locator:
    return page.locator("[data-list-items] > li")


def store(visit: Visit, value: object) -> Page:
    """Put a value into the storage as it is, or as JSON, and open the list."""
    page = visit.open("/my-list")
    text = value if isinstance(value, str) else json.dumps(value)
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [KEY, text])
    page.reload(wait_until="networkidle")
    return page


def stored(page: Page) -> object:
    return json.loads(page.evaluate("(key) => localStorage.getItem(key)", KEY) or "null")


def several(number: int) -> list[Mapping[str, str]]:
    return [{**GOOD, "id": f"hubs:{one}", "name": f"Hub {one}", "href": f"/hubs/{one}"} for one in range(number)]


def test_hub_is_kept_counted_shown_and_taken_off_again(visit: Visit) -> None:
    page = visit.open(HUB)
    expect(keep(page)).to_be_visible()
    expect(count(page)).to_have_count(0)
    expect(keep(page)).to_have_accessible_name("Keep on my list Porters Avenue")
    expect(keep(page)).to_have_attribute("aria-pressed", "false")
    keep(page).click()
    expect(keep(page)).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-keep] [role=status]")).to_have_text("Added to my list (1)")
    assert stored(page) == [GOOD]
    count(page).click()
    page.wait_for_url("**/my-list")
    expect(items(page)).to_have_count(1)
    for words in ("Porters Avenue", "Community hub, level 2", "234 Porters Avenue, Dagenham, RM8 2EQ"):
        expect(items(page)).to_contain_text(words)
    expect(items(page).get_by_role("link", name="020 8596 7850")).to_have_attribute("href", "tel:02085967850")
    items(page).get_by_role("link", name="Porters Avenue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Porters Avenue")
    expect(keep(page)).to_have_attribute("aria-pressed", "true")
    keep(page).click()
    expect(page.locator("[data-keep] [role=status]")).to_have_text("Taken off my list (0)")
    assert stored(page) is None


def test_cards_of_every_list_can_be_kept(visit: Visit) -> None:
    page = visit.open("/hubs")
    keep(page, 1).click()
    visit.open("/directory?category=pharmacy")
    keep(page).click()
    visit.open("/")
    page.get_by_role("main").get_by_label("Postcode").fill("RM8 3HT")
    page.get_by_role("main").get_by_role("button", name="Find").click()
    page.wait_for_url("**/find")
    keep(page).click()
    visit.open("/directory/pharmacy-fgr47")
    keep(page).click()
    expect(count(page)).to_have_text("My list (4)")
    visit.open("/my-list")
    kinds = [item.locator("[data-field=kind]").inner_text() for item in items(page).all()]
    assert [re.sub(r"\d", "N", kind) for kind in kinds] == [
        "Community hub, level N",
        "Pharmacy",
        "Community hub, level N",
        "Pharmacy",
    ]


def test_keeping_sends_nothing_and_sets_no_cookie(visit: Visit) -> None:
    page = visit.open(HUB)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    keep(page).click()
    expect(count(page)).to_have_text("My list (1)")
    page.wait_for_timeout(300)
    assert sent == []
    assert page.context.cookies() == []


def test_keyboard_alone_keeps_removes_and_brings_back(visit: Visit) -> None:
    page = visit.open(HUB)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate("() => Boolean(document.activeElement.closest('[data-keep]'))"):
            break
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") == "solid"
    page.keyboard.press("Space")
    expect(keep(page)).to_have_attribute("aria-pressed", "true")
    expect(keep(page)).to_be_focused()
    page = store(visit, several(3))
    remove = page.get_by_role("button", name="Remove Hub 1")
    remove.focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-list-status]")).to_have_text("Taken off: Hub 1")
    expect(page.get_by_role("button", name="Remove Hub 2")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Remove Hub 0")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    expect(page.get_by_role("main")).to_contain_text("Nothing is on it yet")
    page.keyboard.press("Enter")
    expect(items(page)).to_have_count(1)
    expect(page.get_by_role("link", name="Hub 0")).to_be_focused()


def test_clearing_can_be_undone(visit: Visit) -> None:
    page = store(visit, several(5))
    page.get_by_role("button", name="Clear all").click()
    expect(items(page)).to_have_count(0)
    expect(count(page)).to_have_text("My list (0)")
    expect(page.get_by_role("button", name="Print")).to_be_hidden()
    assert stored(page) is None
    page.get_by_role("button", name="Undo").click()
    expect(items(page)).to_have_count(5)
    expect(page.locator("[data-list-status]")).to_have_text("It is back on the list.")
    expect(page.get_by_role("button", name="Undo")).to_be_hidden()


NO_LISTS = [
    "not JSON",
    "",
    "null",
    "{}",
    "7",
    '"text"',
    "[[[[",
    [None, 1, "x", [], {}],
    [{**GOOD, "name": 7}],
    [{**GOOD, "name": ""}],
    [{**GOOD, "id": None}],
    [{**GOOD, "phone": {"toString": "x"}}],
    [{**GOOD, "name": "x" * 301}],
    [{"id": "hubs:x", "name": "x"}],
    "x" * 1_000_000,
]
ELSEWHERE = [
    "javascript:alert(1)",
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "/\t/evil.example/",
    "/\n/evil.example",
    " /hubs",
    "hubs/x",
    "",
    "data:text/html,x",
]


def test_storage_that_holds_no_list_is_an_empty_list(visit: Visit) -> None:
    for value in NO_LISTS:
        page = store(visit, value)
        assert (count(page).inner_text(), items(page).count()) == ("My list (0)", 0), str(value)[:60]
    visit.open(HUB)
    keep(page).click()
    assert stored(page) == [GOOD]


def test_link_that_leads_elsewhere_is_ignored(visit: Visit) -> None:
    page = store(visit, [*({**GOOD, "id": f"hubs:{href}", "href": href} for href in ELSEWHERE), GOOD])
    expect(items(page)).to_have_count(1)
    expect(items(page)).to_contain_text("Porters Avenue")


def test_hostile_words_are_shown_as_words(visit: Visit) -> None:
    alerts: list[str] = []
    visit.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    hostile = dict.fromkeys(("kind", "name", "address", "phone"), HOSTILE)
    page = store(visit, [{**GOOD, **hostile, "__proto__": {"href": "//evil.example"}, "extra": HOSTILE}, GOOD, GOOD])
    expect(items(page)).to_have_count(1)
    for field in hostile:
        expect(page.locator(f"[data-list-items] [data-field={field}]")).to_have_text(HOSTILE)
    page.get_by_role("button", name="Remove").click()
    expect(page.locator("[data-list-status]")).to_contain_text(HOSTILE)
    assert page.locator("img[src='x']").count() == 0
    assert alerts == []


def test_list_of_an_earlier_layout_keeps_what_it_can(visit: Visit) -> None:
    page = store(visit, [{"id": GOOD["id"], "name": GOOD["name"], "href": GOOD["href"]}])
    expect(items(page)).to_have_count(1)
    expect(page.locator("[data-list-items] [data-phone]")).to_be_hidden()
    expect(page.locator("[data-list-items] [data-field=address]")).to_be_hidden()


def test_storage_that_is_switched_off_offers_nothing_and_says_so(visit: Visit) -> None:
    visit.page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no', 'SecurityError'); } });"
    )
    page = visit.open(HUB)
    expect(keep(page)).to_be_hidden()
    expect(page.locator("[data-keep-nav]")).to_be_hidden()
    visit.open("/my-list")
    expect(page.get_by_role("main")).to_contain_text("the browser stores nothing")
    expect(page.locator("[data-list]")).to_be_hidden()


def test_storage_that_is_full_is_said_and_nothing_is_claimed(visit: Visit) -> None:
    page = store(visit, several(2))
    full = "() => { Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); }; }"
    page.evaluate(full)
    page.get_by_role("button", name="Remove Hub 0").click()
    expect(page.locator("[data-list-status]")).to_have_text("Your browser would not keep the change.")
    expect(items(page)).to_have_count(2)
    visit.open(HUB)
    page.evaluate(full)
    keep(page).click()
    expect(page.locator("[data-keep] [role=status]")).to_have_text("Your browser would not keep it.")
    expect(keep(page)).to_have_attribute("aria-pressed", "false")


def test_list_has_an_end(visit: Visit) -> None:
    page = store(visit, several(120))
    expect(items(page)).to_have_count(100)
    visit.open(HUB)
    keep(page).click()
    expect(page.locator("[data-keep] [role=status]")).to_contain_text("Your list is full")
    expect(count(page)).to_have_text("My list (100)")


def test_other_tab_follows(visit: Visit) -> None:
    page = visit.open(HUB)
    other = page.context.new_page()
    other.goto(visit.address + "/my-list")
    keep(page).click()
    expect(items(other)).to_have_count(1)
    other.get_by_role("button", name="Remove").click()
    expect(keep(page)).to_have_attribute("aria-pressed", "false")


def test_without_script_nothing_of_it_shows_and_the_page_says_why(visit_without_script: Visit) -> None:
    page = visit_without_script.open("/hubs")
    expect(page.get_by_role("button", name="Keep on my list")).to_have_count(0)
    expect(page.locator("[data-keep-nav]")).to_be_hidden()
    visit_without_script.open("/my-list")
    expect(page.get_by_role("main")).to_contain_text("This list needs JavaScript")
    expect(page.get_by_role("main").get_by_role("link", name="search the directory")).to_be_visible()
    expect(page.get_by_role("main").get_by_role("button")).to_have_count(0)


def test_list_is_printed_on_one_page_without_buttons(visit: Visit) -> None:
    page = store(visit, several(10))
    margin = dict.fromkeys(("top", "right", "bottom", "left"), "1cm")
    assert len(re.findall(rb"/Type /Page\b", page.pdf(format="A4", margin=margin))) == 1
    page.emulate_media(media="print")
    expect(page.get_by_role("button")).to_have_count(0)
    expect(items(page).first).to_contain_text(visit.address.removeprefix("http://") + "/hubs/0")


@pytest.mark.parametrize("visit", [WIDE, NARROW, DARK], indirect=True, ids=["wide", "narrow", "dark"])
def test_axe_finds_no_violation_in_a_list_and_in_what_is_kept(visit: Visit) -> None:
    page = store(visit, [GOOD, *several(3)])
    page.get_by_role("button", name="Remove Hub 1").click()
    assert violations(page) == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    visit.open(HUB)
    assert violations(page) == []
