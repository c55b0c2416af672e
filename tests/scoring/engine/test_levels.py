import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.steps import STEPS
from scoring.engine import levels
from scoring.engine.levels import Scored

STRENGTHS = st.lists(st.floats(0, 1), min_size=1, max_size=6)


def scored(strengths, step="deep_dive", cap=4.0):
    return Scored("c", step, 1.0, tuple((str(i), 1.0, s) for i, s in enumerate(strengths)), cap)


@given(STRENGTHS, st.sampled_from([s.key for s in STEPS]), st.floats(0, 1), st.integers(0, 5))
def test_a_stronger_point_never_lowers_a_mark(strengths, step, strength, index):
    before = scored(strengths, step)
    after = before.with_point(str(index), strength)
    assert after.mark >= before.mark
    assert levels.step_mark([after]) >= levels.step_mark([before])


@given(STRENGTHS, st.sampled_from([s.key for s in STEPS]))
def test_marks_are_halves_from_0_to_4(strengths, step):
    mark = scored(strengths, step).mark
    assert 0 <= mark <= 4
    assert mark * 2 == int(mark * 2)


def test_nothing_is_0_and_everything_is_4():
    for step in STEPS:
        assert scored([0, 0], step.key).mark == 0
        assert scored([1, 1], step.key).mark == 4


@given(st.lists(STRENGTHS, min_size=1, max_size=4), st.sampled_from([s.key for s in STEPS]))
def test_a_step_never_stands_above_its_best_criterion(rows, step):
    criteria = [scored(strengths, step) for strengths in rows]
    assert levels.step_mark(criteria) <= max(criterion.mark for criterion in criteria)


def test_a_cap_holds():
    assert scored([1, 1], cap=2.0).mark == 2.0


@pytest.mark.parametrize(("mark", "overall"), [(4, 100), (2, 50), (0, 0), (None, 0)])
def test_overall_follows_the_weights(mark, overall):
    assert levels.overall(dict.fromkeys((s.key for s in STEPS), mark)) == overall


def test_the_deep_dive_weighs_most():
    assert levels.overall({"deep_dive": 4.0}) == 35
    assert levels.overall({"estimation": 4.0}) == 10


@pytest.mark.parametrize(
    ("overall", "band", "level"),
    [(0, "not_yet", None), (24.9, "not_yet", None), (25, "developing", None), (50, "solid", "mid"),
     (70, "strong", "senior"), (84.9, "strong", "senior"), (85, "exceptional", "staff"), (100, "exceptional", "staff")],
)  # fmt: skip
def test_bands_and_levels(overall, band, level):
    assert levels.band(overall) == band
    assert levels.level(overall, ()) == level


GOOD = {"high_level_design": 3.0, "deep_dive": 3.0}


@pytest.mark.parametrize(
    ("need", "path", "marks"),
    [
        (False, True, GOOD),
        (True, False, GOOD),
        (True, True, {**GOOD, "deep_dive": 1.0}),
        (True, True, {"deep_dive": 3.0}),
    ],
)
def test_a_closed_gate_hides_the_level_and_leaves_the_overall(need, path, marks):
    closed = levels.gates(measurable_need=need, end_to_end=path, marks=marks)
    assert len(closed) == 1
    assert levels.level(95, closed) is None


def test_open_gates_show_the_level():
    assert levels.gates(measurable_need=True, end_to_end=True, marks=GOOD) == ()


def test_less_confidence_means_a_wider_range():
    widths = [high - low for low, high in (levels.step_range(2.0, c) for c in (0.8, 0.5, 0.2))]
    assert widths == sorted(widths)
    assert widths[0] < widths[-1]
