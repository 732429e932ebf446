"""One HTML page of one or several runs, which opens offline: no request, no file beside it.

From run to page in three steps, each of plain data:

1. :mod:`source` reads a run and checks what the page needs of it.
2. A topic is a function from a run to parts (:mod:`parts`): ``summary``, ``money``, ``clauses``,
   ``scorecard``, ``households`` and ``origin`` hold those of the report, :mod:`assemble` lists them.
3. :mod:`render` puts a :class:`~zxsim.report.page.parts.Page` through the templates; there everything is
   escaped, charts are drawn by :mod:`drawing`, and a content security policy lets the page ask for nothing.

``comparison`` (with ``compared`` and ``comparison_*``) and ``sweep`` are pages of their own, made of a
:class:`~zxsim.whatif.comparison.Comparison` and of a sweep. Another page needs a list of topics, each with
panels of ``Text``, ``Facts``, ``Table``, ``Figure``, ``Figures`` and ``Fold``. The columns of a table are
those of sheets (:meth:`~zxsim.report.plain_sheets.SheetWriter.column` makes them), a figure holds a
:class:`~zxsim.report.page.charts.Chart`. Sorting, filters, keyboard and print come with the parts::

    moved = Table("Money moved", [make.column("place", places), make.column("amount_wan", moves, "money")])
    topics = [Topic("money", "Money", [Panel([Text(sentence), moved])])]
    write(Page("Two plans", "", same_scales_by_topic(topics)), Path("compare.html"), "en")
"""
