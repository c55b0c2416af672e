"""A small question made by hand, and answers to it: what the engine's tests speak about."""

from functools import cache
from typing import Any

from catalog.spec import Question

ANCHORS = {0: "Nothing.", 1: "A word.", 2: "Some of it.", 3: "Most of it.", 4: "All of it."}
TEXTS = {"why": "It decides what is built.", "follow_up": "And when it fails?", "study": "Basics"}


def point(key, *statements, terms=(), **more):
    return {"key": key, "missing": f"Say more about {key}.", "statements": statements, "terms": terms, **more}


def criterion(key, points, mistakes=(), weight=1.0):
    return {
        "key": key,
        "title": key.replace("_", " ").capitalize(),
        "weight": weight,
        "looks_for": f"Whatever belongs to {key.replace('_', ' ')} and is argued for the pasteboard at hand.",
        "anchors": ANCHORS,
        "points": points,
        "mistakes": mistakes,
        **TEXTS,
    }


USE_CASES = point(
    "paste_and_read",
    "A user pastes a snippet of text and gets back an address under which anybody can read it.",
    "People drop a piece of text and share the address of the snippet with others.",
    "Create a paste, then open the paste by its address.",
    terms=["paste text", "share snippet"],
)
SCOPE = point(
    "left_out",
    "Out of scope are accounts, comments and syntax colours.",
    "We leave out user profiles and editing a snippet together.",
    "Collaboration and search are not part of the first version.",
    terms=["out of scope"],
)
LATENCY = point(
    "latency",
    "Reading a snippet takes less than 100 ms at the 99th percentile.",
    "A snippet opens within 100 milliseconds for nearly every reader.",
    "The latency target for reads is 100 ms.",
    terms=["latency", "p99"],
    needs_number=True,
)
FRESHNESS = point(
    "freshness",
    "A snippet never changes, so a stale copy is as good as the original and reads may be eventually consistent.",
    "Because snippets are immutable, any replica may answer a read.",
    "Replicas may lag, since a snippet is written once and never altered.",
    terms=["eventual consistency", "immutable"],
    needs_reason=True,
)
CONCLUSION = point(
    "conclusion",
    "The write rate is small, so a single primary takes it; the volume of text calls for blob storage.",
    "Few writes mean one database server is enough, while the snippets themselves go to an object store.",
    "What follows: metadata fits one machine, bodies belong into blobs.",
)
STORE = point(
    "store",
    "Snippet bodies live in an object store because they are large and only fetched whole by their key.",
    "Text goes into blob storage and only the metadata into a relational table, which keeps the table small.",
    "Bodies are kept as objects, with a small row for owner and expiry beside them.",
    terms=["object store", "blob storage"],
    needs_reason=True,
)
API = point(
    "interface",
    "POST /pastes takes the text and an expiry and returns the address; GET /pastes/{id} returns the text.",
    "Two calls: one creates a paste, the other reads it by its identifier.",
    "The client posts the body and receives an id, then gets the body by id.",
    terms=["POST /pastes", "endpoint"],
)
IDS = point(
    "ids",
    "Identifiers are random and long, so that nobody can guess the address of a private snippet.",
    "We draw 96 random bits per paste; a collision is practically impossible and the insert checks for it anyway.",
    "Sequential numbers would let strangers walk through all snippets, hence random keys.",
    terms=["random identifier"],
)
HOT = point(
    "hot_snippet",
    "A snippet that goes viral is served from the CDN, so the origin sees one request per edge and minute.",
    "Hot pastes are cached at the edge and refreshed once a minute, which shields the store.",
    "One popular snippet must not overload its shard, therefore every server keeps it in memory for some seconds.",
    terms=["hot key", "viral"],
)
FAILURE = point(
    "failure",
    "If writing the body succeeds and the row fails, a sweeper removes orphaned objects after a day.",
    "When the metadata store is down, reads continue from the cache and creation answers 503.",
    "A crash between the two writes leaves an orphan that a nightly job collects.",
    terms=["orphan", "sweeper"],
)
EXPIRY = point(
    "expiry",
    "Expired snippets are refused when read and deleted later by a background job in batches.",
    "Reading checks the expiry date, a worker purges old pastes at night.",
    "Deletion happens lazily on access and in bulk by a sweeper.",
    terms=["expiry", "purge"],
)
TRADE_OFF = point(
    "trade_off",
    "Two stores keep the table small, at the price of orphans that must be collected.",
    "Edge caching makes reads cheap but a removed snippet stays visible for up to a minute.",
    "Random identifiers cost longer addresses and gain privacy.",
    terms=["trade-off"],
    needs_reason=True,
)
GROWTH = point(
    "growth",
    "At ten times the load the metadata table is sharded by identifier first, the blobs scale by themselves.",
    "With ten times as many pastes the single primary is the first thing that breaks.",
    "Tenfold traffic is absorbed by the CDN, tenfold storage by the object store.",
    terms=["ten times"],
)
WATCH = point(
    "watch",
    "We page somebody when the error rate of reads exceeds 0.1 % for five minutes.",
    "Dashboards show read latency, error rate, cache hits and the number of orphans; alerts fire on the first two.",
    "Alert on failed creations and on p99 latency of reads above 200 ms.",
    terms=["alert", "monitor"],
)

