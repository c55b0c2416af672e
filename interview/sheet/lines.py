"""The lines of a sheet, read one by one: what each is, what it comes to, or what is wrong with it.

A line that is wrong has no value and costs no other line its own, unless that one refers to it.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

from interview.sheet import amount, grammar, shown, words
from interview.sheet.amount import Amount
from interview.sheet.grammar import Sum
from interview.sheet.parts import Line, bad_name, is_text, split
from interview.sheet.tokens import Wrong
from lib.quantities import Quantity, is_counted, unit, written_in

MAX_LINES: Final = 200
MAX_LENGTH: Final = 300
# Of numbers, words and signs on the whole sheet: a line for each of two hundred things has fewer.
MAX_PARTS: Final = 5000

Kind = Literal["assumed", "given", "worked out", "text", "blank", "wrong"]

# What only turns one unit into another is nobody's assumption.
_CONVERSIONS: Final = frozenset((1.0, 7.0, 8.0, 12.0, 24.0, 30.0, 60.0, 365.0, 1000.0, 1024.0, 3600.0, 86400.0))
# Below this a bare number is equal to a given by chance, unless their words agree.
_TELLING: Final = 1000.0


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `name` may be empty; `value` is None where there is nothing to work out or something is wrong.

    `also_shown` is a second way to say the value: a rate per day also per second, a size in powers of 1,024.
    `column` counts from 1 in `typed`, the line as it is.
    """

    number: int
    typed: str
    name: str = ""
    expression: str = ""
    note: str = ""
    kind: Kind = "blank"
    value: Quantity | None = None
    shown: str = ""
    also_shown: str = ""
    error: str = ""
    remedy: str = ""
    column: int | None = None
    uses: tuple[str, ...] = ()
    # The expression with values for the names in it: `1.16 k links/s * 500 B`. Empty where there are none.
    filled: str = ""
    # What is to be doubted about a value that was worked out all the same.
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    rows: tuple[Row, ...] = ()

    @property
    def named(self) -> dict[str, Row]:
        """Name → the line that later lines mean by it."""
        return {row.name: row for row in self.rows if row.name and row.value is not None}

    @property
    def feeds(self) -> dict[str, tuple[str, ...]]:
        """Name → the names of the lines that are worked out from it."""
        return {
            name: tuple(row.name or str(row.number) for row in self.rows if name in row.uses) for name in self.named
        }


