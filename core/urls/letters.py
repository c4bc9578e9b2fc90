"""Routes of the register of letters."""

from django.urls import path

from core.views import letters

app_name = "letters"
urlpatterns = [
    path("", letters.register, name="register"),
    path("held/", letters.mend_held, name="mend_held"),
    path("<int:pk>/", letters.letter, name="letter"),
    path("<int:pk>/mend/", letters.mend, name="mend"),
    path("<int:pk>/replace/", letters.replace, name="replace"),
    path("<int:pk>/withdraw/", letters.withdraw, name="withdraw"),
]
