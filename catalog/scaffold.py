"""A new question to fill in: every field is there, and what is left to write begins with TODO. Pure."""

from pathlib import Path
from typing import Any, Final

import yaml

from catalog import schema
from catalog.rules import LEAST, TODO
from catalog.spec import CHECKED_LEAST
from catalog.steps import STEPS

# Criteria for each step, in the order of the interview.
CRITERIA: Final = (3, 2, 3, 3, 2)
_MARKS: Final = {"strong": 3.5, "middling": 2.0, "weak": 1.0}


def write(folder: Path, slug: str, *, schema_file: Path) -> list[Path]:
    """The files of a question under `folder`; `schema_file` is where editors find the form of question.yaml.

    Raises FileExistsError rather than touch what is there, and OSError where nothing can be written.
    """
    home = folder / slug
    home.mkdir(parents=True)
    (home / "examples").mkdir()
    texts = {
        home / "question.yaml": _yaml(slug, schema.modeline(schema_file, home)),
        home / "model-answer.md": _answer("what a 4 says here, about 250 words for each step"),
        **{home / "examples" / f"{kind}.md": _example(kind) for kind in _MARKS},
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def _yaml(slug: str, modeline: str) -> str:
    about = f"# {slug}: docs/content-format.md explains every field; check_catalog names what is left to write."
    return f"{modeline}\n{about}\n\n" + yaml.safe_dump(_question(), sort_keys=False, allow_unicode=True, width=120)


def _todo(text: str) -> str:
    return TODO + text


def _question() -> dict[str, Any]:
    return {
        "title": _todo("as it stands in the list"),
        "kind": "classic",
        "difficulty": "standard",
        "level": "intermediate",
        "challenge": _todo("what makes it hard, in a few words"),
        "summary": _todo("two sentences for the list, with {daily_users}"),
        "tags": ["read-heavy"],
        "brief": _todo("what the interviewer says, at most 150 words, with {daily_users} and {requests_per_user}"),
        "givens": [
            _given("daily_users", "People using it each day", "10M users", "2M users", "40M users"),
            _given("requests_per_user", "Requests each makes", "20 requests/day", "30 requests/day", "10 requests/day"),
        ],
        "clarifications": [
            {"ask": [_todo(f"question {n}"), _todo("in other words")], "answer": _todo("what the interviewer says")}
            for n in _first(LEAST["clarifications"])
        ],
        "quantities": [
            _quantity("request_rate", "daily_users * requests_per_user", ["requests per second", "qps"]),
            _quantity("peak_rate", "request_rate * 3", ["peak", "busiest hour"]),
        ],
        "components": [
            {"key": "client", "kind": "client", "names": ["client", "browser", "app"]},
            {"key": "service", "kind": "service", "names": ["API", "service"]},
            {"key": "store", "kind": "database", "names": ["database", "store"]},
        ],
        "flows": [{"key": "main", "label": _todo("what happens"), "path": ["client", "service", "store"]}],
        "steps": {
            step.key: {"criteria": [_criterion(step.key, n) for n in _first(count)]}
            for step, count in zip(STEPS, CRITERIA, strict=True)
        },
        "curveballs": [
            {
                "key": f"change_{n}",
                "says": _todo("one requirement that changes in the deep dive"),
                "changes": _todo("what a good answer changes"),
                "keeps": _todo("what it leaves alone, and why that is enough"),
            }
            for n in _first(LEAST["curveballs"])
        ],
        "trade_offs": [
            {
                "choice": _todo(f"choice {n}"),
                "options": [
                    {"name": _todo(side), "gains": _todo("what it gains"), "costs": _todo("what it costs")}
                    for side in ("one side", "the other side")
                ],
                "decides": _todo("what decides"),
            }
            for n in _first(LEAST["trade_offs"])
        ],
        "expectations": {
            level: _todo(f"what a {level} answer looks like here") for level in ("mid", "senior", "staff")
        },
        "reviewed": {
            "claims": [
                {"claim": _todo(f"fact {n}"), "source": _todo("where it was checked")} for n in _first(CHECKED_LEAST)
            ],
            "attacks": [
                {"tried": _todo(f"attack {n}"), "result": _todo("what came of it")} for n in _first(CHECKED_LEAST)
            ],
        },
    }


def _first(count: int) -> range:
    return range(1, count + 1)


def _given(key: str, label: str, *values: str) -> dict[str, Any]:
    return {"key": key, "label": label, "values": list(values)}


def _quantity(key: str, formula: str, cues: list[str]) -> dict[str, Any]:
    return {
        "key": key,
        "label": _todo("how a page names it"),
        "formula": formula,
        "unit": "request/s",
        "cues": cues,
        "factor": 3.0,
        "why": _todo("what the number decides"),
    }


def _criterion(step: str, number: int) -> dict[str, Any]:
    key = f"{step}_{number}"
    return {
        "key": key,
        "title": _todo("a few words"),
        "looks_for": _todo("one sentence"),
        "anchors": {mark: _todo(f"what a {mark} looks like") for mark in range(5)},
        "points": [
            {
                "key": f"point_{n}",
                "missing": _todo("an instruction: say …"),
                "statements": [_todo(f"{key}, point {n}, wording {w}") for w in range(1, 6)],
            }
            for n in (1, 2)
        ],
        "mistakes": [],
        "why": _todo("why an interviewer cares"),
        "follow_up": _todo("one question to think about afterwards"),
        "study": "capacity-estimation",
    }


def _answer(what: str) -> str:
    return "\n\n".join(f"## {step.title}\n\n{_todo(what)}" for step in STEPS) + "\n"


def _example(kind: str) -> str:
    marks = ", ".join(f"{step.key}: {_MARKS[kind]:g}" for step in STEPS)
    return f"---\nkey: {kind}\nkind: {kind}\nmarks: {{{marks}}}\n---\n{_answer(f'a {kind} answer')}"
