"""Whatever is typed: no exception, no line lost, no sheet that takes longer than a person notices."""

import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import sheet as bench
from interview.sheet import Sheet, evaluate, insertion, references, render
from interview.sheet.lines import MAX_LINES

SOAKING = int(os.environ.get("SOAK_ROUNDS", "1")) > 1
INPUTS = 100_000 if SOAKING else 1_000
# Of these texts one in so many is rendered and looked for as well.
READ_ON = 50 if SOAKING else 10


def check(text: str) -> Sheet:
    began = time.thread_time()
    sheet = evaluate(text, bench.GIVENS)
    # The processor has other things to do as well: what took long is asked again.
    assert time.thread_time() - began <= bench.LIMIT or not bench.is_slow(text), text[:300]
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    assert len(sheet.rows) == min(len(lines), MAX_LINES + 1)
    for row, line in zip(sheet.rows[:MAX_LINES], lines, strict=False):
        assert row.typed == line
        assert (row.kind == "wrong") == bool(row.error) == bool(row.remedy), row
        assert (row.value is not None) == bool(row.shown), row
        assert row.column is None or 1 <= row.column <= max(len(line), 1), row
    return sheet


def read_on(sheet: Sheet, text: str) -> None:
    assert len(render(sheet).split("\n")) == len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    references(sheet, {"deep_dive": text})
    assert all(insertion(row) or row.value is None for row in sheet.rows)


@pytest.mark.soak
def test_nothing_that_is_typed_breaks_a_sheet_or_takes_long():
    for number, text in enumerate(bench.inputs(seed=20_261 + SOAKING, count=INPUTS)):
        sheet = check(text)
        if number % READ_ON == 0 and len(text) < 2_000:
            read_on(sheet, text)


@pytest.mark.parametrize("name", bench.SLOW)
def test_what_is_made_to_be_slow_is_not(name):
    check(bench.SLOW[name])


@settings(deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_a_sheet(text):
    read_on(check(text), text)


@settings(deadline=None)
@given(st.text(alphabet="0123456789 kMGTB/s*+-^().,%:=≈~#$userdayinxlk_\n²⁷", max_size=200))
def test_any_text_of_what_sums_are_made_of_is_a_sheet(text):
    read_on(check(text), text)


@pytest.mark.parametrize(
    "text",
    ["9**9**9", "10^308^308", "1e308*1e308", "(" * 299, "-" * 299, "9" * 60_000, "\n" * 60_000, "a=" * 150, "=" * 300],
    ids=lambda text: text[:8],
)
def test_what_is_known_to_hurt_does_not(text):
    assert all(row.value is None for row in check(text).rows)
