"""Programs' entrance: REST under /api/v1, described by OpenAPI 3.1."""

from ninja import NinjaAPI

from guiju import __version__

api = NinjaAPI(title="Guiju", version=__version__, urls_namespace="api", docs_url=None)
