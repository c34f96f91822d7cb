// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "core/units/constants.h"
#include "molecular/analysis/dssp.h"
#include "molecular/analysis/geometry.h"
#include "molecular/instrument/series.h"

namespace aula::molecular {

namespace {

class RamachandranPlan final : public InstrumentPlan {
 public:
  RamachandranPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.1);
    bins = static_cast<int>(node.integer("bins", 6, 360, 36));
    residues = readSelection(node, "selection", context.system, "protein");
    if (context.system != nullptr && !residues.atoms.empty()) {
      const auto torsions = torsionsOf(backboneOf(context.system->topology), context.system->state.positions);
      if (torsions.empty()) node.error("finds no residue with a peptide bond to both sides in this system");
    }
    sign(double(bins));
    sign(residues.text);
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {{"density", "Share of the residues", "1", {{"psi", "rad", {}}, {"phi", "rad", {}}}, {}},
            {"alpha", "Share with phi < 0 and psi between -120 and 50 degrees", "1", {}, {}},
            {"beta", "Share with phi < 0 and psi elsewhere", "1", {}, {}},
            {"left", "Share with phi > 0", "1", {}, {}},
            timeSeries("phi", "First residue's phi", "rad"),
            timeSeries("psi", "First residue's psi", "rad")};
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
  int bins = 36;
  SelectedAtoms residues;
};

class Ramachandran final : public Recorder {
 public:
  Ramachandran(const RamachandranPlan& plan, Moment& moment)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment),
        plan_(plan),
        backbone_(backboneOf(moment.topology())),
        isIn_(moment.topology().residues.size(), 0),
        counts_(static_cast<std::size_t>(plan.bins) * static_cast<std::size_t>(plan.bins), 0) {
    for (const int atom : plan.residues.atoms)
      isIn_[static_cast<std::size_t>(moment.topology().residueOf[static_cast<std::size_t>(atom)])] = 1;
  }
  void take() override {
    bool isFirst = true;
    for (const Torsions& torsion : torsionsOf(backbone_, moment_.wholePositions())) {
      if (!isIn_[static_cast<std::size_t>(torsion.residue)]) continue;
      counts_[static_cast<std::size_t>(binOf(torsion.psi) * plan_.bins + binOf(torsion.phi))] += 1;
      const double degrees = 180 / core::kPi;
      const double psi = torsion.psi * degrees;
      shares_[torsion.phi > 0 ? 2 : psi > -120 && psi < 50 ? 0 : 1] += 1;
      if (isFirst) {
        steps_.push_back(moment_.step());
        phi_.push_back(torsion.phi);
        psi_.push_back(torsion.psi);
      }
      isFirst = false;
    }
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    const double all = std::max(1.0, shares_[0] + shares_[1] + shares_[2]);
    for (int bin = 0; bin < plan_.bins; ++bin)
      for (auto& axis : data[0].axes)
        axis.values.push_back((bin + 0.5) * 2 * core::kPi / plan_.bins - core::kPi);
    for (const double count : counts_) data[0].values.push_back(count / all);
    for (std::size_t share = 0; share < 3; ++share) data[1 + share].values = {shares_[share] / all};
    for (std::size_t series = 4; series < 6; ++series) {
      for (const std::int64_t step : steps_)
        data[series].axes[0].values.push_back(double(step) * moment_.timeStep() * kPicosecond);
      data[series].values = series == 4 ? phi_ : psi_;
    }
    return data;
  }
  [[nodiscard]] bool isAccumulating() const override { return true; }
  void clear() override {
    std::fill(counts_.begin(), counts_.end(), 0.0);
    shares_ = {};
    steps_.clear();
    phi_.clear();
    psi_.clear();
  }
  void archive(Archive& archive) override {
    archive.vector("counts", counts_);
    archive.value("shares", shares_);
    archive.vector("steps", steps_);
    archive.vector("phi", phi_);
    archive.vector("psi", psi_);
  }

 private:
  [[nodiscard]] int binOf(double angle) const {
    return std::clamp(static_cast<int>((angle + core::kPi) / (2 * core::kPi) * plan_.bins), 0,
                      plan_.bins - 1);
  }
  const RamachandranPlan& plan_;
  std::vector<BackboneResidue> backbone_;
  std::vector<char> isIn_;
  std::vector<double> counts_, phi_, psi_;
  std::array<double, 3> shares_{};
  std::vector<std::int64_t> steps_;
};

std::unique_ptr<Recorder> RamachandranPlan::build(Moment& moment) const {
  return std::make_unique<Ramachandran>(*this, moment);
}

constexpr char kLetters[] = " HGIEBTS";

class SecondaryPlan final : public InstrumentPlan {
 public:
  SecondaryPlan(const std::string& name, const lab::Node& node, const InstrumentContext& context) {
    readTimes(name, node, context, 0.5);
    if (context.system != nullptr && backboneOf(context.system->topology).empty())
      node.error("finds no protein in this system");
  }
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    return {timeSeries("helix", "Share of the residues in a helix", "1"),
            timeSeries("strand", "Share of the residues in a strand", "1"),
            {"structure",
             "Structure: 0 none, 1 alpha, 2 3-10, 3 pi helix, 4 strand, 5 bridge, 6 turn, 7 bend",
             "1",
             {{"time", "s", {}}, {"residue", "1", {}}},
             {}},
            single("mean_helix", "Share of the residues in a helix, mean", "1")};
  }
  [[nodiscard]] double bytes() const override {
    return 4096 + 8.0 * 100 * double(steps_) / double(interval_);
  }
  [[nodiscard]] std::unique_ptr<Recorder> build(Moment& moment) const override;
};

class Secondary final : public SeriesRecorder {
 public:
  Secondary(const SecondaryPlan& plan, Moment& moment)
      : SeriesRecorder(plan, moment, 2), backbone_(backboneOf(moment.topology())) {
    for (const BackboneResidue& residue : backbone_)
      numbers_.push_back(moment.topology().residues[static_cast<std::size_t>(residue.residue)].number);
  }
  void take() override {
    const std::string letters = secondaryStructure(backbone_, moment_.wholePositions());
    double helix = 0, strand = 0;
    for (const char letter : letters) {
      codes_.push_back(double(std::string(kLetters).find(letter)));
      helix += letter == 'H' || letter == 'G' || letter == 'I' ? 1 : 0;
      strand += letter == 'E' || letter == 'B' ? 1 : 0;
    }
    const double count = std::max(1.0, double(letters.size()));
    keep({helix / count, strand / count});
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = SeriesRecorder::data();
    data[2].axes[0].values = data[0].axes[0].values;
    for (const int number : numbers_) data[2].axes[1].values.push_back(number);
    data[2].values = codes_;
    data[3].values = {meanOf(columns_[0])};
    return data;
  }
  void archive(Archive& archive) override {
    SeriesRecorder::archive(archive);
    archive.vector("codes", codes_);
  }

 private:
  std::vector<BackboneResidue> backbone_;
  std::vector<int> numbers_;
  std::vector<double> codes_;
};

std::unique_ptr<Recorder> SecondaryPlan::build(Moment& moment) const {
  return std::make_unique<Secondary>(*this, moment);
}

}  // namespace

PlanPointer parseRamachandran(const std::string& name, const lab::Node& node,
                              const InstrumentContext& context) {
  return std::make_unique<RamachandranPlan>(name, node, context);
}

PlanPointer parseSecondaryStructure(const std::string& name, const lab::Node& node,
                                    const InstrumentContext& context) {
  return std::make_unique<SecondaryPlan>(name, node, context);
}

}  // namespace aula::molecular
