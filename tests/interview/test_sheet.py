"""The estimation sheet: what lines come to, what each is, and what is said about those that are wrong."""

import csv
import math
from itertools import groupby
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog import variants
from interview.sheet import MAX_LENGTH, MAX_LINES, evaluate
from interview.sheet.lines import MAX_PARTS
from lib import quantities
from lib.quantities import plain
from tests.scoring import live

TABLE = Path(__file__).with_name("sheets.tsv")
KINDS = {
    "count": (0, 0),
    "size": (1, 0),
    "time": (0, 1),
    "rate": (0, -1),
    "size rate": (1, -1),
    "size kept": (1, 1),
}
GIVENS = {
    "daily_users": quantities.evaluate("100M users"),
    "links_per_user": quantities.evaluate("1 link/day"),
    "redirects_per_link": quantities.evaluate("10 redirects"),
    "record_size": quantities.evaluate("500 B"),
    "retention": quantities.evaluate("5 years"),
    "peak_factor": quantities.evaluate("5"),
    "hot_share": quantities.evaluate("20 %"),
    "watch_time": quantities.evaluate("30 min/day"),
    "stream_rate": quantities.evaluate("4 Mbit/s"),
}


def table():
    with TABLE.open(encoding="utf-8") as file:
        lines = [row for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if not row[0].startswith("#")]
    return {name: list(rows) for name, rows in groupby(lines, key=lambda row: row[0])}


SHEETS = table()


def value_of(row):
    assert row.value is not None, row
    return plain(row.value)


def one(line, givens=None):
    """The last row of a sheet."""
    return evaluate(line, givens).rows[-1]


def test_the_table_has_two_hundred_lines_of_the_reference_and_of_every_question():
    assert sum(len(rows) for rows in SHEETS.values()) >= 200
    assert len(SHEETS) >= len(live.SLUGS)


@pytest.mark.parametrize("name", SHEETS)
def test_lines_come_to_what_was_worked_out_apart(name):
    rows = SHEETS[name]
    sheet = evaluate("\n".join(row[1] for row in rows))
    for (_, line, value, kind, shown, also), row in zip(rows, sheet.rows, strict=True):
        assert row.error == "", line
        found = value_of(row)
        assert (found.data, found.time) == KINDS[kind], line
        assert math.isclose(found.value, float(value), rel_tol=1e-9), line
        assert (row.shown, row.also_shown) == (shown, also), line


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_shown_can_be_typed_again(name):
    for row in evaluate("\n".join(row[1] for row in SHEETS[name])).rows:
        for shown in filter(None, (row.shown, row.also_shown)):
            again = one(shown)
            assert again.error == "", shown
            found, meant = value_of(again), value_of(row)
            assert (found.data, found.time) == (meant.data, meant.time), shown
            assert math.isclose(found.value, meant.value, rel_tol=0.01), shown


@pytest.mark.parametrize("slug", live.SLUGS)
@pytest.mark.parametrize("variant", [0, 1, 2])
def test_the_formulas_of_every_question_come_to_the_same_on_a_sheet(slug, variant):
    question = live.question(slug)
    drawn, meant = variants.draw(question, variant), variants.names(question, variant)
    lines = [f"{key} = {text}" for key, text in drawn.items()]
    lines += [f"{expected.key} = {expected.formula} in {expected.unit}" for expected in question.quantities]
    sheet = evaluate("\n".join(lines))
    assert [row.name for row in sheet.rows] == [*drawn, *(expected.key for expected in question.quantities)]
    for row in sheet.rows:
        found, wanted = value_of(row), plain(meant[row.name])
        assert (found.data, found.time) == (wanted.data, wanted.time), row
        assert math.isclose(found.value, wanted.value, rel_tol=1e-9), row


