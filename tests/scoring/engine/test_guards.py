import pytest

from scoring.engine import guards, text, wordorder
from scoring.engine.guards import Terms
from scoring.engine.words import stem

PROMPTS = guards.Prompts(["What the system must do and how well, and what you leave out. 100M a day."])


def judged(body, terms=guards.NO_TERMS):
    return guards.judge(text.read({"body": body}), PROMPTS, terms)["body"]


def forms(body, terms=guards.NO_TERMS):
    return [j.form for j in judged(body, terms)]


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("What the system must do and how well, and what you leave out.", "copied"),
        ("Kafka, Redis, Cassandra, S3, CDN, ZooKeeper, Elasticsearch.", "list"),
        ("We will then discuss what each store can do.", "plan"),
        ("Failover has to be planned for every tier.", "plan"),
        ("The hash has 128 bits so two values can never collide.", "boast"),
        ("It is cached.", "fragment"),
        ("The service writes the row to the primary database.", "statement"),
        ("The service writes first, because a lost row cannot be found again.", "justified"),
        ("Key known → answer 200, key unknown → ask the shard.", "justified"),
    ],
)
def test_forms(sentence, form):
    assert forms(sentence)[0] == form


def test_after_what_is_copied_only_an_own_figure_stands_for_itself():
    copied = "What the system must do and how well, and what you leave out."
    assert forms(f"{copied} 100M a day.") == ["copied", "copied"]
    assert forms(f"{copied} So 1,157 a second.")[1] != "copied"


@pytest.mark.parametrize(
    ("sentence", "form"),
    [
        ("LRU cache, copies stored, hash shards, jitter added, lease, quorum required, alarm raised, canary.", "terse"),
        ("caching, sharding, replication, failover, queues, retries, backups, 99.99 percent", "list"),
    ],
)
def test_notes_that_say_something_are_more_than_a_list(sentence, form):
    terms = Terms(["LRU", "lease", "shard", "copies", "alarm", "caching", "sharding", "replication", "failover"])
    assert forms(sentence, terms)[0] == form


@pytest.mark.parametrize(
    ("sentence", "negated"),
    [
        ("We cache for ten years and never invalidate.", {"invalid"}),
        ("We deploy everywhere at once and have no backups.", {"backup"}),
        ("One server without replicas.", {"replica"}),
        ("A message is never lost.", set()),
        ("There are no collisions.", set()),
        ("If the log has not arrived yet, the server waits.", set()),
        ("Not only the replicas answer.", set()),
    ],
)
def test_what_is_negated_of_the_design_is_known(sentence, negated):
    assert judged(sentence)[0].negated == negated


def test_short_lines_in_a_row_are_a_list():
    assert set(forms("- caching\n- sharding\n- replication\n- failover\n- queues")) == {"list"}


def test_terms_in_the_same_few_words_again_and_again_are_a_list():
    terms = Terms(["hot key", "cache", "replica", "dead letter queue", "jitter", "lease"])
    assert set(
        forms("We use hot key and cache. We use replica and lease. We use jitter and dead letter queue.", terms)
    ) == {"list"}


MOULD = "Over the years many teams have learned that {} deserves a place in every plan, and we are one of them."


def test_one_long_sentence_again_and_again_with_other_terms_put_in_is_a_list():
    body = " ".join(MOULD.format(term) for term in ("the hot key", "a lease", "jitter", "a dead letter queue"))
    assert set(forms(body)) == {"list"}


def test_a_few_sentences_alike_among_many_are_none():
    others = [
        "A hot key is kept in each server for five seconds.",
        "The primary takes every write and passes it on to two followers.",
        "When it dies, the follower with the newest log takes over.",
        "Readers may see a value that is two seconds old.",
        "We count requests per minute and alert at twice the usual rate.",
        "Old links are deleted at night by a job that walks the index.",
        "The key space is cut into 1,024 slots, which move one by one.",
        "A retry carries the same number, so that nothing is booked twice.",
        "The gateway turns callers away above a hundred requests a second.",
        "Pictures go to the object store, their addresses into the row.",
        "Search reads from its own index, which lags by a minute.",
        "A canary takes one percent of the traffic for ten minutes.",
        "Backups are restored every month, on a machine of its own.",
    ]
    body = " ".join([*others, *(MOULD.format(term) for term in ("the hot key", "a lease", "jitter"))])
    assert "list" not in forms(body)


def test_terms_with_something_said_about_them_are_none():
    terms = Terms(["hot key", "cache", "replica"])
    assert forms(
        "A hot key stays in the cache of each server for five seconds, so its replica sees one read.", terms
    ) == ["justified"]


@pytest.mark.parametrize(
    ("sentence", "denied", "kept"),
    [
        ("We do not need a cache.", {"cach"}, set()),
        ("There is no queue, no worker and no replica.", {"queue", "worker", "replica"}, set()),
        ("A load balancer is not needed.", {"loadbalanc"}, set()),
        ("We don't shard because one primary holds it all.", {"shard"}, {"primari"}),
        ("The replica serves every list, there is no cache.", {"cach"}, {"replica"}),
        ("A message is never lost.", set(), {"messag", "lost"}),
        ("302 rather than 301, since browsers keep the latter.", set(), {"302", "301"}),
    ],
)
def test_what_is_denied_is_no_evidence(sentence, denied, kept):
    usable = judged(sentence)[0].usable
    assert not denied & usable
    assert kept <= usable


def test_shuffled_words_are_worth_less_than_prose():
    prose = (
        "The service takes the next number from its block and writes the row when nobody has taken it. "
        "If the block is used up, it asks the coordinator for another one, and a crash loses the rest of it. "
    ) * 2
    shuffled = " ".join(sorted(prose.split(), key=lambda word: word[::-1]))
    assert judged(prose)[0].worth == 1.0
    assert judged(shuffled)[0].worth < 0.6


def test_what_is_left_out_is_said_and_not_denied():
    (found,) = guards.judge(text.read({"requirements": "No accounts, no billing, no dashboards."}), PROMPTS)[
        "requirements"
    ]
    assert not found.is_denial
    assert stem("billing") in found.usable


def test_of_words_that_belong_together_one_comes_first():
    known = {("read", "replica"), ("short", "link"), ("primari", "databas")}
    said = [text.tokens(line) for line in ("read replica", "short link", "primary database")]
    turned = [text.tokens(line) for line in ("replica read", "link short", "database primary")]
    assert wordorder.ahead(said, known) > 1
    assert wordorder.ahead(turned, known) < -1
    assert wordorder.ahead([*said, *turned], known) == 0
