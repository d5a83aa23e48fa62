#!/bin/sh
# /usr/local/sbin/sabuk: the commands on a server, for root: as the service's user and with its settings (docs/operations.md).
set -eu
set -a
. /etc/sabuk.env
HOME=/var/lib/sabuk
set +a
exec setpriv --reuid sabuk --regid sabuk --init-groups /srv/sabuk/.venv/bin/sabuk "$@"
