"""Rules, targets and benefit as comments at the end of an imported scenario: what a sheet does not say."""

from collections.abc import Sequence

from zxsim.report.wording import Language

_LINES: Sequence[tuple[str, str]] = (
    (
        "---- 政策约束、考核目标和效益：项目表里没有，请按文件写在下面 ----",
        "---- Rules, targets and benefit: no sheet tells them, write them below from the policy paper ----",
    ),
    (
        "以下是样例，数字不是文件的规定：去掉行首的 #，改成文件里的数字和条款号。",
        (
            "These are samples, their figures are nobody's: take the # off and write the "
            "paper's figures and clauses."
        ),
    ),
    (
        "全部写法：zxsim schema --markdown；现成的方案：zxsim new DIR。",
        "All keys: zxsim schema --markdown; a complete scenario: zxsim new DIR.",
    ),
)
_RULES = """\
#[rule.industry_share]
#kind = "category_share"
#label = "{industry}"
#funds = [{funds}]
#categories = ["产业发展"]
#at_least = 0.6
#clause = "{clause}"

#[rule.management_fee]
#kind = "category_share"
#label = "{fee}"
#funds = [{funds}]
#categories = ["项目管理费"]
#at_most = 0.01
#clause = "{clause}"
"""
_BENEFIT = """\
#[effect.industry]
#kind = "asset_yield"
#categories = ["产业发展"]
#yield = {{ value = 0.06, low = 0.03, high = 0.1, assumed = true }}
#life = 10

#[benefit]
#source = "effects"
"""
_WORDS = {
    "industry": ("产业发展占比不低于", "share of 产业发展 at least"),
    "fee": ("项目管理费占比不高于", "share of 项目管理费 at most"),
    "clause": ("文件条款号", "clause"),
    "benefit": (
        '效益：按成效算；或者写 source = "own"，在 projects.csv 加 benefit 列自己打分。',
        'Benefit from effects; or write source = "own" and add a column benefit to projects.csv.',
    ),
    "target": (
        (
            '考核目标：[indicator.…] 指标、[effect.…] kind = "coverage"、[target.…] 目标值；'
            "现状写在 places.csv（population、base_指标）。"
        ),
        (
            'Targets: [indicator.x], [effect.x] with kind = "coverage", [target.x]; the baseline stands in '
            "places.csv (population, base_x)."
        ),
    ),
}


def sample_rules(funds: Sequence[str], language: Language) -> str:
    """Write the comments; a line that begins with ``#`` and no blank is TOML once the ``#`` is gone."""
    at = 0 if language == "zh" else 1
    words = {key: pair[at] for key, pair in _WORDS.items()}
    fields = {**words, "funds": ", ".join(f'"{fund}"' for fund in funds)}
    head = "\n".join(f"# {pair[at]}" for pair in _LINES)
    parts = [
        head,
        _RULES.format(**fields),
        f"# {words['benefit']}\n{_BENEFIT.format()}",
        f"# {words['target']}\n",
    ]
    return "\n".join(parts)