def evaluate(text: str, givens: Mapping[str, Quantity] | None = None) -> Sheet:
    """Every line of a sheet. `givens` are the numbers of the brief by their keys; lines may name them. Never raises."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n", MAX_LINES)
    rest = lines[MAX_LINES:]
    reader = _Reader(lines[:MAX_LINES], givens or {})
    rows = [reader.row(number, line) for number, line in enumerate(lines[:MAX_LINES], 1)]
    if rest and rest[0].strip():
        error = f"A sheet has at most {MAX_LINES} lines. From here on nothing is worked out."
        rows.append(Row(MAX_LINES + 1, rest[0], kind="wrong", error=error, remedy="Keep only the lines that decide."))
    elif rest:
        rows.append(Row(MAX_LINES + 1, rest[0]))
    return Sheet(tuple(rows))


class _Reader:
    """Goes through the lines from the top and keeps what they name."""

    def __init__(self, lines: list[str], givens: Mapping[str, Quantity]) -> None:
        self._givens = {key: amount.of_quantity(value, _thing_of(key)) for key, value in givens.items()}
        self._known: dict[str, _Known] = {}
        self._near = words.Nearest()
        for key, worth in self._givens.items():
            self._keep(_Known(key, 0, worth, shown.shown(_as_said(givens[key], worth), key)[0]))
        self._places = _places(lines)
        self._number = 0
        self._parts = 0

    # --- what the grammar asks

    def count(self, parts: int) -> None:
        self._parts += parts
        if self._parts > MAX_PARTS:
            message = f"The sheet has more than {MAX_PARTS:,} numbers, words and signs up to here"
            raise Wrong(message, 0, "Keep only the lines that decide something.")

    def get(self, word: str) -> Amount | None:
        known = self._known.get(word.casefold())
        return known.worth if known else None

    def near(self, word: str) -> str:
        return self._near.to(word)

    def unknown(self, word: str, at: int) -> Wrong:
        folded = word.casefold()
        known, place = self._known.get(folded), self._places.get(folded, 0)
        if known:
            return Wrong(f"“{word}” has no value yet", at, f"Put line {known.to_blame} right first.", known.to_blame)
        if place == self._number:
            remedy = "Give the line another name, or name the value it starts from on a line above."
            return Wrong(f"“{word}” is the name of this very line", at, remedy)
        if place:
            return Wrong(f"“{word}” gets its value on line {place} only", at, f"Name it before line {self._number}.")
        if words.is_known(word):
            remedy = f"Write a number before it, or name it before line {self._number}."
            return Wrong(f"“{word}” is something counted and has no number here", at, remedy)
        if factor := words.LETTERS.get(word) or words.SCALES.get(word.lower()):
            return Wrong(f"“{word}” has no number before it", at, f"Write 1 {word} for {factor:,.0f}.")
        if near := self._near.to(word):
            return Wrong(f"No line above is named “{word}”", at, f"Did you mean {near}?")
        if unit := words.unit_meant(word):
            return Wrong(f"“{word}” is neither a unit nor a name", at, f"Did you mean {unit}?")
        return Wrong(f"No line above is named “{word}”", at, f"Name it before line {self._number}.")

    # --- lines

    def row(self, number: int, typed: str) -> Row:
        self._number = number
        if len(typed) > MAX_LENGTH:
            error = f"The line is longer than {MAX_LENGTH} characters."
            return Row(number, typed, kind="wrong", error=error, remedy="Break it up, and name its parts.")
        line = split(typed.replace("\u00a0", " ").replace("\u202f", " ").replace("\u2009", " "))
        row = Row(number, typed, line.name, line.expression, line.note)
        if not line.name and not line.expression and not line.sign:
            return replace(row, kind="text" if line.note else "blank")
        try:
            self._check_name(line)
            made = grammar.read(line.expression, self)
            made = replace(made, worth=amount.settled(made.worth))
            _check_kind(made)
            _check_asked(made)
        except Wrong as wrong:
            return self._wrong(row, line, wrong)
        return self._worked_out(row, line, made)

    def _check_name(self, line: Line) -> None:
        name, at = line.name, line.name_at - line.at
        if line.sign and not name:
            raise Wrong(f"There is no name before the “{line.sign}”", at, "Write name = value.")
        if name:
            self._check_new(name, at)
        if not line.expression:
            remedy = "Write a number or a sum, such as 5M users * 2 posts/day."
            raise Wrong(f"Nothing stands behind “{name} {line.sign}”", at, remedy)

    def _check_new(self, name: str, at: int) -> None:
        if wrong := bad_name(name, at):
            raise wrong
        known = self._known.get(name.casefold())
        if known and known.line:
            remedy = f"Choose another name. Later lines use line {known.line}."
            raise Wrong(f"“{name}” is already the name of line {known.line}", at, remedy)

    def _wrong(self, row: Row, line: Line, wrong: Wrong) -> Row:
        if is_text(line, row.typed):
            return Row(row.number, row.typed, note=line.note, kind="text")
        place = line.at + wrong.at if wrong.at is not None else None
        column = None if place is None else min(max(place, 0), max(len(row.typed) - 1, 0)) + 1
        where = f" (column {column})" if column else ""
        if line.name and self._is_new(line.name):
            # Lines that refer to it are told to look here.
            self._keep(_Known(line.name, row.number, None, to_blame=wrong.line or row.number))
        error = f"{str(wrong).rstrip('.')}{where}."
        return replace(row, kind="wrong", error=error, remedy=wrong.remedy, column=column)

    def _is_new(self, name: str) -> bool:
        known = self._known.get(name.casefold())
        return not bad_name(name, 0) and not (known and known.line)

    def _worked_out(self, row: Row, line: Line, made: Sum) -> Row:
        first, second = shown.shown(made, line.name)
        uses = tuple(dict.fromkeys(self._known[token.text.casefold()].name for token in made.used))
        filled = self._filled(line.expression, made)
        kind = self._kind(line, made, uses)
        if line.name:
            self._keep(_Known(line.name, row.number, made.worth, first))
        value = amount.quantity(made.worth)
        found = replace(row, kind=kind, value=value, shown=first, also_shown=second, uses=uses, filled=filled)
        return replace(found, doubt=f"adds {' and '.join(made.mixed)}") if made.mixed else found

    def _kind(self, line: Line, made: Sum, uses: tuple[str, ...]) -> Kind:
        if uses:
            bare = len(uses) == 1 and uses[0].casefold() == line.expression.strip().casefold()
            return "given" if bare and uses[0] in self._givens else "worked out"
        about = {words.singular(word.lower()) for word in re.split(r"[\W\d_]+", f"{line.name} {line.expression}")}
        if made.said:
            return "given" if self._is_given(made.worth, about) else "assumed"
        own = [literal.worth for literal in made.literals if not _converts(literal.worth)]
        return "worked out" if own and all(self._is_given(worth, about) for worth in own) else "assumed"

    def _is_given(self, worth: Amount, about: set[str]) -> bool:
        for key, given in self._givens.items():
            telling = given.data or given.time or abs(given.value) >= _TELLING
            if amount.same(worth, given) and (telling or about & {words.singular(word) for word in key.split("_")}):
                return True
        return False

    def _filled(self, expression: str, made: Sum) -> str:
        parts, position = [], 0
        for token in sorted(made.used, key=lambda one: one.at):
            parts += [expression[position : token.at], self._known[token.text.casefold()].shown]
            position = token.at + len(token.text)
        return "".join([*parts, expression[position:]]) if parts else ""

    def _keep(self, known: "_Known") -> None:
        self._known[known.name.casefold()] = known
        self._near.add(known.name)


@dataclass(frozen=True, slots=True)
class _Known:
    """A name and what it stands for; line 0 is the brief. A line that is wrong has no worth, and `to_blame` is why."""

    name: str
    line: int
    worth: Amount | None
    shown: str = ""
    to_blame: int = 0


def _places(lines: list[str]) -> dict[str, int]:
    """Name → the first line that it is the name of."""
    found: dict[str, int] = {}
    for number, line in enumerate(lines, 1):
        if len(line) <= MAX_LENGTH and (name := split(line).name):
            found.setdefault(name.casefold(), number)
    return found


def _check_kind(made: Sum) -> None:
    """Refuses what nothing is measured in: mostly a rate that was divided by a time once more."""
    data, time = made.worth.kind
    if abs(data) <= 1 and abs(time) <= 1:
        return
    if time < -1:
        message, remedy = "This is divided by a time twice", "A value in it is a rate already: leave one division out."
    elif time > 1:
        message, remedy = "This is a time multiplied by a time", "Divide by one of them, or leave it out."
    else:
        message, remedy = "This is a size multiplied or divided by a size twice", "Leave one of them out."
    raise Wrong(message, 0, remedy)


def _check_asked(made: Sum) -> None:
    asked = made.asked
    if asked is None or asked.unit.kind == made.worth.kind:
        return
    is_, wanted = grammar.kind_name(made.worth), grammar.kind_name(asked.unit)
    missing = asked.unit.time - made.worth.time
    remedy = "Ask for a unit of its own kind."
    if asked.unit.data == made.worth.data and abs(missing) == 1:
        remedy = "Divide by a time, such as 1 day." if missing < 0 else "Multiply by a time, such as 1 day."
    raise Wrong(f"This is {is_}, and {asked.text} is {wanted}", asked.at, remedy)


def _converts(worth: Amount) -> bool:
    return (worth.is_plain and worth.value in _CONVERSIONS) or (worth.kind == (0, 1) and worth.value in amount.PERIODS)


def _thing_of(key: str) -> str:
    """What a given counts, by its key: `redirects_per_link` are redirects."""
    parts = key.split("_per_")[0].split("_")
    counted = [part for part in parts if is_counted(part)]
    if "share" in parts or "ratio" in parts or "factor" in parts or not counted:
        return ""
    return words.singular(counted[-1])


def _as_said(value: Quantity, worth: Amount) -> Sum:
    """A given of the brief as if it had been typed, for how it is shown."""
    periods = {name: power for name, power in written_in(value).items() if shown.is_time(name)}
    if worth.kind == (0, 1):
        word = next(iter(periods), "")
        return Sum("", worth, (), (grammar.Literal(worth, word),), said=True)
    over = [name for name, power in periods.items() if power > 0]
    under = [name for name, power in periods.items() if power < 0]
    if worth.kind == (0, 0) and len(over) == len(under) == 1:
        symbols = [amount.PERIODS.get(unit(name).value, name) for name in (over[0], under[0])]
        text = f"{value.magnitude:g} {'/'.join(symbols)}"
        return Sum(text, worth, (), (grammar.Literal(worth, under[0]),), said=True)
    return Sum("", worth, (), (grammar.Literal(worth),), said=True)
