"""Pages in a real browser without a network: no error, sorted and filtered by mouse and keys, printed."""

import base64
from collections.abc import Mapping
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from tests.page.chromium import AMOUNT, NEEDS_CHROMIUM, SCREENS, Browser

Paths = Mapping[str, Path]
pytestmark = NEEDS_CHROMIUM
PAGES = ["simulated-zh", "simulated-en", "planned-zh", "hostile-zh", "two-zh"]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("screen", SCREENS)
def test_a_page_opens_without_an_error_and_asks_for_nothing(
    name: str, screen: str, browser: Browser, pages: Paths
) -> None:
    """Nothing on the console, no request, no script of a name, and nothing wider than the screen."""
    browser.open(pages[name], screen)
    assert browser.said() == []
    assert browser.ask("performance.getEntriesByType('resource').length") == 0
    assert browser.ask("document.documentElement.scrollWidth") <= SCREENS[screen][0]
    assert browser.ask("document.querySelectorAll('#allocation table.sortable').length") > 0
    empty = "[...document.querySelectorAll('svg.chart')].filter((one) => one.getBBox().height < 200).length"
    assert browser.ask(empty) == 0
    wide = (
        "[...document.querySelectorAll('svg.chart text')].filter((one) => {"
        "const box = one.getBBox(); return box.x < -0.5 || box.x + box.width > 480.5; }).length"
    )
    assert browser.ask(wide) == 0


def test_a_request_is_refused_by_the_page_itself(browser: Browser, pages: Paths) -> None:
    """The policy of the page stops an image, so that the test above does not hang on the names alone."""
    browser.open(pages["hostile-zh"])
    browser.ask("document.body.append(Object.assign(new Image(), {src: 'http://127.0.0.1:9/x'}))")
    browser.driver.implicitly_wait(1)
    said = browser.said()
    assert any("Content Security Policy" in entry["message"] for entry in said)


def test_headings_sort_by_click(browser: Browser, pages: Paths) -> None:
    """Numbers as numbers, up, down and back to the first order; aria-sort says which."""
    browser.open(pages["simulated-zh"])
    first = browser.amounts()
    browser.heading(AMOUNT).click()
    assert browser.amounts() == sorted(first)
    assert browser.amounts() != first
    assert browser.sorting() == ["none"] * AMOUNT + ["ascending"]
    browser.heading(AMOUNT).click()
    assert browser.amounts() == sorted(first, reverse=True)
    assert browser.sorting()[AMOUNT] == "descending"
    browser.heading(AMOUNT).click()
    assert browser.amounts() == first
    assert set(browser.sorting()) == {"none"}


@pytest.mark.parametrize("key", [Keys.ENTER, Keys.SPACE])
def test_headings_sort_by_key(key: str, browser: Browser, pages: Paths) -> None:
    """A heading is reached by Tab and pressed by Enter and by Space; one heading at a time is in order."""
    browser.open(pages["simulated-zh"])
    first = browser.amounts()
    browser.ask("document.querySelector('#allocation .table .scroll').focus()")
    browser.press(*[Keys.TAB] * (AMOUNT + 1))
    assert browser.ask("document.activeElement.parentElement.cellIndex") == AMOUNT
    browser.press(key, key)
    assert browser.amounts() == sorted(first, reverse=True)
    browser.driver.switch_to.active_element.send_keys(Keys.SHIFT, Keys.TAB)
    browser.press(key)
    years = browser.column(AMOUNT - 1)
    assert years == sorted(years)
    assert browser.sorting() == ["none"] * (AMOUNT - 1) + ["ascending", "none"]


