"""A page as a test reads it: elements, tables by their caption, and the text of each topic."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"meta", "input", "link", "img", "br"}


@dataclass
class Found:
    """A table: headings, and rows of texts with what each cell is sorted by."""

    headings: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def column(self, heading: str) -> list[str]:
        """Texts of a column."""
        at = self.headings.index(heading)
        return [row[at] for row in self.rows]


class Reader(HTMLParser):
    """Reads a page.

    ``elements`` are the names and attributes of all elements, ``topics`` the text of each section,
    ``tables`` those of each caption in the order of the page.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.topics: dict[str, str] = {}
        self.tables: dict[str, list[Found]] = {}
        self.open: list[str] = []
        self._topic = ""
        self._caption = ""
        self._table = Found()
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        given = dict(attrs)
        assert len(given) == len(attrs)
        self.elements.append((tag, given))
        if tag not in VOID:
            self.open.append(tag)
        if tag == "section":
            self._topic = given["id"] or ""
            self.topics[self._topic] = ""
        elif tag == "table":
            self._table, self._caption = Found(), ""
        elif tag == "tr" and "tbody" in self.open:
            self._table.rows.append([])
        elif tag == "td":
            self._table.rows[-1].append("")
        elif tag == "th":
            self._table.headings.append("")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that closes itself, as in SVG."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        """Close an element; a page leaves none open and closes none twice."""
        assert self.open.pop() == tag
        if tag == "table":
            self.tables.setdefault(self._caption, []).append(self._table)
        elif tag == "section":
            self._topic = ""

    def handle_data(self, data: str) -> None:
        """Put a text where it belongs."""
        if self._topic:
            self.topics[self._topic] += data
        if not self.open:
            return
        if self.open[-1] == "caption":
            self._caption += data
        elif self.open[-1] == "th":
            self._table.headings[-1] += data
        elif self.open[-1] == "td":
            self._table.rows[-1][-1] += data


def harmless(text: str) -> Reader:
    """Read a page; assert that it asks for nothing and runs no script but its own two."""
    page = Reader(text)
    assert [tag for tag, _ in page.elements].count("script") == 2
    assert not {"img", "b", "i", "link", "iframe", "object", "base"} & {tag for tag, _ in page.elements}
    for _, attributes in page.elements:
        assert not [key for key in attributes if key.startswith("on") or key in ("src", "srcset", "action")]
        assert (attributes.get("href") or "#").startswith("#")
    assert "://" not in text
    return page
