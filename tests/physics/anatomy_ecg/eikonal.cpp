// SPDX-License-Identifier: Apache-2.0
#include "physics/anatomy_ecg/eikonal.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>

namespace aula::tests {

using namespace anatomy::heart;

std::vector<double> eikonalArrivals(const Ventricles& muscle, const std::vector<Entry>& entries, double along,
                                    double across) {
  const Lattice& lattice = muscle.lattice;
  std::vector<std::int32_t> number(lattice.size(), -1);
  for (std::size_t c = 0; c < muscle.domain.nodes.size(); ++c)
    number[muscle.domain.nodes[c]] = static_cast<std::int32_t>(c);
  std::vector<double> times(muscle.domain.nodes.size(), std::numeric_limits<double>::infinity());
  using Place = std::pair<double, std::int32_t>;
  std::priority_queue<Place, std::vector<Place>, std::greater<>> front;
  for (const Entry& entry : entries)
    for (const std::uint32_t node : entry.nodes)
      if (number[node] >= 0 && entry.time < times[std::size_t(number[node])]) {
        times[std::size_t(number[node])] = entry.time;
        front.emplace(entry.time, number[node]);
      }
  while (!front.empty()) {
    const auto [time, c] = front.top();
    front.pop();
    if (time > times[std::size_t(c)]) continue;
    const std::size_t n = muscle.domain.nodes[std::size_t(c)];
    const auto nx = std::size_t(lattice.nx), ny = std::size_t(lattice.ny);
    const int i = int(n % nx), j = int(n / nx % ny), k = int(n / (nx * ny));
    const Vec3 f = scene::toVec3(lattice.fibres[n]);
    for (int dz = -1; dz <= 1; ++dz)
      for (int dy = -1; dy <= 1; ++dy)
        for (int dx = -1; dx <= 1; ++dx) {
          const int a = i + dx, b = j + dy, d = k + dz;
          if (a < 0 || b < 0 || d < 0 || a >= lattice.nx || b >= lattice.ny || d >= lattice.nz) continue;
          const std::int32_t other = number[lattice.index(a, b, d)];
          if (other < 0 || other == c) continue;
          const Vec3 way = lattice.spacing * Vec3{double(dx), double(dy), double(dz)};
          const double l = dot(way, f), t2 = std::max(0.0, dot(way, way) - l * l);
          const double later = time + std::sqrt(l * l / (along * along) + t2 / (across * across));
          if (later < times[std::size_t(other)]) {
            times[std::size_t(other)] = later;
            front.emplace(later, other);
          }
        }
  }
  return times;
}

std::vector<float> prescribedPotentials(const Ventricles& muscle, const std::vector<double>& arrivals,
                                        double time, double rise, double duration) {
  std::vector<float> potentials(muscle.lattice.size(), -0.080F);
  for (std::size_t c = 0; c < arrivals.size(); ++c) {
    const std::size_t n = muscle.domain.nodes[c];
    const double since = time - arrivals[c];
    if (!(since > -5 * rise)) continue;
    const double length = duration * double(muscle.lattice.durations[n]);
    const double up = 1 / (1 + std::exp(-since / (0.25 * rise)));
    const double down = 1 / (1 + std::exp((since - length) / 0.020));
    potentials[n] = static_cast<float>(-0.080 + 0.100 * up * down);
  }
  return potentials;
}

}  // namespace aula::tests
