"""The loop of an adapter: requests come as lines of JSON, answers go the same way (docs/peers.md)."""
import hashlib
import json
import os
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

PROTOCOL = 1


class Unsupported(Exception):
    """What this reader cannot do, as opposed to what went wrong."""


def digest(pixels):
    """SHA-256 of tight little-endian pixels, colour in the order B, G, R."""
    array = pixels if pixels.dtype.byteorder != ">" else pixels.byteswap()
    return "sha256:" + hashlib.sha256(array.tobytes()).hexdigest()


def answer_requests(name, version, handlers):
    """
    Greets, then answers until standard input ends. handlers has a function for each verb, which takes the request and
    gives the members of the answer as a dict.
    """
    # What libraries print must not mix with the answers.
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())

    def answer(**members):
        answers.write(json.dumps(members) + "\n")
        answers.flush()

    answer(protocol=PROTOCOL, name=name, version=version)
    for line in sys.stdin:
        try:
            request = json.loads(line)
            if request["do"] == "quit":
                break
            if request["do"] in handlers:
                answer(**handlers[request["do"]](request))
            else:
                answer(unsupported="no request is called " + str(request["do"]))
        except Unsupported as e:
            answer(unsupported=str(e))
        except Exception as e:  # whatever a reader throws is its answer
            answer(error=f"{type(e).__name__}: {e}"[:2000])


def serve(name, version, open_file, read_region):
    """
    Answers until standard input ends.

    open_file(path) gives a handle, with a method close(). read_region(handle, plane, scene, region) gives an array of
    height × width (× samples): plane is a dict such as {"C": 0}, scene an int or None, region (x, y, width, height).
    Each thread has a handle of its own.
    """
    path = None
    handles = threading.local()
    opened = []

    def handle():
        if getattr(handles, "path", None) != path:
            handles.value = open_file(path)
            handles.path = path
            opened.append(handles.value)
        return handles.value

    def open_path(request):
        nonlocal path
        begun = time.perf_counter()
        path = request["file"]
        handle()
        return {"seconds": time.perf_counter() - begun}

    def read_all(request):
        plane = request["plane"]
        scene = request.get("scene")
        regions = [tuple(region) for region in request["regions"]]

        def one(region):
            begun = time.perf_counter()
            pixels = read_region(handle(), plane, scene, region)
            return pixels, time.perf_counter() - begun

        workers = request.get("threads", 1)
        cpu = time.process_time()
        begun = time.perf_counter()
        if workers == 1:
            results = [one(region) for region in regions]
        else:
            with ThreadPoolExecutor(workers) as executor:
                results = list(executor.map(one, regions))
        seconds = time.perf_counter() - begun
        cpu = time.process_time() - cpu
        return {
            "seconds": seconds,
            "cpuSeconds": cpu,
            "regionSeconds": [spent for _, spent in results],
            "hashes": [digest(pixels) for pixels, _ in results],
        }

    answer_requests(name, version, {"open": open_path, "read": read_all})
    for value in opened:
        value.close()
