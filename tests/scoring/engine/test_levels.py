import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.steps import STEPS
from scoring.engine import calibration, levels
from scoring.engine.levels import Made, Scored

KEYS = [step.key for step in STEPS]
STRENGTHS = st.lists(st.floats(0, 1), min_size=1, max_size=6)
NO_CRAFT = {key: (0.0,) * len(calibration.STEPS[key].craft) for key in KEYS}
ALL_CRAFT = {key: (1.0,) * len(calibration.STEPS[key].craft) for key in KEYS}


def scored(strengths, step="deep_dive", cap=4.0):
    return Scored(f"{step}_c", step, 1.0, tuple(Made(str(i), 1.0, s) for i, s in enumerate(strengths)), cap)


def everywhere(*strengths):
    return [scored(strengths, key) for key in KEYS]


@given(STRENGTHS, st.sampled_from(KEYS), st.floats(0, 1), st.integers(0, 5))
def test_a_stronger_point_never_lowers_a_mark(strengths, step, strength, index):
    before = scored(strengths, step)
    after = before.with_point(str(index), strength)
    assert after.mark >= before.mark
    rest = [one for one in everywhere(0.3, 0.6) if one.step != step]
    marks = levels.step_marks([before, *rest], NO_CRAFT)
    raised = levels.step_marks([after, *rest], NO_CRAFT)
    assert all(raised[key] >= marks[key] for key in KEYS)


@given(st.sampled_from(KEYS), st.data(), st.floats(0, 1))
def test_more_craft_never_lowers_a_mark(step, data, share):
    craft = tuple(data.draw(st.floats(0, 1)) for _ in NO_CRAFT[step])
    more = tuple(max(value, share) for value in craft)
    before = levels.step_marks(everywhere(0.4), {**NO_CRAFT, step: craft})
    after = levels.step_marks(everywhere(0.4), {**NO_CRAFT, step: more})
    assert after[step] >= before[step]
    assert {key: mark for key, mark in after.items() if key != step} == {
        key: mark for key, mark in before.items() if key != step
    }


@given(STRENGTHS, st.sampled_from(KEYS))
def test_marks_go_from_0_to_4_criteria_in_halves_and_steps_in_tenths(strengths, step):
    of_criterion = scored(strengths, step).mark
    assert 0 <= of_criterion <= 4
    assert of_criterion * 2 == int(of_criterion * 2)
    for mark in levels.step_marks(everywhere(*strengths), ALL_CRAFT).values():
        assert 0 <= mark <= 4
        assert mark == round(mark, 1)


def test_nothing_is_0_and_everything_is_4():
    for key in KEYS:
        assert scored([0, 0], key).mark == 0
        assert scored([1, 1], key).mark == 4
    assert set(levels.step_marks(everywhere(0, 0), NO_CRAFT).values()) == {0}
    assert set(levels.step_marks(everywhere(1, 1), ALL_CRAFT).values()) == {4}


def test_every_step_has_a_line_that_rises_and_a_width():
    for key in KEYS:
        for line in (calibration.STEPS[key], calibration.CRITERIA[key]):
            assert min(line.own, line.whole, *line.early, *line.craft) >= 0
            assert len(line.early) == len(calibration.KNOTS)
        assert 0 < calibration.STEP_WIDTHS[key] <= 2


def test_the_rest_of_the_answer_bears_on_a_step():
    weak = levels.step_marks(
        [scored([0.5], "deep_dive"), *[scored([0], k) for k in KEYS if k != "deep_dive"]], NO_CRAFT
    )
    firm = levels.step_marks(
        [scored([0.5], "deep_dive"), *[scored([1], k) for k in KEYS if k != "deep_dive"]], NO_CRAFT
    )
    assert firm["deep_dive"] > weak["deep_dive"]


def test_a_step_that_was_asked_for_alone_is_the_whole():
    alone = levels.step_marks([scored([0.6])], NO_CRAFT, asked=frozenset(["deep_dive"]))
    assert alone == {"deep_dive": levels.step_marks(everywhere(0.6), NO_CRAFT)["deep_dive"]}


def test_no_step_stands_above_the_cap_of_the_answer():
    assert set(levels.step_marks(everywhere(1, 1), ALL_CRAFT, cap=1.0).values()) == {1}


def test_a_cap_counts_for_the_step_as_well():
    free, capped = (levels.step_marks([scored([1, 1], cap=cap)], NO_CRAFT)["deep_dive"] for cap in (4.0, 1.0))
    assert capped < free


def alternatives(common, first, second):
    """A criterion with a point that every design has, and points of two designs."""
    return Scored(
        "c",
        "deep_dive",
        1.0,
        (
            *(Made(f"common{i}", 1.0, s) for i, s in enumerate(common)),
            *(Made(f"first{i}", 1.0, s, "first") for i, s in enumerate(first)),
            *(Made(f"second{i}", 1.0, s, "second") for i, s in enumerate(second)),
        ),
    )


def test_the_design_that_is_made_best_counts_and_the_other_is_not_asked_for():
    assert alternatives([1], [1, 1], [0, 0]).share == 1
    assert alternatives([1], [0, 0], [1]).share == 1
    assert alternatives([0], [0.5, 0.5], [0.2]).share == pytest.approx(1 / 3)
    assert alternatives([1], [0, 0], [0]).share == pytest.approx(1 / 2)


def test_halves_of_two_designs_are_no_whole_design():
    assert alternatives([], [1, 0], [0, 1]).share == pytest.approx(1 / 2)


@given(STRENGTHS, STRENGTHS, STRENGTHS, st.floats(0, 1), st.integers(0, 5))
def test_adding_points_of_another_design_never_lowers(common, first, second, strength, index):
    before = alternatives(common, first, second)
    after = before.with_point(f"second{index}", strength)
    assert after.share >= before.share
    assert after.mark >= before.mark


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


@pytest.mark.parametrize("mark", [0.0, 0.5, 2.0, 4.0])
def test_the_range_of_a_step_holds_its_mark_and_stays_on_the_scale(mark):
    for key in KEYS:
        low, high = levels.step_range(key, mark)
        assert 0 <= low <= mark <= high <= 4
        assert low < high


@pytest.mark.parametrize("overall", [0.0, 50.0, 100.0])
def test_the_range_of_the_overall_holds_it_and_stays_on_the_scale(overall):
    low, high = levels.overall_range(overall, by_meaning=True, doubted=False)
    assert 0 <= low <= overall <= high <= 100


def width(*, by_meaning=True, doubted=False):
    low, high = levels.overall_range(50.0, by_meaning=by_meaning, doubted=doubted)
    return high - low


def test_words_alone_mean_a_wider_range():
    assert width(by_meaning=False) > width()


def test_doubt_means_a_wider_range():
    assert width(doubted=True) > width()
