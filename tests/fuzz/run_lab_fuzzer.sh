#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# run_lab_fuzzer.sh SECONDS: builds the fuzzer with Clang in build/fuzz and runs it on a copy of the corpus. A crash, a leak, a
# hang (10 s) or 1 GiB of memory fails and leaves the input in build/fuzz/findings. Exit 77: no Clang here.
set -eu
seconds=${1:-60}
root=$(cd "$(dirname "$0")/../.." && pwd)
command -v clang++ >/dev/null 2>&1 || { echo "clang++ is not installed; install Debian's clang, libclang-rt-14-dev and libomp-dev"; exit 77; }
cd "$root"
cmake --preset fuzz >/dev/null
cmake --build build/fuzz --target lab_fuzzer
mkdir -p build/fuzz/corpus build/fuzz/findings
find labs tests/unit/lab_file/malformed tests/fuzz/corpus -type f ! -name '*.md' -size -100k 2>/dev/null | while read -r file; do
  cp -f "$file" "build/fuzz/corpus/seed-$(echo "$file" | tr '/' '-')"
done
exec nice -n 19 build/fuzz/tests/fuzz/lab_fuzzer -max_total_time="$seconds" -timeout=10 -rss_limit_mb=1024 -max_len=16384 \
  -dict=tests/fuzz/lab.dict -artifact_prefix=build/fuzz/findings/ -print_final_stats=1 build/fuzz/corpus
