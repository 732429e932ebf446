"""Texts that a spreadsheet, a browser, a Markdown viewer or a terminal would act on are shown and no more."""

import csv
import re
import tomllib
from html.parser import HTMLParser
from pathlib import Path
from zipfile import ZipFile

import polars as pl
import pytest

from tests.page.chromium import NEEDS_CHROMIUM, opened
from tests.proof.commands import Ended
from tests.proof.hostile import HARM

pytestmark = pytest.mark.slow

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def _pages(hostile: Ended) -> list[Path]:
    return sorted(hostile.folder.glob("*.html"))


def test_no_text_is_a_formula_or_a_link_in_a_workbook(hostile: Ended) -> None:
    """No part holds a formula or a relation to anything outside; cells that begin like one are quoted."""
    books = sorted(set(hostile.folder.glob("*.xlsx")) - set(hostile.given))
    assert len(books) > len(("out", "compared", "swept"))
    for book in books:
        with ZipFile(book) as parts:
            names = parts.namelist()
            text = "".join(parts.read(name).decode() for name in names if name.startswith("xl/work"))
            relations = "".join(parts.read(name).decode() for name in names if name.endswith(".rels"))
            styles = parts.read("xl/styles.xml").decode()
            shared = "".join(parts.read(name).decode() for name in names if "sheet" in name)
        assert "<f>" not in text
        assert "<f " not in text
        assert "hyperlink" not in text
        assert 'TargetMode="External"' not in relations
        assert not [name for name in names if "external" in name.lower() or "vba" in name.lower()]
        assert book.stem != "out" or "=cmd|" in shared
        assert book.stem != "out" or "quotePrefix" in styles


def test_no_cell_of_an_exported_csv_is_a_formula(hostile: Ended) -> None:
    """Neither a heading nor a cell begins like a formula, unless it is a number."""
    files = sorted(hostile.folder.glob("*.csv"))
    assert len(files) > 10
    for path in files:
        with path.open(encoding="utf-8-sig", newline="") as file:
            cells = [cell for row in csv.reader(file) for cell in row]
        live = [cell for cell in cells if cell.lstrip(" ").startswith(_LIVE)]
        assert [cell for cell in live if not re.fullmatch(r"[-+]?[\d.]+(e-?\d+)?", cell)] == [], path.name
    assert "'=cmd" in (hostile.folder / "out.csv").read_text(encoding="utf-8")


def test_the_tables_of_a_run_keep_every_text(hostile: Ended) -> None:
    """What is made harmless in exports is exact in the run: it is data there, and read back."""
    inputs = hostile.runs()[0] / "inputs"
    names = pl.read_csv(inputs / "projects.csv", infer_schema=False)["name"]
    assert any(name.startswith("=cmd|' /C calc'!A0") for name in names)
    given = tomllib.loads((inputs / "resolved.toml").read_text(encoding="utf-8"))
    assert sorted(given["fund"]) == ["city", "county"]
    assert given["name"].startswith(HARM[0])
    assert given["measure"]["relief"]["label"].startswith(HARM[14][:20])


class _Elements(HTMLParser):
    """Elements of a page with their attributes, and its text outside styles and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_text_is_an_element_of_a_page(hostile: Ended) -> None:
    """Names stand in the text as they are; no element, attribute, address or template comes of them."""
    assert {page.name for page in _pages(hostile)} > {"compared.html", "report.html", "sweep.html"}
    for page in _pages(hostile):
        elements = _Elements(page.read_text(encoding="utf-8"))
        tags = [tag for tag, _ in elements.found]
        assert tags.count("script") == 2
        assert not {"img", "iframe", "object", "embed", "base", "link", "form", "image", "use"} & set(tags)
        for _, attributes in elements.found:
            assert not [
                key for key in attributes if key.startswith("on") or key in ("src", "srcset", "action")
            ]
            href = attributes.get("href") or attributes.get("xlink:href") or "#"
            assert href.startswith("#")
            assert "url(" not in (attributes.get("style") or "")
        assert HARM[0] in elements.text
        assert "49" not in re.findall(r"(\d+){% raw %}", elements.text)


def test_markdown_shows_every_text_as_it_is(hostile: Ended) -> None:
    """A row stays a row, and neither a tag, nor code, nor a heading, nor a link comes of a name."""
    for path in sorted(hostile.folder.glob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"(?<!\\)<(?!br>)[a-z/]", text)
        assert not re.search(r"(?<!\\)\]\(", text)
        assert "\n# f" not in text
        assert "b`c" not in text
        assert "c*d" not in text
        tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
        assert tables
        for table in tables:
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


def test_no_text_steers_the_terminal(hostile: Ended) -> None:
    """No control letter, no turned writing; what looks like markup is printed as it is."""
    said = "".join(hostile.printed.values())
    assert [hex(ord(letter)) for letter in said if ord(letter) < 0x20 and letter not in "\n\t\r"] == []
    assert not re.search("[\x7f-\x9f\u2028-\u202e\u2066-\u2069]", said)
    assert "[red]x[/red]" in said
    assert ":smile:" in said


def test_commands_end_as_they_should(hostile: Ended) -> None:
    """All do their work; two replications are too few for what is published."""
    assert {line.split()[0]: code for line, code in hostile.codes.items() if code} == {"calibrate": 7}


def test_no_command_asks_for_an_address(hostile: Ended) -> None:
    """No socket is opened beyond the machine, no address looked up, by none of all commands."""
    import socket  # noqa: PLC0415 (only here)

    from tests.proof.commands import without_network  # noqa: PLC0415

    assert hostile.asked == []
    assert len({line.split()[0] for line in hostile.codes}) == 16
    with without_network() as asked:
        with socket.socket() as one, pytest.raises(PermissionError):
            one.connect(("127.0.0.1", 9))
        assert len(asked) == 1


@NEEDS_CHROMIUM
def test_a_browser_runs_nothing_of_them(hostile: Ended) -> None:
    """Chromium without a network: no dialogue, nothing on the console, no request."""
    with opened() as browser:
        for page in _pages(hostile):
            browser.open(page)
            assert browser.said() == []
            assert browser.ask("performance.getEntriesByType('resource').length") == 0
            assert browser.ask("document.querySelectorAll('svg[onload], img').length") == 0
