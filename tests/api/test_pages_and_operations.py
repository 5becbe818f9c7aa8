"""Everything a page can do the API can do: a page that posts without its operation fails here."""

from __future__ import annotations

import re
from pathlib import Path

from guiju.api import surface
from guiju.config.routes import operations, pages
from tests.api.samples import described, short
from tests.api.samples import operations as every
from tests.api.table import PAGES


def known() -> set[str]:
    return {f"{one['method']} {short(one['path'])}" for one in operations()}


def test_every_page_that_posts_has_its_operations() -> None:
    posting = {route["name"] for route in pages() if "POST" in route["methods"]}
    assert not posting - set(PAGES), f"pages that post and have no operation: {sorted(posting - set(PAGES))}"
    assert not set(PAGES) - {route["name"] for route in pages()}, "pages that are no more"


def test_the_operations_named_are_there() -> None:
    there = known()
    missing = {page: gone for page, said in PAGES.items() if isinstance(said, tuple) and (gone := [one for one in said if one not in there])}
    assert not missing, missing


def test_every_writing_operation_serves_a_page() -> None:
    served = {one for said in PAGES.values() if isinstance(said, tuple) for one in said}
    alone = {one for one in known() if not one.startswith("GET ")} - served
    assert alone <= {"POST /enquiries/ota"}, alone  # the protocol's own door


def test_no_two_shapes_share_a_name() -> None:
    """In the OpenAPI document the second of a name would silently take the place of the first."""
    home = Path(surface.__file__).parent
    names = [name for path in home.glob("*.py") for name in re.findall(r"^class (\w+)", path.read_text(encoding="utf-8"), re.M)]
    assert len(names) > 60
    assert not {name for name in names if names.count(name) > 1}


def test_the_document_is_openapi_3_1() -> None:
    found = described()
    assert found["openapi"].startswith("3.1")
    assert all(said.get("summary") and said.get("operationId") for _method, _path, said in every())
    assert len({said["operationId"] for _method, _path, said in every()}) == len(list(every()))
