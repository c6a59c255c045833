#!/bin/sh
# zkCleanup.sh [--config DIR] -n COUNT: keeps the newest COUNT snapshots (at least 3) and the logs they need.
home=$(readlink -f -- "$0") && home=${home%/*} && home=${home%/*}
. "$home/lib/launch.sh"
if [ "${1-}" = --config ] && [ $# -gt 1 ]; then
  ZOOCFGDIR=$2
  shift 2
fi
read_environment

data_dir=$(config_value dataDir)
data_log_dir=$(config_value dataLogDir)
if [ -z "$data_dir" ]; then
  echo "Unable to determine dataDir from $ZOOCFG" >&2
  exit 1
fi
client_flags
run purge "${data_log_dir:-$data_dir}" "$data_dir" "$@"