CLAIM: dict[str, Any] = {
    "claims": [
        "Sequential identifiers are safe because nobody knows the address of another snippet.",
        "A counter as identifier keeps private snippets safe because strangers cannot know the address.",
    ],
    "corrections": [
        "Sequential identifiers are not safe because anybody knows the address of the next snippet.",
        "Random identifiers keep private snippets safe because strangers cannot know the address.",
    ],
    "why": "Whoever has one number has the next one too.",
    "cap": 1.0,
}

EDGE: dict[str, Any] = {
    "edge": ["client", "table|blobs"],
    "why": "A browser that reaches the stores can read every private snippet.",
    "cap": 2.0,
}
BOTH_WAYS = [
    point(
        "lazily",
        "A read refuses an expired snippet and deletes it on the spot.",
        "Whoever opens a snippet after its time removes it and gets a 410.",
        "Deletion happens when somebody comes across the dead snippet.",
        design="lazy",
    ),
    point(
        "lazy_price",
        "Snippets that nobody opens again stay on disk for ever.",
        "What is never read is never removed, so the store keeps growing.",
        "The cost of lazy deletion is space for dead and forgotten snippets.",
        design="lazy",
    ),
    point(
        "in_bulk",
        "A nightly job walks the expiry index and purges what is due.",
        "Partitions by day are dropped whole once their snippets are too old.",
        "A sweeper removes dead snippets in batches of a thousand.",
        design="bulk",
    ),
]


@cache
def question() -> Question:
    """The same object each time, so that it is prepared once for all tests."""
    return fresh_question()


def fresh_question() -> Question:
    return Question.model_validate(
        {
            "slug": "pasteboard",
            "title": "Design a pasteboard for snippets",
            "difficulty": "warm_up",
            "challenge": "Snippets that everybody can read and nobody can guess",
            "summary": "Share a snippet of text under an address.",
            "tags": ["read-heavy"],
            "brief": (
                "People paste a snippet of text and get an address to share with other people. "
                "Plan for {daily_pastes} and about {snippet_size} for each of them, kept for {retention}. "
                "Design the service for an ordinary day and for a bad one as well."
            ),
            "givens": [
                {"key": "daily_pastes", "label": "New snippets", "values": ["10M entries/day", "2M entries/day"]},
                {"key": "reads_per_paste", "label": "Reads", "values": ["20 reads", "50 reads"]},
                {"key": "snippet_size", "label": "Size of a snippet", "values": ["10 KB", "4 KB"]},
                {"key": "retention", "label": "Kept for", "values": ["2 years", "5 years"]},
            ],
            "clarifications": [{"ask": [f"Question {n}?"], "answer": "Yes, {retention}."} for n in range(4)],
            "quantities": [
                {
                    "key": "paste_rate",
                    "label": "New snippets per second",
                    "formula": "daily_pastes",
                    "unit": "write/s",
                    "cues": ["writes", "pastes", "new snippets"],
                    "why": "It sizes the primary.",
                },
                {
                    "key": "read_rate",
                    "label": "Reads per second",
                    "formula": "paste_rate * reads_per_paste",
                    "unit": "read/s",
                    "cues": ["reads", "read rate"],
                    "why": "It sizes the cache.",
                },
                {
                    "key": "storage_total",
                    "label": "Storage",
                    "formula": "daily_pastes * snippet_size * retention",
                    "unit": "TB",
                    "cues": ["storage", "in total", "disk"],
                    "why": "It decides the store.",
                },
            ],
            "components": [
                {"key": "client", "kind": "client", "names": ["client", "browser", "user"]},
                {"key": "cdn", "kind": "cdn", "names": ["CDN", "edge"], "required": False},
                {"key": "api", "kind": "service", "names": ["paste service", "API", "app server"]},
                {"key": "table", "kind": "database", "names": ["metadata table", "Postgres", "database"]},
                {"key": "blobs", "kind": "object_store", "names": ["object store", "blob store", "S3"]},
            ],
            "flows": [
                {"key": "create", "label": "Making a snippet", "path": ["client", "api", "blobs|table"]},
                {"key": "read", "label": "Reading a snippet", "path": ["client", "cdn|api", "blobs"]},
            ],
            "steps": {
                "requirements": {
                    "criteria": [
                        criterion("use_cases", [USE_CASES, SCOPE]),
                        criterion("needs", [LATENCY, FRESHNESS]),
                    ]
                },
                "estimation": {
                    "criteria": [
                        criterion(
                            "rates",
                            [
                                {"key": "writes", "missing": "Work out the writes.", "quantity": "paste_rate"},
                                {"key": "reads", "missing": "Work out the reads.", "quantity": "read_rate"},
                            ],
                        ),
                        criterion(
                            "size",
                            [
                                {"key": "total", "missing": "Work out the storage.", "quantity": "storage_total"},
                                CONCLUSION,
                            ],
                        ),
                    ]
                },
                "high_level_design": {
                    "criteria": [
                        criterion(
                            "parts",
                            [
                                {"key": "create_path", "missing": "Follow a paste.", "flow": "create"},
                                {"key": "read_path", "missing": "Follow a read.", "flow": "read"},
                                {"key": "edge", "missing": "Name the edge.", "component": "cdn"},
                            ],
                            [EDGE],
                        ),
                        criterion("interface_and_store", [STORE, API]),
                    ]
                },
                "deep_dive": {
                    "criteria": [
                        criterion("addresses", [IDS], [CLAIM]),
                        criterion("load_and_loss", [HOT, FAILURE, EXPIRY], weight=2.0),
                    ]
                },
                "wrap_up": {"criteria": [criterion("trade_offs", [TRADE_OFF]), criterion("future", [GROWTH, WATCH])]},
            },
            "model_answer": "## Requirements",
            "examples": [
                {"key": kind, "kind": kind, "text": "x", "marks": {"requirements": 1}}
                for kind in ("strong", "middling", "weak")
            ],
        }
    )


