"""What is said of options of the library: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

LIBRARY_WORDS: Mapping[str, tuple[str, str]] = {
    "option_too_small": (
        "选项 {option} 写的是 {given}；应是不小于 {least} 的{kind}",
        "option {option} is {given}; it takes {kind} that is at least {least}",
    ),
    "option_out_of_range": (
        "选项 {option} 写的是 {given}；应是 {least} 到 {most} 的{kind}",
        "option {option} is {given}; it takes {kind} from {least} to {most}",
    ),
    "option_of_other_kind": (
        "选项 {option} 写的是 {given}；应是{kind}",
        "option {option} is {given}; it takes {kind}",
    ),
    "option_not_allowed": (
        "选项 {option} 写的是 {given}",
        "option {option} is {given}",
    ),
}
