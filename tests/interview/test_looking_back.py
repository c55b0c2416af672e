"""After the end: the sheet, the board, what was said and what changed stand on the result and in the export."""

import json
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from interview import aftermath, drafts, flow, history, interviewer, looking_back, prompted, room
from interview.models import Exchange, Session
from interview.parts import Part
from scoring import presentation
from scoring.engine.graph import excalidraw, mermaid, scene
from scoring.models import Submission
from tests.interview.factories import make_session, write
from tests.scoring.factories import score_now

pytestmark = pytest.mark.django_db

ANSWER = "Pressing the button makes the bulb glow at once, because people wait for the light."
DRAWN = "flowchart LR\n  a([Phone]) --> b[Hub]\n  b --> c[(Lamps)]\n  b --> d(Cache)\n"
CHANGED = "flowchart LR\n  a([Phone]) --> b[Hub]\n  b --> d(Cache)\n  c[(Lamps)]\n  e[[Events]]\n  b --> e\n"
SHEET = "lamps = 10M lamps  # in every town\npower = lamps * 5 W_h"
ASKED = "What happens when the hub is down?"


def board(flowchart: str) -> str:
    return json.dumps(excalidraw.write(mermaid.read(flowchart)))


def say(session: Session, kind: str, key: str, text: str, at: float, step: str = "deep_dive") -> None:
    Exchange.objects.create(session=session, at=at, kind=kind, key=key, text=text, step=step)


@pytest.fixture
def sat(alice: User) -> Session:
    """A session with a sheet, a board that was changed after the change of a requirement, and some talk."""
    start = timezone.now() - timedelta(minutes=40)
    session = make_session(alice, now=start)
    for step in session.steps:
        write(session, f"{ANSWER} This is the {step.title} of ten million lamps.", step=step.key, now=start)
    write(session, SHEET, step="estimation", part=Part.SHEET, now=start)
    write(session, board(DRAWN), step="high_level_design", part=Part.BOARD, now=start + timedelta(minutes=10))
    say(session, "question", "", "How many lamps <b>are</b> there?", 60, "requirements")
    say(session, "reply", "clarification_1", "There are 10M.", 60, "requirements")
    say(session, "probe", "hub_down", ASKED, 700, "high_level_design")
    say(session, "probe", "left", "Which lamp is the last?", 900, "high_level_design")
    say(session, "probe", "passed", "Who pays for it?", 950, "high_level_design")
    say(session, "skip", "passed", "", 955, "high_level_design")
    say(session, "hint", session.edition.spec.steps["deep_dive"].criteria[0].key, "Think about the switch.", 1000)
    flow.go_to(session, step="deep_dive", now=start + timedelta(minutes=18))
    thrown = interviewer.curveball(session.edition.spec, 0, seed=0, frozen=session.frozen_text)
    assert thrown
    say(session, "curveball", thrown.key, "It is dark everywhere now.", 1200)
    text = f"{ANSWER}\n\n{prompted.quote(ASKED)}\n\nThe bulb keeps glowing, because it holds its state."
    write(session, text, step="high_level_design", now=start + timedelta(minutes=15))
    write(
        session,
        f"{ANSWER}\n\n{prompted.quote('It is dark everywhere now.')}\n\nEvery bulb glows at once.",
        step="deep_dive",
        now=start + timedelta(minutes=25),
    )
    write(session, board(CHANGED), step="high_level_design", part=Part.BOARD, now=start + timedelta(minutes=26))
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=start + timedelta(minutes=39))
    session.refresh_from_db()
    return session


def submission_of(session: Session) -> Submission:
    assert session.submission
    return session.submission


def scored(session: Session) -> Any:
    evaluation = score_now(submission_of(session).evaluations.get())
    return presentation.build(evaluation, sheet=looking_back.sheet_lines(session.edition.spec, submission_of(session)))


def page(user: User, session: Session, name: str = "result") -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse(f"interview:{name}", args=[session.pk])).content.decode()


def test_the_sheet_comes_back_line_by_line(sat: Session) -> None:
    first, second = looking_back.sheet_lines(sat.edition.spec, submission_of(sat))
    assert (first.name, first.sum, first.note) == ("lamps", "10M lamps", "in every town")
    assert second.typed == "power = lamps * 5 W_h"


