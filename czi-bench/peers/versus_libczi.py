"""libCZI (pylibCZIrw) for versus.sh: whole pieces of work in one request, of which nothing but the reading is timed."""
import time
from importlib.metadata import version

from line_protocol import answer_requests
from pylibCZIrw import czi
from versus_work import timed_reads

state = {"context": None, "document": None}


def close():
    if state["context"] is not None:
        state["context"].__exit__(None, None, None)
        state["context"] = None


def open_file(request):
    """Opens a file, with a cache of decoded tiles if cacheBytes says how large."""
    close()
    cache = None
    if request.get("cacheBytes"):
        cache = czi.CacheOptions(type=czi.CacheType.Standard, max_memory_usage=request["cacheBytes"])
    begun = time.perf_counter()
    state["context"] = czi.open_czi(request["file"], cache_options=cache)
    state["document"] = state["context"].__enter__()
    return {"seconds": time.perf_counter() - begun}


def work(request):
    document = state["document"]
    return timed_reads(request, lambda region, plane, zoom: document.read(roi=region, plane=plane, zoom=zoom))


def directory(request):
    """From a closed file to its bounding box."""
    cpu = time.process_time()
    begun = time.perf_counter()
    with czi.open_czi(request["file"]) as document:
        box = document.total_bounding_box
    seconds = time.perf_counter() - begun
    (left, right), (top, bottom) = box["X"], box["Y"]
    found = f"{left},{top} {right - left}x{bottom - top}"
    return {"seconds": seconds, "cpuSeconds": time.process_time() - cpu, "hashes": [found]}


answer_requests("libCZI", "pylibCZIrw " + version("pylibCZIrw"), {"open": open_file, "work": work, "directory": directory})
close()
