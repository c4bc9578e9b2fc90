"""Routes of those who hold awards."""

from django.urls import path

from fund.views import holder

app_name = "awards"
urlpatterns = [
    path("", holder.index, name="index"),
    path("<str:number>/", holder.detail, name="detail"),
    path("<str:number>/accept/", holder.accept, name="accept"),
    path("<str:number>/decline/", holder.decline, name="decline"),
]
