"""Routes of documents that are made on request."""

from django.urls import path

from reports import board_views, copy_views, offline, views

app_name = "reports"
urlpatterns = [
    path("", board_views.index, name="index"),
    path("programme/", board_views.order_programme, name="programme"),
    path("register/", board_views.order_register, name="register"),
    path("paper/", board_views.paper, name="paper"),
    path("signatory/", board_views.signatory, name="signatory"),
    path("awards/<str:number>/schedule/", copy_views.order_schedule, name="schedule"),
    path("applications/<int:pk>/feedback/", copy_views.order_feedback, name="feedback"),
    path("<slug:slug>/my-reviews/", copy_views.order_own_reviews, name="own_reviews"),
    path("<slug:slug>/queue/", offline.sheet, name="offline"),
    path("<slug:slug>/queue.xlsx", offline.download, name="offline_sheet"),
    path("<slug:slug>/applications/", views.export, name="export"),
    path("<slug:slug>/summaries/", views.order_summaries, name="summaries"),
    path("<slug:slug>/book/", views.order_book, name="book"),
    path("<slug:slug>/books/", views.order_books, name="books"),
    path("<slug:slug>/reviews/", views.reviews, name="reviews"),
    path("<slug:slug>/ranking/", views.order_ranking, name="ranking"),
    path("<slug:slug>/meetings/<int:pk>/minutes/", views.order_minutes, name="minutes"),
    path("<slug:slug>/<str:reference>/as-submitted/", views.order_copy, name="copy"),
    path("<slug:slug>/<str:reference>/summary/", views.order_summary, name="summary"),
]
