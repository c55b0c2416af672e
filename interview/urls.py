from django.urls import path, register_converter
from django.urls.converters import StringConverter

from catalog.steps import BY_KEY
from interview.parts import Part
from interview.views import board, result, room, saving, sheet, talk


class StepConverter(StringConverter):
    regex = "|".join(BY_KEY)


class PartConverter(StringConverter):
    """What stands beside a step's text; the text itself needs no word."""

    regex = "|".join(part for part in Part if part != Part.TEXT)


register_converter(StepConverter, "step")
register_converter(PartConverter, "part")

app_name = "interview"
urlpatterns = [
    path("questions/<slug:slug>/start/", room.start, name="start"),
    path("sessions/", result.session_list, name="list"),
    path("sessions/<uuid:pk>/", room.show_room, name="room"),
    path("sessions/<uuid:pk>/draft/<step:step>/", saving.save, name="save"),
    path("sessions/<uuid:pk>/draft/<step:step>/<part:part>/", saving.save, name="save_part"),
    path("sessions/<uuid:pk>/draft/estimation/whole/", sheet.save_estimation, name="save_estimation"),
    path("sessions/<uuid:pk>/sheet/", sheet.sheet_results, name="sheet"),
    path("sessions/<uuid:pk>/board/mermaid/", board.read_mermaid, name="read_mermaid"),
    path("sessions/<uuid:pk>/board/flowchart/", board.write_mermaid, name="write_mermaid"),
    path("sessions/<uuid:pk>/step/", room.go, name="go"),
    path("sessions/<uuid:pk>/clock/", room.clock_state, name="clock"),
    path("sessions/<uuid:pk>/preview/", room.preview, name="preview"),
    path("sessions/<uuid:pk>/ask/", talk.ask, name="ask"),
    path("sessions/<uuid:pk>/listen/", talk.listen, name="listen"),
    path("sessions/<uuid:pk>/hint/", talk.hint, name="hint"),
    path("sessions/<uuid:pk>/settle/", talk.settle, name="settle"),
    path("sessions/<uuid:pk>/finish/", room.finish, name="finish"),
    path("sessions/<uuid:pk>/result/", result.result, name="result"),
    path("sessions/<uuid:pk>/score/", result.score, name="score"),
    path("sessions/<uuid:pk>/retry/", result.retry, name="retry"),
    path("sessions/<uuid:pk>/answer.md", result.export_markdown, name="export"),
]
