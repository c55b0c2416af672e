from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("questions/", views.question_list, name="list"),
    path("questions/<slug:slug>/", views.question_detail, name="detail"),
]
