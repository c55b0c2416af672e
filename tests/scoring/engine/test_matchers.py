import pytest

from catalog.spec import Point
from scoring.engine import guards, matchers, mistakes, quantities, text
from scoring.engine.context import OTHER_SECTION
from tests.scoring.engine import samples

ABOUT = "A pasteboard for snippets: people paste a snippet, others read the snippet."


def context(prepared, variant=0, **sections):
    document = text.read({"requirements": ABOUT, **sections})
    return matchers.read(prepared, document, guards.judge(document, prepared.prompts, prepared.vocabulary), variant)


def strength(prepared, step, key, **sections):
    point = next(p for s, c, p in prepared.points() if s == step and p.key == key)
    return matchers.find(context(prepared, **sections), step, point).strength


def test_an_exemplar_is_worth_nearly_everything(prepared):
    for step, _, point in prepared.points():
        for statement in point.statements:
            assert strength(prepared, step, point.key, **{step: f"{ABOUT}\n\n{statement}"}) > 0.8, statement


def test_a_term_alone_is_a_mention(prepared):
    assert strength(prepared, "deep_dive", "hot_snippet", deep_dive="There is a hot key somewhere.") < 0.3


def test_other_words_for_the_same_still_count(prepared):
    said = "Deleted lazily: a read looks at the expiry first, and a nightly worker purges what is too old."
    assert strength(prepared, "deep_dive", "expiry", deep_dive=said) > 0.5


def test_another_section_counts_a_little_less(prepared):
    statement = samples.HOT["statements"][0]
    own = strength(prepared, "deep_dive", "hot_snippet", deep_dive=statement)
    other = strength(prepared, "deep_dive", "hot_snippet", wrap_up=statement)
    assert other == pytest.approx(own * OTHER_SECTION)


@pytest.mark.parametrize(
    ("said", "least", "most"), [("Latency of a read: 100 ms at p99.", 0.6, 1), ("Low latency of reads at p99.", 0, 0.5)]
)
def test_a_figure_that_is_asked_for_must_be_there(said, least, most, prepared):
    assert least <= strength(prepared, "requirements", "latency", requirements=f"{ABOUT}\n\n{said}") <= most


@pytest.mark.parametrize(
    ("said", "least", "most"),
    [
        ("Writes: 10M pastes a day / 86,400 s = 116 writes/s", 0.95, 1),
        ("Writes: 116 per second", 0.5, 0.7),
        ("I assume 1M pastes a day, so writes are 1M / 86,400 = 11.6 writes/s", 0.8, 0.95),
        ("Writes: 10M pastes a day = 9,000 writes/s", 0, 0.3),
        ("Writes: 9G per second", 0, 0.2),
        ("The disk holds 116 TB", 0, 0.1),
    ],
)
def test_quantities(said, least, most, prepared):
    assert least <= strength(prepared, "estimation", "writes", estimation=said) <= most


def test_the_numbers_of_the_variant_are_expected(prepared):
    targets = [prepared.targets(variant)["paste_rate"].value for variant in range(12)]
    assert {round(value) for value in targets} == {116, 23}


def test_a_broken_formula_finds_nothing_and_harms_nothing(prepared):
    point = Point(key="x", missing="x", quantity="no_such_quantity")
    assert matchers.find(context(prepared), "estimation", point).strength == 0


def test_a_component_must_be_connected_or_put_to_use(prepared):
    drawn = "```mermaid\nflowchart LR\n  Client --> CDN\n```"
    alone = "```mermaid\nflowchart LR\n  CDN\n  Client --> API\n```"
    assert strength(prepared, "high_level_design", "edge", high_level_design=drawn) > 0.7
    assert strength(prepared, "high_level_design", "edge", high_level_design=alone) == 0
    assert (
        strength(prepared, "high_level_design", "edge", high_level_design="A CDN serves snippets close to the readers.")
        > 0.7
    )


def test_arithmetic_slips_are_quoted(prepared):
    (slip,) = quantities.slips(context(prepared, estimation="10M pastes a day, so 20,000 pastes per second."))
    assert slip.note.evidence
    assert slip.note.evidence.quote == "10M pastes a day, so 20,000 pastes per second"


