"""The zone a browser offers when somebody starts here."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.accounts.factories import PASSWORD

pytestmark = pytest.mark.django_db

OFFERS = [
    ({"time_zone": "Europe/Berlin"}, "Europe/Berlin"),
    ({"time_zone": "Asia/Calcutta"}, "Asia/Calcutta"),  # an old name that browsers still use
    ({"time_zone": "Mars/Olympus"}, "UTC"),
    ({"time_zone": "x" * 5000}, "UTC"),
    ({"time_zone": "../../etc/passwd"}, "UTC"),
    ({"time_zone": ""}, "UTC"),
    ({}, "UTC"),
]


@pytest.mark.parametrize(("sent", "zone"), OFFERS)
def test_a_guest_starts_in_the_zone_of_the_browser(client: Client, sent: dict[str, str], zone: str) -> None:
    assert client.post(reverse("accounts:guest"), sent).status_code == 302
    assert User.objects.get().time_zone == zone


@pytest.mark.parametrize(("sent", "zone"), OFFERS)
def test_an_account_starts_in_the_zone_of_the_browser(client: Client, sent: dict[str, str], zone: str) -> None:
    data = {"email": "new@example.com", "password1": PASSWORD} | sent
    assert client.post(reverse("account_signup"), data).status_code == 302
    assert User.objects.get().time_zone == zone


def test_a_guest_who_chose_a_zone_keeps_it_when_they_sign_up(client: Client) -> None:
    client.post(reverse("accounts:guest"), {"time_zone": "Asia/Tokyo"})
    data = {"email": "new@example.com", "password1": PASSWORD, "time_zone": "Europe/Berlin"}
    client.post(reverse("account_signup"), data)
    assert User.objects.get().time_zone == "Asia/Tokyo"


@pytest.mark.parametrize("name", ["landing", "account_login", "account_signup"])
def test_the_pages_where_somebody_starts_ask_the_browser(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert "js/timezone.js" in html
    assert html.count("data-zone-here") == 1
    assert 'for="id_time_zone"' not in html
