#!/bin/sh
# zkServer.sh [--config DIR] {start|start-foreground|stop|restart|status|version|print-cmd} [zoo.cfg]
bin=$(readlink -f -- "$0") && bin=${bin%/*}
exec "$bin/quorate" --as-zkServer "$0" "$@"
