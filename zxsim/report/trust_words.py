"""What the page on how far to trust the model says around its tables: part → (zh, en)."""

from collections.abc import Mapping

TRUST_WORDS: Mapping[str, tuple[str, str]] = {
    "introduction": (
        """# 模型可信到什么程度

本页由 `zxsim calibrate scenarios/baoshan-2021 --page FILE.md` 生成，不要手改。
模拟农户和监测帮扶需要许多参数，公布的很少。这里说明：哪些参数是按公布的数拟合的，模型与没有拟合的数相差多少，
哪些数至今没有人公布。""",
        """# How far to trust the model

This page is made by `zxsim calibrate scenarios/baoshan-2021 --page FILE.md --lang en`; do not edit it.
Simulating households and their monitoring takes many parameters, and few of them are published. This page
says which were fitted to published figures, how far the model is from figures that were not fitted, and what
nobody has published.""",
    ),
    "fitted": (
        """
## 拟合的指标

保山市 2021 年的通报是查到的最完整的一份。拟合只用它，五个参数对六项指标；
三类户的比例合计为 1，所以独立的只有五项。
五个参数拟合五项独立的指标，总可以做到：
相符说明模型装得下这些数，不说明模型是对的。
""",
        """
## What was fitted

The notice of 保山 for 2021 is the fullest that was found. It alone was used: five parameters for six figures,
of which five are independent (the shares of the three groups add up to 1). Five parameters can always meet
five figures if the model has room for them: agreement says that it has, not that it is right.
""",
    ),
    "parameters": (
        """
参数的上下限和拟合值：
""",
        """
Parameters, the bounds between which they were looked for, and what was found:
""",
    ),
    "compared": (
        """
## 没有拟合的指标

同一份通报的其他数，以及别处公布的数，与模型并列。别处的数口径和年份不同，只能看大致是否相称。
五等份收入是各组的平均数，模型给出的是 10% 和 90% 分位，两者相近而不相同。

公布过、但模型没有对应数的，没有列入：按人计的消除比例和累计识别人数（年初以前已消除的户不在模拟里），年末累计三类户的
比例（同上），每户享受的措施项数（模型里一户同时只有一项措施），自主申报的件数（含不符合条件的申报），建档立卡贫困户的
致贫原因（年份和人群都不同）。
""",
        """
## What was not fitted

Other figures of the same notice, and figures of other places, beside the model. Those of other places differ
in definition and year: they tell only whether the order is right. Quintile figures are means of groups, the
model gives the tenth and ninetieth percentile, which are near them but not the same.

Published, but left out because the model has no such figure: shares of persons removed and persons
identified in all (households removed before the start are not simulated), shares of the three groups in the
whole list (likewise), measures per household (a household of the model has one at a time), numbers of
applications (those turned down included), causes of poverty of registered poor households (another time,
other people).
""",
    ),
    "misfits": (
        """
{count} 项中有 {near} 项相差不超过 {limit}，{far} 项超过：
""",
        """
Of {count} figures {near} are within {limit}, {far} are not:
""",
    ),
    "misfit": (
        "- {name}：公布 {published}，模型 {model}（{difference}）",
        "- {name}: published {published}, model {model} ({difference})",
    ),
    "unpublished": (
        """
怎样理解这些差距：

- 收入差距：模型的持久收入差距是为监测户的数量拟合的，比公布的五等份小得多；经营亏损造成的低收入尾部不在其中。
  收入分位数不要当作统计数据用。
- 户均人数：模型的户规模与是否纳入无关，公布的突发严重困难户明显较小。按户的数比按人的数可信。
- 已消除的比例：全国的数是多年累计，保山是一年；模型只拟合了后者。
- 措施见效的时间：模型从发现算到见效，公布的是到落实帮扶；产业类措施的见效天数是假定。

## 没有人公布的

以下指标没有查到任何公布的数，模型给出的只是假定的结果：
""",
        """
How to read these differences:

- Spread of incomes: the permanent spread was fitted to the number of monitored households and is much
  narrower than published quintiles; the low tail of business losses is not in it.
  Do not use quantiles of income as statistics.
- Household sizes: in the model size has nothing to do with who is identified; published households in
  sudden hardship are clearly smaller. Numbers of households deserve more trust than numbers of persons.
- Share removed: the national figures have piled up over years, 保山 is one year; only the latter was fitted.
- Time to help: the model counts from the lead to help in place, the published figure to help decided; how
  long measures of industry take is assumed.

## What nobody has published

No figure was found for the following; what the model says of them is a consequence of assumptions:
""",
    ),
    "rest": (
        """
下列参数也没有查到公布的数，方案里都写成 `assumed = true` 并给出范围，每份报告都会列出：

- 各种途径每月或每季发现一户有风险农户的概率，评议小组的数量，核查和公示的天数；
- 大病、意外、灾害、价格、务工各类风险在农户中的发生率、支出和持续时间（只有全国或贫困户的个别数）；
- 一项措施使一户增收多少，多少资金支持一户，措施多久见效；
- 年初以前已经消除风险的户数，缓退户的比例，防返贫保险的起付线和赔付比例；
- 任何一个村的收入分布。

## 因此

- 比较方案之间的差别，比相信一个方案的绝对数可靠：同一农户在各方案里遇到同样的事。
- 概率要看两个：参数固定的一个偏乐观，参数在范围内抽取的一个才包含上面的无知。
- 拟合值只代表保山 2021 年。换一个随机种子，各项指标会变动百分之几，与一年一市的实际数本身的偶然性相当。
- 参数之间可以互相代替：发现得少与风险少，给出同样的新识别数。拟合没有分清它们。
""",
        """
Nor was anything found for these parameters. Scenarios state them as `assumed = true` with a range, and every
report lists them:

- the chance that a channel finds a household at risk in a month or a quarter, the number of panels, the days
  of visits and publication;
- how often illness, accident, disaster, falling prices and lost jobs strike households, what they cost and
  how long they last (single figures of the nation or of poor households apart);
- what a measure adds to a household's income, how much money supports one household, how soon it helps;
- households whose risk was removed before the start, the share of delayed exits, threshold and share of the
  anti-return insurance;
- the distribution of incomes in any village.

## So

- Differences between plans deserve more trust than the figures of one plan: the same things happen to the
  same households under each.
- Look at both probabilities: the one with fixed parameters flatters, the one with drawn parameters contains
  the ignorance above.
- The fitted values stand for 保山 in 2021 only. Another seed moves the figures by a few per cent, about as
  much as chance moves those of one city in one year.
- Parameters can stand in for each other: less risk and less detection give the same number of new households.
  The fit does not tell them apart.
""",
    ),
}
