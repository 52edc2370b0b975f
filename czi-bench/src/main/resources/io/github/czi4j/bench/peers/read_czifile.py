"""czifile, a reader in Python with codecs in C."""
from importlib.metadata import version

import czifile
import numpy as np
from line_protocol import Unsupported, serve


class Handle:
    def __init__(self, path):
        self.document = czifile.CziFile(path)

    def close(self):
        self.document.close()


def read(handle, plane, scene, region):
    if not hasattr(handle.document, "scenes"):
        raise Unsupported("czifile before 2026 reads no regions")
    image = next(iter(handle.document.scenes.values()))
    indices = {name: index for name, index in plane.items() if name in image.dims}
    pixels = handle.document.asarray(scene=scene, roi=tuple(region), maxworkers=1, **indices)
    if pixels.ndim > 2 and pixels.shape[-1] in (3, 4) and pixels.shape[-2] == region[2]:
        # It gives R, G, B; the file and all others have B, G, R.
        return np.concatenate([pixels[..., 2::-1], pixels[..., 3:]], axis=-1)
    return pixels


serve("czifile", version("czifile"), Handle, read)
