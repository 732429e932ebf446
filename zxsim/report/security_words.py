"""What is said of identities, control letters and links: code → (zh, en), with fields in braces."""

from collections.abc import Mapping

SECURITY_WORDS: Mapping[str, tuple[str, str]] = {
    "identity_cut": (
        ("{count} 处像身份证号、电话或账号的号码已去掉，不写入任何结果；项目编号请放在标题含「编号」的列"),
        (
            "in {count} places, cut what looks like the number of an ID card, a telephone or an account: no "
            "result holds it; numbers of projects belong in a column whose heading says 编号 or code"
        ),
    ),
    "cell_all_cut": (
        "这一格只有像身份证号、电话或账号的号码，去掉后是空的；请写上文字",
        (
            "this cell holds nothing but what looks like the number of an ID card, a telephone or an "
            "account, and is empty without it: give it words"
        ),
    ),
    "label_identifies": (
        "文件夹或方案文件的名字像身份证号、电话或账号：结果的路径和 run.json 会带上它，请先改名",
        (
            "the name of the folder or of the scenario's file looks like the number of an ID card, a "
            "telephone or an account; the path of results and run.json hold it: rename it first"
        ),
    ),
    "steering_cut": (
        "{count} 处看不见的控制字符已去掉",
        "in {count} places, cut invisible letters that steer a screen",
    ),
    "heading_not_plain": (
        "第 {position} 列的标题含有身份证号、电话等号码或控制字符，请改标题",
        (
            "the heading of column {position} holds the number of an ID card or a telephone, or control "
            "letters: change it"
        ),
    ),
    "id_identifies": (
        "编号里不能有身份证号，请另编一个，如 P001",
        "an id must not hold the number of an ID card: make another, such as P001",
    ),
    "file_outside": (
        "这个文件是链接，指向方案文件夹以外，没有读取；请把文件放进来，或加 --allow-outside",
        "a link that leads outside the scenario's folder, not read; put it there, or add --allow-outside",
    ),
    "table_of_base_read": (
        "没有读取：本文件夹没有 places.csv 和 projects.csv，各表都取自 extends 所指文件的文件夹",
        (
            "not read: this folder has neither places.csv nor projects.csv, so all tables are those beside "
            "the file that it extends"
        ),
    ),
    "file_not_regular": ("不是普通文件，没有读取", "no regular file, not read"),
    "run_leads_outside": (
        "{given} 里的 {link} 是链接，指向文件夹以外；结果文件夹应当自成一体，没有读取",
        "{link} in {given} is a link that leads outside the folder: a run stands alone, nothing was read",
    ),
}
