"""A sheet as text: what the scorer reads of it, what is dropped into prose, and which numbers later steps use."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import answer_file
from interview.sheet import evaluate, insertion, references, render
from lib import quantities
from scoring.engine import compose, numbers
from scoring.engine import quantities as quantities_of
from scoring.engine import text as reader
from scoring.engine.types import Answer
from tests.interview.test_sheet import GIVENS, SHEETS
from tests.scoring import live

SOAKING = int(os.environ.get("SOAK_ROUNDS", "1")) > 1


def rendered(text, givens=None):
    return render(evaluate(text, givens)).split("\n")


def figures(text):
    return numbers.figures(reader.read_section("estimation.sheet", text).sentences)


def slips(text):
    return [(one.sentence.text, d.result.text) for one in figures(text) for d in one.derivations if d.is_slip]


def test_each_line_says_its_sum_and_what_it_comes_to():
    assert rendered("writes = 100M users * 1 link/day\nstorage_5y = writes * 500 B * 5 years # so it needs shards") == [
        "- writes = 100M users * 1 link/day = 1.16 k links/s = 100 M links/day",
        "- storage_5y = 1.16 k links/s * 500 B * 5 years = 91.3 TB (writes * 500 B * 5 years), so it needs shards",
    ]


def test_names_that_make_a_sum_stand_before_it_and_numbers_with_them_behind():
    """A number before the sum would part it from its name."""
    lines = rendered("writes = 10k links/s\nsize = 500 B\nout = writes * size\nout_5 = writes * 500 B")
    assert lines[2:] == [
        "- out = writes * size: 10 k links/s * 500 B = 5 MB/s = 40 Mbit/s",
        "- out_5 = 10 k links/s * 500 B = 5 MB/s = 40 Mbit/s (writes * 500 B)",
    ]


WRITES = "writes = 1k links/s\npeak_factor = 4\nnodes = 12 nodes\n"


@pytest.mark.parametrize(
    ("line", "called"),
    [
        ("peak = writes * 4", "Peak"),
        ("peak_writes = writes * 4", "Peak writes"),
        ("peakWrites = writes * 4", "Peak Writes"),
        ("writes_peak = 4x writes", "Peak writes"),
        ("writes_at_peak = 4 * writes", "Peak writes"),
        ("writes_in_the_busiest_hour = 4 * writes", "Peak hour writes"),
        ("busy_hour_writes = writes * 4", "Peak hour writes"),
        ("max_writes = writes × 1.5", "Peak writes"),
        ("writes_max = peak_factor * writes", "Peak writes"),
        ("peak_bandwidth = writes * 500 B", "Peak bandwidth"),
        ("peak_rate = 5k links/s", "Peak rate"),
        ("peak_storage_5y = writes * 500 B * 5 years", "Peak storage_5y"),
        # What is the most that fits is no peak, and neither is what says how the two compare.
        ("max_writes_all = writes * nodes", "max_writes_all"),
        ("max_writes = writes / 4", "max_writes"),
        ("max_writes = writes * 0.5", "max_writes"),
        ("max_writes = 10k links/s", "max_writes"),
        ("max_kept = writes * 500 B * 1 day", "max_kept"),
        ("busy_nodes = nodes / 3", "busy_nodes"),
        ("peak_multiple = 4", "peak_multiple"),
        ("off_peak = writes / 4", "off_peak"),
        ("average_to_peak = writes / peak_factor", "average_to_peak"),
        ("speaks = writes * 4", "speaks"),
    ],
)
def test_a_peak_is_called_one(line, called):
    assert rendered(WRITES + line)[3].removeprefix("- ").split(" = ")[0] == called


PEAKS = [
    (slug, step, point)
    for slug in ("ad-click-aggregation", "chat", "news-feed", "ticket-booking", "url-shortener", "video-streaming")
    for step, criterion in live.question(slug).criteria()
    for point in criterion.points
    if point.quantity and "peak" in point.quantity
]


@pytest.mark.parametrize("name", ["peak_load", "peakLoad", "max_load", "load_max", "busiest_load", "load_at_peak"])
@pytest.mark.parametrize(("slug", "step", "point"), PEAKS)
def test_a_peak_is_found_as_surely_as_if_it_were_told(slug, step, point, name):
    question = live.question(slug)
    place = len(question.givens) + [one.key for one in question.quantities].index(point.quantity)
    *before, line = as_lines(question).split("\n")[: place + 1]
    text = render(evaluate("\n".join([*before, f"{name} = {line.partition(' = ')[2]}"])))
    measured = compose.measure(question, Answer({step: text}, sheets=((step, 0, len(text)),)))
    assert quantities_of.by_quantity(measured.context, step, point).strength >= 0.95


def test_a_sheet_has_as_many_lines_as_its_text():
    text = "a = 1 GB\n\n# why\nb = zzz\nSo be it then\n" + "c = 3\n" * 220
    lines = rendered(text)
    assert len(lines) == len(text.split("\n"))
    # Nothing in it can begin another step.
    assert all(line == "" or line.startswith("- ") for line in lines)


def test_a_difference_that_rounding_would_spoil_says_only_where_it_comes_from():
    assert rendered("a = 1000.1 s\nb = 1000 s\nc = a - b")[2] == "- c = 100 ms (from a - b)"


@pytest.mark.parametrize("name", SHEETS)
def test_the_scorer_finds_the_values_and_accuses_no_line(name):
    sheet = evaluate("\n".join(row[1] for row in SHEETS[name]))
    text = render(sheet)
    assert slips(text) == []
    found = {number.value for one in figures(text) for number in one.numbers}
    for row in sheet.rows:
        assert row.value is not None
        value = quantities.plain(row.value)
        if (value.data, value.time) in ((0, -1), (1, 0), (1, -1)) and "$" not in row.shown:
            assert any(abs(one / value.value - 1) < 0.02 for one in found), row


AMOUNTS = """100M users|2.5k requests|40 messages|3 copies|1,200 links|0.2|1.5|20%|62.5 %|250 ms|10 s|5 min|1 day
5 years|500 B|4 KB|16 TB|64 GiB|4 Mbit|1 Gbit/s|100 MB/s|10 reads/day|1 link/day|5k reads/s|2 bit/seat|500 B/link
2.3 seats/order|100k connections/server|60 edits/min|8 cores|2 TB/node|$0.02/GB|30 min/day|86400|365|24
1 month|10^5 s|62^7|2^20|100:1|1/3""".replace("\n", "|").split("|")
NAMES = (
    "writes reads storage_5y peak max_reads peak_per_day daily_volume nodes w r bandwidth latency people_online".split()
)


@st.composite
def sheets(draw):
    """A few lines, each of some amounts and of the names above it; not all of them make sense."""
    lines: list[str] = []
    known: list[str] = []
    for number in range(draw(st.integers(1, 5))):
        operands = st.sampled_from([*AMOUNTS, *known * 3])
        signs = st.sampled_from([" * ", " * ", " * ", " / ", " / ", " + ", " - ", " × ", " ÷ "])
        parts = draw(st.lists(st.tuples(signs, operands), min_size=0, max_size=3))
        name = f"{draw(st.sampled_from(NAMES))}{number}"
        note = draw(st.sampled_from(["", "", "  # so one machine is enough", "  # assumed, 3x at peak"]))
        lines.append(f"{name} = {draw(operands)}{''.join(sign + one for sign, one in parts)}{note}")
        known.append(name)
    return "\n".join(lines)


@settings(max_examples=300, deadline=None)
@given(sheets())
def test_no_sum_that_is_right_is_read_as_a_slip(text):
    sheet = evaluate(text, GIVENS)
    right = "\n".join(line for line, row in zip(render(sheet).split("\n"), sheet.rows, strict=True) if not row.error)
    assert slips(right) == []


@pytest.mark.soak
@pytest.mark.parametrize("slug", live.SLUGS if SOAKING else live.SLUGS[::5])
def test_the_numbers_of_a_question_count_on_a_sheet_as_they_do_in_prose(slug):
    """The formulas as lines make every point about a number that the model answer's prose makes."""
    question = live.question(slug)
    sections = {one.step: one.text for one in answer_file.split(question.model_answer)}
    on_a_sheet = {**sections, "estimation": render(evaluate(as_lines(question)))}
    asked = {(c.key, point.key) for _, c in question.criteria() for point in c.points if point.quantity}
    assert made(slug, on_a_sheet) & asked >= made(slug, sections) & asked


