"""Which requests get a fragment."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django_htmx.middleware import HtmxMiddleware

from lib.http import wants_fragment


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-Boosted": "true"}, False),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
        ({"HX-Boosted": "true"}, False),
    ],
)
def test_only_a_plain_htmx_request_wants_a_fragment(headers, expected):
    request = RequestFactory().get("/", headers=headers)
    HtmxMiddleware(lambda request: HttpResponse())(request)
    assert wants_fragment(request) is expected


def test_a_request_that_never_met_the_middleware_gets_the_page():
    assert wants_fragment(RequestFactory().get("/", headers={"HX-Request": "true"})) is False
