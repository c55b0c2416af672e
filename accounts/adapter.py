"""Where django-allauth meets our guests and our words."""

from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest

from accounts import guests, lifecycle, zones
from accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    error_messages: ClassVar[dict[str, Any]] = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account is locked. Ask whoever runs this site.",
        "duplicate_email": "This is already your address.",
        "email_password_mismatch": "This address and this password do not belong together.",
        "email_taken": "This address already has an account. Sign in with it, or use another address.",
        "enter_current_password": "This is not your current password.",
        "incorrect_password": "This is not your password.",
        "invalid_password_reset": "This link is no longer valid.",
        "too_many_login_attempts": "Too many attempts that did not fit. Wait five minutes, then try again.",
        "rate_limited": "Too many requests in a short time. Wait a minute, then try again.",
    }

    def new_user(self, request: HttpRequest) -> User:
        """A guest who signs up keeps their row, and with it everything that points to it."""
        return guests.aside(request) or User()

    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        with transaction.atomic():
            if user.is_guest:
                guests.keep(user)
            if user.time_zone == zones.DEFAULT:  # a guest may have chosen one already
                user.time_zone = form.cleaned_data["time_zone"]
            saved: User = super().save_user(request, user, form, commit)
        return saved

    def login(self, request: HttpRequest, user: User) -> None:
        """A guest who signs in to an account of theirs takes along what they did."""
        guest = guests.aside(request)
        # The row of a guest who just signed up is the account by now.
        if guest and guest.pk != user.pk:
            lifecycle.adopt(guest, user)
            messages.success(request, "What you did as a guest is in your account now.")
        super().login(request, user)
