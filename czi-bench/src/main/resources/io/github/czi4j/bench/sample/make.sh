#!/bin/sh
# Makes the JPEG XR tiles of `czi sample --compression jpegxr` anew: pictures of the sample's own camera, encoded by
# JxrEncApp of Debian's package libjxr-tools. The build does not run it.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
czi=$here/../../../../../../../../../czi
command -v JxrEncApp >/dev/null || { echo "JxrEncApp is missing: install the package libjxr-tools" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for type in gray8 gray16 bgr24; do
  "$czi" sample "$work/$type.czi" --grid 3x1 --tile 256x256 --overlap 0 --pixel-type "$type" --compression uncompressed
  "$czi" tiles "$work/$type.czi" --json >"$work/$type.json"
  python3 - "$work" "$type" <<'PY'
import json, struct, sys
work, kind = sys.argv[1:]
data = open(f"{work}/{kind}.czi", "rb").read()
for tile in json.load(open(f"{work}/{kind}.json"))["tiles"]:
    at = tile["filePosition"] + 32
    metadata, = struct.unpack_from("<i", data, at)
    bpp = {"gray8": 1, "gray16": 2, "bgr24": 3}[kind]
    pixels = bytearray(data[at + 256 + metadata:][:256 * 256 * bpp])
    if kind == "bgr24":
        pixels[0::3], pixels[2::3] = pixels[2::3], pixels[0::3]
    # JxrEncApp takes 16-bit samples of a PNM as they are, low byte first.
    head = b"%s\n256 256\n%d\n" % (b"P6" if bpp == 3 else b"P5", 65535 if bpp == 2 else 255)
    open(f"{work}/{kind}-{tile['index']}.pnm", "wb").write(head + pixels)
PY
  case $type in
    gray8) options="-c 2 -q 1" ;;
    gray16) options="-c 3 -q 1" ;;
    bgr24) options="-c 0 -q 0.9" ;;
  esac
  for i in 0 1 2; do
    # shellcheck disable=SC2086  # options are meant to be split
    JxrEncApp -i "$work/$type-$i.pnm" -o "$here/$type-$i.jxr" $options -l 1
  done
done
