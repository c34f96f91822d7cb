// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/instrument/common.h"

namespace aula::fdtd {

namespace {

/// Running Fourier transform of components at a point, on a line, a plane or in a box.
class SpectrumPlan final : public InstrumentPlan {
 public:
  SpectrumPlan(const std::string& name, std::int64_t interval) : InstrumentPlan(name, interval) {}

  [[nodiscard]] bool isElectricOnly() const {
    return std::all_of(components.begin(), components.end(), [](int c) { return isElectric(c); });
  }
  /// Axes of a dataset on the lattice; those of one point are left out for points and lines, kept for planes
  /// and boxes.
  [[nodiscard]] std::vector<lab::Axis> fieldAxes() const {
    std::vector<lab::Axis> axes = latticeAxes(lattice, dimension >= 2);
    // A single frequency is no axis, except where nothing else is left.
    if (frequencies.hertz.size() > 1 || axes.empty()) axes.insert(axes.begin(), frequencies.axis);
    return axes;
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    const bool isAmplitude = normalisation == Normalisation::amplitude;
    const std::string fieldUnit = componentUnit(components[0]) + std::string(isAmplitude ? "" : " s");
    std::vector<lab::Dataset> shapes;
    shapes.push_back({"intensity",
                      isAmplitude ? "Intensity, squared amplitude" : "Spectral intensity",
                      std::string(isElectricOnly() ? "V2" : "A2") + (isAmplitude ? "/m2" : " s2/m2"),
                      fieldAxes(),
                      {},
                      false});
    if (hasComplex) {
      for (const int c : components) {
        const std::string unit = componentUnit(c) + std::string(isAmplitude ? "" : " s");
        shapes.push_back({componentName(c) + std::string("_real"),
                          componentLabel(c) + ", real part",
                          unit,
                          fieldAxes(),
                          {},
                          false});
        shapes.push_back({componentName(c) + std::string("_imaginary"),
                          componentLabel(c) + ", imaginary part",
                          unit,
                          fieldAxes(),
                          {},
                          false});
      }
    }
    if (hasWavenumber) {
      shapes.push_back({"wavenumber", "Wavenumber along the line", "rad/m", {frequencies.axis}, {}, false});
      shapes.push_back({"attenuation", "Decay along the line", "m-1", {frequencies.axis}, {}, false});
      shapes.push_back({"cutoff", "Cutoff frequency", "Hz", {frequencies.axis}, {}, false});
    }
    return shapes;
  }
  [[nodiscard]] double bytes() const override {
    const double points = double(lattice.size());
    return double(components.size()) * FourierSums::bytes(frequencies.hertz.size(), points) + 24 * points;
  }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(const Runs& runs) const override;
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void beginAt(double time) override { start += time; }
  [[nodiscard]] std::optional<Plane> plane() const override {
    if (normal < 0) return std::nullopt;
    Plane plane{normal, {}, {}};
    for (int axis = 0; axis < 3; ++axis) {
      plane.lower[axis] = lattice.axes[std::size_t(axis)].front();
      plane.upper[axis] = lattice.axes[std::size_t(axis)].back();
    }
    return plane;
  }
  [[nodiscard]] std::optional<std::pair<core::Vec3, core::Vec3>> line() const override {
    if (dimension != 1) return std::nullopt;
    std::pair<core::Vec3, core::Vec3> ends;
    for (int axis = 0; axis < 3; ++axis) {
      ends.first[axis] = lattice.axes[std::size_t(axis)].front();
      ends.second[axis] = lattice.axes[std::size_t(axis)].back();
    }
    return ends;
  }
  [[nodiscard]] bool isDrawable() const override { return dimension >= 2; }

  Grid grid;
  Lattice lattice;
  int dimension = 0;
  int normal = -1;
  std::vector<int> components;
  Frequencies frequencies;
  Normalisation normalisation = Normalisation::amplitude;
  double start = 0;  ///< s; earlier samples are not counted.
  bool hasComplex = false;
  bool hasWavenumber = false;
};

class Spectrum final : public lab::Instrument, public ViewSource {
 public:
  Spectrum(const SpectrumPlan& plan, const Runs& runs)
      : plan_(plan), solver_(*runs.main), values_(plan.lattice.size()) {
    for (const int c : plan.components) {
      samplers_.emplace_back(plan.grid, c, plan.lattice);
      sums_.emplace_back(plan.frequencies.hertz, plan.lattice.size(), plan.normalisation);
    }
  }

  [[nodiscard]] const std::string& name() const override { return plan_.name(); }
  [[nodiscard]] std::int64_t interval() const override { return plan_.interval(); }

