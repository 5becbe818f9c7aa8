"""An edition goes out as TOML and comes back the same; what is no edition is refused in words and nothing is kept."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from guiju.cli import main
from guiju.duties.editions import digest_of, shipped_texts
from guiju.duties.models import Edition
from guiju.editions.files import single, unpacked, zipped
from guiju.editions.models import Draft
from guiju.shelf.errors import Invalid
from tests.stories.conftest import Story


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        for name, content in files.items():
            bundle.writestr(name.replace("_", "."), content)
    return out.getvalue()


def within(texts: Mapping[str, str], length: str) -> dict[str, str]:
    """The same texts with another length in the first clause that says 30m, booking.reply-30."""
    name = next(name for name, text in texts.items() if 'within = "30m"' in text)
    return {**texts, name: texts[name].replace('within = "30m"', f'within = "{length}"', 1)}


def sent(content: bytes, name: str = "x.zip", **more: Any) -> dict[str, Any]:
    return {"name": name, "content": base64.b64encode(content).decode(), **more}


@pytest.mark.parametrize("trade", ["hotel-sales", "dealership-after-sales", "field-service"])
def test_out_and_in_again_it_is_the_same(trade: str) -> None:
    texts = shipped_texts(trade)
    assert digest_of(unpacked("x.zip", zipped(texts))) == digest_of(texts)
    assert zipped(texts) == zipped(texts)
    assert digest_of(unpacked("x.toml", single(texts))) == digest_of(texts)


def test_a_changed_file_becomes_a_draft(story: Story) -> None:
    edition = Edition.objects.get()
    for form in ("zip", "toml"):
        out = story.cast.sign_in("lin").get(f"/editions/{edition.pk}/{form}/")
        assert out.status_code == 200 and "attachment" in out["Content-Disposition"]
        texts = unpacked(f"x.{form}", out.content)
        assert story.refused("shen", "/standard/drafts/import", sent(out.content, f"x.{form}", title="同样的"))["code"] == "unchanged"
        texts = within(texts, "20m")
        content = zipped(texts) if form == "zip" else single(texts)
        found = story.do("shen", "/standard/drafts/import", sent(content, f"x.{form}", title="从文件来"))
        assert [one["clause"] for one in found["changes"]] == ["booking.reply-30"] and len(found["failing"]) > 5
    api = story.program.get(f"/api/v1/standard/editions/{edition.pk}/file?form=zip", headers={"Authorization": f"Bearer {story._key('lin')}"})
    assert digest_of(unpacked("x.zip", api.content)) == edition.digest
    assert story.cast.sign_in("lin").get(f"/editions/{edition.pk}/exe/").status_code == 404


def test_nonsense_in_a_file_is_named_with_its_line(story: Story) -> None:
    texts = within(shipped_texts(), "0m")
    line = next(n for n, text in enumerate(texts["1-requests.toml"].split("\n"), start=1) if '"0m"' in text)
    wanted = f"1-requests.toml:{line}: within: no time at all: '0m'"
    said = story.refused("shen", "/standard/drafts/import", sent(zipped(texts), title="不通"), status=422)
    assert said["errors"] == {"file": [wanted]}
    assert story.do("shen", "/standard/check", sent(zipped(texts)))["problems"] == [wanted]
    shen = story.cast.sign_in("shen")
    answer = shen.post("/editions/import/", {"title": "不通", "file": SimpleUploadedFile("x.zip", zipped(texts))})
    assert answer.status_code == 422 and "no time at all" in answer.content.decode() and not Draft.objects.exists()
    answer = shen.post("/editions/import/", {"title": "", "check": "1", "file": SimpleUploadedFile("x.zip", zipped(shipped_texts()))})
    assert "全部成立" in answer.content.decode() and not Draft.objects.exists()
    answer = shen.post("/editions/import/", {"title": "先放着", "file": SimpleUploadedFile("x.zip", zipped({"a.toml": "x"}))})
    assert answer.status_code == 422


BAD: list[tuple[str, bytes]] = [
    ("x.zip", b""), ("x.zip", b"PK\x03\x04broken"), ("x.zip", packed(readme_txt=b"x")), ("x.zip", packed(a_toml=b"\xff\xfe")), ("x.zip", packed(a_toml=b"x = ")),
    ("x.toml", b"\xff"), ("x.toml", b"[[clause]]"), ("x.toml", b"a = 1"), ("x.exe", b"MZ"), ("x.toml", b"x" * (4 * 1024 * 1024 + 1)),
    ("x.zip", packed(a_toml=b"#" * (9 * 1024 * 1024))), ("../../x.toml", b"[[clause]]\nid = 1\n"),
]


@pytest.mark.parametrize(("name", "content"), BAD, ids=range(len(BAD)))
def test_what_is_no_edition_is_refused(story: Story, name: str, content: bytes) -> None:
    shen = story.cast.sign_in("shen")
    answer = shen.post("/editions/import/", {"title": "坏的", "file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422 and 'id="e-file"' in answer.content.decode()
    assert not Draft.objects.exists()


def test_two_files_of_one_name_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as bundle:
        bundle.writestr("a/x.toml", "# a")
        bundle.writestr("b/x.toml", "# b")
    with pytest.raises(Invalid):
        unpacked("x.zip", out.getvalue())


def test_the_terminal_exports_imports_and_checks(story: Story, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("out.zip", "out.toml", "folder"):
        assert main(["standard", "export", "--out", str(tmp_path / name)]) == 0
        assert main(["standard", "check", "--dir", str(tmp_path / name)]) == 0
    assert main(["standard", "import", str(tmp_path / "out.zip")]) == 1  # word for word the latest
    (tmp_path / "folder" / "1-requests.toml").write_text(shipped_texts()["1-requests.toml"].replace('"30m"', '"20m"'), encoding="utf-8")
    assert main(["standard", "import", str(tmp_path / "folder"), "--title", "二十分钟"]) == 0
    assert Draft.objects.get().title == "二十分钟" and Edition.objects.count() == 1
    said = capsys.readouterr().out
    assert "cases run" in said and "booking.reply-30" in said
    (tmp_path / "bad.toml").write_text("[[clause]]\nid = \n", encoding="utf-8")
    assert main(["standard", "import", str(tmp_path / "bad.toml")]) == 1 and "bad.toml:2" in capsys.readouterr().out
    assert main(["standard", "import", str(tmp_path / "nowhere.zip")]) == 1
    assert main(["standard", "export", "--edition", "9", "--out", str(tmp_path / "y.zip")]) == 1
    assert main(["standard", "export", "--shipped", "field-service", "--out", str(tmp_path / "f.zip")]) == 0
    assert main(["standard", "export", "--shipped", "../secrets", "--out", str(tmp_path / "f.zip")]) == 1
    assert json.dumps(sorted(unpacked("f.zip", (tmp_path / "f.zip").read_bytes()))) == '["edition.toml"]'
