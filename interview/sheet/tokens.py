"""A sum cut into numbers, words and signs, with their places."""

import re
from collections.abc import Iterator
from typing import Final

from interview.sheet import words
from lib.quantities import SIGNS, QuantityError, Token, is_counted, is_unit

# A person's longest line has about twenty, and a long sheet some hundreds. More would take time.
MAX_PARTS: Final = 60

_SUPERSCRIPTS: Final = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN: Final = re.compile(
    r"""\s*(?:
      (?P<number>\d{1,3}(?:(?P<comma>[,_'’ ])\d{3})(?:(?P=comma)\d{3})*(?:\.\d+)?(?![\d])
        |\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+)
        (?P<scale>(?:[kKMGTB]|[bB]n|mn|mio|million|billion)(?![^\W\d_]))?
    | (?P<money>[$€£])
    | (?P<name>[^\W\d⁰¹²³⁴⁵⁶⁷⁸⁹][^\W⁰¹²³⁴⁵⁶⁷⁸⁹]*|%)
    | (?P<into>->|→|⇒)
    | (?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+)
    | (?P<op>\*\*|[-+*/^()×·⋅∙÷−–:])
    | (?P<hedge>[~≈])
    )""",
    re.VERBOSE,
)
_DASHES: Final = {"–": "-", "⋅": "*", "∙": "*"}


class Wrong(QuantityError):
    """What is wrong on a line and what to do about it; `line` is the one that is to blame, if it is another."""

    def __init__(self, message: str, at: int | None = None, remedy: str = "", line: int = 0) -> None:
        super().__init__(message, at)
        self.remedy, self.line = remedy, line


def cut(text: str) -> list[Token]:
    """The tokens of an expression, or as many as already are too many."""
    found: list[Token] = []
    position, end = 0, len(text.rstrip())
    money: Token | None = None
    while position < end and len(found) <= MAX_PARTS:
        match = _TOKEN.match(text, position)
        if not match:
            raise _not_understood(text, position + len(text[position:]) - len(text[position:].lstrip()))
        last, position = found[-1] if found else None, match.end()
        if money and last and last.at > money.at and not _is_scale(match["name"]):
            found.append(money)  # `$5k`, `$5 million` are so many dollars
            money = None
        if match["money"]:
            if money:
                break
            money = Token("name", match["money"], at=match.start("money"))
            if last and last.kind == "number" and not re.match(r"\s*[\d.]", text[position:]):
                found.append(money)
                money = None
        else:
            found += _made(text, match, last)
    if money and found and found[-1].at > money.at:
        found.append(money)
    elif money:
        raise Wrong(f"There is no number behind “{money.text}”", money.at, f"Write {money.text}5, or 5 {money.text}.")
    return found


def _is_scale(word: str | None) -> bool:
    return bool(word) and (word in words.LETTERS or str(word).lower() in words.SCALES)


def _not_understood(text: str, at: int) -> Wrong:
    sign = text[at : at + 1]
    if sign == "," and re.search(r"\d$", text[:at]) and re.match(r",\d", text[at:]):
        return Wrong("A comma only groups thousands, as in 1,000", at, "Write a point for a fraction: 1.5.")
    if sign == "=":
        return Wrong("There is a second “=”", at, "End the line before it: the sheet works the value out itself.")
    if sign in "<>≤≥":
        return Wrong("A line is a value, not a comparison", at, "Put the comparison behind a #.")
    return Wrong(f"“{sign}” is not understood", at, "Signs are + - * / ^ and brackets. Remarks go behind a #.")


def _made(text: str, match: re.Match[str], last: Token | None) -> Iterator[Token]:
    if match["number"]:
        yield from _number(text, match)
    elif match["name"]:
        yield from _word(match["name"], match.start("name"), last)
    elif match["power"]:
        at = match.start("power")
        yield Token("op", "^", at=at)
        digits = match["power"].translate(_SUPERSCRIPTS)
        if digits.startswith("-"):
            yield Token("op", "-", at=at)
        yield Token("number", digits.strip("-"), float(digits.strip("-")), at)
    elif match["into"]:
        yield Token("into", match["into"], at=match.start("into"))
    elif match["op"]:
        sign = _DASHES.get(match["op"], match["op"])
        yield Token("op", SIGNS.get(sign, sign), at=match.start("op"))
    elif match["hedge"] and _ends_a_value(last):
        raise Wrong(f"“{match['hedge']}” stands between two values", match.start("hedge"), "Write an operator there.")


def _number(text: str, match: re.Match[str]) -> Iterator[Token]:
    at, scale = match.start("number"), match["scale"]
    value = float(re.sub(r"[,_'’ ]", "", match["number"]))
    if scale == "B" and not _billions(text, match.end()):
        yield Token("number", match["number"], value, at)
        yield Token("name", "B", at=match.start("scale"))
    else:
        factor = words.LETTERS.get(scale) or words.SCALES.get(scale.lower(), 1.0) if scale else 1.0
        yield Token("number", match[0].strip(), value * factor, at)


def _billions(text: str, position: int) -> bool:
    """Whether `5B` are billions: something counted comes next."""
    following = re.match(r"\s*([^\W\d_]+)", text[position:])
    word = following[1] if following else ""
    return bool(word) and not is_unit(word) and (is_counted(word) or words.may_be_counted(word)) and word != "per"


def _word(word: str, at: int, last: Token | None) -> Iterator[Token]:
    low = word.lower()
    if low == "per":
        yield Token("op", "/", value=1.0, at=at)
    elif low == "in":
        yield Token("into", word, at=at)
    elif low in ("x", "times") and _ends_a_value(last) and last and last.text not in ("x", "times"):
        yield Token("op", "*", value=1.0, at=at)
    elif low == "of" and last and last.text == "%":
        yield Token("op", "*", at=at)
    elif low not in words.HEDGES or _ends_a_value(last):
        yield Token("name", word, at=at)


def _ends_a_value(last: Token | None) -> bool:
    return last is not None and (last.kind in ("number", "name") or last.text == ")")
