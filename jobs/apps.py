from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = "Background work"

    def ready(self) -> None:
        from jobs import celery_app, guard, housekeeping, mail

        guard.install()
        celery_app.watch_worker()
        mail.register()
        housekeeping.register()
