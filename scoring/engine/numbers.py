"""Numbers with units in an answer, and the arithmetic written between them.

A number keeps its value in bytes, seconds and counts, so that 100M/day, 1,157/s and 1.16k per second agree.
Written equations (`100M / 86,400 s ≈ 1,157/s`) are checked: a derivation from the candidate's own assumptions
is as good as one from the brief, and a slip in it is worth pointing out.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from scoring.engine.text import Sentence
from scoring.engine.types import Evidence

TOLERANCE: Final = 1.35
SLIP: Final = 5.0

_SCALES: Final = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6, "b": 1e9, "bn": 1e9,
    "billion": 1e9, "g": 1e9, "t": 1e12, "tn": 1e12, "trillion": 1e12, "billions": 1e9, "hundred": 1e2,
}  # fmt: skip
_BYTES: Final = {"": 1.0, "k": 1e3, "m": 1e6, "g": 1e9, "t": 1e12, "p": 1e15, "e": 1e18}
_TIMES: Final = {
    "ns": 1e-9, "us": 1e-6, "µs": 1e-6, "ms": 1e-3, "msec": 1e-3, "millisecond": 1e-3,
    "s": 1.0, "sec": 1.0, "second": 1.0,
    "min": 60.0, "minute": 60.0, "h": 3600.0, "hr": 3600.0, "hour": 3600.0,
    "d": 86400.0, "day": 86400.0, "week": 604800.0,
    "mo": 2592000.0, "month": 2592000.0, "y": 31536000.0, "yr": 31536000.0, "year": 31536000.0,
}  # fmt: skip
_PERIODS: Final = {
    "daily": 86400.0,
    "hourly": 3600.0,
    "monthly": 2592000.0,
    "yearly": 31536000.0,
    "annually": 31536000.0,
}
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_NUMBER: Final = re.compile(
    r"""(?<![\w.,])(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)
    (?:[eE](?P<exp>\+?\d{1,2})(?![\w])|\s?[×x*]\s?10(?:\^|\*\*)?(?P<ten>[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\^)\d{1,2})|(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?:\^|\*\*)(?P<caret>\d{1,2}))?
    (?:\s?(?P<size>[kKMGTPE]?i?B(?:ytes?)?(?:/s|ps)?|bytes?|[kKMGTP]B)(?![A-Za-z]))?
    (?:(?P<glued>[kKmMbBgGtT]|bn|mn)(?![A-Za-z])|\s(?P<spaced>(?i:thousand|millions?|billions?|trillion|hundred|mio|bn)|[MGTk])(?![A-Za-z]))?
    (?:\s?(?P<size2>[kKMGTPE]?i?B|bytes?)(?![A-Za-z]))?""",
    re.VERBOSE,
)
_TIME_WORD: Final = (
    r"(?:ns|[uµμ]s|ms|msec|milliseconds?|s|secs?|seconds?|mins?|minutes?|h|hrs?|hours?|d|days?|weeks?|mo|months?|y|"
    r"yrs?|years?)(?![A-Za-z])"
)
_PER: Final = re.compile(
    rf"(?P<lead>\s*(?:[a-zA-Z][a-zA-Z-]*\s+){{0,4}}?[a-zA-Z-]*?)\s?(?:/\s?|\bper\s+|\ba\s+|\ban\s+|\beach\s+|\bevery\s+|\bin\s+a\s+|\bin\s+one\s+)(?P<time>{_TIME_WORD})",
)
_RATE: Final = re.compile(r"(?:\s?[a-zA-Z-]+){0,2}?\s?\b(?:qps|rps|tps|wps|ops|iops|QPS|RPS|TPS|WPS|OPS|IOPS)\b")
_PERIOD: Final = re.compile(r"\s(?:[a-zA-Z]+\s){0,2}?(daily|hourly|monthly|yearly|annually)\b")
_DURATION: Final = re.compile(rf"\s?-?(?P<time>{_TIME_WORD})")
_OPERATOR: Final = re.compile(
    r"^[\s)(\w.,'’-]{0,40}?(?<![A-Za-z])(×|\*|÷|/|·|x(?=\s)|\btimes\b|\bdivided\s+by\b|\bmultiplied\s+by\b|\bat\b(?:\s+(?:about|roughly|around))?|\+|(?<=\s)[−-](?=\s))[\s(~≈]*$",
    re.IGNORECASE,
)
_EQUALS: Final = re.compile(
    r"(=|≈|≃|~|→|⇒|=>|->|:(?=\s)|\bis\b|\bare\b|\bgives?\b|\bmakes?\b|\bequals?\b|\bcomes?\s+to\b|\bso\b|\babout\b|\baround\b|\broughly\b|"
    r"\bthat\s+is\b|\bresults?\s+in\b|\bhence\b|\bor\b|\btranslates\b|\bneed\b|\bhave\b|,)",
    re.IGNORECASE,
)
_STRONG_EQUALS: Final = re.compile(
    r"(=|≈|→|⇒|=>|\bis\b|\bgives?\b|\bmakes?\b|\bequals?\b|\bso\b|\bthat\s+is\b|\bcomes?\s+to\b|\bare\b)", re.IGNORECASE
)
_CHANGES: Final = re.compile(
    r"\b(peak|replica|replication|copies|copy|headroom|burst|rf\s?\d|evening|busy|compress|per\s+node|each)\b|[×x*]\s?\d",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as found: `value` in counts, bytes and seconds; `written` with the time unit left as written."""

    start: int
    end: int
    text: str
    value: float
    written: float
    is_size: bool
    per: float = 0.0
    duration: float = 0.0
    percent: bool = False
    other: float | None = None

    @property
    def kind(self) -> str:
        """`rate`, `size`, `size rate`, `time`, `share` or `count`: what it may be compared with."""
        if self.percent:
            return "share"
        if self.duration:
            return "time"
        if self.is_size:
            return "size rate" if self.per else "size"
        return "rate" if self.per else "count"


