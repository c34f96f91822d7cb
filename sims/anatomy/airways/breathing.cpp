// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/breathing.h"

#include <algorithm>
#include <cmath>

namespace aula::anatomy {

namespace {

/// A blocked bronchus is this many times narrower than a healthy one: its resistance 1e12-fold.
constexpr double kBlocked = 1e-3;
/// Recoil at which the tree is drawn, Pa.
const double kDrawnRecoil = kHealthyLung.pressure(kDrawnGas);
/// Spacing of the recoils at which the greatest flow is computed, Pa; linear between.
constexpr double kRecoilStep = 0.25 * kWaterCentimetre;

std::size_t rowOf(std::int8_t lobe) {
  return lobe < 0 ? std::size_t{kLobes} : static_cast<std::size_t>(lobe);
}

}  // namespace

Breathing::Breathing(std::shared_ptr<const BronchialTree> tree, const BreathingSettings& settings)
    : tree_(std::move(tree)) {
  const std::size_t n = tree_->size();
  acini_.resize(tree_->terminals.size());
  acinusOf_.assign(n, BronchialTree::kNone);
  for (std::size_t i = 0; i < tree_->terminals.size(); ++i)
    acinusOf_[static_cast<std::size_t>(tree_->terminals[i])] = static_cast<std::int32_t>(i);
  for (auto* array : {&flows_, &base_, &entrance_, &resistance_, &conductance_, &pressure_, &part_, &shift_})
    array->assign(n, 0);
  acinusPressure_.resize(acini_.size());
  calibreOf_.resize(n);
  for (std::size_t b = 0; b < n; ++b)
    calibreOf_[b] = static_cast<std::uint16_t>(rowOf(tree_->lobe[b]) * kCalibres +
                                               std::min<std::size_t>(tree_->generation[b], kCalibres - 1));
  // The limiter's airways are narrower than Lambert's where the tree's are narrower than Weibel's.
  const std::vector<BranchStatistics> generations = byGeneration(*tree_);
  double ratio = 1;
  for (int z = 0; z < kTubeGenerations; ++z) {
    const auto g = static_cast<std::size_t>(z);
    // A coarse tree's last generations say nothing of how wide they are.
    const bool isFull = g < generations.size() && g + 6 < generations.size();
    if (isFull) ratio = std::min(1.0, generations[g].diameter / tubeLaw(z).diameter);
    treeWidth_[g] = ratio;
  }
  setSettings(settings);
  relax();
  measureLobes();
  setCalibres();
  const double energy = elasticEnergy();
  lungEnergyAtFirst_ = energy;
  chestEnergyAtFirst_ = kChestWall.energy(volume_);
  pleuralPressure_ = kChestWall.pressure(volume_);
}

void Breathing::setSettings(const BreathingSettings& settings) {
  const double before = acini_.empty() || volume_ == 0 ? 0 : elasticEnergy();
  settings_ = settings;
  const LungState lungs = lungState(settings.emphysema, settings.fibrosis);
  lung_ = lungs.sigmoid();
  // A lung that holds less is smaller in every direction, its airways too.
  const double size = std::cbrt(std::min(1.0, lungs.capacity));
  greatest_.clear();
  const BronchialTree& t = *tree_;
  for (std::size_t b = 0; b < t.size(); ++b) {
    double width = settings.narrowing[std::min<std::size_t>(t.generation[b], kTubeGenerations - 1)];
    if (b < kNamedBranches) width *= settings.opening[b];
    base_[b] = poiseuille(t.diameter[b] * std::max(width * size, kBlocked), t.length[b] * size);
    entrance_[b] = pedleySquare(1, t.length[b]);
  }
  // Pleural pressure is lower above: zero on the mean over all of the lungs.
  gravity_.resize(t.terminals.size());
  double mean = 0;
  for (std::size_t i = 0; i < gravity_.size(); ++i) {
    gravity_[i] = settings.pleuralGradient * core::dot(t.acinus[i], settings.down);
    mean += gravity_[i] * t.share[static_cast<std::size_t>(t.terminals[i])];
  }
  for (double& pressure : gravity_) pressure -= mean;
  if (volume_ > 0) {
    // Springs that disease changes hold another energy; the books stay balanced.
    lungEnergyAtFirst_ += elasticEnergy() - before;
    const std::vector<double> now = acini_;
    const double volume = volume_;
    relax();
    acini_ = now;
    volume_ = volume;
    measureLobes();
    setCalibres();
  }
}

void Breathing::relax() {
  const BronchialTree& t = *tree_;
  // The chest's volume at which lungs and chest wall pull alike; by halving, since both are monotonic.
  const auto fill = [&](double pleural) {
    double total = 0;
    for (std::size_t i = 0; i < acini_.size(); ++i) {
      acini_[i] = t.share[static_cast<std::size_t>(t.terminals[i])] * lung_.volume(-pleural - gravity_[i]);
      total += acini_[i];
    }
    return total;
  };
  double low = -60 * kWaterCentimetre, high = 20 * kWaterCentimetre;
  for (int i = 0; i < 50; ++i) {
    const double pleural = 0.5 * (low + high);
    // A less negative pleura: less air, and a chest wall that pulls outwards more.
    (kChestWall.pressure(fill(pleural)) < pleural ? high : low) = pleural;
  }
  volume_ = relaxedVolume_ = fill(0.5 * (low + high));
  pleuralPressure_ = 0.5 * (low + high);
  alveolarPressure_ = 0;
}

void Breathing::measureLobes() {
  const BronchialTree& t = *tree_;
  lobeVolume_.fill(0);
  std::array<double, kLobes> share{};
  meanAcinusPressure_ = 0;
  for (std::size_t i = 0; i < acini_.size(); ++i) {
    const auto b = static_cast<std::size_t>(t.terminals[i]);
    const auto lobe = static_cast<std::size_t>(t.lobe[b]);
    lobeVolume_[lobe] += acini_[i];
    share[lobe] += t.share[b];
    acinusPressure_[i] = gravity_[i] + lung_.pressure(acini_[i] / t.share[b]);
    meanAcinusPressure_ += t.share[b] * acinusPressure_[i];
  }
  volume_ = 0;
  for (std::size_t lobe = 0; lobe < kLobes; ++lobe) {
    volume_ += lobeVolume_[lobe];
    lobeRecoil_[lobe] = lung_.pressure(lobeVolume_[lobe] / share[lobe]);
  }
}

void Breathing::setCalibres() {
  const double mean = lung_.pressure(volume_);
  for (std::size_t row = 0; row <= kLobes; ++row) {
    const double recoil = row < kLobes ? lobeRecoil_[row] : mean;
    for (int g = 0; g < int(kCalibres); ++g) {
      const TubeLaw& law = tubeLaw(g);
      const double ratio = law.area(kDrawnRecoil) / law.area(recoil);
      calibre_[row * kCalibres + static_cast<std::size_t>(g)] = ratio * ratio;
    }
  }
}

double Breathing::greatestNow() const {
  const double recoil = lung_.pressure(volume_) / kRecoilStep;
  if (recoil <= 0) return 0;
  Narrowing widths = settings_.narrowing;
  const double size = std::cbrt(std::min(1.0, lungState(settings_.emphysema, settings_.fibrosis).capacity));
  for (std::size_t z = 0; z < widths.size(); ++z) widths[z] *= size * treeWidth_[z];
  const auto at = [&](long n) {
    const auto found = greatest_.find(n);
    if (found != greatest_.end()) return found->second;
    return greatest_[n] = greatestFlow(double(n) * kRecoilStep, widths);
  };
  const auto below = static_cast<long>(std::floor(recoil));
  const double part = recoil - double(below);
  return (1 - part) * at(below) + part * at(below + 1);
}

void Breathing::advance(double h) {
  const BronchialTree& t = *tree_;
  const std::size_t n = t.size();
  const double muscle = anatomy::musclePressure(settings_.pattern, time_ + h, volume_);
  const double chest = kChestWall.pressure(volume_), chestElastance = kChestWall.elastance(volume_);

  // Up: every subtree becomes a pressure behind a resistance. Pressures are relative to the pleura's mean.
  for (std::size_t b = n; b-- > 0;) {
    const double own = branchResistance(b);
    resistance_[b] = own;
    if (const std::int32_t acinus = acinusOf_[b]; acinus >= 0) {
      const auto i = static_cast<std::size_t>(acinus);
      const double share = t.share[b];
      pressure_[b] = acinusPressure_[i];
      conductance_[b] = 1 / (own + h * lung_.elastance(acini_[i] / share) / share);
    } else {
      const auto c = static_cast<std::size_t>(t.firstChild[b]);
      const double first = conductance_[c], second = conductance_[c + 1], behind = 1 / (first + second);
      // What enters divides by conductances, and air moves between the two where their pressures differ.
      part_[b] = first * behind;
      shift_[b] = part_[b] * second * (pressure_[c + 1] - pressure_[c]);
      pressure_[b] = part_[b] * pressure_[c] + (1 - part_[b]) * pressure_[c + 1];
      conductance_[b] = 1 / (own + behind);
    }
  }

  // The mouth: 0 = muscle + chest + pressure + (all resistances) Q + K2 Q |Q|.
  const double linear = 1 / conductance_[0] + kMouthLinear + settings_.wallResistance + h * chestElastance;
  const double driving = -(muscle + chest + pressure_[0]);
  // The stable one of two ways to write the root.
  double flow = 2 * driving / (linear + std::sqrt(linear * linear + 4 * kMouthQuadratic * std::abs(driving)));
  isLimited_ = false;
  if (flow < 0) {
    const double most = greatestNow();
    isLimited_ = flow < -most;
    if (isLimited_) flow = -most;
  }
  const double mouth = (kMouthLinear + kMouthQuadratic * std::abs(flow)) * flow;
  const double left = driving - linear * flow - kMouthQuadratic * std::abs(flow) * flow;

  // Down: flows, exactly conserved at each fork.
  flows_[0] = flow;
  double airwayLoss = 0;
  for (std::size_t b = 0; b < n; ++b) {
    const double q = flows_[b];
    airwayLoss += resistance_[b] * q * q;
    if (const std::int32_t acinus = acinusOf_[b]; acinus >= 0) {
      acini_[static_cast<std::size_t>(acinus)] += h * q;
      continue;
    }
    const auto c = static_cast<std::size_t>(t.firstChild[b]);
    flows_[c] = q * part_[b] + shift_[b];
    flows_[c + 1] = q - flows_[c];
  }

  double againstGravity = 0;
  for (std::size_t i = 0; i < acini_.size(); ++i)
    againstGravity += gravity_[i] * flows_[static_cast<std::size_t>(t.terminals[i])];
  time_ += h;
  flow_ = flow;
  measureLobes();
  setCalibres();
  musclePressure_ = muscle;
  pleuralPressure_ = muscle + chest + h * chestElastance * flow + settings_.wallResistance * flow;
  alveolarPressure_ = pleuralPressure_ + meanAcinusPressure_;

  work_.muscle -= h * muscle * flow;
  work_.airways += h * airwayLoss;
  work_.mouth += h * mouth * flow;
  work_.choke += h * left * flow;
  work_.wall += h * settings_.wallResistance * flow * flow;
  work_.gravity += h * againstGravity;
}

WorkOfBreathing Breathing::work() const {
  WorkOfBreathing work = work_;
  work.lung = elasticEnergy() - lungEnergyAtFirst_;
  work.chest = kChestWall.energy(volume_) - chestEnergyAtFirst_;
  return work;
}

double Breathing::elasticEnergy() const {
  double energy = 0;
  for (std::size_t i = 0; i < acini_.size(); ++i) {
    const double share = tree_->share[static_cast<std::size_t>(tree_->terminals[i])];
    energy += share * lung_.energy(acini_[i] / share);
  }
  return energy;
}

double Breathing::lobeFlow(Lobe lobe) const {
  return flows_[tree_->indexOf(NamedBranch::rightSuperior) + static_cast<std::size_t>(lobe)];
}

double Breathing::branchResistance(std::size_t b) const {
  // Where flow is slow, which is in nearly all branches, Pedley's factor is 1.
  const double square = entrance_[b] * std::abs(flows_[b]);
  const double still = base_[b] * calibre_[calibreOf_[b]];
  return square > 1 ? still * std::sqrt(square) : still;
}

std::vector<double> Breathing::resistanceByGeneration(double flow) const {
  const BronchialTree& t = *tree_;
  const std::size_t n = t.size();
  std::vector<double> flows(n), resistances(n), conductances(n);
  for (std::size_t b = 0; b < n; ++b) flows[b] = flow * t.share[b];
  // Pedley's factor goes with the root of the flow: each round brings flows nearer to rest by a factor of two
  // or more.
  for (int round = 0; round < 12; ++round) {
    for (std::size_t b = n; b-- > 0;) {
      resistances[b] = base_[b] * calibre_[calibreOf_[b]] * pedley(flows[b], t.length[b]);
      double behind = 0;
      if (!t.isTerminal(b)) {
        const auto c = static_cast<std::size_t>(t.firstChild[b]);
        behind = 1 / (conductances[c] + conductances[c + 1]);
      }
      conductances[b] = 1 / (resistances[b] + behind);
    }
    for (std::size_t b = 0; b < n; ++b) {
      if (t.isTerminal(b)) continue;
      const auto c = static_cast<std::size_t>(t.firstChild[b]);
      flows[c] = flows[b] * conductances[c] / (conductances[c] + conductances[c + 1]);
      flows[c + 1] = flows[b] - flows[c];
    }
  }
  std::vector<double> all(1 + *std::max_element(t.generation.begin(), t.generation.end()) + 1, 0.0);
  for (std::size_t b = 0; b < n; ++b)
    all[t.generation[b]] += resistances[b] * flows[b] * flows[b] / (flow * flow);
  all.back() = kMouthLinear + kMouthQuadratic * std::abs(flow);
  return all;
}

double Breathing::deadSpace() const {
  const BronchialTree& t = *tree_;
  // Lengths follow the lungs' linear size, areas the tube law.
  const double stretch = std::cbrt(volume_ / kDrawnGas);
  double volume = kUpperAirwayVolume;
  for (std::size_t b = 0; b < t.size(); ++b) {
    double width = settings_.narrowing[std::min<std::size_t>(t.generation[b], kTubeGenerations - 1)];
    if (b < kNamedBranches) width *= settings_.opening[b];
    const double ratio = 1 / std::sqrt(calibre_[calibreOf_[b]]);
    volume += core::kPi / 4 * t.diameter[b] * t.diameter[b] * width * width * ratio * t.length[b] *
              (t.lobe[b] < 0 ? 1 : stretch);
  }
  return volume;
}

Breathing::State Breathing::state() const {
  return {time_,  flow_, musclePressure_, pleuralPressure_, lungEnergyAtFirst_, isLimited_, acini_,
          flows_, work_};
}

void Breathing::setState(const State& state) {
  time_ = state.time;
  flow_ = state.flow;
  musclePressure_ = state.muscle;
  pleuralPressure_ = state.pleural;
  lungEnergyAtFirst_ = state.lungEnergyAtFirst;
  isLimited_ = state.isLimited;
  acini_ = state.acini;
  flows_ = state.flows;
  work_ = state.work;
  measureLobes();
  setCalibres();
  alveolarPressure_ = pleuralPressure_ + meanAcinusPressure_;
}

}  // namespace aula::anatomy
