#!/usr/bin/env bash
# czi4j beside ZEISS's libCZI (pylibCZIrw), and against the machine: fills the table of docs/performance.md.
#   czi-bench/peers/versus.sh CORPUS [JAVA_HOME] [OPTIONS]
#     --quick           fewer rounds: half an hour becomes some minutes, and intervals wide
#     --rows PATTERN    only lines whose id or words have PATTERN in them; may be given again; --list names all
#     --merge           keep the other lines of the results that are there
#     --docs            put table and plot into docs/, too
#     --data FOLDER     where files are made, 1.5 GB, and kept; target/versus unless given
#     --output FOLDER   for versus.json, versus.md and versus.svg; target/versus unless given
#     --java-options O  for the JVMs of czi4j, for instance "-XX:+UseParallelGC"
# CORPUS has the folder bench. Needs Python, and JxrEncApp (package libjxr-tools) the first time. Takes a lock, so that no
# JMH runs meanwhile: nothing else should.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
[ $# -gt 0 ] || { sed -n '2,/^set/{/^#/p}' "$0" >&2; exit 2; }
corpus=$(cd "$1" && pwd)
shift
if [ $# -gt 0 ] && [ "${1#-}" = "$1" ]; then
  export JAVA_HOME=$1
  shift
fi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
jmh=$root/czi-bench/target/czi-jmh.jar
czi=$root/czi-cli/target/czi.jar
for jar in "$jmh" "$czi"; do
  [ -f "$jar" ] || { echo "$jar is missing: mvn -q -B -DskipTests package" >&2; exit 1; }
done
data=$root/target/versus
output=$data
# As it is typed.
quoted() {
  case $1 in
    *[!A-Za-z0-9_=:.,/+-]*) printf '"%s"' "$1" ;;
    *) printf '%s' "$1" ;;
  esac
}
# What the results call it: folders are nobody's business.
command_line="czi-bench/peers/versus.sh CORPUS JAVA_HOME"
options=()
while [ $# -gt 0 ]; do
  case $1 in
    --data) data=$2; shift 2 ;;
    --output) output=$2; shift 2 ;;
    *) options+=("$1"); command_line+=" $(quoted "$1")"; shift ;;
  esac
done
mkdir -p "$data" "$output"
data=$(cd "$data" && pwd)
python=$("$here/setup.sh")/python
"$here/encode_tiles.sh" "$corpus" "$data"
export PYTHONPATH=$root/czi-bench/src/main/resources/io/github/czi4j/bench/peers
exec "$java" -cp "$jmh" io.github.czi4j.bench.versus.Versus --corpus "$corpus" --data "$data" --python "$python" \
  --scripts "$here" --czi "$root/czi" --output "$output" --docs-folder "$root/docs" --command "$command_line" "${options[@]}"
