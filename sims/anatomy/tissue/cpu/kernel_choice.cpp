// SPDX-License-Identifier: Apache-2.0
#include <string>

#include "anatomy/tissue/cpu/fields.h"
#include "core/error.h"

namespace aula::anatomy::tissue::cpu {

extern const Kernels kKernelsBaseline, kKernelsAvx2, kKernelsAvx512;

const Kernels& kernels(const char* instructionSet) {
  const std::string name = instructionSet == nullptr ? "" : instructionSet;
  std::string known = "baseline";
#if defined(__x86_64__)
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  const bool hasAvx512 = hasAvx2 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  if (hasAvx512 && (name.empty() || name == "avx512")) return kKernelsAvx512;
  if (hasAvx2 && (name.empty() || name == "avx2")) return kKernelsAvx2;
  known += std::string(hasAvx2 ? ", avx2" : "") + (hasAvx512 ? ", avx512" : "");
#endif
  if (name.empty() || name == "baseline") return kKernelsBaseline;
  throw core::inputError("this machine has no instruction set \"" + name + "\"; it has " + known);
}

}  // namespace aula::anatomy::tissue::cpu
