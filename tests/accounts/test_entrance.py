"""Signing up, in and out, by the pages people use."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from jobs.models import Mail
from tests.accounts.factories import PASSWORD, make_operator, make_user, signed_in

pytestmark = pytest.mark.django_db


def link_in(mail: Mail) -> str:
    found = re.search(r"https?://\S+", mail.body)
    assert found, mail.body
    return urlsplit(found[0]).path


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def sign_in(client: Client, email: str, password: str = PASSWORD, **data):
    return client.post(reverse("account_login"), {"login": email, "password": password} | data)


def test_sign_up_makes_an_account_signs_in_and_writes_to_the_address(client: Client) -> None:
    answer = client.post(reverse("account_signup"), {"email": "New@Example.com", "password1": PASSWORD})
    assert answer.status_code == 302
    user = User.objects.get()
    assert (user.email, user.is_guest) == ("new@example.com", False)
    assert client.session["_auth_user_id"] == str(user.pk)
    mail = Mail.objects.get()
    assert mail.to == "new@example.com"
    assert "Confirm" in mail.subject


def test_the_link_in_the_mail_confirms_the_address(client: Client) -> None:
    client.post(reverse("account_signup"), {"email": "new@example.com", "password1": PASSWORD})
    url = link_in(Mail.objects.get())
    assert b"Confirm your address" in client.get(url).content
    assert not EmailAddress.objects.get().verified
    client.post(url)
    assert EmailAddress.objects.get().verified


def test_a_spoilt_confirmation_link_says_so(client: Client) -> None:
    answer = client.get(reverse("account_confirm_email", args=["made-up"]))
    assert b"no longer valid" in answer.content


@pytest.mark.parametrize("password", ["short", "12345678901", "password123"])
def test_a_weak_password_is_refused_with_the_reason_beside_the_field(client: Client, password: str) -> None:
    answer = client.post(reverse("account_signup"), {"email": "new@example.com", "password1": password})
    html = answer.content.decode()
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert 'value="new@example.com"' in html
    assert 'aria-describedby="id_password1_helptext id_password1_error"' in html
    assert 'id="id_password1_error"' in html
    assert 'id="id_password1_helptext"' in html


def test_signing_up_twice_with_one_address_is_refused(client: Client) -> None:
    make_user("ada@example.com")
    answer = client.post(reverse("account_signup"), {"email": "ADA@example.com", "password1": PASSWORD})
    assert b"already has an account" in answer.content
    assert User.objects.count() == 1


def test_sign_in_takes_the_address_in_any_case_and_goes_where_next_says(client: Client) -> None:
    make_user("ada@example.com")
    answer = sign_in(client, "Ada@Example.com", next=reverse("accounts:profile"))
    assert answer.headers["Location"] == reverse("accounts:profile")
    assert is_signed_in(client)


def test_sign_in_goes_to_the_very_place_on_a_page(client: Client) -> None:
    make_user("ada@example.com")
    assert (
        'value="/questions/x/#start-h"' in client.get(f"{reverse('account_login')}?next=/questions/x/%23start-h").text
    )
    answer = sign_in(client, "ada@example.com", next="/questions/x/#start-h")
    assert answer.headers["Location"] == "/questions/x/#start-h"


def test_sign_in_never_leads_to_another_site(client: Client) -> None:
    make_user("ada@example.com")
    answer = sign_in(client, "ada@example.com", next="https://elsewhere.example/phish")
    assert "elsewhere" not in answer.headers["Location"]


def test_a_wrong_password_and_an_unknown_address_look_the_same(client: Client) -> None:
    make_user("ada@example.com")
    wrong = sign_in(client, "ada@example.com", "not it").content.decode()
    unknown = sign_in(client, "bob@example.com", "not it").content.decode()
    assert "do not belong together" in wrong
    assert without_tokens(wrong).replace("ada@", "bob@") == without_tokens(unknown)
    assert not is_signed_in(client)


def without_tokens(html: str) -> str:
    html = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", html)
    return re.sub(r'"X-CSRFToken": "\w+"', "", html)


def test_somebody_locked_out_cannot_sign_in(client: Client) -> None:
    make_user("ada@example.com", is_active=False)
    sign_in(client, "ada@example.com")
    assert not is_signed_in(client)


def test_guessing_a_password_is_slowed_down(client: Client) -> None:
    make_user("ada@example.com")
    for _ in range(5):
        sign_in(client, "ada@example.com", "not it")
    assert b"Too many attempts" in sign_in(client, "ada@example.com", PASSWORD).content
    assert not is_signed_in(client)


def test_sign_out_asks_on_get_and_acts_on_post() -> None:
    client = signed_in(make_user())
    assert b"Sign out?" in client.get(reverse("account_logout")).content
    assert is_signed_in(client)
    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_signed_in(client)


def test_a_forgotten_password_is_replaced_by_the_link_from_the_mail(client: Client) -> None:
    make_user("ada@example.com")
    answer = client.post(reverse("account_reset_password"), {"email": "ada@example.com"})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    form = client.get(link_in(Mail.objects.get()), follow=True)
    answer = client.post(form.request["PATH_INFO"], {"password1": "another harbour at 7"})
    assert answer.headers["Location"] == reverse("account_reset_password_from_key_done")
    sign_in(client, "ada@example.com", "another harbour at 7")
    assert is_signed_in(client)


def test_a_reset_link_works_once(client: Client) -> None:
    make_user("ada@example.com")
    client.post(reverse("account_reset_password"), {"email": "ada@example.com"})
    url = link_in(Mail.objects.get())
    form = client.get(url, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": "another harbour at 7"})
    assert b"no longer valid" in Client().get(url, follow=True).content


def test_a_reset_does_not_tell_who_has_an_account(client: Client) -> None:
    make_user("ada@example.com")
    known = client.post(reverse("account_reset_password"), {"email": "ada@example.com"}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "bob@example.com"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert without_tokens(known.content.decode()) == without_tokens(unknown.content.decode())
    # Either way one mail is written, so the time it takes tells nothing.
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["ada@example.com", "bob@example.com"]


def test_a_changed_password_takes_the_old_one_and_ends_other_sign_ins() -> None:
    user = make_user("ada@example.com")
    here, elsewhere = signed_in(user), signed_in(user)
    url = reverse("account_change_password")
    refused = here.post(url, {"oldpassword": "not it", "password1": "another harbour at 7"})
    assert b"not your current password" in refused.content
    here.post(url, {"oldpassword": PASSWORD, "password1": "another harbour at 7"})
    user.refresh_from_db()
    assert user.check_password("another harbour at 7")
    assert here.get(reverse("accounts:profile")).status_code == 200
    assert elsewhere.get(reverse("accounts:profile")).status_code == 302


def ask_for_new_address(client: Client, email: str):
    """The password is asked once more, then the change goes on by itself."""
    question = client.post(reverse("account_email"), {"email": email, "action_add": "1"})
    assert question.headers["Location"].startswith(reverse("account_reauthenticate"))
    return client.post(question.headers["Location"], {"password": PASSWORD, "next": reverse("account_email")})


def test_a_new_address_counts_once_its_link_was_opened() -> None:
    user = make_user("ada@example.com")
    client = signed_in(user)
    ask_for_new_address(client, "ada@new.example")
    user.refresh_from_db()
    assert user.email == "ada@example.com"
    assert b"Changing to" in client.get(reverse("account_email")).content
    client.post(link_in(Mail.objects.get(to="ada@new.example")))
    user.refresh_from_db()
    assert user.email == "ada@new.example"
    assert list(EmailAddress.objects.values_list("email", "primary", "verified")) == [("ada@new.example", True, True)]
    assert Mail.objects.filter(to="ada@example.com", subject__contains="was changed").exists()


def test_the_address_does_not_change_without_the_password() -> None:
    client = signed_in(make_user("ada@example.com"))
    question = client.post(reverse("account_email"), {"email": "ada@new.example", "action_add": "1"})
    refused = client.post(question.headers["Location"], {"password": "not it", "next": reverse("account_email")})
    assert b"not your password" in refused.content
    assert not EmailAddress.objects.filter(email="ada@new.example").exists()


def test_somebody_elses_address_is_not_given_away_by_asking_for_it() -> None:
    make_user("bob@example.com")
    client = signed_in(make_user("ada@example.com"))
    assert ask_for_new_address(client, "bob@example.com").status_code == 302
    client.post(link_in(Mail.objects.get(to="bob@example.com", subject__contains="Confirm")))
    assert User.objects.filter(email="bob@example.com").count() == 1
    assert User.objects.filter(email="ada@example.com").count() == 1


def test_an_address_taken_since_the_link_was_sent_is_not_confirmed() -> None:
    client = signed_in(make_user("ada@example.com"))
    ask_for_new_address(client, "bob@example.com")
    make_user("bob@example.com", verified=False)
    answer = client.post(link_in(Mail.objects.get(to="bob@example.com")))
    assert b"address is taken" in answer.content
    assert sorted(User.objects.values_list("email", flat=True)) == ["ada@example.com", "bob@example.com"]


def test_an_account_without_a_password_is_sent_to_the_reset_page() -> None:
    client = signed_in(User.objects.create_user("made@example.com"))
    assert client.get(reverse("account_change_password")).headers["Location"] == reverse("account_reset_password")


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_the_pages_for_people_outside_open_without_signing_in(client: Client, name: str) -> None:
    assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", ["account_email", "account_change_password", "account_reauthenticate"])
def test_the_pages_for_accounts_ask_others_to_sign_in(client: Client, name: str) -> None:
    answer = client.get(reverse(name))
    assert answer.headers["Location"] == f"{reverse('account_login')}?next={reverse(name).replace('/', '%2F')}"


def test_the_administration_uses_our_sign_in_and_exists_for_operators_only(client: Client) -> None:
    answer = client.get(reverse("admin:index"), follow=True)
    assert answer.redirect_chain[-1][0].startswith(reverse("account_login"))
    assert signed_in(make_user()).get(reverse("admin:index"), follow=True).status_code == 404
    operator = signed_in(make_operator())
    assert operator.get(reverse("admin:index")).status_code == 200
    assert operator.get(reverse("admin:login"), follow=True).status_code == 200
