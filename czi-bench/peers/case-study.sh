#!/usr/bin/env bash
# The figures of docs/case-study.md: an overlapping JPEG XR mosaic, loaded tile by tile as scripts do, by several readers
# and with 1, 4 and 8 threads, and czi's profile of the same file.
#   czi-bench/peers/case-study.sh [FOLDER]       keeps the mosaic and the results there; about a quarter of an hour
# Needs JxrEncApp (package libjxr-tools) and Python.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
out=${1:-$root/target/case-study}
mkdir -p "$out"
command -v JxrEncApp >/dev/null || { echo "JxrEncApp is missing: install the package libjxr-tools" >&2; exit 1; }
python=$("$here/setup.sh")/python
czi=$root/czi
java=${JAVA_HOME:+$JAVA_HOME/bin/}java

if [ ! -f "$out/mosaic.czi" ]; then
  work=$(mktemp -d)
  trap 'rm -rf "$work"' EXIT
  "$czi" sample "$work/flat.czi" --grid 10x10 --compression uncompressed
  "$python" - "$work" <<'PY'
import sys
from pylibCZIrw import czi
with czi.open_czi(f"{sys.argv[1]}/flat.czi") as document:
    for i in range(100):
        # The sample's tiles of 1024² lie 922 pixels apart, 10 % overlap.
        region = (i % 10 * 922, i // 10 * 922, 1024, 1024)
        image = document.read(roi=region, plane={"C": 0})
        # JxrEncApp takes 16-bit samples of a PNM as they are, low byte first.
        with open(f"{sys.argv[1]}/{i:03}.pnm", "wb") as pnm:
            pnm.write(b"P5\n1024 1024\n65535\n" + image.tobytes())
PY
  for pnm in "$work"/*.pnm; do
    JxrEncApp -i "$pnm" -o "${pnm%.pnm}.jxr" -c 3 >/dev/null
    rm "$pnm"
  done
  "$java" -cp "$root/czi-cli/target/czi.jar" "$here/WrapJpegXr.java" "$out/mosaic.czi" --mosaic 10,922 "$work"/*.jxr
fi

# The last release before 4.0, as the old scripts had it: it keeps the interpreter's lock while it decodes.
old=$out/aicspylibczi-3
if [ ! -x "$old/bin/python" ]; then
  for candidate in python3.11 python3.10 "$HOME"/.pyenv/versions/3.1[01]*/bin/python python3; do
    "$candidate" -m venv "$old" 2>/dev/null && break
  done
  "$old/bin/pip" -q install 'aicspylibczi==3.3.1' >&2 || echo "aicspylibczi 3.3.1 cannot be installed here" >&2
fi
adapter=$root/czi-bench/src/main/resources/io/github/czi4j/bench/peers/read_aicspylibczi.py

"$czi" profile "$out/mosaic.czi" --output "$out/profile.json" | tee "$out/profile.txt"
"$czi" benchmark "$out/mosaic.czi" --quick --output "$out/benchmark.json" --peers --peer-passes 5 --peer-threads 1,4,8 \
  --peer "aicspylibczi-3=$old/bin/python -B $adapter" | tee "$out/benchmark.txt"
