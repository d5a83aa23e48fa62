"""Forms of pages: their fields, their words in both languages, their guard against other sites' pages.

A view makes the form and, when `form.validate_on_submit()`, calls the service; what that refuses, `form.take(error)` puts onto
the fields.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, ClassVar
from urllib.parse import urlsplit

from flask import Flask, Response, render_template, request
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError, CSRFProtect
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, DecimalField, Field, FileField
from wtforms.validators import ValidationError
from wtforms.widgets import ListWidget, Select, TextArea, TextInput

from app.core.errors import DomainError, Invalid
from app.core.numerals import Numeral, read_number, write_number
from app.core.text import Text
from app.web import errors, form_words, pages
from app.web.form_words import MISREAD, UNKEPT
from app.web.language import language
from app.web.shells import is_shell
from app.web.surfaces import Surface, surface
from app.web.wire import SAFE_METHODS

TOKEN = "csrf_token"  # noqa: S105 - the name of a field
SECRET_NAMES = ("password", "sandi")
"""Fields whose names hold one of these are typed again, never sent back in a page."""

guard = CSRFProtect()


class FormError(ValidationError):
    """What a form's own check has to say of a field."""

    def __init__(self, text: Text) -> None:
        super().__init__(text)


class NumberField(DecimalField):
    """A number as people write it, with a comma or a point; what can be read in two ways is asked about.

    It is shown as a field for text: a browser's own for numbers drops a comma that it does not know, and nobody sees it.
    """

    data: Any
    """Decimal, in a WholeField int; None where there is none."""
    widget = TextInput()
    numeral = Numeral.AMOUNT
    inputmode = "decimal"

    def process_formdata(self, valuelist: list[str]) -> None:
        if not valuelist:
            return
        self.data = None
        if not valuelist[0].strip():
            return
        read = read_number(valuelist[0], self.numeral)
        if not isinstance(read, Decimal):
            raise ValueError(MISREAD[read])
        self.data = self._made(read)

    def _made(self, number: Decimal) -> Decimal | int:
        return number

    def _value(self) -> str:
        """As it was typed; else as it is read again without a doubt."""
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else write_number(Decimal(str(self.data)), language())


class WholeField(NumberField):
    """A whole number: what parts its digits are thousands."""

    numeral = Numeral.WHOLE
    inputmode = "numeric"

    def _made(self, number: Decimal) -> Decimal | int:
        return int(number)


class DegreesField(NumberField):
    """Degrees of longitude or latitude: what parts their digits is a decimal mark."""

    numeral = Numeral.DEGREES
    inputmode = "text"  # a phone's keys for decimals may have no minus


class PageForm(FlaskForm):
    """A form on a page. Labels, descriptions and messages may be Text: the components say them in the reader's language."""

    fields_of: ClassVar[Mapping[str, str]] = {}
    """Where a service names a field otherwise than this form: its name there -> the name here."""

    class Meta(FlaskForm.Meta):
        @property
        def csrf(self) -> bool:
            """A shell is sent by nobody and carries no token."""
            return not is_shell()

        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:  # noqa: ANN401 - WTForms' own
            """Words for fields of words, files for fields of files; what came as the other, or as JSON, was not typed here."""
            if formdata is None or hasattr(formdata, "getlist"):
                return formdata
            if request.method in SAFE_METHODS:
                return None
            files = {name for name, field in form._fields.items() if isinstance(field, FileField)}
            words = [(name, word) for name, word in request.form.items(multi=True) if name not in files]
            return MultiDict(words + [(name, file) for name, file in request.files.items(multi=True) if name in files])

        def get_translations(self, form: object) -> form_words.Words:
            return form_words.WORDS

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - WTForms' own
        """Whether every field fits. Words with a NUL, which no database keeps, are refused before any check may ask one."""
        unkept = [field for field in self if any("\x00" in word for word in field.raw_data or () if isinstance(word, str))]
        for field in unkept:
            field.errors = [UNKEPT]
        return not unkept and bool(super().validate(extra_validators))

    def take(self, error: DomainError) -> None:
        """Put what a service refused onto the fields that it names, and the rest onto the form."""
        if not isinstance(error, Invalid):
            self.form_errors.append(error.message)
            return
        for each in error.errors:
            field = self._field_named(each.field)
            if field is None:
                self.form_errors.append(each.message)
            else:
                field.errors = [*field.errors, each.message]

    def _field_named(self, name: str) -> Field | None:
        """The field of that name; of "measures.kg" and "photos[0]" the field kg and photos where nothing is called so in full."""
        whole = self.fields_of.get(name, name)
        for candidate in (whole, whole.partition("[")[0], whole.rpartition(".")[2]):
            if candidate in self._fields:
                return self._fields[candidate]
        return None


