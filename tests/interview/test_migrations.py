"""What an update does to sessions that run meanwhile."""

from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.executor import MigrationExecutor

from accounts.models import User
from interview.clock import Mode
from interview.models import Session
from tests.interview.factories import make_session

pytestmark = pytest.mark.django_db
added = import_module("interview.migrations.0002_sheet_board_and_exchanges")


@pytest.mark.parametrize(
    ("fields", "parts"),
    [
        ({}, [("estimation", "sheet"), ("high_level_design", "board")]),
        ({"mode": Mode.ONE_STEP, "step": "deep_dive"}, [("deep_dive", "board")]),
        ({"mode": Mode.ONE_STEP, "step": "wrap_up"}, []),
    ],
)
def test_a_running_session_gets_what_it_lacks(alice: User, fields: dict[str, Any], parts: list[Any]) -> None:
    session = make_session(alice, **fields)
    beside = session.drafts.exclude(part="text")
    beside.delete()
    added.add_missing_drafts(apps, None)
    assert sorted(beside.values_list("step", "part")) == parts
    assert Session.objects.get().drafts.count() == len(session.steps) + len(parts)


@pytest.mark.django_db(transaction=True)
def test_the_update_says_that_it_cannot_be_undone(alice: User) -> None:
    session = make_session(alice)
    with pytest.raises(IrreversibleError, match="a backup"):
        MigrationExecutor(connection).migrate([("interview", "0001_sessions")])
    assert session.drafts.filter(part="sheet").exists()
