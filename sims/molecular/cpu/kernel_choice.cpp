// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/kernel_choice.h"

#include <string>

#include "core/error.h"
#include "molecular/cpu/bonded_kernels.h"
#include "molecular/cpu/motion_kernels.h"

namespace aula::molecular::cpu {

extern const MotionKernels kMotionKernelsBaseline, kMotionKernelsAvx2, kMotionKernelsAvx512;
extern const BondedKernels kBondedKernelsBaseline, kBondedKernelsAvx2, kBondedKernelsAvx512;

KernelLevel kernelLevel(const char* instructionSet) {
  bool hasAvx2 = false, hasAvx512 = false;
#if defined(__x86_64__)
  hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
              __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
#endif
  if (instructionSet == nullptr)
    return hasAvx512 ? KernelLevel::avx512 : hasAvx2 ? KernelLevel::avx2 : KernelLevel::baseline;
  const std::string name = instructionSet;
  if (name == "baseline") return KernelLevel::baseline;
  if (name == "avx2" && hasAvx2) return KernelLevel::avx2;
  if (name == "avx512" && hasAvx512) return KernelLevel::avx512;
  throw core::inputError("this machine has no instruction set \"" + name + "\"; it has baseline" +
                         (hasAvx2 ? ", avx2" : "") + (hasAvx512 ? ", avx512" : ""));
}

namespace {

template <class Kernels>
const Kernels& choose(const char* instructionSet, const Kernels& baseline,
                      [[maybe_unused]] const Kernels* avx2, [[maybe_unused]] const Kernels* avx512) {
  switch (kernelLevel(instructionSet)) {
    case KernelLevel::avx512:
      return *avx512;
    case KernelLevel::avx2:
      return *avx2;
    case KernelLevel::baseline:
      break;
  }
  return baseline;
}

}  // namespace

const MotionKernels& motionKernels(const char* instructionSet) {
#if defined(__x86_64__)
  return choose(instructionSet, kMotionKernelsBaseline, &kMotionKernelsAvx2, &kMotionKernelsAvx512);
#else
  return choose<MotionKernels>(instructionSet, kMotionKernelsBaseline, nullptr, nullptr);
#endif
}

const BondedKernels& bondedKernels(const char* instructionSet) {
#if defined(__x86_64__)
  return choose(instructionSet, kBondedKernelsBaseline, &kBondedKernelsAvx2, &kBondedKernelsAvx512);
#else
  return choose<BondedKernels>(instructionSet, kBondedKernelsBaseline, nullptr, nullptr);
#endif
}

}  // namespace aula::molecular::cpu
