from django.urls import path

from guiju.function_space.views import diary, functions, halls, waiting

app_name = "function_space"
urlpatterns = [
    path("functions/", diary.diary, name="diary"),
    path("functions/new", functions.new, name="new"),
    path("functions/repair", functions.repair, name="repair"),
    path("functions/rooms", diary.both, name="both"),
    path("functions/waiting", waiting.waiting, name="waiting"),
    path("functions/halls", halls.halls, name="halls"),
    path("functions/halls/new", halls.hall, name="hall_new"),
    path("functions/halls/table", halls.table, name="halls_table"),
    path("functions/halls/<uuid:pk>", halls.hall, name="hall"),
    path("functions/<uuid:pk>/", functions.function, name="function"),
]
