#!/bin/sh
# Makes the image of what jlink wrote to IMAGE/runtime: launchers, configuration, native libraries, from beside this
# script.
# usage: assemble.sh IMAGE TIMESTAMP
set -eu
image=$1 timestamp=$2
here=$(dirname -- "$0")

cp -R "$here/image/." "$image/"
cp "$here"/native/*.so "$image/runtime/lib/"
chmod -R u=rwX,go=rX "$image"
chmod 755 "$image"/bin/*
chmod 644 "$image"/lib/* "$image"/conf/*

# Only for tools of another JDK that look into this run-time, for making archives of classes the old way, and for
# running jar files as programs.
rm -f "$image/runtime/lib/jrt-fs.jar" "$image/runtime/lib/classlist" "$image/runtime/lib/jexec"

# Java reads this file at every start, for settings of name look-ups; most of it is comments, which take a twentieth of
# the start.
security=$image/runtime/conf/security/java.security
if [ -f "$security" ]; then
  sed -i -e '/^[[:space:]]*#/d' -e '/^[[:space:]]*$/d' "$security"
fi

# Symbol tables that only a debugger reads; without binutils the image is 6 MB larger.
if command -v strip >/dev/null 2>&1; then
  find "$image/runtime" \( -name '*.so' -o -path '*/bin/*' \) -type f -exec strip --strip-unneeded {} +
fi

# Fixed times: two builds give the same archive, and the ahead-of-time cache stays valid where an archive is unpacked,
# because it remembers the time of runtime/lib/modules.
find "$image" -exec touch -h -d "$timestamp" {} +