def test_a_sum_of_different_things_is_doubted_on_the_result_as_in_the_room(alice: User, sat: Session) -> None:
    submission = submission_of(sat)
    submission.originals = {
        **submission.originals,
        "estimation.sheet": "all = 10M messages + 3M requests\nsame = 2 requests + 1 request",
    }
    submission.save(update_fields=["originals"])
    first, second = looking_back.sheet_lines(sat.edition.spec, submission)
    assert (first.doubt, second.doubt) == ("adds messages and requests", "")
    scored(sat)
    table = page(alice, sat).partition('class="sheettable"')[2].partition("</table>")[0]
    assert table.count("adds messages and requests") == 1
    assert table.count("Name what the sum counts.") == 1


def test_each_board_is_read_once_however_much_is_told_of_it(sat: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    submission, read = submission_of(sat), scene.read
    held = looking_back.holds(sat.edition.spec, submission)
    seen: list[str] = []

    def counted(text: str) -> scene.Board:
        seen.append(text)
        return read(text)

    monkeypatch.setattr(scene, "read", counted)
    shown = room.build(sat, shown=None, now=timezone.now())
    looking_back.sheet_lines(sat.edition.spec, submission, shown.boards)
    assert {row.step.key: words for row, words in shown.handed_in} == held
    assert sorted(seen) == sorted(submission.originals[f"{step}.board"] for step in ("high_level_design", "deep_dive"))


def test_what_was_said_comes_back_with_what_became_of_it(sat: Session) -> None:
    talk = looking_back.talk(sat.edition.spec, submission_of(sat))
    assert [(one.text, one.replies) for one in talk.asked] == [
        ("How many lamps <b>are</b> there?", ("There are 10M.",))
    ]
    assert [(one.key, one.state) for one in talk.follow_ups] == [
        ("hub_down", "answered"),
        ("left", "open"),
        ("passed", "skipped"),
    ]
    assert [(one.text, round(one.cost, 2)) for one in talk.hints] == [("Think about the switch.", 0.2)]
    assert (bool(talk), talk.said) == (True, 5)


def test_a_question_that_counts_says_so(sat: Session) -> None:
    submission = submission_of(sat)
    submission.exchanges = [{**one, "counts": True} if one["kind"] == "reply" else one for one in submission.exchanges]
    talk = looking_back.talk(sat.edition.spec, submission)
    assert talk.counted == 1


def test_what_was_handed_in_is_counted_in_the_copy_that_was(sat: Session) -> None:
    submission = submission_of(sat)
    held = looking_back.holds(sat.edition.spec, submission)
    design, dive = (submission.originals[f"{step}.board"] for step in ("high_level_design", "deep_dive"))
    assert design != dive
    for step, board in (("high_level_design", design), ("deep_dive", dive)):
        graph = scene.read(board).graph
        assert f"{len(graph.parts)} parts, {len(graph.edges)} link" in " ".join(held[step])
    assert held["high_level_design"][1] != held["deep_dive"][1]
    # What is written later does not count, and neither does what lies where in a copy from before that was kept.
    for draft in sat.drafts.filter(part=Part.TEXT):
        draft.text += " More words, and more."
        draft.save()
    kept = room.build(sat, shown=None, now=timezone.now()).handed_in
    assert {row.step.key: words for row, words in kept} == held
    submission.pieces, submission.answer = [], {"requirements": "Three words here."}
    assert looking_back.holds(sat.edition.spec, submission) == {"requirements": ("3 words",)}


def test_the_result_keeps_what_was_handed_in_and_when(alice: User, sat: Session) -> None:
    Session.objects.filter(pk=sat.pk).update(ended_by=Session.EndedBy.DEADLINE)
    scored(sat)
    text = page(alice, sat)
    section = text.split('id="handed"')[1].split("</section>")[0]
    assert '<a href="#handed">Handed in</a>' in text
    assert f"Time was up at {timezone.localtime(sat.finished_at):%H:%M:%S}" in section
    for words in looking_back.holds(sat.edition.spec, submission_of(sat)).values():
        assert ", ".join(words) in section


def test_of_questions_asked_again_as_many_count_as_the_marks_say(sat: Session) -> None:
    submission, step = submission_of(sat), "requirements"
    question = {"at": 1.0, "kind": "question", "key": "", "text": "?", "step": step}
    one, two = ({**question, "kind": "reply", "key": key, "counts": True} for key in ("one", "two"))
    submission.exchanges = [question, one, question, one, question, two, one, question, one, two]
    talk = looking_back.talk(sat.edition.spec, submission)
    assert [asked.counts for asked in talk.asked] == [1, 0, 1, 0]
    assert talk.counted == 2


def test_a_change_tells_what_became_of_the_board(sat: Session) -> None:
    change = aftermath.build(sat, submission_of(sat), scored(sat))
    assert change
    assert change.told == (
        "Added: Events.",
        "New arrows: Hub → Events.",
        "Arrows taken away: Hub → Lamps.",
        "No longer reached: Phone → Lamps.",
    )
    assert change.before
    assert change.after
    assert change.reply == "deep_dive"
    assert [row.mark.key for row in change.touches] == ["deep_dive_one"]
    assert (change.requirement, change.changes, change.keeps) == (
        "There were 10M devices.",
        "The hubs.",
        "The rest.",
    )


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (DRAWN, DRAWN, ["The board was not changed."]),
        (DRAWN, DRAWN.replace("Cache", "Edge"), ["Added: Edge.", "Removed: Cache."]),
        (
            "flowchart LR\n a([Phone]) --> g\n subgraph g[Region]\n c[(Lamps)]\n end\n",
            "flowchart LR\n a([Phone])\n subgraph g[Region]\n c[(Lamps)]\n end\n b[Hub] --> g\n",
            ["Added: Hub.", "Arrows taken away: Phone → Region.", "No longer reached: Phone → Lamps."],
        ),
    ],
    ids=["unchanged", "renamed", "by way of a group"],
)
def test_each_kind_of_change_is_one_sentence(sat: Session, before: str, after: str, told: Sequence[str]) -> None:
    submission = submission_of(sat)
    submission.originals = {"curveball.board": board(before), "deep_dive.board": board(after)}
    change = aftermath.build(sat, submission, scored(sat))
    assert change
    assert set(told) <= set(change.told)
    assert (change.after is None) == (before == after)


