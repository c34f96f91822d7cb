// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "anatomy/heart/cpu/kernels.h"
#include "core/error.h"

namespace aula::anatomy::heart::cpu {

extern const Kernels kHeartKernelsBaseline, kHeartKernelsAvx2, kHeartKernelsAvx512;

const Kernels& kernels(const char* instructionSet) {
  bool hasAvx2 = false, hasAvx512 = false;
#if defined(__x86_64__)
  hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
              __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  const std::string name = instructionSet != nullptr ? instructionSet
                           : hasAvx512               ? "avx512"
                           : hasAvx2                 ? "avx2"
                                                     : "baseline";
  if (name == "avx512" && hasAvx512) return kHeartKernelsAvx512;
  if (name == "avx2" && hasAvx2) return kHeartKernelsAvx2;
#else
  const std::string name = instructionSet != nullptr ? instructionSet : "baseline";
#endif
  if (name == "baseline") return kHeartKernelsBaseline;
  throw core::inputError("this machine has no instruction set \"" + name + "\"; it has baseline" +
                         (hasAvx2 ? ", avx2" : "") + (hasAvx512 ? ", avx512" : ""));
}

}  // namespace aula::anatomy::heart::cpu
