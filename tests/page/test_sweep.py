"""The page of a sweep: the frontier and the points by hand, in Chromium without a network."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.page.chromium import NEEDS_CHROMIUM, SCREENS, Browser
from tests.page.reading import Reader
from tests.whatif.tiny import SHARE, tiny
from zxsim.cli import run

Paths = Mapping[str, Path]
Capture = pytest.CaptureFixture[str]


@pytest.fixture(name="swept", scope="module")
def _swept(tmp_path_factory: pytest.TempPathFactory) -> Paths:
    """Industry from 50 % to 90 %, the last without a plan, as a page in both languages."""
    folder = tmp_path_factory.mktemp("swept")
    sweep = ["--vary", f"{SHARE}=0.5:0.9:3", "--results", str(folder), "--workers", "1", "--quiet"]
    assert run(["sweep", str(tiny(folder)), *sweep, "--to", str(folder / "zh.html")]) == 0
    (made,) = folder.glob("tiny/2*-sweep")
    assert run(["sweep", str(made), "--to", str(folder / "en.html"), "--lang", "en", "--quiet"]) == 0
    return {"zh": folder / "zh.html", "en": folder / "en.html", "sweep": made}


def test_the_frontier_is_drawn_as_worked_out_by_hand(swept: Paths) -> None:
    """Shares 50 % and 70 % against 2.5 and 3.5 万元: the second is better in both; 90 % has no plan."""
    page = Reader(swept["zh"].read_text(encoding="utf-8"))
    (chart,) = page.tables["低收入农户年增收（万元） 与 产业占比"]
    assert chart.headings == ["点", "产业占比", "其他点", "前沿"]
    assert chart.rows == [["点 1", "50.0%", "2.50", ""], ["点 2", "70.0%", "", "3.50"]]
    (points,) = page.tables["各点结果"]
    assert points.column("前沿") == ["", "*", ""]
    assert points.column("效益") == ["20.00", "16.00", ""]
    assert points.column("状态") == ["最优", "最优", "约束冲突"]
    assert (
        f"{swept['sweep'].name}/inputs/resolved.toml --vary {SHARE}=0.5,0.7,0.9" in page.topics["reproduce"]
    )


def test_the_command_of_the_page_gives_the_same_points(
    swept: Paths, monkeypatch: pytest.MonkeyPatch, capsys: Capture
) -> None:
    """From the folder of results, with what was varied."""
    page = Reader(swept["en"].read_text(encoding="utf-8"))
    line = next(line for line in page.topics["reproduce"].splitlines() if "zxsim sweep" in line)
    command = line[line.index("zxsim sweep") :].split()[1:]
    monkeypatch.chdir(swept["sweep"].parent.parent)
    assert run([*command, "--results", "again", "--workers", "1", "--json"]) == 0
    again = json.loads(capsys.readouterr().out)
    assert [point["benefit"] for point in again["points"]] == [20.0, 16.0, None]


@NEEDS_CHROMIUM
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_sweep_opens_without_an_error_and_is_sorted(language: str, browser: Browser, swept: Paths) -> None:
    """On every screen; by the benefit, what has none last."""
    for screen, (width, _) in SCREENS.items():
        browser.open(swept[language], screen, topic="points")
        assert browser.said() == []
        assert browser.ask("performance.getEntriesByType('resource').length") == 0
        assert browser.ask("document.documentElement.scrollWidth") <= width
        outside = (
            "[...document.querySelectorAll('svg.chart text, svg.chart circle')].filter((one) => {"
            "const box = one.getBBox(); return box.x < -0.5 || box.x + box.width > 480.5; }).length"
        )
        assert browser.ask(outside) == 0
    named = "[...document.querySelectorAll('#points th .printed')].map((one) => one.textContent)"
    at = browser.ask(named).index({"zh": "效益", "en": "Benefit"}[language])
    browser.heading(at).click()
    assert browser.column(at) == ["16.00", "20.00", ""]
    assert browser.sorting()[at] == "ascending"
