"""What the interviewer answers: over six hundred questions as candidates ask them, and what else may be typed."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog import variants
from interview.interviewer import Exchange, answer, asked_well, asking, deciding, exchanges, matching, words
from tests.interview import bank
from tests.interview.bank import MANNERS, SLUGS, Row, question

PRECISION, RECALL = 0.95, 0.85
# Of what is no question about the requirements, so much is taken as what it is.
TAKEN = 0.85


def told(row: Row) -> list[str]:
    return list(answer(question(row.slug), 0, row.text, ()).keys)


def right(row: Row, keys: list[str]) -> int:
    """How many of the expected answers were given."""
    left, found = list(keys), 0
    for expected in row.expected:
        if hit := next((key for key in expected.split("|") if key in left), None):
            left.remove(hit)
            found += 1
    return found


def figures(rows: list[Row]) -> tuple[float, float]:
    """Precision and recall over the answers that tell something."""
    given_answers = {row: told(row) for row in rows}
    hits = sum(right(row, keys) for row, keys in given_answers.items())
    wanted = [row for row in rows if not set(row.expected) & MANNERS]
    return hits / sum(map(len, given_answers.values())), hits / sum(len(row.expected) for row in wanted)


def test_the_table_covers_every_question_and_every_clarification_that_matters():
    rows = bank.rows()
    assert len(rows) > 600
    assert sum(row.is_held for row in rows) > 200
    for slug in SLUGS:
        expected = {key for row in rows if row.slug == slug for part in row.expected for key in part.split("|")}
        assert {c.key for c in question(slug).clarifications if c.matters} <= expected, slug
        assert sum(row.slug == slug for row in rows) >= 20, slug


@pytest.mark.parametrize("is_held", [False, True], ids=["open", "held"])
def test_answers_are_right_and_most_questions_get_theirs(is_held):
    precision, recall = figures([row for row in bank.rows() if row.is_held == is_held])
    assert precision >= PRECISION
    assert recall >= RECALL


@pytest.mark.parametrize("manner", sorted(MANNERS))
def test_what_the_bank_does_not_hold_is_taken_as_what_it_is(manner):
    rows = [row for row in bank.rows() if row.expected == (manner,)]
    taken = [
        row for row in rows if [said.manner for said in answer(question(row.slug), 0, row.text, ()).said] == [manner]
    ]
    assert len(taken) >= TAKEN * len(rows)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_wording_of_the_bank_gets_its_own_answer(slug):
    asked = question(slug)
    wrong = []
    for key, clarification in asked.keyed_clarifications():
        for text in clarification.ask:
            keys = answer(asked, 0, text, ()).keys
            if keys and key not in keys:
                wrong.append((text, keys))
    assert wrong == []


def test_a_number_is_that_of_the_drawn_variant():
    asked = question("url-shortener")
    for variant in range(6):
        users = variants.draw(asked, variant)["daily_users"]
        assert users in answer(asked, variant, "How many daily users?", ()).text


def test_a_number_of_the_brief_that_no_clarification_tells_is_told_too():
    reply = answer(question("url-shortener"), 0, "How big is one record?", ())
    assert reply.keys == ("given.record_size",)
    assert "500 B" in reply.text


def test_several_questions_are_answered_each():
    reply = answer(question("chat"), 0, "Max group size? And do we need read receipts? Should I use Kafka?", ())
    assert [(said.manner, said.key) for said in reply.said] == [
        ("answer", "group_size"),
        ("answer", "receipts"),
        ("decide", ""),
    ]


def test_one_question_may_ask_for_two_things():
    assert answer(question("distributed-cache"), 0, "latency and availability targets?", ()).keys == (
        "latency",
        "availability",
    )


def test_what_follows_and_asks_for_the_size_alone_belongs_to_what_was_named():
    assert answer(question("file-storage"), 0, "How many buckets are there, and how large?", ()).keys == ("tenants",)


def test_letters_may_be_wrong():
    assert answer(question("payment"), 0, "can refudns be partail?", ()).keys == ("refunds",)


def test_the_same_again_is_answered_the_same_and_said_to_be():
    asked = question("chat")
    first = answer(asked, 0, "How long do we keep messages?", ())
    so_far = exchanges(30, "requirements", "How long do we keep messages?", first)
    second = answer(asked, 0, "How long do we keep messages?", so_far)
    assert second.said[0].again
    assert second.text == asking.AGAIN + first.text


def test_what_was_told_is_told_again_without_a_word_that_it_was_asked_where_it_was_not():
    asked = question("url-shortener")
    first = answer(asked, 0, "How many users should I plan for?", ())
    so_far = exchanges(30, "requirements", "How many users should I plan for?", first)
    second = answer(asked, 0, "New URLs per second?", so_far)
    assert second.said[0].again
    assert second.text == asking.AS_SAID + first.text


@pytest.mark.parametrize("before", [False, True])
def test_one_answer_to_two_questions_is_given_once(before):
    asked, text = question("url-shortener"), "What's the read/write ratio? How often is a link opened?"
    so_far = exchanges(30, "requirements", text, answer(asked, 0, text, ())) if before else ()
    assert answer(asked, 0, text, so_far).keys == ("ratio",)


@pytest.mark.parametrize(
    "text",
    [
        "asdf qwer zxcv",
        "blah blah blah",
        "Who are you?",
        "How are you?",
        "are you a bot?",
        "¿Cuántos usuarios hay?",
        "cuantos usuarios tiene el servicio",
        "Combien d'utilisateurs y a-t-il ?",
        "Was soll das System können?",
        "有多少用户？",
    ],
)
def test_what_was_not_understood_is_said_to_be(text):
    (said,) = answer(question("url-shortener"), 0, text, ()).said
    assert (said.manner, said.key, said.text) == ("lost", "", asking.LOST)


@pytest.mark.parametrize(
    "text", ["Is it public or internal?", "Internal or public?", "is the service public", "Is it public-facing?"]
)
def test_what_stands_in_the_brief_is_not_left_to_decide(text):
    (said,) = answer(question("url-shortener"), 0, text, ()).said
    assert said.manner == "brief"
    assert "“The service is public and used all over the world;" in said.text


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ("is it public?", "It is public, and free of charge."),
        ("Public or private?", "It is public, and free of charge."),
        ("Is it private?", ""),
        ("Why is it public?", ""),
        ("How large is the public share?", ""),
        ("Is it public and paid for?", ""),
        ("Is it?", ""),
    ],
)
def test_the_brief_is_quoted_only_where_it_answers_with_a_yes_or_a_side(asked, sentence):
    assert matching.in_brief("Five people run a forum. It is public, and free\nof charge.", asked) == sentence


def test_what_was_left_to_assume_is_said_to_be_so_again():
    asked = question("chat")
    first = answer(asked, 0, "Do penguins like it?", ())
    second = answer(asked, 0, "do penguins like it", exchanges(30, "requirements", "Do penguins like it?", first))
    assert (first.said[0].manner, second.said[0].manner, second.said[0].again) == ("assume", "assume", True)


@pytest.mark.parametrize("text", ["How many penguins are there?", "What's the average weight of a penguin?"])
def test_who_asks_for_a_number_that_nobody_has_is_told_to_write_an_assumption_down(text):
    assert answer(question("chat"), 0, text, ()).text == asking.ASSUME_A_NUMBER


@pytest.mark.parametrize("slug", ["chat", "payment", "url-shortener"])
@pytest.mark.parametrize(
    "text",
    [
        "Should I use Kafka?",
        "What is the best database?",
        "SQL or NoSQL?",
        "Would you shard this?",
        "Is my design right?",
        "What would you do?",
        "How should I partition the data?",
    ],
)
def test_a_decision_is_handed_back_with_a_question_and_no_opinion(slug, text):
    (said,) = answer(question(slug), 0, text, ()).said
    assert said.manner == "decide"
    assert "?" in said.text
    named = {kind for names in words.vocabulary()["trade"].values() for kind in names.split()}
    assert not set(words.raw(said.text)) & (named - {"store", "reads", "cache", "stream", "row"})
    assert said.text == deciding.counter_question(text)


def test_where_two_are_as_likely_both_are_named():
    (said,) = answer(question("file-storage"), 0, "how do users authenticate", ()).said
    assert said.manner == "which"
    assert "How do clients authenticate" in said.text
    assert said.key == ""


@pytest.mark.parametrize("text", ["", "   ", "\n\n", "?", "???", "!!!", "👍", "you are an idiot", "ok thanks"])
def test_nothing_to_answer_is_answered_politely(text):
    (said,) = answer(question("chat"), 0, text, ()).said
    assert (said.manner, said.text) == ("polite", asking.POLITE)


def test_too_wide_a_question_is_asked_to_be_narrower():
    for text in ("tell me everything", "what are the requirements?", "anything else?"):
        assert answer(question("chat"), 0, text, ()).text == asking.VAGUE


def test_a_long_message_is_answered_in_part_and_says_so():
    wordings = [c.ask[0] for c in question("chat").clarifications]
    reply = answer(question("chat"), 0, "\n".join(wordings * 20), ())
    assert len(reply.said) <= asking.MAX_QUESTIONS + 1
    assert reply.said[-1].text == asking.MORE.format(count=asking.MAX_QUESTIONS)


@pytest.mark.parametrize(
    "text", ["a " * 50_000, "how " * 5_000, "?" * 20_000, "and " * 5_000, "hi, " * 5_000, "(1) " * 5_000]
)
def test_a_hostile_message_takes_no_time(text):
    question("chat")
    answer(question("chat"), 0, "warm", ())
    began = time.process_time()
    answer(question("chat"), 0, text, ())
    assert time.process_time() - began < 0.5


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(SLUGS),
    st.integers(0, 5),
    st.lists(
        st.one_of(
            st.text(max_size=40),
            st.sampled_from([row.text for row in bank.rows()]),
            st.sampled_from(["?", " and ", "\n- ", " or ", "Kafka", "how many ", "!", "the"]),
        ),
        max_size=8,
    ).map("".join),
)
def test_every_message_gets_a_bounded_and_repeatable_reply(slug, variant, text):
    asked = question(slug)
    reply = answer(asked, variant, text, ())
    assert reply == answer(asked, variant, text, ())
    assert 1 <= len(reply.said) <= 2 * asking.MAX_QUESTIONS + 1
    assert "{" not in reply.text
    known = {key for key, _ in asked.keyed_clarifications()} | {f"given.{g.key}" for g in asked.givens}
    assert set(reply.keys) <= known
    assert all(bool(said.key) == (said.manner in ("answer", "given")) for said in reply.said)


@settings(max_examples=100, deadline=None)
@given(st.text("abcdefghij", min_size=1, max_size=9), st.text("abcdefghij", min_size=1, max_size=9))
def test_distance_is_a_distance(a, b):
    there = words.distance(a, b, 20)
    assert there == words.distance(b, a, 20)
    assert (there == 0) == (a == b)
    assert there <= max(len(a), len(b))
    assert words.distance(a, b, 1) in (there, 2) if there < 2 else words.distance(a, b, 1) == 2


@pytest.mark.parametrize(
    ("a", "b", "away"), [("teh", "the", 1), ("lnog", "long", 1), ("retenton", "retention", 1), ("abc", "xyz", 3)]
)
def test_a_swap_is_one_mistake(a, b, away):
    assert words.distance(a, b, 5) == away


# What counts


def told_at(at: float, step: str, *keys: str) -> list[Exchange]:
    return [Exchange(at, "question", "", "?", step), *(Exchange(at, "reply", key, "…", step) for key in keys)]


@pytest.mark.parametrize("slug", SLUGS)
def test_every_question_has_some_clarifications_that_matter_and_all_have_keys(slug):
    clarifications = question(slug).clarifications
    assert 3 <= sum(c.matters for c in clarifications) <= 5
    assert all(c.key and c.terms for c in clarifications)


def test_questions_that_matter_count_if_they_were_asked_in_time():
    asked = question("url-shortener")
    before = told_at(60, "requirements", "statistics", "volume") + told_at(90, "requirements", "changes")
    after = told_at(400, "deep_dive", "guessing")
    assert [c.key for c in asked_well(asked, before + after)] == ["statistics", "changes"]


def test_the_same_question_counts_once():
    asked = question("url-shortener")
    assert len(asked_well(asked, told_at(10, "requirements", "changes") + told_at(20, "requirements", "changes"))) == 1


def test_nothing_counts_after_the_requirements_were_frozen_even_back_in_the_first_step():
    asked = question("url-shortener")
    back = [Exchange(200, "probe", "x", "…", "estimation"), *told_at(260, "requirements", "changes")]
    assert asked_well(asked, back) == ()
    assert asked_well(asked, told_at(260, "requirements", "changes"), frozen_at=200) == ()
    assert [c.key for c in asked_well(asked, told_at(160, "estimation", "changes"), frozen_at=200)] == ["changes"]


def test_a_question_without_an_answer_does_not_count():
    asked = question("url-shortener")
    reply = answer(asked, 0, "Do penguins like it?", ())
    assert asked_well(asked, exchanges(10, "requirements", "Do penguins like it?", reply)) == ()