@dataclass(frozen=True, slots=True)
class Derivation:
    """A result together with the numbers it was computed from, and by what factor it misses them."""

    result: Number
    operands: tuple[Number, ...]
    start: int
    off_by: float
    whole: bool = True

    @property
    def holds(self) -> bool:
        return 1 / TOLERANCE <= self.off_by <= TOLERANCE

    @property
    def is_slip(self) -> bool:
        """Clearly wrong, and nothing unsaid could make it right."""
        return self.whole and not 1 / SLIP <= self.off_by <= SLIP


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of one sentence and what is derived in it. Places count from the sentence's start."""

    sentence: Sentence
    numbers: tuple[Number, ...]
    derivations: tuple[Derivation, ...] = field(default=())

    def quote(self, start: int, end: int) -> Evidence:
        s = self.sentence
        return Evidence(s.section, s.start + start, s.start + end, s.text[start:end], "number")


def figures(sentences: Iterable[Sentence]) -> list[Figures]:
    """The figures of consecutive sentences; a line that begins with an operator goes on from the one before."""
    found: list[Figures] = []
    last: Number | None = None
    for sentence in sentences:
        numbers = find(sentence.text)
        derived = tuple(derivations(sentence.text, numbers, last))
        found.append(Figures(sentence, numbers, derived))
        rates = [n for n in numbers if n.per] or [n for n in numbers if n.kind in ("size", "count")]
        last = rates[0] if rates else last
    return found


def find(text: str) -> tuple[Number, ...]:
    """Every number with its unit, in order."""
    found: list[Number] = []
    position = 0
    while match := _NUMBER.search(text, position):
        number = _number(text, match)
        found.append(number)
        position = max(match.end(), number.end)
    return tuple(found)


