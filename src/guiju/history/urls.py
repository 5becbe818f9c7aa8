from django.urls import path

from guiju.history.views import batches, figures, steps

app_name = "history"
urlpatterns = [
    path("history/", figures.pace_page, name="pace"),
    path("history/mix", figures.mix_page, name="mix"),
    path("history/totals", figures.totals_page, name="totals"),
    path("history/files", batches.listing, name="files"),
    path("history/files/<uuid:pk>", batches.file, name="file"),
    path("history/files/<uuid:pk>/columns", batches.columns, name="columns"),
    path("history/files/<uuid:pk>/left", batches.left, name="left"),
    path("history/files/<uuid:pk>/rows/<int:row>", steps.row, name="row"),
    path("history/files/<uuid:pk>/aside", steps.aside, name="aside"),
    path("history/files/<uuid:pk>/apply", steps.apply, name="apply"),
    path("history/files/<uuid:pk>/undo", steps.undo, name="undo"),
    path("history/files/<uuid:pk>/drop", steps.drop, name="drop"),
]
