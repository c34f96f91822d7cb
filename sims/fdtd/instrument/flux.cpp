// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/instrument/common.h"

namespace aula::fdtd {

namespace {

/// A rectangle of a plane of nodes, in node indices, through which power is counted.
struct Rectangle {
  int axis = 0;                         ///< Normal.
  int index = 0;                        ///< Of the plane.
  double sign = 1;                      ///< -1: power along the negative axis counts.
  std::array<int, 3> lower{}, upper{};  ///< Nodes, both ends belong to it.
};

/// One of the two products in (E x H) . n on a rectangle: E_b H_c or E_c H_b, on E's own places in the plane,
/// with H taken as the mean of the places half a cell before and behind. Along b and c both then stand at the
/// same point.
struct Pair {
  int electric = 0, magnetic = 0;
  double sign = 1;
  IndexBox electricBox, magneticBox;  ///< The second is two places deep along the normal.
  std::vector<double> weights;        ///< Area of each place, m2 (in 2-D m); half at the rectangle's rim.
};

std::vector<Pair> makePairs(const Grid& grid, const Rectangle& rectangle) {
  std::vector<Pair> pairs;
  const int a = rectangle.axis;
  for (int turn = 0; turn < 2; ++turn) {
    const int b = (a + 1 + turn) % 3;
    const int c = 3 - a - b;
    Pair pair;
    pair.electric = b;
    pair.magnetic = 3 + c;
    pair.sign = (turn == 0 ? 1.0 : -1.0) * rectangle.sign;
    if (!grid.computes(pair.electric) || !grid.computes(pair.magnetic)) continue;
    std::array<std::vector<double>, 3> along;
    for (int axis = 0; axis < 3; ++axis) {
      const auto i = std::size_t(axis);
      auto& e = pair.electricBox;
      auto& h = pair.magneticBox;
      if (axis == a) {
        e.lower[i] = rectangle.index;
        e.upper[i] = rectangle.index + 1;
        h.lower[i] = rectangle.index - 1;
        h.upper[i] = rectangle.index + 1;
        along[i] = {1.0};
      } else if (axis == 2 && grid.dimensions != Dimensions::three) {
        // Power a metre of depth.
        e.lower[i] = h.lower[i] = 0;
        e.upper[i] = h.upper[i] = 1;
        along[i] = {1.0};
      } else {
        const bool isHalf = Grid::offset(pair.electric, axis) > 0;
        e.lower[i] = h.lower[i] = rectangle.lower[i];
        e.upper[i] = h.upper[i] = rectangle.upper[i] + (isHalf ? 0 : 1);
        along[i].assign(std::size_t(e.extent(axis)), grid.spacing(axis));
        if (!isHalf) {
          along[i].front() *= 0.5;
          along[i].back() *= 0.5;
        }
      }
    }
    for (const double z : along[2]) {
      for (const double y : along[1]) {
        for (const double x : along[0]) pair.weights.push_back(x * y * z);
      }
    }
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

enum class Measure { power, transmission, reflection };

/// Poynting flux through a plane or out of a box, at frequencies.
///
/// With phasors: 1/2 Re integral (E x H*) . n dA; with transforms of a pulse: 2 Re(...) is the energy a
/// hertz, so that its integral over positive frequencies is the energy that went through (Parseval). E is
/// summed with its own time n dt and H with (n - 1/2) dt, so no phase is lost between them.
class FluxPlan final : public InstrumentPlan {
 public:
  FluxPlan(const std::string& name, std::int64_t interval) : InstrumentPlan(name, interval) {}

  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::string unit = normalisation == Normalisation::amplitude ? "W" : "J/Hz";
    if (isPlanar) unit += "/m";
    const std::vector<lab::Axis> axes{frequencies.axis};
    std::vector<lab::Dataset> shapes;
    if (measure == Measure::power) shapes.push_back({"power", "Power", unit, axes, {}, false});
    if (measure == Measure::transmission)
      shapes.push_back({"transmission", "Transmittance", "1", axes, {}, false});
    if (measure == Measure::reflection) shapes.push_back({"reflection", "Reflectance", "1", axes, {}, false});
    if (measure == Measure::power && normalisation == Normalisation::transform)
      shapes[0].label = "Energy spectrum";
    return shapes;
  }
  [[nodiscard]] double points() const {
    double points = 0;
    for (const Rectangle& r : rectangles) {
      double area = 2;
      for (std::size_t axis = 0; axis < 3; ++axis) {
        if (int(axis) != r.axis) area *= r.upper[axis] - r.lower[axis] + 1;
      }
      points += area;
    }
    return points;
  }
  [[nodiscard]] double bytes() const override {
    const double runs = measure == Measure::power ? 1 : 2;
    return runs * (2 * FourierSums::bytes(frequencies.hertz.size(), points()) + 32 * points());
  }
  [[nodiscard]] std::unique_ptr<lab::Instrument> build(const Runs& runs) const override;
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void beginAt(double time) override { start += time; }

  Grid grid;
  bool isPlanar = false;
  std::vector<Rectangle> rectangles;
  Frequencies frequencies;
  Normalisation normalisation = Normalisation::amplitude;
  Measure measure = Measure::power;
  double start = 0;  ///< s
};

/// The sums of one solver's fields on one pair of components.
class PairSums {
 public:
  PairSums(const FluxPlan& plan, const Pair& pair)
      : pair_(pair),
        electric_(plan.frequencies.hertz, pair.weights.size(), plan.normalisation),
        magnetic_(plan.frequencies.hertz, pair.weights.size(), plan.normalisation) {}

  void add(const Solver& solver, const FluxPlan& plan, int axis) {
    const double dt = plan.grid.dt;
    const double time = double(solver.step()) * dt;
    const double span = double(plan.interval()) * dt;
    std::vector<double> values(pair_.electricBox.size());
    solver.read(pair_.electric, pair_.electricBox, std::span<double>(values));
    electric_.add(time, span, values);

    std::vector<double> both(pair_.magneticBox.size());
    solver.read(pair_.magnetic, pair_.magneticBox, std::span<double>(both));
    // The two planes lie `stride` apart; x runs fastest.
    std::size_t stride = 1;
    for (int lower = 0; lower < axis; ++lower) stride *= std::size_t(pair_.magneticBox.extent(lower));
    for (std::size_t p = 0; p < values.size(); ++p) {
      const std::size_t first = p / stride * 2 * stride + p % stride;
      values[p] = 0.5 * (both[first] + both[first + stride]) / core::kVacuumImpedance;
    }
    magnetic_.add(time - 0.5 * dt, span, values);
  }

  /// Re sum of E H* dA of these sums, less those of `other` where there are any.
  [[nodiscard]] double product(std::size_t f, const PairSums* other) const {
    double sum = 0;
    for (std::size_t p = 0; p < pair_.weights.size(); ++p) {
      std::complex<double> e = electric_.value(f, p);
      std::complex<double> h = magnetic_.value(f, p);
      if (other) {
        e -= other->electric_.value(f, p);
        h -= other->magnetic_.value(f, p);
      }
      sum += pair_.weights[p] * (e * std::conj(h)).real();
    }
    return pair_.sign * sum;
  }

  void save(core::CheckpointWriter& writer, const std::string& name) const {
    electric_.save(writer, name + "/e");
    magnetic_.save(writer, name + "/h");
  }
  void load(core::CheckpointReader& reader, const std::string& name) {
    electric_.load(reader, name + "/e");
    magnetic_.load(reader, name + "/h");
  }

 private:
  Pair pair_;
  FourierSums electric_, magnetic_;
};

class Flux final : public lab::Instrument {
 public:
  Flux(const FluxPlan& plan, const Runs& runs) : plan_(plan), runs_(runs) {
    for (const Rectangle& rectangle : plan.rectangles) {
      for (const Pair& pair : makePairs(plan.grid, rectangle)) {
        axes_.push_back(rectangle.axis);
        main_.emplace_back(plan, pair);
        if (plan.measure != Measure::power) reference_.emplace_back(plan, pair);
      }
    }
  }

  [[nodiscard]] const std::string& name() const override { return plan_.name(); }
  [[nodiscard]] std::int64_t interval() const override { return plan_.interval(); }

  void sample() override {
    if (double(runs_.main->step()) * plan_.grid.dt < plan_.start) return;
    for (std::size_t i = 0; i < main_.size(); ++i) main_[i].add(*runs_.main, plan_, axes_[i]);
    for (std::size_t i = 0; i < reference_.size(); ++i) reference_[i].add(*runs_.reference, plan_, axes_[i]);
  }

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    const double factor = plan_.normalisation == Normalisation::amplitude ? 0.5 : 2.0;
    for (std::size_t f = 0; f < plan_.frequencies.hertz.size(); ++f) {
      double total = 0;
      double incident = 0;
      double scattered = 0;
      for (std::size_t i = 0; i < main_.size(); ++i) {
        total += factor * main_[i].product(f, nullptr);
        if (reference_.empty()) continue;
        incident += factor * reference_[i].product(f, nullptr);
        scattered += factor * main_[i].product(f, &reference_[i]);
      }
      double value = total;
      // Before any light has come through, both are zero and so is their ratio.
      if (plan_.measure == Measure::transmission) value = incident != 0 ? total / incident : 0;
      if (plan_.measure == Measure::reflection) value = incident != 0 ? -scattered / incident : 0;
      data[0].values.push_back(value);
    }
    return data;
  }

  void save(core::CheckpointWriter& writer) const override {
    for (std::size_t i = 0; i < main_.size(); ++i) main_[i].save(writer, "main/" + std::to_string(i));
    for (std::size_t i = 0; i < reference_.size(); ++i)
      reference_[i].save(writer, "reference/" + std::to_string(i));
  }
  void load(core::CheckpointReader& reader) override {
    for (std::size_t i = 0; i < main_.size(); ++i) main_[i].load(reader, "main/" + std::to_string(i));
    for (std::size_t i = 0; i < reference_.size(); ++i)
      reference_[i].load(reader, "reference/" + std::to_string(i));
  }

 private:
  const FluxPlan& plan_;
  Runs runs_;
  std::vector<int> axes_;  ///< Normal of each pair's rectangle.
  std::vector<PairSums> main_, reference_;
};

std::unique_ptr<lab::Instrument> FluxPlan::build(const Runs& runs) const {
  return std::make_unique<Flux>(*this, runs);
}

/// The node nearest to a position along an axis.
int nearestNode(const Grid& grid, int axis, double position) {
  return std::clamp(int(std::lround((position - grid.origin[axis]) / grid.spacing(axis))), 0,
                    grid.cells(axis));
}

Rectangle makeRectangle(const lab::Node& node, const Grid& grid, const Region& region, int axis, bool isUpper,
                        double sign) {
  Rectangle rectangle;
  rectangle.axis = axis;
  rectangle.sign = sign;
  for (int i = 0; i < 3; ++i) {
    rectangle.lower[std::size_t(i)] = nearestNode(grid, i, region.lower[i]);
    rectangle.upper[std::size_t(i)] = nearestNode(grid, i, region.upper[i]);
  }
  rectangle.index = isUpper ? rectangle.upper[std::size_t(axis)] : rectangle.lower[std::size_t(axis)];
  if (rectangle.index < 1 || rectangle.index >= grid.cells(axis)) {
    node.error("lies in the domain's wall; flux needs at least one cell on either side");
    rectangle.index = 1;
  }
  return rectangle;
}

}  // namespace

std::unique_ptr<InstrumentPlan> parseFlux(const std::string& name, const lab::Node& node,
                                          const InstrumentContext& context) {
  const Grid& grid = context.setup.grid;
  const Frequencies frequencies = parseFrequencies(node, context);
  auto plan = std::make_unique<FluxPlan>(name, fourierInterval(frequencies, context));
  plan->grid = grid;
  plan->isPlanar = grid.dimensions != Dimensions::three;
  plan->frequencies = frequencies;
  plan->normalisation = parseNormalisation(node, context);
  plan->start = node.quantity("start", "s", lab::kNotNegative, 0.0);
  const std::string measure = node.word("measure", {"power", "transmission", "reflection"}, "power");
  if (measure == "transmission") plan->measure = Measure::transmission;
  if (measure == "reflection") plan->measure = Measure::reflection;
  if (plan->measure != Measure::power && !context.hasReference) {
    node.errorAt("measure", "\"" + measure +
                                "\" is a ratio to a run without the body: name it in simulation.reference, "
                                "{\"without\": [\"...\"]}");
  }

  const int axes = plan->isPlanar ? 2 : 3;
  if (const auto box = node.optionalChild("box")) {
    if (plan->measure != Measure::power) node.errorAt("measure", "of a box is always \"power\"");
    const Bounds domain = domainBounds(grid);
    Region region{readVector(*box, "low", "m", grid.dimensions),
                  readVector(*box, "high", "m", grid.dimensions)};
    for (int axis = 0; axis < axes; ++axis) {
      if (!(region.upper[axis] > region.lower[axis])) {
        box->errorAt("high", "must be greater than low along every axis");
        return nullptr;
      }
      if (region.lower[axis] < domain.lower[axis] || region.upper[axis] > domain.upper[axis]) {
        box->error("reaches outside the domain, which spans " + pointText(domain.lower, grid.dimensions) +
                   " to " + pointText(domain.upper, grid.dimensions));
        return nullptr;
      }
    }
    for (int axis = 0; axis < axes; ++axis) {
      plan->rectangles.push_back(makeRectangle(*box, grid, region, axis, false, -1));
      plan->rectangles.push_back(makeRectangle(*box, grid, region, axis, true, 1));
    }
    return plan;
  }
  const Region region = parseRegion(node, context);
  int normal = -1;
  for (int axis = 0; axis < axes; ++axis) {
    if (region.isFlat(axis)) normal = axis;
  }
  if (normal < 0 || region.dimension() != axes - 1) {
    node.error(plan->isPlanar
                   ? "counts power through a line along x or y; found a region that is none"
                   : "counts power through a plane normal to an axis; found a region that is none");
    return nullptr;
  }
  const double sign = node.word("direction", {"+", "-"}, "+") == "-" ? -1 : 1;
  plan->rectangles.push_back(makeRectangle(node, grid, region, normal, false, sign));
  if (!checkPoints(node, plan->points() * double(std::max<std::size_t>(1, frequencies.hertz.size()))))
    return nullptr;
  return plan;
}

}  // namespace aula::fdtd
