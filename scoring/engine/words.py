"""The engine's knowledge of English and of the trade's vocabulary. Nothing here belongs to one question."""

import re
from functools import lru_cache
from typing import Final

import snowballstemmer  # type: ignore[import-untyped, unused-ignore]

_STEMMER: Final = snowballstemmer.stemmer("english")

DETERMINERS: Final = frozenset(
    "a an the this that these those each every some any its their our my your his her".split()
)
PREPOSITIONS: Final = frozenset(
    """of in on at by for from to with within without into onto over under after before between through per via
    during until since about above below against across toward towards than as like""".split()
)
CONJUNCTIONS: Final = frozenset("and or but nor so because if when while where whereas although though unless".split())
AUXILIARIES: Final = frozenset(
    """is are was were be been being am do does did has have had will would can could may might must shall should
    cannot""".split()
)
PRONOUNS: Final = frozenset("i we you he she it they them us me who which what there here one".split())
PARTICLES: Final = frozenset(
    "not no never only also just then too very more most less least much many such still both".split()
)
FUNCTION_WORDS: Final = DETERMINERS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | PRONOUNS | PARTICLES

# Words that carry grammar or that any sentence of any answer may hold; they never count as a match.
STOP_WORDS: Final = FUNCTION_WORDS | frozenset(
    """all other another own same out up down off again further once how why whom whose let lets get gets got
    make makes made take takes taken use uses used using want wants go goes way thing things lot etc eg ie vs well
    keep even ever else yes ok okay really quite rather instead itself themselves now already always often usually
    first second third last next new e g s t re ve ll d m""".split()
)

# Words of the trade that fit every question: they count, but little.
GENERIC: Final = frozenset(
    """system systems service services server servers data user users request requests application design component
    components scale scalable scalability performance available availability reliable reliability high large big fast
    good better best important need needs needed require requires required requirement requirements handle handles
    support supports provide provides allow allows ensure ensures give gives help helps work works add adds store
    stores stored database databases cache caches cached machine machines node nodes simple number numbers different
    people person client clients""".split()
)

# Words that labels of figures and flows are made of; none of them tells one question from another.
EVERYDAY: Final = frozenset(
    """second minute hour day daily week month monthly year yearly peak time times average mean normal usual busy
    evening rate count counts total share per number size record records kept keep retention volume bandwidth storage
    memory disk
    byte bytes kb mb gb tb pb bit read reads reading write writes writing written query queries operation operations
    open opens opened opening close long longer end ends full fill hold holds live lives made makes making person
    people somebody nobody whatever whole two three four five ten fifth tenth twice tenfold once event events entry
    entries app apps account accounts active network media page pages reach reached order orders copy copies copied
    durable replica replicas replicated largest smallest real beside told key keys keep heavy light design
    latency throughput machine machines worker workers queue queues gateway gateways identifier ids job jobs
    item items object objects limit limits window windows connection connections""".split()
)

_SHORT_FORMS: Final = {
    "svc": "service", "svcs": "services", "srv": "server", "srvs": "servers", "db": "database",
    "dbs": "databases", "msg": "message", "msgs": "messages", "req": "request", "reqs": "requests",
    "avg": "average", "auth": "authentication", "repl": "replica", "acct": "account", "accts": "accounts",
    "cfg": "config", "notif": "notification", "notifs": "notifications", "info": "information", "idx": "index",
    "txn": "transaction", "tx": "transaction", "param": "parameter", "params": "parameters",
    "perf": "performance", "ids": "identifier", "id": "identifier", "uid": "identifier", "uuid": "identifier",
    "gw": "gateway", "kv": "keyvalue", "lb": "loadbalancer", "yr": "year", "yrs": "years", "mo": "month",
    "mem": "memory", "dup": "duplicate", "dups": "duplicates", "prod": "production", "dedupe": "duplicate",
    "dedup": "duplicate", "dlq": "deadletter", "ack": "acknowledge", "acks": "acknowledge", "ttl": "expiry",
    "ws": "websocket", "wss": "websocket", "mq": "queue", "pk": "key", "w": "with", "img": "image",
    "imgs": "images", "addr": "address", "eventual": "eventually", "async": "asynchronous",
    "sync": "synchronise", "rw": "readwrite", "dau": "daily users", "mau": "monthly users", "qps": "rate",
    "rps": "rate", "tps": "rate", "nfr": "nonfunctional", "sessions": "session", "config": "configuration",
    "repo": "repository", "impl": "implementation", "authn": "authentication", "seq": "sequence",
    "seqno": "sequence", "ts": "timestamp", "geo": "region", "pov": "view", "bc": "because", "b": "because",
    "cos": "because", "thru": "through",
}  # fmt: skip

