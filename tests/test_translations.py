"""Every sentence of the house is in every catalogue, said, sure, and with the values that the code gives it."""

from __future__ import annotations

import re
import shutil

import pytest

from app.core import catalogue
from app.core.text import Text
from translations import catalogues

SENTENCES = catalogues.sentences()
LANGUAGES = [language for language in catalogue.languages() if language != catalogue.INDONESIAN]
VALUES = re.compile(r"%\(\w+\)[sd]|%%|\{\w+\}")


def key(message) -> tuple[str | None, str]:
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def forms(message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def of(language):
    return {key(message): message for message in catalogues.read(language) if message.id}


def test_english_is_there():
    assert "en" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_sentence_of_the_house_and_no_other(language):
    """What is missing or unused: `bin/translations` brings it in order."""
    house = {key(message): isinstance(message.id, str) for message in SENTENCES if message.id}
    there = {name: isinstance(message.id, str) for name, message in of(language).items()}
    assert there == house


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_said_and_sure(language):
    open_ones = {name: message for name, message in of(language).items() if message.fuzzy or not all(forms(message))}
    assert list(open_ones) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_names_the_same_values_in_every_language(language):
    different = []
    for (_, sentence), message in of(language).items():
        asked = set(VALUES.findall(sentence))
        for form in forms(message):
            # "Your action is stamped." needs no number where there is one.
            missing = asked - set(VALUES.findall(form)) - ({"%(n)s"} if len(forms(message)) > 1 else set())
            if missing or set(VALUES.findall(form)) - asked:
                different.append((sentence, form))
    assert different == []


def test_a_sentence_with_values_doubles_its_per_cent_signs():
    """What is filled in by name must hold no other sign of a place."""
    lone = re.compile(r"%(?!%|\(\w+\)[sd])")
    wrong = [name for _, name in map(key, SENTENCES) if "%(" in name and lone.search(name.replace("%%", ""))]
    assert wrong == []


def test_a_counted_sentence_is_found_with_its_plural(tmp_path):
    source = tmp_path / "a.py"
    source.write_text('Text("%(n)s aksi", n=3); Text("Batal"); Text.pgettext("stamp", "Batal"); Text(word); Text("a" "b", c="d")')
    with source.open("rb") as file:
        found = [(function, messages) for _, function, messages, _ in catalogues.python(file, catalogues.KEYWORDS, (), {})]
    assert found == [
        ("ngettext", ("%(n)s aksi", "%(n)s aksi")),
        ("Text", ("Batal",)),
        ("pgettext", ("stamp", "Batal")),
        ("Text", ("ab",)),
    ]


def test_a_language_is_added_with_a_folder_and_no_line_of_code(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogues, "ROOT", tmp_path)
    shutil.copytree(catalogue.FOLDER / "en", tmp_path / "translations" / "en")
    catalogues.update("su", SENTENCES)
    begun = catalogues.read("su")
    assert len(begun) == len(SENTENCES)
    begun.get("Masuk").string = "Lebet"
    catalogues.write("su", begun)
    catalogues.update("su", SENTENCES)
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path / "translations")
    catalogue.forget()
    assert catalogue.languages() == ("id", "en", "su")
    assert (Text("Masuk").said("su"), Text("Keluar").said("su")) == ("Lebet", "Keluar")
    catalogue.forget()
