"""Numbers with units as they stand in an answer: figures and words, ranges, rates, sizes and durations.

A number keeps its value in bytes, seconds and counts, so that 100M/day, 1,157/s and 1.16k per second agree.
"""

import math
import re
from dataclasses import dataclass, replace
from typing import Final

from lib.quantities import is_counted
from scoring.engine.units import DATA_WORD, PERIODS, RATE_WORD, SCALES, TIME_WORD, WORDS, data, seconds, spelled

# Nothing that is counted has more digits; 2^128 has 39.
_DIGITS: Final = 60
_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_BIG: Final = r"hundred|thousand|million|billion|trillion|dozen|lakh|crore"
_SMALL: Final = "|".join(word for word, value in WORDS.items() if value >= 1)
_NUMBER: Final = re.compile(
    rf"""(?:(?<![\w.,])|(?<=[\s\d)(×]x))
    (?:(?P<digits>
        \d{{1,3}}(?:[,'’_\u00a0\u2009\u202f]\d{{3}})+(?:\.\d+)?(?![\d]) | \d{{1,3}}(?:\ \d{{3}})+(?![\d.,]*\d)
      | \d{{1,3}}(?:\.\d{{3}}){{2,}}(?!\d)
      | \d{{1,3}},\d{{1,2}}(?=\s?(?:[kKMGTPE]?i?B|[kMGT]|ms|s|bn|million|billion|%)(?![A-Za-z]))
      | \d+(?:\.\d+)? | \.\d+ )
    (?:[eE](?P<exp>[+-]?\d{{1,2}})(?![\w])|\s?[×x*·]\s?10(?:\^|\*\*)?(?P<ten>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+|(?<=\^|\*)[-−]?\d{{1,2}})
      |(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?:\^|\*\*)(?P<caret>[-−]?\d{{1,2}}))?
    |(?P<words>\b(?i:(?:(?:an?|half\s+an?|a\s+quarter(?:\s+of\s+a)?)[\s-]+(?:{_BIG})|(?:{_SMALL}))
        (?:[\s-]+(?:and[\s-]+(?:a[\s-]+half[\s-]+)?)?(?:{_BIG}|{_SMALL}))*)(?![\w])))""",
    re.VERBOSE,
)
# "1080p", "3rd", "10:30", "10.0.0.1" and dates are names, not amounts.
_NAME: Final = re.compile(r"(?:p|st|nd|rd|th|D|v)\b|:\d\d\b|\.\d+\.\d|-\d\d-\d\d|/[a-z]+=")
_SCALE: Final = re.compile(
    r"(?:(?P<glued>[kKmMbBgGtT]|bn|Bn|mn|mm|MM|mil|mln|mio)|[\s-]?(?P<spaced>(?i:thousand|millions?|billions?|trillion|"
    r"hundred|dozen|lakh|crore|mio|mln|bn)|(?<=\s)[MGTkK]))(?![A-Za-z])"
)
_SIZE: Final = re.compile(rf"(?P<blank>[\s-]?)(?P<unit>{DATA_WORD})(?P<ps>ps)?(?![A-Za-z])")
# “One” is a number only of a unit.
_ONE_OF: Final = re.compile(r"\s+(?:second|minute|hour|day|week|month|year|[kKMGTPE]i?B\b|byte|kilo|mega|giga|tera)")
_PLUS: Final = re.compile(r"\+(?=[\s/,.)]|$)(?!\s*[\d(])")
_PERCENT: Final = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|pct\b)")
_DURATION: Final = re.compile(rf"[\s-]?(?P<time>{TIME_WORD})(?!/[a-z])")
_PER: Final = re.compile(
    r"(?P<lead>\s*(?:[a-zA-Z][\w-]*[\s/]+){0,4}?[a-zA-Z-]*?)\s?\(?(?:/\s?|\bper\s+|\ban?\s+|\beach\s+|\bevery\s+|"
    rf"\b(?:in|during|within)\s+(?:an?|one)\s+)(?P<time>{TIME_WORD})\)?"
)
_NOT_IN_A_RATE: Final = re.compile(
    rf"\b(?:and|or|with|for|at|is|are|in|of|from|to|than|then|over|so|times|{RATE_WORD})\b", re.IGNORECASE
)
_RATE: Final = re.compile(rf"(?:\s?[a-zA-Z-]+){{0,2}}?\s?\b{RATE_WORD}\b")
_PERIOD: Final = re.compile(rf"\s(?:[a-zA-Z]+\s){{0,2}}?(?P<period>{'|'.join(PERIODS)})\b")
_RANGE: Final = re.compile(r"\s?(?:[–—-]|to)\s?(?=[\d~])|\s+to\s+(?=\d)")
_RANGE_AND: Final = re.compile(r"\s+and\s+(?=\d)")
# "QPS: 1,157", "reads per second = …", "daily storage ≈ …": the label says what the number is counted in.
_LABEL: Final = re.compile(
    rf"(?:(?<![a-z])(?P<rate>{RATE_WORD})(?![a-z])|(?:\bper|\ba|/)\s*(?P<time>{TIME_WORD})|(?<![A-Za-z])(?P<period>(?i:{'|'.join(PERIODS)}))(?![a-z]))"
    r"[^.;:=≈~|\d\n]{0,30}(?:[:=≈~|]|\b(?:is|are|of)\b)[\s~≈*|(]*(?:about|around|roughly|approx\.?|ca\.?)?\s*$"
)
_LABEL_GOES_ON: Final = re.compile(
    r"\s*(?:\(?(?:avg\.?|average|mean)\)?)?[\s,(/]*(?:avg\.?|average|mean|peak|at\s+(?:the\s+)?peak|max)[\s:=≈~(]*",
    re.IGNORECASE,
)
_LABEL_LINK: Final = re.compile(r"[^.;|]{0,30}?[×x*/÷·=≈→>~][^.;|]{0,12}")
_MULTIPLIES: Final = re.compile(
    r"\s?(?:[x×](?![A-Za-z\d])(?!\s*[\d(~])|(?:full\s+)?(?:copies|replicas)\b|times\b(?!\s*[\d(~]))"
)


