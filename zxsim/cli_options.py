"""Options and arguments that commands share, with their help in both languages."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from zxsim.cli_help import _, number
from zxsim.core.inside import allow_outside

Scenario = Annotated[
    Path, typer.Argument(help=_("方案文件 scenario.toml 或其文件夹", "scenario.toml or its folder"))
]
ScenarioOrRun = Annotated[
    Path,
    typer.Argument(
        metavar="SCENARIO|RUN",
        help=_(
            "方案文件、其文件夹，或一次运行的结果文件夹", "scenario.toml, its folder, or the folder of a run"
        ),
    ),
]
RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help=_("一次运行的结果文件夹", "folder of a run"))]
Settings = Annotated[
    list[str] | None,
    typer.Option(
        "--set", metavar="KEY=VALUE", help=_("临时改一个值，可写多次", "change one value; may be repeated")
    ),
]
Lang = Annotated[Literal["zh", "en"], typer.Option("--lang", help=_("语言", "language"))]
Outside = Annotated[
    bool,
    typer.Option(
        "--allow-outside",
        callback=allow_outside,
        help=_(
            "允许方案读取其文件夹以外的文件（extends、台账、链接）",
            "let the scenario read files outside its folder (extends, ledger, links)",
        ),
    ),
]
"""Its callback has seen to it before the command begins."""
Json = Annotated[
    bool, typer.Option("--json", help=_("只在标准输出写一段 JSON 摘要", "print a JSON summary only"))
]
Quiet = Annotated[bool, typer.Option("--quiet", help=_("不显示摘要", "print no summary"))]
Results = Annotated[Path, typer.Option(help=_("结果存放的文件夹", "folder for runs"))]
SolverName = Annotated[
    str,
    typer.Option(
        "--solver",
        metavar="NAME",
        help=_(
            "求解器：highs、highs-ipm、cbc，或 PuLP 的其他求解器",
            "highs, highs-ipm, cbc or another of PuLP",
        ),
    ),
]
Iterations = Annotated[
    int | None, number("iterations", help=_("每次求解的迭代上限", "limit on iterations a solve"))
]
Nodes = Annotated[
    int | None,
    number("nodes", help=_("选择项目和取整时的节点上限", "limit on nodes in choosing projects and rounding")),
]
Gap = Annotated[
    float,
    number(
        "gap",
        help=_("选择项目时可接受的相对差距", "relative gap that is good enough in choosing projects"),
    ),
]
NoSimulate = Annotated[bool, typer.Option("--no-simulate", help=_("只分配资金，不模拟农户", "allocate only"))]
PlanSheetName = Annotated[
    str | None,
    typer.Option(
        "--sheet",
        metavar="NAME",
        help=_("分配表在哪个工作表；只有一个时不用写", "its worksheet, where several hold an allocation"),
    ),
]
