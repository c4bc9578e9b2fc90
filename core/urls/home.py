"""Routes of everyone's home."""

from django.urls import path

from core.views import home

urlpatterns = [
    path("", home.home, name="home"),
    path("mail/", home.mail, name="mail"),
    path("mail/<int:pk>/", home.message, name="message"),
    path("outbox/", home.outbox, name="mailbox"),
]
