# Sourced by the scripts of bin/: where things are, which environment files are read, and the java command line.
# In: home. POSIX sh, so that images without bash can run it.

main=io.quorate.cli/io.quorate.cli.Main

# Reads the environment files of the configuration folder.
# Out: ZOOCFGDIR, ZOOCFG (a path), ZOO_LOG_DIR, and whatever the files set.
read_environment() {
  ZOOCFGDIR=${ZOOCFGDIR:-$home/conf}
  if [ -f "$ZOOCFGDIR/zookeeper-env.sh" ]; then
    . "$ZOOCFGDIR/zookeeper-env.sh"
  fi
  config_path "${ZOOCFG:-zoo.cfg}"
  if [ -f "$ZOOCFGDIR/java.env" ]; then
    . "$ZOOCFGDIR/java.env"
  fi
  ZOO_LOG_DIR=${ZOO_LOG_DIR:-$home/logs}
}

# A bare name means a file of the configuration folder, anything with a slash is a path. Out: ZOOCFG.
config_path() {
  case $1 in
  */*) ZOOCFG=$1 ;;
  *) ZOOCFG=$ZOOCFGDIR/$1 ;;
  esac
}

# The value of a key of the configuration file ($2, or the one in use); the last one counts. A server line ends at ';'.
config_value() {
  sed -n "s/^[[:space:]]*$1[[:space:]]*[=:][[:space:]]*//p" "${2:-$ZOOCFG}" 2>/dev/null |
    tr -d '\r' | sed 's/[[:space:]]*$//' | tail -n 1
}

# JVM options of the server. Out: flags. The user's come last, so they win.
server_flags() {
  flags="-Dzookeeper.root.logger=${ZOO_LOG4J_PROP:-INFO,CONSOLE}"
  if [ -n "${ZOO_DATADIR_AUTOCREATE_DISABLE-}" ]; then
    flags="$flags -Dzookeeper.datadir.autocreate=false"
  fi
  if [ -n "${ZK_SERVER_HEAP-}" ]; then
    flags="$flags -Xmx${ZK_SERVER_HEAP}m"
  fi
  flags="$flags ${SERVER_JVMFLAGS-} ${JVMFLAGS-} $(jmx_flags) ${JAVA_OPTS-}"
}

# JVM options of the commands that run for a moment: no optimising compiler, a small heap. Agents and ports that the
# server's flags open are left out: a second process cannot open them too. Out: flags.
client_flags() {
  flags="-XX:TieredStopAtLevel=1 -Xmx${ZK_CLIENT_HEAP:-256}m"
  add_client_jvm_flags
}

# Those of a command that holds a whole state: the heap of a server, which can hold it too. Out: flags.
state_flags() {
  flags=${ZK_SERVER_HEAP:+-Xmx${ZK_SERVER_HEAP}m}
  add_client_jvm_flags
}

add_client_jvm_flags() {
  set -f
  for flag in ${CLIENT_JVMFLAGS-} ${JVMFLAGS-} ${JAVA_OPTS-}; do
    case $flag in
    -javaagent* | -agent* | -Dcom.sun.management.jmxremote*) ;;
    *) flags="$flags $flag" ;;
    esac
  done
  set +f
}

# JMX is always there for local tools; a port makes it remote.
jmx_flags() {
  if [ -z "${JMXPORT-}" ] || [ "${JMXDISABLE:-false}" != false ]; then
    return
  fi
  jmx=-Dcom.sun.management.jmxremote
  printf '%s' "$jmx $jmx.port=$JMXPORT $jmx.authenticate=${JMXAUTH:-false} $jmx.ssl=${JMXSSL:-false}"
  printf '%s' " -Dzookeeper.jmx.log4j.disable=${JMXLOG4J:-true}"
  if [ -n "${JMXHOSTNAME-}" ]; then
    printf '%s' " -Djava.rmi.server.hostname=$JMXHOSTNAME"
  fi
}

# The ahead-of-time cache halves the start. It was made for the options in jvm.options: another collector or object
# layout, agents and changed modules rule it out. Where the JVM itself finds that it does not fit (another machine's
# features, files with new times), it starts without it; the log options keep that silent. Out: aot.
find_aot_cache() {
  aot=
  if [ "${QUORATE_AOT:-on}" = off ] || [ ! -f "$home/lib/quorate.aot" ]; then
    return
  fi
  case " $flags ${JDK_JAVA_OPTIONS-} ${JAVA_TOOL_OPTIONS-}" in
  *" -XX:+Use"*GC* | *CompactObjectHeaders* | *" -javaagent"* | *" -agent"* | *" --"* | *" -XX:AOT"* | *" -Xshare"*) ;;
  *) aot=$home/lib/quorate.aot ;;
  esac
}

# Becomes the JVM, running the program with these arguments, or prints its command line if print_only is set.
# In: flags. 'zookeeper' and the path of the configuration are on the command line, because tools look for both in
# process lists.
run() {
  find_aot_cache
  logback=$ZOOCFGDIR/logback.xml
  if [ ! -f "$logback" ]; then
    logback= # the program has a default
  fi
  set -f # flags are split at blanks, but a * in them stays
  set -- "$home/runtime/bin/java" "@$home/lib/jvm.options" \
    ${aot:+"-XX:AOTCache=$aot" "-Xlog:aot*=off" "-Xlog:cds*=off"} \
    "-Dquorate.home=$home" ${logback:+"-Dlogback.configurationFile=$logback"} \
    "-Dzookeeper.log.dir=$ZOO_LOG_DIR" ${log_file:+"-Dzookeeper.log.file=$log_file"} \
    $flags -m "$main" "$@"
  if [ -n "${print_only-}" ]; then
    for word; do
      printf '"%s" ' "$word"
    done
  else
    exec "$@"
  fi
}

usage_zkServer() {
  echo "Usage: $as [--config <conf-dir>] {start|start-foreground|stop|version|restart|status|print-cmd}" >&2
  exit 2
}
