"""Forms of pages: words in both languages, refusals on the fields they name, a guard that loses nothing."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path
from typing import ClassVar

import pytest
import wtforms
from flask import Blueprint, render_template_string
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.i18n import messages_path
from wtforms.validators import InputRequired, Length, NumberRange

from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Conflict, FieldError, Invalid
from app.core.text import Multilingual, Text, Verbatim
from app.web.form_words import SENTENCES
from app.web.forms import FormError, PageForm, WholeField, choices_of, kind_of, summary_of, value_of
from tests.conftest import application
from tests.page_client import problems_of

HERE = {"Origin": "http://localhost"}
PAGE = """{% extends "layouts/narrow.html" %}
{% from "components/field.html" import form_field, hidden %}{% from "components/error_summary.html" import form_errors %}
{% from "components/stepper.html" import form_stepper %}{% from "components/button.html" import button %}
{% block title %}Isian{% endblock %}
{% block content %}{{ form_errors(form=form) }}
<form method="post" enctype="multipart/form-data">{{ hidden(form=form) }}
{% for field in form if field.name != "csrf_token" and field.name != "bags" %}{{ form_field(field) }}{% endfor %}
{{ form_stepper(form.bags, min=0, max=20) }}{{ button(label="Kirim") }}</form>
{% endblock %}"""


ONE, TWO = Multilingual(id="Satu", en="One"), Multilingual(id="Dua", en="Two")


class Everything(PageForm):
    """One field of each kind."""

    fields_of: ClassVar = {"display_name": "name"}

    name = StringField(Text("Nama"), [InputRequired(), Length(min=2, max=40)], description=Text("Dua huruf"))
    password = PasswordField(Text("Kata sandi"), [InputRequired()])
    bags = WholeField(Text("Kantong"), [NumberRange(0, 20)], default=0)
    born = DateField(Text("Lahir"))
    reason = SelectField(
        Text("Alasan"),
        choices=[SelectChoice("a", ONE), SelectChoice("b", TWO)],
    )
    method = RadioField(Text("Cara"), choices=[SelectChoice("w", Text("Ditimbang"))])
    days = SelectMultipleField(Text("Hari"), choices=[SelectChoice("mon", Text("Senin"))], default=["mon"])
    adult = BooleanField(Text("Dewasa"))
    note = TextAreaField(Text("Catatan"), default="<b>&")
    photo = FileField(Text("Foto"))

    def validate_note(self, field: wtforms.Field) -> None:
        if "spam" in (field.data or ""):
            raise FormError(Multilingual(id="Jangan begitu.", en="Please do not."))


@pytest.fixture
def client(tmp_path):
    """A browser before an application with one page more, which says what it received."""
    with application(f"sqlite:///{tmp_path / 'forms.sqlite3'}", tmp_path) as app:
        trial = Blueprint("trial", __name__)

        @trial.route("/coba", methods=["GET", "POST"])
        def everything() -> tuple[str, int]:
            form = Everything()
            if form.validate_on_submit():
                return f"diterima {form.name.data}", 200
            return render_template_string(PAGE, form=form), 422 if form.is_submitted() else 200

        @trial.post("/api/coba")
        def wire() -> str:
            return "ok"

        app.register_blueprint(trial)
        yield app.test_client()


GOOD = {"name": "Budi", "password": "rahasia", "bags": "2", "born": "1990-01-31", "reason": "a", "method": "w"}


def token(page: str) -> str:
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found
    return found[1]


def test_every_sentence_of_the_fields_own_checks_is_known():
    catalogue = Path(messages_path(), "wtforms.pot").read_text()
    joined = re.sub(r'"\n"', "", catalogue)
    sentences = {said for said in re.findall(r'^msgid(?:_plural)? "(.+)"$', joined, flags=re.MULTILINE) if said}
    assert len(sentences) > 30
    assert sentences <= set(SENTENCES)


def test_sentences_keep_the_places_where_numbers_go():
    place = re.compile(r"%\(\w+\)[ds]|%s|\{\w+\}")
    for sentence, text in SENTENCES.items():
        assert set(place.findall(sentence)) >= set(place.findall(text.said(INDONESIAN))), sentence
        assert set(place.findall(sentence)) >= set(place.findall(text.said(ENGLISH))), sentence


def test_a_page_with_every_kind_of_field_has_no_barrier(client):
    answer = client.get("/coba")
    assert answer.status_code == 200
    assert not problems_of(answer)
    assert "&lt;b&gt;&amp;" in answer.text
    for kind in (
        'type="password"',
        'inputmode="numeric"',
        'type="date"',
        "<select",
        'type="radio"',
        'type="checkbox"',
        "<textarea",
        'type="file"',
    ):
        assert kind in answer.text


@pytest.mark.parametrize("name", ["name", "password", "note", "bags", "reason"])
def test_a_word_that_no_database_keeps_is_refused_on_its_field(client, name):
    fields = {**GOOD, "csrf_token": token(client.get("/coba").text)}
    answer = client.post("/coba", data={**fields, name: f"{fields.get(name, '')}a\x00b"}, headers=HERE)
    assert answer.status_code == 422
    assert re.findall(r'href="#(\w+)">([^<]+)<', answer.text)[1:] == [(name, "Ada karakter kendali yang tidak dapat disimpan.")]


@pytest.mark.parametrize(
    ("language", "sentences"),
    [
        (
            "id",
            [
                "Panjangnya antara 2 dan 40 huruf.",
                "Isian ini wajib diisi.",
                "Isi dengan tanggal",
                "Antara 0 dan 20.",
                "Jangan begitu.",
                "Ada yang perlu diperbaiki",
            ],
        ),
        (
            "en",
            [
                "Between 2 and 40 characters.",
                "This field is required.",
                "This must be a date",
                "Between 0 and 20.",
                "Please do not.",
                "needs correcting",
            ],
        ),
    ],
)
def test_what_is_wrong_is_said_at_its_field_in_the_readers_language(client, language, sentences):
    given = {
        "csrf_token": token(client.get("/coba").text),
        "name": "B",
        "bags": "99",
        "born": "kemarin",
        "note": "spam",
        "reason": "a",
    }
    answer = client.post(f"/coba?lang={language}", data=given)
    assert answer.status_code == 422
    assert not problems_of(answer)
    for sentence in sentences:
        assert sentence in answer.text
    assert 'href="#born"' in answer.text
    assert 'value="kemarin"' in answer.text, "what was written stays"
    assert answer.text.count('aria-invalid="true"') >= 4


def test_a_password_never_comes_back_in_a_page(client):
    given = {"csrf_token": token(client.get("/coba").text), "password": "rahasia-sekali"}
    assert "rahasia-sekali" not in client.post("/coba", data=given).text


def test_what_a_page_of_ours_sends_is_taken(client):
    given = {**GOOD, "csrf_token": token(client.get("/coba").text)}
    assert client.post("/coba", data=given).text == "diterima Budi"


def test_the_token_lives_as_long_as_the_session(client, monkeypatch):
    given = {**GOOD, "csrf_token": token(client.get("/coba").text)}
    later = time.time() + 29 * 24 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert client.post("/coba", data=given).status_code == 200


@pytest.mark.parametrize("wrong", ["", "nonsense", "IjEi.aaaa.bbbb"])
def test_without_the_right_token_nothing_is_lost_and_it_can_be_sent_again(client, wrong):
    answer = client.post("/coba?lang=en", data={**GOOD, "csrf_token": wrong, "note": "<i>", "days": ["mon", "tue"]}, headers=HERE)
    assert answer.status_code == 400
    assert not problems_of(answer)
    assert 'value="&lt;i&gt;"' in answer.text
    assert answer.text.count('name="days"') == 2
    assert "rahasia" not in answer.text
    assert 'type="password"' in answer.text
    assert 'action="/coba?lang=en"' in answer.text
    again = client.post("/coba", data={**GOOD, "csrf_token": token(answer.text)}, headers=HERE)
    assert again.text == "diterima Budi"


def test_a_file_has_to_be_chosen_again(client):
    answer = client.post("/coba", data={"name": "Budi", "photo": (io.BytesIO(b"x"), "a.jpg")}, headers=HERE)
    assert answer.status_code == 400
    assert 'type="file"' in answer.text
    assert "multipart/form-data" in answer.text


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://elsewhere.example"}, {"Origin": "null"}, {"Referer": "https://elsewhere.example/x"}, {}]
)
def test_nobody_is_asked_to_confirm_what_another_site_wrote(client, headers):
    answer = client.post("/coba", data={**GOOD, "note": "titipan"}, headers=headers)
    assert answer.status_code == 400
    assert not problems_of(answer)
    assert "titipan" not in answer.text
    assert "tidak datang dari halaman kami" in answer.text


def test_the_wire_has_its_own_guard(client):
    assert client.post("/api/coba").text == "ok"


def test_an_unknown_address_is_not_found_however_it_is_asked(client):
    assert client.post("/tidak-ada").status_code == 404


@pytest.fixture
def form(client):
    with client.application.test_request_context("/coba"):
        yield Everything()


def told(form: PageForm) -> dict[str, list[str]]:
    return {name: [error.said(INDONESIAN) for error in errors] for name, errors in form.errors.items() if name}


def test_refusals_of_a_service_stand_at_the_fields_they_name(form):
    texts = [Verbatim(f"salah {n}") for n in range(6)]
    names = ["display_name", "measures.bags", "photo[0]", "name", "measures.kg", ""]
    form.take(Invalid([FieldError(name, "x", text) for name, text in zip(names, texts, strict=True)]))
    assert told(form) == {"name": ["salah 0", "salah 3"], "bags": ["salah 1"], "photo": ["salah 2"]}
    assert [error.said(INDONESIAN) for error in form.form_errors] == ["salah 4", "salah 5"]
    assert [field for field, _ in summary_of(form)] == ["", "", "name", "name", "bags", "photo"]


def test_any_other_refusal_stands_above_the_form(form):
    form.take(Conflict(Text("Sudah dicap.")))
    assert summary_of(form) == [("", Text("Sudah dicap."))]


def test_fields_know_how_they_are_drawn(form):
    kinds = {field.name: kind_of(field) for field in form if field.name != "csrf_token"}
    assert kinds == {
        "name": "text",
        "password": "password",
        "bags": "text",
        "born": "date",
        "reason": "select",
        "method": "radio",
        "days": "checkboxes",
        "adult": "checkbox",
        "note": "textarea",
        "photo": "file",
    }
    assert (value_of(form.bags), value_of(form.days), value_of(form.adult), value_of(form.note)) == ("0", ["mon"], "y", "<b>&")
    assert [label.said(ENGLISH) for _, label in choices_of(form.reason)] == ["One", "Two"]


def test_the_page_client_fills_in_the_form_of_a_page(page):
    refused = page.submit("/masuk", {"name": "nobody", "password": "nothing at all"}, status=422)
    assert 'role="alert"' in refused.text
    with pytest.raises(AssertionError, match="has no form that posts to /elsewhere"):
        page.submit("/masuk", {}, to="/elsewhere")