@given(
    st.floats(min_value=1e-6, max_value=1e14),
    st.sampled_from(["", "users", "B", "GB", "Mbit/s", "s", "days", "years", "links/day", "%", "B/user", "$", "$/GB"]),
)
def test_any_amount_can_be_typed_again_as_it_is_shown(number, unit):
    row = one(f"a = {number:.6e} {unit}")
    for shown in filter(None, (row.shown, row.also_shown)):
        again = one(shown)
        assert again.error == ""
        assert math.isclose(value_of(again).value, value_of(row).value, rel_tol=0.01), (row.typed, shown)


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("", "blank"),
        ("   ", "blank"),
        ("# what follows", "text"),
        ("So reads dominate and one cache is enough", "text"),
        ("So 7 characters suffice", "text"),
        ("Note: reads dominate", "text"),
        ("client -> server, over one connection", "text"),
        ("reads - writes", "wrong"),
        ("reads", "wrong"),
        ("copies = 3", "assumed"),
        ("copies = 3 * 2", "assumed"),
        ("100M * 2", "assumed"),
        ("dau = 100M users", "given"),
        ("kept = 5 years", "given"),
        ("peak = 5", "given"),
        ("replicas = 5", "assumed"),
        ("links = 10 redirects", "given"),
        ("people = daily_users", "given"),
        ("busy = daily_users * hot_share", "worked out"),
        ("writes = 100M users * 1 link/day", "worked out"),
        ("writes = 100M users * 1 link/day * 365", "worked out"),
        ("writes = 100M users * 3 links/day", "assumed"),
        ("writes = 1 +", "wrong"),
    ],
)
def test_each_line_says_what_it_is(line, kind):
    assert one(line, GIVENS).kind == kind


def test_a_row_holds_its_parts():
    row = one("writes = 5M\n  - storage = writes * 500 B   # for each of them")
    assert (row.number, row.name, row.expression) == (2, "storage", "writes * 500 B")
    assert (row.note, row.uses, row.filled) == ("for each of them", ("writes",), "5 M * 500 B")
    assert row.typed == "  - storage = writes * 500 B   # for each of them"


def test_givens_are_named_by_their_keys_and_may_be_taken_over():
    sheet = evaluate("a = watch_time * daily_users\ndaily_users = 50M users\nb = daily_users * links_per_user", GIVENS)
    assert [row.error for row in sheet.rows] == ["", "", ""]
    assert sheet.rows[0].filled == "30 min/day * 100 M users"
    assert sheet.rows[2].shown == "579 links/s"
    assert sheet.rows[2].uses == ("daily_users", "links_per_user")


def test_what_feeds_what_is_known():
    sheet = evaluate("a = 5\nb = a * 2\nc = a + b\ne = 1\na + c")
    assert sheet.feeds == {"a": ("b", "c", "5"), "b": ("c",), "c": ("5",), "e": ()}


def test_a_name_may_be_an_ordinary_noun():
    sheet = evaluate("writes = 100M writes/day\nsize = writes * 500 B/write\nagain = 3 writes\nnodes = 4\neach = 1")
    assert [row.shown for row in sheet.rows[:3]] == ["100 M writes/day", "579 kB/s", "3 writes"]
    assert sheet.rows[2].uses == ()


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("a = 12 TB / nodes", "1.2 TB/node"),
        ("a = 12 TB/nodes", "1.2 TB/node"),
        ("a = 12 TB/node", "12 TB/node"),
        ("a = 12 TB / 4 TB/node", "3 nodes"),
        ("a = 12 TB / (4 TB/node)", "3 nodes"),
        ("a = 12 TB per node", "12 TB/node"),
        ("a = nodes * 12 TB/node", "120 TB"),
        ("a = 2 nodes", "2 nodes"),
        ("a = 2 half", "1"),
        ("a = 4/half", "8"),
    ],
)
def test_a_word_is_a_noun_behind_a_number_and_a_name_where_a_value_is_missing(line, shown):
    assert one(f"nodes = 10 nodes\nhalf = 0.5\n{line}").shown == shown


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("100M users * 2 posts/day", "2.31 k posts/s"),
        ("2 posts/day * 100M users", "2.31 k posts/s"),
        ("10M users * 20 %", "2 M users"),
        ("1 post/s * 200 followers", "200 posts/s"),
        ("5 reads/s + 2 writes/s", "7/s"),
        ("5 reads/s + 2 reads/s", "7 reads/s"),
        ("5 shards - 1", "4 shards"),
        ("2M users * 10 KB/connection", "20 GB"),
        ("10 reads/s * 3 copies", "30 reads/s"),
        ("5k reads/s / 1k rps", "5"),
        ("5k reads/s / (1k requests/s/server)", "5 servers"),
        ("500 reads/s / 5 writes/s", "100 reads/write"),
        ("3 people", "3 people"),
        ("1 person", "1 person"),
        ("8 boxes", "8 boxes"),
        ("8 caches / 2", "4 caches"),
        ("4 GPUs * 2", "8 GPU"),
        ("12 series", "12 series"),
        ("5 addresses", "5 addresses"),
        ("3 movies / 2", "1.5 movies"),
    ],
)
def test_what_is_counted_is_kept_where_it_can_be_known(line, shown):
    assert one(line).shown == shown


