// SPDX-License-Identifier: Apache-2.0
#include "fdtd/simulation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/outline.h"

namespace aula::fdtd {

namespace {

/// Lines of a picture that shows a plane: objects' outlines and the inner edge of the absorbing layers.
std::vector<scene::LinesView> makeLines(const SimulationSpec& spec, const InstrumentPlan::Plane& plane) {
  std::vector<scene::LinesView> lines;
  const Grid& grid = spec.setup.grid;
  if (spec.scene.hasOutlines) {
    double finest = grid.dx;
    for (int axis = 0; axis < (grid.dimensions == Dimensions::three ? 3 : 2); ++axis) {
      finest = std::min(finest, grid.spacing(axis));
    }
    auto outlines = traceOutlines(spec.setup, {plane.normal, plane.lower, plane.upper}, 0.5 * finest);
    if (!outlines.empty()) lines.push_back({"objects", std::move(outlines), false});
  }
  if (spec.scene.hasBoundary) {
    const Bounds interior = interiorBounds(spec.setup);
    const int u = plane.normal == 0 ? 1 : 0;
    const int v = plane.normal == 2 ? 1 : 2;
    const double slack = 0.01 * std::min(grid.spacing(u), grid.spacing(v));
    const bool reachesBeyond =
        plane.lower[u] < interior.lower[u] - slack || plane.upper[u] > interior.upper[u] + slack ||
        plane.lower[v] < interior.lower[v] - slack || plane.upper[v] > interior.upper[v] + slack;
    if (reachesBeyond) {
      std::vector<core::Vec3> box;
      for (const auto& [isUpperU, isUpperV] : {std::pair{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}}) {
        core::Vec3 corner = plane.lower;
        corner[u] = isUpperU ? std::min(interior.upper[u], plane.upper[u])
                             : std::max(interior.lower[u], plane.lower[u]);
        corner[v] = isUpperV ? std::min(interior.upper[v], plane.upper[v])
                             : std::max(interior.lower[v], plane.lower[v]);
        box.push_back(corner);
      }
      lines.push_back({"absorbing layers", {std::move(box)}, true});
    }
  }
  return lines;
}

/// The part of an instrument's line that a picture of a plane shows; lines that leave the plane are left out.
std::optional<scene::LinesView> makeMark(const InstrumentPlan& instrument, const InstrumentPlan::Plane& plane,
                                         const Grid& grid) {
  const auto line = instrument.line();
  if (!line) return std::nullopt;
  core::Vec3 first = line->first;
  core::Vec3 last = line->second;
  for (int axis = 0; axis < 3; ++axis) {
    // Instruments' lines run along an axis, so that each coordinate can be clipped by itself.
    const double slack = 0.51 * grid.spacing(axis);
    if (std::min(first[axis], last[axis]) > plane.upper[axis] + slack ||
        std::max(first[axis], last[axis]) < plane.lower[axis] - slack)
      return std::nullopt;
    if (axis == plane.normal && first[axis] != last[axis]) return std::nullopt;
    first[axis] = std::clamp(first[axis], plane.lower[axis], plane.upper[axis]);
    last[axis] = std::clamp(last[axis], plane.lower[axis], plane.upper[axis]);
  }
  return scene::LinesView{instrument.name(), {{first, last}}, true};
}

/// The first place where a component is not finite, in words; empty when there is none.
std::string findNotFinite(const Solver& solver) {
  constexpr const char* kNames[] = {"E_x", "E_y", "E_z", "H_x", "H_y", "H_z"};
  const Grid& grid = solver.grid();
  for (int c = 0; c < 6; ++c) {
    if (!grid.computes(c)) continue;
    const int nx = grid.count(c, 0);
    const int ny = grid.count(c, 1);
    std::vector<float> plane(std::size_t(nx) * std::size_t(ny));
    for (int k = 0; k < grid.count(c, 2); ++k) {
      solver.read(c, IndexBox{{0, 0, k}, {nx, ny, k + 1}}, std::span<float>(plane));
      const auto found =
          std::find_if(plane.begin(), plane.end(), [](float value) { return !std::isfinite(value); });
      if (found == plane.end()) continue;
      const int n = int(found - plane.begin());
      return std::string(kNames[c]) + " at " +
             pointText(grid.position(c, n % nx, n / nx, k), grid.dimensions);
    }
  }
  return "";
}

void checkSolver(const Solver& solver, const Setup& setup) {
  if (solver.isFinite()) return;
  const double courant = setup.grid.dt / courantLimit(setup.grid);
  char text[160];
  std::snprintf(text, sizeof text, "the fields are no longer finite at step %lld (t = %.4g s)",
                static_cast<long long>(solver.step()), double(solver.step()) * setup.grid.dt);
  std::string message = text;
  const std::string place = findNotFinite(solver);
  if (!place.empty()) message += ", first found in " + place;
  std::snprintf(text, sizeof text, ". The time step is %.4g of the Courant limit", courant);
  message += text;
  message +=
      "; likely causes are a courant close to 1 together with magnetic or strongly dispersive materials, or "
      "an absurdly "
      "strong source. Lower simulation.courant.";
  throw core::Error(message);
}

}  // namespace

FdtdSimulation::FdtdSimulation(std::shared_ptr<const SimulationSpec> spec,
                               const compute::DeviceChoice& device)
    : spec_(std::move(spec)) {
  {
    const Medium medium = makeMedium(spec_->setup);
    solver_ = makeSolver(spec_->setup, medium, device);
  }
  if (spec_->reference) {
    const Medium medium = makeMedium(*spec_->reference);
    reference_ = makeSolver(*spec_->reference, medium, device);
  }
  const Runs runs{solver_.get(), reference_.get()};
  for (const auto& plan : spec_->instruments) {
    instruments_.push_back(plan->build(runs));
    if (plan->name() == spec_->scene.picture) {
      picture_ = dynamic_cast<const ViewSource*>(instruments_.back().get());
    }
    const auto& views = spec_->scene.views;
    if (std::find(views.begin(), views.end(), plan->name()) == views.end()) continue;
    if (const auto* view = dynamic_cast<const ViewSource*>(instruments_.back().get())) views_.push_back(view);
    if (const auto plane = plan->plane()) {
      for (scene::LinesView& lines : makeLines(*spec_, *plane)) lines_.push_back(std::move(lines));
      for (const auto& marked : spec_->instruments) {
        const auto& marks = spec_->scene.marks;
        if (std::find(marks.begin(), marks.end(), marked->name()) == marks.end()) continue;
        if (auto mark = makeMark(*marked, *plane, spec_->setup.grid)) lines_.push_back(std::move(*mark));
      }
    }
  }
}

void FdtdSimulation::advance(std::int64_t steps) {
  solver_->advance(steps);
  if (reference_) reference_->advance(steps);
}

void FdtdSimulation::checkState() const {
  checkSolver(*solver_, spec_->setup);
  if (reference_) checkSolver(*reference_, *spec_->reference);
}

std::vector<lab::Instrument*> FdtdSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& instrument : instruments_) list.push_back(instrument.get());
  return list;
}

