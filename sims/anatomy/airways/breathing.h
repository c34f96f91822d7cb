// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <memory>
#include <vector>

#include "anatomy/airways/effort.h"
#include "anatomy/airways/elastic.h"
#include "anatomy/airways/tree.h"
#include "anatomy/airways/tube_law.h"

/// Breathing: air flows through every branch of the tree into one elastic acinus a terminal bronchiole, all
/// of them in one chest that muscles widen.
///
/// Equations, at the end of each step of length h (backward Euler):
///   branch      p_above - p_below = R q,   R = Poiseuille x Pedley(q, l) x (A_drawn / A)^2
///   fork        q = q_1 + q_2
///   acinus i    p_i = P_pleura + gravity_i + P_lung(V_i / share_i),   dV_i/dt = q_i
///   chest       P_pleura = P_muscle(t, V) + P_chest(V) + R_wall Q
///   mouth       0 - p_trachea = (K1 + K2 |Q|) Q, and Q >= -V_max
/// A: calibre by Lambert's law from the lobe's mean recoil, the same for all airways of one lobe and
/// generation. V_max: greatestFlow of the lungs' mean recoil; where effort would give more, what is left of
/// the pressure is lost at the choke point. A tree has no loops, so that one sweep up (each subtree becomes
/// one resistance and one pressure) and one down solve all of it exactly, in time proportional to the
/// branches. Unconditionally stable.
namespace aula::anatomy {

struct BreathingSettings {
  BreathingPattern pattern;
  double emphysema = 0, fibrosis = 0;  ///< 0 to 1
  Narrowing narrowing{};               ///< Diameter by generation; filled with 1 by the constructor.
  /// Diameter of one named bronchus relative to a healthy one; 0: blocked.
  std::array<double, kNamedBranches> opening{};
  double pleuralGradient =
      0.25 * kWaterCentimetre / 0.01;  ///< Pa/m, downwards (Milic-Emili and others 1966).
  Vec3 down{0, 0, -1};                 ///< Upright; unit.
  double wallResistance = 0.5 * kWaterCentimetre / kLitre;  ///< Pa s/m^3: tissue of lungs and chest.

  BreathingSettings() {
    narrowing.fill(1);
    opening.fill(1);
  }
};

/// Work since the beginning, J. muscle = kinds of loss + change of the two stores, but for the step's own
/// error.
struct WorkOfBreathing {
  double muscle = 0;                                   ///< Done by the muscles' pressure on the chest.
  double airways = 0, mouth = 0, choke = 0, wall = 0;  ///< Become heat.
  double lung = 0, chest = 0;                          ///< Stored now, relative to the beginning.
  double gravity = 0;  ///< Against the pleural gradient, relative to the beginning.
};

/// One person breathing. One thread. Same tree, settings and step: the same bits.
class Breathing {
 public:
  /// At rest at the end of a quiet expiration: muscles relaxed, no flow.
  Breathing(std::shared_ptr<const BronchialTree> tree, const BreathingSettings& settings);

  void advance(double step);  ///< s
  /// From now on; volumes stay as they are.
  void setSettings(const BreathingSettings& settings);

  [[nodiscard]] const BronchialTree& tree() const { return *tree_; }
  [[nodiscard]] const BreathingSettings& settings() const { return settings_; }
  [[nodiscard]] double time() const { return time_; }
  [[nodiscard]] double flow() const { return flow_; }      ///< m^3/s at the mouth, inwards > 0
  [[nodiscard]] double volume() const { return volume_; }  ///< m^3 of gas
  [[nodiscard]] double relaxedVolume() const {
    return relaxedVolume_;
  }  ///< Functional residual capacity, m^3
  [[nodiscard]] double musclePressure() const { return musclePressure_; }      ///< Pa
  [[nodiscard]] double pleuralPressure() const { return pleuralPressure_; }    ///< Pa, mean
  [[nodiscard]] double alveolarPressure() const { return alveolarPressure_; }  ///< Pa, mean by share
  [[nodiscard]] double recoil() const { return alveolarPressure_ - pleuralPressure_; }
  [[nodiscard]] bool isFlowLimited() const { return isLimited_; }
  [[nodiscard]] double lobeVolume(Lobe lobe) const { return lobeVolume_[static_cast<std::size_t>(lobe)]; }
  [[nodiscard]] double lobeFlow(Lobe lobe) const;
  [[nodiscard]] const std::vector<double>& branchFlows() const { return flows_; }    ///< m^3/s, one a branch
  [[nodiscard]] const std::vector<double>& acinusVolumes() const { return acini_; }  ///< m^3, one a terminal
  /// Pa s/m^3, at the present flow and calibre.
  [[nodiscard]] double branchResistance(std::size_t branch) const;
  [[nodiscard]] WorkOfBreathing work() const;

  /// Resistance of the airways by generation (sum of R q^2 over Q^2), the mouth's last, when a steady `flow`
  /// goes into acini that all have one pressure, with the calibres of this moment; Pa s/m^3.
  [[nodiscard]] std::vector<double> resistanceByGeneration(double flow) const;
  /// Volume of all branches as wide and long as they are now, and the upper airways, m^3.
  [[nodiscard]] double deadSpace() const;

  /// All that later steps depend on.
  struct State {
    double time = 0, flow = 0, muscle = 0, pleural = 0, lungEnergyAtFirst = 0;
    bool isLimited = false;
    std::vector<double> acini, flows;
    WorkOfBreathing work;
  };
  [[nodiscard]] State state() const;
  void setState(const State& state);

 private:
  void relax();
  void measureLobes();
  void setCalibres();
  [[nodiscard]] double greatestNow() const;
  [[nodiscard]] double elasticEnergy() const;

  std::shared_ptr<const BronchialTree> tree_;
  BreathingSettings settings_;
  Sigmoid lung_;
  double time_ = 0, flow_ = 0, volume_ = 0, relaxedVolume_ = 0;
  double musclePressure_ = 0, pleuralPressure_ = 0, alveolarPressure_ = 0;
  bool isLimited_ = false;
  double lungEnergyAtFirst_ = 0, chestEnergyAtFirst_ = 0;
  std::vector<double> acini_;    ///< m^3
  std::vector<double> flows_;    ///< m^3/s
  std::vector<double> base_;     ///< Poiseuille's resistance as drawn, with narrowing
  std::vector<double> gravity_;  ///< Pa, by terminal
  std::vector<std::int32_t> acinusOf_;
  std::array<double, kLobes> lobeVolume_{}, lobeRecoil_{};
  static constexpr std::size_t kCalibres = kTubeGenerations;
  /// (A_drawn / A)^2 by lobe (the last row: outside the lobes) and generation; which one a branch has.
  std::array<double, (kLobes + 1) * kCalibres> calibre_{};
  std::vector<std::uint16_t> calibreOf_;
  double meanAcinusPressure_ = 0;       ///< Pa, relative to the pleura's mean
  std::vector<double> acinusPressure_;  ///< Likewise, by terminal
  std::vector<double> entrance_;        ///< Square of Pedley's factor at 1 m^3/s
  // Of the sweep: each branch's own resistance; conductance and pressure of all from it on; how it divides.
  std::vector<double> resistance_, conductance_, pressure_, part_, shift_;
  WorkOfBreathing work_;
  Narrowing treeWidth_{};                    ///< Tree over Weibel, at most 1, by generation
  mutable std::map<long, double> greatest_;  ///< By recoil, remembered.
};

}  // namespace aula::anatomy
