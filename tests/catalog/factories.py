"""A small complete question, and rows made of it."""

from copy import deepcopy
from typing import Any

from catalog import answer_file, library_loader, library_spec, loader, spec
from catalog.models import Card, Question, Reference, Topic
from catalog.steps import STEPS

ANCHORS = {0: "nothing", 1: "named", 2: "partly", 3: "solid", 4: "complete"}


def criterion(key: str, **fields: Any) -> dict[str, Any]:
    return {
        "key": key,
        "title": key.replace("_", " ").capitalize(),
        "looks_for": "What it looks for.",
        "anchors": dict(ANCHORS),
        "points": [
            {
                "key": "said",
                "missing": "Say what a lamp does when it is switched on.",
                "statements": [
                    "A lamp that is switched on shines until somebody switches it off.",
                    "Pressing the button makes the bulb glow at once.",
                    "The light comes on within a moment of the command.",
                ],
            }
        ],
        "why": "Why it counts.",
        "follow_up": "What happens in the dark?",
        "study": "Lamps",
        **fields,
    }


def numbers(step: str) -> tuple[str, ...]:
    return ("one", "two", "three") if step in ("high_level_design", "deep_dive") else ("one", "two")


def content(**fields: Any) -> dict[str, Any]:
    """Everything of a question as its file would hold it, about lamps; small, complete and valid."""
    text = answer_file.join({step.key: f"The {step.title} of lamps." for step in STEPS})
    marks = {step.key: 2 for step in STEPS}
    return deepcopy(
        {
            "slug": "lamps",
            "title": "Design a lamp network",
            "difficulty": "standard",
            "challenge": "Switching at once",
            "summary": "Switch {lamps} at the same moment.",
            "tags": ["real-time"],
            "brief": "We run {lamps}. People switch them from their phones.",
            "givens": [
                {"key": "lamps", "label": "Lamps", "values": ["10M devices", "3M devices"]},
                {"key": "switches", "label": "Switches per lamp", "values": ["4 operations/day"]},
            ],
            "level": "foundation",
            "clarifications": [{"ask": [f"Question {n}?"], "answer": "There are {lamps}."} for n in range(8)],
            "quantities": [
                {
                    "key": "rate",
                    "label": "Switches",
                    "formula": "lamps * switches",
                    "unit": "operation/s",
                    "cues": ["switch"],
                    "why": "It sizes the service.",
                },
                {
                    "key": "peak",
                    "label": "Peak",
                    "formula": "rate * 3",
                    "unit": "operation/s",
                    "cues": ["peak"],
                    "why": "Evenings.",
                },
            ],
            "components": [
                {"key": "phone", "kind": "client", "names": ["phone", "app"]},
                {"key": "hub", "kind": "service", "names": ["hub", "service"]},
                {"key": "store", "kind": "database", "names": ["store", "database"]},
            ],
            "flows": [{"key": "switch", "label": "Switching", "path": ["phone", "hub", "store"]}],
            "steps": {
                step.key: {"criteria": [criterion(f"{step.key}_{n}") for n in numbers(step.key)]} for step in STEPS
            },
            "curveballs": [
                {
                    "key": key,
                    "says": "More lamps.",
                    "changes": "The hubs.",
                    "keeps": "The rest.",
                    "requirement": "There were {lamps}.",
                    "presupposes": ["brightness"],
                    "touches": ["deep_dive_one"],
                }
                for key in ("more", "most")
            ],
            "probes": [
                {
                    "key": f"dusk_{n}",
                    "says": f"You wait for dusk. What shines {n} minutes before it?",
                    "has": ["words:dusk"],
                    "lacks": ["kind:cache"],
                    "presupposes": ["brightness"],
                    "criterion": "deep_dive_one",
                    "not_after": ["most"],
                }
                for n in range(6)
            ],
            "trade_offs": [
                {
                    "choice": f"Choice {n}",
                    "options": [{"name": name, "gains": "Speed.", "costs": "Space."} for name in ("This", "That")],
                    "decides": "The numbers.",
                }
                for n in range(3)
            ],
            "expectations": {"mid": "It shines.", "senior": "It goes on shining.", "staff": "It pays."},
            "reviewed": {
                "claims": [{"claim": f"Claim {n}.", "source": "Arithmetic."} for n in range(3)],
                "attacks": [{"tried": f"List {n}.", "result": "Nothing."} for n in range(3)],
            },
            "model_answer": text,
            "examples": [{"key": k, "kind": k, "text": text, "marks": marks} for k in ("strong", "middling", "weak")],
            **fields,
        }
    )


def make_spec(**fields: Any) -> spec.Question:
    return spec.Question.model_validate(content(**fields))


def make_question(**fields: Any) -> Question:
    """A live question row."""
    question = make_spec(**fields)
    loader.publish(question, source="tests")
    return Question.objects.select_related("edition").get(slug=question.slug)


def make_topic(slug: str = "wiring", **fields: Any) -> Topic:
    """A live topic row."""
    topic = library_spec.Topic.model_validate(
        {
            "slug": slug,
            "title": slug.replace("-", " ").capitalize(),
            "section": "principles",
            "level": "foundation",
            "summary": f"What to know about {slug}.",
            "related": ["switches"],
            "questions": ["lamps"],
            "sources": ["A. Author, On Wires, 2001, https://wires.example/on"],
            "body": "It begins.\n\n## Choose\n\nA choice.\n\n### Within it\n\nMore.\n\n## When not to\n\nNever.",
            **fields,
        }
    )
    library_loader.publish(Topic, [topic], source="tests")
    return Topic.objects.get(slug=slug)


def make_reference(slug: str = "amperes", **fields: Any) -> Reference:
    """A live reference page."""
    page = library_spec.Reference.model_validate(
        {
            "slug": slug,
            "title": slug.capitalize(),
            "summary": f"All about {slug}.",
            "sources": ["A book"],
            "body": "## Numbers\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n",
            **fields,
        }
    )
    library_loader.publish(Reference, [page], source="tests")
    return Reference.objects.get(slug=slug)


def make_card(topic: Topic, key: str = "why-wires", **fields: Any) -> Card:
    """A live card of a topic."""
    card = library_spec.Card.model_validate(
        {"key": key, "kind": "which", "topic": topic.slug, "front": "Why wires?", "back": "They *carry*.", **fields}
    )
    library_loader.publish(Card, [card], source="tests")
    return Card.objects.get(slug=key)
