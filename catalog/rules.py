"""What must hold in a question beyond its form. Pure; one generator per rule.

Each yields (path into the question, message). There are three kinds. Without the `NEEDED` ones a question cannot work:
they are asked before it is published. The `EDITORIAL` ones say how well it is written: `check_catalog` asks them, and
loading never does, so that a question which people practise today is not refused for a rule of tomorrow. Upper apps
add rules of their own to either with `register`, and slow ones, such as "the model answer scores".
"""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Final, Literal

from catalog import answer_file, variants
from catalog.spec import BRIEF_MAX_WORDS, CHALLENGE_CHARS, SUMMARY_CHARS, TITLE_CHARS, Question
from catalog.steps import BY_KEY, STEPS
from catalog.yaml_lines import Path
from lib.quantities import Quantity, QuantityError, evaluate, is_counted, is_unit, magnitude

Violation = tuple[Path, str]
Rule = Callable[[Question], Iterator[Violation]]
# When a rule of an upper app is asked: with the NEEDED ones, with the EDITORIAL ones, or after both, being slow.
Kind = Literal["needed", "editorial", "slow"]

_PLACEHOLDER = re.compile(r"\{([a-z0-9_]+)\}")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
# So many words in a row are no accident.
SHARED_RUN = 5
# A statement of so many longer words must say something that the brief does not.
TELLING, SHORT_WORD = 4, 3
CRITERIA = (12, 25)
LEAST = {"clarifications": 8, "curveballs": 2, "probes": 6, "trade_offs": 3}
# The heavier of two designs, in times the lighter.
MOST_UNEVEN = 1.25
TODO = "TODO: "
UNWRITTEN = "is still to be written"
# What `new_question` begins with: good enough to practise by, and too general to share.
GENERAL_ANCHORS = {
    0: "Nothing about it, or only what the brief says.",
    1: "It is named, and nothing follows from it.",
    2: "A part of it is said, or all of it without a reason.",
    3: "It is said in full, with a reason or a number.",
    4: "It is also said what it costs, and what happens when it fails.",
}
EXAMPLE_KINDS = ("strong", "middling", "weak")
# Rules of upper apps, such as "the model answer scores".
registered: dict[Rule, Kind] = {}


def faults(question: Question) -> list[Violation]:
    """Every broken rule without which the question cannot work."""
    return _broken(question, *NEEDED, *_registered("needed"))


def violations(question: Question, *, thorough: bool) -> list[Violation]:
    """Every broken rule, editorial ones as well.

    `thorough` asks the slow ones too, of a question that is sound in itself.
    """
    found = faults(question) + _broken(question, *EDITORIAL, *_registered("editorial"))
    return found if found or not thorough else _broken(question, *_registered("slow"))


def register(*added: Rule, kind: Kind = "slow") -> None:
    registered.update(dict.fromkeys(added, kind))


def _registered(kind: Kind) -> list[Rule]:
    return [rule for rule, asked in registered.items() if asked == kind]


def _broken(question: Question, *asked: Rule) -> list[Violation]:
    return [violation for rule in asked for violation in rule(question)]


def nothing_is_left_to_write(question: Question) -> Iterator[Violation]:
    """What `new_question` left to its author."""
    yield from unwritten(question.model_dump(mode="json", exclude={"model_answer", "examples", "slug"}))
    if TODO in question.model_answer:
        yield ("model_answer",), UNWRITTEN
    for example in question.examples:
        if TODO in example.text:
            yield ("examples", example.key), UNWRITTEN


