#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_atlas_fuzzer.sh SECONDS: as run_lab_fuzzer.sh, for the atlas' files.
set -eu
seconds=${1:-60}
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
cmake --preset fuzz > "$build.atlas.log" 2>&1 || { cat "$build.atlas.log"; exit 1; }
rm -f "$build.atlas.log"
cmake --build "$build" --target atlas_fuzzer --parallel "${AULA_JOBS:-$(nproc)}"
mkdir -p "$build/atlas_corpus" "$build/atlas_findings"
cp -f tests/fuzz/atlas_corpus/* "$build/atlas_corpus/"
ASAN_OPTIONS="quarantine_size_mb=64${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export ASAN_OPTIONS
exec nice -n 19 "$build/tests/fuzz/atlas_fuzzer" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 -rss_limit_mb=2048 \
  -max_len=16384 -dict=tests/fuzz/atlas.dict -artifact_prefix="$build/atlas_findings/" -print_final_stats=1 "$build/atlas_corpus"
