// SPDX-License-Identifier: Apache-2.0
#include <utility>

#include "anatomy/kind/kinds.h"
#include "anatomy/kind/scan/scan_spec.h"
#include "anatomy/shape/part.h"
#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/units/quantity.h"
#include "lab/session/turned_knobs.h"

namespace aula::anatomy {

namespace {

/// How dense the brightest of the window is, of a layer a hundredth of the volume thick; the window's lower
/// third stays clear, so that air and noise do not hide what is looked at.
constexpr float kDensity = 0.35F;
constexpr double kClear = 1.0 / 3;

scene::VolumeView volumeOf(const ScanSpec& spec) {
  const Scan& scan = *spec.scan;
  scene::VolumeView volume;
  volume.name = "scan";
  volume.quantity.name = "Scan";
  volume.nx = scan.nx, volume.ny = scan.ny, volume.nz = scan.nz;
  volume.origin = scan.origin;
  volume.spacing = scan.spacing;
  volume.values = scan.values;
  volume.scale = scene::ColourScale::sequential;
  volume.colourMap = "graphite";
  volume.lower = spec.scene.level - spec.scene.window / 2;
  volume.upper = spec.scene.level + spec.scene.window / 2;
  volume.shading = scene::VolumeShading::surface;
  volume.opacity = {{volume.lower + kClear * spec.scene.window, 0}, {volume.upper, kDensity}};
  return volume;
}

/// The volume, or what was asked for of it. Only time goes on, and knobs turn.
class ScanSimulation final : public lab::Simulation {
 public:
  explicit ScanSimulation(std::shared_ptr<const ScanSpec> spec) : first_(std::move(spec)), spec_(first_) {}

  [[nodiscard]] std::int64_t step() const override { return step_; }
  [[nodiscard]] double timeStep() const override { return kScanTimeStep; }
  void advance(std::int64_t steps) override { step_ += steps; }
  [[nodiscard]] std::vector<lab::Instrument*> instruments() override { return {}; }
  void publish(scene::Frame& frame) const override {
    frame.stance = {60, 15, 90};
    const scene::VolumeView volume = volumeOf(*spec_);
    if (spec_->scene.hasVolume) frame.views.emplace_back(volume);
    if (spec_->scene.surface) {
      scene::IsoSurfaceView surface;
      surface.name = "surface";
      surface.volume = volume;
      surface.level = *spec_->scene.surface;
      surface.material = boneMaterial();
      frame.views.emplace_back(std::move(surface));
    }
    if (spec_->scene.hasSlices) publishSlices(volume, frame);
  }
  bool apply(const lab::Command& command) override {
    if (!first_->lab || !isLiveKnob(*first_->lab, command.name)) return false;
    lab::KnobValues turned = turned_.after(command);
    spec_ = turnedSpec(turned);
    turned_.set(std::move(turned));
    return true;
  }
  void save(core::CheckpointWriter& writer) const override {
    writer.writeValue("step", step_);
    if (first_->lab) turned_.save(writer, *first_->lab);
  }
  void load(core::CheckpointReader& reader) override {
    step_ = reader.readValue<std::int64_t>("step");
    if (!first_->lab) return;
    turned_.load(reader, *first_->lab);
    spec_ = turned_.isEmpty() ? first_ : turnedSpec(turned_.values());
  }
  [[nodiscard]] double workPerStep() const override { return double(spec_->scan->values->size()); }
  [[nodiscard]] std::string speedUnit() const override { return "Mvoxel/s"; }
  [[nodiscard]] std::vector<std::string> warnings() const override { return spec_->scan->warnings; }

 private:
  [[nodiscard]] std::shared_ptr<const ScanSpec> turnedSpec(const lab::KnobValues& turned) const {
    const std::shared_ptr<const lab::Lab> fresh = first_->lab->withKnobs(turned);
    std::shared_ptr<ScanSpec> spec = readScanSpec(*fresh, first_.get());
    fresh->diagnostics().throwIfErrors();
    return spec;
  }
  void publishSlices(const scene::VolumeView& volume, scene::Frame& frame) const {
    const core::Vec3 size{(volume.nx - 1) * volume.spacing.x, (volume.ny - 1) * volume.spacing.y,
                          (volume.nz - 1) * volume.spacing.z};
    static constexpr const char* kNames[] = {"sagittal", "coronal", "axial"};
    for (int axis = 0; axis < 3; ++axis) {
      scene::SliceView slice;
      slice.name = kNames[axis];
      slice.volume = volume;
      slice.corner = volume.origin;
      slice.corner[axis] += spec_->scene.slices[axis] * size[axis];
      slice.u[(axis + 1) % 3] = size[(axis + 1) % 3];
      slice.v[(axis + 2) % 3] = size[(axis + 2) % 3];
      frame.views.emplace_back(std::move(slice));
    }
  }

  std::shared_ptr<const ScanSpec> first_;  ///< With no knob turned.
  std::shared_ptr<const ScanSpec> spec_;   ///< As the knobs stand.
  lab::TurnedKnobs turned_;
  std::int64_t step_ = 0;
};

class ScanPlan final : public lab::SimulationPlan {
 public:
  explicit ScanPlan(std::shared_ptr<const ScanSpec> spec) : spec_(std::move(spec)) {}
  [[nodiscard]] lab::Estimate estimate(const compute::DeviceChoice&) const override {
    lab::Estimate estimate;
    estimate.cells = double(spec_->scan->values->size());
    estimate.measure = "voxels";
    estimate.bytes = estimate.cells * sizeof(float);
    estimate.parts = {{"voxels", estimate.bytes}};
    estimate.steps = spec_->steps;
    estimate.timeStep = kScanTimeStep;
    estimate.advice = "crop the volume or take every second voxel";
    return estimate;
  }
  [[nodiscard]] std::unique_ptr<lab::Simulation> build(const compute::DeviceChoice&) const override {
    return std::make_unique<ScanSimulation>(spec_);
  }

 private:
  std::shared_ptr<const ScanSpec> spec_;
};

class ScanKind final : public lab::SimulationKind {
 public:
  [[nodiscard]] std::string name() const override { return "scan"; }
  [[nodiscard]] std::unique_ptr<lab::SimulationPlan> plan(const lab::Lab& lab) const override {
    const std::shared_ptr<ScanSpec> spec = readScanSpec(lab);
    if (!spec) return nullptr;
    for (const lab::Knob& knob : lab.knobs()) {
      if (!knob.isLive) continue;
      if (!spec->lab) spec->lab = lab.withKnobs({});
      for (const double end : {knob.lower, knob.upper}) {
        const std::shared_ptr<const lab::Lab> turned = spec->lab->withKnobs({{knob.name, end}});
        if (readScanSpec(*turned, spec.get()) != nullptr) continue;
        try {
          turned->diagnostics().throwIfErrors();
        } catch (const core::Error& error) {
          lab.diagnostics().error("knobs." + knob.name + ".live",
                                  "the lab does not hold over the knob's whole range; at " +
                                      core::formatIn(end, knob.unit) + ":\n    " + error.what());
        }
        break;
      }
    }
    if (lab.diagnostics().hasErrors()) return nullptr;
    return std::make_unique<ScanPlan>(spec);
  }
};

}  // namespace

std::unique_ptr<lab::SimulationKind> makeScanKind() {
  return std::make_unique<ScanKind>();
}

}  // namespace aula::anatomy
