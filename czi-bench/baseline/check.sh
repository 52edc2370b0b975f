#!/usr/bin/env bash
# Whether loading tiles has become slower since the baseline was made: makes the samples, runs czi benchmark --medium on
# each, and compares with the results that lie here. To be run before a release, on a machine that does nothing else.
#   czi-bench/baseline/check.sh [--fail-above 10%] [--only NAME] [--keep FOLDER]
#   czi-bench/baseline/check.sh --renew [--only NAME]      makes the baseline anew, from this commit on this machine
# NAME is one of plain, zstd1 and jpegxr; about four minutes each. Exit status: 0 nothing is slower beyond doubt, 1 something
# is, or pixels differ; 2 could not measure. What differs between the two machines is said first: a verdict between
# different ones says little.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jar=$root/czi-cli/target/czi.jar
fail_above=10%
only=
renew=
keep=
while [ $# -gt 0 ]; do
  case $1 in
    --fail-above) fail_above=$2; shift 2 ;;
    --only) only=$2; shift 2 ;;
    --keep) mkdir -p "$2"; keep=$(cd "$2" && pwd); shift 2 ;;
    --renew) renew=yes; shift ;;
    *) sed -n '2,/^set/{/^#/p}' "$0" >&2; exit 2 ;;
  esac
done
[ -f "$jar" ] || { echo "$jar is missing: mvn -q -B -DskipTests package" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# Not by the script czi, whose options of the JVM name folders of this machine.
czi() {
  local options=()
  if "$java" --sun-misc-unsafe-memory-access=allow -version >/dev/null 2>&1; then
    options=(--sun-misc-unsafe-memory-access=allow)
  fi
  "$java" "${options[@]}" -jar "$jar" "$@"
}
recipe() { # name: the options of czi sample
  case $1 in
    plain) echo --grid 8x8 --compression uncompressed ;;
    zstd1) echo --grid 6x6 --channels 2 --compression zstd1 ;;
    jpegxr) echo --grid 12x12 --compression jpegxr ;;
  esac
}

status=0
for name in plain zstd1 jpegxr; do
  [ -z "$only" ] || [ "$only" = "$name" ] || continue
  # shellcheck disable=SC2046  # options are meant to be split
  czi sample "$name.czi" $(recipe "$name")
  czi benchmark "$name.czi" --medium --output "$name.json" >"$name.txt" || { cat "$name.txt"; exit 2; }
  [ -z "$keep" ] || cp "$name.json" "$name.txt" "$keep"
  if [ -n "$renew" ]; then
    cp "$name.json" "$here/$name.json"
    echo "renewed czi-bench/baseline/$name.json"
  else
    echo "== $name"
    czi benchmark compare "$here/$name.json" "$name.json" --fail-above "$fail_above" || status=$?
  fi
  rm "$name.czi"
done
exit "$status"
