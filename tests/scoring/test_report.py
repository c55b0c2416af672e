import json

from catalog import answer_file
from scoring import report
from scoring.engine import calibration, score
from scoring.engine.types import Answer
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


def test_the_text_report_names_marks_quotes_and_gaps():
    result, _ = judged(answer_file.join({**samples.STRONG, "wrap_up": ""}))
    page = report.to_text(result, file="a.md", question=QUESTION)
    assert "Wrap-up: not scorable (This step is empty.)" in page
    assert f"{result.overall:g} of 100" in page
    assert "“" in page