@dataclass(frozen=True, slots=True)
class Number:
    """A quantity as found: `value` in counts, bytes and seconds; `written` with the time unit left as written.

    `other` is another reading of an ambiguous unit, of data if `other_is_size`; `said` is the period of a label
    before a number that has none; `spread` is how far the ends of a range lie from its middle.
    """

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
    other_is_size: bool = False
    said: float = 0.0
    spread: float = 1.0
    bits: bool = False
    multiplies: bool = False
    scaled: bool = False

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

    @property
    def bare(self) -> bool:
        return self.kind == "count"

    def labelled(self) -> "Number":
        """The same number in the period its label names."""
        if not self.said or self.kind not in ("count", "size"):
            return self
        return replace(self, value=self.value / self.said, written=self.value, per=self.said)

    def readings(self) -> "tuple[Number, ...]":
        """What else it may be: `500B` five hundred bytes, a number after “QPS:” a rate."""
        found = [self]
        if self.said:
            found.append(self.labelled())
        if self.other is not None:
            found.append(replace(self, value=self.other, written=self.other, is_size=self.other_is_size, other=None))
        return tuple(found)


def find(text: str) -> tuple[Number, ...]:
    """Every number with its unit, in order; a range is one number."""
    found: list[Number] = []
    position = 0
    while match := _NUMBER.search(text, position):
        position = match.end()
        number = _number(text, match)
        if number is None:
            continue
        number = _range(text, number)
        if found and found[-1].end > number.start:
            continue
        found.append(number)
        position = max(position, number.end)
    return _with_labels(text, found)


