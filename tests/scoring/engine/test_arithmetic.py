"""Arithmetic in free style: what holds, what is wrong with what right value, and above all what is not accused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import numbers, text

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
    ("2 × 20 = 40 ms", "40 ms"),
    ("1M files of 2 MB = 2 TB", "2 TB"),
    ("200M phrases of 30 bytes each are 6 GB", "6 GB"),
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
    "The cache uses 48 of 64 GB, so 16 GB is left",
    "12 of 64 GB are for the system, so 52 GB is left",
    "The top 5 of 100 MB files is 2 MB",
    "Nodes: 40 of 64 GB = 2.5 TB",
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
    ("2 × 20 = 400 ms", "40 ms"),
    ("200M phrases of 30 bytes = 6 TB", "6 GB"),
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
