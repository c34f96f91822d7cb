// SPDX-License-Identifier: Apache-2.0
#include "fdtd/fdtd.h"

#include <algorithm>
#include <cmath>

#include "fdtd/simulation.h"
#include "lab/lab.h"

namespace aula::fdtd {

namespace {

/// Cells a second that each kind of device manages roughly, for the estimate of a run's length.
double roughSpeed(const compute::DeviceChoice& device, const Grid& grid) {
  const double threads = std::max(1, device.threads);
  switch (device.kind) {
    case compute::DeviceKind::reference:
      return grid.dimensions == Dimensions::three ? 1.5e7 : 4e7;
    case compute::DeviceKind::check:
      return 1e7;
    case compute::DeviceKind::cuda:
      return 5e9;
    default:
      return 3e8 * threads;
  }
}

class FdtdPlan final : public lab::SimulationPlan {
 public:
  FdtdPlan(std::shared_ptr<const SimulationSpec> spec, std::int64_t steps)
      : spec_(std::move(spec)), steps_(steps) {}

  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice& device) const override {
    const Grid& grid = spec_->setup.grid;
    const double runs = spec_->reference ? 2 : 1;
    lab::Estimate estimate;
    const double fields = runs * estimateSolverBytes(spec_->setup, device.kind);
    // Given back once the solver has taken what it needs of it.
    const double materials = estimateMediumBytes(spec_->setup);
    double instruments = 0;
    for (const auto& plan : spec_->instruments) instruments += plan->bytes();
    estimate.parts = {{"fields", fields}, {"materials", materials}, {"instruments", instruments}};
    estimate.bytes = fields + materials + instruments;
    estimate.steps = steps_;
    estimate.timeStep = grid.dt;
    estimate.cells = double(grid.cellCount()) * runs;
    estimate.seconds = estimate.cells * double(steps_) / roughSpeed(device, grid);
    estimate.advice = instruments > fields ? "look at fewer points or frequencies, or keep fewer snapshots"
                                           : "enlarge simulation.grid.cell or shrink simulation.grid.size";
    return estimate;
  }

  [[nodiscard]] std::vector<lab::InstrumentOutline> instruments() const override {
    std::vector<lab::InstrumentOutline> outlines;
    for (const auto& plan : spec_->instruments) {
      lab::InstrumentOutline outline{plan->name(), {}};
      for (const lab::Dataset& shape : plan->shapes()) {
        lab::DatasetOutline dataset{shape.name, shape.unit, {}, {}};
        for (const lab::Axis& axis : shape.axes) {
          dataset.axes.push_back(axis.name);
          dataset.axisUnits.push_back(axis.unit);
        }
        outline.datasets.push_back(std::move(dataset));
      }
      outlines.push_back(std::move(outline));
    }
    return outlines;
  }

  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice& device) const override {
    return std::make_unique<FdtdSimulation>(spec_, device);
  }

 private:
  std::shared_ptr<const SimulationSpec> spec_;
  std::int64_t steps_;
};

SceneSpec parseScene(const lab::Node& node, const std::vector<std::unique_ptr<InstrumentPlan>>& instruments) {
  SceneSpec scene;
  std::vector<std::string> drawable;
  for (const auto& plan : instruments) {
    if (plan->isDrawable()) drawable.push_back(plan->name());
  }
  const auto check = [&](const std::string& key, const std::string& name) {
    if (std::find(drawable.begin(), drawable.end(), name) != drawable.end()) return true;
    std::string list;
    for (const std::string& known : drawable) list += (list.empty() ? "" : ", ") + known;
    node.errorAt(key, "\"" + name + "\" is no instrument that can be drawn; " +
                          (list.empty() ? "add a slice to the section instruments" : "allowed: " + list));
    return false;
  };
  if (node.has("view")) {
    if (node.has("views")) node.errorAt("view", "give either view or views, not both");
    const std::string view = node.text("view");
    if (check("view", view)) scene.views.push_back(view);
  } else if (node.has("views")) {
    for (const std::string& view : node.texts("views")) {
      if (check("views", view)) scene.views.push_back(view);
    }
  } else if (!drawable.empty()) {
    scene.views.push_back(drawable.front());
  }
  if (node.has("picture")) {
    scene.picture = node.text("picture");
    (void)check("picture", scene.picture);
  }
  if (node.has("marks")) {
    scene.marks = node.texts("marks");
    for (const std::string& name : scene.marks) {
      const bool isLine = std::any_of(instruments.begin(), instruments.end(), [&](const auto& plan) {
        return plan->name() == name && plan->line().has_value();
      });
      if (!isLine) node.errorAt("marks", "\"" + name + "\" is no instrument on a line (from ... to ...)");
    }
  }
  scene.hasOutlines = node.boolean("outline", true);
  scene.hasBoundary = node.boolean("boundary", true);
  return scene;
}

/// Checks that need the whole setup.
void checkSetup(const lab::Node& node, const Setup& setup) {
  for (const std::string& problem : validate(setup)) node.error(problem);
}

class FdtdKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "fdtd"; }

  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const bool hadErrors = lab.diagnostics().hasErrors();
    const std::size_t before = lab.diagnostics().errors().size();
    for (const lab::Knob& knob : lab.knobs()) {
      if (!knob.isLive) continue;
      lab.diagnostics().error(
          "knobs." + knob.name + ".live",
          "a simulation of kind fdtd takes its knobs once, at the start, and cannot change "
          "them while it runs; leave \"live\" out or set it to false");
    }
    const lab::Node section = lab.simulation();
    ParsedSimulation parsed = parseSimulation(section);
    if (section.isDoubtful("dimensions")) return nullptr;
    auto spec = std::make_shared<SimulationSpec>();
    spec->setup = std::move(parsed.setup);
    spec->reference = std::move(parsed.reference);
    // validate() presumes values that parsing found sound.
    if (lab.diagnostics().errors().size() == before) {
      checkSetup(section, spec->setup);
      if (spec->reference && lab.diagnostics().errors().size() == before)
        checkSetup(section, *spec->reference);
    }
    const lab::RunSettings& run = lab.run();
    const double steps =
        run.steps > 0 ? double(run.steps) : std::ceil(run.duration / spec->setup.grid.dt - 1e-9);
    if (!(steps <= 1e12)) {
      section.error(
          "the run would take more than 1e12 steps; shorten run.duration or enlarge simulation.grid.cell");
    }
    const auto count = std::int64_t(std::clamp(steps, 1.0, 1e12));
    spec->instruments =
        parseInstruments(lab.instruments(), makeContext(spec->setup, count, spec->reference.has_value()));
    spec->steps = count;
    spec->scene = parseScene(lab.scene(), spec->instruments);
    if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<FdtdPlan>(std::move(spec), count);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeFdtdKind() {
  return std::make_unique<FdtdKind>();
}

}  // namespace aula::fdtd
