"""A whole process that reads one mosaic by libCZI: one_mosaic.py FILE.czi; without a file it only gets ready."""
import sys

from pylibCZIrw import czi

for path in sys.argv[1:]:
    with czi.open_czi(path) as document:
        image = document.read(plane={"C": 0})
    print(image.shape[1], image.shape[0])
