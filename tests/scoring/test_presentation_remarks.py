"""What is said of an answer stands once, where it belongs, and every place it is said of can be reached."""

from dataclasses import replace
from typing import Any

import pytest

from scoring import presentation, remarks
from scoring.engine.types import Evidence, Note
from tests.scoring.test_presentation import CLAIM, in_criteria, judged_as, page

__all__ = ["judged_as"]

CAPPED = Note("guard", "No step stands above 1.")
SLIP = Note("number", "10 × 2 is about 20, not 200.", Evidence("estimation", 0, 8, "Pressing"))


def in_all_steps(*notes: Note) -> Any:
    return lambda result: replace(result, steps=tuple(replace(step, notes=notes) for step in result.steps))


def in_criteria_of(step: str, *notes: Note) -> Any:
    return lambda result: replace(
        result,
        steps=tuple(
            replace(s, criteria=tuple(replace(c, notes=notes if s.step == step else ()) for c in s.criteria))
            for s in result.steps
        ),
    )


def note(
    kind: str, text: str, start: int | None = None, section: str = "deep_dive", of: str = "text"
) -> dict[str, Any]:
    evidence = {"section": section, "start": start, "end": (start or 0) + 4, "quote": "word", "kind": of}
    return {"kind": kind, "text": text, "evidence": None if start is None else evidence}


@pytest.mark.django_db
def test_what_every_step_says_is_said_once_on_top(judged_as: Any) -> None:
    view = presentation.build(judged_as(in_all_steps(CAPPED)))
    assert [said.text for said in view.notes] == ["No step stands above 1."]
    assert all(step.notes == () for step in view.steps)
    assert page(view.evaluation).count("No step stands above 1.") == 1


@pytest.mark.django_db
def test_what_every_criterion_of_a_step_says_stands_beside_the_step(judged_as: Any) -> None:
    view = presentation.build(judged_as(in_criteria_of("deep_dive", CAPPED)))
    said = {step.step.key: [n.text for n in step.notes] for step in view.steps}
    assert said.pop("deep_dive") == ["No step stands above 1."]
    assert not any(said.values())
    assert view.notes == ()
    assert all(row.notes == () for step in view.steps for row in step.criteria)


@pytest.mark.django_db
def test_one_step_by_itself_keeps_what_is_said_of_it(judged_as: Any) -> None:
    view = presentation.build(judged_as(in_all_steps(CAPPED), asked=("deep_dive",)))
    assert view.notes == ()
    assert [said.text for said in view.steps[0].notes] == ["No step stands above 1."]


@pytest.mark.django_db
def test_a_note_with_words_stays_where_the_words_are(judged_as: Any) -> None:
    view = presentation.build(judged_as(in_criteria(CLAIM)))
    assert view.notes == ()
    assert all(len(row.notes) == 1 for step in view.steps for row in step.criteria)


@pytest.mark.django_db
def test_wrong_words_are_marked_in_the_answer_listed_on_top_and_say_why(judged_as: Any) -> None:
    view = presentation.build(judged_as(in_criteria(CLAIM, SLIP)))
    assert [(flag.number, flag.kind, flag.place.section) for flag in view.flags] == [
        (1, "number", "estimation"),
        (2, "mistake", "deep_dive"),
    ]
    html = page(view.evaluation)
    assert "1 claim that cannot be so, 1 sum that does not come out" in html
    assert '<span class="flagged" data-kind="mistake">Pressing</span>' in html
    assert 'aria-label="Wrong as it stands: No switch is as quick."' in html
    for number, place in ((1, "w-estimation-0"), (2, "w-deep_dive-0")):
        assert f'popovertarget="why-{number}"' in html
        assert f'id="why-{number}"' in html
        assert f'href="#{place}"' in html
        assert f'id="{place}"' in html


@pytest.mark.django_db
def test_an_answer_without_anything_wrong_has_no_list_of_it(judged_as: Any) -> None:
    html = page(judged_as(in_criteria()))
    assert "To look at again" not in html
    assert "flag-ref" not in html


def test_places_are_counted_by_what_they_are() -> None:
    noted = [
        ("c-a", note("mistake", "No.", 0)),
        ("c-a", note("mistake", "No.", 9)),
        ("c-b", note("mistake", "No arrow.", 20, of="diagram")),
        ("s-deep_dive", note("number", "3, not 4.", 30)),
        ("s-deep_dive", note("diagram", "Alone.", 40)),
        ("c-a", note("guard", "Perhaps.", 50)),
        ("c-a", note("guard", "Of no words.")),
    ]
    assert remarks.count(remarks.flags(noted, ["deep_dive"])) == (
        "2 claims that cannot be so, 1 arrow that no design may have, 1 sum that does not come out, "
        "1 place in a drawing to look at, 1 sentence in doubt"
    )


def test_the_same_said_of_the_same_words_is_one_flag_at_its_first_criterion() -> None:
    flags = remarks.flags([("c-a", note("mistake", "No.", 3)), ("c-b", note("mistake", "No.", 3))], ["deep_dive"])
    assert [(flag.target, flag.is_of_criterion) for flag in flags] == [("c-a", True)]


def test_every_kind_of_note_can_be_counted() -> None:
    # What was said in the room quotes nothing of the answer.
    assert set(remarks.KINDS) - {"talk"} <= set(remarks.COUNTED)


def test_one_group_shares_nothing_with_others() -> None:
    said = [note("guard", "Perhaps.")]
    assert remarks.shared([said]) == ()
    assert remarks.shared([said, said]) == (("guard", "Perhaps."),)
    assert remarks.shared([said, []]) == ()
