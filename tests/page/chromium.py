"""A page in a real browser without a network."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
NEEDS_CHROMIUM = pytest.mark.skipif(
    (CHROMIUM is None or DRIVER is None) and not os.environ.get("ZXSIM_REQUIRE_BROWSER"),
    reason="Chromium or its driver is not installed",
)
OPTIONS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"),
    *("--proxy-server=127.0.0.1:9", "--host-resolver-rules=MAP * ~NOTFOUND"),
    *("--disable-background-networking", "--no-first-run"),
)
SCREENS = {"laptop": (1280, 800), "projector": (1920, 1080), "phone": (390, 844)}
MOST_SECONDS = 60
"""So long a page may take to be there on a busy machine."""

AMOUNT = 6
"""Column of the amounts of the allocation."""


class Browser:
    """A page that is open in Chromium."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver = driver
        self.topic = ""

    def open(self, page: Path, screen: str = "laptop", topic: str = "allocation") -> None:
        """Load a page on a screen of that size, and forget what was said of others.

        ``topic`` is the section whose first table is read.
        """
        self.topic = topic
        width, height = SCREENS[screen]
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        self.said()
        self.ask("(window.left = true)")  # a busy driver may come back before the new page is there
        self.driver.get(page.as_uri())
        there = "!window.left && document.readyState === 'complete'"
        WebDriverWait(self.driver, MOST_SECONDS).until(lambda _: self.ask(there))

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
        """Texts of a column of the topic's first table, of the rows in view."""
        rows = f"[...document.querySelectorAll('#{self.topic} .table tbody')[0].rows]"
        return list(
            self.ask(f"{rows}.filter((row) => !row.hidden).map((row) => row.cells[{at}].textContent)")
        )

    def amounts(self) -> list[float]:
        """Amounts of an allocation in view."""
        return [float(text.replace(",", "")) for text in self.column(AMOUNT)]

    def heading(self, at: int) -> WebElement:
        """Button in a heading of the topic's first table."""
        return self.find(f"#{self.topic} .table th:nth-child({at + 1}) button")

    def sorting(self) -> list[str]:
        """What each heading of the topic's first table says of its order."""
        table = f"document.querySelector('#{self.topic} .table thead tr')"
        return list(self.ask(f"[...{table}.cells].map((cell) => cell.getAttribute('aria-sort'))"))

    def press(self, *keys: str) -> None:
        """Press keys wherever the focus is."""
        for key in keys:
            self.driver.switch_to.active_element.send_keys(key)


@contextmanager
def opened() -> Iterator[Browser]:
    """Start Chromium, and end it."""
    assert CHROMIUM is not None, "ZXSIM_REQUIRE_BROWSER is set and chromium is missing"
    assert DRIVER is not None, "ZXSIM_REQUIRE_BROWSER is set and chromedriver is missing"
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in OPTIONS:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
