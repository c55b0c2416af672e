"""Every address of the product."""

from django.contrib import admin
from django.urls import include, path

from config import health, pages

urlpatterns = [
    path("", pages.landing, name="landing"),
    path("privacy/", pages.privacy, name="privacy"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/", include("accounts.urls")),
    path("", include("catalog.urls")),
    path("", include("interview.urls")),
    path("", include("scoring.urls")),
    path("admin/", admin.site.urls),
]