def summary_of(form: PageForm) -> list[tuple[str, Text | str]]:
    """Everything wrong with the form: the id of each field and its sentence; an empty id: the form as a whole."""
    whole: list[tuple[str, Text | str]] = [("", error) for error in form.form_errors]
    return whole + [(field.id, error) for field in form if field.name != TOKEN for error in field.errors]


def kind_of(field: Field) -> str:
    """How components/field.html draws the field."""
    widget = field.widget
    if isinstance(widget, TextArea):
        return "textarea"
    if isinstance(widget, Select):
        return "checkboxes" if widget.multiple else "select"
    if isinstance(widget, ListWidget):
        return "radio" if getattr(field, "option_widget", None) and field.option_widget.input_type == "radio" else "checkboxes"
    return str(getattr(widget, "input_type", "text"))


def value_of(field: Field) -> Any:  # noqa: ANN401 - a field holds what it holds
    """What stands in the field: as it was typed, where somebody typed."""
    if isinstance(field, BooleanField) or not hasattr(field, "_value"):
        return "y" if isinstance(field, BooleanField) else field.data
    return field.data if hasattr(field, "choices") else field._value()  # noqa: SLF001 - what every widget of wtforms asks for


def choices_of(field: Field) -> list[tuple[Any, Any]]:
    """The field's choices as (value, label)."""
    choices: Iterable[Any] = getattr(field, "choices", None) or ()
    return [(choice, choice) if isinstance(choice, str) else tuple(choice)[:2] for choice in choices]


def install(app: Flask) -> None:
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_CSRF_CHECK_DEFAULT=False, WTF_CSRF_SSL_STRICT=False)
    guard.init_app(app)
    app.register_error_handler(CSRFError, _ask_again)
    app.jinja_env.globals.update(kind_of=kind_of, value_of=value_of, choices_of=choices_of, summary_of=summary_of)

    @app.before_request
    def only_from_our_own_pages() -> None:
        """The wire has its own guard (app/web/wire.py); every other write carries the token of a page of ours."""
        if request.method not in SAFE_METHODS and request.endpoint and surface() is not Surface.WIRE:
            guard.protect()


def _ask_again(error: CSRFError) -> Response:
    """A page that was open for long, or a session that ended: what was written is kept and can be sent again.

    Only for what one of our own pages sent: nobody is to confirm what another site wrote.
    """
    sent_from = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    if (sent_from.scheme, sent_from.netloc) != (request.scheme, request.host):
        return errors.answer(400, FOREIGN, "foreign_page")
    return _kept(400, signed_out=False)


def ask_to_sign_in() -> Response:
    """What was written when the session had ended is kept: sign in beside it, then send it from here."""
    return _kept(401, signed_out=True)


def _kept(status: int, *, signed_out: bool) -> Response:
    """A page that holds what was sent, without its secrets, and sends it again."""
    given = [(name, value) for name, value in request.form.items(multi=True) if name != TOKEN and not name.endswith(f"-{TOKEN}")]
    page = render_template(
        "web/send_again.html",
        kept=[(name, value) for name, value in given if not _is_secret(name)],
        secrets=sorted({name for name, _ in given if _is_secret(name)}),
        files=sorted({name for name, file in request.files.items(multi=True) if file.filename}),
        action=pages.here_with(),
        signed_out=signed_out,
    )
    return Response(page, status, mimetype="text/html")


FOREIGN = Text("Isian ini tidak datang dari halaman kami. Buka halamannya di sini, lalu isi lagi.")


def _is_secret(name: str) -> bool:
    return any(word in name.lower() for word in SECRET_NAMES)
