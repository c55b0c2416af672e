"""An amount of a sheet: its value in counts, bytes and seconds, and what is counted in it.

Kinds (a size, a time, a rate) are checked. What is counted is only carried along, so that a result can say that it
is links a second; people leave out the “per user” that would make it exact, so it is never a reason to refuse.
"""

import math
from functools import cache
from typing import Final, NamedTuple

from interview.sheet import words
from lib.quantities import MAX_EXPONENT, Plain, QuantityError, in_base_units, plain, registry, unit, written_in
from lib.quantities import Quantity as PintQuantity

SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = 1.0, 60.0, 3600.0, 86400.0, 604800.0, 2629800.0, 31557600.0
PERIODS: Final = {
    SECOND: "s", MINUTE: "min", HOUR: "h", DAY: "day", WEEK: "week", MONTH: "month", YEAR: "year",
}  # fmt: skip
# Nothing that is counted has more digits; 2^128 has 39.
TOO_LARGE: Final = 1e60
# Powers of bytes and seconds beyond this have no meaning, and would only grow.
_MOST_POWERS: Final = 4

# How the data of an amount was written: nowhere, in bits, in bytes, in powers of 1,024, or in several ways.
BITS: Final = 1
BYTES: Final = 2
BINARY: Final = 4

Things = tuple[tuple[str, int], ...]


class Clash(QuantityError):
    """Two amounts of different kinds where they must be of one."""

    def __init__(self, left: "Amount", right: "Amount") -> None:
        super().__init__("mixes two kinds")
        self.left, self.right = left, right


class Amount(NamedTuple):
    """`things` are nouns and their powers in the order in which they came; `per` is the longest time that a rate in it
    was said to be per; `share` tells that per cent were spoken of."""

    value: float
    data: int = 0
    time: int = 0
    things: Things = ()
    per: float = 0.0
    written: int = 0
    share: bool = False

    @property
    def kind(self) -> tuple[int, int]:
        return self.data, self.time

    @property
    def is_plain(self) -> bool:
        return not (self.data or self.time or self.things)


@cache
def of_unit(word: str) -> Amount:
    """One of a unit."""
    worth = unit(word)
    written = 0
    if worth.data:
        binary = "iB" in word or "bibyte" in word
        bits = word[-1] == "b" or "bit" in word or (word.endswith("bps") and not word.endswith("Bps"))
        written = BINARY if binary else BITS if bits else BYTES
    per = 1.0 if worth.time < 0 else 0.0
    return Amount(worth.value, worth.data, worth.time, (), per, written, word in ("%", "percent"))


def of_thing(noun: str) -> Amount:
    return Amount(1.0, things=((noun, 1),))


def multiplied(a: Amount, b: Amount) -> Amount:
    return _joined(a, b, a.value * b.value, 1)


def divided(a: Amount, b: Amount) -> Amount:
    if not b.value:
        raise ZeroDivisionError
    return _joined(a, b, a.value / b.value, -1)


def _joined(a: Amount, b: Amount, value: float, way: int) -> Amount:
    time = a.time + way * b.time
    # From `link / day` on it is spoken of as a rate per day; `/ (10 min)` names no such period.
    spoken = b.value if way < 0 and b.kind == (0, 1) and b.value in PERIODS else 0.0
    per = max(a.per, b.per, spoken) if time < 0 else 0.0
    things = _merged(*_understood(a, b, way), way) if a.things else _merged((), b.things, way)
    return _bounded(Amount(value, a.data + way * b.data, time, things, per, a.written | b.written, a.share or b.share))


def _understood(a: Amount, b: Amount, way: int) -> tuple[Things, Things]:
    """The things of both sides without what goes without saying.

    10 KB a connection times users is for each user; requests a second over 1,000 a second is a bare number.
    """
    if way < 0:
        alike = a.kind == b.kind != (0, 0) and not b.things
        return (tuple(thing for thing in a.things if thing[1] < 0) if alike else a.things), b.things
    one, other = a.things, b.things
    if b.things:
        one, other = _without_pair(one, other, sized=bool(b.data))
        other, one = _without_pair(other, one, sized=bool(a.data))
    return one, other


