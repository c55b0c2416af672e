"""The format of a question, as types. Pure: no Django, no files.

A question is written by hand in `fixtures/questions/<slug>/question.yaml`, stored as JSON in an immutable
edition, and handed to the scoring engine as the `Question` below. docs/content-format.md explains it to
authors; every field here appears there.
"""

from typing import Annotated, Any, Final, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from catalog.steps import BY_KEY, STEPS

# In characters: what the columns of a list hold.
SLUG_CHARS: Final = 60
TITLE_CHARS: Final = 200
SUMMARY_CHARS: Final = 300
CHALLENGE_CHARS: Final = 100


def _without_nul(text: str) -> str:
    """PostgreSQL stores every character but this one."""
    if "\x00" in text:
        raise ValueError("must not hold the character NUL")
    return text


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(_without_nul)]
Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=SLUG_CHARS)]
StepKey = Literal["requirements", "estimation", "high_level_design", "deep_dive", "wrap_up"]
Mark = Annotated[float, Field(ge=0, le=4, multiple_of=0.5)]

ComponentKind = Literal[
    "client",
    "cdn",
    "load_balancer",
    "gateway",
    "service",
    "worker",
    "cache",
    "database",
    "queue",
    "object_store",
    "search_index",
    "coordinator",
    "external",
]

# From foundation to mastery: what a question or a topic trains.
Level = Literal["foundation", "intermediate", "advanced", "expert", "mastery"]

BRIEF_MAX_WORDS = 150
# So many facts of a question, and so many attacks on its rubric, somebody else has checked.
CHECKED_LEAST: Final = 3


def _whole_keys(anchors: Any) -> Any:
    """YAML has 0: …, JSON has "0": …"""
    if not isinstance(anchors, dict):
        return anchors
    return {int(key) if str(key).isdecimal() else key: text for key, text in anchors.items()}


Anchors = Annotated[dict[Literal[0, 1, 2, 3, 4], Text], BeforeValidator(_whole_keys)]


class Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Given(Part):
    """A number the brief fixes. Each session draws one of `values`; variant 0 takes the first of each.

    A value is an amount as a person would write it, `100M links/month` or `500 B`; formulas use its key.
    """

    key: Key
    label: Text
    values: tuple[Text, ...] = Field(min_length=1)


class Clarification(Part):
    """A question a candidate may ask, in a few wordings, and the interviewer's answer (`{key}` is a given).

    terms: short names that people give its subject; they help to recognise what somebody asks.
    matters: the answer changes the design, so that having asked counts.
    """

    ask: tuple[Text, ...] = Field(min_length=1)
    answer: Text
    key: Key | None = None
    terms: tuple[Text, ...] = ()
    matters: bool = False


class Expected(Part):
    """A quantity that step 2 should reach: a formula over givens, earlier quantities and plain numbers.

    `unit` is what the result is shown in. An answer within `factor` either way is right: the guide asks for
    the order of magnitude. `cues` are words that stand near the number in an answer.
    """

    key: Key
    label: Text
    formula: Text
    unit: Text
    cues: tuple[Text, ...] = Field(min_length=1)
    factor: Annotated[float, Field(gt=1, le=100)] = 5.0
    why: Text


class Component(Part):
    """A part of the design, with the names people give it. `kind` is used when no name matches."""

    key: Key
    kind: ComponentKind
    names: tuple[Text, ...] = Field(min_length=1)
    required: bool = True


class Flow(Part):
    """A path a request takes, as component keys in order. `a|b` at one place accepts either."""

    key: Key
    label: Text
    path: tuple[Text, ...] = Field(min_length=2)


