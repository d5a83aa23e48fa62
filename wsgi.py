"""The application object for a WSGI server: `gunicorn wsgi:app`."""

from app.application import create_app
from app.database import db
from app.database.patience import answer_in_time

app = create_app()
with app.app_context():
    answer_in_time(db.engine)
