"""What may stand behind the “=”: sums as in lib.quantities, written as people write them in a hurry.

A number and the words behind it are one amount, so `100M / 86400 s` is a rate. A word is a noun or a unit behind a
number, and a name where a value is missing; so `writes` can be both what is counted and a line of the sheet.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Protocol

from interview.sheet import amount, tokens, words
from interview.sheet.amount import Amount
from interview.sheet.tokens import Wrong
from lib.quantities import Grammar, QuantityError, Token, is_unit


class Names(Protocol):
    """The lines above, and what is known of those below."""

    def count(self, parts: int) -> None:
        """So many more numbers, words and signs are about to be worked out; Wrong if that is too much."""

    def get(self, word: str) -> Amount | None: ...

    def unknown(self, word: str, at: int) -> Wrong:
        """Why a word has no value here."""

    def near(self, word: str) -> str:
        """The name of which a word is a misspelling, if any."""


@dataclass(frozen=True, slots=True)
class Literal:
    """An amount as it was typed, and the last unit behind its number: `5 years`."""

    worth: Amount
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Sum:
    """What came out of an expression, and of what. `used` are names and where they stand."""

    text: str
    worth: Amount
    used: tuple[Token, ...]
    literals: tuple[Literal, ...]
    # The whole expression is one amount that was simply said.
    said: bool
    asked: "Asked | None" = None
    # Two different things that were added up: `messages` and `requests`.
    mixed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """The unit that a line asks for: `… in GB/day`."""

    text: str
    unit: Amount
    at: int


def read(text: str, names: Names) -> Sum:
    """The value of an expression; raises Wrong."""
    names.count(0)
    found = tokens.cut(text)
    names.count(len(found))
    if len(found) > tokens.MAX_PARTS:
        message = f"This line has more than {tokens.MAX_PARTS} numbers, words and signs"
        raise Wrong(message, found[-1].at, "Give a part of it a line and a name of its own.")
    into = next((i for i, token in enumerate(found) if token.kind == "into"), len(found))
    parser = _Parser(found[:into], names)
    worth = parser.whole()
    asked = _asked(found[into:]) if into < len(found) else None
    said = len(parser.literals) == 1 and not parser.used and not parser.signs
    return Sum(text.strip(), worth, tuple(parser.used), tuple(parser.literals), said, asked, parser.mixed)


class _Parser(Grammar[Amount]):
    """Values are amounts; a name stands for the value of its line."""

    def __init__(self, found: Sequence[Token], names: Names) -> None:
        super().__init__(found)
        self._names = names
        self.used: list[Token] = []
        self.literals: list[Literal] = []
        self.signs = 0
        self.mixed: tuple[str, ...] = ()

    def whole(self) -> Amount:
        try:
            return super().whole()
        except Wrong:
            raise
        except QuantityError as error:
            raise Wrong(f"This {error}", error.at, _REMEDIES.get(str(error).partition(" “")[0], "")) from None

    def product(self) -> Amount:
        value = self.power()
        while sign := self.take("*", "/"):
            if self.current is None and sign.text == "*" and _is_word(sign):
                break  # `3x`
            value = self.worked_out(sign, value, self.power())
        if (token := self.current) and (token.kind != "op" or token.text == "("):
            raise self._two_in_a_row(token)
        return value

    def power(self) -> Amount:
        first, before = self.current, self.ahead(-1)
        value = self.atom()
        raised = self._raised(value)
        if first and (first.kind == "number" or first.text == "("):
            divides = before is not None and before.text == "/"
            value = self._of_what(value if raised is None else raised, first, divides=divides)
            raised = self._raised(value) if raised is None else value
        if raised is not None and (again := self.take("^")):
            raise Wrong("There are two powers in a row", again.at, "Use brackets: (2^3)^2.")
        return value if raised is None else raised

    def _raised(self, value: Amount) -> Amount | None:
        sign = self.take("^")
        if not sign:
            return None
        # What stands behind an exponent belongs to the whole: 10^-3 s.
        minus = self.take("-")
        exponent = self._positive()
        return self.worked_out(sign, value, amount.negated(exponent) if minus else exponent)

    def atom(self) -> Amount:
        sign = self.take("-")
        # A minus belongs to the whole power behind it: -2^2 is -4.
        return amount.negated(self.power()) if sign else self._positive()

    def number(self, token: Token) -> Amount:
        if not (colon := self.take(":")):
            return Amount(token.value)
        other = self.current
        if other is None or other.kind != "number":
            raise Wrong("A ratio has a number on both sides of the “:”", colon.at, "Write it as 100:1.")
        self.signs -= 1  # it is one amount
        return self.worked_out(colon, Amount(token.value), Amount(self.advance().value))

    def named(self, token: Token) -> Amount:
        value = self._names.get(token.text)
        if value is not None:
            self.used.append(token)
            return value
        if unit := unit_of(token.text):
            return amount.of_unit(unit)
        before = self.ahead(-2)
        # `storage / node` is for each node; `storage / nodes` lacks the number of nodes.
        if before and before.text == "/" and _is_noun(token.text) and _is_singular(token.text):
            return amount.of_thing(words.singular(token.text))
        raise self._names.unknown(token.text, token.at)

    def worked_out(self, sign: Token, left: Amount, right: Amount) -> Amount:
        self.signs += 1
        if sign.text in ("+", "-") and left.kind == right.kind and not left.data:
            counted = (amount.label(left.things)[0], amount.label(right.things)[0])
            if all(counted) and counted[0] != counted[1]:
                self.mixed = tuple(words.plural(noun) for noun in counted)
        return _worked_out(sign.text, left, right, sign.at)

    def negative(self, value: Amount) -> Amount:
        return amount.negated(value)

    def _of_what(self, value: Amount, first: Token, *, divides: bool) -> Amount:
        """The value with the scale, units and nouns behind it: `5 M write requests/s per user`."""
        is_number = first.kind == "number"
        noun, unit_word, worded = "", "", False
        if is_number:
            value = self._scaled(value, first)
        while token := self.current:
            if token.kind == "name" and self._belongs(token.text):
                self.advance()
                if unit := unit_of(token.text):
                    value, unit_word = _worked_out("*", value, amount.of_unit(unit), token.at), unit
                elif named := self._noun(token):
                    # Of `write requests` it is requests that are counted.
                    value = value._replace(things=tuple(thing for thing in value.things if thing != (noun, 1)))
                    value, noun = _worked_out("*", value, amount.of_thing(named), token.at), named
                worded = True
            elif self._per_follows(token, worded=worded, divides=divides):
                self.advance()
                value = _worked_out("/", value, self._each(self.advance()), token.at)
                worded = True
            else:
                break
        if not abs(value.value) < amount.TOO_LARGE:
            raise Wrong("The number is too large to be meant", first.at, "Check its exponent.")
        if is_number:
            self.literals.append(Literal(value, unit_word))
            if not worded and token and token.kind == "name" and self._names.get(token.text) is not None:
                # `2 peak` is twice the peak.
                return self.worked_out(Token("op", "*", at=token.at), value, self.named(self.advance()))
        return value

    def _scaled(self, value: Amount, first: Token) -> Amount:
        token = self.current
        if not token or token.kind != "name" or first.text[-1].isalpha():
            return value
        factor = words.SCALES.get(token.text.lower()) or words.LETTERS.get(token.text)
        following = self.ahead()
        counts = following and following.kind == "name" and not unit_of(following.text)
        if not factor or (token.text == "B" and not counts):
            return value
        self.advance()
        return _worked_out("*", value, Amount(factor), token.at)

    def _belongs(self, word: str) -> bool:
        """Whether a word behind a number says of what it is the number, and is not a name to multiply with."""
        is_period = word.lower() in words.PER
        return not is_period and (self._names.get(word) is None or words.is_known(word))

    def _noun(self, token: Token) -> str:
        """The noun that a word is; nothing for an adjective that changes nothing."""
        word, at = token.text, token.at
        if word.lower() in words.PERIODS:
            following = self.current
            if following and following.kind == "name" and words.is_actor(words.singular(following.text)):
                return ""  # daily users are users
            remedy = f"Write “/{words.PERIODS[word.lower()]}” behind what is counted."
            raise Wrong(f"“{word}” is not a unit", at, remedy)
        if _is_noun(word):
            return words.singular(word)
        if instead := words.instead_of(word):
            raise Wrong(f"“{word}” is not worked out", at, f"Write {instead} instead.")
        if meant := words.unit_meant(word) or _MISTAKEN.get(word, ""):
            raise Wrong(f"“{word}” is not a unit", at, f"Did you mean {meant}?")
        near = self._names.near(word)
        if words.may_be_counted(word) and (not near or words.singular(near) == words.singular(word)):
            return words.singular(word)
        raise self._names.unknown(word, at)

    def _per_follows(self, token: Token, *, worded: bool, divides: bool) -> bool:
        """Whether `/s`, `per user`, `a day` still belong to the amount, and are not a value to divide by."""
        following = self.ahead()
        if following is None or following.kind != "name":
            return False
        word = following.text
        if token.kind == "name":
            return token.text.lower() in words.PER and bool(unit_of(word) or _is_noun(word))
        if token.text != "/":
            return False
        glued = _is_word(token) or following.at == token.at + 1
        if unit_of(word):
            return glued or not divides
        if self._names.get(word) is not None:
            # `5 GB/node` is for each node even where `node` has a line; `91 TB / nodes` is divided by their number.
            return glued and worded and _is_singular(word) and _is_noun(word)
        return glued and worded and (_is_noun(word) or words.may_be_counted(word))

    def _each(self, token: Token) -> Amount:
        unit = unit_of(token.text)
        return amount.of_unit(unit) if unit else amount.of_thing(self._noun(token))

    def _two_in_a_row(self, token: Token) -> Wrong:
        word = token.text
        if token.kind == "name" and (instead := words.instead_of(word)):
            return Wrong(f"“{word}” is not worked out", token.at, f"Write {instead} instead.")
        if word == "(" and (before := self.ahead(-1)) and before.kind == "name" and not unit_of(before.text):
            remedy = "Write + - * or / before the bracket. Remarks go behind a #."
            return Wrong(f"“{before.text}” is followed by a bracket", token.at, remedy)
        if token.kind == "name" and self._names.get(word) is None and not _is_noun(word) and not unit_of(word):
            return self._names.unknown(word, token.at)
        return Wrong(f"“{word}” follows a value with no sign between them", token.at, "Write + - * or / before it.")


@lru_cache(maxsize=4096)
def unit_of(word: str) -> str:
    """The unit that a word is; times and sizes that are written out may begin with a capital."""
    if is_unit(word):
        return word
    low = word.lower()
    return low if len(word) >= 3 and low.isalpha() and is_unit(low) and not low.endswith("bps") else ""


@lru_cache(maxsize=4096)
def _is_noun(word: str) -> bool:
    return words.is_known(word) and not unit_of(word)


def _is_singular(word: str) -> bool:
    return words.singular(word).lower() == word.lower()


def _is_word(sign: Token) -> bool:
    """Whether a sign was written as a word: `per`, `x`, `times`."""
    return bool(sign.value)


def _worked_out(sign: str, left: Amount, right: Amount, at: int) -> Amount:
    """Two amounts joined by a sign, or what is wrong with that."""
    try:
        return _OPERATIONS[sign](left, right)
    except amount.Clash as clash:
        raise _clash(sign, at, clash) from None
    except ZeroDivisionError:
        raise Wrong("This divides by zero", at, "Check what stands behind the “/”: its value is 0.") from None
    except OverflowError:
        remedy = "Check the exponents, and the scales k, M, G and T."
        raise Wrong("The value is too large to be meant", at, remedy) from None
    except QuantityError as error:
        raise Wrong(f"This {error}", at, "Only plain numbers have exponents, and are exponents.") from None


def _clash(sign: str, at: int, clash: amount.Clash) -> Wrong:
    left, right = clash.left, clash.right
    done = "add" if sign == "+" else "subtract"
    message = f"These two do not {done}: the left is {kind_name(left)}, the right {kind_name(right)}"
    data_alike = left.data == right.data
    if data_alike and {left.time, right.time} == {0, -1}:
        rate = "left" if left.time else "right"
        return Wrong(message, at, f"Multiply the {rate} by a time first, such as 1 day.")
    return Wrong(message, at, "Multiply or divide one of them first, so that both are of one kind.")


def kind_name(value: Amount) -> str:
    return _KINDS.get(value.kind, "of an unusual kind")


def _asked(behind: Sequence[Token]) -> Asked:
    """The unit behind `in`."""
    into, rest = behind[0], behind[1:]
    parts: list[str] = []
    worth, way = Amount(1.0), 1
    for token in rest:
        unit = unit_of(token.text) if token.kind == "name" else ""
        if token.text == "/" and parts and way > 0:
            way = -1
            continue
        if token.kind != "name" or not (unit or _is_noun(token.text) or words.may_be_counted(token.text)):
            break
        if parts and way > 0:
            break
        one = amount.of_unit(unit) if unit else amount.of_thing(words.singular(token.text))
        worth = amount.multiplied(worth, one) if way > 0 else amount.divided(worth, one)
        parts.append(("/" if way < 0 else "") + (unit or token.text))
        way = 1 if way > 0 else -2
    else:
        if parts and way != -1:
            return Asked("".join(parts), worth, into.at)
    at = next((token.at for token in rest), into.at)
    raise Wrong(f"A unit should stand behind “{into.text}”", at, "Such as GB, GB/day, links/s or %.")


_OPERATIONS: Final[Mapping[str, Callable[[Amount, Amount], Amount]]] = {
    "+": lambda a, b: amount.added(a, b, 1),
    "-": lambda a, b: amount.added(a, b, -1),
    "*": amount.multiplied,
    "/": amount.divided,
    ":": amount.divided,
    "^": amount.raised,
}
_KINDS: Final = {
    (0, 0): "a number", (1, 0): "a size", (0, 1): "a time", (0, -1): "a rate", (1, -1): "a size per time",
    (-1, 0): "an amount per size", (1, 1): "a size kept for a time", (-1, 1): "a time per size",
    (-1, -1): "an amount per size and time",
}  # fmt: skip
_REMEDIES: Final = {
    "ends too early": "Write a number or a name at the end.",
    "has a bracket that is not closed": "Write the missing “)”.",
    "has too many brackets": "Give a part of it a line and a name of its own.",
    "stops making sense at": "Check the brackets and signs before it.",
    "has": "Write a number or a name there.",
}
_MISTAKEN: Final = {"m": "min or M", "b": "B (bytes) or bn (billions)", "mb": "MB or Mbit", "S": "s", "D": "days"}
