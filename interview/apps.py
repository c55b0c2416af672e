from django.apps import AppConfig


class InterviewConfig(AppConfig):
    name = "interview"

    def ready(self) -> None:
        from accounts import lifecycle
        from catalog import personal, rules
        from interview import flow, history
        from interview.interviewer import checking
        from jobs import outbox

        outbox.register(flow.KIND, flow.expire_job)
        lifecycle.on_adopt(flow.adopt)
        lifecycle.on_time_factor(flow.apply_time_factor)
        lifecycle.on_export("sessions", history.export)
        lifecycle.on_erase(flow.forget)
        personal.register(lambda: history)
        rules.register(*checking.NEEDED, kind="needed")
        rules.register(*checking.EDITORIAL, kind="editorial")
