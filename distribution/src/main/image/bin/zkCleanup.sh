#!/bin/sh
# zkCleanup.sh [--config DIR] [zoo.cfg] -n COUNT: keeps the newest COUNT snapshots (at least 3) and the logs they need.
bin=$(readlink -f -- "$0") && bin=${bin%/*}
exec "$bin/quorate" purge "$@"
