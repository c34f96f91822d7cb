// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/io/checkpoint.h"
#include "fdtd/instrument/common.h"

namespace aula::fdtd {

namespace {

/// What a slice can show: a component, a magnitude, or a part of the Poynting vector.
struct SliceQuantity {
  const char* word;
  const char* label;
  const char* unit;
  bool isSigned;
};
constexpr SliceQuantity kQuantities[] = {
    {"ex", "Electric field, x", "V/m", true},
    {"ey", "Electric field, y", "V/m", true},
    {"ez", "Electric field, z", "V/m", true},
    {"hx", "Magnetic field, x", "A/m", true},
    {"hy", "Magnetic field, y", "A/m", true},
    {"hz", "Magnetic field, z", "A/m", true},
    {"electric_field", "Electric field, magnitude", "V/m", false},
    {"magnetic_field", "Magnetic field, magnitude", "A/m", false},
    {"poynting", "Power flow, magnitude", "W/m2", false},
    {"poynting_x", "Power flow, x", "W/m2", true},
    {"poynting_y", "Power flow, y", "W/m2", true},
    {"poynting_z", "Power flow, z", "W/m2", true},
};

class SlicePlan final : public InstrumentPlan {
 public:
  SlicePlan(const std::string& name, std::int64_t interval) : InstrumentPlan(name, interval) {}

  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::vector<lab::Axis> axes = latticeAxes(lattice, true);
    if (snapshots > 0) axes.insert(axes.begin(), {"time", "s", {}});
    return {{quantity.word, quantity.label, quantity.unit, std::move(axes), {}, isSingle}};
  }
  [[nodiscard]] double bytes() const override {
    const double points = double(lattice.size());
    const double kept = snapshots > 0 ? double(steps) / double(interval()) + 1 : 0;
    return points * (4 * kept + 8 * (double(components.size()) * 2 + 1));
  }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(const Runs& runs) const override;
  [[nodiscard]] bool canGoOnFrom(const InstrumentPlan& before) const override {
    const auto* other = dynamic_cast<const SlicePlan*>(&before);
    const bool keepsNothing = snapshots == 0;
    return other != nullptr && (other->snapshots == 0) == keepsNothing &&
           (keepsNothing || (other->quantity.word == quantity.word && other->lattice.axes == lattice.axes));
  }
  [[nodiscard]] std::optional<Plane> plane() const override {
    if (normal < 0) return std::nullopt;
    Plane plane{normal, {}, {}};
    for (int axis = 0; axis < 3; ++axis) {
      plane.lower[axis] = lattice.axes[std::size_t(axis)].front();
      plane.upper[axis] = lattice.axes[std::size_t(axis)].back();
    }
    return plane;
  }
  [[nodiscard]] bool isDrawable() const override { return true; }

  Grid grid;
  Lattice lattice;
  int normal = -1;
  SliceQuantity quantity{};
  std::vector<int> components;  ///< Needed for the quantity.
  std::int64_t steps = 0;
  long long snapshots = 0;
  bool isSingle = true;
  double lower = 0, upper = 0;  ///< Colour limits; equal: from the data.
};

class Slice final : public lab::Instrument, public ViewSource {
 public:
  Slice(const SlicePlan& plan, const Runs& runs) : plan_(plan), solver_(*runs.main) {
    for (const int c : plan.components) samplers_.emplace_back(plan.grid, c, plan.lattice);
  }

  [[nodiscard]] const std::string& name() const override { return plan_.name(); }
  [[nodiscard]] std::int64_t interval() const override { return plan_.interval(); }

  void sample() override {
    if (plan_.snapshots == 0) return;
    const std::vector<double> values = present();
    kept_.insert(kept_.end(), values.begin(), values.end());
    steps_.push_back(solver_.step());
  }

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    if (plan_.snapshots == 0) {
      data[0].values = present();
      // Recorded in single precision, whatever it was computed in.
      for (double& value : data[0].values) value = double(float(value));
    } else {
      for (const std::int64_t step : steps_) data[0].axes[0].values.push_back(double(step) * plan_.grid.dt);
      data[0].values.assign(kept_.begin(), kept_.end());
    }
    return data;
  }

  void publish(scene::Frame& frame) const override {
    scene::VolumeView view = latticeView(plan_.lattice, plan_.grid, present());
    view.name = plan_.name();
    view.quantity = {plan_.quantity.label, plan_.quantity.unit};
    view.scale = plan_.quantity.isSigned ? scene::ColourScale::diverging : scene::ColourScale::sequential;
    view.lower = plan_.lower;
    view.upper = plan_.upper;
    frame.views.emplace_back(std::move(view));
  }

