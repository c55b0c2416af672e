"""Pages that need no data of their own."""

import re

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

from catalog.steps import HAND_OVER_MINUTES, READ_MINUTES, STEPS


def page(template: str, *, theme: str = "", **context: object) -> str:
    request = RequestFactory().get("/", headers={"cookie": f"theme={theme}"} if theme else {})
    request.user = AnonymousUser()
    request.session = {}  # type: ignore[assignment]
    return render_to_string(template, context, request=request)


@pytest.mark.parametrize("code", [400, 403, 404, 429, 500])
def test_an_error_page_says_what_to_do_next(code):
    html = page(f"{code}.html")
    assert f">{code}<" in html
    assert len(re.findall(r"<h1\b", html)) == 1
    assert 'href="/"' in html


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_an_error_page_stands_without_a_request(code):
    """Django renders these when context processors are what failed."""
    assert f">{code}<" in render_to_string(f"{code}.html")


def test_the_server_sets_the_theme_so_that_nothing_flashes():
    assert '<html lang="en" data-theme="dark">' in page("404.html", theme="dark")
    assert '<html lang="en">' in page("404.html", theme="system")
    assert '<html lang="en">' in page("404.html", theme='"><script>')


def test_htmx_is_told_to_stay_within_the_policy():
    html = page("404.html")
    assert '"includeIndicatorStyles":false' in html
    assert '"allowEval":false' in html
    assert '"selfRequestsOnly":true' in html


def test_every_page_can_be_entered_by_keyboard_and_posts_with_a_token():
    html = page("pages/accessibility.html")
    assert html.index('href="#main"') < html.index("<header")
    assert re.search(r'hx-headers=\'{"X-CSRFToken": "\w{64}"}\'', html)


def test_the_dial_on_the_landing_page_tells_the_minutes_of_the_steps():
    html = page("components/_dial.html")
    label = re.search(r'aria-label="([^"]*)"', html)
    assert label
    assert f"read {READ_MINUTES}," in label[1]
    assert f"hand in {HAND_OVER_MINUTES}." in label[1]
    for step in STEPS:
        assert f"{step.title.lower()} {step.minutes}," in label[1].lower()
        assert f">{step.short}</text>" in html
        assert f'stroke-dasharray="{step.minutes - 0.44:.2f} ' in html


def test_the_landing_page_without_a_sample_shows_no_panel():
    html = page("pages/landing.html", sample=None, guest_days=7)
    assert 'id="sample-h"' not in html
    assert "Start as a guest" in html


def test_the_stated_days_of_a_guest_are_those_of_the_settings():
    assert "kept for 9&nbsp;days" in page("pages/landing.html", sample=None, guest_days=9)
    assert "kept for 9 days" in page("pages/privacy.html", guest_days=9)
