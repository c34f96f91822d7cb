#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_molecular_fuzzer.sh FORMAT SECONDS: as run_lab_fuzzer.sh, for the readers of molecules; FORMAT is top, gro,
# pdb, cif, ff or prepare.
set -eu
format=$1
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
cmake --preset fuzz > "$build.$format.log" 2>&1 || { cat "$build.$format.log"; exit 1; }
rm -f "$build.$format.log"
cmake --build "$build" --target "molecular_${format}_fuzzer" --parallel "${AULA_JOBS:-$(nproc)}"
mkdir -p "$build/molecular_corpus/$format" "$build/molecular_findings"
cp -f "tests/fuzz/molecular_corpus/$format/"* "$build/molecular_corpus/$format/"
exec nice -n 19 "$build/tests/fuzz/molecular_${format}_fuzzer" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 \
  -rss_limit_mb=2048 -max_len=8192 -dict=tests/fuzz/molecular.dict -artifact_prefix="$build/molecular_findings/$format-" \
  -print_final_stats=1 "$build/molecular_corpus/$format"