def _number(text: str, match: re.Match[str]) -> Number | None:
    value = _value(match)
    end = match.end()
    if value is None or value > 10.0**_DIGITS or _NAME.match(text, end):
        return None
    if (match["words"] or "").lower() == "one" and not _ONE_OF.match(text, end):
        return None
    start = match.start()
    other: float | None = None
    other_is_size = is_size = bits = scaled = False
    size = _SIZE.match(text, end)
    if size and size["unit"] == "B" and not size["blank"] and not size["ps"] and not match["words"]:
        billions = _means_billions(text[size.end() : size.end() + 24], value)
        if billions:
            other, other_is_size = (value, True) if billions < 1 else (None, False)
            value, scaled = value * 1e9, True
            end, size = size.end(), None
        else:
            other, other_is_size = value * 1e9, False
    elif not size and (scale := _SCALE.match(text, end)):
        word = (scale["glued"] or scale["spaced"]).lower()
        value, scaled, end = value * SCALES.get(word, SCALES.get(word.removesuffix("s"), 1.0)), True, scale.end()
        if scale["glued"] in ("G", "T"):
            other, other_is_size = value, True
        size = _SIZE.match(text, end)
    end = plus.end() if (plus := _PLUS.match(text, end)) else end
    if size:
        end = max(end, size.end())
        is_size = True
        over = bool(size["ps"]) or bool(re.match(r"\s?/\s?s|\s+per\s+s", text[end : end + 8]))
        factor, second, bits = data(size["unit"], over)
        if second is not None:
            other, other_is_size = value * second, True
        value *= factor
        if size["ps"]:
            whole = text[start:end]
            return Number(start, end, whole, value, value, True, 1.0, other=other, other_is_size=True, bits=bits)
    found = Number(start, end, text[start:end], value, value, is_size, other=other, other_is_size=other_is_size)
    return _with_unit(text, replace(found, bits=bits, scaled=scaled))


def _value(match: re.Match[str]) -> float | None:
    if match["words"]:
        low = match["words"].lower()
        if low.startswith(("half", "a quarter")):
            share = 0.5 if low.startswith("half") else 0.25
            return share * (spelled(re.sub(r"half|quarter", "", low)) or 1.0)
        if "and a half" in low or "and-a-half" in low:
            head, tail = re.split(r"and[\s-]+a[\s-]+half", low)
            return ((spelled(head) or 0.0) + 0.5) * (spelled(tail) or 1.0)
        return spelled(low)
    digits = match["digits"]
    if re.fullmatch(r"\d{1,3},\d{1,2}", digits):
        digits = digits.replace(",", ".")
    elif re.fullmatch(r"\d{1,3}(?:\.\d{3}){2,}", digits):
        digits = digits.replace(".", "")
    value = float(re.sub(r"[,'’_\s\u00a0\u2009\u202f]", "", digits))
    if match["exp"] or match["ten"]:
        return value * 10.0 ** int((match["exp"] or match["ten"]).translate(_SUPERSCRIPTS))
    if match["power"] or match["caret"]:
        exponent = int((match["power"] or match["caret"]).translate(_SUPERSCRIPTS))
        digits = abs(exponent * math.log10(value)) if value > 0 else 0.0
        return value**exponent if value > 0 and digits <= _DIGITS else value
    return value


def _means_billions(rest: str, value: float) -> float:
    """Whether `6B` are billions: 1 surely, a half perhaps, 0 when bytes are likelier."""
    noun = re.match(r"\s+(?:[a-z]+\s+)?([a-z]+)", rest)
    if noun and (is_counted(noun[1]) or is_counted(rest.split()[0])):
        return 1.0
    if re.match(r"[,.;:]", rest) and value >= 16:
        return 0.0
    return 0.0 if 30 <= value < 2000 and value == int(value) and not re.match(r"\s?/", rest) else 0.5


def _with_unit(text: str, number: Number) -> Number:
    rest = text[number.end : number.end + 60]
    if not number.is_size and (percent := _PERCENT.match(rest)):
        share = number.value / 100
        return _until(text, replace(number, value=share, written=share, percent=True), percent)
    if not number.is_size and (time := _DURATION.match(rest)):
        unit = seconds(time["time"])
        return _until(text, replace(number, value=number.value * unit, duration=unit, other=None), time)
    per, match = _per(rest)
    if per and match:
        other = number.other / per if number.other is not None else None
        return _until(text, replace(number, value=number.value / per, per=per, other=other), match)
    return replace(number, multiplies=bool(not number.is_size and _MULTIPLIES.match(rest)))


def _until(text: str, number: Number, match: re.Match[str]) -> Number:
    end = number.end + match.end()
    return replace(number, end=end, text=text[number.start : end])


def _per(rest: str) -> tuple[float, re.Match[str] | None]:
    """The time a rate is counted in, and the words that say so."""
    match = _PER.match(rest)
    if match and not _NOT_IN_A_RATE.search(match["lead"]):
        return seconds(match["time"]), match
    if rate := _RATE.match(rest):
        return 1.0, rate
    if period := _PERIOD.match(rest):
        return seconds(period["period"].lower()), period
    return 0.0, None


