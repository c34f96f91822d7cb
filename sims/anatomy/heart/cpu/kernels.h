// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "anatomy/heart/model/layout.h"

/// The innermost loops, compiled once for each instruction set. Ranges are of segments; every node of a
/// segment is computed, tissue or not (what is not has couplings of zero and stays at rest). A node's result
/// depends on nothing but its own inputs: any deal of ranges to threads gives the same bits.
namespace aula::anatomy::heart::cpu {

inline constexpr int kWidth = 16;  ///< Nodes of a segment: a vector of AVX-512, two of AVX2.

/// Where nodes stand and what they give each other in one stage of diffusion (see Stage).
struct DiffusionView {
  const SegmentLayout::Segment* segments = nullptr;
  const float* couplings[kForward] = {};  ///< Times the step: pure numbers.
  float mu = 1, nu = 0, tau = 1;
};

/// Potentials before and after, in the cell model's own unit, and when they rose through the threshold. What
/// stands in `to` before is the potential one stage earlier.
struct PotentialView {
  const float* from = nullptr;
  float* to = nullptr;
  float* activation = nullptr;  ///< s, by place
  float threshold = 0;
  double time = 0, timeStep = 0;  ///< s, of the whole step
};

struct AlievPanfilovView {
  float* recovery = nullptr;
  const float* paces = nullptr;  ///< By place
  float timeStep = 0, gain = 0;  ///< As the formula has them.
};
struct TenTusscherView {
  float* states = nullptr;               ///< [segment][state][node]
  const std::int32_t* layers = nullptr;  ///< By place
  float timeStep = 0, sodiumConductance = 0;
};

struct Kernels {
  const char* name;
  void (*diffuse)(const DiffusionView& diffusion, const PotentialView& potential, std::int64_t first,
                  std::int64_t last);
  void (*alievPanfilov)(const DiffusionView& diffusion, const PotentialView& potential,
                        const AlievPanfilovView& cells, std::int64_t first, std::int64_t last);
  void (*tenTusscher)(const DiffusionView& diffusion, const PotentialView& potential,
                      const TenTusscherView& cells, std::int64_t first, std::int64_t last);
};

/// The best that this machine runs, or the one named ("avx512", "avx2", "baseline"); throws core::Error
/// (input) where the machine has not got it.
[[nodiscard]] const Kernels& kernels(const char* instructionSet);

}  // namespace aula::anatomy::heart::cpu
