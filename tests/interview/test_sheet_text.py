"""A sheet as text: what the scorer reads of it, what is dropped into prose, and which numbers later steps use."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import answer_file
from interview.sheet import evaluate, insertion, references, render
from lib import quantities
from scoring.engine import numbers
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
        "- storage_5y = writes * 500 B * 5 years: 1.16 k links/s * 500 B * 5 years = 91.3 TB, so it needs shards",
    ]


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("dau = 100M users", "- dau = 100M users"),
        ("kept = 5 years", "- kept = 5 years"),
        ("dau = daily_users", "- dau = daily_users = 100 M users"),
        ("dau=~100M users", "- dau = ~100M users"),
        ("dau = 100,000 users", "- dau = 100,000 users = 100 k users"),
        ("codes = 62**7", "- codes = 62^7 = 3.52 T"),
        ("20 GB * 3", "- 20 GB * 3 = 60 GB"),
        ("", ""),
        ("# Storage", "- Storage"),
        ("## Deep dive", "- Deep dive"),
        ("- one machine will do # for now", "- one machine will do, for now"),
        ("a = wrties * 3", "- a = wrties * 3"),
        ("* a = wrties", "- a = wrties"),
        ("ids = 2^128", "- ids = 3.4 × 10^38 (from 2^128)"),
    ],
)
def test_each_kind_of_line_is_rendered(typed, line):
    assert rendered(typed, GIVENS) == [line]


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
NAMES = "writes reads storage_5y peak daily_volume nodes w r bandwidth latency people_online".split()


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
