"""What the sides of versus.sh that are in Python have in common: pieces of work of which nothing but the reading is timed."""
import time

from line_protocol import digest


def timed_reads(request, read):
    """
    Reads regions, one after the other; each result is dropped before the next, unless hashes are wanted.

    read(region, plane, zoom) gives an array: region is (x, y, width, height), plane a dict such as {"C": 0}.
    """
    zoom = request["zoom"]
    reads = [(one["plane"], tuple(one["region"])) for one in request["reads"]]
    hashes = []
    cpu = time.process_time()
    begun = time.perf_counter()
    for plane, region in reads:
        pixels = read(region, plane, zoom)
        if request["hash"]:
            hashes.append(digest(pixels))
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "cpuSeconds": time.process_time() - cpu, "hashes": hashes}
