#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_lab_fuzzer.sh SECONDS: builds the fuzzer with Clang in build/fuzz and runs it on a copy of the corpus. A crash, a leak, a
# hang (10 s) or 1 GiB in one piece fails and leaves the input in build/fuzz/findings; what it learnt stays in
# build/fuzz/corpus for the next time. Exit 77: what it needs is not installed here.
set -eu
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
build=$root/build/fuzz

# Clang alone is not enough: libFuzzer, the sanitizers and OpenMP come in packages of their own.
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
cmake --preset fuzz > "$build.log" 2>&1 || { cat "$build.log"; exit 1; }
rm -f "$build.log"
cmake --build "$build" --target lab_fuzzer --parallel "${AULA_JOBS:-$(nproc)}"
mkdir -p "$build/corpus" "$build/findings"
find labs tests/unit/lab_file tests/fuzz/corpus -type f \( -name '*.lab.json' -o -path '*/corpus/*' \) -size -100k | while read -r file; do
  cp -f "$file" "$build/corpus/seed-$(echo "$file" | tr '/' '-')"
done
# The sanitizers keep what is freed for a while, and libFuzzer what it learns: the process may be larger than one input makes it.
ASAN_OPTIONS="quarantine_size_mb=64${ASAN_OPTIONS:+:$ASAN_OPTIONS}"
export ASAN_OPTIONS
exec nice -n 19 "$build/tests/fuzz/lab_fuzzer" -max_total_time="$seconds" -timeout=10 -malloc_limit_mb=1024 -rss_limit_mb=2048 \
  -max_len=16384 -dict=tests/fuzz/lab.dict -artifact_prefix="$build/findings/" -print_final_stats=1 "$build/corpus"
