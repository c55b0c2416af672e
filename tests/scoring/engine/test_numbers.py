"""Numbers and arithmetic in free style: what is read, what holds, what is wrong, and above all what is not accused."""

import re
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib import quantities as amounts
from scoring.engine import numbers, text, units

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
@pytest.mark.parametrize("word", sorted(amounts._UNITS))
def test_every_unit_of_the_library_is_read_as_the_library_has_it(word):
    if word in ("%", "B", "byte", "bytes", "bit", "bits") or re.fullmatch(r"[kMGTPE]b", word):
        return
    known = amounts.unit(word)
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


RIGHT = [
    ("100M * 500 B = 50 GB/day", "50 GB/day"),
    ("100M / 86400 = 1157/s", "1157/s"),
    ("7M × 30 = 210M events/day", "210M events/day"),
    ("432M/day → ~5k/s", "5k/s"),
    ("200 GB/day → 73 TB/yr", "73 TB/yr"),
    ("4M photos at 2 MB make 8 TB a day", "8 TB a day"),
    ("90M / (10 days * 24 h * 3600 s) = 104/s", "104/s"),
    ("0.9 + 0.1×6 = 1.5", "1.5"),
    ("2.1M x 4 Mbit/s = 8.3 Tbit/s", "8.3 Tbit/s"),
    ("100M/day ÷ 86,400 ≈ 1,157/s", "1,157/s"),
    ("100M / 86,400 s is about 1,157", "1,157"),
    ("100M / 100k seconds a day ≈ 1,000/s", "1,000/s"),
    ("100M a day over 86,400 s gives 1.2k writes per second", "1.2k writes per second"),
    ("12k/day × 30 = 360k/month", "360k/month"),
    ("5 TB/day × 365 × 5 = 9 PB", "9 PB"),
    ("5 TB/day × 365 days × 5 years ≈ 9.1 PB", "9.1 PB"),
    ("100 GB × 365 days × 5 years = 182 TB", "182 TB"),
    ("100M users × 10 reads/day = 11.6k/s", "11.6k/s"),
    ("Write QPS = 100M / 86400 = 1157", "1157"),
    ("100M/day / 24 / 3600 = 1.16k/s", "1.16k/s"),
    ("100M / 24 * 3600 = 1,157/s", "1,157/s"),
    ("1B/month / 30 = 33M", "33M"),
    ("1B per month / (30 × 86400) = 386 per second", "386 per second"),
    ("1,160 writes/s × 500 B = 580 KB/s", "580 KB/s"),
    ("1,160 writes/s × 500 B × 86,400 = 50 GB", "50 GB"),
    ("1,160/s × 500 B = 50 GB a day", "50 GB a day"),
    ("200 ms × 11k/s = 2,200 in flight", "2,200"),
    ("5M connections / 50k per server = 100 servers", "100"),
    ("10k/s / 500/s = 20", "20"),
    ("16 TB / 30 d ≈ 6 MB/s", "6 MB/s"),
    ("128 TB at 10 GB/s is 12,800 s", "12,800 s"),
    ("128 TB / 10 GB/s = 3.6 hours", "3.6 hours"),
    ("150k videos × 5 min × 60 MB/min = 45 TB/day", "45 TB/day"),
    ("500 GB × 8 = 4 Tbit", "4 Tbit"),
    ("8 Tbit/s = 1 TB/s", "1 TB/s"),
    ("1500 GB = 1.5 TB", "1.5 TB"),
    ("1 TB × 1024 = 1000 TB", "1000 TB"),
    ("2^30 × 1 KB ≈ 1 TB", "1 TB"),
    ("20% of 100M = 20M", "20M"),
    ("half a million × 4 KB = 2 GB", "2 GB"),
    ("two hundred million × three reads = 600M reads a day", "600M reads a day"),
    ("fifty million × 2 KB = 100 GB", "100 GB"),
    ("500 ms × 2 = 1 s", "1 s"),
    ("5-10k/s × 1 KB = 7 MB/s", "7 MB/s"),
    ("500B × 100M = 50 GB", "50 GB"),
    ("200B × 500B = 100 TB", "100 TB"),
    ("(100M + 20M) × 2 KB = 240 GB", "240 GB"),
    ("(8 + 2 + 2 + 20 + 4) bytes × 1,000,000 = 36 MB", "36 MB"),
    ("100M (DAU) × 10 (reads each) = 1B per day", "1B per day"),
    ("**100M** × **10** = **1B/day**", "1B/day"),
    ("$100M \\times 10 = 1B$", "1B"),
    ("100M times 10 makes 1B reads a day", "1B reads a day"),
    ("300M divided by 30 days is 10M a day", "10M a day"),
    ("10T / 8G usable = 1,250 boxes", "1,250"),
    ("50M in 30 minutes: 50M / 1,800 s ≈ 28k/s", "28k/s"),
    ("11 600 / s × 2 KB = 23 MB/s", "23 MB/s"),
    ("1,5 TB × 3 = 4,5 TB", "4,5 TB"),
    ("1M keys × about 120 bytes = 120 MB", "120 MB"),
    ("10 Gbps / 4 Mbps = 2,500 streams", "2,500"),
    ("8 * 365 * 10 = 29TB", "29TB"),
    ("200 GB a day for 5 years = 365 TB", "365 TB"),
]

