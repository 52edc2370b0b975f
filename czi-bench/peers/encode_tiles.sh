#!/usr/bin/env bash
# Makes CZI files of JPEG XR tiles that the corpus has not, with JxrEncApp (package libjxr-tools), where they are not there:
# grey tiles at quality 0.85, whose streams are those of libCZI at 850, and one tile of 2048² pixels without loss.
#   czi-bench/peers/encode_tiles.sh CORPUS FOLDER
# CORPUS has bench/tiles_gray*_jxrll.czi.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
corpus=$(cd "$1" && pwd)
folder=$(cd "$2" && pwd)
python=$("$here/setup.sh")/python
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

encode() { # name of the result, pixel type of the tiles, how to make images of them, options of JxrEncApp
  local name=$1 type=$2 images=$3
  shift 3
  [ ! -f "$folder/$name.czi" ] || return 0
  command -v JxrEncApp >/dev/null || { echo "JxrEncApp is missing: install the package libjxr-tools" >&2; exit 1; }
  # shellcheck disable=SC2086  # none or one option
  "$python" -B "$here/tiles_as_pnm.py" "$corpus/bench/tiles_${type}_jxrll.czi" "$work/$name" $images
  for pnm in "$work/$name"-*.pnm; do
    JxrEncApp -i "$pnm" -o "${pnm%.pnm}.jxr" "$@" >/dev/null
    rm "$pnm"
  done
  "$java" -cp "$root/czi-cli/target/czi.jar" "$here/WrapJpegXr.java" "$folder/$name.czi" "$work/$name"-*.jxr
}
# The number is JxrEncApp's format.
encode tiles_gray8_jxr850 gray8 "" -c 2 -q 0.85
encode tiles_gray16_jxr850 gray16 "" -c 3 -q 0.85
encode tile_gray16_2048 gray16 --four -c 3
