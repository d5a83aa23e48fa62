"""Tries are counted before they are known to be in vain, codes open once, and nothing tells whether a name exists."""

from __future__ import annotations

from datetime import timedelta

import pytest
from argon2 import PasswordHasher, extract_parameters
from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session

from app.audit.models import AuditLine
from app.core.catalogue import ENGLISH, INDONESIAN
from app.core.errors import Conflict, Invalid, NotAllowed
from app.people import queries, service
from app.people.models import Account, AttemptCounter, Person, ResetCode, Tenure
from app.people.queries.memberships import own_request
from app.people.service import throttling
from app.places import queries as places
from tests.factories.actions import NOW
from tests.factories.browsing import PASSWORD, make_hash, with_password
from tests.factories.cast import NPSN, Cast, grant, make_account
from tests.factories.city import CITY, MELATI, TERATAI

pytestmark = pytest.mark.long_on_postgis

HERE = "203.0.113.7"


def audit_kinds(session: Session) -> list[str]:
    session.flush()
    return list(session.scalars(select(AuditLine.kind).order_by(AuditLine.id)))


def attempt(session: Session, name: str, password: str, *, address: str = HERE, browser: str = "", seconds: float = 0) -> Account:
    now = NOW + timedelta(seconds=seconds)
    service.count_sign_in(session, name, address, browser=browser, now=now)
    found = service.recognise(session, name, password, now=now)
    service.let_in(session, found, name, address, browser=browser, now=now)
    return found.account


