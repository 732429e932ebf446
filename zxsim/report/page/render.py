"""The door to jinja2: a page as one HTML text, with styles and scripts inside and everything escaped."""

import base64
import hashlib
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined

from zxsim.report.labels import label
from zxsim.report.page.charts import Chart
from zxsim.report.page.drawing import drawn
from zxsim.report.page.parts import Page, Table
from zxsim.report.wording import Language

_HERE = "zxsim.report.page"
_SCRIPTS = ("table.js", "page.js")
_CODES = {"zh": "zh-CN", "en": "en"}


def html_of(page: Page, language: Language) -> str:
    """Return the whole page."""
    environment = Environment(
        loader=PackageLoader(_HERE),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def words(key: str, **fields: object) -> str:
        return label(key, language, **fields)

    scripts = [_file(name) for name in _SCRIPTS]
    environment.globals.update(words=words, drawn=drawn, table_of=table_of, code=_CODES[language])
    return environment.get_template("page.html.j2").render(
        page=page, style=_file("style.css"), scripts=scripts, policy=_policy(scripts)
    )


def table_of(chart: Chart) -> Table:
    """Return the figures of a chart as a table."""
    return Table(chart.title, chart.columns())


def _file(name: str) -> str:
    return resources.files(_HERE).joinpath(name).read_text(encoding="utf-8")


def _policy(scripts: list[str]) -> str:
    """Allow the page its own scripts and styles and nothing else: no request, no script in a name."""
    hashes = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in scripts)
    allowed = " ".join(f"'sha256-{found}'" for found in hashes)
    nothing = "default-src 'none'; base-uri 'none'; form-action 'none'"
    return f"{nothing}; script-src {allowed}; style-src 'unsafe-inline'"