class Point(Part):
    """One observable thing a criterion looks for. Exactly one of the five ways to find it is given.

    statements: sentences that say it, in different words and for different legitimate designs; the best
      match counts. At least three, plain words as well as textbook ones. `terms` are short names for it:
      they help to find the sentence and alone are only a mention.
    quantity: the key of an expected quantity.  flow: the key of a flow.  component: the key of a component.
    replicated: the key of a component that must exist more than once.

    Points that name a `design` belong to one of several good designs: of these designs only the one that the
    answer makes best is counted, so that no answer has to describe them all.
    """

    key: Key
    missing: Text
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    statements: tuple[Text, ...] = ()
    terms: tuple[Text, ...] = ()
    quantity: Key | None = None
    flow: Key | None = None
    component: Key | None = None
    replicated: Key | None = None
    design: Key | None = None
    needs_number: bool = False
    needs_reason: bool = False

    @model_validator(mode="after")
    def one_way_to_find_it(self) -> Self:
        references = (self.quantity, self.flow, self.component, self.replicated)
        if sum([bool(self.statements), *(key is not None for key in references)]) != 1:
            raise ValueError("give exactly one of statements, quantity, flow, component, replicated")
        if self.statements and len(self.statements) < 3:
            raise ValueError("write at least three statements, in different words")
        if self.terms and not self.statements:
            raise ValueError("terms belong to statements")
        return self


class Mistake(Part):
    """Something wrong for every design. Found in an answer it is quoted and caps the criterion's mark at `cap`.

    claims: the wrong claim in two or more wordings; corrections: the same matter said rightly, in the same words
      as far as possible, since a sentence nearer to one of these than to a claim is not accused.
    edge: instead of claims, two component keys (`a|b` accepts either) that no drawing may join by an arrow.
    """

    claims: tuple[Text, ...] = ()
    corrections: tuple[Text, ...] = ()
    edge: tuple[Text, Text] | None = None
    why: Text
    cap: Mark = 2.0

    @model_validator(mode="after")
    def one_way_to_find_it(self) -> Self:
        if bool(self.claims) == (self.edge is not None):
            raise ValueError("give either claims or an edge")
        if self.claims and len(self.claims) < 2:
            raise ValueError("write at least two claims, in different words")
        if self.corrections and not self.claims:
            raise ValueError("corrections belong to claims")
        return self


class Criterion(Part):
    """What a mark is given for: observable, weighted within its step, anchored from 0 to 4."""

    key: Key
    title: Text
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0
    looks_for: Text
    anchors: Anchors
    points: tuple[Point, ...] = Field(min_length=1)
    mistakes: tuple[Mistake, ...] = ()
    why: Text
    follow_up: Text
    study: Text

    @model_validator(mode="after")
    def five_anchors(self) -> Self:
        if set(self.anchors) != {0, 1, 2, 3, 4}:
            raise ValueError("write one anchor for each mark from 0 to 4")
        if len({point.key for point in self.points}) != len(self.points):
            raise ValueError("point keys must differ within a criterion")
        return self


class Curveball(Part):
    """A change of one requirement that the interviewer may bring in the deep dive (`{key}` is a given).

    changes: what a good answer changes.  keeps: what it leaves alone, and why that is enough.
    requirement: what held until then.  presupposes: names of its subject; it is not brought where the requirements
      that somebody froze leave that out.  touches: keys of the criteria that the change puts in question again.
    """

    key: Key
    says: Text
    changes: Text
    keeps: Text
    requirement: Text | None = None
    presupposes: tuple[Text, ...] = ()
    touches: tuple[Key, ...] = ()


# `cache|cdn`, `kind:queue`, `point:dd_lifecycle.cache_told`, `criterion:dd_failures`, `words:301|permanent redirect`:
# alternatives, each of the kind that was named last; components when none was.
Fact = Annotated[str, StringConstraints(pattern=r"^[^|\s][^|]*(\|[^|]+)*$")]


