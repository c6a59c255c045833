#!/bin/sh
# Puts together what linking an image takes: modules, native libraries, launchers, configuration, options of jlink.
# usage: kit.sh KIT MODULES NATIVE_LIBRARIES TIMESTAMP     (from the folder distribution/)
set -eu
kit=$1 modules=$2 native=$3 timestamp=$4

rm -rf "$kit"
mkdir -p "$kit/image/conf"
cp src/link/* "$kit/"
cp -R src/main/image/. "$kit/image/"
cp ../conf/* "$kit/image/conf/"
cp -R "$modules" "$kit/modules"
cp -R "$native" "$kit/native"
chmod -R u=rwX,go=rX "$kit"
chmod 755 "$kit"/*.sh "$kit"/image/bin/*
find "$kit" -exec touch -h -d "$timestamp" {} +