# Groups of words that an interviewer would take for each other. One group never spans two jobs of a design.
_SYNONYMS: Final = (
    "database datastore store storage table persistence",
    "relational sql postgres postgresql mysql rdbms",
    "keyvalue dynamodb cassandra nosql scylla hbase wide-column",
    "cache redis memcached in-memory memory",
    "queue broker kafka log stream topic rabbitmq sqs pubsub bus",
    "worker consumer job processor",
    "service server backend tier",
    "gateway edge frontend proxy",
    "loadbalancer balancer nginx elb haproxy",
    "cdn pop edge akamai cloudfront cloudflare",
    "blob object s3 bucket",
    "shard partition sharding partitioning split spread",
    "replica copy replication standby secondary follower-copy redundant",
    "primary leader master owner",
    "node machine host instance server box",
    "unique distinct collision-free",
    "collision clash conflict duplicate",
    "duplicate twice repeat repeated dupe double redelivery again",
    "idempotent idempotency dedupe duplicate no-op",
    "retry resend retries repeat again",
    "fail failure crash die dead down outage lost broken dies break unavailable",
    "failover takeover promote takes-over",
    "lose lost loss drop missing",
    "expire expiry expiration ttl lapse retention",
    "delete remove removal takedown tombstone purge",
    "read lookup fetch get query load retrieve",
    "write insert create put save store persist",
    "send publish emit push deliver post",
    "latency delay fast slow quick milliseconds p99 p95 response",
    "peak burst spike rush",
    "average mean typical",
    "rate throughput qps per-second",
    "storage disk size volume capacity",
    "retain retention keep kept",
    "monitor watch alert observe metric dashboard page track alarm",
    "rollback revert undo back-out",
    "canary gradual staged rollout percent",
    "deploy release rollout ship",
    "scale grow growth tenfold ten-times 10x",
    "tradeoff trade compromise cost price downside",
    "gain benefit advantage buys win",
    "cost price pay expense give-up sacrifice",
    "reject rejected alternative instead discard rule-out",
    "consistency consistent stale fresh",
    "eventually eventual lag stale",
    "strong strict strictly linearizable",
    "atomic conditional compare-and-set cas put-if-absent transaction",
    "lock lease mutex",
    "sequence counter monotonic increasing number",
    "order ordering ordered sorted sequence",
    "hot popular viral celebrity famous",
    "celebrity famous influencer popular star",
    "fanout copy push distribute",
    "merge combine join mix",
    "user customer person people member account",
    "client phone app browser device",
    "device phone client handset",
    "group room channel",
    "message text chat",
    "connect connection socket websocket session",
    "presence online status last-seen",
    "acknowledge ack confirm receipt",
    "offline disconnected away unreachable",
    "heartbeat ping keepalive",
    "notify notification push apns fcm",
    "redirect forward 302 301",
    "code key slug alias token identifier short-code",
    "identifier id key",
    "link url address",
    "short shorten tiny",
    "long original target destination",
    "click visit hit open view",
    "analytics statistics stats counts metrics",
    "guess enumerate predict predictable sequential",
    "random randomness",
    "encode encoding base62 base64",
    "hash md5 sha digest",
    "range block batch lease chunk",
    "feed timeline home-feed",
    "post tweet status item story",
    "follow subscribe follower followee following",
    "rank ranking score sort",
    "page pagination cursor scroll offset",
    "precompute prepare materialise ahead beforehand",
    "region datacentre datacenter zone multi-region",
    "limit throttle cap quota rate-limit",
    "backpressure overload shed degrade",
    "timeout deadline",
    "evict eviction lru trim",
    "invalidate invalidation refresh purge update",
    "miss absent missing not-found",
    "asynchronous background later eventually queue",
    "synchronous inline blocking",
    "durable durability persist safe survive",
    "scope exclude leave-out not-doing out-of-scope skip non-goal",
    "priority prioritise rank order first",
    "photo picture image media video attachment",
    "schema column field entity model table",
    "endpoint api interface route call",
    "bandwidth network traffic egress",
)  # fmt: skip


# What is longer is no word, and is not kept: whoever types it would fill the memory with it.
LONGEST_WORD: Final = 40


def stem(word: str) -> str:
    """The stem of a lower-case word; short forms of the trade are spelt out first."""
    return _known_stem(word) if len(word) <= LONGEST_WORD else _stem_of(word)


@lru_cache(maxsize=50_000)
def _known_stem(word: str) -> str:
    return _stem_of(word)


def _stem_of(word: str) -> str:
    return str(_STEMMER.stemWord(_SHORT_FORMS.get(word, word)))


@lru_cache(maxsize=1)
def _synonym_index() -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for line in _SYNONYMS:
        group = {stem(word) for word in line.split() if "-" not in word}
        for member in group:
            index.setdefault(member, set()).update(group - {member})
    return {key: frozenset(value) for key, value in index.items()}


def synonyms(a_stem: str) -> frozenset[str]:
    """Stems that mean much the same in a system design."""
    return _synonym_index().get(a_stem, frozenset())


STOP_STEMS: Final = frozenset(stem(word) for word in STOP_WORDS)
GENERIC_STEMS: Final = frozenset(stem(word) for word in GENERIC)
EVERYDAY_STEMS: Final = frozenset(stem(word) for word in EVERYDAY)

REASON: Final = re.compile(
    r"""\b(because|since|therefore|thus|hence|so\s+that|so|as|otherwise|else|thereby|which\s+(?:is|means|makes|lets|would|
    keeps|avoids|gives|allows)|that\s+(?:is|'s)\s+why|due\s+to|thanks\s+to|in\s+order\s+to|means|means\s+that|given\s+that|
    to\s+(?:avoid|keep|prevent|protect|survive|save|absorb|spread|reduce|make|let|stay)|the\s+reason|reason|needs?\s+no|
    avoids?|prevents?|lets|would|if|unless|justif\w+)\b|[→⇒∵]|=>""",
    re.IGNORECASE | re.VERBOSE,
)
CONTRAST: Final = re.compile(
    r"""\b(but|rather\s+than|instead(?:\s+of)?|whereas|while|although|though|however|versus|vs\.?|unlike|over|not|
    at\s+the\s+(?:cost|price|expense)|in\s+exchange|trade[sd]?|gives?\s+up|gain(?:s|ed)?|costs?|price|pays?|rejected|
    reject|than|cheaper|slower|faster|only)\b|(?:^|\s)[+−–-]\s.*\s[−–/-]\s""",
    re.IGNORECASE | re.VERBOSE,
)
