#!/bin/bash
#SBATCH --job-name=czi
#SBATCH --cpus-per-task=8
#SBATCH --mem=16G
#SBATCH --time=01:00:00
#SBATCH --signal=B:TERM@120
#SBATCH --output=czi-%j.log
#
# Profiles and benchmarks CZI files on a node of a cluster and leaves JSON and text beside them.
#
#   sbatch czi-job.sh /group/data/slide.czi
#   sbatch czi-job.sh /group/data/*.czi                    one after the other, on one node
#   sbatch --array=1-3 czi-job.sh a.czi b.czi c.czi        each in a task of its own
#   sbatch --array=1-200%10 czi-job.sh --list files.txt    the same for the lines of a file
#
# Variables, given before sbatch:
#   CZI_JAR        czi-profiler.jar or czi.jar; czi-profiler.jar in the folder of sbatch unless set
#   CZI_SIF        an Apptainer image (deploy/apptainer/czi4j.def) to use in place of a jar
#   CZI_MODULE     an environment module that brings Java or Apptainer, for instance Java/21
#   CZI_JAVA_OPTS  more options for the JVM
#   CZI_WHAT       commands with options, separated by ";": "profile; benchmark --quick" unless set
set -euo pipefail

submitted=${SLURM_SUBMIT_DIR:-$PWD}
work=$(mktemp -d "${SLURM_TMPDIR:-${TMPDIR:-/tmp}}/czi-job.XXXXXX")
trap 'rm -rf "$work"' EXIT

fail() {
  echo "czi-job: $*" >&2
  exit 2
}

# The files: of the arguments, or of a list; of an array's task the one whose turn it is.
if [ "${1:-}" = --list ]; then
  [ -r "${2:-}" ] || fail "--list needs a file that can be read"
  mapfile -t files < <(grep -v '^[[:space:]]*\(#\|$\)' "$2")
else
  files=("$@")
fi
[ "${#files[@]}" -gt 0 ] || fail "which files? sbatch czi-job.sh slide.czi"
if [ -n "${SLURM_ARRAY_TASK_ID:-}" ]; then
  turn=$((SLURM_ARRAY_TASK_ID - ${SLURM_ARRAY_TASK_MIN:-1}))
  [ "$turn" -lt "${#files[@]}" ] || fail "task $SLURM_ARRAY_TASK_ID has no file: there are ${#files[@]}"
  files=("${files[$turn]}")
fi

if [ -n "${CZI_MODULE:-}" ]; then
  # A batch shell need not have the function that loads modules.
  # shellcheck source=/dev/null
  type module >/dev/null 2>&1 || . /etc/profile.d/modules.sh || fail "CZI_MODULE is set, but there are no modules here"
  set +u
  module load "$CZI_MODULE"
  set -u
fi

# What the job may use: where cgroups do not say it the JVM would take the whole node for its own.
options=()
cpus=${SLURM_CPUS_PER_TASK:-}
if [ -n "$cpus" ]; then
  options+=("-XX:ActiveProcessorCount=$cpus")
fi
megabytes=${SLURM_MEM_PER_NODE:-}
if [ -z "$megabytes" ] && [ -n "${SLURM_MEM_PER_CPU:-}" ]; then
  megabytes=$((SLURM_MEM_PER_CPU * ${cpus:-1}))
fi
if [ -n "$megabytes" ] && [ "$megabytes" -gt 0 ]; then
  # The rest is for the page cache of mapped files and the JVM itself.
  options+=("-Xmx$((megabytes * 6 / 10))m")
fi

launch() { # folder of the data, then the arguments of czi
  local folder=$1
  shift
  if [ -n "${CZI_SIF:-}" ]; then
    local apptainer
    apptainer=$(command -v apptainer || command -v singularity) || fail "CZI_SIF is set, but there is no apptainer here"
    export CZI_JAVA_OPTS="${options[*]-} ${CZI_JAVA_OPTS:-}"
    exec "$apptainer" run --bind "$folder" --bind "$work" "$CZI_SIF" "$@"
  fi
  local java=java jar=${CZI_JAR:-$submitted/czi-profiler.jar}
  [ -z "${JAVA_HOME:-}" ] || java=$JAVA_HOME/bin/java
  command -v "$java" >/dev/null || fail "there is no Java here: set JAVA_HOME, CZI_MODULE or CZI_SIF"
  [ -r "$jar" ] || fail "$jar: no such jar: set CZI_JAR"
  # shellcheck disable=SC2086  # options are meant to be split
  exec "$java" ${options[@]+"${options[@]}"} ${CZI_JAVA_OPTS:-} -jar "$jar" "$@"
}

# A signal shortly before the time is up ends the measurement, which then writes what it has.
child=
is_stopped=
# shellcheck disable=SC2317  # reached through the trap
stop() {
  is_stopped=1
  [ -z "$child" ] || kill -TERM "$child" 2>/dev/null || true
}
trap stop TERM INT

keep() { # results, then folders of which the first that can be written gets them
  local result=$1 folder
  shift
  [ -s "$result" ] || return 0
  for folder in "$@"; do
    if cp -n "$result" "$folder/" 2>/dev/null; then
      echo "kept $folder/${result##*/}"
      return 0
    fi
  done
  echo "czi-job: nowhere to keep ${result##*/}" >&2
  return 1
}

# Without a locale the JVM cannot open files whose names are not plain ASCII.
case ${LC_ALL:-${LC_CTYPE:-${LANG:-C}}} in
  C | POSIX) export LC_ALL=C.UTF-8 ;;
esac

worst=0
for file in "${files[@]}"; do
  [ -r "$file" ] || { echo "czi-job: $file: cannot be read" >&2; worst=2; continue; }
  file=$(realpath -- "$file")
  folder=$(dirname -- "$file")
  IFS=';' read -ra commands <<<"${CZI_WHAT:-profile; benchmark --quick}"
  for command in "${commands[@]}"; do
    [ -z "$is_stopped" ] || break 2
    read -ra words <<<"$command"
    [ "${#words[@]}" -gt 0 ] || continue
    # The number of the job tells tasks apart that begin in the same second.
    name=${words[0]}_results_$(date +%Y%m%d_%H%M%S)_${SLURM_JOB_ID:-$$}
    echo "== ${words[*]} $file on $(hostname)"
    (launch "$folder" "${words[0]}" "$file" "${words[@]:1}" --output "$work/$name.json") \
      >"$work/$name.txt" 2>&1 </dev/null &
    child=$!
    status=0
    wait "$child" || status=$?
    # A signal ends the first wait and not the measurement.
    while kill -0 "$child" 2>/dev/null; do
      wait "$child" || status=$?
    done
    child=
    cat "$work/$name.txt"
    keep "$work/$name.json" "$folder" "$submitted" "${HOME:-/tmp}" || worst=2
    keep "$work/$name.txt" "$folder" "$submitted" "${HOME:-/tmp}" || worst=2
    [ "$status" -le "$worst" ] || worst=$status
  done
done
exit "$worst"
