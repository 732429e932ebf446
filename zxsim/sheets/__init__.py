"""Official project sheets in: from a file that somebody filled in by hand to rows with a meaning.

:mod:`zxsim.sheets.reading` turns a file into :class:`zxsim.sheets.grid.Grid`, text only;
:mod:`zxsim.sheets.values` reads a single cell.
"""
