"""Streamlit's scripts and plotly are packed at set-up; a server that finds none of that packs them itself."""

import gzip
from unittest.mock import Mock

import brotli
import pytest

from loaders import ROOT
from ui import packing

UNPACKED = {"br": brotli.decompress, "gzip": gzip.decompress}


@pytest.fixture
def static(tmp_path, monkeypatch):
    """A static folder of two files that can be packed, and one that cannot; and plotly, small."""
    folder = tmp_path / "static"
    for name in ("js/index.1a.js", "css/index.2b.css", "media/a.woff2", packing.PLOTLY):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{name}\n" * 99)
    (folder / packing.PLOTLY).rename(tmp_path / "plotly.min.js")
    monkeypatch.setattr(packing, "PLOTLY_FILE", tmp_path / "plotly.min.js")
    monkeypatch.setattr(packing, "STATIC", folder)
    return folder


@pytest.mark.parametrize("coding", packing.PACKED)
def test_what_set_up_packed_is_sent_and_not_packed_again(static, tmp_path, monkeypatch, coding):
    assert packing.pack(tmp_path / "kept") == 3
    monkeypatch.setitem(packing.PACKED, coding, None)
    assert packing.packable().keys() == {"js/index.1a.js", "css/index.2b.css", packing.PLOTLY}
    for name, file in packing.packable().items():
        body = packing.packed(name, coding, tmp_path / "kept")
        assert UNPACKED[coding](body) == f"{name}\n".encode() * 99 == file.read_bytes()
        assert len(body) < len(file.read_bytes())


@pytest.mark.parametrize("coding", packing.PACKED)
def test_without_set_up_a_file_is_packed_when_asked_for_and_nothing_is_written(static, tmp_path, coding):
    for name, file in packing.packable().items():
        assert UNPACKED[coding](packing.packed(name, coding, tmp_path / "kept")) == file.read_bytes()
    assert not (tmp_path / "kept").exists()


def test_packing_that_broke_off_leaves_no_half_file_and_is_mended_by_the_next(static, tmp_path, monkeypatch):
    kept, compress = tmp_path / "kept", packing.PACKED["gzip"]

    monkeypatch.setitem(packing.PACKED, "gzip", Mock(side_effect=KeyboardInterrupt))
    with pytest.raises(KeyboardInterrupt):
        packing.pack(kept)
    (left,) = [file for file in kept.rglob("*") if file.is_file()]
    assert brotli.decompress(left.read_bytes()), "the other coding, whole"
    monkeypatch.setitem(packing.PACKED, "gzip", compress)
    assert packing.pack(kept) == 3
    assert len([file for file in kept.rglob("*") if file.is_file()]) == 6


def test_set_up_and_image_pack_what_a_server_sends():
    assert "-m ui.packing\n" in (ROOT / "Makefile").read_text("utf-8")
    assert "RUN python -m ui.packing\n" in (ROOT / "deploy" / "Containerfile").read_text("utf-8")
