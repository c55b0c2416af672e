"""A board and a sheet, as they are handed in, are marked like the same work in the text."""

import json
import random
import re
import time

import pytest

from interview import numbers as brief
from interview import sheet
from scoring.engine import compose, quantities, score, text
from scoring.engine.graph import excalidraw, mermaid, scene
from scoring.engine.graph.names import Namer, kind_of
from scoring.engine.graph.types import Edge, Graph, Node
from scoring.engine.types import Answer
from tests.scoring import live
from tests.scoring.engine import own, samples

DRAWN = "high_level_design"
FENCE = re.compile(r"```mermaid\n(flowchart.*?|graph.*?)```\n?", re.DOTALL)
SOME = ("api-review", "chat", "news-feed", "payment-company", "ticket-booking", "video-streaming")


def fenced(graph):
    return f"```mermaid\n{mermaid.write(graph)}```\n"


def parted(slug):
    """A model answer, the text of its design without the drawing, and the drawing as a graph."""
    answer = own.answer(live.question(slug).model_answer)
    body = answer.sections[DRAWN]
    found = FENCE.search(body)
    assert found
    return answer, body[: found.start()] + body[found.end() :], mermaid.read(found[1], Namer(()))


def marks(result):
    found = {one.step: one.mark for one in result.steps}
    return found | {c.key: c.mark for one in result.steps for c in one.criteria} | {"overall": result.overall}


# Boards


@pytest.mark.parametrize("slug", SOME)
def test_a_design_on_the_board_is_marked_like_the_same_in_the_text(slug):
    answer, prose, graph = parted(slug)
    board = scene.read(json.dumps(excalidraw.write(graph))).graph
    handed = score(live.question(slug), Answer({**answer.sections, DRAWN: f"{prose.rstrip()}\n\n{fenced(board)}"}))
    typed = live.scored(slug, answer, None)
    assert marks(handed) == marks(typed)
    assert told(handed) == told(typed)
    without = score(live.question(slug), Answer({**answer.sections, DRAWN: prose}))
    assert marks(without)[DRAWN] < marks(handed)[DRAWN]


def told(result):
    return [note.text for one in result.steps for note in one.notes]


@pytest.mark.parametrize("slug", SOME)
def test_a_board_that_was_changed_in_the_deep_dive_takes_nothing(slug):
    answer, _, graph = parted(slug)
    first = next(iter(graph.nodes))
    graph.nodes["more"] = Node("Audit log")
    graph.edges.append(Edge(first, "more"))
    twice = {**answer.sections, "deep_dive": f"{answer.sections['deep_dive'].rstrip()}\n\n{fenced(graph)}"}
    once = live.scored(slug, answer, None)
    again = score(live.question(slug), Answer(twice))
    assert all(mark >= (marks(once)[key] or 0.0) for key, mark in marks(again).items())
    assert (told(again), again.ask_mentor) == (told(once), once.ask_mentor)


def parts(labels):
    return Graph(nodes={f"k{i}": Node(label, kind=kind_of(label)) for i, label in enumerate(labels)})


def large(count):
    kinds = ("Client", "Load balancer", "Paste service", "Cache", "Postgres", "Queue", "Worker", "Object store", "CDN")
    graph = parts([f"{kinds[i % len(kinds)]} {i}" for i in range(count)])
    graph.edges = [Edge(f"k{i}", f"k{(i * 7 + 1) % count}", label="asks for the row") for i in range(count)]
    graph.edges += [Edge(f"k{i}", f"k{(i + 1) % count}") for i in range(count)]
    return fenced(graph)


def test_a_board_of_three_hundred_parts_is_no_prose_and_takes_no_time():
    board = large(300)
    sections = {**samples.STRONG, **{key: f"{samples.STRONG[key]}\n\n{board}" for key in (DRAWN, "deep_dive")}}
    began = time.process_time()
    measured = compose.measure(samples.question(), Answer(sections))
    assert time.process_time() - began < 5
    assert measured.cap == 4
    assert {key: len(rows) for key, rows in measured.context.judged.items()} == {
        key: len(rows)
        for key, rows in compose.measure(samples.question(), Answer(samples.STRONG)).context.judged.items()
    }
    assert all(mark >= 3 for mark in measured.marks(measured.scored).values())


# What a drawing is told of, wherever it was drawn


ADVISED = {
    "no_path": (
        ["Client", "API", "Database", "Worker"],
        [(0, 1), (3, 2)],
        "No arrow leads from “Client” to “Database”",
    ),
    "no_consumer": (["Client", "API", "Queue", "Database"], [(0, 1), (1, 2), (1, 3)], "Nothing takes anything out of"),
    "no_source": (["Client", "API", "Cache"], [(0, 1), (1, 2)], "Nothing is drawn that “Cache” could be filled from"),
    "single_point": (["Client", "API", "Database"], [(0, 1), (1, 2)], "Every request passes “API”"),
    "no_dead_letters": (
        ["Client", "API 1", "Queue", "Worker", "Database replica"],
        [(0, 1), (1, 2), (2, 3), (3, 4)],
        "What becomes of a message in “Queue”",
    ),
    "long_chain": (
        ["Client", "A service", "B service", "C service", "D service", "E service", "Database replica"],
        [(i, i + 1) for i in range(6)],
        "5 services wait for one another",
    ),
}


