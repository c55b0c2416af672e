"""The numbers of a brief, as a sheet may name them. Pure."""

from catalog import variants
from catalog.spec import Question
from lib.quantities import Quantity


def givens(question: Question, variant: int) -> dict[str, Quantity]:
    """Given key → its drawn value. What follows from them is left for the candidate to work out."""
    meant = variants.names(question, variant)
    return {given.key: meant[given.key] for given in question.givens}
