"""`/catat`: log an action on a page. It opens without sign-in and then holds no person; it works without script.

Beside it: taking one's own action back.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import IO, TYPE_CHECKING
from uuid import UUID, uuid4

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from sqlalchemy.orm import Session

from app.actions import queries as actions
from app.actions.rules.submission import PhotoLink
from app.actions.rules.words import Status
from app.core.clock import local_time, utc_now
from app.core.errors import Conflict, FieldError, Invalid, NotAllowed, NotFound, TooMany
from app.core.text import Text
from app.database import db
from app.database.transaction import write_transaction
from app.media import service as media
from app.media.rules import MAX_FILE_BYTES
from app.people import queries as people
from app.people.access import me
from app.people.rules import acts_in_area
from app.places import queries as places
from app.places.queries import SiteAt
from app.programmes import queries as programmes
from app.programmes.queries import Current
from app.programmes.rules import Definition
from app.programmes.rules.definition import Circle
from app.programmes.rules.said import counted_days_said
from app.sites.rules import radius_m
from app.sync import service
from app.sync.forms import RECORDER_WORDS, record_form
from app.sync.forms.page import MAX_PHOTOS, Chosen, RecordForm
from app.sync.views.blueprint import blueprint
from app.web.bodies import FORM_BYTES, takes_up_to
from app.web.language import said
from app.web.pages import reader_zone
from app.web.shells import is_shell

if TYPE_CHECKING:
    from app.people.models import Account
    from app.web.pages import Visitor

FIRST = "gps"
CHUNK = 64 * 1024
DEFAULT_MINUTES = timedelta(minutes=15)
SENT_BEFORE = Conflict(
    Text("Dari halaman ini sudah ada catatan yang tersimpan; lihat Aksi saya. Jika ini aksi lain, kirim lagi."),
    "sent_before",
)


@dataclass(frozen=True, slots=True)
class RecordPage:
    """What the page of one programme shows."""

    current: Current
    programmes: tuple[tuple[str, Text], ...]
    """Address and name of each programme's form."""
    sites_json: str
    """Of each site of the reader: id, name, lon, lat, radius_m; for the words about the distance."""
    words_json: str
    names_json: str
    counted_days: Text | None
    """Told before the action, where not every day counts."""
    is_signed_in: bool


@dataclass(frozen=True, slots=True)
class RecordShell:
    """What the shell holds: the empty form of every programme, and nothing of anybody."""

    programmes: tuple[tuple[str, Text], ...]
    forms: tuple[tuple[Definition, RecordForm, Text | None], ...]
    """Each with the days that count, where not all do."""
    words_json: str
    """What the recorder says of fields, by what is wrong with them."""
    names_json: str
    """Code -> name of each programme."""


@blueprint.get("/catat")
def record() -> ResponseReturnValue:
    """The empty form; for a phone that keeps it, the forms of all programmes."""
    session = db.session()
    if is_shell():
        return _shell(session)
    account = me() if current_user.is_authenticated else None
    current, others = _programmes(session, is_in_area=account is not None and _is_in_area(session, account))
    sites = _sites(session, account)
    form = _form(session, current.definition, sites)
    form.action_id.data = str(uuid4())
    zone = places.zone_at(session, sites[0].kelurahan_id) if sites else reader_zone()
    form.started.data = local_time(utc_now() - DEFAULT_MINUTES, zone).replace(tzinfo=None, second=0, microsecond=0)
    form.where.data = str(sites[0].uuid) if sites else None
    return render_template("sync/record.html", form=form, page=_page(current, others, sites, account))


@blueprint.post("/catat")
@takes_up_to(MAX_PHOTOS * MAX_FILE_BYTES + FORM_BYTES)
def record_action() -> ResponseReturnValue:
    """Take the form in, exactly once however often it is sent."""
    account, session, now = me(), db.session(), utc_now()
    current, others = _programmes(session)
    sites = _sites(session, account)
    form, status, later = _form(session, current.definition, sites), 422, {}
    if form.validate_on_submit():
        try:
            photos = [PhotoLink(_keep(session, chosen, account), chosen.role) for chosen in form.files()]
            submission = form.submission(current.definition, sites, _zone_there(session, form, sites), photos, now)
            if service.known(session, submission, account) is None:
                prepared = service.prepare(session, submission, account, now=now)
                with write_transaction(session):
                    service.receive(session, prepared, now=now)
        except (Invalid, Conflict, NotAllowed, TooMany) as error:
            form.take(SENT_BEFORE if isinstance(error, Conflict) else error)
            if isinstance(error, Conflict):
                form.action_id.data = str(uuid4())
            if isinstance(error, TooMany):
                status, later = 429, {"Retry-After": str(error.wait_s)}
        else:
            return redirect(url_for("booklets.action", action_id=submission.id), 303)
    return render_template("sync/record.html", form=form, page=_page(current, others, sites, account)), status, later


@blueprint.get("/aksi/<uuid:action_id>/tarik")
def ask_withdraw(action_id: UUID) -> ResponseReturnValue:
    """Ask once more before one's own action is taken back."""
    account = me()
    action = actions.action(db.session(), action_id)
    if action is None or action.person_id != account.person_id:
        raise NotFound
    if action.status not in (Status.WAITING, Status.HELD):
        return redirect(url_for("booklets.action", action_id=action_id), 303)
    return render_template("sync/withdraw.html", action_id=action_id)


