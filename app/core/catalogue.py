"""The catalogues of sentences: `translations/LANGUAGE/LC_MESSAGES/messages.po`, named by the Indonesian sentence.

A language is there when its folder is there; Indonesian needs none, since a sentence is its own name.
"""

from __future__ import annotations

import io
from functools import lru_cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import NewType

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

FOLDER = Path(__file__).parents[2] / "translations"

Language = NewType("Language", str)
"""The code of a language that the house speaks, two letters as in CLDR: "id"."""
INDONESIAN, ENGLISH = Language("id"), Language("en")


@lru_cache(maxsize=1)
def languages() -> tuple[Language, ...]:
    """The codes of all languages that the house speaks, Indonesian first: ("id", "en")."""
    return INDONESIAN, *sorted(Language(path.parents[1].name) for path in FOLDER.glob("??/LC_MESSAGES/messages.po"))


@lru_cache(maxsize=8)
def catalogue(language: Language) -> NullTranslations:
    """What the language says for each sentence; a sentence that it lacks, or has only as a guess (fuzzy), stays Indonesian.

    Read from the .po itself at the first sentence that needs it, so that no built file can be older than its source.
    """
    if language == INDONESIAN or language not in languages():
        return NullTranslations()
    compiled = io.BytesIO()
    with (FOLDER / language / "LC_MESSAGES" / "messages.po").open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return GNUTranslations(compiled)


def translated(message: str, language: Language, *, context: str = "", count: int | None = None) -> str:
    """The sentence in the language, its values still named (`%(name)s`); with a count, in the form that goes with it."""
    if language == INDONESIAN or not message:  # the empty name is that of a catalogue's own head
        return message
    known = catalogue(language)
    if count is None:
        return known.pgettext(context, message) if context else known.gettext(message)
    if context:
        return known.npgettext(context, message, message, count)
    return known.ngettext(message, message, count)


def forget() -> None:
    """Read the folder again: what a test changes in it."""
    languages.cache_clear()
    catalogue.cache_clear()
