"""What is to be said of an answer beside its marks: what cannot be so, what does not come out, what is in doubt.

Each is said once, at the place it concerns: beside a criterion, beside its step, or on top where it is said of all.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from scoring import quotes
from scoring.quotes import Quote

Note = Mapping[str, Any]
# (kind, text) of a note that quotes nothing.
Said = tuple[str, str]

# Kind of a note → what it is called and its drawing. An accusation, a doubt and a correction must not look alike.
KINDS: Final = {
    "mistake": ("Wrong as it stands", "warn"),
    "number": ("A number to correct", "table"),
    "diagram": ("In the diagram", "part"),
    "guard": ("In doubt", "eye"),
    "talk": ("In the interview", "comment"),
}
# How places of each kind are counted.
COUNTED: Final = {
    "mistake": ("claim that cannot be so", "claims that cannot be so"),
    "arrow": ("arrow that no design may have", "arrows that no design may have"),
    "number": ("sum that does not come out", "sums that do not come out"),
    "diagram": ("place in a drawing to look at", "places in a drawing to look at"),
    "guard": ("sentence in doubt", "sentences in doubt"),
}
ORDER: Final = tuple(KINDS)


@dataclass(frozen=True, slots=True)
class Remark:
    """Something said of an answer, with what its kind is called and drawn as."""

    kind: str
    text: str

    @property
    def label(self) -> str:
        return KINDS[self.kind][0]

    @property
    def icon(self) -> str:
        return KINDS[self.kind][1]


@dataclass(frozen=True, slots=True)
class NoteView(Remark):
    """What is to be said of a mark, once, with all the words of the answer that it is said of."""

    places: tuple[Quote, ...]

    @property
    def quotes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(place.text for place in self.places))


@dataclass(frozen=True, slots=True)
class Flag(Remark):
    """A place in the answer that something is said of: `target` is where more about it stands."""

    place: Quote
    target: str
    number: int

    @property
    def is_of_criterion(self) -> bool:
        return self.target.startswith("c-")

    @property
    def counted_as(self) -> str:
        return "arrow" if self.kind == "mistake" and self.place.kind == "diagram" else self.kind


def views(stored: Iterable[Note], *, apart: Collection[Said] = ()) -> tuple[NoteView, ...]:
    """Accusations first, then numbers, then doubts; the same said of several sentences is said once.

    What is said of more than this mark (`apart`) is left out.
    """
    places: dict[Said, list[Quote]] = {}
    for note in stored:
        found = places.setdefault((note["kind"], note["text"]), [])
        if note.get("evidence"):
            found.append(quotes.stored(note["evidence"]))
    said = sorted(places.items(), key=lambda item: ORDER.index(item[0][0]))
    return tuple(NoteView(*said_of, tuple(found)) for said_of, found in said if found or said_of not in apart)


def shared(groups: Sequence[Sequence[Note]]) -> tuple[Said, ...]:
    """What every one of several groups says without quoting anything: it is about all of them."""
    if len(groups) < 2:
        return ()
    said = [list(dict.fromkeys((n["kind"], n["text"]) for n in group if not n.get("evidence"))) for group in groups]
    return tuple(one for one in said[0] if all(one in other for other in said[1:]))


def flags(noted: Iterable[tuple[str, Note]], sections: Sequence[str]) -> tuple[Flag, ...]:
    """(target, note) pairs as the places they quote, in the order of the answer, each with everything once."""
    found: dict[tuple[str, str, Quote], str] = {}
    for target, note in noted:
        if note.get("evidence"):
            found.setdefault((note["kind"], note["text"], quotes.stored(note["evidence"])), target)
    rows = [(kind, text, place, target) for (kind, text, place), target in found.items() if place.section in sections]
    rows.sort(key=lambda row: (sections.index(row[2].section), row[2].start))
    return tuple(Flag(*row, number) for number, row in enumerate(rows, start=1))


def count(places: Iterable[Flag]) -> str:
    """`2 claims that cannot be so, 1 sum that does not come out`."""
    counts = Counter(flag.counted_as for flag in places)
    return ", ".join(f"{counts[kind]} {words[counts[kind] > 1]}" for kind, words in COUNTED.items() if counts[kind])
