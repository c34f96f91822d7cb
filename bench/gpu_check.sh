#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# All that only a machine with an NVIDIA GPU can answer, in one go:
#   build with CUDA; the device tests with skips made failures; compute-sanitizer on a small case; the benchmark with its
#   figures against the device's own copy. Results go to the folder given (default out/gpu-check).
#
#     bench/gpu_check.sh [FOLDER] [SIZE ...]        sizes of the boxes, default 256 512 1024
set -eu
cd "$(dirname "$0")/.."
out=${1:-out/gpu-check}
[ $# -gt 0 ] && shift
[ $# -gt 0 ] || set -- 256 512 1024
mkdir -p "$out"

nvidia-smi --query-gpu=name,driver_version,memory.total,compute_cap --format=csv | tee "$out/gpu.csv"

# Only this machine's own architecture: a minute less of nvcc.
capability=$(nvidia-smi --query-gpu=compute_cap --format=csv,noheader | head -n 1 | tr -d .)
cmake --preset cuda -DCMAKE_CUDA_ARCHITECTURES="$capability-real" >"$out/configure.log"
cmake --build --preset cuda >"$out/build.log" || { tail -n 40 "$out/build.log"; exit 1; }
build=build/cuda

export AULA_REQUIRE_CUDA=1
for test in tests/unit/compute/unit_compute tests/backend/fdtd_device/backend_fdtd_device tests/backend/fdtd/backend_fdtd \
            tests/backend/molecular_device/backend_molecular_device; do
  [ -x "$build/$test" ] || { echo "$test was not built" >&2; exit 1; }
  "$build/$test" --gtest_filter='*cuda*' --gtest_brief=1 2>&1 | tee "$out/$(basename "$test").log"
done

# Memory written by CUDA and drawn by Vulkan, both ways: shared on the card, and through the host. The card's own Vulkan
# driver must be there; a loader that does not find it is told by VK_DRIVER_FILES.
test=$build/tests/render/interop/render_interop
[ -x "$test" ] || { echo "$test was not built" >&2; exit 1; }
"$test" --gtest_filter='*CudaSharing*' --gtest_brief=1 2>&1 | tee "$out/render_interop.log"

# Memory errors, races in shared memory, missing barriers, reads of what was never written.
if command -v compute-sanitizer >/dev/null; then
  for tool in memcheck racecheck synccheck initcheck; do
    compute-sanitizer --tool "$tool" --error-exitcode 9 "$build/tests/backend/fdtd_device/backend_fdtd_device" \
      --gtest_brief=1 --gtest_filter='*DeviceAgreement*cuda_cpml:*DeviceAgreement*cuda_materials_cpml:*DeviceAgreement*cuda_sources' \
      >"$out/sanitizer-$tool.log" 2>&1 || { tail -n 40 "$out/sanitizer-$tool.log"; exit 1; }
    compute-sanitizer --tool "$tool" --error-exitcode 9 "$build/tests/backend/molecular_device/backend_molecular_device" \
      --gtest_brief=1 --gtest_filter='*DeviceForces.MixtureInATriclinicBox/cuda:*DeviceSteps.Barostat/cuda' \
      >"$out/sanitizer-molecular-$tool.log" 2>&1 || { tail -n 40 "$out/sanitizer-molecular-$tool.log"; exit 1; }
    echo "compute-sanitizer $tool: clean"
  done
else
  echo "compute-sanitizer is not installed: not run" >&2
fi

for size in "$@"; do
  "$build/bin/aula" bench fdtd --device cuda --size "$size" --case vacuum --json >"$out/fdtd-$size.json"
  cat "$out/fdtd-$size.json"
done
