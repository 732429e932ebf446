"""Pages in a real browser without a network: no error, sorted and filtered by mouse and keys, printed."""

import base64
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.ui import Select

Paths = Mapping[str, Path]
CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(
    (CHROMIUM is None or DRIVER is None) and not os.environ.get("ZXSIM_REQUIRE_BROWSER"),
    reason="Chromium or its driver is not installed",
)
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--disable-background-networking", "--no-first-run"),
)
SCREENS = {"laptop": (1280, 800), "projector": (1920, 1080), "phone": (390, 844)}
PAGES = ["simulated-zh", "simulated-en", "planned-zh", "hostile-zh", "two-zh"]
AMOUNT = 6
"""Column of the amounts of the allocation."""


class Browser:
    """A page that is open in Chromium."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver

    def open(self, page: Path, screen: str = "laptop") -> None:
        """Load a page on a screen of that size, and forget what was said of others."""
        width, height = SCREENS[screen]
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.said()
        self.driver.get(page.as_uri())

    def said(self) -> list[dict[str, Any]]:
        """What stands on the console since it was last asked."""
        return list(self.driver.get_log("browser"))  # type: ignore[no-untyped-call]  # (selenium's)

    def ask(self, script: str, *arguments: object) -> Any:
        """Evaluate an expression in the page."""
        return self.driver.execute_script(f"return {script}", *arguments)

    def find(self, selector: str) -> WebElement:
        """The first element of a selector."""
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def column(self, at: int) -> list[str]:
        """Texts of a column of the allocation, of the rows in view."""
        rows = "[...document.querySelectorAll('#allocation .table tbody')[0].rows]"
        return list(
            self.ask(f"{rows}.filter((row) => !row.hidden).map((row) => row.cells[{at}].textContent)")
        )

    def amounts(self) -> list[float]:
        """Amounts in view."""
        return [float(text.replace(",", "")) for text in self.column(AMOUNT)]

    def heading(self, at: int) -> WebElement:
        """Button in a heading of the allocation."""
        return self.find(f"#allocation .table th:nth-child({at + 1}) button")

    def sorting(self) -> list[str]:
        """What each heading of the allocation says of its order."""
        table = "document.querySelector('#allocation .table thead tr')"
        return list(self.ask(f"[...{table}.cells].map((cell) => cell.getAttribute('aria-sort'))"))

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)


@pytest.fixture(name="browser", scope="module")
def _browser() -> Iterator[Browser]:
    assert CHROMIUM is not None, "ZXSIM_REQUIRE_BROWSER is set and chromium is missing"
    assert DRIVER is not None, "ZXSIM_REQUIRE_BROWSER is set and chromedriver is missing"
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    yield Browser(driver)
    driver.quit()


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