def as_lines(question):
    """Givens and formulas, each under the first name that people have for it and that is more than small words."""
    names = {given.key: given.key for given in question.givens}
    lines = [f"{given.key} = {given.values[0]}" for given in question.givens]
    for expected in question.quantities:
        said = [re.sub(r"\W+", "_", cue.strip()) for cue in expected.cues if all(t.stem for t in reader.tokens(cue))]
        free = [one for one in said if one not in names.values() and not evaluate(f"{one} = 1").rows[0].error]
        names[expected.key] = free[0] if free else expected.key
        formula = re.sub(r"\w+", lambda match: names.get(match[0], match[0]), expected.formula)
        lines.append(f"{names[expected.key]} = {formula}")
    return "\n".join(lines)


def made(slug, sections):
    result = live.scored(slug, Answer(sections), None)
    criteria = [criterion for step in result.steps for criterion in step.criteria]
    return {(one.key, point.key) for one in criteria for point in one.points if point.state != "missing"}


@pytest.mark.parametrize(
    ("line", "prose"),
    [
        ("writes = 100M users * 1 link/day", "writes ≈ 1.16 k links/s"),
        ("kept = 5 years", "kept = 5 years"),
        ("3 * 2 GB", "6 GB"),
        ("a = zzz", ""),
        ("# why", ""),
        ("", ""),
    ],
)
def test_a_value_is_dropped_into_prose(line, prose):
    assert insertion(evaluate(line).rows[0]) == prose


