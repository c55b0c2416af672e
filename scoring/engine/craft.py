"""What the grading guide asks of every answer, whatever the question: how far each step is worked out.

A rubric knows what this question is about; the guide also asks for a derivation, a scope, named fields, mechanisms
with reasons, operations. Each is measured as a share from 0 to 1 over sentences that say something. Kinds are counted
once each or with falling returns, so repeating oneself gains nothing, and nothing that is added ever lowers a share.
"""

import math
import re
from collections.abc import Sequence
from typing import Final

from catalog.steps import DEEP_DIVE, ESTIMATION, HIGH_LEVEL_DESIGN, REQUIREMENTS, WRAP_UP
from scoring.engine.context import Context
from scoring.engine.guards import Judged
from scoring.engine.numbers import Figures, Number
from scoring.engine.words import CONTRAST

SAID: Final = frozenset(["statement", "justified", "terse"])
IN_ORDER: Final = 0.9
# After this many of a kind, two thirds of what counting can give are reached.
ENOUGH: Final = 3.0
ENOUGH_FIELDS: Final = 5.0


def _any(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


_LEFT_OUT: Final = re.compile(
    r"out[\s-]of[\s-]scope|not\s+in\s+scope|non[\s-]?goals?\b|(?:won['’]?t|will\s+not|do\s+not|don['’]?t)\s+(?:cover|build|"
    r"design|include|support)|leav(?:e|ing)\s+out|left\s+out|exclud(?:e|ed|ing)\b|not\s+included|ignor(?:e|ing)\s+for\s+now|"
    r"assume\s+(?:\w+\s+){0,4}exists?",
    re.IGNORECASE,
)
_FIELD: Final = re.compile(
    r"\b\w+_(?:id|at|url|key|time|hash|count|name|type|status|size|version|amount)\b|"
    r"\b(?:var)?char\b|\bbigint\b|\btimestamp\b|\bprimary key\b|\bforeign key\b|\buuid\b",
    re.IGNORECASE,
)
# Families of mechanisms that deep dives are made of; one family counts once, however it is named.
MECHANISMS: Final = _any(
    r"\bshard|\bpartition|\bsplit\b|\bdivided?\b|\bspread (?:over|across)",
    r"\breplica|\bfollowers?\b|\bstandby|\bcopies\b|\b(?:second|third|spare|another) (?:copy|machine|server|disk)",
    r"\bcach|\bin (?:fast |main )?memory\b|\bremember(?:s|ed)?\b",
    r"\bevict|\blru\b|\blfu\b|\bthrown? out|least recently|longest un",
    r"\bttl\b|\bexpir|time to live|\b(?:after|within|for) \d+ ?(?:ms|s|seconds|min|minutes|h|hours|days)\b",
    r"\bindex|\bsorted\b|\border(?:ed)? by|\blook(?:ed|s)?[\s-]?up",
    r"\bretr(?:y|ies|ied)|\btr(?:y|ies|ied) (?:it |them )?again|\bresen[dt]|\bsen[dt]s? again|\brepeat",
    r"\bidempot|\bdedup|\bduplicate|\btwice\b|\bsecond time\b|\bonly once\b",
    r"dead[\s-]?letter|\bdlq\b|\b(?:put|set|laid) aside|\bparked\b",
    r"back[\s-]?pressure|\bshed|\bthrottl|\bturn(?:s|ed)? away|\brefuse[sd]?\b|\bslow(?:s|ed)? down",
    r"\block|\brace\b|\batomic|compare[\s-]and|\btransaction|\bin one (?:step|go)|\bonly if\b|\bcondition",
    r"\bhot(?:test)?\b|hotspot|celebrit|\bviral|\bskew|\bpopular|\bfamous",
    r"fail(?:s|ed)?[\s-]?over|\bleader|\belection|\bquorum|\btakes? over|\bmajority|\bpromot",
    r"consistent hash|hash ring|virtual node|\bslots?\b|rendezvous|\bmodulo\b|\bremainder\b",
    r"\bconsisten|\beventual|\bstale|\bcatch(?:es)? up|\blags?\b|\bbehind\b|\bout of date",
    r"\bqueue|\bkafka|\basync|\bbackground|\bwaiting line|\bline of work",
    r"\bcdn\b|\bedge\b|\bclose to the|\bnear(?:est)?\b|\bregion",
    r"\btime[\s-]?outs?\b|circuit[\s-]?break|\bgives? up\b|\bdeadline",
    r"\bbatch|\bbuffer|\bin (?:groups|bulk|blocks)|\bat once\b|\bcollect(?:s|ed)?\b",
    r"\bcompress|erasure|\bchunk|\bsegment|\bpieces?\b|\bblocks?\b",
    r"\bcheckpoint|\breplay|\bwal\b|write[\s-]ahead|\bappend|\bjournal|\blog\b",
    r"\bbloom|\btrie\b|inverted|\brank|\bscor(?:e|ed|es|ing)\b|\bweigh",
    r"websocket|long[\s-]?poll|\bsse\b|\bpush(?:es|ed)?\b|\bopen (?:connection|line)",
    r"\bmonitor|\bhealth|\bheartbeat|\balarm|\bdetect|\bnotice[sd]?\b|\bcheck(?:s|ed)?\b",
)
OPERATIONS: Final = _any(
    r"\bmonitor|\bobserv|\bmetric|\bdashboard|\btracing|\bwatch\b|\bmeasure\b|\bgraph(?:s|ed)?\b",
    r"\balert|\balarm|\bpage\b|\bpaged\b|on[\s-]call|\bslo\b|\bwake\b",
    r"\bdeploy|\bcanary|blue[\s-]?green|\broll(?:ed|ing)?[\s-]?out|\brelease|feature flag|"
    r"\bstaged?\b|one machine first",
    r"roll(?:ed|s|ing)?[\s-]?back|\brevert|\bundo\b|switch back|go back to the old",
    r"\bbackup|\bback up|\bdisaster|\brestore|\bdrill|\brunbook|\bchaos",
)
# What happens when a part fails, in the words of the trade and in plain ones.
FAILURES: Final = _any(
    r"\bfail(?!over)|\bcrash|\bdie[sd]?\b|\bdead\b(?! letter)|\bbreaks?\b|\bbroken\b|\brestart",
    r"\b(?:is|are|goes|go|went) (?:down|away|silent|gone|lost)\b|\b(?:lose|loses|lost|losing)\b",
    r"\boutage|\bunavailable|\bunreachable|\bpartition(?:ed)? (?:off|away|from)",
    r"\btime[sd]?[\s-]?out|\bretr(?:y|ies|ied)\b",
)
ENOUGH_FAILURES: Final = 5.0
_PEAK: Final = re.compile(r"\bpeak|\bburst|\bspike|\bbusy|\brush", re.IGNORECASE)


def measure(context: Context) -> dict[str, tuple[float, ...]]:
    """Step → shares 0 to 1, in a fixed order that the calibration knows."""
    return {
        REQUIREMENTS: (_left_out(said(context, REQUIREMENTS)),),
        ESTIMATION: _derived(_figures(context)),
        HIGH_LEVEL_DESIGN: (_fields(context),),
        DEEP_DIVE: (_explained(said(context, DEEP_DIVE), MECHANISMS), _failures(said(context, DEEP_DIVE))),
        WRAP_UP: (_named(said(context, WRAP_UP), OPERATIONS),),
    }


def said(context: Context, step: str) -> list[Judged]:
    """Sentences of the step, or of a text without steps, that say something."""
    rows = [j for key in context.own(step) for j in context.judged[key]]
    return [j for j in rows if j.form in SAID and j.worth >= IN_ORDER and not j.is_denial]


def _figures(context: Context) -> list[Figures]:
    found = []
    for key in context.own(ESTIMATION):
        rows = [j for j in context.judged[key] if j.form != "list" and j.worth >= IN_ORDER and not j.is_denial]
        live = {j.sentence.start for j in rows}
        found += [figures for figures in context.figures[key] if figures.sentence.start in live]
    return found


def _left_out(rows: Sequence[Judged]) -> float:
    return float(any(_LEFT_OUT.search(j.sentence.text) for j in rows))


def _derived(rows: Sequence[Figures]) -> tuple[float, ...]:
    """Derivations that come out, rates and sizes; the same figure twice is one."""
    derived = [d.result for f in rows for d in f.derivations if d.holds]
    numbers = [n for f in rows for n in f.numbers]
    rates = [n for n in numbers if n.kind.startswith("rate")]
    sizes = [n for n in numbers if n.kind.startswith("size")]
    peak = any(_PEAK.search(f.sentence.text) and f.numbers for f in rows)
    return (*(_enough(_different(found)) for found in (derived, rates, sizes)), float(peak))


def _different(numbers: Sequence[Number]) -> int:
    return len({round(math.log10(n.value), 2) for n in numbers if n.value > 0})


def _fields(context: Context) -> float:
    """Named fields of records: the design has got as far as a schema."""
    judged = [j for key in context.own(HIGH_LEVEL_DESIGN) for j in context.judged[key]]
    rows = [
        j.sentence.text for j in judged if j.form not in ("copied", "list") and j.worth >= IN_ORDER and not j.is_denial
    ]
    names = {match[0].lower() for text in rows for match in _FIELD.finditer(text)}
    return _enough(len(names), ENOUGH_FIELDS)


def _explained(rows: Sequence[Judged], families: Sequence[re.Pattern[str]]) -> float:
    """The share of families that are spoken of with a reason, a number or a contrast."""
    texts = [j.sentence.text for j in rows if j.form == "justified" or _argues(j.sentence.text)]
    return sum(any(family.search(text) for text in texts) for family in families) / len(families)


def _failures(rows: Sequence[Judged]) -> float:
    """Sentences that say what happens when something fails."""
    return _enough(len({j.sentence.words for j in rows if _speaks_of(j.sentence.text, FAILURES)}), ENOUGH_FAILURES)


def _named(rows: Sequence[Judged], families: Sequence[re.Pattern[str]]) -> float:
    return sum(any(family.search(j.sentence.text) for j in rows) for family in families) / len(families)


def _speaks_of(text: str, patterns: Sequence[re.Pattern[str]]) -> bool:
    return any(pattern.search(text) for pattern in patterns)


def _argues(text: str) -> bool:
    return bool(CONTRAST.search(text) or re.search(r"\d", text))


def _enough(count: int, scale: float = ENOUGH) -> float:
    return 1 - math.exp(-count / scale)
