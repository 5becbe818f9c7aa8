"""The addresses of the programs' entrance."""

from guiju.api.surface import api

urlpatterns = api.urls[0]