def _range(text: str, low: Number) -> Number:
    """`5-10k/s`, `between 5 and 10 TB`: one number in the middle of its two ends."""
    link = _RANGE.match(text, low.end)
    if not link and re.search(r"\bbetween\s+[~≈]?$", text[: low.start]):
        link = _RANGE_AND.match(text, low.end)
    match = _NUMBER.match(text, link.end()) if link else None
    high = _number(text, match) if match else None
    if high is None or (low.percent and not high.percent):
        return low
    bottom = low.value
    if low.bare and not low.scaled:
        plain = _value(match) if match else None
        bottom *= high.value / plain if plain else 1.0
    elif (low.bare and high.per) or (low.kind == "size" and high.kind == "size rate"):
        bottom /= high.per
    elif low.kind != high.kind:
        return low
    if not 0 < bottom < high.value <= 30 * bottom or _is_years(low.value, high.value):
        return low
    middle = math.sqrt(bottom * high.value)
    written = middle * high.written / high.value
    end = high.end
    spread = math.sqrt(high.value / bottom)
    whole = text[low.start : end]
    return replace(high, start=low.start, text=whole, value=middle, written=written, spread=spread, other=None)


def _is_years(low: float, high: float) -> bool:
    return 1900 <= low < high <= 2100


def _with_labels(text: str, found: list[Number]) -> tuple[Number, ...]:
    """Gives a number without a period that of its label; of a row of sums the last, the result."""
    period, last = 0.0, -1
    marks: dict[int, float] = {}
    for index, number in enumerate(found):
        gap = text[found[index - 1].end if index else 0 : number.start][-80:]
        label = _LABEL.search(gap)
        if label:
            marks |= {last: period} if period else {}
            word = label["time"] or (label["period"] or "").lower()
            period, last = seconds(word) if word else 1.0, index
        elif period and _LABEL_GOES_ON.fullmatch(gap):
            marks[last], last = period, index
        elif period and _LABEL_LINK.fullmatch(gap):
            last = index
        elif period:
            marks[last], period = period, 0.0
    marks |= {last: period} if period else {}
    return tuple(
        replace(n, said=marks[i]) if i in marks and n.kind in ("count", "size") else n for i, n in enumerate(found)
    )


def show(value: float, like: Number) -> str:
    """A value in the units of a number: `1,157 a second`, `8.4 Tbit/s`, `50 GB`."""
    if like.percent:
        return f"{value * 100:.3g} %"
    if like.duration:
        return f"{_short(value / like.duration)} {_TIME_NAMES.get(round(like.duration, 9), 's')}"
    shown = value * like.per if like.per else value
    period = _TIME_NAMES.get(round(like.per, 9), "") if like.per else ""
    if like.is_size:
        unit = "bit" if like.bits else "B"
        return f"{_prefixed(shown * (8 if like.bits else 1))}{unit}" + (f"/{period}" if period else "")
    article = "an" if period == "hour" else "a"
    name = "second" if period == "s" else period
    return _short(shown) + (f" {article} {name}" if period else "")


_TIME_NAMES: Final = {
    1e-9: "ns", 1e-6: "µs", 1e-3: "ms", 1.0: "s", 60.0: "min", 3600.0: "hour", 86400.0: "day", 604800.0: "week",
    round(365.25 * 7200, 9): "month", 365.25 * 86400: "year",
}  # fmt: skip


def _short(value: float) -> str:
    if abs(value) < 10:
        return f"{value:.2g}"
    if abs(value) < 10_000:
        return f"{value:,.0f}"
    for scale, letter in ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= 0.9995 * scale:
            return f"{value / scale:,.3g}{letter}" if abs(value) < 0.9995e15 else _power_of_ten(value)
    return f"{value:,.0f}"


def _power_of_ten(value: float) -> str:
    """`1.6 × 10^16`: no letter stands for so many, and `1.6e+16` is no way to write to people."""
    digits, power = f"{value:.1e}".split("e")
    return f"{digits.removesuffix('.0')} × 10^{int(power)}"


def _prefixed(value: float) -> str:
    for power, prefix in ((18, "E"), (15, "P"), (12, "T"), (9, "G"), (6, "M"), (3, "k")):
        if abs(value) >= 0.9995 * 10**power:
            return f"{value / 10**power:.3g} {prefix}"
    return f"{value:.3g} "
