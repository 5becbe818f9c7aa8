from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from guiju.enquiries.views import desk, originals, scans, steps

app_name = "enquiries"
urlpatterns: list[URLPattern | URLResolver] = [
    path("enquiries/", desk.queue, name="queue"),
    path("enquiries/replies/<uuid:pk>/print", steps.print_reply, name="print"),
    path("enquiries/replies/<uuid:pk>/receipt", steps.receipt, name="receipt"),
    path("enquiries/replies/<uuid:pk>/take-back", steps.take_back, name="take_back"),
    path("enquiries/replies/<uuid:pk>/bounced", steps.bounce, name="bounced"),
    path("enquiries/<uuid:pk>", desk.enquiry, name="enquiry"),
    path("enquiries/<uuid:pk>/answer", desk.answer, name="answer"),
    path("enquiries/<uuid:pk>/rivals", desk.rivals, name="rivals"),
    path("enquiries/<uuid:pk>/original", originals.original, name="original"),
    path("enquiries/<uuid:pk>/original/<int:sheet>", originals.original, name="sheet"),
    path("enquiries/<uuid:pk>/scan", scans.state, name="scan"),
    path("enquiries/<uuid:pk>/scan/<int:order>/<int:sheet>", scans.sheet, name="scan_sheet"),
    path("enquiries/<uuid:pk>/attachments/<int:order>", originals.attachment, name="attachment"),
    path("enquiries/<uuid:pk>/about", steps.relate, name="relate"),
    path("enquiries/<uuid:pk>/take", steps.take, name="take"),
    path("enquiries/<uuid:pk>/hand-over", steps.hand_over, name="hand_over"),
    path("enquiries/<uuid:pk>/check", steps.check, name="check"),
    path("enquiries/<uuid:pk>/client", steps.client, name="client"),
    path("enquiries/<uuid:pk>/wait", steps.wait, name="wait"),
    path("enquiries/<uuid:pk>/withdraw", steps.withdraw, name="withdraw"),
    path("enquiries/<uuid:pk>/merge", steps.merge, name="merge"),
    path("enquiries/<uuid:pk>/decide", steps.decide, name="decide"),
    path("enquiries/<uuid:pk>/book", steps.book, name="book"),
    path("enquiries/<uuid:pk>/reply", steps.reply, name="reply"),
]
if find_spec("guiju.enquiries.intake_urls"):
    urlpatterns.append(path("enquiries/", include("guiju.enquiries.intake_urls")))
