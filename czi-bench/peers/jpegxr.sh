#!/usr/bin/env bash
# The table of docs/performance.md on JPEG XR: czi4j on every JDK given beside libCZI, one thread, the same tiles.
#   czi-bench/peers/jpegxr.sh CORPUS [JAVA_HOME …]
# CORPUS has bench/tiles_*_jxr*.czi and jxr-zen/. The lossy grey tiles are made with JxrEncApp (package libjxr-tools)
# at quality 0.85, whose streams are those of libCZI at 850.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
corpus=$(cd "$1" && pwd)
shift
homes=("$@")
[ ${#homes[@]} -gt 0 ] || homes=("${JAVA_HOME:?give a JDK or set JAVA_HOME}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python=$("$here/setup.sh")/python
czi=$root/czi-cli/target/czi.jar
jmh=$root/czi-bench/target/czi-jmh.jar
java=${homes[0]}/bin/java

JAVA_HOME=${homes[0]} "$here/encode_tiles.sh" "$corpus" "$work"
"$java" -cp "$czi" "$here/WrapJpegXr.java" "$work/zen_gray16_jxrll.czi" \
  "$corpus"/jxr-zen/FL_3channel_noZ_compression_lossless.jxr
files=("$corpus"/bench/tiles_{gray8,gray16,bgr24}_jxrll.czi "$work/zen_gray16_jxrll.czi"
  "$work"/tiles_{gray8,gray16}_jxr850.czi "$corpus/bench/tiles_bgr24_jxr850.czi")

list=$(IFS=,; echo "${files[*]}")
# Before, between and after the others, so that a machine that has other work to do has it for all.
libczi() {
  echo "libCZI ..." >&2
  "$python" "$here/libczi_planes.py" 5 "${files[@]}" >>"$work/libczi.txt"
}
libczi
for home in "${homes[@]}"; do
  name=$("$home/bin/java" -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -n 1)
  echo "JMH on JDK $name ..." >&2
  "$home/bin/java" -jar "$jmh" 'JpegXrBenchmark.tile' -f 5 -wi 5 -w 1 -i 3 -r 1 -prof gc -p "file=$list" \
    -rf json -rff "$work/jdk$name.json" >"$work/jdk$name.log"
  libczi
done

"$python" - "$work" <<'PY'
import glob, json, os, re, statistics, sys
work = sys.argv[1]
passes = {}
for line in open(f"{work}/libczi.txt"):
    name, speed = line.split()
    passes.setdefault(name, []).append(float(speed))
libczi = {name: statistics.median(speeds) for name, speeds in passes.items()}
jdks = {}
for path in sorted(glob.glob(f"{work}/jdk*.json")):
    pixels = dict(re.findall(r"# ([^#]+): ([0-9.]+) megapixels a tile", open(path[:-4] + "log").read()))
    results = json.load(open(path))
    per_file = {}
    for result in results:
        forks = [statistics.mean(fork) for fork in result["primaryMetric"]["rawData"]]
        megapixels = float(pixels[result["params"]["file"]])
        speed = megapixels / (statistics.median(forks) / 1e6)
        allocated = result["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
        per_file[os.path.basename(result["params"]["file"])] = (speed, allocated)
    jdks[os.path.basename(path)[3:-5]] = per_file
print("| file | " + " | ".join(f"JDK {j}, MP/s" for j in jdks) + " | libCZI here, MP/s | "
      + " | ".join(f"ratio, JDK {j}" for j in jdks) + " | heap a tile, bytes |")
print("|---|" + "---:|" * (2 * len(jdks) + 2))
for name, speed in libczi.items():
    own = [jdks[j][name] for j in jdks]
    print(f"| {name} | " + " | ".join(f"{s:.1f}" for s, _ in own) + f" | {speed:.1f} | "
          + " | ".join(f"{s / speed:.2f}" for s, _ in own) + f" | {max(a for _, a in own):.0f} |")
PY
