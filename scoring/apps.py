from django.apps import AppConfig


class ScoringConfig(AppConfig):
    name = "scoring"

    def ready(self) -> None:
        from accounts import lifecycle
        from catalog import drawing, rules
        from jobs import outbox
        from scoring import content, diagrams, grading, ownership

        outbox.register(grading.KIND, grading.score, on_retry=grading.wait, on_dead=grading.give_up)
        lifecycle.on_adopt(ownership.adopt)
        lifecycle.on_export("submissions", ownership.export)
        lifecycle.on_erase(ownership.erase)
        rules.register(content.own_texts_score)
        drawing.register(diagrams.draw)
