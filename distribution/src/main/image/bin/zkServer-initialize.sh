#!/bin/sh
# Prepares the folders of a new server and marks them as new, so that an empty server of a running ensemble cannot
# take part by accident. Afterwards start with zookeeper.datadir.autocreate=false.
home=$(readlink -f -- "$0") && home=${home%/*} && home=${home%/*}
. "$home/lib/launch.sh"
read_environment

usage() {
  cat <<END
usage: $0 <parameters>
  Optional parameters:
     -h, --help             Display this message
     --configfile=<file>    ZooKeeper config file ($ZOOCFG)
     --myid=#               Set the myid to be used, if any (1-255)
     --force                Force creation of the data/txnlog dirs
END
  exit 1
}

fail() {
  echo "$1"
  exit 1
}

# Empties what belongs to a server in the folder $1; the folder itself, and who owns it, stays.
reset_folder() {
  rm -rf "$1/myid" "$1/version-2"
  mkdir -p "$1/version-2" || exit 1
}

my_id=
force=no
while [ $# -gt 0 ]; do
  case $1 in
  --configfile=?*) ZOOCFG=${1#*=} ;;
  --myid=?*) my_id=${1#*=} ;;
  --configfile | --myid)
    [ $# -gt 1 ] || usage
    case $1 in
    --configfile) ZOOCFG=$2 ;;
    --myid) my_id=$2 ;;
    esac
    shift
    ;;
  --force) force=yes ;;
  -h | --help) usage ;;
  *)
    echo "Unknown option: $1"
    usage
    ;;
  esac
  shift
done

[ -e "$ZOOCFG" ] || fail "Unable to find config file at $ZOOCFG"
data_dir=$(config_value dataDir)
data_log_dir=$(config_value dataLogDir)
[ -n "$data_dir" ] || fail "Unable to determine dataDir from $ZOOCFG"

again="(or use --force to force re-initialization)"
if [ $force = yes ]; then
  echo "Force enabled, data/txnlog directories will be re-initialized"
elif [ -d "$data_dir/version-2" ]; then
  fail "ZooKeeper data directory already exists at $data_dir $again"
elif [ -n "$data_log_dir" ] && [ -d "$data_log_dir/version-2" ]; then
  fail "ZooKeeper txnlog directory already exists at $data_log_dir $again"
fi

reset_folder "$data_dir"
if [ -n "$data_log_dir" ]; then
  reset_folder "$data_log_dir"
fi
if [ -n "$my_id" ]; then
  echo "Using myid of $my_id"
  echo "$my_id" >"$data_dir/myid"
else
  echo "No myid provided, be sure to specify it in $data_dir/myid if using non-standalone"
fi
touch "$data_dir/initialize"
