"""The arithmetic written between numbers: `100M / 86,400 s ≈ 1,157/s`, conversions, and what does not come out.

A wrong accusation is worse than a miss: an equation is called wrong only if no usual reading of it comes out.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from typing import Final

from scoring.engine.amounts import Number
from scoring.engine.equations import GUESSED, Chain, outcomes
from scoring.engine.units import TIME_WORD, converts, seconds

TOLERANCE: Final = 1.35
SLIP: Final = 5.0
PLAIN_SLIP: Final = 3.5
# Copies, peaks and compression may stand between both sides without a sign.
CHANGED_SLIP: Final = 60.0

_HEDGE: Final = r"(?:about|around|roughly|approx(?:imately)?\.?|ca\.?|some|say|avg\.?|average|an?|the|nearly|almost)"
_OPERATOR: Final = re.compile(
    rf"^(?P<noun>[\s)\w.'’/%,-]{{0,48}}?)(?P<sign>×|\*|÷|/|·|∙|⋅|(?<![A-Za-z])[xX](?![A-Za-z])|\btimes\b|"
    rf"\bmultiplied\s+by\b|\bdivided\s+by\b|\bover\b|\bat\b|\bof\b|\bfor\b|\bacross\b|\+|\bplus\b|(?<=\s)[−–-](?=\s)|(?<=\))-)"
    rf"(?P<tail>[\s(\[~≈]*(?:{_HEDGE}\s+)?[(~]?)$",
    re.IGNORECASE,
)
_SIGNS: Final = {
    "×": "*", "*": "*", "·": "*", "∙": "*", "⋅": "*", "x": "*", "times": "*", "÷": "/", "/": "/", "+": "+", "plus": "+",
    "−": "-", "–": "-", "-": "-", "of": "of", "at": "at", "over": "over", "for": "over", "across": "/",
}  # fmt: skip
_EQUALS: Final = re.compile(
    r"(=|≈|≃|≅|~|→|⇒|=>|->|:(?=\s)|\bis\b|\bare\b|\bgives?\b|\bmakes?\b|\bequals?\b|\bcomes?\s+to\b|\bso\b|\babout\b|\baround\b|\broughly\b|"
    r"\bthat\s+is\b|\bresults?\s+in\b|\bhence\b|\bor\b|\btranslates\b|\bmeans?\b|\byields?\b|\bneed\b|\bhave\b|,|\||\()",
    re.IGNORECASE,
)
_STRONG_EQUALS: Final = re.compile(
    rf"(?:=|≈|≃|≅|→|⇒|=>|->|\b(?:is|are|gives?|makes?|equals?|so|that\s+is|which\s+is|comes?\s+to|comes?\s+out\s+(?:at|as)|works?\s+out\s+(?:at|as|to)|results?\s+in|yields?|means?)\b"
    rf"[\s:,]*(?:{_HEDGE}\s+|only\s+|just\s+|us\s+|we\s+(?:get|need|have)\s+)*)[\s~≈*(<>]*(?:{_HEDGE}\s+)?[~≈*(]*$",
    re.IGNORECASE,
)
_SIGN_EQUALS: Final = re.compile(r"[=≈≃≅](?!>)[\s~≈*(]*$")
_ARROW: Final = re.compile(r"(?:→|⇒|=>|->)\s*~?\s*$")
_CHANGES: Final = re.compile(
    r"\b(peak|replica\w*|replication|copies|copy|copied|headroom|burst|spike|rf\s?\d|evening|busy|busiest|compress\w*|dedup\w*|"
    r"per\s+node|per\s+shard|each|overhead|index\w*|erasure|spare|margin|cache|cached|hit|miss|usable|utili[sz]ation|"
    r"redundan\w*|with|including|plus|after|without|zip\w*|encod\w*|only|free|saves?|saving|gz\w*|buffer)\b|[×x*]\s?\d|\d\s?[×x]\b",
    re.IGNORECASE,
)
_COMMENT: Final = re.compile(r"\([^()]*[^()\W\d_][^()]*\)")
_BOUNDARY: Final = re.compile(
    r"(?:^|[:=≈|;→⇒(\[]|->|\.\s|\b(?:so|is|are|hence|therefore|thus|then)\b)[\s~≈*`(\[]*[A-Za-z]{0,3}$"
)
_POWER: Final = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻^√]|\*\*|\b(?:log|ln|sqrt|squared)\b")
_OF_WHAT: Final = re.compile(r"\s*of\s*(?:the\s+)?", re.IGNORECASE)
_GENERIC: Final = frozenset("request req call op operation query hit event message write read rps qps tps".split())
_MONEY: Final = re.compile(r"[$€£]\s?\d|\d\s?[$€£]|\b(?:cents?|dollars?|euros?|usd|eur)\b", re.IGNORECASE)
# The result of one equation may be the beginning of another, or the odds of something.
_GOES_ON: Final = re.compile(r"[\w\s]{0,20}[×*/÷·](?!\w)\s*[\d~(]|\s+x\s+\d|\s+in\s+\d|\s+out\s+of\s+\d")
_FOR_EACH: Final = re.compile(rf"(?:\b(?:per|each|every)\s+|/)(?!{TIME_WORD})[a-z]{{3,}}")
_ROUNDED: Final = 0.04
_NO_NOUNS: Final = frozenset("million thousand billion daily second byte bytes new".split())
_PERIOD_WORD: Final = re.compile(
    r"(?:\b(?:per|an?|each|every|this)\s+|/\s?)(month|year|hour|week|day|minute|second)|\b(month|year|hour|week)ly\b"
)


@dataclass(frozen=True, slots=True)
class Derivation:
    """A result together with the numbers it was computed from, and by what factor it misses them.

    `right` is what the result should have been; `whole` when nothing before or after can change it.
    """

    result: Number
    operands: tuple[Number, ...]
    start: int
    off_by: float
    whole: bool = True
    right: float = 0.0
    limit: float = SLIP
    spread: float = 1.0

    @property
    def holds(self) -> bool:
        return 1 / (TOLERANCE * self.spread) <= self.off_by <= TOLERANCE * self.spread

    @property
    def is_slip(self) -> bool:
        """Clearly wrong, and nothing unsaid could make it right."""
        limit = self.limit * self.spread
        return self.whole and not 1 / limit <= self.off_by <= limit

    @property
    def end(self) -> int:
        """Where the left side of the equation ends."""
        return max((n.end for n in self.operands if n.end <= self.result.start), default=self.start)


def derivations(
    text: str, numbers: Sequence[Number], before: Number | None = None, heard: frozenset[float] = frozenset()
) -> Iterable[Derivation]:
    """Equations and conversions as written, left to right. `heard` are periods that were spoken of before."""
    heard = heard | {seconds(one or two) for one, two in _PERIOD_WORD.findall(text.lower())}
    gaps = [_plain(text[a.end : b.start]) for a, b in pairwise(numbers)]
    for index in range(1, len(numbers)):
        gap = gaps[index - 1]
        if len(gap) > 60 or not _EQUALS.search(gap) or _operator(gap, numbers[index - 1], numbers[index]):
            continue
        result = numbers[index]
        chain = _chain_before(text, numbers, gaps, index, before)
        if len(chain.operands) >= 2:
            derivation = _derivation(text, chain, result, gap, heard)
        else:
            derivation = _conversion(text, numbers[index - 1], result, gap, alone=index == 1)
        if derivation is not None:
            yield derivation


def _plain(gap: str) -> str:
    """What stands between two numbers without emphasis and remarks in brackets."""
    for written, meant in (("**", ""), ("`", ""), ("\\times", "×"), ("\\div", "÷"), ("\\approx", "≈"), ("$", "")):
        gap = gap.replace(written, meant)
    return _COMMENT.sub("", gap)


def _operator(gap: str, left: Number, right: Number) -> str:
    match = _OPERATOR.match(gap)
    if not match or len(gap) > 60:
        return ""
    word = re.sub(r"\s+", " ", match["sign"].lower())
    sign = _SIGNS.get(word, "*" if word.startswith("multiplied") else "/")
    if sign == "of" and not (left.percent or (left.bare and left.value < 1)):
        # `200M phrases of 30 bytes`
        return "*" if left.kind == "count" and left.value > 1 and right.is_size and not right.per else ""
    return "" if sign in "+-" and "," in match["noun"] else sign


def _leading(gap: str) -> str:
    match = re.search(r"(?:^|[\s,(:→])(×|\*|÷|/|·|x|times|divided by|multiplied by)\s*$", gap, re.IGNORECASE)
    return "" if not match else "/" if match[1].lower() in ("÷", "/", "divided by") else "*"


def _chain_before(
    text: str, numbers: Sequence[Number], gaps: Sequence[str], index: int, before: Number | None
) -> Chain:
    """The sum or product that ends right before numbers[index]."""
    first = index - 1
    while first > 0 and _operator(gaps[first - 1], numbers[first - 1], numbers[first]):
        first -= 1
    operands = list(numbers[first:index])
    start = operands[0].start
    lead = text[numbers[first - 1].end if first else 0 : start]
    items: list[int | str] = ["("] * len(re.findall(r"\(", lead[-4:])) + [0]
    soft = False
    for place in range(1, len(operands)):
        gap = gaps[first + place - 1]
        sign = _operator(gap, operands[place - 1], operands[place])
        if sign == "over" and not (
            operands[place].duration or (operands[place].bare and converts(operands[place].value))
        ):
            return Chain(tuple(operands[place:]), operands[place].start)
        soft = soft or sign in ("over", "of")
        items += [*(c for c in gap if c == ")"), sign, *(c for c in gap if c == "("), place]
    whole = bool(first == 0 or _BOUNDARY.search(_plain(lead))) and not re.search(r"\b(?:and|with|each)\b[^:=]*$", lead)
    # In "… = 39k cores + 5k × 6" the first operand is what came out before.
    whole = whole and not ({"+", "-"} & set(items) and re.search(r"[=≈]\s*~?$", lead))
    whole = whole and not any(_POWER.search(gap) for gap in (_plain(lead), *gaps[first:index]))
    # "40 of 64 GB" may be forty machines, or a part of one; "20% of 64 GB" is plain.
    whole = whole and not any(
        _OF_WHAT.fullmatch(gap) and not number.percent
        for number, gap in zip(numbers[first:index], gaps[first:index], strict=True)
    )
    sign = _leading(lead)
    earlier = numbers[first - 1] if first else before
    if sign and earlier is not None:
        operands.insert(0, earlier)
        items = [0, sign, *(item + 1 if isinstance(item, int) else item for item in items)]
        whole = False
    elif len(operands) == 1 and operands[0].multiplies and first:
        operands.insert(0, numbers[first - 1])
        items, whole = [0, "*", 1], False
    items += [c for c in gaps[index - 1][: _EQUALS.search(gaps[index - 1]).start()] if c == ")"]  # type: ignore[union-attr]
    if items.count("(") != items.count(")"):
        whole = whole and items.count("(") > items.count(")")
        items = [item for item in items if item not in ("(", ")")]
    return Chain(tuple(operands), start, tuple(items), whole, soft)


def _may_be_meant_otherwise(text: str, chain: Chain, result: Number, off_by: float, level: int) -> bool:
    """Whether money, odds, thousands said once or things counted for each may make an equation right after all."""
    sum_ = text[chain.start : result.end + 12]
    if _MONEY.search(text[max(0, chain.start - 2) : result.end + 12]) or _GOES_ON.match(text, result.end):
        return True
    if level and _FOR_EACH.search(sum_):
        return True
    # "17 + 33 = 50k", "347 / 5 = 69 k/s"
    thousands = any(abs(off_by / power - 1) < _ROUNDED for power in (1e3, 1e6, 1e9))
    return thousands and result.scaled and not any(n.scaled or n.is_size for n in chain.operands)


def _derivation(text: str, chain: Chain, result: Number, gap: str, heard: frozenset[float]) -> Derivation | None:
    levels = outcomes(chain, result, heard)
    if not levels:
        return None
    level = min(levels)
    right, off_by = min(levels[level], key=lambda one: abs(math.log(one[1])))
    whole = chain.whole and level < GUESSED and bool(_STRONG_EQUALS.search(gap)) and not (chain.soft and level)
    around = text[max(0, chain.start - 30) : chain.start] + text[chain.start : result.end + 40].split(". ")[0]
    signs = {item for item in chain.items if isinstance(item, str)}
    plain = level == 0 and bool(_SIGN_EQUALS.search(gap)) and signs <= {"*", "/", "(", ")"}
    changed = _CHANGES.search(_unmarked(around, chain))
    limit = CHANGED_SLIP if changed else PLAIN_SLIP if plain else SLIP
    spread = math.prod(n.spread for n in (*chain.operands, result))
    whole = whole and not _may_be_meant_otherwise(text, chain, result, off_by, level)
    found = Derivation(result, chain.operands, chain.start, off_by, whole, right, limit, min(spread, 3.0))
    if found.is_slip and level:
        # None of the readings comes out; the first is the one that leaves least unsaid.
        right, off_by = levels[level][0]
        found = replace(found, right=right, off_by=off_by)
    return found


def _unmarked(around: str, chain: Chain) -> str:
    """The words around an equation without its own signs of multiplication."""
    return re.sub(r"[×x*·]", " ", around)


def _conversion(text: str, a: Number, b: Number, gap: str, *, alone: bool) -> Derivation | None:
    """`9M an hour, so 2.5k a second`, `8 Tbit/s = 1 TB/s`: the same thing in another unit."""
    for one, two in product(a.readings(), b.readings()):
        if one.kind == two.kind and one.value > 0 and two.value > 0:
            break
    else:
        return None
    ratio = two.value / one.value
    spread = a.spread * b.spread
    other_time = bool(one.per and two.per and one.per != two.per)
    other_unit = one.kind in ("size", "time", "size rate") and not other_time and _unit_of(one) != _unit_of(two)
    power = one.bare and two.bare and bool(_POWER.search(a.text))
    if not (other_time or other_unit or power) or _CHANGES.search(gap):
        return None
    found = Derivation(b, (a,), a.start, ratio, False, one.value, SLIP, spread)
    if found.holds:
        return found
    sign = bool(_SIGN_EQUALS.search(gap))
    said = sign or (other_time and bool(_STRONG_EQUALS.search(gap)) and (alone or not _ARROW.search(gap)))
    same = _same_thing(a, b, strict=not sign)
    if _each_has_some(a) != _each_has_some(b) or _GOES_ON.match(text, b.end):
        return None
    changed = _CHANGES.search(_before_stop(text[a.start : b.start]) + " " + _before_stop(text[b.end : b.end + 30]))
    if not said or not same or changed or a.said or b.said:
        return None
    return Derivation(b, (a,), a.start, ratio, True, one.value, SLIP, spread)


def _before_stop(text: str) -> str:
    return re.split(r"[.;,]\s", text)[0]


def _unit_of(number: Number) -> str:
    return re.sub(r"^[\d.,\s~–-]+", "", number.text).strip()


def _same_thing(a: Number, b: Number, *, strict: bool) -> bool:
    """Whether two rates count the same: posts a day are not reads a second."""
    one, two = _nouns(a), _nouns(b)
    if not one or not two or one & two:
        return True
    return not strict and bool((one | two) & _GENERIC)


def _each_has_some(number: Number) -> bool:
    """Whether a rate is that of one of many: `20 changes per user per day`."""
    return len(re.findall(r"\bper\b|/|\beach\b", number.text)) > 1


def _nouns(number: Number) -> frozenset[str]:
    words = re.findall(r"[a-z]{3,}", re.split(r"\bper\b|/|\ba\b|\ban\b", number.text.lower())[0])
    return frozenset(word.removesuffix("s") for word in words if word not in _NO_NOUNS)


def follows(result: Number, near: Sequence[Number], known: Sequence[Number]) -> bool:
    """Whether a number follows from one near it and one known before by one product or quotient, or is one restated."""
    results = [t for t in {result.written, result.value} if t > 0]
    for a in near:
        if a.value <= 0 or a is result:
            continue
        if (
            a.kind == result.kind
            and (a.per, a.duration) != (result.per, result.duration)
            and _close(a.value, result.value)
        ):
            return True
        for b in known:
            if b is a or b is result or b.value <= 0 or b.value == 1 or a.value == 1:
                continue
            for x, y in product({a.written, a.value}, {b.written, b.value}):
                if any(_close(t, x * y) or _close(t, x / y) or _close(t, y / x) for t in results):
                    return True
    return False


def _close(a: float, b: float) -> bool:
    return 0.93 <= a / b <= 1.075