def _without_pair(counted: Things, each: Things, *, sized: bool) -> tuple[Things, Things]:
    """Without a noun on the one side and another that the other side is “per”, where both mean the same."""
    named = {noun for noun, _ in counted}
    for per, power in each:
        if power != -1 or per in named:
            continue
        for noun, count in counted:
            same = sized or (words.is_actor(noun) and words.is_actor(per))
            if count == 1 and same and (noun, -1) not in each:
                return _less(counted, noun), _less(each, per)
    return counted, each


def _less(things: Things, noun: str) -> Things:
    return tuple(thing for thing in things if thing[0] != noun)


def _merged(a: Things, b: Things, way: int) -> Things:
    powers = dict(a)
    for noun, power in b:
        powers[noun] = powers.get(noun, 0) + way * power
    return tuple((noun, power) for noun, power in powers.items() if power)


def added(a: Amount, b: Amount, way: int) -> Amount:
    if a.kind != b.kind:
        raise Clash(a, b)
    # Reads and writes together are neither; a number without a noun takes that of the other side.
    things = a.things if a.things == b.things or b.is_plain else b.things if a.is_plain else ()
    if a.data:
        things = a.things or b.things
    value = a.value + way * b.value
    return _bounded(Amount(value, a.data, a.time, things, max(a.per, b.per), a.written | b.written, a.share or b.share))


def raised(base: Amount, exponent: Amount) -> Amount:
    if exponent.data or exponent.time:
        raise QuantityError("has an exponent that is not a plain number")
    power = exponent.value
    if abs(power) > MAX_EXPONENT and (base.data or base.time):
        raise QuantityError(f"has an exponent above {MAX_EXPONENT}")
    if power != int(power) and (base.data or base.time):
        raise QuantityError("takes a root of something that has a unit")
    if base.value < 0 and power != int(power):
        raise QuantityError("takes a root of a negative number")
    whole = int(power) if base.data or base.time else 0
    made = Amount(base.value**power, base.data * whole, base.time * whole, (), base.per, base.written, base.share)
    return _bounded(made)


def negated(a: Amount) -> Amount:
    return a._replace(value=-a.value)


def _bounded(made: Amount) -> Amount:
    if not abs(made.value) < TOO_LARGE:  # nor NaN
        raise OverflowError
    if max(abs(made.data), abs(made.time)) > _MOST_POWERS:
        raise QuantityError("has a power of a unit that nothing is measured in")
    return made


def label(things: Things) -> tuple[str, tuple[str, ...]]:
    """What is counted, and for each of what: `link` and `(user,)` for links a user.

    Of several nouns the last one counts that is not merely who does it. One that was left behind on the way takes a
    “per” with it: users over connections per server are servers.
    """
    counted = [noun for noun, power in things if power == 1]
    per = [noun for noun, power in things if power == -1]
    if len(counted) + len(per) < len(things):
        return "", ()
    if len(counted) > 1:
        counted = [noun for noun in counted if not words.is_factor(noun)] or counted[:1]
    if counted and per and words.is_generic(per[-1]):
        # Reads over requests a server: a read is a request.
        return (counted[-1], ()) if len(counted) > 1 else ("", tuple(per[:-1]))
    deeds = [noun for noun in counted if not words.is_actor(noun)]
    chosen = (deeds or counted or [""])[-1]
    left_behind = len(counted) - 1
    return chosen, tuple(per[max(left_behind, 0) :])


def settled(a: Amount) -> Amount:
    """The amount with only what its label shows, as later lines see it."""
    if not a.things:
        return a
    counted, per = label(a.things)
    own = ((counted, 1),) if counted and not a.data else ()
    return a._replace(things=own + tuple((noun, -1) for noun in per))


def of_quantity(value: PintQuantity, thing: str) -> Amount:
    """A given of the brief; what it counts is not kept there, so it is told."""
    based, units = plain(value), written_in(value)
    below = (plain(registry().Quantity(1.0, name)) for name, power in units.items() if power < 0)
    spoken = [one.value for one in below if one.time == 1]
    per = max(spoken, default=0.0) if based.time < 0 else 0.0
    things = ((thing, 1),) if thing and not based.data and based.time in (0, -1) else ()
    written = 0
    if based.data:
        written = BITS if any(name.endswith("bit") for name in units) else BYTES
    return Amount(based.value, based.data, based.time, things, per, written, "percent" in units)


def quantity(a: Amount) -> PintQuantity:
    return in_base_units(Plain(a.value, a.data, a.time))


def same(a: Amount, b: Amount) -> bool:
    return a.kind == b.kind and math.isclose(a.value, b.value, rel_tol=1e-9)
