"""What a line is called where it is read: a peak as people say it, `Peak writes` for `max_writes` and `writes_at_peak`.

Who asks for a peak must hear that this is one, and not the average. Other names stay as they were typed.
"""

import re
from typing import Final

from interview.sheet.lines import Row
from lib.quantities import plain
from scoring.engine.amounts import find

_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_PEAK: Final = r"(?:max_)?(?P<said>peak|busiest|busy|rush|max|maximum)(?P<hour>_hour|_minute|_time)?"
_AT_ITS_BEGINNING: Final = re.compile(rf"{_PEAK}(?:_|$)", re.IGNORECASE)
# `off_peak` is none, and `average_to_peak` says how the two compare.
_AT_ITS_END: Final = re.compile(
    rf"(?<!off)(?<!non)(?<!_to)(?<!_over)(?<!_per)(?<!_vs)(?:_at|_in)?(?:_the)?_{_PEAK}$", re.IGNORECASE
)
_SURE: Final = frozenset(("peak", "busiest"))
# What an average is multiplied with: `4`, `1.5x`, `peak_factor`.
_FACTOR: Final = re.compile(r"(?:[2-9]|\d\d|1\.\d)[\d.]*\s*x?|\w*(?:peak|factor)\w*", re.IGNORECASE)


def called(row: Row) -> str:
    """The name of a line, beginning with “Peak” where it is that of a peak."""
    name = _HUMPS.sub("_", row.name)
    found = _AT_ITS_BEGINNING.match(name) or _AT_ITS_END.search(name)
    if not found or not _is_peak(row, found):
        return row.name
    rest = name[: found.start()] + name[found.end() :]
    spaced = rest.replace("_", " ")
    hour = (found["hour"] or "").replace("_", " ").lower()
    # With a blank, `5y` would become five years of it.
    return f"Peak{hour} {rest if find(spaced) else spaced}".rstrip()


def _is_peak(row: Row, found: re.Match[str]) -> bool:
    """What is called the most may also be all that fits: it is a peak if it is a multiple of something else."""
    if row.value is None or not (row.uses or row.value.dimensionality):
        return False  # `peak_factor = 4`
    worth = plain(row.value)
    is_size = bool(worth.data and not worth.time)
    return bool(found["said"].lower() in _SURE or found["hour"] or (_is_multiple(row) and not is_size))


def _is_multiple(row: Row) -> bool:
    others = (re.sub(rf"\b{re.escape(name)}\b", "", row.expression, count=1, flags=re.IGNORECASE) for name in row.uses)
    return any(_FACTOR.fullmatch(other.strip(" *×")) for other in others)
