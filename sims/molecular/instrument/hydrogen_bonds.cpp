// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/hydrogen_bonds.h"

#include <algorithm>
#include <array>

#include "core/units/constants.h"
#include "molecular/instrument/series.h"

namespace aula::molecular {

namespace {

class BondsPlan final : public InstrumentPlan {
 public:
  BondsPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.1);
    first = readSelection(node, "between", context.system, "all");
    second = readSelection(node, "and", context.system, first.text);
    distance = node.quantity("distance", "m", {1e-10, 1e-9}, 0.35 * kNanometre) / kNanometre;
    angle = node.quantity("angle", "1", {0, core::kPi}, core::kPi / 6);
    if (context.system != nullptr) {
      const HydrogenBondFinder finder(context.system->topology, distance, angle);
      if (!finder.hasDonors()) node.error("finds no hydrogen on nitrogen or oxygen in this system");
      // A water has three atoms, so that "each molecule" is what a chemist expects of it.
      const Topology& topology = context.system->topology;
      std::vector<char> isIn(topology.masses.size(), 0);
      for (const int atom : first.atoms) isIn[static_cast<std::size_t>(atom)] = 1;
      for (const Molecule& molecule : topology.molecules)
        for (int n = molecule.firstAtom; n < molecule.firstAtom + molecule.atomCount; ++n)
          if (isIn[static_cast<std::size_t>(n)]) {
            ++molecules;
            break;
          }
    }
    sign(first.text);
    sign(second.text);
    sign(distance);
    sign(angle);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {timeSeries("count", "Hydrogen bonds", "1"),
            timeSeries("lasting", "Share of the first bonds that are there", "1"),
            single("mean", "Hydrogen bonds, mean", "1"),
            single("each_molecule", "Hydrogen bonds a molecule takes part in, mean", "1")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;

  SelectedAtoms first, second;
  double distance = 0.35, angle = 0;
  int molecules = 0;
};

class Bonds final : public SeriesRecorder {
 public:
  Bonds(const BondsPlan& plan, Moment& moment)
      : SeriesRecorder(plan, moment, 2),
        bondsPlan_(plan),
        finder_(moment.topology(), plan.distance, plan.angle),
        sides_(moment.topology().masses.size(), 0) {
    for (const int atom : plan.first.atoms) sides_[static_cast<std::size_t>(atom)] |= 1;
    for (const int atom : plan.second.atoms) sides_[static_cast<std::size_t>(atom)] |= 2;
  }
  void take() override {
    std::vector<std::array<int, 3>> present;
    for (const HydrogenBond& bond : finder_.find(moment_.state())) {
      const int a = sides_[static_cast<std::size_t>(bond.donor)],
                b = sides_[static_cast<std::size_t>(bond.acceptor)];
      if (((a & 1) && (b & 2)) || ((a & 2) && (b & 1)))
        present.push_back({bond.donor, bond.hydrogen, bond.acceptor});
    }
    if (steps_.empty()) firstBonds_ = present;
    double lasting = 0;
    for (const auto& bond : firstBonds_)
      lasting += std::binary_search(present.begin(), present.end(), bond) ? 1 : 0;
    keep({double(present.size()), firstBonds_.empty() ? 0 : lasting / double(firstBonds_.size())});
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = SeriesRecorder::data();
    const double mean = meanOf(columns_[0]);
    data[2].values = {mean};
    // Each bond has two partners; between two different groups one of them is counted.
    const double partners = bondsPlan_.first.text == bondsPlan_.second.text ? 2 : 1;
    data[3].values = {bondsPlan_.molecules > 0 ? partners * mean / bondsPlan_.molecules : 0};
    return data;
  }
  void archive(Archive& archive) override {
    SeriesRecorder::archive(archive);
    archive.vector("first", firstBonds_);
  }

 private:
  const BondsPlan& bondsPlan_;
  HydrogenBondFinder finder_;
  std::vector<int> sides_;
  std::vector<std::array<int, 3>> firstBonds_;
};

std::unique_ptr<Recorder> BondsPlan::build(Moment& moment) const {
  return std::make_unique<Bonds>(*this, moment);
}

}  // namespace

PlanPointer parseHydrogenBonds(const std::string& name, const lab::Node& node,
                               const InstrumentContext& context) {
  return std::make_unique<BondsPlan>(name, node, context);
}

}  // namespace aula::molecular
