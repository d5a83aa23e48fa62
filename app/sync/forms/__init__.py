"""What devices send and what people write on the page: the only places where text becomes a submission."""

from app.sync.forms.page import RecordForm, record_form
from app.sync.forms.wire import ActionForm
from app.sync.forms.words import RECORDER_WORDS

__all__ = ["RECORDER_WORDS", "ActionForm", "RecordForm", "record_form"]
