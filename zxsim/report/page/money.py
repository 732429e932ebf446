"""Topics about money: the allocation row by row, and shares by year against the rules on them."""

import polars as pl

from zxsim.core.spec import kind_of
from zxsim.report.labels import LABELS
from zxsim.report.page.broken import changes
from zxsim.report.page.charts import Bar, Chart, Line
from zxsim.report.page.limits import MOST_CHARTS, cut
from zxsim.report.page.parts import Figure, Figures, Fold, Part, Table, Text
from zxsim.report.page.source import PageRun
from zxsim.report.rule_sheets import measured, sign
from zxsim.rules.category_share import CategoryShare
from zxsim.rules.rising_share import RisingShare

SHARE_KINDS = (kind_of(RisingShare), kind_of(CategoryShare))
_LARGEST = 4
"""Categories with bars of their own; the others are one."""


def allocation(run: PageRun) -> list[Part]:
    """Return money by category and year, every amount, and why each project is funded or not."""
    if not run.planned:
        return [Text(run.words("page_no_plan"))]
    projects = _project_table(run)
    fold = Fold(run.words("page_by_project", count=f"{len(run.table('projects')):,}"), [projects])
    return [*changes(run), Figures([Figure(_by_category(run))]), allocation_table(run), fold]


def _by_category(run: PageRun) -> Chart:
    table, years = run.table("by_category"), run.make.run.years
    sums = table.group_by("category").agg(pl.col("amount_wan").sum()).sort("amount_wan", "category")
    names = sums["category"].reverse().to_list()
    groups = [(name, [name]) for name in names[:_LARGEST]]
    if names[_LARGEST:]:
        groups.append((run.words("other"), names[_LARGEST:]))
    cells = {(c, y): a for c, y, a in _summed(table).iter_rows()}
    held = dict(run.table("by_year").select("year", "available_wan").iter_rows())
    return Chart(
        title=run.words("page_money_by_category"),
        unit=run.words("wan"),
        axis=run.words("year"),
        positions=[str(year) for year in years],
        how="money",
        bars=[
            Bar(name, [sum(cells.get((one, year), 0.0) for one in group) for year in years], look)
            for look, (name, group) in enumerate(groups)
        ],
        lines=[Line(run.words("page_available"), [held.get(year, 0.0) for year in years], 4)],
        stacked=True,
        scale="money",
    )


def _summed(table: pl.DataFrame) -> pl.DataFrame:
    sums = table.group_by("category", "year").agg(pl.col("amount_wan").sum())
    return sums.select("category", "year", "amount_wan")


def allocation_table(run: PageRun) -> Table:
    """Every amount, or the largest ones: project, place, category, fund and year."""
    whole = run.table("allocation")
    order = whole.with_row_index("row").sort("amount_wan", descending=True, maintain_order=True)
    largest, note = cut(run, order, "allocation", "page_largest")
    frame = largest.sort("row") if not note else largest
    data, make = run.make.run, run.make
    columns = [
        make.column("page_project_id", frame["project_id"].to_list()),
        make.column("page_project_name", [data.project_names.get(one, "") for one in frame["project_id"]]),
        make.column("place", [make.place(one) for one in frame["place_id"]]),
        make.column("category", frame["category"].to_list()),
        make.column("fund", [data.label("fund", one) for one in frame["fund_id"]]),
        make.column("year", frame["year"].to_list(), "year"),
        make.column("page_amount", frame["amount_wan"].to_list(), "money"),
    ]
    title = run.words("page_allocation")
    return Table(title, columns, choices=(2, 3, 4, 5), searched=True, added=6, note=note)


def _project_table(run: PageRun) -> Table:
    rank = pl.col("status").replace_strict(
        {"none": 0, "partly": 1, "full": 2}, default=3, return_dtype=pl.Int64
    )
    frame = run.table("projects")
    frame, note = cut(run, frame.sort(rank, maintain_order=True), "projects", "page_least_paid")
    data, make = run.make.run, run.make
    columns = [
        make.column("page_project_id", frame["project_id"].to_list()),
        make.column("page_project_name", [data.project_names.get(one, "") for one in frame["project_id"]]),
        make.column("page_public_cost", frame["public_cost_wan"].to_list(), "money"),
        make.column("page_paid", frame["paid_wan"].to_list(), "money"),
        make.column("state", [_word(run, one) for one in frame["status"]]),
        make.column("reason", [_word(run, one) for one in frame["reason"]]),
        make.column("rule", [make.label_of(one) if one else "" for one in frame["rule"]]),
        make.column("clause", frame["clause"].to_list()),
    ]
    return Table(run.words("project"), columns, choices=(4, 5), searched=True, note=note)


def _word(run: PageRun, code: str) -> str:
    return run.words(code) if code in LABELS else code


def shares(run: PageRun) -> list[Part]:
    """Return a chart for each rule on a share of all places: what is planned and what is asked, by year."""
    if not run.planned:
        return [Text(run.words("page_no_plan"))]
    groups = _share_groups(run)
    if not groups:
        return [Text(run.words("page_no_shares"))]
    parts: list[Part] = [Figures([_share_figure(run, rows) for rows in groups[:MOST_CHARTS]])]
    if len(groups) > MOST_CHARTS:
        count = len(groups) - MOST_CHARTS
        parts.append(Text(run.words("page_more_charts", shown=MOST_CHARTS, count=count), "note", "clauses"))
    return parts


def _share_groups(run: PageRun) -> list[pl.DataFrame]:
    """Rows of each share rule and place: those of all places first, then where the least slack is."""
    table = run.table("rules").filter(pl.col("kind").is_in(SHARE_KINDS) & pl.col("year").is_not_null())
    groups = table.partition_by("rule", "relation", "scope", maintain_order=True)
    return sorted(groups, key=lambda rows: (rows["scope"][0] != "", _least(rows["slack"])))


def _least(slack: pl.Series) -> float:
    known = slack.drop_nulls().to_list()
    return min(known, default=0.0)


def _share_figure(run: PageRun, rows: pl.DataFrame) -> Figure:
    """What is planned beside what is asked, year by year; of several rows of a year the hardest."""
    years, first = run.make.run.years, rows.row(0, named=True)
    hardest = pl.col("rhs").max() if first["relation"] == ">=" else pl.col("rhs").min()
    sides = rows.group_by("year").agg(pl.col("lhs").first(), hardest)
    cells: dict[int, tuple[float | None, float | None]] = {
        year: (lhs, rhs) for year, lhs, rhs in sides.iter_rows()
    }
    found = [cells.get(year, (None, None)) for year in years]
    clause = run.words("page_clause_aside", clause=first["clause"]) if first["clause"] else ""
    names = (run.make.label_of(first["rule"]), run.make.place(first["scope"]))
    chart = Chart(
        title=" ".join(name for name in names if name),
        unit=run.words("share"),
        axis=run.words("year"),
        positions=[str(year) for year in years],
        how="share",
        lines=[
            Line(run.words("actual"), [lhs for lhs, _ in found], 0),
            Line(f"{run.words('required')} {sign(first['relation'])}", [rhs for _, rhs in found], 1),
        ],
        scale=f"share {first['rule']}",
        most=1.0,
    )
    note = run.words("page_share_note", measured=measured(run.make, first), clause=clause)
    above = any(side is not None and side > 1 for sides_of_year in found for side in sides_of_year)
    return Figure(chart, note + run.words("page_share_above") if above else note)
