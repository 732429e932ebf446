"""Loading: what passes through, what is rounded, what editors and people are told."""

import re
import shutil
import string
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

import zxsim
from zxsim.errors import DataError, Message
from zxsim.report.wording import WORDS, sentence
from zxsim.schema.linemap import line_map
from zxsim.schema.load import load
from zxsim.schema.source import decoded

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "scenarios" / "published-library"


def test_every_rounding_on_loading_is_listed() -> None:
    """Costs go up to 0.01, funds down, and each change is listed with what was given."""
    changes = {(change.record, change.given, change.used) for change in load(DEMO).changes}
    assert ("P055", "15.999326", "16.00") in changes
    assert ("[fund.connection]", "1162.161", "1162.16") in changes
    assert len(changes) == 4


@pytest.mark.parametrize("table", ["projects.csv", "places.csv"])
@pytest.mark.parametrize("damage", ["missing", "empty", "gb18030", "utf-16", "semicolons"])
def test_an_unreadable_table_is_the_only_fault(table: str, damage: str, tmp_path: Path) -> None:
    """What refers to its rows, such as the kinds of projects that rules name, is not told as well."""
    given = shutil.copytree(ROOT / "scenarios" / "changjiang", tmp_path / "given")
    text = (given / table).read_text(encoding="utf-8")
    changed = {
        "empty": b"",
        "gb18030": text.encode("gb18030"),
        "utf-16": text.encode("utf-16"),
        "semicolons": text.replace(",", ";").encode(),
    }
    (given / table).unlink()
    if damage in changed:
        (given / table).write_bytes(changed[damage])
    with pytest.raises(DataError) as refused:
        load(given)
    assert [message.file for message in refused.value.messages] == [table]


def test_line_numbers_hold_for_every_kind_of_string_and_table() -> None:
    """Multi-line strings, inline tables, arrays over lines, quoted and dotted keys keep their lines."""
    text = (
        'name = "planned # no comment"\n'
        'notes = """\none = 1\n[not.a.table]\n"""\n'
        "[fund.'市级 资金']\n"
        "amount_wan = { 2023 = 1, 2024 = { value = 2 } }\n"
        "per_place = [\n  'a', # [x]\n  'b',\n]\n"
        "a.b = 3\n"
    )
    tomllib.loads(text)
    assert line_map(text) == {
        ("name",): 1,
        ("notes",): 2,
        ("fund", "市级 资金"): 6,
        ("fund", "市级 资金", "amount_wan"): 7,
        ("fund", "市级 资金", "amount_wan", "2023"): 7,
        ("fund", "市级 资金", "amount_wan", "2024"): 7,
        ("fund", "市级 资金", "amount_wan", "2024", "value"): 7,
        ("fund", "市级 资金", "per_place"): 8,
        ("fund", "市级 资金", "a", "b"): 12,
    }


def test_a_byte_order_mark_and_crlf_are_allowed() -> None:
    """Files saved by Excel and Notepad read as they are."""
    assert decoded(b"\xef\xbb\xbfid,name\r\n", "x.csv") == "id,name\r\n"


def codes_in_code() -> set[str]:
    """Every message code that the package writes."""
    found = set()
    for path in Path(zxsim.__file__).parent.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        for pattern in (
            r'Message\(\s*"(\w+)"',
            r'\.message\(\s*"(\w+)"',
            r'\.unknown\(\s*"(\w+)"',
            r'CustomError\(\s*"(\w+)"',
            r'yield "\w+", "(\w+)"',
            r'"(verify_\w+)"',
        ):
            found |= set(re.findall(pattern, text))
    return found


def test_every_code_has_words_in_both_languages() -> None:
    """No message reaches a user as a bare code."""
    assert codes_in_code() - set(WORDS) == set()


@pytest.mark.parametrize("code", sorted(WORDS))
def test_both_languages_name_the_same_fields(code: str) -> None:
    """A field that the Chinese sentence shows is not lost in the English one."""
    zh, en = ({name for _, name, _, _ in string.Formatter().parse(words) if name} for words in WORDS[code])
    assert zh == en or code == "usage"


def test_a_message_says_where_what_is_allowed_and_what_is_near() -> None:
    """File, line, address, sentence, allowed words and the nearest one stand in one line."""
    fields = {"given": "市级", "allowed": ["市", "省"], "nearest": "市"}
    message = Message("unknown_word", fields, "scenario.toml", 6, "[fund.city] level")
    assert sentence(message, "en") == (
        "scenario.toml:6 [fund.city] level: 市级 is not allowed; allowed: 市, 省; did you mean 市?"
    )


@pytest.fixture(name="demo")
def _demo(tmp_path: Path) -> Path:
    for name in ("scenario.toml", "places.csv", "projects.csv"):
        (tmp_path / name).write_bytes((DEMO / name).read_bytes())
    return tmp_path


@pytest.mark.parametrize(
    "saved",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", "\r"),
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", ",,\n"),
        lambda text: text + ",,\n\n",
    ],
    ids=["CRLF", "CR", "BOM", "empty columns", "empty rows"],
)
def test_what_spreadsheets_leave_in_a_csv_does_no_harm(saved: Callable[[str], str], demo: Path) -> None:
    """Line ends, a byte order mark, and columns or rows without any content change nothing."""
    for name in ("places.csv", "projects.csv"):
        text = (demo / name).read_text(encoding="utf-8")
        (demo / name).write_bytes(saved(text).encode())
    assert load(demo).projects.equals(load(DEMO).projects)


def test_projects_that_serve_more_heads_than_live_there_are_pointed_out() -> None:
    """A village of 1,800 cannot have 40,000 served: a warning names the project."""
    settings = ["project.LY06.beneficiary_persons=40000"]
    warnings = load(ROOT / "scenarios" / "changjiang", settings).warnings
    assert [(w.code, w.fields["projects"]) for w in warnings] == [("more_heads_than_live_there", ["LY06"])]


def test_a_fund_that_no_project_may_take_is_pointed_out() -> None:
    """Money that cannot be spent is not left unspent in silence."""
    warnings = load(DEMO, ['fund.other={level="市",amount_wan=5,categories=["就业项目"]}']).warnings
    assert [warning.code for warning in warnings] == ["fund_pays_nothing"]
