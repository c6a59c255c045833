#!/bin/sh
# Makes the image of what jlink wrote to IMAGE/runtime: launchers, configuration, native libraries, archive.
# usage: assemble.sh IMAGE NATIVE_LIBRARIES TIMESTAMP     (from the folder distribution/)
set -eu
image=$1 native=$2 timestamp=$3

cp -R src/main/image/. "$image/"
mkdir -p "$image/conf"
cp ../conf/* "$image/conf/"
cp "$native"/*.so "$image/runtime/lib/"
chmod -R u=rwX,go=rX "$image"
chmod 755 "$image"/bin/*
chmod 644 "$image"/lib/* "$image"/conf/*

# Symbol tables that only a debugger reads; without binutils the image is 6 MB larger.
if command -v strip >/dev/null 2>&1; then
  find "$image/runtime" \( -name '*.so' -o -path '*/bin/*' \) -type f -exec strip --strip-unneeded {} +
fi

# Fixed times: two builds give the same archive, and the ahead-of-time cache stays valid where an archive is unpacked,
# because it remembers the time of runtime/lib/modules.
find "$image" -exec touch -h -d "$timestamp" {} +