def test_the_filter_keeps_rows_with_all_words_and_tells_their_sum(browser: Browser, pages: Paths) -> None:
    """Typed words and a chosen year narrow the rows, the sum is of those; clearing brings all back."""
    browser.open(pages["simulated-zh"])
    everything = list(zip(browser.column(1), browser.column(5), browser.amounts(), strict=True))
    browser.find("#allocation input[type=search]").send_keys("种植 江联")
    kept = [row for row in everything if "种植" in row[0] and "江联" in row[0]]
    assert 0 < len(kept) < len(everything)
    assert browser.amounts() == [amount for _, _, amount in kept]
    chooser = browser.find("#allocation .filter label:nth-of-type(5) select")
    year = kept[0][1]
    Select(chooser).select_by_value(year)
    kept = [row for row in kept if row[1] == year]
    assert browser.amounts() == [amount for _, _, amount in kept]
    told = browser.find("#allocation .count").text
    assert told == f"显示 {len(kept)} / {len(everything)} 行，合计 {sum(row[2] for row in kept):,.2f} 万元"
    browser.heading(AMOUNT).click()
    assert browser.amounts() == sorted(amount for _, _, amount in kept)
    browser.find("#allocation .clear").send_keys(Keys.ENTER)
    assert len(browser.amounts()) == len(everything)
    assert "400.00 万元" in browser.find("#allocation .count").text


def test_names_that_are_html_sort_and_filter_as_text(browser: Browser, pages: Paths) -> None:
    """Choices are made of names as they are; nothing of them runs."""
    browser.open(pages["hostile-zh"])
    options = browser.ask(
        "[...document.querySelectorAll('#allocation .filter option')].map((one) => one.value)"
    )
    assert "<b>甲村</b>" in options
    browser.find("#allocation input[type=search]").send_keys("<script>")
    assert set(browser.column(1)) == {"<script>alert(1)</script>"}
    assert browser.ask("document.querySelectorAll('b, img').length") == 0
    assert browser.said() == []


def test_the_first_tab_leads_past_the_contents(browser: Browser, pages: Paths) -> None:
    """The skip link is first, seen when it has the focus, and takes the focus to the report."""
    browser.open(pages["simulated-zh"])
    browser.press(Keys.TAB)
    assert browser.ask("document.activeElement.className") == "skip"
    assert browser.ask("document.activeElement.getBoundingClientRect().left") >= 0
    browser.press(Keys.ENTER)
    assert browser.ask("document.activeElement.id") == "report"


def test_chinese_is_drawn_by_a_font_that_has_it(browser: Browser, pages: Paths) -> None:
    """Two Chinese letters look different: where the font lacks them both are the same empty box."""
    browser.open(pages["simulated-zh"])
    picture = (
        "((letter) => { const c = document.createElement('canvas'); const d = c.getContext('2d');"
        "d.font = '40px ' + getComputedStyle(document.body).fontFamily; d.fillText(letter, 5, 50);"
        "return c.toDataURL(); })(arguments[0])"
    )
    drawn = {browser.ask(picture, letter) for letter in "衔接资金"}
    assert len(drawn) == 4


def test_several_runs_are_switched_by_keys(browser: Browser, pages: Paths) -> None:
    """Side by side at first; an arrow key shows them one below the other, then one run alone."""
    browser.open(pages["two-zh"])
    left = "[...document.querySelectorAll('#targets .panel')].map((one) => one.getBoundingClientRect().left)"
    assert len(set(browser.ask(left))) == 2
    browser.find(".which input").send_keys(Keys.ARROW_RIGHT)
    assert len(set(browser.ask(left))) == 1
    browser.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    shown = "[...document.querySelectorAll('.panel[data-run]')].filter((one) => one.offsetHeight > 0)"
    assert set(browser.ask(f"{shown}.map((one) => one.dataset.run)")) == {"2"}


def test_a_page_is_printed_with_everything_unfolded(browser: Browser, pages: Paths) -> None:
    """Print makes a PDF of several A4 pages; what was folded is open while it prints, and folded again."""
    browser.open(pages["simulated-zh"])
    folded = "document.querySelectorAll('details:not([open])').length"
    browser.ask(f"(window.seen = [], addEventListener('beforeprint', () => seen.push({folded})))")
    asked = {"preferCSSPageSize": True, "printBackground": True}
    made = browser.driver.execute_cdp_cmd("Page.printToPDF", asked)
    pdf = base64.b64decode(made["data"])
    assert pdf.startswith(b"%PDF")
    assert pdf.count(b"/Type /Page\n") > 5
    assert browser.ask("window.seen") == [0]
    assert browser.ask("document.querySelectorAll('details[open]').length") == 0
