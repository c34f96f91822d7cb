// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <utility>

#include "anatomy/heart/reference/cells.h"

namespace aula::anatomy::heart::reference {

namespace {

/// R. R. Aliev and A. V. Panfilov, Chaos, Solitons and Fractals 7, 293 (1996), eqs. 1 and 2.
class AlievPanfilovCells final : public Cells {
 public:
  explicit AlievPanfilovCells(std::vector<double> durations)
      : v_(durations.size(), 0.0), durations_(std::move(durations)) {}

  [[nodiscard]] double start(std::size_t) const override { return -0.08; }
  [[nodiscard]] double recovery(std::size_t cell) const override { return v_[cell]; }
  [[nodiscard]] std::vector<double>& memory() override { return v_; }

  void step(std::size_t cell, double& potential, double timeStep, double excitability) override {
    const double k = 8, a = 0.15, eps0 = 0.002, mu1 = 0.2, mu2 = 0.3;
    // Their section 2: V in mV is 100 u - 80, and 1 unit of time is 12.9 ms.
    const double u = (potential + 0.08) / 0.1, dt = timeStep / 0.0129;
    double& v = v_[cell];

    // u' = u + dt (f(u) + f(u')) / 2 with f(u') replaced by f(u) + (u' - u) df/du.
    const double kick = k * excitability;
    const double f = -kick * u * (u - a) * (u - 1) - u * v;
    const double slope = -kick * ((u - a) * (u - 1) + u * (u - 1) + u * (u - a)) - v;
    const double next = u + dt * f / (1 - dt * slope / 2);

    const double eps = eps0 + mu1 * v / (std::max(u, 0.0) + mu2);
    const double middle = (u + next) / 2;
    v += dt * eps / durations_[cell] * (-v - k * middle * (middle - a - 1));
    potential = 0.1 * next - 0.08;
  }

 private:
  std::vector<double> v_, durations_;
};

}  // namespace

std::unique_ptr<Cells> makeAlievPanfilovCells(std::vector<double> durations) {
  return std::make_unique<AlievPanfilovCells>(std::move(durations));
}

}  // namespace aula::anatomy::heart::reference
