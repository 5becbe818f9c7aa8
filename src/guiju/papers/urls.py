from django.urls import path

from guiju.papers.views import inbox, paper, phone, register

app_name = "papers"
urlpatterns = [
    path("inbox/", inbox.inbox, name="inbox"),
    path("papers/", register.register, name="register"),
    path("papers/<uuid:pk>/", paper.paper, name="paper"),
    path("papers/<uuid:pk>/pdf/", paper.pdf, name="pdf"),
    path("copies/<uuid:pk>/sign/", inbox.sign, name="sign"),
    path("copies/<uuid:pk>/undo/", inbox.undo, name="undo"),
    path("copies/<uuid:pk>/question/", inbox.question, name="question"),
    path("copies/<uuid:pk>/remind/", paper.remind, name="remind"),
    path("copies/<uuid:pk>/answer/", paper.answer, name="answer"),
    path("copies/<uuid:pk>/deliver/", paper.deliver, name="deliver"),
    path("copies/<uuid:pk>/backfill/", paper.backfill, name="backfill"),
    path("files/<uuid:pk>/", paper.file, name="file"),
    path("c/<str:token>/", phone.copy, name="phone"),
    path("p/<str:token>/", register.latest, name="latest"),
]
