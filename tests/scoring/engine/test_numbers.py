import pytest

from scoring.engine import numbers, text


def only(sentence):
    (number,) = numbers.find(sentence)
    return number


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("≈ 1.2k writes/s", "rate", 1200),
        ("1,160 rps", "rate", 1160),
        ("about 40 writes per second", "rate", 40),
        ("3B events/day", "rate", 3e9 / 86400),
        ("90M a day", "rate", 90e6 / 86400),
        ("10 million requests daily", "rate", 1e7 / 86400),
        ("36 million uploads a month", "rate", 36e6 / 2592000),
        ("18 TB per year", "size rate", 18e12 / 31536000),
        ("17 MB/s", "size rate", 17e6),
        ("91 TB", "size", 91e12),
        ("500 B", "size", 500),
        ("0.5 KB", "size", 500),
        ("6B rows", "count", 6e9),
        ("183 G links", "count", 183e9),
        ("3.5e12", "count", 3.5e12),
        ("62^7", "count", 62**7),
        ("62⁷", "count", 62**7),
        ("99.99 %", "share", 0.9999),
        ("100 ms", "time", 0.1),
        ("five years or 5 years", "time", 5 * 31536000),
    ],
)
def test_numbers_with_units(sentence, kind, value):
    number = only(sentence)
    assert number.kind == kind
    assert number.value == pytest.approx(value)
    assert sentence[number.start : number.end] == number.text


def derived(sentence):
    return [(d.result.text, d.holds, d.is_slip) for d in numbers.derivations(sentence, numbers.find(sentence))]


@pytest.mark.parametrize(
    ("sentence", "result"),
    [
        ("100M * 500 B = 50 GB/day", "50 GB/day"),
        ("100M / 86400 = 1157/s", "1157/s"),
        ("7M × 30 = 210M events/day", "210M events/day"),
        ("432M/day → ~5k/s", "5k/s"),
        ("200 GB/day → 73 TB/yr", "73 TB/yr"),
        ("4M photos at 2 MB make 8 TB a day", "8 TB a day"),
        ("90M / (10 days * 24 h * 3600 s) = 104/s", "104/s"),
        ("0.9 + 0.1×6 = 1.5", "1.5"),
    ],
)
def test_right_arithmetic_holds(sentence, result):
    assert (result, True, False) in derived(sentence)


@pytest.mark.parametrize(
    "sentence",
    ["3M uploads an hour, so 80,000 per second", "4M photos at 2 MB are 8 GB a day", "100M / 86400 = 50/s"],
)
def test_slips_are_seen(sentence):
    assert derived(sentence)[-1][1:] == (False, True)


def test_a_peak_is_no_conversion_of_the_average():
    assert not any(slip for _, _, slip in derived("90M a day, at the Sunday peak 9k a second"))


def test_a_line_that_begins_with_an_operator_goes_on_from_the_one_before():
    section = text.read_section("estimation", "- Uploads: 5M / 86,400 s ≈ 58/s\n- Views: ×30 ≈ 1.7k/s\n")
    first, second = numbers.figures(section.sentences)
    assert first.derivations[0].holds
    assert second.derivations[0].holds