@pytest.mark.parametrize(
    ("said", "criterion", "cap"),
    [
        ("Writes: 10M pastes a day / 86,400 s = 116,000 writes/s", "rates", 2.0),
        ("Writes: 10M pastes a day / 86,400 s = 800 writes/s", "rates", 3.0),
        ("10M * 10 KB * 365 * 2 = 73 GB", "size", 2.0),
    ],
)
def test_a_slip_caps_the_criterion_that_asks_for_the_quantity(said, criterion, cap, prepared):
    (slip,) = quantities.slips(context(prepared, estimation=said))
    assert (slip.criterion, slip.cap) == (criterion, cap)


def test_a_slipped_number_earns_nothing(prepared):
    said = "Writes: 10M pastes a day / 86,400 s = 116,000 writes/s"
    assert strength(prepared, "estimation", "writes", estimation=said) == 0


def test_what_the_brief_gives_is_no_estimate(prepared):
    assert strength(prepared, "estimation", "writes", estimation="There are 10M new pastes a day.") == 0
    assert strength(prepared, "estimation", "total", estimation="The storage of a snippet is 10 KB.") == 0


def test_a_derived_figure_that_can_only_be_one_quantity_needs_no_word_for_it(prepared):
    assert (
        strength(prepared, "estimation", "total", estimation="10M * 10 KB * 365 * 2 = 73 TB, one node is small.") > 0.8
    )
    assert strength(prepared, "estimation", "total", estimation="There are 73 TB, one node is small.") == 0
    assert strength(prepared, "estimation", "total", estimation="10M * 10 KB = 100 GB, one node is small.") < 0.5


def test_the_sentence_that_carries_the_match_is_quoted_alone(prepared):
    carrier = "A viral snippet is served from the CDN, so the origin sees one request per edge and minute."
    point = next(p for _, _, p in prepared.points() if p.key == "hot_snippet")
    said = context(prepared, deep_dive=f"The edge is near. {carrier} That is all there is to it.")
    (quote,) = matchers.find(said, "deep_dive", point).evidence
    assert quote.quote == carrier


@pytest.mark.parametrize(
    ("key", "affirmed", "reversed_"),
    [
        (
            "expiry",
            "Reading checks the expiry, a worker purges old pastes at night.",
            "Reading never checks the expiry, no worker purges old pastes at night.",
        ),
        (
            "hot_snippet",
            "Hot pastes are cached at the edge and refreshed once a minute.",
            "Hot pastes live without edge caches and are never refreshed by minute, because one store is good enough.",
        ),
        (
            "ids",
            "Identifiers are random, nobody can guess the address of a snippet.",
            "Identifiers may be guessed, anybody can guess the address of a snippet.",
        ),
    ],
)
def test_a_reversed_claim_is_no_evidence(key, affirmed, reversed_, prepared):
    assert strength(prepared, "deep_dive", key, deep_dive=affirmed) > 0.5
    assert strength(prepared, "deep_dive", key, deep_dive=reversed_) < 0.35


def test_a_point_near_the_threshold_is_not_called_absent(prepared):
    def near(said):
        point = next(p for _, _, p in prepared.points() if p.key == "expiry")
        return matchers.find(context(prepared, deep_dive=said), "deep_dive", point).near

    assert near("We purge them.")
    assert not near("Two machines in two rooms share the work evenly between them.")


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("Sequential identifiers are safe, nobody knows the address of another snippet.", 1),
        ("Sequential identifiers would be safe if nobody knew the address of another snippet.", 0),
        ("Sequential numbers would let strangers walk through all snippets, hence random keys.", 0),
        ("Identifiers are random, so nobody can guess the address of a private snippet.", 0),
    ],
)
def test_mistakes_are_found_with_precision(said, found, prepared):
    assert len(mistakes.find(context(prepared, deep_dive=said))) == found


def test_sound_answers_claim_no_mistake(prepared):
    assert mistakes.find(context(prepared, **samples.STRONG)) == []
