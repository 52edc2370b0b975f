"""libCZI by aicspylibczi for versus.sh: it has each tile that touches a region decoded and painted, hidden or not."""
import time
from importlib.metadata import version

import aicspylibczi
from line_protocol import Unsupported, answer_requests
from versus_work import timed_reads

state = {}


def open_file(request):
    if request.get("cacheBytes"):
        raise Unsupported("aicspylibczi keeps no decoded tiles")
    begun = time.perf_counter()
    state["document"] = aicspylibczi.CziFile(request["file"])
    seconds = time.perf_counter() - begun
    state["dimensions"] = set(state["document"].dims)
    return {"seconds": seconds}


def work(request):
    def read(region, plane, zoom):
        indices = {name: index for name, index in plane.items() if name in state["dimensions"]}
        return state["document"].read_mosaic(region, scale_factor=zoom, **indices)

    return timed_reads(request, read)


answer_requests("libCZI", "aicspylibczi " + version("aicspylibczi"), {"open": open_file, "work": work})