def test_name_and_password_open_the_account(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    assert attempt(session, "pak.budi", PASSWORD) is cast.budi
    assert audit_kinds(session)[-1] == "people.sign_in"


def test_whatever_is_wrong_the_answer_is_one(session: Session, cast: Cast) -> None:
    budi = with_password(session, cast.budi)

    def change(**columns: object) -> None:
        for name, value in columns.items():
            setattr(budi.person if hasattr(Person, name) else budi, name, value)
        session.flush()

    for name, password, wrong in (
        ("pak.budi", "kucing-makan-rendan", {}),
        ("pak.bodi", PASSWORD, {}),
        ("pak.budi", PASSWORD, {"password_hash": None}),
        ("pak.budi", PASSWORD, {"disabled_at": NOW}),
        ("pak.budi", PASSWORD, {"shown": False, "is_adult": False}),
    ):
        before = session.begin_nested()
        change(**wrong)
        with pytest.raises(service.WrongPassword) as refused:
            attempt(session, name, password)
        assert str(refused.value) == "The username or the password is wrong."
        before.rollback()
    attempt(session, "pak.budi", PASSWORD)


def test_every_answer_costs_one_comparison_whoever_is_asked_for(
    session: Session, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What takes tens of milliseconds is done once in every case, so the time of an answer tells nothing."""
    with_password(session, cast.budi)
    code = handed(session, cast)
    compared: list[str] = []
    verify = PasswordHasher.verify

    def counted(self: PasswordHasher, hashed: str, typed: str) -> bool:
        compared.append(hashed)
        return verify(self, hashed, typed)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    for name in ("pak.budi", "nobody", "bu.kader"):
        with pytest.raises(service.WrongPassword):
            service.recognise(session, name, "salah", now=NOW)
    for name, said in (("pak.budi", "22222-22222"), ("nobody", code), ("bu.kader", code)):
        with pytest.raises(service.WrongCode):
            reset(session, typed(said, name=name))
    assert len(compared) == 6
    assert len({str(extract_parameters(hashed)) for hashed in compared}) == 1


def test_wrong_tries_pause_a_name_at_their_address_whether_it_exists_or_not(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    for name in ("pak.budi", "nobody"):
        for _ in range(5):
            with pytest.raises(service.WrongPassword):
                attempt(session, name, "salah")
        with pytest.raises(service.Throttled) as paused:
            attempt(session, name, PASSWORD)
        assert paused.value.wait_s == 30
    assert attempt(session, "pak.budi", PASSWORD, seconds=30) is cast.budi
    for _ in range(4):
        with pytest.raises(service.WrongPassword):
            attempt(session, "pak.budi", "salah", seconds=31)
    with pytest.raises(service.WrongPassword):
        attempt(session, "nobody", PASSWORD, seconds=30)
    with pytest.raises(service.Throttled) as paused:
        attempt(session, "nobody", PASSWORD, seconds=31)
    assert paused.value.wait_s == 59


def test_nobody_locks_an_officer_out_from_elsewhere(session: Session, cast: Cast) -> None:
    with_password(session, cast.lurah)
    for n in range(50):
        with pytest.raises(service.WrongPassword):
            attempt(session, "pak.lurah", "salah", address=f"198.51.100.{n}")
    assert attempt(session, "pak.lurah", PASSWORD) is cast.lurah


def test_a_known_browser_keeps_its_way_in_while_the_whole_world_tries(session: Session, cast: Cast) -> None:
    """Many addresses at once pause what is not known; guesses in a known browser are counted too."""
    with_password(session, cast.lurah)
    for n in range(100):
        service.count_sign_in(session, "pak.lurah", f"198.51.{n}.1", now=NOW)
    with pytest.raises(service.Throttled):
        attempt(session, "pak.lurah", PASSWORD)
    assert attempt(session, "pak.lurah", PASSWORD, browser="desk") is cast.lurah
    with pytest.raises(service.Throttled):
        attempt(session, "pak.lurah", PASSWORD)
    for _ in range(10):
        with pytest.raises(service.WrongPassword):
            attempt(session, "pak.lurah", "salah", browser="desk")
    with pytest.raises(service.Throttled):
        attempt(session, "pak.lurah", PASSWORD, browser="desk")
    assert attempt(session, "pak.lurah", PASSWORD, browser="phone") is cast.lurah


def test_whoever_is_signed_in_is_counted_apart(session: Session, cast: Cast) -> None:
    for _ in range(5):
        service.count_confirm(session, cast.budi, now=NOW)
    with pytest.raises(service.Throttled):
        service.count_confirm(session, cast.budi, now=NOW)
    service.count_confirm(session, cast.citra, now=NOW)
    service.count_sign_in(session, "pak.budi", HERE, now=NOW)


def test_an_address_that_tries_many_names_is_paused_and_ones_own_account_frees_it_not(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    for n in range(60):
        service.count_sign_in(session, f"name{n}", HERE, now=NOW)
        if n % 20 == 0:
            attempt(session, "pak.budi", PASSWORD)
    with pytest.raises(service.Throttled):
        attempt(session, "pak.budi", PASSWORD)
    assert attempt(session, "pak.budi", PASSWORD, address="198.51.100.1") is cast.budi


def test_what_is_counted_says_nothing_of_names_and_addresses(session: Session) -> None:
    service.count_sign_in(session, "my-password-by-mistake", HERE, now=NOW)
    assert {key.partition(":")[0] for key in session.scalars(select(AttemptCounter.key))} == {
        "sign_in_pair",
        "sign_in_name",
        "sign_in_address",
    }
    assert not [key for key in session.scalars(select(AttemptCounter.key)) if "mistake" in key or HERE in key]


def test_quiet_days_are_swept(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    service.count_sign_in(session, "nobody", "198.51.100.1", now=NOW)
    attempt(session, "pak.budi", PASSWORD, seconds=86401)
    assert session.scalars(select(AttemptCounter.tries)).all() == [0]


def test_no_more_is_counted_than_a_table_may_hold(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttling, "MAX_COUNTED", 20)
    rows = [{"key": f"sign_in_name:{n:064x}", "tries": 1, "last_at": NOW - timedelta(seconds=n)} for n in range(50)]
    session.execute(insert(AttemptCounter), rows)
    throttling.sweep(session, now=NOW)
    kept = session.scalars(select(AttemptCounter.last_at)).all()
    assert (len(kept), min(kept)) == (20, NOW - timedelta(seconds=19))


def test_what_is_old_goes_also_while_nobody_gets_in(session: Session) -> None:
    session.execute(insert(AttemptCounter), [{"key": "sign_in_name:old", "tries": 1, "last_at": NOW - timedelta(days=2)}])
    for n in range(300):
        service.count_sign_in(session, f"name{n}", f"198.51.{n}.1" if n < 256 else f"198.52.{n - 256}.1", now=NOW)
    assert session.get(AttemptCounter, "sign_in_name:old") is None


@pytest.mark.parametrize(
    ("address", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("", "unknown"),
        ("unix:", "unknown"),
    ],
)
def test_one_household_is_one_address(address: str, counted: str) -> None:
    assert throttling.network(address) == counted


@pytest.mark.parametrize(("wait_s", "told"), [(30, "30 detik"), (60, "1 menit"), (61, "2 menit"), (900, "15 menit")])
def test_a_pause_is_told_in_words(wait_s: int, told: str) -> None:
    assert told in service.Throttled(wait_s).message.said(INDONESIAN)


def test_a_post_that_signs_asks_for_a_longer_password_at_the_next_sign_in(session: Session, cast: Cast) -> None:
    with_password(session, cast.lurah, "makan-kucing")
    assert service.recognise(session, "pak.lurah", "makan-kucing", now=NOW).needs_longer
    with_password(session, cast.kader, "makan-kucing")
    assert not service.recognise(session, "bu.kader", "makan-kucing", now=NOW).needs_longer
    key = cast.kader.session_key
    grant(session, cast.kader.person_id, "volunteer", f"npsn:{NPSN}")
    assert cast.kader.session_key == key
    grant(session, cast.kader.person_id, "lurah", TERATAI)
    assert cast.kader.session_key != key
    assert service.recognise(session, "bu.kader", "makan-kucing", now=NOW).needs_longer


def test_signing_up_makes_an_adult_who_asks_for_a_site(session: Session, cast: Cast) -> None:
    made = service.sign_up(
        session,
        "siti",
        full_name=" Siti  Rahayu ",
        hashed=make_hash(),
        site=cast.office.uuid,
        shown=False,
        language=ENGLISH,
        now=NOW,
    )
    assert (made.person.name, made.person.is_adult, made.person.shown, made.language) == ("Siti Rahayu", True, False, "en")
    assert queries.tenures(session, made.person_id) == (), "they asked for the site; somebody there answers"
    request = own_request(session, made.person_id)
    assert request is not None
    assert request.site_id == cast.office.id
    assert "people.sign_up" in audit_kinds(session)
    with pytest.raises(Conflict):
        service.sign_up(session, "siti", full_name="Siti", hashed=make_hash(), site=None, shown=True, language=ENGLISH, now=NOW)
    assert session.scalar(select(func.count()).select_from(Person).where(Person.name.like("Siti%"))) == 1


def test_a_site_is_named_by_its_number_or_its_code(session: Session, cast: Cast) -> None:
    school = cast.school.uuid
    for said in (NPSN, f" npsn:{NPSN}", places.site_code(school).lower(), f"site:{school}"):
        assert places.find_site(session, said, field="place") is cast.school
    for said in ("12345678", "abcd-0000", MELATI, "sdn teratai", "site:zzz"):
        with pytest.raises(Invalid) as refused:
            places.find_site(session, said, field="place")
        assert [error.field for error in refused.value.errors] == ["place"]
    cast.school.closed_at = NOW
    with pytest.raises(Invalid):
        places.find_site(session, NPSN, field="place")


def typed(code: str, name: str = "pak.budi", address: str = HERE) -> service.Typed:
    return service.Typed(name, code, address)


def reset(session: Session, by: service.Typed, *, hours: float = 0) -> Account:
    now = NOW + timedelta(hours=hours)
    code_id = service.count_code(session, by, now=now)
    service.opened_by(session, code_id, by.code)
    assert code_id is not None
    return service.use_code(session, code_id, make_hash("batu-hujan-padi"), by, now=now)


def handed(session: Session, cast: Cast, *, by: Account | None = None, hours: float = 0) -> str:
    code, hashed = service.generate_code()
    service.hand_code(session, cast.budi, hashed, by=by, now=NOW + timedelta(hours=hours))
    return code


def test_a_code_opens_once_and_ends_every_session(session: Session, cast: Cast) -> None:
    with_password(session, cast.budi)
    key, code = cast.budi.session_key, handed(session, cast, by=cast.lurah)
    assert reset(session, typed(code.lower()), hours=23.9) is cast.budi
    assert cast.budi.session_key != key
    assert service.verify_password(cast.budi.password_hash, "batu-hujan-padi")
    assert audit_kinds(session)[-2:] == ["people.reset_code", "people.password"]
    with pytest.raises(service.WrongCode):
        reset(session, typed(code), hours=23.9)


def test_a_code_lasts_a_day_and_the_next_one_replaces_it(session: Session, cast: Cast) -> None:
    first, second = handed(session, cast), handed(session, cast)
    for code, hours in ((first, 0), (second, 24)):
        with pytest.raises(service.WrongCode):
            reset(session, typed(code), hours=hours)
    assert reset(session, typed(second), hours=1) is cast.budi


def test_wrong_codes_pause_their_address_and_end_nobody_s_code(session: Session, cast: Cast) -> None:
    code = handed(session, cast)
    for _ in range(5):
        with pytest.raises(service.WrongCode):
            reset(session, typed("22222-22222"))
    with pytest.raises(service.Throttled):
        reset(session, typed(code))
    for n in range(50):
        with pytest.raises(service.WrongCode):
            reset(session, typed("22222-22222", address=f"198.51.100.{n}"))
    assert reset(session, typed(code), hours=2) is cast.budi


def test_a_code_ends_after_ten_thousand_wrong_ones(session: Session, cast: Cast) -> None:
    code = handed(session, cast)
    session.execute(update(ResetCode).values(tries=9_999))
    with pytest.raises(service.WrongCode):
        reset(session, typed("22222-22222"))
    with pytest.raises(service.WrongCode):
        reset(session, typed(code))


def test_a_right_code_with_a_weak_password_may_be_typed_again(session: Session, cast: Cast) -> None:
    code = typed(handed(session, cast))
    for _ in range(7):
        code_id = service.count_code(session, code, now=NOW)
        assert code_id is not None
        service.give_back(session, code_id, code, now=NOW)
    assert reset(session, code) is cast.budi


def test_a_code_of_another_name_or_none_is_one_answer(session: Session, cast: Cast) -> None:
    code = handed(session, cast)
    for name in ("nobody", "bu.guru"):
        with pytest.raises(service.WrongCode):
            reset(session, typed(code, name=name))


def test_only_whoever_stands_above_hands_a_code_and_nobody_to_themselves(session: Session, cast: Cast) -> None:
    _, hashed = service.generate_code()
    admin = make_account(session, "admin", f"administrator@{CITY}")
    for by, holder in ((cast.guru, cast.budi), (cast.budi, cast.kader), (cast.lurah, cast.lurah), (cast.lurah, cast.citra),
                       (cast.lurah, cast.guru), (cast.lurah, admin), (cast.citra, cast.budi)):  # fmt: skip
        with pytest.raises(NotAllowed):
            service.hand_code(session, holder, hashed, by=by, now=NOW)
    assert session.scalar(select(func.count()).select_from(ResetCode)) == 0
    for by, holder in ((cast.lurah, cast.budi), (cast.lurah, cast.kader), (admin, cast.lurah), (admin, cast.citra)):
        service.hand_code(session, holder, hashed, by=by, now=NOW)
    grant(session, cast.budi.person_id, "administrator", CITY)
    with pytest.raises(NotAllowed):
        service.hand_code(session, cast.budi, hashed, by=cast.lurah, now=NOW)


def test_whom_a_post_reaches_is_found_by_name(session: Session, cast: Cast) -> None:
    def names(of: Account, words: str = "") -> list[str]:
        return [account.name for account, _ in queries.in_reach(session, of, NOW, words=words)]

    assert names(cast.lurah) == ["bu.kader", "pak.budi"]
    assert names(cast.lurah, "BUDI") == ["pak.budi"]
    assert names(cast.lurah, "%") == []
    assert names(cast.guru) == names(cast.citra) == []
    principal = make_account(session, "kepsek", f"principal@npsn:{NPSN}")
    assert names(principal) == ["bu.guru"]
    admin = make_account(session, "admin", f"administrator@{CITY}")
    assert names(admin, "citra") == ["citra"]
    ended = session.scalars(select(Tenure).where(Tenure.person_id == cast.budi.person_id)).one()
    service.end(session, ended, last_day=NOW.date() - timedelta(days=1), ended_by=None, now=NOW)
    session.flush()
    assert names(cast.lurah, "budi") == []
