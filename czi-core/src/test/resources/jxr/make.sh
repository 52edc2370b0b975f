#!/bin/sh
# Makes the streams of this folder anew: pictures by formula (see JxrDecoderTest), encoded without loss by JxrEncApp of
# Debian's package libjxr-tools. The tests do not run it.
set -eu
cd "$(dirname "$0")"
command -v JxrEncApp >/dev/null || { echo "JxrEncApp is missing: install the package libjxr-tools" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 - "$work" <<'PY'
import struct, sys
work = sys.argv[1]
W, H = 67, 45

def value(x, y, c):
    return (x * x * 3 + y * 251 + c * 7919 + (x * y) * 13) & 0xFFFF

def pnm(name, kind, depth, components):
    with open(f"{work}/{name}.pnm", "wb") as f:
        f.write(b"%s\n%d %d\n%d\n" % (kind, W, H, (1 << depth) - 1))
        for y in range(H):
            for x in range(W):
                for c in range(components):
                    v = value(x, y, c)
                    # JxrEncApp takes the two bytes of a PNM as they are, though the format has the high one first.
                    f.write(struct.pack("<H", v) if depth == 16 else bytes([v >> 8]))

pnm("gray8", b"P5", 8, 1)
pnm("gray16", b"P5", 16, 1)
pnm("rgb24", b"P6", 8, 3)
pnm("rgb48", b"P6", 16, 3)
PY
encode() { JxrEncApp -i "$work/$1.pnm" -o "$2" -c "$3" -q 1 $4; }
encode gray8 gray8-overlap0.jxr 2 "-l 0"
encode gray8 gray8-overlap1.jxr 2 "-l 1"
encode gray8 gray8-overlap2-spatial.jxr 2 "-l 2 -f"
encode gray8 gray8-tiles.jxr 2 "-l 1 -U 2 2"
encode gray16 gray16-overlap1.jxr 3 "-l 1"
encode rgb24 bgr24-overlap1.jxr 0 "-l 1"
encode rgb24 rgb24-overlap2.jxr 9 "-l 2"
encode rgb48 rgb48-overlap0.jxr 10 "-l 0"
