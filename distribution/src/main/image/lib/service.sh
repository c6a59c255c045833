# Sourced by bin/quorate: the words of zkServer.sh. Texts, pid file and exit statuses are those that scripts around
# Apache ZooKeeper know.
# In: home, ZOOCFGDIR, ZOOCFG, ZOO_LOG_DIR and the functions of launch.sh.

is_number() {
  case $1 in
  '' | *[!0-9]*) return 1 ;;
  esac
}

# The settings that a word needs, once its configuration file is known.
read_service_settings() {
  if [ "${JMXDISABLE:-false}" != false ]; then
    echo "JMX disabled by user request" >&2
  else
    echo "ZooKeeper JMX enabled by default" >&2
    if [ -n "${JMXPORT-}" ]; then
      echo "ZooKeeper remote JMX Port set to $JMXPORT" >&2
      echo "ZooKeeper remote JMX authenticate set to ${JMXAUTH:-false}" >&2
      echo "ZooKeeper remote JMX ssl set to ${JMXSSL:-false}" >&2
      echo "ZooKeeper remote JMX log4j set to ${JMXLOG4J:-true}" >&2
      if [ -n "${JMXHOSTNAME-}" ]; then
        echo "ZooKeeper remote JMX Hostname set to $JMXHOSTNAME" >&2
      fi
    fi
  fi
  echo "Using config: $ZOOCFG" >&2

  data_dir=$(config_value dataDir)
  data_log_dir=$(config_value dataLogDir)
  user=${USER:-$(id -un 2>/dev/null || id -u)}
  log_file=zookeeper-$user-server-${HOSTNAME:-$(uname -n)}.log
  pid_file=${ZOOPIDFILE:-${data_dir:-.}/zookeeper_server.pid}
  if [ -n "${ZOO_DATADIR_AUTOCREATE_DISABLE-}" ]; then
    if [ ! -d "$data_dir/version-2" ]; then
      echo "ZooKeeper data directory is missing at $data_dir fix the path or run initialize"
      exit 1
    fi
    if [ -n "$data_log_dir" ] && [ ! -d "$data_log_dir/version-2" ]; then
      echo "ZooKeeper txnlog directory is missing at $data_log_dir fix the path or run initialize"
      exit 1
    fi
  fi
}

# The file that takes what the server prints. A log folder that cannot be written (an installation owned by
# another user) gives way to the data folder. Out: ZOO_LOG_DIR, out_file.
find_out_file() {
  if ! mkdir -p "$ZOO_LOG_DIR" 2>/dev/null || [ ! -w "$ZOO_LOG_DIR" ]; then
    ZOO_LOG_DIR=${data_dir:-.}
  fi
  out_file=$ZOO_LOG_DIR/${log_file%.log}.out
}

service() {
  word=$1
  if [ -n "${2-}" ]; then
    config_path "$2"
  fi
  if [ "$word" != restart ] && [ "$word" != version ]; then
    read_service_settings
  fi
  case $word in
  start) service_start ;;
  start-foreground)
    server_flags
    run server "$ZOOCFG"
    ;;
  stop) service_stop ;;
  restart)
    (
      read_service_settings
      service_stop
    ) || exit
    read_service_settings 2>/dev/null
    service_start
    ;;
  status) service_status ;;
  version)
    client_flags
    run version
    ;;
  print-cmd)
    find_out_file
    server_flags
    print_only=yes
    run server "$ZOOCFG"
    echo "> \"$out_file\" 2>&1 < /dev/null"
    ;;
  esac
}

service_start() {
  printf 'Starting zookeeper ... '
  if [ -f "$pid_file" ] && kill -0 "$(cat "$pid_file")" >/dev/null 2>&1; then
    echo "already running as process $(cat "$pid_file")."
    exit 1
  fi
  mkdir -p "$(dirname "$pid_file")"
  find_out_file
  server_flags
  ( # the subshell becomes the server, so its pid is the server's; it outlives the terminal
    trap '' HUP
    run server "$ZOOCFG" >"$out_file" 2>&1 </dev/null
  ) &
  pid=$!
  if ! printf '%s' "$pid" >"$pid_file"; then
    echo "FAILED TO WRITE PID"
    exit 1
  fi
  sleep 1
  if kill -0 "$pid" 2>/dev/null; then
    echo "STARTED"
  else
    echo "FAILED TO START"
    exit 1
  fi
}

# A missing pid file is no failure: there is nothing to stop.
service_stop() {
  printf 'Stopping zookeeper ... '
  if [ ! -f "$pid_file" ]; then
    echo "no zookeeper to stop (could not find file $pid_file)"
    return
  fi
  pid=$(cat "$pid_file")
  kill "$pid"
  rm -f "$pid_file"
  # Told as stopped when it is; a restart may then start at once.
  looks=0
  while kill -0 "$pid" 2>/dev/null; do
    if [ $looks -ge 300 ]; then
      echo "still running as process $pid after 30 s"
      exit 1
    fi
    sleep 0.1
    looks=$((looks + 1))
  done
  echo "STOPPED"
}

# Out: client_port, client_address, from this server's own line in the file $1.
port_of_server_line() {
  line=$(config_value "server\\.$my_id" "$1")
  case $line in
  *\;*) line=${line##*;} ;;
  *) return 1 ;;
  esac
  client_port=${line##*:}
  case $line in
  \[*\]:*)
    client_address=${line%]:*}
    client_address=${client_address#[}
    ;;
  *:*) client_address=${line%:*} ;;
  esac
}

service_status() {
  secure=false
  secure_port=
  client_address=$(config_value clientPortAddress)
  client_address=${client_address:-localhost}
  client_port=$(config_value clientPort)
  if ! is_number "$client_port"; then
    client_port=
    my_id=$(cat "$data_dir/myid" 2>/dev/null)
    if ! is_number "$my_id"; then
      echo "myid could not be determined, will not able to locate clientPort in the server configs."
    elif ! port_of_server_line "$ZOOCFG"; then
      echo "Client port not found in static config file. Looking in dynamic config file."
      if ! port_of_server_line "$(config_value dynamicConfigFile)"; then
        echo "Client port not found in the server configs"
      fi
    fi
  fi
  if [ -z "$client_port" ]; then
    echo "Client port not found. Looking for secureClientPort in the static config."
    secure_port=$(config_value secureClientPort)
    client_port=$secure_port
    if [ -z "$client_port" ]; then
      echo "Unable to find either secure or unsecure client port in any configs. Terminating."
      exit 1
    fi
    secure=true
    address=$(config_value secureClientPortAddress)
    client_address=${address:-$client_address}
  fi
  echo "Client port found: $client_port. Client address: $client_address. Client SSL: $secure."
  JVMFLAGS="${SERVER_JVMFLAGS-} ${JVMFLAGS-}"
  client_flags
  mode=$(run four-letter "$client_address" "$client_port" srvr "$secure" 2>/dev/null | grep Mode)
  if [ -z "$mode" ]; then
    if [ "$secure" = true ]; then
      echo "The secure port ($secure_port) did not answer. The client's stores are named in CLIENT_JVMFLAGS, for example:"
      echo "CLIENT_JVMFLAGS=\"-Dzookeeper.ssl.trustStore.location=trust.p12 -Dzookeeper.ssl.trustStore.password=secret" \
        "-Dzookeeper.ssl.keyStore.location=key.p12 -Dzookeeper.ssl.keyStore.password=secret\" $as status"
    fi
    echo "Error contacting service. It is probably not running."
    exit 1
  fi
  echo "$mode"
}
