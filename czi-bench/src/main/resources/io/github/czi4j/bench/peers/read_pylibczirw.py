"""pylibCZIrw, ZEISS's libCZI for Python."""
from importlib.metadata import version

from line_protocol import serve
from pylibCZIrw import czi


class Handle:
    def __init__(self, path):
        self.context = czi.open_czi(path)
        self.document = self.context.__enter__()
        box = self.document.total_bounding_box
        self.dimensions = {name for name in box if name not in "XY"}

    def close(self):
        self.context.__exit__(None, None, None)


def read(handle, plane, scene, region):
    indices = {name: index for name, index in plane.items() if name in handle.dimensions}
    return handle.document.read(roi=region, plane=indices, scene=scene)


serve("pylibCZIrw", version("pylibCZIrw"), Handle, read)
