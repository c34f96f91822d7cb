// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/trajectory.h"

#include "core/version.h"
#include "lab/session/file_writer.h"
#include "molecular/instrument/instrument.h"

namespace aula::molecular {

namespace {

class TrajectoryPlan final : public InstrumentPlan {
 public:
  TrajectoryPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 1);
    selected = readSelection(node, "selection", context.system, "all");
    isDcd = node.word("format", {"h5md", "dcd"}, "h5md") == "dcd";
    isWhole = node.boolean("whole", true);
    sign(selected.text);
    sign(isDcd ? 1 : 0);
    sign(isWhole ? 1 : 0);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {single("frames", "Frames kept", "1")};
  }
  [[nodiscard]] double bytes() const override {
    return 12.0 * double(selected.atoms.size()) * (double(steps_) / double(interval_) + 1);
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  SelectedAtoms selected;
  bool isDcd = false, isWhole = true;
};

class TrajectoryRecorder final : public Recorder, public lab::FileWriter {
 public:
  TrajectoryRecorder(const TrajectoryPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment), plan_(plan) {
    kept_.atoms = static_cast<std::int64_t>(plan.selected.atoms.size());
    kept_.timeStep = moment.timeStep();
  }
  void take() override {
    kept_.steps.push_back(moment_.step());
    const std::vector<Vec3>& positions = plan_.isWhole ? moment_.wholePositions() : moment_.state().positions;
    for (const int atom : plan_.selected.atoms)
      for (int axis = 0; axis < 3; ++axis)
        kept_.positions.push_back(static_cast<float>(positions[static_cast<std::size_t>(atom)][axis]));
    const Box& box = moment_.state().box;
    for (const Vec3& edge : {box.a, box.b, box.c})
      for (int axis = 0; axis < 3; ++axis) kept_.boxes.push_back(edge[axis]);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    data[0].values = {double(kept_.frames())};
    return data;
  }
  [[nodiscard]] std::vector<std::string> writeFiles(const std::filesystem::path& folder) const override {
    const std::string file = name() + (plan_.isDcd ? ".dcd" : ".h5md");
    if (plan_.isDcd) {
      writeDcd(folder / file, kept_);
      return {file};
    }
    std::vector<TrajectoryAtom> atoms;
    const Topology& topology = moment_.topology();
    for (const int atom : plan_.selected.atoms) {
      const auto n = static_cast<std::size_t>(atom);
      const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[n])];
      atoms.push_back({topology.names[n], residue.name, residue.number, topology.elements[n],
                       topology.masses[n], topology.charges[n]});
    }
    writeH5md(folder / file, kept_, atoms, "Aula", std::string(core::version()));
    return {file};
  }
  void archive(Archive& archive) override {
    archive.vector("steps", kept_.steps);
    archive.vector("positions", kept_.positions);
    archive.vector("boxes", kept_.boxes);
  }

 private:
  const TrajectoryPlan& plan_;
  Trajectory kept_;
};

std::unique_ptr<Recorder> TrajectoryPlan::build(Moment& moment) const {
  return std::make_unique<TrajectoryRecorder>(*this, moment);
}

}  // namespace

PlanPointer parseTrajectory(const std::string& name, const lab::Node& node,
                            const InstrumentContext& context) {
  return std::make_unique<TrajectoryPlan>(name, node, context);
}

}  // namespace aula::molecular
