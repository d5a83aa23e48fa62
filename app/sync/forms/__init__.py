"""What devices send and what people write on the page: the only places where text becomes a submission."""

from app.sync.forms.page import RecordForm, record_form
from app.sync.forms.wire import ActionForm

__all__ = ["ActionForm", "RecordForm", "record_form"]
