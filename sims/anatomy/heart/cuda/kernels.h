// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

#include "anatomy/heart/model/formula/aliev_panfilov.h"
#include "anatomy/heart/model/formula/ten_tusscher.h"
#include "anatomy/heart/model/layout.h"
#include "compute/kernel.h"

/// A thread a node: its share of a segment, diffusion and reaction in one go. See cpu/kernels.h for the same
/// passes; formulas are those of model/formula.
namespace aula::anatomy::heart::cuda {

inline constexpr int kWidth = 32;  ///< Nodes of a segment: a warp, which reads the segment's places once.

/// A stage of diffusion (see Stage), of potentials in the cell model's own unit.
struct Part {
  const SegmentLayout::Segment* segments;
  const float* couplings[kForward];  ///< Times the step.
  const float* from;
  float* to;
  float* activation;          ///< s, by place
  const std::int64_t* clock;  ///< The step at which the window begins.
  int stepInWindow;
  float threshold;
  double timeStep;    ///< s, of the whole step
  float mu, nu, tau;  ///< Before `from` in time stands what `to` still holds.

  [[nodiscard]] AULA_HD long place(long n) const { return segments[n / kWidth].place + n % kWidth; }

  /// mu V + nu (V before) + tau sum over q of c_pq (V_q - V_p).
  [[nodiscard]] AULA_HD float diffused(long n) const {
    const SegmentLayout::Segment& segment = segments[n / kWidth];
    const long lane = n % kWidth, p = segment.place + lane;
    const float own = from[p];
    float sum = couplings[0][p] * (from[p + 1] - own) + couplings[0][p - 1] * (from[p - 1] - own);
    // Straight across and slanted, forwards and backwards, for both axes across.
    for (int axis = 0; axis < 2; ++axis) {
      const int c = 1 + 3 * axis;
      const long f = segment.rows[axis] + lane, b = segment.rows[axis + 4] + lane;
      sum += couplings[c][p] * (from[f] - own) + couplings[c][b] * (from[b] - own);
      sum += couplings[c + 1][p] * (from[f + 1] - own) + couplings[c + 1][b - 1] * (from[b - 1] - own);
      sum += couplings[c + 2][p] * (from[f - 1] - own) + couplings[c + 2][b + 1] * (from[b + 1] - own);
    }
    for (int diagonal = 0; diagonal < 2; ++diagonal) {
      const int c = 7 + diagonal;
      const long f = segment.rows[2 + diagonal] + lane, b = segment.rows[6 + diagonal] + lane;
      sum += couplings[c][p] * (from[f] - own) + couplings[c][b] * (from[b] - own);
    }
    const float smooth = tau * sum;
    return nu == 0 ? own + smooth : mu * own + nu * to[p] + smooth;
  }
  AULA_HD void finish(long p, float after) const {
    const float before = from[p];
    to[p] = after;
    if (before < threshold && after >= threshold) {
      const double share = static_cast<double>(threshold - before) / static_cast<double>(after - before);
      const double step = static_cast<double>(*clock + stepInWindow);
      activation[p] = static_cast<float>(timeStep * (step + share));
    }
  }
};

struct DiffuseBody {
  static constexpr const char* kName = "diffuse";
  Part part;
  AULA_HD void operator()(long n) const { part.finish(part.place(n), part.diffused(n)); }
};
using Diffuse = compute::ForEach<DiffuseBody>;

struct ReactAlievPanfilovBody {
  static constexpr const char* kName = "diffuse, Aliev and Panfilov";
  Part part;
  AlievPanfilov<float> cell;
  const float* gain;  ///< In device memory: excitability may change while a window is kept.
  float* recovery;    ///< By place
  const float* paces;
  AULA_HD void operator()(long n) const {
    const long p = part.place(n);
    AlievPanfilov<float> own = cell;
    own.gain = *gain;
    float u = part.diffused(n), v = recovery[p];
    own.step(u, v, paces[p]);
    recovery[p] = v;
    part.finish(p, u);
  }
};
using ReactAlievPanfilov = compute::ForEach<ReactAlievPanfilovBody>;

struct ReactTenTusscherBody {
  static constexpr const char* kName = "diffuse, ten Tusscher and Panfilov";
  /// The states of one node, each kind an array.
  struct State {
    float* first;
    long stride;
    AULA_HD float& operator[](int state) const { return first[state * stride]; }
  };
  Part part;
  TenTusscher<float> cell;
  const float* gain;  ///< G_Na times the excitability
  float* states;      ///< [state][node of a segment]
  long stride;
  const std::int32_t* layers;  ///< By place
  AULA_HD void operator()(long n) const {
    const long p = part.place(n);
    TenTusscher<float> own = cell;
    own.sodiumConductance = *gain;
    float v = part.diffused(n);
    own.step(v, State{states + n, stride}, layers[p]);
    part.finish(p, v);
  }
};
using ReactTenTusscher = compute::ForEach<ReactTenTusscherBody>;

/// Adds a stimulus' rise to its nodes.
struct StimulateBody {
  static constexpr const char* kName = "stimulate";
  const std::int32_t* places;
  float* potentials;
  float* activation;
  float rise, threshold;
  double time, timeStep;  ///< s
  AULA_HD void operator()(long n) const {
    const long p = places[n];
    const float before = potentials[p], after = before + rise;
    potentials[p] = after;
    if (before < threshold && after >= threshold)
      activation[p] = static_cast<float>(time + timeStep * static_cast<double>(threshold - before) /
                                                    static_cast<double>(after - before));
  }
};
using Stimulate = compute::ForEach<StimulateBody>;

struct AdvanceClockBody {
  static constexpr const char* kName = "advance the clock";
  std::int64_t* clock;
  std::int64_t steps;
  AULA_HD void operator()(long) const { *clock += steps; }
};
using AdvanceClock = compute::ForEach<AdvanceClockBody>;

/// The first place whose potential is not a number, or what was there.
struct FindNotFiniteBody {
  static constexpr const char* kName = "find what is not finite";
  const SegmentLayout::Segment* segments;
  const float* potentials;
  int* found;
  AULA_HD void operator()(long n) const {
    const long p = segments[n / kWidth].place + n % kWidth;
    const float value = potentials[p];
    if (!(value - value == 0)) *found = static_cast<int>(p);
  }
};
using FindNotFinite = compute::ForEach<FindNotFiniteBody>;

}  // namespace aula::anatomy::heart::cuda