STRONG = {
    "requirements": """Core: somebody pastes a piece of text and gets an address for the snippet; anybody with the
address reads it. Out of scope: profiles, comments, editing a snippet together.

- Latency: opening a snippet takes less than 100 ms at p99.
- Snippets never change once written, therefore any replica may answer, however far it lags.
""",
    "estimation": """- Writes: 10M pastes a day / 86,400 s = 116 writes/s.
- Reads: 116/s × 20 = 2.3k reads/s.
- Storage: 10M × 10 KB = 100 GB/day, 73 TB in total over two years.

What follows: few writes mean one primary for the metadata is enough, while snippet bodies go to an object store.
""",
    "high_level_design": """```mermaid
flowchart LR
  C[Client] --> E[CDN]
  E --> A[Paste service]
  C -->|POST| A
  A --> T[(Postgres)]
  A --> B[(Object store)]
```

`POST /pastes` takes text and expiry and returns the address; `GET /pastes/{id}` returns the text.
Bodies go into blob storage because they are large and only fetched whole by key; the metadata table stays small.
""",
    "deep_dive": """Identifiers are random, 96 bits, so nobody can guess the address of a private snippet;
the insert checks for a collision anyway.

A viral snippet is served from the CDN, so the origin sees one request per edge and minute.

If the body is written and the row fails, a sweeper collects the orphaned object after a day.
When the metadata store is down, reads continue from the cache and creation answers 503.

Expired snippets are refused on read and purged by a background job at night in batches.
""",
    "wrap_up": """- Two stores keep the table small, at the price of orphans that must be collected.
- At ten times the load the single primary breaks first, so the metadata table is sharded by identifier.
- We page somebody when read errors exceed 0.1 % for five minutes, and alert on p99 latency above 200 ms.
""",
}

MIDDLING = {
    "requirements": "People paste a snippet and share its address with others. It should be fast and available.",
    "estimation": "10M pastes a day are about 116 writes/s. Reads are more.",
    "high_level_design": """The client calls the API, which stores the text in the database and returns an address.
The text could later go to an object store.""",
    "deep_dive": """Identifiers are random so that nobody can guess the address of a snippet.
We cache popular snippets in memory.""",
    "wrap_up": "With ten times as many pastes the database must be sharded. We monitor errors.",
}

WEAK = {
    "requirements": "Users share a snippet. The system must be scalable and secure and fast.",
    "estimation": "There will be a lot of pastes, so we need big servers for the snippets.",
    "high_level_design": "A web server and a database hold the snippets of all the people.",
    "deep_dive": "The pastes are stored on many servers and everything is scaled horizontally.",
    "wrap_up": "The design of the pasteboard is good and works for the users.",
}

ELSEWHERE = {
    "requirements": "Riders request a trip and drivers nearby get the offer within five seconds; it must be fair.",
    "estimation": "Drivers send a position every 4 s: 1M drivers / 4 s = 250k updates/s, held in memory only.",
    "high_level_design": "Rider app -> dispatch -> geo index. Drivers stream positions over a socket to the geo index.",
    "deep_dive": "Cells of a kilometre keep drivers near each other; a driver is locked by one offer for ten seconds.",
    "wrap_up": "Fairness costs some waiting time. We watch the share of trips that found no driver.",
}
