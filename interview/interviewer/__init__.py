"""The interviewer: answers questions from the question's bank, asks follow-ups, gives hints, changes one requirement.

Pure: everything is given as a value, nothing is remembered, nothing is random. Words alone are compared, so that the
web process can ask it at any key. Who keeps the exchanges, and what counts for what, is not decided here.
"""

from interview.interviewer.asking import answer, asked_well, exchanges
from interview.interviewer.curveball import aftermath, curveball
from interview.interviewer.curveball import is_due as curveball_is_due
from interview.interviewer.hints import hint
from interview.interviewer.moments import may_speak
from interview.interviewer.probing import next_probe
from interview.interviewer.types import Aftermath, Asked, Exchange, Hint, Link, Part, Reply, Row, Said, State, Thrown

__all__ = [
    "Aftermath",
    "Asked",
    "Exchange",
    "Hint",
    "Link",
    "Part",
    "Reply",
    "Row",
    "Said",
    "State",
    "Thrown",
    "aftermath",
    "answer",
    "asked_well",
    "curveball",
    "curveball_is_due",
    "exchanges",
    "hint",
    "may_speak",
    "next_probe",
]
