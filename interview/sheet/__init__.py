"""The estimation sheet: lines of named sums with units, worked out from the top. Pure.

    >>> sheet = evaluate("writes = 100M users * 1 link/day\\nstorage_5y = writes * 500 B * 5 years")
    >>> [row.shown for row in sheet.rows]
    ['1.16 k links/s', '91.3 TB']

A sheet is its text; all else is worked out anew from it (docs/adr/0024). From the text to the page: `parts` of a line,
`tokens`, `grammar`, `amount`, `lines`, `shown`; then `rendering` for whoever reads the answer, and `references`.
"""

from interview.sheet.lines import MAX_LENGTH, MAX_LINES, Row, Sheet, evaluate
from interview.sheet.references import references
from interview.sheet.rendering import insertion, render

__all__ = ["MAX_LENGTH", "MAX_LINES", "Row", "Sheet", "evaluate", "insertion", "references", "render"]
