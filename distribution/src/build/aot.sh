#!/bin/sh
# Trains the ahead-of-time cache: starts the server of the image once, gives it the requests of an ordinary day and then
# load, and ends it. Only a faster start and less compilation depend on the cache, so a server that can't be trained is
# told, not failed.
# usage: aot.sh IMAGE CLASSES TIMESTAMP     CLASSES: the folder with the compiled TrainingRun
set -eu
image=$1 classes=$2 timestamp=$3
cache=$image/lib/quorate.aot
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT

answers() {
  env QUORATE_AOT=off "$image/bin/quorate" four-letter 127.0.0.1 "$port" srvr 2>/dev/null | grep -q Mode
}

port=$((20000 + $$ % 10000))
cat >"$work/zoo.cfg" <<END
tickTime=2000
dataDir=$work/data
clientPort=$port
clientPortAddress=127.0.0.1
maxClientCnxns=0
4lw.commands.whitelist=*
admin.enableServer=false
END
rm -f "$cache"
SERVER_JVMFLAGS="-XX:AOTCacheOutput=$work/quorate.aot -Xlog:aot*=off -Xlog:cds*=off" \
  "$image/bin/quorate" server "$work/zoo.cfg" >"$work/out" 2>&1 &
server=$!

tries=0
until answers; do
  tries=$((tries + 1))
  if ! kill -0 "$server" 2>/dev/null || [ $tries -ge 60 ]; then
    echo "no ahead-of-time cache: the server did not start; it said: $(tail -n 3 "$work/out")"
    exit 0
  fi
  sleep 0.5
done
"$image/runtime/bin/java" -cp "$classes" io.quorate.distribution.TrainingRun 127.0.0.1 "$port" 2500 ||
  echo "the training run of the ahead-of-time cache was cut short"
kill "$server"
wait "$server" || : # 143 after the signal
server=
if [ -s "$work/quorate.aot" ]; then
  mv "$work/quorate.aot" "$cache"
  chmod 644 "$cache"
  touch -d "$timestamp" "$cache" "$image/lib"
else
  echo "no ahead-of-time cache: the training run wrote none"
fi
