"""Small damages to the files of a scenario, as people, editors and disks make them."""

import random
import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

Mutation = Callable[[bytes, random.Random], bytes]

VALUES = (
    *("0", "-1", "1.6", "1e9", "1e400", "nan", "inf", '""', "true", "[]", "{}", '"公司"', "2023-01-01"),
    *("[2025, 2021]", "0.1234567", "9999999999999999999999", '"<script>"', '"../../secret"', "[1, [2]]"),
)
"""What a value of TOML becomes."""

CELLS = (
    *(
        "",
        "0",
        "-5",
        "1e30",
        "nan",
        "１２３",
        "1,200",
        "1.2.3",
        "村",
        ";",
        "A:0.5;B:0.6",
        "=1+1",
        '"',
        "\x00",
    ),
    *("2020", "产业发展", "是", "x" * 3000, "\ufeff", "\u202e"),
)
"""What a cell of a table becomes."""

_KEY = re.compile(r"^(\s*)([A-Za-z_0-9.\u4e00-\u9fff]+)(\s*=)")


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines(keepends=True)


def _joined(lines: Sequence[str]) -> bytes:
    return "".join(lines).encode("utf-8", "replace")


def drop_line(data: bytes, draw: random.Random) -> bytes:
    """Leave a line out: a key, a heading of a table, a row."""
    lines = _lines(data)
    if lines:
        del lines[draw.randrange(len(lines))]
    return _joined(lines)


def rename(data: bytes, draw: random.Random) -> bytes:
    """Change one letter of a word."""
    words = list(re.finditer(rb"[A-Za-z_]{3,}", data))
    if not words:
        return data
    word = draw.choice(words)
    at = draw.randrange(word.start(), word.end())
    return data[:at] + draw.choice([b"x", b"_", b"E", b""]) + data[at + 1 :]


def retype(data: bytes, draw: random.Random) -> bytes:
    """Give a key of TOML a value of another kind."""
    lines = _lines(data)
    keyed = [at for at, line in enumerate(lines) if _KEY.match(line)]
    if keyed:
        at = draw.choice(keyed)
        found = _KEY.match(lines[at])
        assert found
        lines[at] = f"{found[0]} {draw.choice(VALUES)}\n"
    return _joined(lines)


def swap_values(data: bytes, draw: random.Random) -> bytes:
    """Let two keys of TOML change their values."""
    lines = _lines(data)
    keyed = [at for at, line in enumerate(lines) if _KEY.match(line)]
    if len(keyed) > 1:
        one, other = draw.sample(keyed, 2)
        (name, value), (second, third) = (lines[at].split("=", 1) for at in (one, other))
        lines[one], lines[other] = f"{name}={third}", f"{second}={value}"
    return _joined(lines)


def change_cell(data: bytes, draw: random.Random) -> bytes:
    """Put something else into a cell."""
    lines = _lines(data)
    if not lines:
        return data
    at = draw.randrange(len(lines))
    cells = lines[at].rstrip("\r\n").split(",")
    cells[draw.randrange(len(cells))] = draw.choice(CELLS)
    lines[at] = ",".join(cells) + "\n"
    return _joined(lines)


def swap_cells(data: bytes, draw: random.Random) -> bytes:
    """Let two cells of a row change places."""
    lines = _lines(data)
    if not lines:
        return data
    at = draw.randrange(len(lines))
    cells = lines[at].rstrip("\r\n").split(",")
    one, other = draw.randrange(len(cells)), draw.randrange(len(cells))
    cells[one], cells[other] = cells[other], cells[one]
    lines[at] = ",".join(cells) + "\n"
    return _joined(lines)


def double_line(data: bytes, draw: random.Random) -> bytes:
    """Write a line twice."""
    lines = _lines(data)
    if lines:
        at = draw.randrange(len(lines))
        lines.insert(at, lines[at])
    return _joined(lines)


def shuffle_lines(data: bytes, draw: random.Random) -> bytes:
    """Put all lines but the first into another order."""
    lines = _lines(data)
    rest = lines[1:]
    draw.shuffle(rest)
    return _joined([*lines[:1], *rest])


def cut(data: bytes, draw: random.Random) -> bytes:
    """End the file early."""
    return data[: draw.randrange(len(data) + 1)]


def flip_bytes(data: bytes, draw: random.Random) -> bytes:
    """Change a few bytes."""
    changed = bytearray(data)
    for _ in range(draw.randint(1, 4)):
        if changed:
            changed[draw.randrange(len(changed))] = draw.randrange(256)
    return bytes(changed)


def recode(data: bytes, draw: random.Random) -> bytes:
    """Save in another encoding, or with other line ends."""
    text = data.decode("utf-8", "replace")
    ways: Sequence[Callable[[], bytes]] = (
        lambda: text.encode("gb18030"),
        lambda: text.encode("utf-16"),
        lambda: text.encode("utf-8-sig"),
        lambda: text.replace("\n", "\r\n").encode(),
        lambda: text.replace("\n", "\r").encode(),
        lambda: text.replace(",", "\t").encode(),
    )
    return draw.choice(ways)()


ANY: Sequence[Mutation] = (drop_line, rename, double_line, shuffle_lines, cut, flip_bytes, recode)
TOML: Sequence[Mutation] = (*ANY, retype, retype, retype, swap_values, swap_values, drop_line)
TABLE: Sequence[Mutation] = (*ANY, change_cell, change_cell, change_cell, swap_cells)


def mutated(files: Mapping[str, bytes], seed: int) -> tuple[dict[str, bytes], str]:
    """Damage the files of a folder one to three times; also return what was done, in words."""
    draw = random.Random(seed)  # noqa: S311 (cases to try, no secrets)
    found, done = dict(files), []
    for _ in range(draw.choice([1, 1, 2, 3])):
        name = draw.choice(sorted(found))
        mutation = draw.choice(TOML if name.endswith(".toml") else TABLE)
        found[name] = mutation(found[name], draw)
        done.append(f"{mutation.__name__} {name}")
    if draw.random() < 0.01:
        name = draw.choice(sorted(found))
        del found[name]
        done.append(f"without {name}")
    return found, "; ".join(done)


def read_folder(folder: Path) -> dict[str, bytes]:
    """Bytes of each file of a scenario folder by its name."""
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}


def write_folder(files: Mapping[str, bytes], folder: Path) -> None:
    """Write them."""
    folder.mkdir()
    for name, data in files.items():
        (folder / name).write_bytes(data)
