"""The one evaluator: amounts with units, and clear words about what is wrong."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.quantities import Plain, QuantityError, evaluate, humane, is_counted, is_unit, magnitude, plain, unit

NAMES = {"writes": evaluate("100M links/month"), "daily": evaluate("5M users")}


@pytest.mark.parametrize(
    ("text", "unit", "shown"),
    [
        ("100M links/month", "link/s", "38 link/s"),
        ("writes * 500 B * 5 years", "TB", "3 TB"),
        ("5B users", "user", "5 G user"),
        ("500B * 10", "B", "5 kB"),
        ("1,000 requests per second", "request/s", "1 k request/s"),
        ("62^7", "code", "3.52 T code"),
        ("62**7", "code", "3.52 T code"),
        ("20% * 10 GB", "GB", "2 GB"),
        ("daily * 2 posts/day", "post/s", "116 post/s"),
        ("1.5 KB * 10k/s", "MB/s", "15 MB/s"),
        ("10 Gbps", "GB/s", "1.25 GB/s"),
        ("2.1M viewers * 4 Mbit/s", "Tbit/s", "8.4 Tbit/s"),
        ("2.1M viewers * 4 Mbit/s", "TB/s", "1.05 TB/s"),
        ("8 Gbit", "GB", "1 GB"),
        ("100 MBps * 1 day", "TB", "8.64 TB"),
        ("100 GiB", "GB", "107 GB"),
        ("2 × 3 ms", "ms", "6 ms"),
        ("-(3 - 5) days", "day", "2 day"),
    ],
)
def test_amounts(text: str, unit: str, shown: str) -> None:
    assert humane(evaluate(text, NAMES), unit) == shown


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "ends too early"),
        ("1 B + 1 s", "mixes units"),
        ("foo * 2", "“foo”"),
        ("1/0", "divides by zero"),
        ("((1)", "not closed"),
        ("3 $ 4", "“$”"),
        ("9**9**9", "stops making sense"),
        ("2^1000", "exponent above"),
        ("2^(3 B)", "mixes units"),
        ("1e300 * 1e300", "too large"),
        ("(" * 50 + "1" + ")" * 50, "too many brackets"),
        ("1 +", "ends too early"),
        ("1" * 500, "longer than"),
    ],
)
def test_what_is_wrong_is_said(text: str, says: str) -> None:
    with pytest.raises(QuantityError, match=says.replace("$", r"\$").replace("(", r"\(")):
        evaluate(text, NAMES)


@pytest.mark.parametrize(("text", "unit"), [("3 s", "TB"), ("3 links", "B"), ("3 B", "link"), ("3 links", "link/s")])
def test_a_unit_of_another_kind_is_refused(text: str, unit: str) -> None:
    with pytest.raises(QuantityError, match=f"is not a number of {unit}"):
        magnitude(evaluate(text), unit)


@given(st.text(alphabet="0123456789 kMGTB/s*+-^().,%useraday", max_size=40))
def test_nothing_a_person_can_type_breaks_it(text: str) -> None:
    try:
        value = evaluate(text)
    except QuantityError:
        return
    assert value.magnitude == value.magnitude  # not NaN


NOUNS = """viewer stream rendition segment recipient notification notice payment charge entry object file chunk disk
page document term node shard query client call token campaign merchant""".split()


@pytest.mark.parametrize("noun", NOUNS)
def test_counted_nouns_are_known_in_both_numbers_and_are_no_units(noun: str) -> None:
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    for word in (noun, plural):
        assert is_counted(word)
        assert not is_unit(word)


@pytest.mark.parametrize(
    ("text", "value", "data", "time"),
    [
        ("4 Mbit/s", 5e5, 1, -1),
        ("2 h", 7200, 0, 1),
        ("3 GB", 3e9, 1, 0),
        ("10M links/day", 1e7 / 86400, 0, -1),
        ("12", 12, 0, 0),
    ],
)
def test_plain_values_are_in_bytes_seconds_and_counts(text: str, value: float, data: int, time: int) -> None:
    assert plain(evaluate(text)) == Plain(pytest.approx(value), data, time)  # type: ignore[arg-type]


def test_a_single_unit_is_known_by_its_name() -> None:
    assert unit("Gbps") == Plain(1.25e8, 1, -1)
    assert unit("QPS") == Plain(1.0, 0, -1)
    with pytest.raises(QuantityError, match="not a unit"):
        unit("furlong")
