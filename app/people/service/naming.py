"""What administrators do about a name that misleads or hurts: hidden, shown again, another given. The person is told."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit import service as audit
from app.core.errors import Invalid
from app.people.models import Account
from app.people.service.accounts import name_errors
from app.people.service.managing import below, cleaned_reason
from app.people.service.news import tell

WHERE = "/saya/akun"


def hide_name(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
    """Others read "Warga" instead of the name, wherever it stood. Hidden already: as it is."""
    holder, why = below(session, uuid, by, now), cleaned_reason(reason)
    if holder.person.name_hidden_at is None:
        holder.person.name_hidden_at = now
        session.flush()
        audit.note(session, "people.hide_name", f"person:{uuid}", account_id=by.id, now=now, reason=why)
        tell(session, holder.person_id, "name_hidden", link=WHERE, now=now, reason=why)
    return holder


def show_name(session: Session, uuid: UUID, *, reason: str, by: Account, now: datetime) -> Account:
    """Others read the name again. Shown already: as it is."""
    holder, why = below(session, uuid, by, now), cleaned_reason(reason)
    if holder.person.name_hidden_at is not None:
        holder.person.name_hidden_at = None
        session.flush()
        audit.note(session, "people.show_name", f"person:{uuid}", account_id=by.id, now=now, reason=why)
        tell(session, holder.person_id, "name_shown", link=WHERE, now=now)
    return holder


def give_name(session: Session, uuid: UUID, full_name: str, *, reason: str, by: Account, now: datetime) -> Account:
    """Others read this name from now on. It may name a post: whoever gives it stands above.

    Raises Invalid (fields `full_name`, `reason`).
    """
    holder, why, name = below(session, uuid, by, now), cleaned_reason(reason), " ".join(full_name.split())
    errors = name_errors(holder.name, name)
    if errors:
        raise Invalid(errors)
    if holder.person.name != name:
        holder.person.name = name
        session.flush()
        audit.note(session, "people.give_name", f"person:{uuid}", account_id=by.id, now=now, reason=why)
        tell(session, holder.person_id, "name_given", link=WHERE, now=now, name=name, reason=why)
    return holder
