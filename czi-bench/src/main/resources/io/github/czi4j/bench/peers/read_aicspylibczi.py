"""aicspylibczi, the binding that bioio uses."""
from importlib.metadata import version

import aicspylibczi
from line_protocol import Unsupported, serve


class Handle:
    def __init__(self, path):
        self.document = aicspylibczi.CziFile(path)
        self.dimensions = set(self.document.dims)

    def close(self):
        self.document = None


def read(handle, plane, scene, region):
    if scene is not None and "S" in handle.dimensions:
        raise Unsupported("aicspylibczi takes no notice of scenes in mosaics")
    if not handle.document.is_mosaic():
        raise Unsupported("aicspylibczi reads regions of mosaics alone")
    indices = {name: index for name, index in plane.items() if name in handle.dimensions}
    return handle.document.read_mosaic(tuple(region), scale_factor=1.0, **indices)


serve("aicspylibczi", version("aicspylibczi"), Handle, read)
