// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/distribution.h"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>

#include "core/error.h"
#include "core/units/constants.h"
#include "molecular/analysis/neighbours.h"
#include "molecular/model/constants.h"

namespace aula::molecular {

RadialDistribution::RadialDistribution(double range, int bins, bool isBetweenMolecules)
    : range_(range), isBetweenMolecules_(isBetweenMolecules), counts_(static_cast<std::size_t>(bins), 0) {}

void RadialDistribution::reset() {
  std::fill(counts_.begin(), counts_.end(), 0.0);
  expected_ = centres_ = 0;
}

void RadialDistribution::add(const Topology& topology, const State& state, const std::vector<int>& first,
                             const std::vector<int>& second) {
  if (first.empty() || second.empty()) return;
  if (!state.box.isPeriodic())
    throw core::inputError(
        "a radial distribution needs a periodic box: without one there is no mean density");
  std::vector<int> moleculeOf(topology.masses.size());
  for (std::size_t m = 0; m < topology.molecules.size(); ++m)
    for (int n = 0; n < topology.molecules[m].atomCount; ++n)
      moleculeOf[static_cast<std::size_t>(topology.molecules[m].firstAtom + n)] =
          isBetweenMolecules_ ? static_cast<int>(m) : topology.molecules[m].firstAtom + n;
  std::vector<Vec3> points;
  std::map<int, int> ofMolecule;
  for (const int atom : second) {
    points.push_back(state.positions[static_cast<std::size_t>(atom)]);
    ++ofMolecule[moleculeOf[static_cast<std::size_t>(atom)]];
  }
  const NeighbourGrid grid(state.box, range_, points);
  const double scale = double(counts_.size()) / range_;
  double pairs = 0;
  for (const int atom : first) {
    const auto at = static_cast<std::size_t>(atom);
    const auto same = ofMolecule.find(moleculeOf[at]);
    pairs += double(second.size()) - (same == ofMolecule.end() ? 0 : same->second);
    grid.around(state.positions[at], [&](int index, Vec3, double distance2) {
      if (moleculeOf[static_cast<std::size_t>(second[static_cast<std::size_t>(index)])] == moleculeOf[at])
        return;
      const auto bin = static_cast<std::size_t>(std::sqrt(distance2) * scale);
      if (bin < counts_.size()) counts_[bin] += 1;
    });
  }
  expected_ += pairs / state.box.volume();
  centres_ += double(first.size());
}

std::vector<double> RadialDistribution::radii() const {
  std::vector<double> radii;
  for (std::size_t i = 0; i < counts_.size(); ++i) radii.push_back((double(i) + 0.5) * width());
  return radii;
}

std::vector<double> RadialDistribution::distribution() const {
  std::vector<double> g(counts_.size(), 0);
  for (std::size_t i = 0; i < g.size() && expected_ > 0; ++i) {
    const double inner = double(i) * width(), outer = inner + width();
    g[i] = counts_[i] / (expected_ * 4 * core::kPi / 3 * (outer * outer * outer - inner * inner * inner));
  }
  return g;
}

std::vector<double> RadialDistribution::coordination() const {
  std::vector<double> n(counts_.size(), 0);
  double sum = 0;
  for (std::size_t i = 0; i < n.size() && centres_ > 0; ++i) n[i] = (sum += counts_[i]) / centres_;
  return n;
}

void SpeedDistribution::reset() {
  std::fill(counts_.begin(), counts_.end(), 0.0);
  samples_ = energy_ = speed_ = 0;
}

void SpeedDistribution::add(std::span<const Vec3> velocities, const std::vector<double>& masses,
                            const std::vector<int>& atoms) {
  for (const int atom : atoms) {
    const Vec3 velocity = velocities[static_cast<std::size_t>(atom)];
    const double speed = core::length(velocity);
    const auto bin = static_cast<std::size_t>(std::min(speed / range_, 1e6) * double(counts_.size()));
    if (bin < counts_.size()) counts_[bin] += 1;
    samples_ += 1;
    speed_ += speed;
    energy_ += 0.5 * masses[static_cast<std::size_t>(atom)] * core::dot(velocity, velocity);
  }
}

std::vector<double> SpeedDistribution::speeds() const {
  std::vector<double> speeds;
  for (std::size_t i = 0; i < counts_.size(); ++i)
    speeds.push_back((double(i) + 0.5) * range_ / double(counts_.size()));
  return speeds;
}

std::vector<double> SpeedDistribution::density() const {
  std::vector<double> density(counts_.size(), 0);
  for (std::size_t i = 0; i < density.size() && samples_ > 0; ++i)
    density[i] = counts_[i] / samples_ * double(counts_.size()) / range_;
  return density;
}

double SpeedDistribution::temperature() const {
  return samples_ > 0 ? energy_ / (1.5 * kBoltzmann * samples_) : 0;
}

double SpeedDistribution::meanSpeed() const {
  return samples_ > 0 ? speed_ / samples_ : 0;
}

double SpeedDistribution::distance(const std::vector<double>& masses) const {
  double largest = 0, slower = 0;
  for (std::size_t i = 0; i < counts_.size() && samples_ > 0; ++i) {
    slower += counts_[i];
    const double speed = double(i + 1) * range_ / double(counts_.size());
    largest = std::max(largest, std::abs(slower / samples_ - maxwellShare(speed, masses, temperature())));
  }
  return largest;
}

namespace {
/// Equal masses are counted once.
template <class F>
double meanOver(const std::vector<double>& masses, const F& of) {
  std::map<double, int> counts;
  for (const double mass : masses) ++counts[mass];
  double sum = 0;
  for (const auto& [mass, count] : counts) sum += count * of(mass);
  return masses.empty() ? 0 : sum / double(masses.size());
}
}  // namespace

double maxwellDensity(double speed, const std::vector<double>& masses, double temperature) {
  if (!(temperature > 0)) return 0;
  return meanOver(masses, [&](double mass) {
    const double a = mass / (kBoltzmann * temperature);
    return std::sqrt(2 / core::kPi * a * a * a) * speed * speed * std::exp(-0.5 * a * speed * speed);
  });
}

double maxwellShare(double speed, const std::vector<double>& masses, double temperature) {
  if (!(temperature > 0)) return 0;
  return meanOver(masses, [&](double mass) {
    const double x = speed * std::sqrt(0.5 * mass / (kBoltzmann * temperature));
    return std::erf(x) - 2 / std::sqrt(core::kPi) * x * std::exp(-x * x);
  });
}

}  // namespace aula::molecular
