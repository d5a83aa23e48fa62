"""The colours of drawings where no style sheet reaches: those of the light page (static/css/tokens.css).

On a page the style sheet goes before, so that a drawing follows its reader into the dark.
"""

from __future__ import annotations

PAPER = "#fbf7ef"
SHEET = "#fffdf8"
SHADE = "#f1eadc"
INK = "#1f2a24"
INK_SOFT = "#55605a"
LINE = "#ddd2bd"
EDGE = "#857c69"
LEAF = "#1e6b45"
WATER = "#1f6f8b"
WATER_WASH = "#e0eef2"
SOIL = "#7a4e2d"
MARIGOLD = "#e8a317"
MARIGOLD_INK = "#7a5200"
BRICK = "#b3362b"

TONES = {"": LEAF, "water": WATER, "soil": SOIL}
"""What a drawing is mostly drawn in, by the tone of its programme."""