def test_a_change_that_the_question_does_not_know_is_told_without_the_authors_words(sat: Session) -> None:
    submission = submission_of(sat)
    submission.exchanges = [
        {**one, "key": "unknown"} if one["kind"] == "curveball" else one for one in submission.exchanges
    ]
    change = aftermath.build(sat, submission, scored(sat))
    assert change
    assert (change.says, change.changes, change.touches) == ("It is dark everywhere now.", "", ())


def test_the_page_shows_all_of_it(alice: User, sat: Session) -> None:
    scored(sat)
    text = page(alice, sat)
    assert 'class="sheettable"' in text
    assert "<title>Board with 4 parts and 3 links.</title>" in text
    assert 'id="asked-hub_down"' in text
    assert "How many lamps &lt;b&gt;are&lt;/b&gt; there?" in text
    assert "No longer reached: Phone → Lamps." in text
    assert '<span class="badge">−0.2</span>' in text
    assert text.index('id="answer"') < text.index('id="changed"') < text.index('id="interview"')
    assert len(set_of_ids(text)) == text.count(' id="')


def set_of_ids(text: str) -> set[str]:
    return {part.partition('"')[0] for part in text.split(' id="')[1:]}


def test_the_page_asks_the_database_no_more_for_it(
    alice: User, sat: Session, django_assert_max_num_queries: Any
) -> None:
    scored(sat)
    client = Client()
    client.force_login(alice, backend="django.contrib.auth.backends.ModelBackend")
    url = reverse("interview:result", args=[sat.pk])
    client.get(url)
    # As for an answer of text alone: see test_result.
    with django_assert_max_num_queries(10 + 1):
        client.get(url)


def test_a_board_that_came_too_late_is_shown_as_a_drawing(alice: User, sat: Session) -> None:
    scored(sat)
    saved = write(sat, board(DRAWN), step="high_level_design", part=Part.BOARD, now=timezone.now())
    assert saved.outcome == drafts.Outcome.OVER
    write(sat, "Too late.", step="wrap_up", now=timezone.now())
    text = page(alice, sat).partition('id="aside"')[2]
    assert "<title>Board with 4 parts and 3 links.</title>" in text
    assert "Too late." in text
    assert "&quot;elements&quot;" not in text


