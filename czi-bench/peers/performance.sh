#!/usr/bin/env bash
# Writes the measured tables of docs/performance.md anew, and its plot: czi4j beside libCZI on the first JDK (versus.sh), and
# JPEG XR on all of them (jpegxr.sh). What is written by hand stays.
#   czi-bench/peers/performance.sh CORPUS JAVA_HOME [JAVA_HOME …]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 1 ] || { sed -n '2,/^set/{/^#/p}' "$0" >&2; exit 2; }
corpus=$(cd "$1" && pwd)
shift
# A line that could not be measured is said in the table, and by the exit status in the end.
status=0
"$here/versus.sh" "$corpus" "$1" --docs || status=$?
table=$("$here/jpegxr.sh" "$corpus" "$@")
"$1/bin/java" -cp "$root/czi-bench/target/czi-jmh.jar" io.github.czi4j.bench.versus.MarkedText \
  "$root/docs/performance.md" jpegxr <<<"$table"
exit "$status"