# What people leave out, add or mean otherwise; none of it is wrong arithmetic.
NOT_WRONG = [
    "90M a day, at the Sunday peak 9k a second",
    "100M × 1 KB = 300 GB with three copies",
    "10M posts a day, so 23k feed inserts a second",
    "1,160/s × 500 B = 50 GB",
    "1160/s × 1 KB × 3 replicas × 86,400 × 365 = 110 TB",
    "3B events a month: 3B × 1 KB = 100 GB/day",
    "100M × 2 MB = 20 TB after compression",
    "20M DAU, 10 times (500M users): 200M sockets",
    "EC 8+4 → 45 PB",
    "10+4 is cheaper (1.4), but 14 fragments sit in three zones",
    "(6e9)²/(2×3.5e12) ≈ 5M colliding pairs",
    "Original 8 Mbit/s: 60 MB a minute → 36 TB a day",
    "5% × 600k × 40 core-min = 1.2M core-min a day, 830 cores",
    "600M/day / 86,400 = 7k/s avg, peak ×3 ≈ 21k/s",
    "50M × 40 = 2B messages/day, / 86,400 = 23k/s, evening peak ×4 = 93k/s",
    "Bloom filter: 50B × 10 bit ≈ 62 GB",
    "50 million * 10 GB = 500 Petabyte",
    "Page when p99 > 50 ms for 5 min",
    "year=2026/month=06/day=06",
    "2 regions × 3 zones = 6 sites with 20 nodes",
    "7,000 reads/s × 5 % misses = 350/s to the database",
    "Cache 20 % of 50M × 400 B = 4 GB",
    "100M users, 10 % post, 2 KB each = 20 GB a day",
    "0.02 $/GB × 500 TB = 10k $ a month",
    "1 MB at 10 Mbit/s is 0.8 s, so a second with the handshake",
    "3-5 nodes at 64 GB = 256 GB",
    "8 TB a day, so 3 PB a year and 9 PB in three copies",
    "10 GB/day → 3 GB/day compressed",
    "1 KB × 1.16k/s is nothing for a disk",
    "26^6 = 309M, 62^7 = 3.5T codes",
    "A second copy costs 50 TB × 0.5 = 25 TB",
    "5 M writes a day are 58 per second, with a factor of 10 for bursts 600/s",
    "100M / 10^5 = 10^3 per second",
    "400M tweets × 300 bytes = **120GB per day** (storage)",
    "Timeout 200 ms, 3 tries = 600 ms at worst",
    "10 Mb × 100 = 1 GB",
    "11.6k/s × 10 KB = 116 MB/s, roughly 1 Gbit/s",
    "4.6k/s × 1 KB × 86400 × 30 = 12 TB",
    "4.6k/s × 1 KB × 86400 × 30 = 12 TB/month",
    "100 nodes / 3 zones = 34 each",
    "300M MAU × 1 post / 30 = 10M posts a day",
    "1 in 200 uploads a day → 150k videos × 94 MB = 14 TB",
    "0.81 % of disks fail a year, so of 1,000 disks 8 fail",
    "17 + 33 = 50k/s altogether",
    "347 / 5 = 69 k/s on the others",
    "At 20 changes per user per day, that is 11.6k/s",
    "Leaves: 500 × 13k × 6 ms = 39k cores + 0.12 × 500 × 13k × 40 ms = 31k cores",
    "For an hour (1.1 × 10⁻⁴ years) that is 0.06 × 4.6 × 10⁻⁶ ≈ 3 × 10⁻⁷",
    "Events: ~5 more per payment x 400 B = 20 GB/day",
    "12 × 0.02 × 11 × 10 × (0.02/365)⁴ ≈ 2 in 100 trillion a year",
    "200,000 × 5 cents = 10,000 a day",
    "60M / 10 = 6k × 1,000",
    "Every 30 s a progress report: 6.3M ÷ 30 = 208k writes/s",
    "6.3M viewers ÷ 30 = 210k reports/s",
    "24 TB / 2 TB per node = 12 nodes, 36 in three copies",
]

