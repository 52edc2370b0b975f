"""Times libCZI (pylibCZIrw) on the planes of CZI files: megapixels a second, median of ROUNDS passes over all planes.

  libczi_planes.py ROUNDS FILE.czi ...        prints a line for each file: NAME MP/S
"""
import os
import statistics
import sys
import time

from pylibCZIrw import czi

rounds = int(sys.argv[1])
for path in sys.argv[2:]:
    with czi.open_czi(path) as document:
        box = document.total_bounding_box
        axes = {axis: box[axis] for axis in "ZCT" if axis in box}
        planes = [{}]
        for axis, (start, end) in axes.items():
            planes = [dict(plane, **{axis: i}) for plane in planes for i in range(start, end)]
        speeds = []
        for _ in range(rounds):
            begin = time.perf_counter()
            pixels = 0
            for plane in planes:
                image = document.read(plane=plane)
                pixels += image.shape[0] * image.shape[1]
            speeds.append(pixels / 1e6 / (time.perf_counter() - begin))
    print(f"{os.path.basename(path)} {statistics.median(speeds):.1f}", flush=True)