SHEET = evaluate(
    """writes = 100M users * 1 link/day
reads = writes * 10 redirects
storage_5y = writes * 500 B * 5 years
hot_share = 20%
replicas = 3
kept = 5 years
egress = reads * 500 B
p99 = 50 ms
shards = 12 shards
codes = 62^7 codes"""
)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We take about 1.2k/s, which one primary can.", {"writes"}),
        ("We take about 1.2k writes, which one primary can.", {"writes"}),
        ("At 1,160 links one primary is enough.", {"writes"}),
        ("At 1.16k per second one primary is enough.", {"writes"}),
        ("That is 100M links a day.", {"writes"}),
        ("1.1k/s would do as well.", set()),
        ("`writes` go to the primary.", {"writes"}),
        ("Writes go to the primary.", set()),
        ("storage_5y decides that we need shards.", {"storage_5y"}),
        ("Storage 5y decides it.", {"storage_5y"}),
        ("91 TB do not fit.", {"storage_5y"}),
        ("91.3 TB, in all 11.6k redirects/s.", {"storage_5y", "reads"}),
        ("91 GB fit.", set()),
        ("Out go 46 Mbit/s.", {"egress"}),
        ("Out go 5.8 MB per second.", {"egress"}),
        ("A fifth, 20 %, is hot.", {"hot_share"}),
        ("20 machines.", set()),
        ("With 3 replicas.", {"replicas"}),
        ("With 3 zones.", set()),
        ("Kept for 5 years", {"kept"}),
        ("p99 must hold", {"p99"}),
        ("answers in 50ms", {"p99"}),
        ("over 12 shards", {"shards"}),
        ("12 months", set()),
        ("3.5 T codes suffice", {"codes"}),
        ("version 1.16.0, port 1160x, 5%", set()),
        ("", set()),
    ],
)
def test_later_steps_refer_by_name_or_by_value(text, names):
    found = references(SHEET, {"deep_dive": text})
    assert {name for name, keys in found.items() if keys} == names
    assert set(found) == set(SHEET.named)


WORDY = evaluate("cache = 400 GB * 2\nqps = 100M / 1 day\ndau = 5M users\nPeak = 3 * qps\ncacheSize = 3 GB * 5")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("A cache in front takes the peak.", set()),
        ("`cache` is what one machine has.", {"cache"}),
        ("It needs 800 GB of memory.", {"cache"}),
        # As it was dropped, even if the sheet has changed since.
        ("We plan for cache ≈ 700 GB.", {"cache"}),
        ("Peak = 9k/s.", {"Peak"}),
        ("At that QPS one node is enough for our DAU.", {"qps", "dau"}),
        ("cacheSize decides it.", {"cacheSize"}),
    ],
)
def test_an_ordinary_word_is_no_use_of_the_line_of_that_name(text, names):
    found = references(WORDY, {"deep_dive": text})
    assert {name for name, keys in found.items() if keys} == names


def test_each_text_is_named_that_refers_to_a_number():
    texts = {"high_level_design": "91 TB", "deep_dive": "12 shards for 91 TB", "wrap_up": "done"}
    found = references(SHEET, texts)
    assert found["storage_5y"] == ("high_level_design", "deep_dive")
    assert found["shards"] == ("deep_dive",)
    assert found["egress"] == ()


def test_a_sheet_without_names_is_referred_to_by_nothing():
    assert references(evaluate("5 GB * 3\n# why"), {"deep_dive": "15 GB"}) == {}
