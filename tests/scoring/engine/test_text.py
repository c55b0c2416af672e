import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.engine import text, words
from scoring.engine.words import stem


def sentences(body):
    return [s.text for s in text.read_section("body", body).sentences]


def test_sentences_and_bullets_are_told_apart():
    body = "One thing. Another thing e.g. this.\n\n- first; and then the second\n- third\n  goes on\n"
    assert sentences(body) == [
        "One thing.",
        "Another thing e.g. this.",
        "first; and then the second",
        "third\n  goes on",
    ]


def test_a_unit_ends_a_sentence_and_an_initial_does_not():
    section = text.read_section("deep_dive", "Hot keys live for 10 s. Partitions follow the hash. E. Codd would agree.")
    assert [s.text for s in section.sentences] == [
        "Hot keys live for 10 s.",
        "Partitions follow the hash.",
        "E. Codd would agree.",
    ]


def test_headings_are_context_and_not_sentences():
    section = text.read_section("body", "**Slow start**\n- It is cached.\n\n### Failures\nThe queue is lost.")
    assert [s.text for s in section.sentences] == ["It is cached.", "The queue is lost."]
    assert section.sentences[0].heading == ("slow", "start")


def test_fences_are_blocks_and_schemas_are_read_line_by_line():
    section = text.read_section("body", "```mermaid\nA --> B\n```\n\n```sql\nCREATE TABLE links (code)\n```\n")
    assert [b.language for b in section.blocks] == ["mermaid", "sql"]
    assert [(s.kind, s.text) for s in section.sentences] == [("code", "CREATE TABLE links (code)")]


def test_table_rows_are_sentences_and_rules_are_not():
    assert sentences("| part | job |\n|---|---|\n| cache | fast reads |") == [
        "| part | job |",
        "| cache | fast reads |",
    ]


@given(st.text(alphabet=st.sampled_from("ab.;:-*#`|>\n \t12é𝒳“”→()"), max_size=300))
def test_every_sentence_and_word_stands_where_it_says(body):
    section = text.read_section("body", body)
    for sentence in section.sentences:
        assert body[sentence.start : sentence.end] == sentence.text
        for token in sentence.tokens:
            assert sentence.start <= token.start < token.end <= sentence.end
    for block in section.blocks:
        assert body[block.start : block.end] == block.text


@pytest.mark.parametrize(
    ("words", "stem"),
    [
        ("load balancer", "loadbalanc"),
        ("fan-out", "fanout"),
        ("rolled back", "rollback"),
        ("10x", "tenfold"),
        ("svc", "servic"),
    ],
)
def test_the_trade_has_one_word_for_one_thing(words, stem):
    assert [t.stem for t in text.tokens(words)] == [stem]


def test_sums_in_a_fence_are_no_drawing_though_arrows_lead_on_from_them():
    sums = "```\nwrites = 100M / 86,400 s = 1,157/s -> small\nreads = 1,157/s × 10 = 11.6k/s -> cache\n```"
    drawing = "```\nclient -> balancer (10k/s) -> api\napi -> cache 90 % hit\napi -> db x3\n```"
    (of_sums,), (of_drawing,) = (text.read_section("estimation", body).blocks for body in (sums, drawing))
    assert not text.looks_like_diagram(of_sums)
    assert text.looks_like_diagram(of_drawing)


@pytest.mark.parametrize(
    "said",
    [
        "Out: accounts, billing, analytics.",
        "**Out of scope:** accounts and billing",
        "- Non-goals: accounts, billing",
        "Not doing: accounts",
        "No accounts, no billing.",
        "- No accounts or teams, and no billing",
    ],
)
def test_what_is_left_out_is_read_as_that_however_it_is_said(said):
    (sentence,) = text.read({"requirements": said}).sentences
    assert sentence.leaves_out
    assert stem("scope") in sentence.heading


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("requirements", "No account is needed."),
        ("requirements", "Reads go out: the cache answers most of them."),
        ("deep_dive", "No cache, no queue."),
    ],
)
def test_what_only_begins_like_that_is_not(step, said):
    (sentence,) = text.read({step: said}).sentences
    assert not sentence.leaves_out


def test_a_word_longer_than_any_has_its_stem_and_is_not_kept():
    longest = "o" * (words.LONGEST_WORD - 5) + "rking"
    caches = (text._known_stem, words._known_stem)

    def new(word):
        before = [cache.cache_info().currsize for cache in caches]
        (token,) = text.tokens(word)
        assert token.stem == word.removesuffix("ing")
        return [cache.cache_info().currsize - was for cache, was in zip(caches, before, strict=True)]

    for cache in caches:
        cache.cache_clear()
    assert new(longest) == [1, 1]
    assert new(f"w{longest}") == [0, 0]
