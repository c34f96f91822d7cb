// SPDX-License-Identifier: Apache-2.0
#include "fdtd/instrument/lattice.h"

#include <gtest/gtest.h>

#include <vector>

#include "core/units/constants.h"

namespace aula::tests {
namespace {

/// Every component is the same linear function of the place; reading is all it can do.
class LinearFields final : public fdtd::Solver {
 public:
  explicit LinearFields(fdtd::Grid grid) : grid_(grid) {}
  static double at(core::Vec3 p) { return 1 + 2 * p.x - 3 * p.y + 5 * p.z; }

  [[nodiscard]] const fdtd::Grid& grid() const override { return grid_; }
  [[nodiscard]] std::int64_t step() const override { return 0; }
  void advance(std::int64_t) override {}
  void read(int component, const fdtd::IndexBox& box, std::span<float> out) const override {
    fill(component, box, out);
  }
  void read(int component, const fdtd::IndexBox& box, std::span<double> out) const override {
    fill(component, box, out);
  }
  void write(int, const fdtd::IndexBox&, std::span<const double>) override {}
  void drive(std::size_t, const fdtd::Drive&) override {}
  [[nodiscard]] bool isFinite() const override { return true; }
  void save(core::CheckpointWriter&) const override {}
  void load(core::CheckpointReader&) override {}
  [[nodiscard]] double bytes() const override { return 0; }
  [[nodiscard]] std::string description() const override { return "linear"; }

 private:
  template <class T>
  void fill(int component, const fdtd::IndexBox& box, std::span<T> out) const {
    std::size_t n = 0;
    for (int k = box.lower[2]; k < box.upper[2]; ++k) {
      for (int j = box.lower[1]; j < box.upper[1]; ++j) {
        for (int i = box.lower[0]; i < box.upper[0]; ++i)
          out[n++] = T(at(grid_.position(component, i, j, k)));
      }
    }
  }
  fdtd::Grid grid_;
};

TEST(LatticeSampler, IsExactForLinearFieldsOfEveryComponent) {
  fdtd::Grid grid;
  grid.nx = 7;
  grid.ny = 5;
  grid.nz = 6;
  grid.dx = 0.1;
  grid.dy = 0.2;
  grid.dz = 0.15;
  grid.origin = {-0.3, 0.1, 0};
  const LinearFields solver(grid);
  // Between places, on a node, at half a cell; all at least half a cell from the faces.
  const fdtd::Lattice lattice{{{{-0.23, 0.0, 0.05, 0.31}, {0.33, 0.5}, {0.45}}}};
  for (int component = 0; component < 6; ++component) {
    const fdtd::LatticeSampler sampler(grid, component, lattice);
    std::vector<double> values(lattice.size());
    sampler.read(solver, values);
    const double scale = fdtd::isElectric(component) ? 1 : 1 / core::kVacuumImpedance;
    std::size_t n = 0;
    for (const double z : lattice.axes[2]) {
      for (const double y : lattice.axes[1]) {
        for (const double x : lattice.axes[0]) {
          EXPECT_NEAR(values[n++], scale * LinearFields::at({x, y, z}), 1e-6 * scale)
              << "component " << component;
        }
      }
    }
  }
}

}  // namespace
}  // namespace aula::tests
