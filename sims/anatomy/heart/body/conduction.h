// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "anatomy/heart/body/ventricles.h"

/// What brings the beat to the muscle: His' bundle, its branches and Purkinje's fibres, a tree.
namespace aula::anatomy::heart {

/// Parts that can be blocked, each with all that hangs on it.
enum class Trunk : std::uint8_t { his, left, leftAnterior, leftPosterior, leftSeptal, right };
inline constexpr int kTrunks = 6;
/// "left_anterior", as lab files write it.
[[nodiscard]] const char* nameOf(Trunk trunk);

struct ConductionPoint {
  Vec3 position;             ///< m, body's frame
  std::int32_t parent = -1;  ///< Its number, smaller than this one's; -1: the beginning of His' bundle.
  std::uint8_t above = 0;    ///< Bit 1 << Trunk for each trunk that the beat comes through, its own included.
  bool isPurkinje = false;   ///< Of the network on the endocardium; else of a bundle.
  bool isEnding = false;     ///< Hands the beat to the muscle.
};

/// How the tree is grown and how fast it is.
struct ConductionSettings {
  double bundleSpeed = 2.5;  ///< m/s (Kupersmith et al. 1973: 1.3 to 2.5 in man's His and Purkinje system)
  double leftSpeed = 2.5;    ///< m/s, of the network on the left endocardium (2 to 3 in textbooks)
  /// m/s, of the network on the right one: as the beat spreads there, some 7 cm in 50 ms (Durrer et al.
  /// 1970).
  double rightSpeed = 1.5;
  double junctionDelay = 0.005;  ///< s, from a Purkinje ending to the muscle
  double segment = 0.001;        ///< m
  double branch = 0.0075;        ///< m, mean length between two forks
  double apart = 0.0026;         ///< m: nearer to another branch than this, a branch ends.
  double repulsion = 0.12;       ///< Costabal et al. 2016, w of equation 3
  double angle = 0.35;           ///< rad, of a fork to either side
};

/// Immutable; equal settings give an equal tree.
class ConductionSystem {
 public:
  explicit ConductionSystem(const ConductionSettings& settings = {});

  [[nodiscard]] const std::vector<ConductionPoint>& points() const { return points_; }
  /// s after the beat has begun at His' bundle, at each point of the tree; infinity below a block. `blocked`:
  /// bits 1 << Trunk.
  [[nodiscard]] std::vector<double> arrivals(unsigned blocked) const;
  [[nodiscard]] const ConductionSettings& settings() const { return settings_; }

  static constexpr double kNever = std::numeric_limits<double>::infinity();

 private:
  friend class TreeGrower;
  ConductionSettings settings_;
  std::vector<ConductionPoint> points_;
};

/// Where the beat enters the muscle and when.
struct Entry {
  double time = 0;                   ///< s after the beginning of the beat, the junction's delay included
  std::vector<std::uint32_t> nodes;  ///< Of the lattice, around one ending or several of equal time; rising
};
/// Endings with muscle within `radius` m, gathered into steps of `resolution` s; by rising time.
[[nodiscard]] std::vector<Entry> entries(const ConductionSystem& system, const Ventricles& muscle,
                                         unsigned blocked, double radius, double resolution);

}  // namespace aula::anatomy::heart