WRONG = [
    ("3M uploads an hour, so 80,000 per second", "833 a second"),
    ("4M photos at 2 MB are 8 GB a day", "8 TB/day"),
    ("100M / 86400 = 50/s", "1,157 a second"),
    ("100M / 86,400 s is about 1.2M", "1,157"),
    ("2.1M x 4 Mbit/s = 8.3 TB/s", "1.05 TB/s"),
    ("10 Gbps = 10 GB/s", "1.25 GB/s"),
    ("In 5 years 2 TB: 10 billion links at 100 bytes is about 1 GB per day", "1 TB/day"),
    ("100M × 500 B = 50 MB", "50 GB"),
    ("100M × 500 KB = 50 GB", "50 TB"),
    ("1000 × 5 ms = 5000 s", "5 s"),
    ("12k/day × 30 = 360k/s", None),
    ("10M/day = 10k/s", "116 a second"),
    ("50 billion pages × 100 KB = 5 TB", "5 PB"),
    ("10 billion writes per day, so around 1,000 per second", "116k a second"),
    ("10 billion links at 100 bytes is about 1 GB per day", "1 TB/day"),
    ("5 TB/day × 365 × 5 = 9 TB", "9.12 PB"),
    ("1,160 writes/s × 500 B = 580 MB/s", "580 kB/s"),
    ("1B reads a day / 86,400 = 1.16M reads/s", "11.6k a second"),
    ("1 TB × 1024 = 1 MB", None),
    ("16 TB / 30 d ≈ 6 GB/s", "6.17 MB/s"),
    ("5M connections / 50k per server = 10 servers", "100"),
    ("11k/s × 200 ms = 2.2M in flight", "2,200"),
    ("half a million × 4 KB = 2 TB", "2 GB"),
    ("two hundred million × 1 KB = 200 TB", "200 GB"),
    ("20% of 100M = 2M", "20M"),
    ("1500 GB = 15 TB", "1.5 TB"),
    ("2^30 × 1 KB = 1 GB", "1.07 TB"),
    ("(100M + 20M) × 2 KB = 240 MB", "240 GB"),
    ("300M/month = 10M per second", "114 a second"),
    ("100 GB / 1 Gbps = 100 s", "800 s"),
    ("62^7 = 3.5B codes", "3.52T"),
    ("200 GB a day for 5 years = 365 GB", "365 TB"),
    ("40 ms × 50 = 20 s", "2 s"),
    ("**100M** × **10** = **10B/day**", "1B a day"),
    ("1M × 1 KB = 1 TB", "1 GB"),
    ("6,000,000 / 60 s = 1M/s", "100k a second"),
    ("128 TB / 10 GB/s = 36 hours", "3.6 hour"),
]


