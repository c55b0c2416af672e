from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = "People"

    def ready(self) -> None:
        from accounts import guests, lifecycle
        from jobs import outbox

        outbox.register(lifecycle.ERASE_GUEST, guests.erase_overdue)
