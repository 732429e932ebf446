"""Parts of a page outside the report, and the files that pages are made with."""

from pathlib import Path

from hatchling.builders.wheel import WheelBuilder

from tests.page.conftest import EVENT, SCRIPT
from tests.page.reading import Reader
from zxsim.exporters.sheet import Column
from zxsim.report.page.assemble import same_scales_by_topic
from zxsim.report.page.charts import Chart, Line
from zxsim.report.page.parts import Facts, Figure, Fold, Page, Panel, Table, Text, Topic
from zxsim.report.page.write import write


def test_another_page_is_made_of_the_same_parts(tmp_path: Path) -> None:
    """A page of one's own topics, without any run, is sorted, drawn and escaped alike."""
    moved = Table("Moved", [Column("place", [SCRIPT, "b"], 9), Column("wan", [2.5, -1.0], 9, format="money")])
    chart = Chart("Gap", "points", "year", ["2024", "2025"], "share", lines=[Line("a", [0.1, 0.2])])
    panel = Panel([Text("sentence"), Fold("more", [moved]), Figure(chart), Facts([("name", EVENT)])])
    page = Page("Two plans", "", same_scales_by_topic([Topic("money", "Money", [panel])]))
    write(page, tmp_path / "x.html", "en")
    found = Reader((tmp_path / "x.html").read_text(encoding="utf-8"))
    assert found.tables["Moved"][0].rows == [[SCRIPT, "2.50"], ["b", "-1.00"]]
    assert found.tables["Gap"][0].rows == [["2024", "10.00%"], ["2025", "20.00%"]]
    assert EVENT in found.topics["money"]


def test_the_wheel_holds_what_the_page_is_made_of() -> None:
    """Templates, style and scripts are data of the package, not left in the source folder."""
    root = Path(__file__).parent.parent.parent
    inside = {file.distribution_path for file in WheelBuilder(str(root)).recurse_included_files()}
    folder = root / "zxsim" / "report" / "page"
    wanted = {*folder.glob("templates/*.j2"), *folder.glob("*.css"), *folder.glob("*.js")}
    assert len(wanted) == 7
    assert {path.relative_to(root).as_posix() for path in wanted} <= inside
