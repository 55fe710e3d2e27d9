#!/bin/sh
# adopt.sh LIBRARY JAR: takes a freshly built jar into a library folder, trains its caches and makes
# it the current build. Whoever runs the build before keeps running it undisturbed.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
. "$here/start.sh"
library=$1
built=$2

if command -v sha256sum >/dev/null; then
  digest=$(sha256sum <"$built")
else
  digest=$(shasum -a 256 <"$built")
fi
build=$(printf %.16s "$digest")
mkdir -p "$library/$build"
jar=$library/$build/loadlock.jar
if ! [ -f "$jar" ]; then
  cp "$built" "$jar.$$"
  mv "$jar.$$" "$jar"
fi

loadlock_find_java
for mode in ${LOADLOCK_TRAIN:-file read}; do
  cache=$library/$build/$jdk_name-$mode.aot
  [ -f "$cache" ] || loadlock_train "$cache"
  [ -f "$cache" ] || printf 'loadlock: no start-up cache for %s: it will start slower\n' "$mode" >&2
done

printf '%s\n' "$build" >"$library/current.$$"
mv "$library/current.$$" "$library/current"
