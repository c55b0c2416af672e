"""The three decorators, as every view of the product uses them."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.test import RequestFactory

from accounts.access import account_required, member_required, operator_required, safe_next
from accounts.models import User

GUEST = User(is_guest=True)
CANDIDATE = User(email="ada@example.com")
OPERATOR = User(email="op@example.com", is_staff=True)
NOBODY = AnonymousUser()


def view(request):
    return HttpResponse("open")


def ask(decorator, person, method="get", **headers):
    request = getattr(RequestFactory(), method)("/room/7/", headers=headers)
    request.user = person
    return decorator(view)(request)


@pytest.mark.parametrize(
    ("decorator", "person"),
    [
        (member_required, GUEST),
        (member_required, CANDIDATE),
        (member_required, OPERATOR),
        (account_required, CANDIDATE),
        (account_required, OPERATOR),
        (operator_required, OPERATOR),
    ],
)
def test_those_who_may_get_in(decorator, person) -> None:
    assert ask(decorator, person).content == b"open"


@pytest.mark.parametrize("decorator", [member_required, account_required])
def test_anonymous_people_sign_in_and_come_back(decorator) -> None:
    assert ask(decorator, NOBODY).headers["Location"] == "/accounts/login/?next=%2Froom%2F7%2F"


def test_a_guest_is_offered_an_account() -> None:
    assert ask(account_required, GUEST).headers["Location"] == "/accounts/signup/?next=%2Froom%2F7%2F"


@pytest.mark.parametrize("person", [NOBODY, GUEST, CANDIDATE])
def test_what_operators_see_does_not_exist_for_others(person) -> None:
    with pytest.raises(Http404):
        ask(operator_required, person)


def test_after_a_form_one_comes_back_to_the_page_that_held_it() -> None:
    answer = ask(member_required, NOBODY, "post", referer="http://testserver/questions/chat/?v=2")
    assert answer.headers["Location"] == "/accounts/login/?next=%2Fquestions%2Fchat%2F%3Fv%3D2"
    answer = ask(member_required, NOBODY, "post", referer="https://elsewhere.example/")
    assert answer.headers["Location"] == "/accounts/login/"


@pytest.mark.parametrize("headers", [{"hx-request": "true"}, {"accept": "application/json"}])
def test_a_save_in_the_background_is_told_plainly_and_not_sent_to_a_page(headers) -> None:
    assert ask(member_required, NOBODY, "post", **headers).status_code == 401


def test_a_fragment_sends_the_whole_page_to_sign_in() -> None:
    answer = ask(member_required, NOBODY, **{"hx-request": "true", "hx-current-url": "http://testserver/questions/"})
    assert answer.headers["HX-Redirect"] == "/accounts/login/?next=%2Fquestions%2F"


@pytest.mark.parametrize(
    "url", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "http:///x", "\\\\x", "", None]
)
def test_an_address_elsewhere_is_not_safe(url) -> None:
    assert safe_next(RequestFactory().get("/"), url) is None