class Probe(Part):
    """A follow-up that the interviewer asks when the answer shows what it is about (`{key}` is a given).

    It is asked in one of `steps`, where everything in `has` is there and nothing in `lacks` is.
    presupposes: names of its subject; it is not asked where the requirements that somebody froze leave that out.
    criterion: what it is about in the rubric.  not_after: keys of curveballs that make it pointless.
    """

    key: Key
    says: Text
    steps: tuple[StepKey, ...] = Field(("high_level_design", "deep_dive"), min_length=1)
    has: tuple[Fact, ...] = ()
    lacks: tuple[Fact, ...] = ()
    presupposes: tuple[Text, ...] = ()
    criterion: Key | None = None
    not_after: tuple[Key, ...] = ()


class Option(Part):
    """One side of a trade-off."""

    name: Text
    gains: Text
    costs: Text


class TradeOff(Part):
    """A choice that matters in this question: every side with what it gains and costs, and what decides."""

    choice: Text
    options: tuple[Option, ...] = Field(min_length=2)
    decides: Text


class Expectations(Part):
    """What an answer of each level looks like here."""

    mid: Text
    senior: Text
    staff: Text


class Claim(Part):
    """A fact that a question states, and where it was checked."""

    claim: Text
    source: Text


class Attack(Part):
    """A way in which the rubric was tried to be deceived, and what came of it."""

    tried: Text
    result: Text


class Review(Part):
    """What somebody who did not write the question has checked in it."""

    claims: tuple[Claim, ...] = Field(min_length=CHECKED_LEAST)
    attacks: tuple[Attack, ...] = Field(min_length=CHECKED_LEAST)


class StepRubric(Part):
    criteria: tuple[Criterion, ...] = Field(min_length=2)


ExampleKind = Literal["strong", "middling", "weak"]


class Example(Part):
    """A marked example answer: a Markdown file with the five step headings."""

    key: Key
    kind: ExampleKind
    text: Text
    marks: dict[StepKey, Mark]


class Question(Part):
    """Everything one question is: what is asked, what is expected, and how an answer is judged."""

    slug: Slug
    title: Text
    kind: Literal["classic", "scenario"] = "classic"
    difficulty: Literal["warm_up", "standard", "hard"]
    level: Level | None = None
    challenge: Text
    summary: Text
    tags: tuple[Slug, ...] = Field(min_length=1)
    also: tuple[Text, ...] = ()
    brief: Text
    givens: tuple[Given, ...] = Field(min_length=1)
    clarifications: tuple[Clarification, ...] = Field(min_length=4)
    quantities: tuple[Expected, ...] = Field(min_length=2)
    components: tuple[Component, ...] = Field(min_length=3)
    flows: tuple[Flow, ...] = Field(min_length=1)
    steps: dict[StepKey, StepRubric]
    curveballs: tuple[Curveball, ...] = ()
    probes: tuple[Probe, ...] = ()
    trade_offs: tuple[TradeOff, ...] = ()
    expectations: Expectations | None = None
    reviewed: Review | None = None
    model_answer: Text
    examples: tuple[Example, ...] = Field(min_length=3)

    @model_validator(mode="after")
    def five_steps(self) -> Self:
        if set(self.steps) != set(BY_KEY):
            raise ValueError(f"steps must be exactly: {', '.join(BY_KEY)}")
        return self

    def criteria(self) -> list[tuple[str, Criterion]]:
        """(step key, criterion), in the order of the interview."""
        return [(step.key, c) for step in STEPS for c in self.steps[_step(step.key)].criteria]

    def criterion(self, key: str) -> Criterion:
        return next(c for _, c in self.criteria() if c.key == key)

    def keyed_clarifications(self) -> list[tuple[str, Clarification]]:
        """(what exchanges call it, clarification); without a key of its own, by its place, which an edition keeps."""
        return [(c.key or f"clarification_{place}", c) for place, c in enumerate(self.clarifications, start=1)]

    def clarification(self, key: str) -> Clarification:
        return next(c for own, c in self.keyed_clarifications() if own == key)

    @property
    def brief_words(self) -> int:
        return len(self.brief.split())


def _step(key: str) -> StepKey:
    return key  # type: ignore[return-value]
