from django.urls import path

from catalog import views

app_name = "catalog"
urlpatterns = [
    path("questions/", views.question_list, name="list"),
    path("questions/<slug:slug>/", views.question_detail, name="detail"),
    path("library/", views.library, name="library"),
    path("library/reference/<slug:slug>/", views.reference, name="reference"),
    path("library/<slug:slug>/", views.topic, name="topic"),
    path("search/", views.search, name="search"),
]
