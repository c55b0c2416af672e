"""Text → word pieces, as BERT (uncased) was trained to read it. Equal to the reference tokeniser on English prose.

J. Devlin et al., BERT, arXiv 1810.04805; Y. Wu et al., arXiv 1609.08144 for the greedy longest match.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

UNKNOWN: Final = "[UNK]"
FIRST: Final = "[CLS]"
LAST: Final = "[SEP]"
MAX_WORD: Final = 100
CHINESE: Final = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FA1F))


def vocabulary(path: Path) -> dict[str, int]:
    """Piece → number; a piece stands on the line of its number."""
    return {piece: number for number, piece in enumerate(path.read_text(encoding="utf-8").splitlines())}


def ids(text: str, pieces: Mapping[str, int], limit: int) -> list[int]:
    """The numbers of a text's pieces between the two marks that frame it, `limit` at most with them."""
    found = [number for word in words(text) for number in _pieces(word, pieces)]
    return [pieces[FIRST], *found[: limit - 2], pieces[LAST]]


def words(text: str) -> Iterator[str]:
    """Words in lower case without accents; each punctuation mark and each Chinese character by itself."""
    plain = unicodedata.normalize("NFD", "".join(_cleaned(text)).lower())
    word = ""
    for character in plain:
        category = unicodedata.category(character)
        if category == "Mn":
            continue
        alone = _is_punctuation(character, category) or _is_chinese(character)
        if (alone or character.isspace()) and word:
            yield word
            word = ""
        if alone:
            yield character
        elif not character.isspace():
            word += character
    if word:
        yield word


def _cleaned(text: str) -> Iterator[str]:
    for character in text:
        if character in "\t\n\r" or unicodedata.category(character) == "Zs":
            yield " "
        elif character != "\ufffd" and not unicodedata.category(character).startswith("C"):
            yield character


def _is_punctuation(character: str, category: str) -> bool:
    """Punctuation by Unicode, and every other printable sign of ASCII."""
    return category.startswith("P") or (character.isascii() and not character.isalnum() and not character.isspace())


def _is_chinese(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in CHINESE)


def _pieces(word: str, known: Mapping[str, int]) -> list[int]:
    """The longest known piece first, then the longest that goes on from it; one unknown when nothing fits."""
    if len(word) > MAX_WORD:
        return [known[UNKNOWN]]
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start and (piece := ("##" if start else "") + word[start:end]) not in known:
            end -= 1
        if end == start:
            return [known[UNKNOWN]]
        found.append(known[piece])
        start = end
    return found
