from django.urls import path, register_converter

from catalog.steps import BY_KEY
from interview import views


class StepConverter:
    regex = "|".join(BY_KEY)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(StepConverter, "step")

app_name = "interview"
urlpatterns = [
    path("questions/<slug:slug>/start/", views.start, name="start"),
    path("sessions/", views.session_list, name="list"),
    path("sessions/<uuid:pk>/", views.show_room, name="room"),
    path("sessions/<uuid:pk>/draft/<step:step>/", views.save, name="save"),
    path("sessions/<uuid:pk>/step/", views.go, name="go"),
    path("sessions/<uuid:pk>/clock/", views.clock_state, name="clock"),
    path("sessions/<uuid:pk>/preview/", views.preview, name="preview"),
    path("sessions/<uuid:pk>/finish/", views.finish, name="finish"),
    path("sessions/<uuid:pk>/result/", views.result, name="result"),
    path("sessions/<uuid:pk>/score/", views.score, name="score"),
    path("sessions/<uuid:pk>/retry/", views.retry, name="retry"),
    path("sessions/<uuid:pk>/answer.md", views.export_markdown, name="export"),
]
