from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        from accounts import lifecycle
        from jobs import outbox
        from scoring import grading, ownership

        outbox.register(grading.KIND, grading.score, on_dead=grading.give_up)
        lifecycle.on_adopt(ownership.adopt)
        lifecycle.on_export("submissions", ownership.export)
