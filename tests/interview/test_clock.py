"""The clock, exhaustively: no database, no waiting."""

from datetime import UTC, datetime, timedelta

import pytest

from catalog.steps import STEPS, TOTAL_MINUTES
from interview import clock
from interview.clock import GRACE, Mode, Opened, Pace

START = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
NORMAL = Pace()
ENDS = START + timedelta(minutes=45)


def minutes(value: float) -> timedelta:
    return timedelta(minutes=value)


def test_the_forty_five_minutes_add_up() -> None:
    assert TOTAL_MINUTES == 45
    assert [step.minutes for step in STEPS] == [5, 3, 10, 20, 5]
    assert sum(step.weight for step in STEPS) == 100


@pytest.mark.parametrize(
    ("mode", "step", "factor", "expected"),
    [
        (Mode.INTERVIEW, "", 1.0, minutes(45)),
        (Mode.STRICT, "", 1.0, minutes(45)),
        (Mode.INTERVIEW, "", 1.5, minutes(67.5)),
        (Mode.INTERVIEW, "", 10.0, minutes(450)),
        (Mode.INTERVIEW, "", None, None),
        (Mode.UNTIMED, "", 1.0, None),
        (Mode.ONE_STEP, "estimation", 1.0, minutes(3)),
        (Mode.ONE_STEP, "deep_dive", 2.0, minutes(40)),
        (Mode.ONE_STEP, "deep_dive", None, None),
    ],
)
def test_length_of_a_session(mode: Mode, step: str, factor: float | None, expected: timedelta | None) -> None:
    assert clock.total(mode, step, Pace(factor=factor)) == expected


@pytest.mark.parametrize(
    ("after", "left", "over"),
    [
        (minutes(0), minutes(45), False),
        (minutes(44.5), minutes(0.5), False),
        (minutes(45), minutes(0), False),
        (minutes(45) + GRACE, minutes(0), False),
        (minutes(45) + GRACE + timedelta(milliseconds=1), minutes(0), True),
        (minutes(600), minutes(0), True),
    ],
)
def test_time_left_and_the_grace_after_it(after: timedelta, left: timedelta, over: bool) -> None:
    ends = START + minutes(45)
    assert clock.remaining(ends, START + after) == left
    assert clock.is_over(ends, START + after) is over


def test_no_limit_is_never_over() -> None:
    assert clock.remaining(None, START) is None
    assert not clock.is_over(None, START + timedelta(days=365))


# Strict: requirements 0–6 (one minute for the brief), estimation –9, high-level –19, deep dive –39, wrap-up –44.
STRICT_TIMES = [
    (0, "requirements", 6),
    (5.99, "requirements", 6),
    (6, "estimation", 9),
    (8.99, "estimation", 9),
    (9, "high_level_design", 19),
    (19, "deep_dive", 39),
    (39, "wrap_up", 44),
    (43.99, "wrap_up", 44),
]


@pytest.mark.parametrize(("after", "step", "closes"), STRICT_TIMES)
def test_strict_steps_open_one_after_the_other(after: float, step: str, closes: float) -> None:
    walked, at = clock.strict_walk([Opened("requirements", START)], NORMAL, ENDS, START + minutes(after))
    assert walked[-1].step == step
    assert at == START + minutes(closes)


def test_strict_has_no_open_step_in_the_last_minute() -> None:
    walked, closes = clock.strict_walk([Opened("requirements", START)], NORMAL, ENDS, START + minutes(44.5))
    assert [opened.step for opened in walked] == [step.key for step in STEPS]
    assert closes is None


def test_going_on_early_moves_the_following_steps_forward() -> None:
    opened = [Opened("requirements", START), Opened("estimation", START + minutes(2))]
    walked, closes = clock.strict_walk(opened, NORMAL, ENDS, START + minutes(5))
    assert walked[-1] == Opened("high_level_design", START + minutes(5))
    assert closes == START + minutes(15)


def test_the_last_step_has_the_time_that_was_saved() -> None:
    opened = [Opened(step.key, START + minutes(number)) for number, step in enumerate(STEPS)]
    walked, closes = clock.strict_walk(opened, NORMAL, ENDS, START + minutes(30))
    assert walked[-1].step == "wrap_up"
    assert closes == START + minutes(44)


def test_a_longer_clock_leaves_no_time_without_an_open_step() -> None:
    opened = [Opened("requirements", START), Opened("deep_dive", START + minutes(19))]
    doubled, ends = Pace(factor=2.0), START + minutes(90)
    assert clock.strict_walk(opened, doubled, ends, START + minutes(70))[1] == START + minutes(88)


def test_the_walk_does_not_depend_on_when_somebody_looks() -> None:
    first = [Opened("requirements", START)]
    partly, _ = clock.strict_walk(first, NORMAL, ENDS, START + minutes(10))
    assert clock.strict_walk(partly, NORMAL, ENDS, START + minutes(30)) == clock.strict_walk(
        first, NORMAL, ENDS, START + minutes(30)
    )


@pytest.mark.parametrize(
    ("step", "after", "closed"),
    [
        ("requirements", timedelta(minutes=3), False),
        ("requirements", timedelta(minutes=6) + GRACE, False),
        ("requirements", timedelta(minutes=6, seconds=6), True),
        ("estimation", timedelta(minutes=3), True),
        ("estimation", timedelta(minutes=7), False),
        ("wrap_up", timedelta(minutes=44, seconds=4), False),
        ("wrap_up", timedelta(minutes=44, seconds=6), True),
    ],
)
def test_strict_saves_are_taken_while_the_step_is_open(step: str, after: timedelta, closed: bool) -> None:
    assert clock.strict_is_closed([Opened("requirements", START)], step, NORMAL, ENDS, START + after) is closed


def test_strict_without_a_limit_never_moves_by_itself() -> None:
    walked, closes = clock.strict_walk(
        [Opened("requirements", START)], Pace(factor=None), None, START + timedelta(days=2)
    )
    assert walked == [Opened("requirements", START)]
    assert closes is None