def test_only_the_newest_boards_that_were_set_aside_are_drawn_and_none_is_forgotten(alice: User, sat: Session) -> None:
    scored(sat)
    names = [f"Lamp{number}" for number in range(6)]
    for name in names:
        drawn = board(f"flowchart LR\n  a[{name}] --> b[Hub]\n")
        write(sat, drawn, step="high_level_design", part=Part.BOARD, now=timezone.now())
        write(sat, f"Words of {name}.", step="wrap_up", now=timezone.now())
    found = looking_back.set_aside(sat)
    assert [one.is_board for one in found.older] == [True] * 3
    assert (len(found), sum(one.drawing is not None for one in found.shown)) == (12, looking_back.DRAWN)
    text = page(alice, sat).partition('id="aside"')[2]
    assert [name for name in names if f">{name}</tspan>" in text] == names[3:]
    assert all(f"Words of {name}." in text for name in names)
    assert "3 older boards" in text
    assert reverse("accounts:export") in text
    archive = json.dumps(history.export(alice), default=str)
    assert all(name in archive for name in names)


def test_an_answer_of_text_alone_has_none_of_these_sections(alice: User) -> None:
    now = timezone.now()
    session = make_session(alice, now=now)
    write(session, ANSWER, step="deep_dive", now=now)
    flow.finish(session, by=Session.EndedBy.CANDIDATE, now=now)
    session.refresh_from_db()
    submission = submission_of(session)
    # As they were handed in before there were parts.
    Submission.objects.filter(pk=submission.pk).update(pieces=[], originals={}, exchanges=[])
    score_now(submission.evaluations.get())
    text = page(alice, session)
    for absent in ('id="changed"', 'id="interview"', "sheettable", "prompted", "scene"):
        assert absent not in text
    assert "Pressing the button" in text
    assert not looking_back.talk(session.edition.spec, Submission.objects.get(pk=submission.pk))


def test_the_export_holds_it_too(alice: User, sat: Session) -> None:
    scored(sat)
    text = page(alice, sat, "export")
    for said in (
        "    lamps = 10M lamps  # in every town\n",
        "```mermaid\nflowchart LR\n",
        "You asked: How many lamps <b>are</b> there?\n\n> There are 10M.\n",
        f"Follow-up: {ASKED} (answered in the text)\n",
        "Follow-up: Who pays for it? (skipped)\n",
        "Hint: Think about the switch. (−0.2 on ",
        "From then on: It is dark everywhere now.\n",
        "- No longer reached: Phone → Lamps.\n",
    ):
        assert said in text


def test_the_export_says_how_many_questions_counted(alice: User, sat: Session) -> None:
    assert "that change" not in page(alice, sat, "export").partition("# Interview")[2].partition("Follow-up")[0]
    submission = submission_of(sat)
    one = {"at": 1.0, "kind": "question", "key": "", "text": "?", "step": "requirements"}
    replies = [{**one, "kind": "reply", "key": key, "counts": True} for key in ("a", "b")]
    for count, said in ((1, "1 question that changes"), (2, "2 questions that change")):
        submission.exchanges = [one, *replies[:count]]
        submission.save(update_fields=["exchanges"])
        assert f"# Interview\n\nYou asked {said} the design, before designing.\n" in page(alice, sat, "export")


def test_what_was_set_aside_is_counted_as_in_the_room(alice: User, sat: Session) -> None:
    write(sat, f"{prompted.quote(ASKED)}\n\nThree own words.", step="wrap_up", now=timezone.now())
    write(sat, "One.", step="estimation", now=timezone.now())
    scored(sat)
    aside = page(alice, sat).partition('id="aside"')[2]
    assert ", 3 words</summary>" in aside
    assert ", 1 word</summary>" in aside


def test_an_unscored_export_holds_what_was_said(alice: User, sat: Session) -> None:
    assert f"Follow-up: {ASKED} (answered in the text)" in page(alice, sat, "export")
