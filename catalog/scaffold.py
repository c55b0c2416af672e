"""A new question or topic to fill in: everything is there, and what is left to write begins with TODO. Pure.

A question begins with what loading it needs, at its least. What is asked of one that is shared follows as a comment.
"""

from pathlib import Path
from typing import Any, Final

import yaml
from pydantic import TypeAdapter, ValidationError

from catalog import schema
from catalog.library_rules import NEEDED
from catalog.library_spec import SUMMARY_WORDS, TOPIC_WORDS
from catalog.rules import GENERAL_ANCHORS, LEAST, TODO
from catalog.spec import CHECKED_LEAST, Slug
from catalog.steps import DEEP_DIVE, HIGH_LEVEL_DESIGN, STEPS

_MARKS: Final = {"strong": 3.5, "middling": 2.0, "weak": 1.0}
# As few as a point may have; more find more.
_STATEMENTS: Final = 3
_TO_SHARE: Final = """
## With the above it can be loaded and practised. To share it, take the "# " off the lines below, and add what
## check_catalog asks for: more clarifications and criteria, and anchors that say what each mark looks like here.
"""
# What the fields do that do not speak for themselves, above the part that has them.
_HINTS: Final = {
    "clarifications": """
# Each may also have: key, its name in what is kept of a session; terms, short names by which people ask for it, such
# as [retention, how long stored]; and matters: true, where the answer changes the design, so that having asked counts.
""",
    "curveballs": """
## requirement is what held until then, and is shown beside what is new. presupposes names the subject: a curveball is
## not brought to somebody whose requirements leave that out. touches are the criteria that the result shows with it.
""",
    "probes": """
## Follow-ups: asked in one of steps, once everything in has is there, and only while nothing in lacks is. A fact is the
## key of a component, or kind:cache, words:purge|expire, shape:one_store, or point:deep_dive_1.point_1 for a point with
## terms; “|” accepts either. says names what it presumes, asks with a number, may hold {daily_users}, and never names
## what it finds missing. presupposes is as for curveballs, and not_after lists those that would make it pointless.
""",
}
# A topic and a question of ours, for want of better ones.
_STUDY: Final = "capacity-estimation"
_EXERCISE: Final = "url-shortener"


def is_slug(text: str) -> bool:
    try:
        TypeAdapter(Slug).validate_python(text)
    except ValidationError:
        return False
    return True


