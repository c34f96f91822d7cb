// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/leads.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy::heart {

const std::array<Vec3, kElectrodes>& electrodes() {
  // A thorax 0.30 m wide; the breastbone 0.025 m to the right of the middle of the left ventricle's base and
  // 0.10 m before it; V1 and V2 in the fourth, V4 in the fifth intercostal space, V5 and V6 at its height
  // around the side (places after Kligfield et al. 2007; the distances are chosen). Arms and legs have the
  // potential of the place where they join the trunk.
  static const std::array<Vec3, kElectrodes> places{{{0.165, 0.010, 0.135},
                                                     {-0.115, 0.020, 0.135},
                                                     {-0.050, 0.020, -0.300},
                                                     {0.050, 0.100, -0.010},
                                                     {0.000, 0.102, -0.010},
                                                     {-0.033, 0.099, -0.025},
                                                     {-0.066, 0.090, -0.040},
                                                     {-0.106, 0.048, -0.040},
                                                     {-0.126, -0.002, -0.040}}};
  return places;
}

const char* nameOf(Electrode electrode) {
  static constexpr const char* kNames[kElectrodes] = {"R", "L", "F", "V1", "V2", "V3", "V4", "V5", "V6"};
  return kNames[static_cast<std::size_t>(electrode)];
}

const std::array<const char*, kLeads>& leadNames() {
  static const std::array<const char*, kLeads> names{"I",  "II", "III", "aVR", "aVL", "aVF",
                                                     "V1", "V2", "V3",  "V4",  "V5",  "V6"};
  return names;
}

Leads::Leads(const Ventricles& muscle, const std::vector<Vec3>& points, const Conductor& conductor)
    : nodes_(muscle.domain.nodes) {
  const Domain& domain = muscle.domain;
  const double h = domain.spacing, volume = h * h * h;
  constexpr double kPi = 3.14159265358979323846;
  for (const Vec3& point : points) {
    std::vector<double> sums(nodes_.size(), 0.0);
    for (std::size_t c = 0; c < nodes_.size(); ++c) {
      // The cells' conductivity is sigma_t 1 + (sigma_l - sigma_t) f f, so sigma_i grad V . Z = grad V . s
      // with s = sigma_i Z, Z = grad(1 / r).
      const Vec3 away = point - muscle.position(c);
      const double r2 = dot(away, away), r = std::sqrt(r2);
      const Vec3 z = away / (r2 * r);
      const Vec3 f = scene::toVec3(muscle.lattice.fibres[nodes_[c]]);
      const Vec3 s = conductor.across * z + (conductor.along - conductor.across) * dot(f, z) * f;
      const double factor = -volume / (4 * kPi * conductor.outside);
      for (int axis = 0; axis < 3; ++axis) {
        // Central differences, one-sided where the muscle ends: exact for potentials that are linear.
        const std::int32_t below = domain.links[c][std::size_t(2 * axis)],
                           above = domain.links[c][std::size_t(2 * axis + 1)];
        if (below < 0 && above < 0) continue;
        const double weight = factor * s[axis] / (below >= 0 && above >= 0 ? 2 * h : h);
        sums[above >= 0 ? std::size_t(above) : c] += weight;
        sums[below >= 0 ? std::size_t(below) : c] -= weight;
      }
    }
    weights_.emplace_back(sums.begin(), sums.end());
  }
}

std::vector<double> Leads::at(std::span<const float> potentials) const {
  std::vector<float> values(nodes_.size());
  for (std::size_t c = 0; c < nodes_.size(); ++c) values[c] = potentials[nodes_[c]];
  return atNodes(values);
}

std::vector<double> Leads::atNodes(std::span<const float> values) const {
  // Weights add up to nothing, so one potential may be taken away from all: sums stay small.
  const float rest = values.empty() ? 0 : values[0];
  std::vector<double> all;
  for (const std::vector<float>& weights : weights_) {
    // Sixteen sums keep the pipeline busy; their order is fixed. Blocks of single precision, added up in double.
    double total = 0;
    constexpr std::size_t kBlock = 1024, kLanes = 16;
    for (std::size_t first = 0; first < values.size(); first += kBlock) {
      const std::size_t last = std::min(values.size(), first + kBlock);
      float sums[kLanes] = {};
      std::size_t c = first;
      for (; c + kLanes <= last; c += kLanes)
        for (std::size_t i = 0; i < kLanes; ++i) sums[i] += weights[c + i] * (values[c + i] - rest);
      double block = 0;
      for (const float sum : sums) block += double(sum);
      for (; c < last; ++c) block += double(weights[c]) * double(values[c] - rest);
      total += block;
    }
    all.push_back(total);
  }
  return all;
}

LeadValues leadsFrom(std::span<const double> at) {
  const double r = at[0], l = at[1], f = at[2], terminal = (r + l + f) / 3;
  LeadValues leads{l - r, f - r, f - l, r - (l + f) / 2, l - (r + f) / 2, f - (r + l) / 2};
  for (std::size_t i = 0; i < 6; ++i) leads[6 + i] = at[3 + i] - terminal;
  return leads;
}

Qrs findQrs(const Electrocardiogram& beat, double threshold) {
  const std::size_t count = beat.samples.size();
  if (count < 3) return {};
  // I, II and the chest leads; the others follow from I and II.
  static constexpr std::size_t kIndependent[8] = {0, 1, 6, 7, 8, 9, 10, 11};
  std::vector<double> speed(count, 0.0), smooth(count, 0.0);
  for (std::size_t i = 1; i + 1 < count; ++i) {
    double sum = 0;
    for (const std::size_t lead : kIndependent) {
      const double slope = (beat.samples[i + 1][lead] - beat.samples[i - 1][lead]) / (2 * beat.interval);
      sum += slope * slope;
    }
    speed[i] = std::sqrt(sum);
  }
  const auto half = static_cast<std::ptrdiff_t>(std::max(0L, std::lround(0.0025 / beat.interval)));
  for (std::ptrdiff_t i = 0; i < std::ptrdiff_t(count); ++i) {
    double sum = 0;
    std::ptrdiff_t used = 0;
    for (std::ptrdiff_t j = std::max<std::ptrdiff_t>(0, i - half);
         j <= std::min<std::ptrdiff_t>(std::ptrdiff_t(count) - 1, i + half); ++j, ++used)
      sum += speed[std::size_t(j)];
    smooth[std::size_t(i)] = sum / double(used);
  }
  const auto top = std::max_element(smooth.begin(), smooth.end());
  if (!(*top > 0)) return {};
  const double level = threshold * *top;
  const auto gap = static_cast<std::size_t>(std::lround(0.012 / beat.interval));
  std::size_t first = std::size_t(top - smooth.begin()), last = first;
  for (std::size_t i = first, below = 0; i-- > 0 && below <= gap;) {
    below = smooth[i] > level ? 0 : below + 1;
    if (below == 0) first = i;
  }
  for (std::size_t i = last + 1, below = 0; i < count && below <= gap; ++i) {
    below = smooth[i] > level ? 0 : below + 1;
    if (below == 0) last = i;
  }
  return {double(first) * beat.interval, double(last) * beat.interval};
}

}  // namespace aula::anatomy::heart
