"""A card to share is a picture of the size that networks show, whatever its words."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from app.graphics.cards import CLOTH, HEIGHT, WIDTH, ShareCard, drawn


@pytest.mark.parametrize("belt", [*CLOTH, "violet"])
def test_a_card_is_a_png_without_metadata(belt: str) -> None:
    image = Image.open(BytesIO(drawn(ShareCard("Sabuk " + "panjang " * 30, "1.234 aksi", ("GPS", "Kota"), belt, 3))))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    assert image.info == {}