@blueprint.post("/aksi/<uuid:action_id>/tarik")
def withdraw(action_id: UUID) -> ResponseReturnValue:
    """Take back one's own action while nobody has decided about it."""
    account = me()
    with write_transaction(db.session()) as session:
        service.withdraw(session, action_id, account, now=utc_now())
    return redirect(url_for("booklets.action", action_id=action_id), 303)


@blueprint.app_template_global()
def record_address(visitor: Visitor | None) -> str:
    """Where this reader logs an action: of a cadre the programme of areas, though the page that the phone keeps knows nobody."""
    if visitor is None or not visitor.in_area:
        return "/catat"
    current = _today(db.session())
    return f"/catat?program={_usual(current, is_in_area=True)}" if current else "/catat"


def _is_in_area(session: Session, account: Account) -> bool:
    return acts_in_area(people.tenures_at(session, account.person_id, utc_now()))


def shell_state(session: Session) -> str:
    """What the shell follows: the versions of the programmes that hold today."""
    return " ".join(str(each.version_id) for each in programmes.all_current(session, places.day_at(session, utc_now())))


def _shell(session: Session) -> ResponseReturnValue:
    definitions = [each.definition for each in programmes.all_current(session, places.day_at(session, utc_now()))]
    if not definitions:
        raise NotFound
    forms = tuple((each, record_form(each, ()), counted_days_said(each)) for each in definitions)
    page = RecordShell(_tabs(definitions), forms, recorder_words(), _names(definitions))
    return render_template("sync/record_shell.html", page=page)


def recorder_words() -> str:
    return json.dumps({name: said(sentence) for name, sentence in RECORDER_WORDS.items()})


def _names(definitions: Iterable[Definition]) -> str:
    return json.dumps({each.code: said(each.name.text) for each in definitions})


def _tabs(definitions: Iterable[Definition]) -> tuple[tuple[str, Text], ...]:
    return tuple((f"/catat?program={each.code}", each.name.text) for each in definitions)


def _programmes(session: Session, *, is_in_area: bool = False) -> tuple[Current, Sequence[Definition]]:
    """The programme asked for, else the one that the reader mostly acts in; and all of them."""
    current = _today(session)
    if not current:
        raise NotFound
    code = request.args.get("program") or _usual(current, is_in_area=is_in_area)
    if code not in current:
        raise NotFound
    return current[code], [each.definition for each in current.values()]


def _today(session: Session) -> dict[str, Current]:
    """The programmes of today by their codes."""
    return {each.definition.code: each for each in programmes.all_current(session, places.day_at(session, utc_now()))}


def _usual(current: Mapping[str, Current], *, is_in_area: bool) -> str:
    """The code of the first programme of areas, for whoever acts in one; of the first of sites for all others."""
    at_sites = {code for code, each in current.items() if isinstance(each.definition.place, Circle)}
    return min(current, key=lambda code: ((code in at_sites) is is_in_area, code != FIRST))


def _sites(session: Session, account: Account | None) -> Sequence[SiteAt]:
    if account is None:
        return ()
    now = utc_now()
    tenures = people.tenures_at(session, account.person_id, now)
    return places.sites_at(session, people.member_sites(tenures), now)


def _form(session: Session, definition: Definition, sites: Sequence[SiteAt]) -> RecordForm:
    """The empty form; where the house has several zones it says whose clock it asks for."""
    form = record_form(definition, sites)
    if len(places.areas(session).zones) > 1:
        form.started.description = Text("Menurut jam di tempat aksi.")
    return form


def _zone_there(session: Session, form: RecordForm, sites: Sequence[SiteAt]) -> str:
    """The zone in which the time was typed: that of the place, outside all areas that of where the person lives."""
    ground = places.kelurahan_at(session, form.fix(sites).point)
    return ground.timezone if ground is not None else reader_zone()


def _page(current: Current, others: Sequence[Definition], sites: Sequence[SiteAt], account: Account | None) -> RecordPage:
    circle = current.definition.place
    near = [
        {
            "id": str(site.uuid),
            "name": site.name,
            "lon": site.centre.lon,
            "lat": site.centre.lat,
            "radius_m": radius_m(site, circle) if isinstance(circle, Circle) else None,
        }
        for site in sites
    ]
    return RecordPage(
        current,
        _tabs(others),
        sites_json=json.dumps(near),
        words_json=recorder_words(),
        names_json=_names(others),
        counted_days=counted_days_said(current.definition),
        is_signed_in=account is not None,
    )


def _keep(session: Session, chosen: Chosen, account: Account) -> str:
    """Take one photograph in as the wire does; its name is its digest. What is wrong with it is said of its field."""
    file = chosen.file.stream
    digest = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
    file.seek(0)
    store = media.store_in(current_app.config["SETTINGS"].instance)
    session.commit()
    try:
        with store.arriving(_chunks(file), expected=digest) as arrived, write_transaction(session):
            service.take_photo(session, arrived, account, now=utc_now())
    except Invalid as error:
        raise Invalid([FieldError(chosen.field, each.code, each.message) for each in error.errors]) from error
    return digest


def _chunks(file: IO[bytes]) -> Iterator[bytes]:
    while chunk := file.read(CHUNK):
        yield chunk
