#!/bin/sh
# Links a run-time image of Quorate with modules of your own in it.
# usage: link.sh IMAGE JAR...     IMAGE: a new folder; JAR: your modules and those that they need
# Needs the JDK that Quorate is built with, in JAVA_HOME or in the path.
set -eu
java_release=25
if [ $# -lt 2 ]; then
  echo "usage: link.sh IMAGE JAR..." >&2
  exit 2
fi
here=$(dirname -- "$0")
image=$1
shift
if [ -e "$image" ]; then
  echo "link.sh: $image is there already" >&2
  exit 1
fi
bin=${JAVA_HOME:+$JAVA_HOME/bin/}
found=$("${bin}jlink" --version 2>/dev/null || :)
case $found in
"$java_release" | "$java_release".*) ;;
*)
  echo "link.sh: a JDK $java_release is needed, and jlink is of ${found:-none}: set JAVA_HOME" >&2
  exit 1
  ;;
esac

path=$here/modules
names=
for jar; do
  module=$("${bin}jar" --describe-module --file "$jar" | sed -n '1s/[@ ].*//p')
  case $module in
  '' | No)
    echo "link.sh: $jar is no module; jlink takes only jars with a module-info.class" >&2
    exit 1
    ;;
  esac
  path=$path:$jar
  names=$names${names:+,}$module
done

mkdir -p "$image"
"${bin}jlink" "@$here/jlink.options" --module-path "$path" --add-modules "$names" --output "$image/runtime"
sh "$here/assemble.sh" "$image" "@${SOURCE_DATE_EPOCH:-$(date +%s)}"
echo "$image has Quorate and $names"
