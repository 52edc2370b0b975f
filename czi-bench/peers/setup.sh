#!/bin/sh
# Makes a Python environment with the other readers that comparisons use: pylibCZIrw, which is ZEISS's libCZI,
# aicspylibczi and czifile. Versions are fixed, so that figures can be had again.
#   czi-bench/peers/setup.sh [FOLDER]       prints the folder of its python; the default is target/peers
set -eu
here=$(cd "$(dirname "$0")/../.." && pwd)
env=${1:-$here/target/peers}
python=
# czifile asks for Python 3.12.
for candidate in python3.13 python3.12 python3.14 python3 "$HOME"/.pyenv/versions/3.1[234]*/bin/python; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  python=python3
  command -v python3 >/dev/null || { echo "python3 is missing: no comparison with other readers" >&2; exit 1; }
fi
minor() { "$1" -c 'import sys; print(sys.version_info.minor)' 2>/dev/null || echo 0; }
if [ ! -x "$env/bin/python" ] || [ "$(minor "$env/bin/python")" -lt "$(minor "$python")" ]; then
  "$python" -m venv --clear "$env" >&2
fi
install() { # package, version, what else it needs; a reader that cannot be had is left out
  package=$1
  version=$2
  shift 2
  "$env/bin/python" -c "import importlib.metadata as m; assert m.version('$package') == '$version'" 2>/dev/null \
    || "$env/bin/pip" -q install "$package==$version" "$@" >&2 \
    || echo "$package $version cannot be installed here: comparisons go without it" >&2
}
install pylibCZIrw 6.1.0
install aicspylibczi 4.0.1
install czifile 2026.10.14 imagecodecs
echo "$env/bin"