  void save(core::CheckpointWriter& writer) const override {
    writer.writeArray("steps", std::span<const std::int64_t>(steps_));
    writer.writeArray("values", std::span<const float>(kept_));
  }
  void load(core::CheckpointReader& reader) override {
    reader.readVector("steps", steps_);
    reader.readVector("values", kept_);
  }

 private:
  /// The quantity now. Magnetic parts stand half a step earlier than electric ones: a power flow is exact to
  /// first order in the step, good for pictures; the flux instrument is the one to measure with.
  [[nodiscard]] std::vector<double> present() const {
    const std::size_t points = plan_.lattice.size();
    std::array<std::vector<double>, 6> field;
    for (std::size_t c = 0; c < samplers_.size(); ++c) {
      auto& values = field[std::size_t(plan_.components[c])];
      values.resize(points);
      samplers_[c].read(solver_, values);
    }
    const std::string word = plan_.quantity.word;
    if (plan_.components.size() == 1 && word == componentName(plan_.components[0])) {
      return std::move(field[std::size_t(plan_.components[0])]);
    }
    std::vector<double> result(points);
    for (std::size_t p = 0; p < points; ++p) {
      core::Vec3 e;
      core::Vec3 h;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        if (!field[axis].empty()) e[int(axis)] = field[axis][p];
        if (!field[3 + axis].empty()) h[int(axis)] = field[3 + axis][p];
      }
      const core::Vec3 s = core::cross(e, h);
      result[p] = word == "electric_field"   ? core::length(e)
                  : word == "magnetic_field" ? core::length(h)
                  : word == "poynting_x"     ? s.x
                  : word == "poynting_y"     ? s.y
                  : word == "poynting_z"     ? s.z
                                             : core::length(s);
    }
    return result;
  }

  const SlicePlan& plan_;
  const Solver& solver_;
  std::vector<LatticeSampler> samplers_;
  std::vector<std::int64_t> steps_;
  std::vector<float> kept_;  ///< Snapshot after snapshot.
};

std::unique_ptr<lab::Instrument> SlicePlan::build(const Runs& runs) const {
  return std::make_unique<Slice>(*this, runs);
}

}  // namespace

std::unique_ptr<InstrumentPlan> parseSlice(const std::string& name, const lab::Node& node,
                                           const InstrumentContext& context) {
  const Grid& grid = context.setup.grid;
  const long long snapshots = node.integer("snapshots", 0, 100000, 0);
  const std::int64_t interval =
      snapshots > 0 ? std::max<std::int64_t>(1, context.steps / snapshots) : std::int64_t{1} << 40;
  auto plan = std::make_unique<SlicePlan>(name, interval);
  plan->grid = grid;
  plan->steps = context.steps;
  plan->snapshots = snapshots;

  const std::vector<std::string> words = [] {
    std::vector<std::string> list;
    for (const SliceQuantity& quantity : kQuantities) list.emplace_back(quantity.word);
    return list;
  }();
  const std::string word = node.word("quantity", words);
  plan->quantity = kQuantities[2];
  for (const SliceQuantity& quantity : kQuantities) {
    if (word == quantity.word) plan->quantity = quantity;
  }
  for (int c = 0; c < 6; ++c) {
    const bool isThis = word == componentName(c);
    const bool isPart = (word == "electric_field" && isElectric(c)) ||
                        (word == "magnetic_field" && !isElectric(c)) || word.rfind("poynting", 0) == 0;
    if (isThis && !grid.computes(c)) {
      node.errorAt("quantity",
                   "\"" + word +
                       "\" is not computed in these dimensions; allowed in \"tm\": ez, hx, hy; in "
                       "\"te\": hz, ex, ey; and electric_field, magnetic_field, poynting");
    }
    if ((isThis || isPart) && grid.computes(c)) plan->components.push_back(c);
  }

  const double spacing = node.quantity("spacing", "m", lab::kPositive, 0.0);
  const Region region = parseRegion(node, context);
  plan->normal = region.normal();
  if (region.dimension() < 2)
    node.error("shows a plane or a box; found a region of fewer than two dimensions");
  const double points = countLattice(region, grid, spacing);
  if (!checkPoints(node, points * double(std::max(1LL, snapshots)))) return nullptr;
  plan->lattice = makeLattice(region, grid, spacing);

  if (node.has("limits")) {
    const std::vector<double> limits = node.quantities("limits", plan->quantity.unit);
    if (limits.size() == 2 && limits[0] < limits[1]) {
      plan->lower = limits[0];
      plan->upper = limits[1];
    } else {
      node.errorAt("limits", "must be two values, the lower one first");
    }
  }
  return plan;
}

}  // namespace aula::fdtd