def write_question(folder: Path, slug: str, *, schema_file: Path) -> list[Path]:
    """The files of a question under `folder`; `schema_file` is where editors find the form of question.yaml.

    Raises FileExistsError rather than touch what is there, and OSError where nothing can be written.
    """
    home = folder / slug
    home.mkdir(parents=True)
    (home / "examples").mkdir()
    texts = {
        home / "question.yaml": _yaml(slug, schema.modeline(schema_file, home)),
        home / "model-answer.md": _answer(
            "what a 4 says here; a few sentences, and about 250 words before you share it"
        ),
        **{home / "examples" / f"{kind}.md": _example(kind) for kind in _MARKS},
    }
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def write_topic(folder: Path, slug: str) -> Path:
    """A topic in `folder`. Raises FileExistsError rather than touch what is there, and OSError as above."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{slug}.md"
    with path.open("x", encoding="utf-8") as file:
        file.write(f"---\n{_dump(_front_matter())}---\n{_topic_body()}")
    return path


def _yaml(slug: str, modeline: str) -> str:
    about = f"# {slug}: docs/content-format.md explains every field; check_catalog names what is left to write."
    return f"{modeline}\n{about}\n\n{_with_hints(_question())}{_TO_SHARE}{_with_hints(_to_share(), mark='# ')}"


def _with_hints(data: dict[str, Any], mark: str = "") -> str:
    """As YAML, each line behind the mark but for the hints, which are comments anyway."""
    text = ""
    for field, value in data.items():
        text += _HINTS.get(field, "")
        text += "".join(f"{mark}{line}\n" for line in _dump({field: value}).splitlines())
    return text


def _dump(data: dict[str, Any]) -> str:
    return yaml.safe_dump(data, sort_keys=False, allow_unicode=True, width=120)


def _todo(text: str) -> str:
    return TODO + text


def _question() -> dict[str, Any]:
    """As much as the form asks for."""
    form = schema.of_question()
    clarifications = form["properties"]["clarifications"]["minItems"]
    criteria = form["$defs"]["StepRubric"]["properties"]["criteria"]["minItems"]
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
            {"ask": [_todo(f"question {n} of a candidate")], "answer": _todo("what the interviewer says")}
            for n in _first(clarifications)
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
        "steps": {step.key: {"criteria": [_criterion(step.key, n) for n in _first(criteria)]} for step in STEPS},
    }


def _to_share() -> dict[str, Any]:
    """What only a question that is shared has to have."""
    return {
        "curveballs": [
            {
                "key": f"change_{n}",
                "says": _todo("one requirement that changes in the deep dive"),
                "changes": _todo("what a good answer changes"),
                "keeps": _todo("what it leaves alone, and why that is enough"),
                "requirement": _todo("what held until then, in one sentence"),
                "presupposes": [_todo("a name of its subject")],
                "touches": [f"{DEEP_DIVE}_1"],
            }
            for n in _first(LEAST["curveballs"])
        ],
        "probes": [
            {
                "key": f"follow_up_{n}",
                "says": _todo("what you ask of an answer that shows the one and not the other, with a number"),
                "steps": [HIGH_LEVEL_DESIGN, DEEP_DIVE],
                "has": ["store"],
                "lacks": ["kind:cache"],
                "presupposes": [_todo("a name of its subject")],
                "criterion": f"{DEEP_DIVE}_1",
            }
            for n in _first(LEAST["probes"])
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
        "anchors": dict(GENERAL_ANCHORS),
        "points": [
            {
                "key": "point_1",
                "missing": _todo("an instruction: say …"),
                "statements": [_todo(f"a sentence that makes {key}, wording {n}") for n in _first(_STATEMENTS)],
            }
        ],
        "mistakes": [],
        "why": _todo("why an interviewer cares"),
        "follow_up": _todo("one question to think about afterwards"),
        "study": _STUDY,
    }


def _answer(what: str) -> str:
    return "\n\n".join(f"## {step.title}\n\n{_todo(what)}" for step in STEPS) + "\n"


def _example(kind: str) -> str:
    marks = ", ".join(f"{step.key}: {_MARKS[kind]:g}" for step in STEPS)
    return f"---\nkey: {kind}\nkind: {kind}\nmarks: {{{marks}}}\n---\n{_answer(f'a {kind} answer')}"


def _front_matter() -> dict[str, Any]:
    return {
        "title": _todo("as it stands in the list"),
        "section": "principles",
        "level": "foundation",
        "summary": _todo(f"one sentence of at most {SUMMARY_WORDS} words"),
        "also": [_todo("another name that people look for it by, or leave this out")],
        "related": [_STUDY],
        "questions": [_EXERCISE],
        "sources": [_todo("author, title, year, and an address if there is a lasting one")],
    }


# What stands below the headings that every topic has.
_PARTS: Final = ("one calculation from beginning to end", "where it is the wrong choice, and what is better there")


def _topic_body() -> str:
    least, most = TOPIC_WORDS
    choices = (
        f"| Choice | Gains | Costs |\n|---|---|---|\n| {_todo('one way')} | … | … |\n| {_todo('another way')} | … | … |"
    )
    drawing = "```mermaid\nflowchart LR\n  A[Client] -->|asks| B[Service]\n  B -->|reads| C[(Store)]\n```"
    parts = [
        _todo(f"what it is and when it matters; {least} to {most} words in all"),
        "## The choices",
        _todo("what they differ in"),
        choices,
        f"{_todo('what happens, drawn in place of this')}\n\n{drawing}",
        *(f"## {title}\n\n{_todo(what)}" for title, what in zip(NEEDED, _PARTS, strict=True)),
    ]
    return "\n\n".join(parts) + "\n"