def unwritten(data: object, path: Path = ()) -> Iterator[Violation]:
    """The texts within data that are left to write."""
    if isinstance(data, str) and data.startswith(TODO):
        yield path, f"{UNWRITTEN}: {data.removeprefix(TODO)}"
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from unwritten(value, (*path, int(key) if str(key).isdecimal() else key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from unwritten(value, (*path, index))


def list_has_room(question: Question) -> Iterator[Violation]:
    """Columns end somewhere. Editions of old may be longer, where the database let them."""
    texts = {
        "title": (question.title, TITLE_CHARS),
        "summary": (variants.fill(question.summary, question, 0), SUMMARY_CHARS),
        "challenge": (question.challenge, CHALLENGE_CHARS),
    }
    for field, (text, most) in texts.items():
        if len(text) > most:
            yield (field,), f"has {len(text)} characters; {most} fit the list"


def brief_is_short(question: Question) -> Iterator[Violation]:
    if question.brief_words > BRIEF_MAX_WORDS:
        yield ("brief",), f"has {question.brief_words} words; an interviewer says it in {BRIEF_MAX_WORDS}"


def keys_differ(question: Question) -> Iterator[Violation]:
    lists = {
        "givens": [given.key for given in question.givens] + [q.key for q in question.quantities],
        "components": [component.key for component in question.components],
        "flows": [flow.key for flow in question.flows],
        "steps": [criterion.key for _, criterion in question.criteria()],
        "clarifications": [key for key, _ in question.keyed_clarifications()],
        "curveballs": [curveball.key for curveball in question.curveballs],
        "probes": [probe.key for probe in question.probes],
        "examples": [example.key for example in question.examples],
    }
    for name, keys in lists.items():
        for key, count in Counter(keys).items():
            if count > 1:
                yield (name,), f"uses the key “{key}” {count} times; keys must differ"


def keys_are_not_words_of_formulas(question: Question) -> Iterator[Violation]:
    """In `100k connections/server` a key `connections` would silently take the noun's place."""
    keys = [("givens", i, given.key) for i, given in enumerate(question.givens)]
    keys += [("quantities", i, expected.key) for i, expected in enumerate(question.quantities)]
    for field, index, key in keys:
        if is_unit(key) or is_counted(key):
            yield (field, index, "key"), f"“{key}” is also a unit or a counted noun: choose a longer key"


def placeholders_are_givens(question: Question) -> Iterator[Violation]:
    known = {given.key for given in question.givens}
    texts: list[tuple[Path, str]] = [(("brief",), question.brief), (("summary",), question.summary)]
    texts += [(("clarifications", i, "answer"), c.answer) for i, c in enumerate(question.clarifications)]
    texts += [(("probes", i, "says"), probe.says) for i, probe in enumerate(question.probes)]
    for i, curveball in enumerate(question.curveballs):
        said = {field: getattr(curveball, field) for field in ("says", "changes", "keeps", "requirement")}
        texts += [(("curveballs", i, field), text) for field, text in said.items() if text]
    for path, text in texts:
        for name in _PLACEHOLDER.findall(text):
            if name not in known:
                yield path, f"mentions {{{name}}}, which is not a given"


def givens_evaluate(question: Question) -> Iterator[Violation]:
    for index, given in enumerate(question.givens):
        for position, value in enumerate(given.values):
            try:
                evaluate(value)
            except QuantityError as error:
                yield ("givens", index, "values", position), f"“{value}” {error}"


def formulas_evaluate(question: Question) -> Iterator[Violation]:
    names: dict[str, Quantity] = {}
    for given in question.givens:
        try:
            names[given.key] = evaluate(given.values[0])
        except QuantityError:
            return  # said by givens_evaluate
    for index, expected in enumerate(question.quantities):
        try:
            names[expected.key] = evaluate(expected.formula, names)
        except QuantityError as error:
            yield ("quantities", index, "formula"), f"“{expected.formula}” {error}"
            continue
        try:
            magnitude(names[expected.key], expected.unit)
        except QuantityError as error:
            yield ("quantities", index, "unit"), f"{expected.key} {error}"


def flows_name_components(question: Question) -> Iterator[Violation]:
    known = {component.key for component in question.components}
    for index, flow in enumerate(question.flows):
        for place in flow.path:
            for key in place.split("|"):
                if key.strip() not in known:
                    yield ("flows", index, "path"), f"names the component “{key.strip()}”, which is not listed"


def points_refer_to_something(question: Question) -> Iterator[Violation]:
    components = {component.key for component in question.components}
    known = {
        "quantity": {quantity.key for quantity in question.quantities},
        "flow": {flow.key for flow in question.flows},
        "component": components,
        "replicated": components,
    }
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            for p, point in enumerate(criterion.points):
                for kind, keys in known.items():
                    target = getattr(point, kind)
                    if target is not None and target not in keys:
                        path = ("steps", step, "criteria", c, "points", p, kind)
                        yield path, f"refers to the {kind} “{target}”, which is not defined"
            for m, mistake in enumerate(criterion.mistakes):
                for key in (name.strip() for end in mistake.edge or () for name in end.split("|")):
                    if key not in components:
                        path = ("steps", step, "criteria", c, "mistakes", m, "edge")
                        yield path, f"names the component “{key}”, which is not listed"


def interviewer_refers_to_something(question: Question) -> Iterator[Violation]:
    """Of the rubric, and of each other: the result shows a change and a follow-up with the criteria they are about."""
    criteria = {criterion.key for _, criterion in question.criteria()}
    curveballs = {curveball.key for curveball in question.curveballs}
    for index, curveball in enumerate(question.curveballs):
        for place, key in enumerate(curveball.touches):
            if key not in criteria:
                yield ("curveballs", index, "touches", place), f"refers to the criterion “{key}”, which is not defined"
    for index, probe in enumerate(question.probes):
        if probe.criterion and probe.criterion not in criteria:
            message = f"refers to the criterion “{probe.criterion}”, which is not defined"
            yield ("probes", index, "criterion"), message
        for place, key in enumerate(probe.not_after):
            if key not in curveballs:
                yield ("probes", index, "not_after", place), f"refers to the curveball “{key}”, which is not defined"


def edges_join_two_parts(question: Question) -> Iterator[Violation]:
    """With a part at both ends, a drawing of its two copies would be called a mistake."""
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            for m, mistake in enumerate(criterion.mistakes):
                ends = [{name.strip() for name in end.split("|")} for end in mistake.edge or ()]
                for key in sorted(set.intersection(*ends)) if ends else ():
                    path = ("steps", step, "criteria", c, "mistakes", m, "edge")
                    yield path, f"names “{key}” at both ends; an arrow joins two different parts"


def designs_are_alternatives(question: Question) -> Iterator[Violation]:
    """One design alone is no alternative: its points would be optional."""
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            designs = {point.design for point in criterion.points if point.design}
            if len(designs) == 1:
                path = ("steps", step, "criteria", c, "points")
                yield path, f"has only the design “{designs.pop()}”; name at least two, or none"


def designs_weigh_the_same(question: Question) -> Iterator[Violation]:
    """Of two good designs neither is worth more: the weights of their points add up to the same."""
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            sums: dict[str, float] = defaultdict(float)
            for point in criterion.points:
                if point.design:
                    sums[point.design] += point.weight
            if sums and max(sums.values()) > MOST_UNEVEN * min(sums.values()):
                told = ", ".join(f"{design} {weight:g}" for design, weight in sorted(sums.items()))
                path = ("steps", step, "criteria", c, "points")
                yield path, f"has designs whose weights do not add up to the same: {told}"


def statements_say_more_than_the_brief(question: Question) -> Iterator[Violation]:
    """Who repeats the brief must not make a point by it."""
    said = set(_WORD.findall(f"{question.title} {question.brief}".lower()))
    for path, statement in statements(question):
        words = [word for word in _WORD.findall(statement.lower()) if len(word) > SHORT_WORD]
        if len(words) >= TELLING and set(words) <= said:
            yield path, f"“{statement}” holds no word that the brief does not: repeating the brief would make the point"


def follow_ups_give_nothing_away(question: Question) -> Iterator[Violation]:
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            asked = set(_runs(criterion.follow_up))
            for point in criterion.points:
                for statement in point.statements:
                    if given := next((run for run in _runs(statement) if run in asked), None):
                        path = ("steps", step, "criteria", c, "follow_up")
                        yield path, f"gives “{' '.join(given)}” away, which is the answer to {point.key}"


def nothing_is_left_out(question: Question) -> Iterator[Violation]:
    """What editions of old may lack, and a question that is written today may not."""
    if question.level is None:
        yield ("level",), "is missing: say what it trains, from foundation to mastery"
    if question.expectations is None:
        yield ("expectations",), "is missing: say what mid, senior and staff answers look like here"
    if question.reviewed is None:
        yield ("reviewed",), "is missing: somebody who did not write it reads it, and lists what was checked"
    for field, least in LEAST.items():
        if (count := len(getattr(question, field))) < least:
            yield (field,), f"holds {count}; {least} are needed"


def curveballs_say_what_they_change(question: Question) -> Iterator[Violation]:
    """What the result shows beside one, and what keeps it from those who have ruled its subject out."""
    wanted = {
        "requirement": "say what held until then",
        "presupposes": "name its subject, so that it is not brought where that is left out",
        "touches": "name the criteria that it puts in question again",
    }
    for index, curveball in enumerate(question.curveballs):
        for field, what in wanted.items():
            if not getattr(curveball, field):
                yield ("curveballs", index, field), f"is missing: {what}"


def there_are_enough_criteria(question: Question) -> Iterator[Violation]:
    least, most = CRITERIA
    if not least <= (count := len(question.criteria())) <= most:
        yield ("steps",), f"holds {count} criteria; {least} to {most} can be marked with care"


def anchors_belong_to_the_question(question: Question) -> Iterator[Violation]:
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            if criterion.anchors == GENERAL_ANCHORS:
                yield (
                    ("steps", step, "criteria", c, "anchors"),
                    "fit every question; say what each mark looks like here",
                )


def model_answer_has_five_steps(question: Question) -> Iterator[Violation]:
    texts = answer_file.steps_of(question.model_answer)
    for step in STEPS:
        if not texts[step.key].strip():
            yield ("model_answer",), f"has no text under the heading “{step.title}”"


def examples_cover_the_scale(question: Question) -> Iterator[Violation]:
    kinds = [example.kind for example in question.examples]
    for kind in EXAMPLE_KINDS:
        if kind not in kinds:
            yield ("examples", kind), f"no {kind} example: three are needed, one of each kind"
    for example in question.examples:
        if set(example.marks) != set(BY_KEY):
            yield ("examples", example.key), "marks must hold one mark for each of the five steps"
        if len(answer_file.split(example.text)) < answer_file.MIN_HEADINGS:
            yield ("examples", example.key), "has fewer than three of the five step headings"


def examples_are_written_apart(question: Question) -> Iterator[Violation]:
    """Examples that repeat statements would only show that the files agree with themselves."""
    runs: dict[tuple[str, ...], Path] = {}
    for path, statement in statements(question):
        runs.update(dict.fromkeys(_runs(statement), path))
    for example in question.examples:
        shared = {runs[run]: run for run in reversed(list(_runs(example.text))) if run in runs}
        for path, run in shared.items():
            yield path, f"shares “{' '.join(run)}” with the {example.key} example; write it in other words"


def statements(question: Question) -> Iterator[tuple[Path, str]]:
    """Every statement of the rubric, with its place."""
    for step, rubric in question.steps.items():
        for c, criterion in enumerate(rubric.criteria):
            for p, point in enumerate(criterion.points):
                for s, statement in enumerate(point.statements):
                    yield ("steps", step, "criteria", c, "points", p, "statements", s), statement


def _runs(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return zip(*(words[start:] for start in range(SHARED_RUN)), strict=False)


NEEDED: Final[tuple[Rule, ...]] = (
    nothing_is_left_to_write,
    list_has_room,
    keys_differ,
    keys_are_not_words_of_formulas,
    placeholders_are_givens,
    givens_evaluate,
    formulas_evaluate,
    flows_name_components,
    points_refer_to_something,
    interviewer_refers_to_something,
    edges_join_two_parts,
    designs_are_alternatives,
    model_answer_has_five_steps,
    examples_cover_the_scale,
)
EDITORIAL: Final[tuple[Rule, ...]] = (
    brief_is_short,
    designs_weigh_the_same,
    statements_say_more_than_the_brief,
    follow_ups_give_nothing_away,
    there_are_enough_criteria,
    anchors_belong_to_the_question,
    nothing_is_left_out,
    curveballs_say_what_they_change,
    examples_are_written_apart,
)