void FdtdSimulation::publish(scene::Frame& frame) const {
  if (picture_ != nullptr && step() >= spec_->steps) {
    picture_->publish(frame);
  } else {
    for (const ViewSource* view : views_) view->publish(frame);
  }
  for (const scene::LinesView& lines : lines_) frame.views.emplace_back(lines);
}

bool FdtdSimulation::apply(const lab::Command&) {
  // Every knob of a lab file enters the setup, which a solver takes once.
  return false;
}

void FdtdSimulation::save(core::CheckpointWriter& writer) const {
  solver_->save(writer);
  if (reference_) {
    writer.setPrefix("reference/");
    reference_->save(writer);
  }
}

void FdtdSimulation::load(core::CheckpointReader& reader) {
  solver_->load(reader);
  if (reference_) {
    reader.setPrefix("reference/");
    reference_->load(reader);
  }
}

double FdtdSimulation::workPerStep() const {
  // In millions, for Mcell/s.
  return 1e-6 * double(spec_->setup.grid.cellCount()) * (reference_ ? 2 : 1);
}

std::vector<std::string> FdtdSimulation::warnings() const {
  std::vector<std::string> warnings;
  // Numerical dispersion grows as the square of the cell; ten cells a wavelength leave about 1 % in phase
  // velocity.
  const InstrumentContext context = makeContext(spec_->setup, 0, false);
  const Grid& grid = spec_->setup.grid;
  double index = 1;
  for (const Material& material : spec_->setup.materials) {
    if (!material.isPerfectConductor)
      index = std::max(index, std::sqrt(material.permittivity * material.permeability));
  }
  double coarsest = 0;
  for (int axis = 0; axis < (grid.dimensions == Dimensions::three ? 3 : 2); ++axis) {
    if (grid.cells(axis) > 1) coarsest = std::max(coarsest, grid.spacing(axis));
  }
  if (context.carrierFrequency > 0) {
    const double cells = core::kSpeedOfLight / (context.carrierFrequency * index * coarsest);
    if (cells < 10) {
      char text[200];
      std::snprintf(text, sizeof text,
                    "only %.3g cells a wavelength in the densest material: waves run about %.2g %% too "
                    "slowly; use cells "
                    "of %s or less",
                    cells, 100 * core::kPi * core::kPi / (6 * cells * cells),
                    lengthText(coarsest * cells / 10).c_str());
      warnings.emplace_back(text);
    }
  }
  return warnings;
}

}  // namespace aula::fdtd
