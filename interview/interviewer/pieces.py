"""A message cut into its questions, and what in it is none."""

import re
from collections.abc import Iterator
from typing import Final

from interview.interviewer import words

# One blank does for many: the patterns below may then look for blanks wherever they like.
_BLANKS: Final = re.compile(r"[^\S\n]+")
_CUT: Final = re.compile(r"(?<=[?!;])\s+|\n+|(?<=[a-z)\"”]{2}\.)\s+|\?(?=\S)|(?:^|\s)(?:[-*•]|\(?\d{1,2}[.)])\s+")
_AND: Final = re.compile(
    r",?\s+(?:and|&|also|plus|as well as)\s+(?=(?:also |then )?(?:what|how|who|which|where|when|is|are|do|does|can|"
    r"may|must|should|will|"
    r"would|could|has|have)\b)|,\s+(?=(?:what|how|who|which|where|when|is|are|do|does|can|may|must|should)\b)",
    re.IGNORECASE,
)
_PAIR: Final = re.compile(r"\s+(?:and|&)\s+|\s*[/,&]\s*", re.IGNORECASE)
# What goes before a question without being part of it.
_OPENING: Final = re.compile(
    r"^(?:(?:hi|hello|hey|ok(?:ay)?|so|well|thanks|great|cool|and|but|also|good (?:morning|evening)|(?:quick|one|"
    r"two|three|a few|some|"
    r"another|last) (?:quick )?(?:questions?|one|things?)|just (?:to|checking)|first(?:ly)?|"
    r"second(?:ly)?)(?:\s*[,:.!–-]+\s*|\s+(?=\w)))+",
    re.IGNORECASE,
)
_CONDITION: Final = re.compile(r"^(?:if|when|once|after|suppose|say|assuming|for)\b", re.IGNORECASE)
_BARE: Final = frozenset("long large big high many much often deep small short far".split())
_VAGUE: Final = re.compile(
    r"^(?:(?:please|can you|could you|hi|so|ok|well)[ ,]+)*(?:tell me (?:everything|more|all|about (?:it|this|the "
    r"system))|"
    r"(?:is there )?any ?thing else(?: (?:i|you|we)\b.*)?|what else(?: .*)?|(?:any|are there any)?\s*(?:other|more|"
    r"further) "
    r"(?:constraints?|requirements?|details?|info\w*|questions?|limits?)(?: .*)?|"
    r"what (?:are|is) (?:the|your|our|all the) (?:\w+ )?(?:requirements?|constraints?|details?|problem|task|"
    r"numbers?|assumptions?)|"
    r"(?:please )?(?:explain|describe|clarify|repeat)\b.*|help(?: me)?(?: please)?|give me (?:all|more|some|the)\b.*|"
    r"what do you (?:want|need|mean)(?: .*)?|(?:can|could) you (?:give|tell|share|provide)(?: me)? (?:more|some|"
    r"any)\b.*|"
    r"more details?|what should i know)[ .!?]*$",
    re.IGNORECASE,
)
_NO_QUESTION: Final = re.compile(
    r"^(?:hi|hello|hey|ok(?:ay)?|thanks?|thank you|thx|got it|great|sure|fine|cool|good (?:morning|evening|"
    r"afternoon)|i(?:'m| am) ready"
    r"|ready|let(?:'s| us) (?:start|go|begin)|yes|no|\w+ questions?|a (?:quick|few)\b.*)(?:[ ,.!:]+.*)?$",
    re.IGNORECASE,
)
_PERSONAL: Final = re.compile(
    r"^(?:(?:who|how|where) are you|what(?: is|'s) your name|are you (?:an? |the )?(?:human|person|real|there|bot|"
    r"robot|machine|ai|llm))\b",
    re.IGNORECASE,
)
_RUDE: Final = re.compile(
    r"\b(?:fuck\w*|shit\w*|stupid|idiot\w*|useless|dumb|moron\w*|crap|bullshit|suck\w*|damn\w*|hate (?:you|this)|"
    r"shut up)\b",
    re.IGNORECASE,
)


def questions_of(text: str) -> Iterator[str]:
    """The questions of a message, one by one."""
    for part in _CUT.split(_BLANKS.sub(" ", text)):
        found: list[str] = []
        for piece in _AND.split(part or ""):
            bare = _OPENING.sub("", (piece or "").strip(" \t\r\n-*•,")) or (piece or "").strip()
            if not re.search(r"\w|\?", bare):
                continue
            if found and (_CONDITION.match(found[-1]) or _is_bare(bare)):
                found[-1] = f"{found[-1]}, {bare}"
            else:
                found.append(bare)
        yield from found


def _is_bare(piece: str) -> bool:
    """“And how large?” asks about what was named before."""
    return all(word.text in _BARE for word in words.words(piece))


def is_vague(piece: str) -> bool:
    """“Tell me everything.”"""
    return bool(_VAGUE.match(piece.strip()))


def is_no_question(piece: str) -> bool:
    """A greeting, thanks, abuse, or nothing that could be read."""
    if _RUDE.search(piece) or not re.search(r"[A-Za-z][A-Za-z0-9]", piece):
        return True
    return bool(_NO_QUESTION.match(piece)) and "?" not in piece


def is_foreign(piece: str) -> bool:
    """Another language, or another script: by the small words that every sentence has, more of theirs than of ours."""
    typed = words.raw(piece)
    theirs = sum(word in words.FOREIGN for word in typed)
    ours = sum(word in words.STOP and word not in words.FOREIGN for word in typed)
    letters = [letter for letter in piece if letter.isalpha()]
    other_script = len(letters) > 1 and 2 * sum(letter.isascii() for letter in letters) < len(letters)
    return other_script or theirs > ours or theirs >= max(ours, 2)


def is_personal(piece: str) -> bool:
    """“Who are you?”"""
    return bool(_PERSONAL.match(piece))


def says_nothing(piece: str) -> bool:
    """“And then?” names nothing that could be asked about; “asdf qwer” has no small word, as every question has."""
    if not (words.words(piece) or words.is_about_a_quantity(piece)):
        return True
    return not any(word in words.STOP or word in words.LIGHT for word in words.raw(piece))


def may_be_one(piece: str) -> bool:
    """A mark, or a word that questions begin with, or enough words."""
    return "?" in piece or bool(words.cues(piece)) or len(words.raw(piece)) > 2


def halves(piece: str) -> list[str]:
    """“Latency and availability”: what may be two things that are asked for at once."""
    found = [half for half in _PAIR.split(piece) if words.words(half)]
    return [] if any(map(_is_bare, found)) else found
