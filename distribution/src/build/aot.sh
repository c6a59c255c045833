#!/bin/sh
# Trains the ahead-of-time cache: a server of the image gets some load and is killed, so that there is a log to replay; then
# one that is recorded starts, gets the requests of an ordinary day and then load, and ends. Before it opens its data, a
# plug-in takes it through the storage lmdb. Only a faster start and less compilation depend on the cache, so a server that
# can't be trained is told, not failed.
# usage: aot.sh IMAGE CLASSES TIMESTAMP     CLASSES: the folder with the compiled TrainingRun and plug-in
set -eu
image=$1 classes=$2 timestamp=$3
cache=$image/lib/quorate.aot
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null || :; rm -rf "$work"' EXIT

answers() {
  env QUORATE_AOT=off "$image/bin/quorate" four-letter 127.0.0.1 "$port" srvr 2>/dev/null | grep -q Mode
}

train() { # PHASE_MS ROOT
  "$image/runtime/bin/java" -cp "$classes" io.quorate.distribution.TrainingRun 127.0.0.1 "$port" "$1" "$2" ||
    echo "the training run of the ahead-of-time cache was cut short"
}

# Starts the server and waits until it answers; 1 if it does not.
start() {
  "$image/bin/quorate" server "$work/zoo.cfg" >"$work/out" 2>&1 &
  server=$!
  tries=0
  until answers; do
    tries=$((tries + 1))
    if ! kill -0 "$server" 2>/dev/null || [ $tries -ge 60 ]; then
      echo "no ahead-of-time cache: the server did not start; it said: $(tail -n 3 "$work/out")"
      return 1
    fi
    sleep 0.5
  done
}

port=$((20000 + $$ % 10000))
mkdir "$work/plugins"
"$image/runtime/bin/java" -cp "$classes" io.quorate.distribution.TrainingPlugin "$work/plugins/training.jar"
cat >"$work/zoo.cfg" <<END
tickTime=2000
dataDir=$work/data
clientPort=$port
clientPortAddress=127.0.0.1
maxClientCnxns=0
4lw.commands.whitelist=*
admin.enableServer=false
quorate.plugins=$work/plugins
storage=training
END
rm -f "$cache"
start || exit 0
train 150 /before
kill -KILL "$server"
wait "$server" 2>/dev/null || : # 137 after the signal

SERVER_JVMFLAGS="-XX:AOTCacheOutput=$work/quorate.aot -Xlog:aot*=off -Xlog:cds*=off"
export SERVER_JVMFLAGS
start || exit 0
train 2500 /training
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