@pytest.mark.parametrize("rule", ADVISED)
def test_the_structure_of_a_board_is_advised_on(rule):
    labels, arrows, says = ADVISED[rule]
    graph = parts(labels)
    graph.edges = [Edge(f"k{a}", f"k{b}") for a, b in arrows]
    board = scene.read(json.dumps(excalidraw.write(graph))).graph
    sections = {
        **samples.MIDDLING,
        DRAWN: f"People paste a snippet and anybody reads it by its address.\n\n{fenced(board)}",
    }
    result = score(samples.question(), Answer(sections))
    assert any(says in note for note in told(result))


def test_a_part_that_stands_alone_on_a_board_is_told_of():
    graph = parts(["Client", "API", "Object store"])
    graph.edges.append(Edge("k0", "k1"))
    board = scene.read(json.dumps(excalidraw.write(graph))).graph
    sections = {**samples.MIDDLING, DRAWN: f"People paste a snippet and read it by its address.\n\n{fenced(board)}"}
    assert any("“Object store” is drawn" in note for note in told(score(samples.question(), Answer(sections))))


# Sheets


def worked_out(question):
    """The question's own quantities as lines of a sheet, and the same sums as sentences."""
    rows = sheet.evaluate("\n".join(f"{e.key} = {e.formula}" for e in question.quantities), brief.givens(question, 0))
    assert not any(row.error for row in rows.rows)
    prose = (
        f"- {row.name.replace('_', ' ').capitalize()}: {sums.replace('*', '×')} = {row.shown}."
        for row in rows.rows
        for sums in [row.filled or row.expression]
    )
    return sheet.render(rows), "\n".join(prose)


@pytest.mark.parametrize("slug", live.SLUGS)
def test_a_sheet_is_marked_like_the_same_sums_in_prose(slug):
    question = live.question(slug)
    answer = own.answer(question.model_answer)
    lines, prose = worked_out(question)
    span = (("estimation", 0, len(lines)),)
    on_a_sheet = score(question, Answer({**answer.sections, "estimation": lines}, sheets=span))
    in_prose = score(question, Answer({**answer.sections, "estimation": prose}))
    assert marks(on_a_sheet)["estimation"] >= marks(in_prose)["estimation"] - 0.1
    assert not [note for note in told(on_a_sheet) if "comes to about" in note]


def many_lines(count):
    chance = random.Random(1)
    words = "writes reads storage peak cache index replica shard egress users links messages memory queue".split()
    lines: list[str] = []
    for number in range(count):
        name = f"{chance.choice(words)}_{chance.choice(words)}_{number}"
        if not lines or chance.random() < 0.4:
            lines.append(
                f"{name} = {chance.randint(1, 900)}M users * {chance.randint(1, 9)} {chance.choice(words)}/day"
            )
        else:
            lines.append(f"{name} = {lines[-1].split()[0]} * 0.9  # so it needs {chance.choice(words)}")
    return sheet.render(sheet.evaluate("\n".join(lines)))


@pytest.mark.parametrize("count", [40, 200])
def test_a_long_sheet_is_no_list_of_terms_and_takes_no_time(count):
    lines = many_lines(count)
    start = len(samples.STRONG["estimation"]) + 2
    sections = {**samples.STRONG, "estimation": f"{samples.STRONG['estimation']}\n\n{lines}"}
    began = time.process_time()
    measured = compose.measure(
        samples.question(), Answer(sections, sheets=(("estimation", start, start + len(lines)),))
    )
    assert time.process_time() - began < 5
    assert (measured.cap, measured.why_capped) == (4, "")
    assert min(j.worth for rows in measured.context.judged.values() for j in rows) == 1
    without = compose.measure(samples.question(), Answer(samples.STRONG))
    assert measured.overall(measured.scored) >= without.overall(without.scored)


def test_what_is_no_sum_on_a_sheet_is_read_as_the_text_it_is():
    lines = "- writes = 10 M pastes/day\n- Storage decides it, since bodies are large\n- reads = wrties × 3"
    document = text.read({"estimation": lines}, [("estimation", 0, len(lines))])
    assert [one.kind for one in document.sections["estimation"].sentences] == ["sum", "bullet", "bullet"]
    assert text.read({"wrap_up": lines}, [("estimation", 0, 9)]) == text.read({"wrap_up": lines})


def test_numbers_of_a_sheet_are_found_and_quoted_like_any(prepared):
    lines = "- writes = 10 M pastes/day = 116 pastes/s\n- reads = writes * 20: 116 pastes/s * 20 = 2.31 k reads/s"
    sections = {**samples.STRONG, "estimation": lines}
    measured = compose.measure(samples.question(), Answer(sections, sheets=(("estimation", 0, len(lines)),)))
    points = {point.key: point for _, _, point in prepared.points() if point.quantity}
    for key in ("writes", "reads"):
        found = quantities.by_quantity(measured.context, "estimation", points[key])
        assert found.strength >= 0.8
        (quoted,) = found.evidence
        assert quoted.quote == lines[quoted.start : quoted.end]
