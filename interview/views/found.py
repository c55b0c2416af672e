"""The rows that a request is about, if they are this person's."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import SignedInRequest
from interview import history
from interview.models import Session
from scoring.models import Evaluation


def mine(request: HttpRequest, pk: UUID) -> Session:
    """The session, if it is this person's: anybody else gets the same answer as for one that is not there."""
    return get_object_or_404(Session.objects.for_user(request.user).select_related("edition"), pk=pk)


def handed_in(request: SignedInRequest, pk: UUID) -> Session:
    """A session of this person's that is over, with its evaluation."""
    return get_object_or_404(history.sessions(request.user).filter(submission__isnull=False), pk=pk)


def evaluation_of(session: Session) -> Evaluation:
    evaluation: Evaluation = session.submission.by_rules[0]  # type: ignore[union-attr]
    return evaluation