def derived(sentence):
    return list(numbers.derivations(sentence, numbers.find(sentence)))


def slips(sentence):
    return [d for d in derived(sentence) if d.is_slip]


@pytest.mark.parametrize(("sentence", "result"), RIGHT)
def test_right_arithmetic_holds_and_is_not_accused(sentence, result):
    assert any(d.result.text == result and d.holds for d in derived(sentence))
    assert not slips(sentence)


@pytest.mark.parametrize("sentence", NOT_WRONG)
def test_what_is_left_unsaid_is_not_accused(sentence):
    assert not slips(sentence)


@pytest.mark.parametrize(("sentence", "right"), WRONG)
def test_wrong_arithmetic_is_found_with_the_right_value(sentence, right):
    assert slips(sentence)
    slip = slips(sentence)[0]
    if right:
        assert numbers.show(slip.right, slip.result) == right


def figures(*lines):
    return numbers.figures(text.read_section("estimation", "\n".join(lines)).sentences)


def test_a_line_that_begins_with_an_operator_goes_on_from_the_one_before():
    first, second = figures("- Uploads: 5M / 86,400 s ≈ 58/s", "- Views: ×30 ≈ 1.7k/s")
    assert first.derivations[0].holds
    assert second.derivations[0].holds


@pytest.mark.parametrize(
    "lines",
    [
        ["- DAU: 100M", "- reads per user: 10", "- => 1B/day => 11.6k/s"],
        ["```python", "dau = 100M", "reads_each = 10", "=> 1B/day => 11.6k/s", "```"],
        ["100M people a day.", "Each reads ten links.", "So 1B reads/day, that is 11.6k/s."],
    ],
)
def test_a_derivation_may_run_over_several_lines(lines):
    held = [d.result.text for row in figures(*lines) for d in row.derivations if d.holds]
    assert any(t.startswith("1B") for t in held)
    assert any(t.startswith("11.6k") for t in held)


def test_what_follows_from_a_slip_is_not_accused_again():
    rows = figures("- 50B pages × 100 KB = 5 TB", "- 5 TB × 3 = 15 TB", "- 15 TB / 5 TB per node = 3 nodes")
    assert [d.result.text for row in rows for d in row.derivations if d.is_slip] == ["5 TB"]


def test_a_period_spoken_of_before_may_be_left_out():
    assert not any(
        d.is_slip for row in figures("36M uploads a month.", "36M × 2 MB = 2.4 TB/day.") for d in row.derivations
    )


_PIECES = """100M|5 KB|/|×|=|(|)|86,400|s|a day|per second|~|1e9|2^40|⁹|500B|Mb/s|5-10k|between 5 and 10 TB
half a million|%|→|**|0|and|of|at|over|-|1 000 000|e99|^99|x|[|]|99999999999999999999999999999999"""
PIECES = [piece for line in _PIECES.splitlines() for piece in line.split("|")]


@given(st.lists(st.sampled_from(PIECES), max_size=20), st.sampled_from(["", " "]))
def test_nothing_that_looks_like_arithmetic_breaks_it(pieces, blank):
    sentence = blank.join(pieces)
    for derivation in derived(sentence):
        assert derivation.off_by > 0
        assert numbers.show(derivation.right, derivation.result)


def test_a_thousand_words_of_numbers_take_milliseconds():
    body = "\n".join(f"- {sentence}" for sentence, *_ in (*RIGHT, *WRONG))
    sentences = text.read_section("estimation", body).sentences
    numbers.figures(sentences)
    start = process_time()
    numbers.figures(sentences)
    assert process_time() - start < 0.25