@pytest.mark.parametrize(
    ("line", "shown", "also"),
    [
        ("storage_per_day = 579 kB/s * 2", "100 GB/day", "1.16 MB/s"),
        ("daily_posts = 2 posts/s * 1", "173 k posts/day", "2 posts/s"),
        ("hourly = 2 posts/s * 1", "7.2 k posts/h", "2 posts/s"),
        ("a = 5 posts/day * 3", "15 posts/day", ""),
        ("a = 1 post/year / 3", "0.333 posts/year", ""),
        ("a = 0.0001", "0.0001", ""),
        ("a = 0", "0", ""),
        ("a = -3 GB", "-3 GB", "-2.79 GiB"),
        ("a = 2^128", "3.4 × 10^38", ""),
        ("a = 1e50 B", "1e+50 B", "1e+50 B"),
        ("a = 3 * 5e20 days", "4.11e+18 years", "1.3 × 10^26 s"),
        ("a = 8 s * 1 / 5 GB", "1.6 s/GB", ""),
    ],
)
def test_values_are_shown_for_people(line, shown, also):
    row = one(line)
    assert (row.shown, row.also_shown) == (shown, also)


@pytest.mark.parametrize(
    ("text", "error", "remedy"),
    [
        # names
        ("a = wrties * 2", "No line above is named “wrties” (column 5).", "Name it before line 1."),
        ("daily_users = 5\na = daly_users * 2", "“daly_users” (column 5)", "Did you mean daily_users?"),
        ("daily_users = 5\na = daily_usesr", "“daily_usesr” (column 5)", "Did you mean daily_users?"),
        ("a = a * 2", "“a” is the name of this very line (column 5).", "Give the line another name"),
        ("b = c\nc = b", "“b” has no value yet (column 5).", "Put line 1 right first."),
        ("b = 1 +\nc = b\ne = c * 2", "“c” has no value yet (column 5).", "Put line 1 right first."),
        ("a = 1\nA = 2", "“A” is already the name of line 1 (column 1).", "Later lines use line 1."),
        ("a = 3 * servers", "“servers” is something counted and has no number here (column 9).", "a number before it"),
        ("GB = 5", "“GB” is a unit and cannot be a name (column 1).", "Add a word: total_gb."),
        ("mbps = 5", "“mbps” is a unit", "total_mbps"),
        ("per = 5", "“per” is part of how sums are written", "total_per"),
        ("reads per day = 5", "A name is made of letters, digits and underscores", "Write reads_per_day instead."),
        ("5y = 3", "A name is made of letters", "Begin with a letter"),
        ("Storage over a year: 18 TB", "A name is made of letters", "Write Storage_over_a_year instead."),
        ("a" * 41 + " = 3", "A name has at most 40 characters", "shorter"),
        ("= 5", "There is no name before the “=”", "Write name = value."),
        ("a =", "Nothing stands behind “a =”", "such as 5M users"),
        # units
        ("a = 10 s + 500 B", "the left is a time, the right a size (column 10).", "Multiply or divide one of them"),
        ("a = 5 reads/s + 3 reads", "the left is a rate, the right a number", "Multiply the left by a time first"),
        ("a = 5 GB - 3 GB/s", "do not subtract", "Multiply the right by a time first"),
        ("a = 3 reads/day / 86400 s", "This is divided by a time twice", "A value in it is a rate already"),
        ("a = 3 s * 3 s", "a time multiplied by a time", "leave it out"),
        ("a = 3 B * 3 B", "a size multiplied or divided by a size twice", "Leave one of them out."),
        ("a = 93 MB in MB/s", "This is a size, and MB/s is a size per time (column 11).", "Divide by a time"),
        ("a = 93 MB/s in MB", "This is a size per time, and MB is a size", "Multiply by a time, such as 1 day."),
        ("a = 93 MB in links", "This is a size, and links is a number", "a unit of its own kind"),
        ("a = 93 MB in", "A unit should stand behind “in”", "Such as GB"),
        ("a = 93 MB in 5 GB", "A unit should stand behind “in”", "Such as GB"),
        ("a = 5 mintues", "“mintues” is not a unit (column 7).", "Did you mean minutes?"),
        ("a = 5 yaers", "“yaers” is not a unit", "Did you mean years?"),
        ("a = 5 gb", "“gb” is not a unit", "Did you mean GB?"),
        ("a = 5 m", "“m” is not a unit", "Did you mean min or M?"),
        ("a = 5 mb", "“mb” is not a unit", "Did you mean MB?"),
        ("a = 5 daily posts", "“daily” is not a unit", "Write “/day” behind what is counted."),
        ("peak = 3\na = 5 peek", "No line above is named “peek”", "Did you mean peak?"),
        # sums
        ("a = 1 / 0", "This divides by zero (column 7).", "its value is 0"),
        ("b = 0\na = 1 / b", "This divides by zero (column 7).", "its value is 0"),
        ("a = 1:0", "This divides by zero", "0"),
        ("a = 9**9**9", "There are two powers in a row (column 9).", "Use brackets"),
        ("a = (9^9)^99", "The value is too large to be meant", "exponents"),
        ("a = 1e999", "too large", "exponent"),
        ("a = 2^(3 B)", "an exponent that is not a plain number", "Only plain numbers"),
        ("a = (-8)^0.5", "takes a root of a negative number", "Only plain numbers"),
        ("a = (2 B)^0.5", "takes a root of something that has a unit", "Only plain numbers"),
        ("a = (3 + 4", "a bracket that is not closed (column 5).", "Write the missing “)”."),
        ("a = 3 + 4)", "stops making sense at “)” (column 10).", "brackets"),
        ("a = 3 +", "ends too early", "at the end"),
        ("a = * 3", "where a number should be (column 5).", "Write a number or a name there."),
        ("a = " + "(" * 25 + "1" + ")" * 25, "too many brackets", "a line and a name of its own"),
        ("a = 5 3", "“3” follows a value with no sign between them (column 7).", "Write + - * or / before it."),
        ("a = 5 * 3 = 15", "There is a second “=” (column 11).", "the sheet works the value out itself"),
        ("a = 1,5 GB", "A comma only groups thousands", "Write a point"),
        ("a = 3 @ 4", "“@” is not understood (column 7).", "Remarks go behind a #."),
        ("a = 3 < 4", "A line is a value, not a comparison", "behind a #"),
        ("a = 5 reads/s over 3 s", "“over” is not worked out (column 15).", "Write / or * instead."),
        ("a = 5 of 3", "“of” is not worked out", "Write * instead."),
        ("a = log(3)", "No line above is named “log”", "Name it"),
        ("b = 3\na = b (4)", "“b” is followed by a bracket", "before the bracket"),
        ("a = 5 $ * $", "There is no number behind “$”", "Write $5"),
        ("a = 3:b", "A ratio has a number on both sides", "100:1"),
        ("a = million", "“million” has no number before it", "Write 1 million"),
        ("a = " + "1*" * 40 + "1", "more than 60 numbers, words and signs", "a line and a name of its own"),
        ("a = " + "1" * 300, f"longer than {MAX_LENGTH} characters", "Break it up"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_what_to_do(text, error, remedy):
    row = one(text)
    assert row.kind == "wrong"
    assert row.value is None
    assert not row.shown
    assert error in row.error
    assert remedy in row.remedy


def test_a_name_counts_only_below_its_line():
    first, _ = evaluate("a = later * 2\nlater = 3").rows
    assert first.error == "“later” gets its value on line 2 only (column 5)."
    assert first.remedy == "Name it before line 1."


def test_later_lines_use_the_first_of_two_that_have_one_name():
    sheet = evaluate("a = 2\na = 3\nb = a * 10")
    assert [row.kind for row in sheet.rows] == ["assumed", "wrong", "worked out"]
    assert sheet.rows[2].shown == "20"
    assert sheet.named["a"].number == 1


def test_wrong_lines_cost_the_others_nothing():
    good = ["a = 5 GB", "b = a * 2", "c = b / 4 s"]
    bad = ["x1 = 1 /", "((((", "= = =", "q = zzz", "5 5 5", "🙂"]
    mixed = [line for pair in zip(good, bad[:3], strict=True) for line in pair] + bad[3:]
    values = [row.shown for row in evaluate("\n".join(mixed)).rows if row.name in ("a", "b", "c")]
    assert values == [row.shown for row in evaluate("\n".join(good)).rows]


def test_line_numbers_are_those_of_the_text():
    sheet = evaluate("a = 1\r\n\r\nb = 2\rc = 3\n")
    assert [(row.number, row.name) for row in sheet.rows] == [(1, "a"), (2, ""), (3, "b"), (4, "c"), (5, "")]


def test_a_column_is_a_place_in_the_line_as_it_was_typed():
    row = one("  -  a =  3 * wrong_name   # why")
    assert row.column is not None
    assert row.typed[row.column - 1 :].startswith("wrong_name")


def test_what_is_beyond_the_last_line_is_kept_and_not_worked_out():
    text = "\n".join(f"a{number} = {number}" for number in range(1, MAX_LINES + 4))
    sheet = evaluate(text)
    assert len(sheet.rows) == MAX_LINES + 1
    assert sheet.rows[MAX_LINES - 1].shown == "200"
    assert sheet.rows[MAX_LINES].kind == "wrong"
    assert sheet.rows[MAX_LINES].typed == "a201 = 201\na202 = 202\na203 = 203"
    assert "at most 200 lines" in sheet.rows[MAX_LINES].error


def test_blank_lines_at_the_end_are_not_too_many():
    assert {row.kind for row in evaluate("\n" * (MAX_LINES + 50)).rows} == {"blank"}


def test_a_sheet_that_is_full_of_signs_is_worked_out_up_to_a_point():
    line = "1" + " + 1" * 24
    sheet = evaluate("\n".join([line] * MAX_LINES))
    last = MAX_PARTS // 49
    assert sheet.rows[last - 1].shown == "25"
    assert sheet.rows[last].error == "The sheet has more than 5,000 numbers, words and signs up to here (column 1)."


def test_nothing_typed_is_nothing_worked_out():
    assert [row.kind for row in evaluate("").rows] == ["blank"]
    assert evaluate("").named == {}


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("load = 5 messages/s + 3 requests/s", "adds messages and requests"),
        ("load = 5 messages/s + 3 messages/s", ""),
        ("load = 5 messages/s + 3/s", ""),
        ("load = 5 messages/s * 3 requests", ""),
        ("size = 5 GB + 3 MB", ""),
    ],
)
def test_different_things_are_not_added_up_without_a_word(line, doubt):
    (row,) = evaluate(line).rows
    assert row.error == ""
    assert row.doubt == doubt
