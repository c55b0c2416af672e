"""Our own pages as `accounts:…`, and those of django-allauth that we want, under the names it looks them up by."""

from allauth.account import views as allauth
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path, re_path

from accounts import forms, views
from accounts.access import SignedInRequest, account_required
from accounts.guests import set_aside

_confirm_email = allauth.ConfirmEmailView.as_view()
_change_password = allauth.PasswordChangeView.as_view(form_class=forms.PasswordForm)


@set_aside
def confirm_email(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm an address, unless somebody signed up with it since the link was sent."""
    try:
        with transaction.atomic():
            response: HttpResponse = _confirm_email(request, key=key)
    except IntegrityError:
        return render(request, "account/email_confirm.html", {"confirmation": key, "can_confirm": False})
    return response


@account_required
def change_password(request: SignedInRequest) -> HttpResponse:
    """Somebody who never had a password (an operator made the account) gets one by mail."""
    if not request.user.has_usable_password():
        return redirect("account_reset_password")
    response: HttpResponse = _change_password(request)
    return response


own_pages = [
    path("guest/", views.guest, name="guest"),
    path("profile/", views.profile, name="profile"),
    path("export/", views.export, name="export"),
    path("delete/", views.delete, name="delete"),
    path("mail/", views.mail, name="mail"),
]

urlpatterns = [
    path("", include((own_pages, "accounts"))),
    path("login/", set_aside(allauth.LoginView.as_view(form_class=forms.SignInForm)), name="account_login"),
    path("signup/", set_aside(allauth.SignupView.as_view(form_class=forms.SignUpForm)), name="account_signup"),
    path("logout/", views.sign_out, name="account_logout"),
    path("inactive/", allauth.account_inactive, name="account_inactive"),
    path(
        "reauthenticate/",
        account_required(allauth.ReauthenticateView.as_view(form_class=forms.ConfirmItIsYouForm)),
        name="account_reauthenticate",
    ),
    path(
        "email/",
        account_required(
            allauth.EmailView.as_view(form_class=forms.NewAddressForm, template_name="account/email_change.html")
        ),
        name="account_email",
    ),
    path("confirm-email/", allauth.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", confirm_email, name="account_confirm_email"),
    path("password/change/", change_password, name="account_change_password"),
    path(
        "password/reset/",
        allauth.PasswordResetView.as_view(form_class=forms.ResetForm),
        name="account_reset_password",
    ),
    path("password/reset/done/", allauth.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        set_aside(allauth.PasswordResetFromKeyView.as_view(form_class=forms.NewPasswordForm)),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        allauth.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
]
