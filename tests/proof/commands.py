"""Every command on one scenario, in one process in which no address of a network may be asked for."""

import contextlib
import io
import socket
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

import polars as pl

from zxsim.cli import run

_FEW = ("--replications", "2", "--workers", "1")
_LOCAL = (getattr(socket, "AF_UNIX", None),)
_asked: list[str] = []
_watching = False


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if not _watching or event not in NETWORK:
        return
    if event.startswith("socket.") and getattr(arguments[0], "family", None) in _LOCAL:
        return
    _asked.append(f"{event} {arguments[1:]}")
    raise PermissionError(event)


NETWORK = (
    *("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo"),
    *(
        "socket.gethostbyname",
        "socket.gethostbyaddr",
        "urllib.Request",
        "http.client.connect",
        "ftplib.connect",
    ),
    *("smtplib.connect", "webbrowser.open"),
)
"""Audit events of whatever leaves the machine or listens on it."""

sys.addaudithook(_hear)


@contextlib.contextmanager
def without_network() -> Iterator[list[str]]:
    """Forbid the network within; give what was asked for all the same."""
    global _watching  # noqa: PLW0603 (a hook can never be taken away)
    _watching, _asked[:] = True, []
    try:
        yield _asked
    finally:
        _watching = False


@dataclass
class Ended:
    """What the commands left: exit codes and printed text by command line, and where they wrote.

    ``asked`` has the addresses that were asked for, ``given`` what was there before.
    """

    folder: Path
    codes: dict[str, int] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    given: Sequence[Path] = ()

    def do(self, *words: object) -> str:
        """Run a command line and keep what it said; return it."""
        line = [str(word) for word in words]
        out, shown = io.StringIO(), " ".join(line).replace(str(self.folder), "")
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            self.codes[shown] = run(line)
        self.printed[shown] = out.getvalue()
        return out.getvalue()

    def runs(self) -> list[Path]:
        """Folders of all runs, the first first."""
        return sorted((path.parent for path in self.folder.rglob("run.json")), key=lambda path: path.name)


def every_command(given: Path, sheet: Path) -> Ended:
    """Run each command of zxsim at least once."""
    ended = Ended(given.parent)
    here, results = given.parent, ("--results", given.parent / "results")
    ended.do("new", here / "new", "--from", "changjiang")
    ended.do("validate", given)
    ended.do("optimize", given, *results, *_FEW, "--events")
    (one,) = ended.runs()
    ended.do("optimize", given, *results, "--no-simulate", "--set", "fund.city.amount_wan=25", "--json")
    two = next(path for path in ended.runs() if path != one)
    ended.do("simulate", one, *results, *_FEW)
    ended.do("verify", one)
    for ending in ("xlsx", "csv", "parquet", "md", "lp", "mps"):
        ended.do("export", one, "--to", here / f"out.{ending}")
    for table in sorted(path.stem for path in one.glob("*.parquet")):
        ended.do("export", one, "--table", table, "--to", here / f"{table}.csv")
    for form in ("项目计划表", "资金分配表", "绩效目标表"):
        ended.do("export", one, "--form", form, "--year", "2024", "--to", here / f"{form}.csv")
    ended.do("report", one, two, "--to", here / "report.html")
    ended.do("compare", one, two)
    for ending in ("html", "xlsx", "md"):
        ended.do("compare", one, two, "--to", here / f"compared.{ending}")
    ended.do("sweep", given, *results, "--vary", "fund.city.amount_wan=25:30:2", "--to", here / "sweep.html")
    (swept,) = here.glob("results/given/*-sweep")
    for ending in ("xlsx", "md", "csv"):
        ended.do("sweep", swept, "--to", here / f"swept.{ending}")
    ended.do("explain", given)
    ended.do("explain", one, "--project", "P12", "--lang", "en")
    ended.do("evaluate", given, "--plan", here / "allocation.csv", *results, "--no-simulate")
    ended.do("replan", given, "--from", one, *results, "--no-simulate", "--set", "fund.city.amount_wan=28")
    judged = [run for run in ended.runs() if run not in (one, two) and "points" not in run.parts]
    for at, folder in enumerate(judged):
        ended.do("report", folder, "--to", here / f"judged{at}.html")
        ended.do("export", folder, "--to", here / f"judged{at}.xlsx")
    ended.do("calibrate", given, *results, "--page", here / "trust.md")
    ended.do("runs", *results)
    ended.do("schema", "--markdown")
    ended.do("import", sheet, "--to", here / "imported")
    return ended


def written(folder: Path, but: Sequence[Path]) -> Iterator[tuple[Path, str]]:
    """Give the text of each file below a folder: parts of archives, cells of Parquet, names of files."""
    for path in sorted(folder.rglob("*")):
        if any(path.is_relative_to(other) for other in but) or not path.is_file():
            continue
        text = str(path.relative_to(folder)) + "\n" + path.read_bytes().decode("utf-8", "replace")
        if is_zipfile(path):
            with ZipFile(path) as parts:
                text += "".join(parts.read(name).decode("utf-8", "replace") for name in parts.namelist())
        if path.suffix == ".parquet":
            text += pl.read_parquet(path).write_csv()
        yield path, text
