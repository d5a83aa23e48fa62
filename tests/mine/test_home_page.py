"""`/saya`: the volunteer's week, what it adds up to, what comes next."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from app.leaderboard.service import set_visibility
from app.notices import queries as notices
from app.notices import service
from app.notices.rules import ARRIVALS
from tests.factories.actions import MONDAY, NOW, action_days, at, make_action, stamp
from tests.factories.cast import Cast
from tests.page_client import PageClient
from tests.sync.wire import Sign


def test_a_newcomer_reads_when_the_next_day_is_and_nothing_was_missed(signed_in: Sign, cast: Cast) -> None:
    home = signed_in(cast.citra).get("/saya").text
    assert "Hari ini hari program." in home
    assert 'data-mark="missed"' not in home
    assert "Lencana" not in home
    english = signed_in(cast.citra).get("/saya?lang=en").text
    assert "Today is a programme day." in english


def test_after_todays_action_the_next_day_is_named(signed_in: Sign, cast: Cast, session: Session) -> None:
    make_action(session, cast.budi, captured_at=at(MONDAY, 7))
    home = signed_in(cast.budi).get("/saya").text
    assert "Hari berikutnya: Rabu, 18 November" in home
    assert "Senin, 16 November: menunggu cap" in home


def test_stamped_actions_add_up_and_tell_how_far_it_is(signed_in: Sign, cast: Cast, session: Session) -> None:
    days = [day for day in action_days(30) if day > MONDAY - timedelta(days=28)]
    made = [make_action(session, cast.budi, captured_at=at(day, 7)) for day in days]
    stamp(session, cast.lurah, *made, note="x")
    home = signed_in(cast.budi).get("/saya").text
    assert "Aksi dicap" in home
    assert "(perkiraan)" in home
    assert "pekan berturut-turut dengan aksi yang sudah dicap" in home
    assert "sampai strip berikutnya" in home
    assert "kira-kira" in home
    assert "Aksi Pertama" in home
    assert "Diraih 16 Nov 2026" in home
    assert "1 dari 3 tempat" in home


def test_what_arrived_is_celebrated_until_it_is_put_away(signed_in: Sign, cast: Cast, session: Session) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    home = signed_in(cast.budi)
    shown = home.get("/saya").text
    assert "Selamat!" in shown
    assert "Lencana baru: Aksi Pertama." in shown
    assert "1 aksi Anda sudah dicap." in shown
    newest = shown.split('name="sampai" value="')[1].split('"')[0]
    home.submit("/saya", {"sampai": newest}, to="/saya/disambut")
    assert "Selamat!" not in home.get("/saya").text
    assert signed_in(cast.kader).get("/saya").text.count("arrival") == 0


def test_only_ones_own_arrivals_are_put_away(cast: Cast, session: Session) -> None:
    stamp(session, cast.lurah, make_action(session, cast.budi))
    arrived = notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS)
    service.read(session, cast.citra.person_id, up_to=arrived[0].uuid, now=NOW, kinds=ARRIVALS)
    assert notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS) == arrived
    service.read(session, cast.budi.person_id, up_to=arrived[0].uuid, now=NOW, kinds=ARRIVALS)
    assert notices.unread(session, cast.budi.person_id, limit=9, kinds=ARRIVALS) == ()


def test_a_card_is_ones_own_and_names_only_who_is_shown(signed_in: Sign, cast: Cast, session: Session, page: PageClient) -> None:
    budi = signed_in(cast.budi)
    assert "Belum ada sabuk" in budi.get("/saya/kartu").text
    budi.get("/saya/kartu.png", status=404)
    stamp(session, cast.lurah, make_action(session, cast.budi))
    assert "Dengan nama saya" in budi.get("/saya/kartu").text
    plain, named = (budi.get(f"/saya/kartu.png{asked}").data for asked in ("", "?nama=ya"))
    assert plain.startswith(b"\x89PNG")
    assert named != plain
    set_visibility(session, cast.budi.person_id, shown=False, account_id=cast.budi.id, now=NOW)
    assert budi.get("/saya/kartu.png?nama=ya").data == plain
    page.get("/saya/kartu.png", status=303)


def test_public_pages_tell_what_they_are(page: PageClient, cast: Cast) -> None:
    for path in ("/", "/kota", "/peringkat", "/program", "/metode", "/program/gps"):
        told = page.get(path).text
        assert '<meta name="description" content="' in told, path
        assert 'property="og:title"' in told, path
        assert 'property="og:image" content="http' in told, path
