"""Numbers in free style: what is read as an amount, in which units, and what is only a name."""

import re

import pytest

from lib import quantities
from scoring.engine import numbers, units

DAY = 86400
MONTH = 365.25 * DAY / 12
YEAR = 365.25 * DAY
KIB, GIB, TIB = 2**10, 2**30, 2**40

READINGS = [
    # rates
    ("≈ 1.2k writes/s", "rate", 1200),
    ("1,160 rps", "rate", 1160),
    ("about 40 writes per second", "rate", 40),
    ("3B events/day", "rate", 3e9 / DAY),
    ("90M a day", "rate", 90e6 / DAY),
    ("10 million requests daily", "rate", 1e7 / DAY),
    ("36 million uploads a month", "rate", 36e6 / MONTH),
    ("100K QPS", "rate", 1e5),
    ("12k read qps", "rate", 12e3),
    ("100 million/day", "rate", 1e8 / DAY),
    ("100 M/day", "rate", 1e8 / DAY),
    ("11 600 / s", "rate", 11600),
    ("11\u2009600/s", "rate", 11600),
    ("11\u202f600 reads/s", "rate", 11600),
    ("11'600 per second", "rate", 11600),
    ("86_400 per day", "rate", 1),
    ("~5k req/s", "rate", 5000),
    ("ca. 70 orders an hour", "rate", 70 / 3600),
    ("2B/day", "rate", 2e9 / DAY),
    ("1B likes every day", "rate", 1e9 / DAY),
    ("40 messages per user per day", "rate", 40 / DAY),
    ("10 reads/user/day", "rate", 10 / DAY),
    ("7.5k IOPS", "rate", 7500),
    ("250 ops", "rate", 250),
    ("1.5 billion pings a minute", "rate", 1.5e9 / 60),
    ("a hundred million links a day", "rate", 1e8 / DAY),
    ("half a million writes per hour", "rate", 5e5 / 3600),
    ("two thousand lookups a second", "rate", 2000),
    ("1mil calls per hour", "rate", 1e6 / 3600),
    ("3 crore trips per month", "rate", 3e7 / MONTH),
    ("20k+ requests/s", "rate", 20e3),
    ("5 posts weekly", "rate", 5 / 604800),
    ("900 tps", "rate", 900),
    ("1e5 events/s", "rate", 1e5),
    ("1,157 (per second)", "rate", 1157),
    # rates of data
    ("18 TB per year", "size rate", 18e12 / YEAR),
    ("17 MB/s", "size rate", 17e6),
    ("8.3 Tbit/s", "size rate", 8.3e12 / 8),
    ("10 Gbps", "size rate", 1.25e9),
    ("400 Mbps", "size rate", 5e7),
    ("640 kbps", "size rate", 8e4),
    ("100 Mb/s", "size rate", 1.25e7),
    ("100 mbps", "size rate", 1.25e7),
    ("100 MBps", "size rate", 1e8),
    ("1 Gbit per second", "size rate", 1.25e8),
    ("25 gigabits per second", "size rate", 25e9 / 8),
    ("4 Mbit/s", "size rate", 5e5),
    ("50 GB daily", "size rate", 50e9 / DAY),
    ("6 PB/yr", "size rate", 6e15 / YEAR),
    ("500 TB/mo", "size rate", 500e12 / MONTH),
    ("60 MB a minute", "size rate", 1e6),
    ("2 Pbit/day", "size rate", 2e15 / 8 / DAY),
    # sizes
    ("91 TB", "size", 91e12),
    ("500 B", "size", 500),
    ("0.5 KB", "size", 500),
    ("1,5 TB", "size", 1.5e12),
    ("64 GiB", "size", 64 * GIB),
    ("16 KiB", "size", 16 * KIB),
    ("1 TiB", "size", TIB),
    ("500 bytes", "size", 500),
    ("500-byte", "size", 500),
    ("128 bits", "size", 16),
    ("7 bits", "size", 7 / 8),
    ("3 Mbit", "size", 375e3),
    ("2.4 terabytes", "size", 2.4e12),
    ("640 megabytes", "size", 640e6),
    ("500 Petabyte", "size", 500e15),
    ("10 kilobits", "size", 1250),
    ("40gb", "size", 40e9),
    ("300 kb", "size", 300e3),
    ("2^40 bytes", "size", TIB),
    ("1 million GB", "size", 1e15),
    ("half a terabyte", "none", 0),
    ("two gigabytes", "size", 2e9),
    ("twenty-five TB", "size", 25e12),
    ("a hundred gigabytes", "size", 100e9),
    ("3.2 EB", "size", 3.2e18),
    # counts
    ("6B rows", "count", 6e9),
    ("183 G links", "count", 183e9),
    ("3.5e12", "count", 3.5e12),
    ("62^7", "count", 62**7),
    ("62⁷", "count", 62**7),
    ("62**7", "count", 62**7),
    ("10^9", "count", 1e9),
    ("2^40", "count", 2**40),
    ("3 × 10^8", "count", 3e8),
    ("3·10⁸", "count", 3e8),
    ("86400", "count", 86400),
    ("86,400", "count", 86400),
    ("1.000.000", "count", 1e6),
    ("1 000 000", "count", 1e6),
    ("1.1 × 10⁻⁴", "count", 1.1e-4),
    ("1e-6", "count", 1e-6),
    ("10^-3", "count", 1e-3),
    ("1.2 k", "count", 1200),
    ("100 M users", "count", 1e8),
    ("1B", "count", 1e9),
    ("2bn accounts", "count", 2e9),
    ("15 mio entries", "count", 15e6),
    ("300 thousand drivers", "count", 3e5),
    ("two hundred thousand", "count", 2e5),
    ("half a million", "count", 5e5),
    ("a quarter of a million", "count", 2.5e5),
    ("two and a half million", "count", 2.5e6),
    ("three copies", "count", 3),
    ("ten times", "count", 10),
    ("a dozen", "count", 12),
    ("two dozen nodes", "count", 24),
    ("a hundred and fifty shards", "count", 150),
    ("forty-five", "count", 45),
    ("fifty million searches", "count", 50e6),
    ("5 lakh", "count", 5e5),
    # shares and times
    ("99.99 %", "share", 0.9999),
    ("20%", "share", 0.2),
    ("5 percent", "share", 0.05),
    ("100 ms", "time", 0.1),
    ("100ms", "time", 0.1),
    ("250 µs", "time", 250e-6),
    ("86.4k s", "time", 86400),
    ("86,400 seconds", "time", 86400),
    ("30-day", "time", 30 * DAY),
    ("5 years", "time", 5 * YEAR),
    ("five years", "time", 5 * YEAR),
    ("six months", "time", 6 * MONTH),
    ("24 h", "time", DAY),
    ("90 min", "time", 5400),
    ("one hour", "time", 3600),
    ("2 weeks", "time", 14 * DAY),
    ("10 mins", "time", 600),
]

