"""Writes grey tiles as PNM, as JxrEncApp takes them: 16-bit samples as they are, low byte first.

  tiles_as_pnm.py TILES.czi OUT           each plane, as OUT-00.pnm ...
  tiles_as_pnm.py TILES.czi OUT --four    the first four as one image, OUT-00.pnm
"""
import sys

import numpy as np
from pylibCZIrw import czi

with czi.open_czi(sys.argv[1]) as document:
    images = [document.read(plane={"Z": z})[..., 0] for z in range(*document.total_bounding_box["Z"])]
if sys.argv[3:] == ["--four"]:
    images = [np.block([images[:2], images[2:4]])]
for number, image in enumerate(images):
    with open(f"{sys.argv[2]}-{number:02}.pnm", "wb") as out:
        out.write(b"P5\n%d %d\n%d\n" % (image.shape[1], image.shape[0], 256**image.itemsize - 1))
        out.write(image.tobytes())
