// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <span>
#include <string>
#include <vector>

#include "anatomy/heart/body/ventricles.h"

/// The electrocardiogram of muscle in an endless, even volume conductor. There is no thorax with its
/// boundary, lungs or blood: amplitudes come out smaller than in a person, shapes and times do not suffer
/// much.
namespace aula::anatomy::heart {

/// Where electrodes lie on a standard thorax, body's frame, m.
enum class Electrode { rightArm, leftArm, foot, v1, v2, v3, v4, v5, v6 };
inline constexpr std::size_t kElectrodes = 9;
[[nodiscard]] const std::array<Vec3, kElectrodes>& electrodes();
[[nodiscard]] const char* nameOf(Electrode electrode);

/// I, II, III, aVR, aVL, aVF, V1 to V6.
inline constexpr std::size_t kLeads = 12;
[[nodiscard]] const std::array<const char*, kLeads>& leadNames();
using LeadValues = std::array<double, kLeads>;  ///< V

/// Conductivities, S/m. Across a front of 100 mV in the cells the potential outside of them falls by 75 mV
/// where it goes along the fibres and by 43 mV where it goes across: sigma_i / (sigma_i + sigma_e) of Roberts
/// and Scher 1982 (0.344 and 0.117, 0.0596 and 0.0802 S/m). The inside's conductivities are those that make
/// these jumps in a body of one conductivity, on which the potentials then do not depend.
struct Conductor {
  double outside = 0.2;                              ///< Of the whole body, some 0.2 (Gabriel et al. 2009)
  double along = 0.344 / (0.344 + 0.117) * outside;  ///< Of the cells' inside, as it acts
  double across = 0.0596 / (0.0596 + 0.0802) * outside;
};

/// Weights of potentials: the potential at a point r of the body is
///     phi(r) = -1 / (4 pi sigma) * integral of (sigma_i grad V) . grad(1 / |r - r'|) dV'
/// (Plonsey and Barr 2007, chapter 9; Gima and Rudy 2002, equation 1), a linear function of V: one weight for
/// each node of the domain and each electrode.
class Leads {
 public:
  Leads(const Ventricles& muscle, const std::vector<Vec3>& points, const Conductor& conductor = {});

  [[nodiscard]] std::size_t points() const { return weights_.size(); }
  /// V at each point; `potentials`: one a node of the lattice (Solver::potentials), V.
  [[nodiscard]] std::vector<double> at(std::span<const float> potentials) const;
  /// The same; one a node of the domain.
  [[nodiscard]] std::vector<double> atNodes(std::span<const float> potentials) const;
  [[nodiscard]] const std::vector<float>& weights(std::size_t point) const { return weights_[point]; }

 private:
  std::vector<std::uint32_t> nodes_;
  std::vector<std::vector<float>> weights_;
};

/// Twelve leads from nine electrodes: Einthoven 1908, Goldberger 1942, Wilson's central terminal 1934.
[[nodiscard]] LeadValues leadsFrom(std::span<const double> electrodePotentials);

/// Twelve leads over time, evenly sampled.
struct Electrocardiogram {
  double interval = 0.001;  ///< s
  std::vector<LeadValues> samples;
};

struct Qrs {
  double onset = 0, offset = 0;  ///< s from the first sample
  [[nodiscard]] double duration() const { return offset - onset; }
};
/// Begin and end of the QRS complex in one beat. The spatial velocity, the root of the sum of squares of the
/// slopes of the eight independent leads, is smoothed over 5 ms; the complex is where it exceeds `threshold`
/// times its greatest value, small gaps (up to 12 ms) included, around that greatest value. Without any
/// deflection both are 0.
[[nodiscard]] Qrs findQrs(const Electrocardiogram& beat, double threshold = 0.08);

}  // namespace aula::anatomy::heart
