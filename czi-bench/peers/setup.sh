#!/bin/sh
# Makes a Python environment with the other readers that comparisons use: pylibCZIrw, which is ZEISS's libCZI.
#   czi-bench/peers/setup.sh [FOLDER]       prints the folder of its python; the default is target/peers
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
env=${1:-$here/target/peers}
command -v python3 >/dev/null || { echo "python3 is missing: no comparison with other readers" >&2; exit 1; }
if [ ! -x "$env/bin/python" ]; then
  python3 -m venv "$env" >&2
fi
"$env/bin/python" -c 'import pylibCZIrw' 2>/dev/null || "$env/bin/pip" -q install 'pylibCZIrw==6.1.0' >&2
echo "$env/bin"