# The middle of a range, and how far its ends lie from it.
RANGES = [
    ("5-10k/s", "rate", 5e3, 10e3),
    ("between 5 and 10 TB", "size", 5e12, 10e12),
    ("from 20 to 50 ms", "time", 0.02, 0.05),
    ("10k–20k requests per second", "rate", 10e3, 20e3),
    ("3 to 5 MB", "size", 3e6, 5e6),
    ("8–12 %", "share", 0.08, 0.12),
    ("100-200M a day", "rate", 1e8 / DAY, 2e8 / DAY),
]

NO_NUMBERS = [
    "v2",
    "p99",
    "1080p",
    "the 3rd",
    "10:30",
    "the one we need",
    "base62",
    "s3://lake/year=2026/month=06",
    "H264",
]


def only(sentence):
    (number,) = numbers.find(sentence)
    return number


@pytest.mark.parametrize(("sentence", "kind", "value"), [row for row in READINGS if row[1] != "none"])
def test_numbers_with_units(sentence, kind, value):
    number = only(sentence)
    assert number.kind == kind
    assert number.value == pytest.approx(value)
    assert sentence[number.start : number.end] == number.text


@pytest.mark.parametrize(("sentence", "kind", "low", "high"), RANGES)
def test_a_range_is_one_number_in_its_middle(sentence, kind, low, high):
    number = only(sentence)
    assert number.kind == kind
    assert number.value / number.spread == pytest.approx(low)
    assert number.value * number.spread == pytest.approx(high)


@pytest.mark.parametrize("sentence", NO_NUMBERS)
def test_names_are_no_numbers(sentence):
    assert not [n for n in numbers.find(sentence) if n.kind != "count" or n.value > 1000]


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        ("QPS: 1,157", 1.0),
        ("Write QPS = 100M / 86400 = 1157", 1.0),
        ("read_qps ≈ 11.6k", 1.0),
        ("Requests per second: about 900", 1.0),
        ("Daily storage: 100M × 500 B = 50 GB", DAY),
        ("| Writes per month | 36M |", MONTH),
    ],
)
def test_the_label_before_a_result_says_what_it_is_counted_in(sentence, said):
    *operands, result = numbers.find(sentence)
    assert result.said == pytest.approx(said)
    assert not any(n.said for n in operands)


@pytest.mark.parametrize(
    ("sentence", "kinds"),
    [("500B", {"count", "size"}), ("128G of RAM", {"count", "size"}), ("500 B", {"size"}), ("6B users", {"count"})],
)
def test_an_ambiguous_unit_keeps_both_readings(sentence, kinds):
    assert {reading.kind for reading in only(sentence).readings()} == kinds


def test_a_megabit_in_a_hurry_may_be_a_megabyte():
    assert sorted(r.value for r in only("10 Mb").readings()) == [1.25e6, 10e6]


# Units are known to lib.quantities alone: what is read here must be worth the same there.
@pytest.mark.parametrize("word", sorted(quantities._UNITS))
def test_every_unit_of_the_library_is_read_as_the_library_has_it(word):
    if word in ("%", "B", "byte", "bytes", "bit", "bits") or re.fullmatch(r"[kMGTPE]b", word):
        return
    known = quantities.unit(word)
    (number,) = numbers.find(f"about 20 {word}")
    assert (number.is_size, bool(number.duration), bool(number.per)) == (
        known.data == 1,
        known.time == 1,
        known.time == -1,
    )
    assert number.value == pytest.approx(20 * known.value)


def test_a_word_that_is_no_unit_is_worth_one():
    assert units.seconds("fortnights") == 1.0
    assert units.data("furlong", rate=False) == (1.0, None, False)
