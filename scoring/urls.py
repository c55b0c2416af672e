from django.urls import path

from scoring import views

app_name = "scoring"
urlpatterns = [
    path("sample/", views.sample_result, name="sample"),
]
