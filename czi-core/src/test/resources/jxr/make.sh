#!/bin/sh
# Makes the streams of this folder anew: pictures by formula (see JxrDecoderTest), encoded without loss by JxrEncApp of
# Debian's package libjxr-tools. The tests do not run it.
set -eu
cd "$(dirname "$0")"
command -v JxrEncApp >/dev/null || { echo "JxrEncApp is missing: install the package libjxr-tools" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PY'
import math, struct, sys
work = sys.argv[1]
W, H = 67, 45

def value(x, y, c):
    return (x * x * 3 + y * 251 + c * 7919 + (x * y) * 13) & 0xFFFF

def smooth(x, y, c):
    return int(32768 + 12000 * math.sin(x / 17 + c) + 12000 * math.cos(y / 23))

def flat(x, y, c):
    return 12345 + 9876 * c

def pnm(name, kind, depth, components, value=value, w=W, h=H):
    with open(f"{work}/{name}.pnm", "wb") as f:
        f.write(b"%s\n%d %d\n%d\n" % (kind, w, h, (1 << depth) - 1))
        for y in range(h):
            for x in range(w):
                for c in range(components):
                    v = value(x, y, c)
                    # JxrEncApp takes the two bytes of a PNM as they are, though the format has the high one first.
                    f.write(struct.pack("<H", v) if depth == 16 else bytes([v >> 8]))

pnm("gray8", b"P5", 8, 1)
pnm("gray16", b"P5", 16, 1)
pnm("rgb24", b"P6", 8, 3)
pnm("rgb48", b"P6", 16, 3)
# For thumbnails.
pnm("gray8-smooth", b"P5", 8, 1, smooth, 118, 90)
pnm("rgb24-smooth", b"P6", 8, 3, smooth, 118, 90)
pnm("gray16-flat", b"P5", 16, 1, flat)
pnm("rgb24-flat", b"P6", 8, 3, flat)
PY
# shellcheck disable=SC2086  # options are meant to be split
encode() { JxrEncApp -i "$work/$1.pnm" -o "$2" -c "$3" -q 1 $4; }
encode gray8 gray8-overlap0.jxr 2 "-l 0"
encode gray8 gray8-overlap1.jxr 2 "-l 1"
encode gray8 gray8-overlap2-spatial.jxr 2 "-l 2 -f"
encode gray8 gray8-tiles.jxr 2 "-l 1 -U 2 2"
encode gray16 gray16-overlap1.jxr 3 "-l 1"
encode rgb24 bgr24-overlap1.jxr 0 "-l 1"
encode rgb24 rgb24-overlap2.jxr 9 "-l 2"
encode rgb48 rgb48-overlap0.jxr 10 "-l 0"
encode gray8-smooth gray8-smooth.jxr 2 "-l 1"
encode gray16-flat gray16-flat.jxr 3 "-l 2 -f"
encode rgb24-flat bgr24-flat.jxr 0 "-l 1"
# Lossy, with a quarter of the chroma: scaled arithmetic and up-sampling.
JxrEncApp -i "$work/rgb24-smooth.pnm" -o rgb24-smooth-420.jxr -c 9 -q 0.9 -l 2 -d 1
