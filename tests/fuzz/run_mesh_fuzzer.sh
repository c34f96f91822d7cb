#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_mesh_fuzzer.sh SECONDS: as run_lab_fuzzer.sh, for the import of models. Each input is read in a process of its own, as
# in the program; AULA_FUZZ_HERE=1 reads in the fuzzer's process (Assimp is not instrumented: what breaks inside it stops the
# fuzzer, and is nothing of ours to mend as long as the process of its own bears it).
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
cmake --preset fuzz > "$build.mesh.log" 2>&1 || { cat "$build.mesh.log"; exit 1; }
rm -f "$build.mesh.log"
cmake --build "$build" --target mesh_fuzzer mesh_seeds --parallel "${AULA_JOBS:-$(nproc)}"
mkdir -p "$build/mesh_corpus" "$build/mesh_findings"
"$build/tests/fuzz/mesh_seeds" "$build/mesh_corpus"
[ ! -d tests/fuzz/mesh_corpus ] || cp -f tests/fuzz/mesh_corpus/* "$build/mesh_corpus/"
ASAN_OPTIONS="quarantine_size_mb=64:allocator_may_return_null=1${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export ASAN_OPTIONS
# In this process Assimp's own leaks (a refused file leaves some) would end the search.
leaks=1
[ -z "${AULA_FUZZ_HERE:-}" ] || leaks=0
exec nice -n 19 "$build/tests/fuzz/mesh_fuzzer" -max_total_time="$seconds" -timeout=20 -malloc_limit_mb=1024 -rss_limit_mb=2048 \
  -max_len=8192 -dict=tests/fuzz/mesh.dict -artifact_prefix="$build/mesh_findings/" -detect_leaks="$leaks" -print_final_stats=1 "$build/mesh_corpus"
