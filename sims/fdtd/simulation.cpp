// SPDX-License-Identifier: Apache-2.0
#include "fdtd/simulation.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <span>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"
#include "core/units/constants.h"
#include "fdtd/picture_lines.h"
#include "fdtd/picture_solids.h"

namespace aula::fdtd {

namespace {

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

/// Whether instruments look where they looked.
bool hasSamePlaces(const SimulationSpec& a, const SimulationSpec& b) {
  const auto isSame = [](core::Vec3 p, core::Vec3 q) { return core::length(p - q) == 0; };
  for (std::size_t i = 0; i < a.instruments.size(); ++i) {
    const auto p = a.instruments[i]->plane(), q = b.instruments[i]->plane();
    const auto l = a.instruments[i]->line(), m = b.instruments[i]->line();
    if (p.has_value() != q.has_value() || l.has_value() != m.has_value()) return false;
    if (p && (p->normal != q->normal || !isSame(p->lower, q->lower) || !isSame(p->upper, q->upper)))
      return false;
    if (l && (!isSame(l->first, m->first) || !isSame(l->second, m->second))) return false;
  }
  return true;
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
    : first_(std::move(spec)), device_(device) {
  build(run_, builtSetup(first_->setup));
  if (first_->reference) build(reference_, builtSetup(*first_->reference));
  take(first_, false);
}

void FdtdSimulation::build(Run& run, const Setup& setup) const {
  run.built = setup;
  run.solver.reset();
  run.solver = makeSolver(run.built, makeMedium(run.built), device_);
}

void FdtdSimulation::rebuild(Run& run, const Setup& setup, bool keepsFields) const {
  core::MemoryCheckpoint fields;
  if (keepsFields) {
    core::CheckpointWriter writer(fields);
    run.solver->save(writer);
  }
  Setup next = run.built;
  next.objects = setup.objects;
  next.materials = setup.materials;
  build(run, next);
  if (!keepsFields) return;
  core::CheckpointReader reader(fields);
  run.solver->load(reader);
  // In what has become a conductor E is gone; a solver's write() sees to that. H stays: a perfect conductor
  // keeps the flux it closes around.
  const Grid& grid = run.built.grid;
  for (int c = kEx; c <= kEz; ++c) {
    if (!grid.computes(c)) continue;
    const IndexBox box{{0, 0, 0}, {grid.count(c, 0), grid.count(c, 1), grid.count(c, 2)}};
    std::vector<double> values(box.size());
    run.solver->read(c, box, std::span<double>(values));
    run.solver->write(c, box, values);
  }
}

void FdtdSimulation::take(std::shared_ptr<const SimulationSpec> spec, bool keepsRecords) {
  // Until the new instruments have taken what the old ones recorded, the old plans must live.
  const std::shared_ptr<const SimulationSpec> before = std::exchange(spec_, std::move(spec));
  const std::vector<std::unique_ptr<lab::Instrument>> old = std::move(instruments_);
  instruments_.clear();
  views_.clear();
  picture_ = nullptr;
  const Runs runs{run_.solver.get(), reference_.solver.get()};
  for (std::size_t i = 0; i < spec_->instruments.size(); ++i) {
    const InstrumentPlan& plan = *spec_->instruments[i];
    instruments_.push_back(plan.build(runs));
    lab::Instrument& instrument = *instruments_.back();
    if (keepsRecords && !plan.isAccumulating()) {
      core::MemoryCheckpoint records;
      core::CheckpointWriter writer(records);
      old.at(i)->save(writer);
      core::CheckpointReader reader(records);
      instrument.load(reader);
    }
    const auto* view = dynamic_cast<const ViewSource*>(&instrument);
    if (plan.name() == spec_->scene.picture) picture_ = view;
    const auto& views = spec_->scene.views;
    const bool isShown = std::find(views.begin(), views.end(), plan.name()) != views.end();
    if (isShown && view != nullptr) views_.push_back(view);
  }
  const bool isDrawnAlike = before != nullptr &&
                            !compareSetups(before->setup, spec_->setup, run_.built).hasNewMedium &&
                            hasSamePlaces(*before, *spec_);
  if (isDrawnAlike) return;
  lines_ = makePictureLines(*spec_);
  solids_ = makePictureSolids(*spec_);
}

void FdtdSimulation::advance(std::int64_t steps) {
  run_.solver->advance(steps);
  if (reference_.solver) reference_.solver->advance(steps);
}

void FdtdSimulation::checkState() const {
  checkSolver(*run_.solver, run_.built);
  if (reference_.solver) checkSolver(*reference_.solver, reference_.built);
}

std::vector<lab::Instrument*> FdtdSimulation::instruments() {
  std::vector<lab::Instrument*> list;
  for (const auto& instrument : instruments_) list.push_back(instrument.get());
  return list;
}

void FdtdSimulation::publish(scene::Frame& frame) const {
  if (picture_ != nullptr && step() >= std::max<std::int64_t>(0, changeStep_) + spec_->steps) {
    picture_->publish(frame);
  } else {
    for (const ViewSource* view : views_) view->publish(frame);
  }
  for (const scene::LinesView& lines : lines_) frame.views.emplace_back(lines);
  frame.views.insert(frame.views.end(), solids_.begin(), solids_.end());
}

namespace {

/// The lab with knobs turned, its accumulating instruments beginning at the change.
std::shared_ptr<const SimulationSpec> specOf(const SimulationSpec& first, const lab::KnobValues& turned,
                                             std::int64_t changeStep) {
  auto spec = readTurned(*first.lab, turned);
  const double now = double(changeStep) * spec->setup.grid.dt;
  for (const auto& plan : spec->instruments) plan->beginAt(now);
  return spec;
}

void refuse(std::vector<std::string> what, const std::vector<std::string>& more) {
  what.insert(what.end(), more.begin(), more.end());
  if (!what.empty())
    throw core::inputError("it changes " + core::listed(what, "and") +
                           ", which cannot change while the simulation runs");
}

}  // namespace

bool FdtdSimulation::apply(const lab::Command& command) {
  if (first_->lab == nullptr) return false;
  const auto& knobs = first_->lab->knobs();
  const bool isLive = std::any_of(knobs.begin(), knobs.end(), [&](const lab::Knob& knob) {
    return knob.name == command.name && knob.isLive;
  });
  if (!isLive) return false;
  lab::KnobValues turned = turned_;
  std::erase_if(turned, [&](const auto& earlier) { return earlier.first == command.name; });
  turned.emplace_back(command.name, command.value);

  // Everything that may be wrong is found out before anything is touched.
  auto next = specOf(*first_, turned, step());
  const SetupChange change = compareSetups(spec_->setup, next->setup, run_.built);
  refuse(change.refused, refusedInstruments(*spec_, *next));
  SetupChange other;
  if (reference_.solver) other = compareSetups(*spec_->reference, *next->reference, reference_.built);
  refuse(other.refused, {});

  if (change.hasNewMedium) rebuild(run_, next->setup, true);
  if (other.hasNewMedium) rebuild(reference_, *next->reference, true);
  for (const auto& [source, drive] : change.drives) run_.solver->drive(source, drive);
  for (const auto& [source, drive] : other.drives) reference_.solver->drive(source, drive);
  turned_ = std::move(turned);
  changeStep_ = step();
  take(std::move(next), true);
  return true;
}

void FdtdSimulation::save(core::CheckpointWriter& writer) const {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  for (const auto& [name, value] : turned_) {
    std::uint64_t index = 0;
    while (first_->lab->knobs()[index].name != name) ++index;
    indices.push_back(index);
    values.push_back(value);
  }
  writer.writeArray("turned.knobs", std::span<const std::uint64_t>(indices));
  writer.writeArray("turned.values", std::span<const double>(values));
  writer.writeValue("turned.step", changeStep_);
  run_.solver->save(writer);
  if (reference_.solver) {
    writer.setPrefix("reference/");
    reference_.solver->save(writer);
  }
}

void FdtdSimulation::load(core::CheckpointReader& reader) {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  reader.readVector("turned.knobs", indices);
  reader.readVector("turned.values", values);
  const auto changeStep = reader.readValue<std::int64_t>("turned.step");
  lab::KnobValues turned;
  for (std::size_t i = 0; i < indices.size(); ++i)
    turned.emplace_back(first_->lab->knobs().at(indices[i]).name, values.at(i));
  if (turned != turned_ || changeStep != changeStep_) {
    auto spec = turned.empty() ? first_ : specOf(*first_, turned, changeStep);
    if (compareSetups(spec_->setup, spec->setup, run_.built).hasNewMedium) rebuild(run_, spec->setup, false);
    if (reference_.solver &&
        compareSetups(*spec_->reference, *spec->reference, reference_.built).hasNewMedium)
      rebuild(reference_, *spec->reference, false);
    turned_ = std::move(turned);
    changeStep_ = changeStep;
    take(std::move(spec), false);
  }
  run_.solver->load(reader);
  if (reference_.solver) {
    reader.setPrefix("reference/");
    reference_.solver->load(reader);
  }
}

double FdtdSimulation::workPerStep() const {
  // In millions, for Mcell/s.
  return 1e-6 * double(spec_->setup.grid.cellCount()) * (reference_.solver ? 2 : 1);
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
  std::vector<std::string> restarted;
  for (const auto& plan : spec_->instruments)
    if (changeStep_ >= 0 && plan->isAccumulating()) restarted.push_back(plan->name());
  if (!restarted.empty()) {
    warnings.push_back(core::listed(restarted, "and") + " began anew when a knob was turned at step " +
                       std::to_string(changeStep_) + ", and tell of the setting since then");
  }
  return warnings;
}

}  // namespace aula::fdtd
