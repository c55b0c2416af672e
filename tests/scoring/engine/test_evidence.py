"""What words are worth by how they are said: named < announced < stated < justified."""

import pytest

from catalog.spec import Point
from scoring.engine import evidence, guards, text
from scoring.engine.evidence import LIST, Reading

STATEMENTS = ("The rows are kept in a table.", "A table keeps the rows.", "Rows live in a table.")


def reading(body: str, *, slipped: bool = False) -> Reading:
    (judged,) = guards.judge(text.read({"deep_dive": body}), guards.Prompts(()))["deep_dive"]
    return evidence.read(judged, slipped=slipped)


def worth(body: str, **asked: bool) -> float:
    return reading(body).worth_for(Point(key="x", missing="x", statements=STATEMENTS, **asked))


RISING = [
    "Kafka, Redis, Cassandra, S3, CDN, ZooKeeper, Elasticsearch.",
    "We should consider how the cache stays fresh for readers.",
    "The service keeps the newest rows of each reader in memory.",
    "The service keeps the newest rows in memory, because the disk answers too slowly.",
]


def test_saying_more_about_a_thing_is_worth_more():
    found = [worth(body) for body in RISING]
    assert found == sorted(found)
    assert len(set(found)) == len(found)
    assert found[0] == LIST
    assert found[-1] == evidence.JUSTIFIED


@pytest.mark.parametrize(
    "body",
    [
        "The service keeps the newest rows in memory, because the disk answers too slowly.",
        "The service keeps the newest 200 rows of each reader in memory.",
        "The service keeps rows in memory rather than on a disk behind it.",
    ],
)
def test_a_reason_a_number_or_a_contrast_justifies(body):
    assert worth(body) == evidence.JUSTIFIED


def test_a_number_that_is_asked_for_must_be_there():
    assert worth("The service answers a reader very quickly indeed.", needs_number=True) == evidence.WITHOUT_NUMBER
    assert worth("The service answers a reader within 100 ms.", needs_number=True) == evidence.JUSTIFIED
    assert worth("The service answers a reader within two seconds.", needs_number=True) == evidence.JUSTIFIED


@pytest.mark.parametrize("name", ["p99", "S3", "HTTP/2", "base62", "utf8", "L7", "IPv4", "v2"])
def test_a_digit_in_a_name_is_no_number(name):
    assert not reading(f"The service speaks of {name} to its readers.").number


def test_a_reason_that_is_asked_for_must_be_there():
    assert worth("The service keeps 200 rows in memory.", needs_reason=True) == evidence.WITHOUT_REASON
    assert worth("The service keeps 200 rows in memory, since disks are slow.", needs_reason=True) == evidence.JUSTIFIED


def test_what_follows_from_a_slip_is_worth_less_than_what_follows():
    said = "The service keeps 200 rows in memory, since disks are slow."
    assert reading(said, slipped=True).worth == evidence.FROM_A_SLIP * reading(said).worth


def test_a_fragment_is_worth_less_than_a_sentence():
    assert worth("It is cached.") < worth("The service caches rows for readers.")