  void sample() override {
    const double dt = plan_.grid.dt;
    const double now = double(solver_.step()) * dt;
    if (now < plan_.start) return;
    for (std::size_t c = 0; c < samplers_.size(); ++c) {
      samplers_[c].read(solver_, values_);
      const double time = now - (isElectric(plan_.components[c]) ? 0 : 0.5 * dt);
      sums_[c].add(time, double(plan_.interval()) * dt, values_);
    }
  }

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    std::size_t next = 0;
    data[next++].values = intensity(plan_.frequencies.hertz.size());
    if (plan_.hasComplex) {
      for (const FourierSums& sums : sums_) {
        auto& real = data[next++].values;
        auto& imaginary = data[next++].values;
        for (std::size_t f = 0; f < plan_.frequencies.hertz.size(); ++f) {
          for (std::size_t p = 0; p < plan_.lattice.size(); ++p) {
            const std::complex<double> value = sums.value(f, p);
            real.push_back(value.real());
            imaginary.push_back(value.imag());
          }
        }
      }
    }
    if (plan_.hasWavenumber) {
      for (std::size_t f = 0; f < plan_.frequencies.hertz.size(); ++f) {
        const std::complex<double> k = wavenumber(f);
        const double free = 2 * core::kPi * plan_.frequencies.hertz[f] / core::kSpeedOfLight;
        data[next].values.push_back(k.real());
        data[next + 1].values.push_back(k.imag());
        // A guide's mode obeys k0^2 = beta^2 + kc^2, with beta imaginary below the cutoff.
        const double square = (free * free - k * k).real();
        data[next + 2].values.push_back(core::kSpeedOfLight / (2 * core::kPi) *
                                        std::sqrt(std::max(0.0, square)));
      }
    }
    return data;
  }

  void publish(scene::Frame& frame) const override {
    scene::VolumeView view = latticeView(plan_.lattice, plan_.grid, intensity(1));
    const lab::Dataset shape = plan_.shapes().front();
    view.name = plan_.name();
    view.quantity = {shape.label, shape.unit};
    view.scale = scene::ColourScale::sequential;
    frame.views.emplace_back(std::move(view));
  }

  void save(core::CheckpointWriter& writer) const override {
    for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c].save(writer, componentName(plan_.components[c]));
  }
  void load(core::CheckpointReader& reader) override {
    for (std::size_t c = 0; c < sums_.size(); ++c) sums_[c].load(reader, componentName(plan_.components[c]));
  }

 private:
  /// Sum over the components of |amplitude|^2, at the first `count` frequencies.
  [[nodiscard]] std::vector<double> intensity(std::size_t count) const {
    std::vector<double> result;
    result.reserve(count * plan_.lattice.size());
    for (std::size_t f = 0; f < count; ++f) {
      for (std::size_t p = 0; p < plan_.lattice.size(); ++p) {
        double sum = 0;
        for (const FourierSums& sums : sums_) sum += std::norm(sums.value(f, p));
        result.push_back(sum);
      }
    }
    return result;
  }

  /// Complex wavenumber along a line. Waves of one mode running both ways, a exp(ikx) + b exp(-ikx), obey
  ///   u(x - d) + u(x + d) = 2 cos(k d) u(x)
  /// at every x; cos(k d) comes from all inner points by least squares.
  [[nodiscard]] std::complex<double> wavenumber(std::size_t f) const {
    std::complex<double> product = 0;
    double norm = 0;
    const std::size_t points = plan_.lattice.size();
    for (std::size_t p = 1; p + 1 < points; ++p) {
      const std::complex<double> u = sums_[0].value(f, p);
      product += std::conj(u) * (sums_[0].value(f, p - 1) + sums_[0].value(f, p + 1));
      norm += 2 * std::norm(u);
    }
    if (!(norm > 0)) return 0;
    double distance = 0;
    for (const auto& positions : plan_.lattice.axes) {
      if (positions.size() > 1) distance = positions[1] - positions[0];
    }
    const std::complex<double> k = std::acos(product / norm) / distance;
    return {std::abs(k.real()), std::abs(k.imag())};
  }

  const SpectrumPlan& plan_;
  const Solver& solver_;
  std::vector<LatticeSampler> samplers_;
  std::vector<FourierSums> sums_;
  std::vector<double> values_;
};

std::unique_ptr<lab::Instrument> SpectrumPlan::build(const Runs& runs) const {
  return std::make_unique<Spectrum>(*this, runs);
}

}  // namespace

std::unique_ptr<InstrumentPlan> parseSpectrum(const std::string& name, const lab::Node& node,
                                              const InstrumentContext& context) {
  const Grid& grid = context.setup.grid;
  const Frequencies frequencies = parseFrequencies(node, context);
  auto plan = std::make_unique<SpectrumPlan>(name, fourierInterval(frequencies, context));
  plan->grid = grid;
  plan->frequencies = frequencies;
  plan->components = parseComponents(node, grid);
  plan->normalisation = parseNormalisation(node, context);
  plan->start = node.quantity("start", "s", lab::kNotNegative, 0.0);
  plan->hasComplex = node.boolean("complex", false);
  plan->hasWavenumber = node.boolean("wavenumber", false);
  const bool isMixed = std::any_of(plan->components.begin(), plan->components.end(),
                                   [&](int c) { return isElectric(c) != isElectric(plan->components[0]); });
  if (isMixed) node.errorAt("components", "mixes electric and magnetic ones; use an instrument for each");

  const double spacing = node.quantity("spacing", "m", lab::kPositive, 0.0);
  const Region region = parseRegion(node, context);
  plan->dimension = region.dimension();
  plan->normal = region.normal();
  const double points = countLattice(region, grid, spacing);
  if (!checkPoints(node, points * double(std::max<std::size_t>(1, frequencies.hertz.size())))) return nullptr;
  plan->lattice = makeLattice(region, grid, spacing);
  if (plan->hasWavenumber && (plan->dimension != 1 || plan->components.size() != 1 || points < 3)) {
    node.errorAt("wavenumber", "is found from one component on a line of at least three points");
  }
  return plan;
}

}  // namespace aula::fdtd
