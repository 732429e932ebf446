"""What writing a page may find at fault: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

PAGE_WORDS: Mapping[str, tuple[str, str]] = {
    "page_format": (
        "网页的文件名要以 .html 结尾，不能写成 {given}；要 PDF，先写 .html，再用浏览器打印为 PDF",
        "a page is written to a name that ends in .html, not {given}; for a PDF print the page in a browser",
    ),
    "page_run_lacks": (
        "{given} 里的 {file} 没有 {missing}；结果不完整，或是别的版本写的，请用 zxsim optimize 重新运行",
        "{file} in {given} has no {missing}: damaged, or of another version; run zxsim optimize again",
    ),
    "page_too_many_runs": (
        "一页最多放 {most} 次运行，给了 {given} 次",
        "a page holds {most} runs at most; {given} are given",
    ),
    "page_run_twice": ("同一次运行给了两遍：{given}", "the same run is given twice: {given}"),
}
