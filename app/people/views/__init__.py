"""Pages of signing in and up, passwords and invitations. All of them hang on one blueprint."""

from app.web.surfaces import Surface, SurfaceBlueprint

blueprint = SurfaceBlueprint("people", __name__, Surface.PAGE)

from app.people.views import codes as codes  # noqa: E402 - each module hangs its pages on the blueprint above
from app.people.views import invitations as invitations  # noqa: E402
from app.people.views import passwords as passwords  # noqa: E402
from app.people.views import signing_in as signing_in  # noqa: E402
from app.people.views import signing_up as signing_up  # noqa: E402