def _number(text: str, match: re.Match[str]) -> Number:
    value = float(match["digits"].replace(",", ""))
    if match["exp"] or match["ten"]:
        value *= 10.0 ** int((match["exp"] or match["ten"]).translate(_SUPERSCRIPTS))
    elif match["power"] or match["caret"]:
        exponent = int((match["power"] or match["caret"]).translate(_SUPERSCRIPTS))
        value = value**exponent if exponent <= 128 and value < 1e4 else value
    glued, size = match["glued"], match["size"] or match["size2"]
    scale = _SCALES.get((glued or match["spaced"] or "").lower(), 1.0)
    other: float | None = None
    end = match.end()
    if (
        size
        and re.fullmatch(r"B", size)
        and _glued_to(match, "size")
        and re.match(r"\s*(?:[a-z]|[/=×*≈÷)]|$)", text[end:])
    ):
        # "6B rows" and "2B/day" are billions; "500B" of a record stays bytes as the other reading.
        other, value, size = value, value * 1e9, None
    prefix = (size or "")[:1].lower() if size and size[:1] in "kKMGTPE" else ""
    if size:
        scale *= _BYTES.get(prefix, 1.0)
    value *= scale
    if size and size.endswith(("/s", "ps")):
        return Number(match.start(), end, text[match.start() : end], value, value, True, 1.0)
    return _with_unit(text, match.start(), end, value, bool(size), other)


def _glued_to(match: re.Match[str], group: str) -> bool:
    return bool(match[group]) and match.string[match.start(group) - 1].isdigit()


def _with_unit(text: str, start: int, end: int, value: float, is_size: bool, other: float | None) -> Number:
    rest = text[end : end + 60]
    if percent := re.match(r"\s?(?:%|per\s?cent\b|percent\b)", rest):
        stop = end + percent.end()
        return Number(start, stop, text[start:stop], value / 100, value / 100, False, percent=True)
    if not is_size and other is None and (time := _DURATION.match(rest)) and not re.match(r"\s?-?[smhd]/", rest):
        unit = _unit(time["time"])
        stop = end + time.end()
        return Number(start, stop, text[start:stop], value * unit, value, False, duration=unit)
    per, stop = _per(rest)
    stop = end + stop
    written = value
    return Number(
        start, stop, text[start:stop], value / per if per else value, written, is_size, per,
        other=other / per if other is not None and per else other,
    )  # fmt: skip


def _per(rest: str) -> tuple[float, int]:
    """The time a rate is counted in, and how far its words reach; (0, 0) when it is no rate."""
    if rate := _RATE.match(rest):
        return 1.0, rate.end()
    match = _PER.match(rest)
    if match and not re.search(r"\b(and|or|with|for|at|is|in|of|from|to|than|then|over)\b", match["lead"]):
        return _unit(match["time"]), match.end()
    if period := _PERIOD.match(rest):
        return _PERIODS[period[1]], period.end()
    return 0.0, 0


def _unit(word: str) -> float:
    low = word.lower().replace("μ", "µ")
    return _TIMES.get(low) or _TIMES.get(low.removesuffix("s")) or 1.0


def derivations(text: str, numbers: Sequence[Number], before: Number | None = None) -> Iterable[Derivation]:
    """Equations and conversions as written, left to right."""
    for index in range(1, len(numbers)):
        chain = _chain_before(text, numbers, index, before)
        result = numbers[index]
        gap = text[numbers[index - 1].end : result.start]
        if len(gap) > 60 or not _EQUALS.search(gap) or _operator(gap):
            continue
        if len(chain.operands) >= 2:
            yield Derivation(result, chain.operands, chain.start, _off_by(chain, result), whole=chain.whole)
        elif (conversion := _conversion(numbers[index - 1], result, gap)) is not None:
            yield conversion


@dataclass(frozen=True, slots=True)
class _Chain:
    operands: tuple[Number, ...]
    start: int
    values: tuple[float, ...]
    whole: bool = True


def _chain_before(text: str, numbers: Sequence[Number], index: int, before: Number | None) -> _Chain:
    """The product or quotient that ends right before numbers[index], evaluated as written and in base units."""
    first = index - 1
    while first > 0 and _operator(text[numbers[first - 1].end : numbers[first].start]):
        first -= 1
    operands = list(numbers[first:index])
    signs = _signs([text[a.end : b.start] for a, b in pairwise(operands)])
    lead = _leading_operator(text[numbers[first - 1].end if first else 0 : numbers[first].start])
    if lead:
        earlier = numbers[first - 1] if first else before
        if earlier is not None:
            operands.insert(0, earlier)
            signs.insert(0, lead)
    start = numbers[first].start
    if len(operands) < 2:
        return _Chain(tuple(operands), start, ())
    values = tuple(_evaluate(reading, signs) for reading in _readings(operands))
    # A number before the first operand may belong to the sum without a sign ("8M rows, a tenth of them, 0.1 × 64 B").
    return _Chain(tuple(operands), start, values, whole=first == 0 and not lead)


