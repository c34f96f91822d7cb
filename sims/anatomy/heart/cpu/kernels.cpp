// SPDX-License-Identifier: Apache-2.0
// Compiled several times, each with its own instruction set and AULA_HEART_KERNELS naming the table it
// defines. Everything else here has internal linkage or is always inlined, so that no function of one
// instruction set is linked into another's place.
#include "anatomy/heart/cpu/kernels.h"

#include "anatomy/heart/model/formula/aliev_panfilov.h"
#include "anatomy/heart/model/formula/ten_tusscher.h"

namespace aula::anatomy::heart::cpu {
namespace {

/// V + sum over q of c_pq (V_q - V_p) for a segment's nodes: Euler's step of diffusion. Nine couplings stand
/// at the node itself, the other nine at the neighbour they lead to.
AULA_HD void diffuseSegment(const DiffusionView& diffusion, const SegmentLayout::Segment& segment,
                            const float* v, const float* earlier, float* __restrict result) {
  const std::int64_t at = segment.place;
  const float* here = v + at;
  const float* __restrict c[kForward];
  for (int n = 0; n < kForward; ++n) c[n] = diffusion.couplings[n];
#pragma omp simd
  for (int lane = 0; lane < kWidth; ++lane) {
    const float own = here[lane];
    float sum = c[0][at + lane] * (here[lane + 1] - own);
    sum += c[0][at + lane - 1] * (here[lane - 1] - own);
    result[lane] = sum;
  }
  // A row across and its opposite; `n` is the coupling straight across, the next two the slanted ones.
  const auto rows = [&](int n, int forward) {
    const std::int64_t f = segment.rows[forward], b = segment.rows[forward + 4];
#pragma omp simd
    for (int lane = 0; lane < kWidth; ++lane) {
      const float own = here[lane];
      float sum = c[n][at + lane] * (v[f + lane] - own);
      sum += c[n][b + lane] * (v[b + lane] - own);
      sum += c[n + 1][at + lane] * (v[f + lane + 1] - own);
      sum += c[n + 1][b + lane - 1] * (v[b + lane - 1] - own);
      sum += c[n + 2][at + lane] * (v[f + lane - 1] - own);
      sum += c[n + 2][b + lane + 1] * (v[b + lane + 1] - own);
      result[lane] += sum;
    }
  };
  rows(1, 0);
  rows(4, 1);
  const std::int64_t f2 = segment.rows[2], b2 = segment.rows[6], f3 = segment.rows[3], b3 = segment.rows[7];
#pragma omp simd
  for (int lane = 0; lane < kWidth; ++lane) {
    const float own = here[lane];
    float sum = c[7][at + lane] * (v[f2 + lane] - own);
    sum += c[7][b2 + lane] * (v[b2 + lane] - own);
    sum += c[8][at + lane] * (v[f3 + lane] - own);
    sum += c[8][b3 + lane] * (v[b3 + lane] - own);
    result[lane] = diffusion.mu * own + (diffusion.nu * earlier[lane] + diffusion.tau * (result[lane] + sum));
  }
}

/// Notes nodes that rose through the threshold. Rare, so the test comes first and whole.
AULA_HD void noteActivation(const PotentialView& potential, std::int64_t place) {
  const float* before = potential.from + place;
  const float* after = potential.to + place;
  int risen = 0;
#pragma omp simd reduction(| : risen)
  for (int lane = 0; lane < kWidth; ++lane)
    risen |= static_cast<int>(before[lane] < potential.threshold) &
             static_cast<int>(after[lane] >= potential.threshold);
  if (risen == 0) return;
  for (int lane = 0; lane < kWidth; ++lane) {
    if (!(before[lane] < potential.threshold && after[lane] >= potential.threshold)) continue;
    const double share = static_cast<double>(potential.threshold - before[lane]) /
                         static_cast<double>(after[lane] - before[lane]);
    potential.activation[place + lane] = static_cast<float>(potential.time + potential.timeStep * share);
  }
}

void diffuse(const DiffusionView& diffusion, const PotentialView& potential, std::int64_t first,
             std::int64_t last) {
  for (std::int64_t s = first; s < last; ++s) {
    const SegmentLayout::Segment& segment = diffusion.segments[s];
    alignas(64) float v[kWidth];
    diffuseSegment(diffusion, segment, potential.from, potential.to + segment.place, v);
    float* to = potential.to + segment.place;
    for (int lane = 0; lane < kWidth; ++lane) to[lane] = v[lane];
    noteActivation(potential, segment.place);
  }
}

void alievPanfilov(const DiffusionView& diffusion, const PotentialView& potential,
                   const AlievPanfilovView& cells, std::int64_t first, std::int64_t last) {
  const AlievPanfilov<float> cell{cells.timeStep, cells.gain};
  for (std::int64_t s = first; s < last; ++s) {
    const SegmentLayout::Segment& segment = diffusion.segments[s];
    alignas(64) float v[kWidth];
    diffuseSegment(diffusion, segment, potential.from, potential.to + segment.place, v);
    float* __restrict to = potential.to + segment.place;
    float* __restrict recovery = cells.recovery + segment.place;
    const float* __restrict paces = cells.paces + segment.place;
#pragma omp simd
    for (int lane = 0; lane < kWidth; ++lane) {
      float u = v[lane], w = recovery[lane];
      cell.step(u, w, paces[lane]);
      to[lane] = u;
      recovery[lane] = w;
    }
    noteActivation(potential, segment.place);
  }
}

/// The states of one node of a segment.
struct LaneState {
  float* first;
  AULA_HD float& operator[](int state) const { return first[state * kWidth]; }
};

void tenTusscher(const DiffusionView& diffusion, const PotentialView& potential, const TenTusscherView& cells,
                 std::int64_t first, std::int64_t last) {
  const TenTusscher<float> cell{cells.timeStep, cells.sodiumConductance};
  for (std::int64_t s = first; s < last; ++s) {
    const SegmentLayout::Segment& segment = diffusion.segments[s];
    alignas(64) float v[kWidth];
    diffuseSegment(diffusion, segment, potential.from, potential.to + segment.place, v);
    float* states = cells.states + s * (kTenTusscherStates * kWidth);
    const std::int32_t* layers = cells.layers + segment.place;
    float* to = potential.to + segment.place;
#pragma omp simd
    for (int lane = 0; lane < kWidth; ++lane) {
      float potentialOf = v[lane];
      cell.step(potentialOf, LaneState{states + lane}, layers[lane]);
      to[lane] = potentialOf;
    }
    noteActivation(potential, segment.place);
  }
}

}  // namespace

extern const Kernels AULA_HEART_KERNELS;
const Kernels AULA_HEART_KERNELS = {AULA_HEART_KERNELS_NAME, diffuse, alievPanfilov, tenTusscher};

}  // namespace aula::anatomy::heart::cpu
