// SPDX-License-Identifier: Apache-2.0
#include "core/error.h"
#include "molecular/analysis/geometry.h"
#include "molecular/instrument/series.h"

namespace aula::molecular {

namespace {

class ShapePlan final : public InstrumentPlan {
 public:
  ShapePlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.5);
    selected = readSelection(node, "selection", context.system, "protein and heavy");
    sign(selected.text);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {timeSeries("rmsd", "Root mean square deviation from the first sample", "m"),
            timeSeries("gyration", "Radius of gyration", "m"),
            single("mean_gyration", "Radius of gyration, mean", "m")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  SelectedAtoms selected;
};

class Shape final : public SeriesRecorder {
 public:
  Shape(const ShapePlan& plan, Moment& moment) : SeriesRecorder(plan, moment, 2), shapePlan_(plan) {
    for (const int atom : plan.selected.atoms)
      masses_.push_back(moment.topology().masses[static_cast<std::size_t>(atom)]);
  }
  void take() override {
    std::vector<Vec3> positions;
    const std::vector<Vec3>& whole = moment_.wholePositions();
    for (const int atom : shapePlan_.selected.atoms)
      positions.push_back(whole[static_cast<std::size_t>(atom)]);
    if (positions.empty()) return;
    if (first_.empty()) first_ = positions;
    keep({superpose(positions, first_, masses_).deviation * kNanometre,
          radiusOfGyration(positions, masses_) * kNanometre});
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = SeriesRecorder::data();
    data[2].values = {meanOf(columns_[1])};
    return data;
  }
  void archive(Archive& archive) override {
    SeriesRecorder::archive(archive);
    archive.vector("first", first_);
  }

 private:
  const ShapePlan& shapePlan_;
  std::vector<double> masses_;
  std::vector<Vec3> first_;
};

std::unique_ptr<Recorder> ShapePlan::build(Moment& moment) const {
  return std::make_unique<Shape>(*this, moment);
}

class GeometryPlan final : public InstrumentPlan {
 public:
  GeometryPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.05);
    const std::vector<std::string> texts = node.texts("points");
    if ((texts.size() < 2 || texts.size() > 4) && !node.isDoubtful("points"))
      node.errorAt("points", "has " + std::to_string(texts.size()) +
                                 " selections; give 2 for a distance, 3 for an angle, 4 for a dihedral");
    for (const std::string& text : texts) {
      sign(text);
      SelectedAtoms group;
      group.text = text;
      try {
        const Selection selection = Selection::parse(text);
        if (context.system != nullptr) {
          group.atoms = selection.evaluate(context.system->topology, context.system->state);
          if (group.atoms.empty())
            node.errorAt("points", "no atom of this system is meant by \"" + text + "\"");
        }
      } catch (const core::Error& error) {
        node.errorAt("points", "\"" + text + "\", " + error.what());
      }
      groups.push_back(group);
    }
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    if (groups.size() == 3)
      return {timeSeries("angle", "Angle", "rad"), single("mean", "Angle, mean", "rad")};
    if (groups.size() == 4)
      return {timeSeries("dihedral", "Dihedral angle", "rad"), single("mean", "Dihedral, mean", "rad")};
    return {timeSeries("distance", "Distance", "m"), single("mean", "Distance, mean", "m")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  std::vector<SelectedAtoms> groups;
};

class Geometry final : public SeriesRecorder {
 public:
  Geometry(const GeometryPlan& plan, Moment& moment) : SeriesRecorder(plan, moment, 1), geometryPlan_(plan) {}
  void take() override {
    std::vector<Vec3> points;
    const Box& box = moment_.state().box;
    for (const SelectedAtoms& group : geometryPlan_.groups) {
      Vec3 sum;
      double mass = 0;
      for (const int atom : group.atoms) {
        const auto n = static_cast<std::size_t>(atom);
        sum = sum + moment_.topology().masses[n] * moment_.wholePositions()[n];
        mass += moment_.topology().masses[n];
      }
      Vec3 point = sum / mass;
      // Each next point by the shortest way from the one before.
      if (!points.empty()) point = points.back() + box.nearest(point - points.back());
      points.push_back(point);
    }
    if (points.size() == 2) keep({core::length(points[1] - points[0]) * kNanometre});
    if (points.size() == 3) keep({angleAt(points[0], points[1], points[2])});
    if (points.size() == 4) keep({dihedral(points[0], points[1], points[2], points[3])});
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = SeriesRecorder::data();
    data[1].values = {meanOf(columns_[0])};
    return data;
  }

 private:
  const GeometryPlan& geometryPlan_;
};

std::unique_ptr<Recorder> GeometryPlan::build(Moment& moment) const {
  return std::make_unique<Geometry>(*this, moment);
}

}  // namespace

PlanPointer parseShape(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<ShapePlan>(name, node, context);
}

PlanPointer parseGeometry(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
  return std::make_unique<GeometryPlan>(name, node, context);
}

}  // namespace aula::molecular