def _signs(gaps: Sequence[str]) -> list[str]:
    """The operators between operands; inside the brackets after a division, multiplying divides."""
    signs, dividing = [], False
    for gap in gaps:
        sign = _operator(gap)
        if ")" in gap:
            dividing = False
        signs.append("/" if dividing and sign == "*" else sign)
        if sign == "/" and "(" in gap:
            dividing = True
    return signs


def _readings(operands: Sequence[Number]) -> list[list[float]]:
    """The operands as written, in base units, and with the other meaning of an ambiguous “B”."""
    written = [n.written for n in operands]
    base = [n.value for n in operands]
    mixed = [n.other if n.other is not None else n.written for n in operands]
    return [written, base, mixed]


def _evaluate(values: Sequence[float], signs: Sequence[str]) -> float:
    total = values[0]
    terms: list[float] = []
    for sign, value in zip(signs, values[1:], strict=True):
        if sign == "*":
            total *= value
        elif sign == "/":
            total = total / value if value else float("inf")
        else:
            terms.append(total)
            total = value if sign == "+" else -value
    return sum(terms) + total


def _off_by(chain: _Chain, result: Number) -> float:
    """The best agreement over the readings; 1 is exact."""
    targets = [t for t in (result.written, result.value, result.other) if t]
    ratios = [target / value for value in chain.values for target in targets if value and value != float("inf")]
    if result.per and result.per != 1.0:
        ratios += [result.value * 1.0 / value for value in chain.values if value]
    good = [r for r in ratios if r > 0]
    return min(good, key=lambda r: max(r, 1 / r), default=0.001)


def _conversion(a: Number, b: Number, gap: str) -> Derivation | None:
    """`9M an hour, so 2.5k a second`: the same thing in another unit of time."""
    if not (a.per and b.per) or a.per == b.per or a.is_size != b.is_size or _CHANGES.search(gap):
        return None
    ratio = b.value / a.value if a.value else 0.0
    holds = 1 / TOLERANCE <= ratio <= TOLERANCE
    if not holds and not _STRONG_EQUALS.search(gap):
        return None
    return Derivation(b, (a,), a.start, ratio) if ratio > 0 else None


def derivable(result: Number, near: Sequence[Number], known: Sequence[Number]) -> bool:
    """Whether a number follows from one beside it and one known before, by one product or quotient."""
    targets = [t for t in (result.written, result.value) if t]
    for a in near:
        if a is result or a.start >= result.start or not a.value:
            continue
        for b in known:
            if b is result or b is a:
                continue
            for x in (a.written, a.value):
                for y in (b.written, b.value):
                    if any(_close(t, v) for t in targets for v in (x * y, y / x if x else 0.0, x / y if y else 0.0)):
                        return True
    return False


def _close(a: float, b: float) -> bool:
    return b > 0 and 0.9 <= a / b <= 1.11


def _operator(gap: str) -> str:
    match = _OPERATOR.match(gap)
    if not match or len(gap) > 44 or re.search(r"[=≈→⇒;]", gap):
        return ""
    return _sign(match[1])


def _leading_operator(gap: str) -> str:
    match = re.search(r"(?:^|[\s,(:→])(×|\*|÷|/|·|x)\s*$", gap)
    return _sign(match[1]) if match else ""


def _sign(sign: str) -> str:
    low = sign.lower()
    if low in ("×", "*", "·", "x", "times") or low.startswith(("multiplied", "at")):
        return "*"
    if low in ("÷", "/") or low.startswith("divided"):
        return "/"
    return "+" if low == "+" else "-"
