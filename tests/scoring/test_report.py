import json
from dataclasses import replace

from catalog import answer_file
from scoring import report
from scoring.engine import ENGINE_VERSION, calibration, score
from scoring.engine.types import Answer, Evidence, Lift, Note
from tests.scoring.engine import samples

QUESTION = samples.question()


def judged(text):
    sections = answer_file.split(text)
    return score(QUESTION, Answer({s.step: s.text for s in sections})), sections


def as_json(text):
    result, sections = judged(text)
    return report.to_json(result, file="a.md", question="pasteboard", edition=3, sections=sections)


def test_offsets_are_code_points_of_the_file():
    text = "---\nid: 👩‍💻 𝒳\n---\n\n" + answer_file.join(samples.STRONG)
    record = as_json(text)
    quotes = [e for step in record["steps"] for c in step["criteria"] for e in c["evidence"]]
    assert len(quotes) > 5
    for evidence in quotes:
        assert text[evidence["start"] : evidence["end"]] == evidence["quote"]


def test_a_body_without_headings_has_offsets_too():
    text = "---\nid: 1\n---\n" + "\n\n".join(samples.STRONG.values())
    quotes = [e for step in as_json(text)["steps"] for c in step["criteria"] for e in c["evidence"]]
    assert quotes
    assert all(text[e["start"] : e["end"]] == e["quote"] for e in quotes)


def test_the_record_has_the_contract_s_keys():
    record = json.loads(json.dumps(as_json(answer_file.join(samples.MIDDLING))))
    assert list(record) == [
        "file",
        "question",
        "edition",
        "variant",
        "engine",
        "encoder",
        "calibration",
        "overall",
        "range",
        "band",
        "level",
        "ask_mentor",
        "steps",
    ]
    assert (record["file"], record["question"], record["edition"], record["variant"]) == ("a.md", "pasteboard", 3, 0)
    assert (record["encoder"], record["calibration"]) == ("words", calibration.VERSION)
    assert [s["step"] for s in record["steps"]] == list(samples.STRONG)
    assert set(record["steps"][0]) == {"step", "mark", "scorable", "confidence", "criteria"}
    assert set(record["steps"][0]["criteria"][0]) == {"key", "mark", "confidence", "evidence", "missing"}


def test_what_is_not_scorable_is_null():
    record = as_json("fine")
    assert (record["overall"], record["range"], record["band"], record["level"]) == (None, None, None, None)
    assert all(s["mark"] is None and not s["scorable"] for s in record["steps"])


def as_text(result):
    return report.to_text(result, file="a.md", question=QUESTION, edition=3)


def test_the_text_report_names_marks_quotes_and_gaps():
    result, _ = judged(answer_file.join({**samples.MIDDLING, "wrap_up": ""}))
    page = as_text(result)
    assert "Wrap-up: not scorable (This step is empty.)" in page
    assert f"{result.overall:g} of 100" in page
    criteria = [c for s in result.steps for c in s.criteria if s.scorable]
    assert page.count("“") >= sum(len(c.evidence) for c in criteria) > 2
    missing = [text for c in criteria for text in c.missing]
    assert missing
    assert all(f"missing: {text}" in page for text in missing)


def test_the_text_report_says_who_judged_what():
    result, _ = judged(answer_file.join(samples.MIDDLING))
    judge = f"engine {ENGINE_VERSION}, calibration {calibration.VERSION}, encoder words, edition 3, variant 0"
    assert judge in as_text(result)
    assert judge in as_text(judged("fine")[0])


def test_the_text_report_holds_all_that_is_said_beside_the_marks():
    result, _ = judged(answer_file.join(samples.MIDDLING))
    claim = Note("mistake", "No paste is as quick.", Evidence("deep_dive", 0, 8, "Pressing\non"))
    first = replace(result.steps[0].criteria[0], unsure=("Say who pastes.",), notes=(Note("guard", "In doubt."),))
    steps = [replace(s, notes=(claim,) if s.step == "deep_dive" else ()) for s in result.steps]
    steps[0] = replace(steps[0], criteria=(first, *steps[0].criteria[1:]))
    lift = Lift(first.key, "Say who reads.", 2.0, 3.5, 71.2, "not_yet")
    said = replace(result, steps=tuple(steps), gates=("No number.",), ask_mentor=("Much is in doubt.",), lift=lift)
    page = as_text(said)
    for line in (
        "    mistake: No paste is as quick. “Pressing on”",
        "         guard: In doubt.",
        "         perhaps there, not recognised: Say who pastes.",
        "  No level: No number.",
        "  For a mentor: Much is in doubt.",
        f"  To reach not yet, 71.2: Say who reads. ({QUESTION.criterion(first.key).title}, 2 to 3.5)",
        f" of 4 (likely {said.steps[0].low:g} to {said.steps[0].high:g})",
    ):
        assert line in page
    lines = page.splitlines()
    step = next(i for i, line in enumerate(lines) if line.startswith("  Deep dive: "))
    assert lines[step + 1] == "    mistake: No paste is as quick. “Pressing on”"
