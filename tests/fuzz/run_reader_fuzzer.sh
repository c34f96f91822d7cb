#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_reader_fuzzer.sh READER SECONDS: as run_lab_fuzzer.sh, for another reader of files: atlas, scan.
set -eu
reader=$1
seconds=${2:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/fuzz

canFuzz() {
  printf '#include <omp.h>\nextern "C" int LLVMFuzzerTestOneInput(const unsigned char*, unsigned long) { return omp_get_max_threads() < 0; }\n' |
    clang++ -x c++ -fopenmp -fsanitize=fuzzer,address,undefined - -o /dev/null
}
if ! command -v clang++ > /dev/null 2>&1 || ! canFuzz > /dev/null 2>&1; then
  echo "SKIPPED: no Clang with libFuzzer and OpenMP here. Debian's packages for it: clang libclang-rt-dev libomp-dev"
  exit 77
fi

cd "$root"
mkdir -p build
cmake --preset fuzz > "$build.$reader.log" 2>&1 || { cat "$build.$reader.log"; exit 1; }
rm -f "$build.$reader.log"
cmake --build "$build" --target "${reader}_fuzzer" --parallel "${AULA_JOBS:-$(nproc)}"
mkdir -p "$build/${reader}_corpus" "$build/${reader}_findings"
cp -f "tests/fuzz/${reader}_corpus/"* "$build/${reader}_corpus/"
ASAN_OPTIONS="quarantine_size_mb=64${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export ASAN_OPTIONS
# Where there are words of the format that are worth trying.
dict=""
[ ! -f "tests/fuzz/$reader.dict" ] || dict="-dict=tests/fuzz/$reader.dict"
exec nice -n 19 "$build/tests/fuzz/${reader}_fuzzer" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 -rss_limit_mb=2048 \
  -max_len=16384 $dict -artifact_prefix="$build/${reader}_findings/" -print_final_stats=1 "$build/${reader}_corpus"
