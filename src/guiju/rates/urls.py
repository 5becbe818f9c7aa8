from django.urls import path

from guiju.rates.views import agreements, tariff

app_name = "rates"
urlpatterns = [
    path("agreements/", agreements.listing, name="agreements"),
    path("agreements/table", agreements.table, name="table"),
    path("agreements/new/<uuid:pk>", agreements.new, name="agreement_new"),
    path("agreements/<uuid:pk>", agreements.agreement, name="agreement"),
    path("agreements/<uuid:pk>/edit", agreements.edit, name="agreement_edit"),
    path("agreements/<uuid:pk>/rates", agreements.rates, name="agreement_rates"),
    path("agreements/<uuid:pk>/renew", agreements.renew, name="agreement_renew"),
    path("agreements/<uuid:pk>/end", agreements.end, name="agreement_end"),
    path("agreements/<uuid:pk>/meal", agreements.meal, name="agreement_meal"),
    path("rates/seasons", tariff.seasons, name="seasons"),
    path("rates/rack", tariff.rack, name="rack"),
    path("rates/deviations", tariff.deviations, name="deviations"),
    path("rates/deviations/<uuid:pk>", tariff.decide, name="decide"),
    path("rates/ladder", tariff.ladder, name="ladder"),
]
