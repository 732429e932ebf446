"""How much of a file is read. What is larger is no project sheet, or a file made to do harm.

A county's library has up to some 3,000 rows of 40 columns; the limits leave that far behind and keep
reading below a minute and below :data:`MOST_MEMORY`.
"""

MOST_FILE_BYTES = 64 * 2**20
"""Bytes of a file: hundreds of thousands of rows, or a sheet with many photographs."""

MOST_UNPACKED_BYTES = 192 * 2**20
"""Bytes of the parts of a workbook that are read, unpacked: about 100 a cell at :data:`MOST_CELLS`."""

MOST_PARTS = 10_000
"""Parts (files) inside a workbook; each sheet and each picture is one."""

MOST_ROWS = 200_000
"""Rows of a sheet: a province's library."""

MOST_COLUMNS = 1_000
"""Columns of a sheet: ten times the widest form."""

MOST_CELLS = 2_000_000
"""Cells of all sheets read, counted as rectangles from A1: what a few hundred MB hold as texts."""

MOST_CHARACTERS = 50_000_000
"""Characters in all cells: one text may be shared by many cells, so the file's size does not bound them."""

MOST_CHARACTERS_OF_CELL = 32_767
"""Characters in a cell: what Excel and WPS hold."""

MOST_MERGED = 100_000
"""Merged ranges of a sheet."""

MOST_MEMORY = 2 * 2**30
"""Bytes of address space of the process that opens a workbook, where the system can hold it to that
(not on Windows): twice what the last cell of an old .xls makes it take."""

MOST_SECONDS = 60
"""Seconds that opening a workbook may take."""
