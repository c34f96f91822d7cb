// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "anatomy/muscle/limb.h"

/// As much of an OpenSim model (.osim, XML) as its muscles' lengths need: bodies on rotating joints, points,
/// wrap objects. Its wrapping is an elastic band pressed out of the surfaces, which has nothing in common
/// with the geodesics of anatomy/muscle but the answer.
namespace aula::test {

using core::Vec3;

struct OsimWrap {
  std::string body;
  bool isCylinder = false;
  scene::Transform place;  ///< Of the wrap's frame in the body's.
  Vec3 half;               ///< m: half axes; a cylinder's: radius, radius, half length along z.
  Vec3 quadrant;           ///< A direction in the wrap's frame, or zero.
};

struct OsimPoint {
  std::string body;
  Vec3 place;
};

struct OsimMuscle {
  std::vector<OsimPoint> path;
  /// A wrap object's name; the first and last point between which it acts, from 0.
  struct Use {
    std::string wrap;
    std::size_t first, last;
  };
  std::vector<Use> wraps;
  double maximumForce = 0, optimalLength = 0, slackLength = 0, pennation = 0;
};

struct OsimJoint {
  std::string parent, child, coordinate;  ///< No coordinate: it does not move.
  Vec3 inParent, axis;
};

class OsimModel {
 public:
  /// Throws core::Error when the file is not what this reader knows.
  explicit OsimModel(const std::filesystem::path& file);
  /// m; `angles` by coordinate, rad, others 0.
  [[nodiscard]] double length(const std::string& muscle, const std::map<std::string, double>& angles) const;

  std::map<std::string, OsimMuscle> muscles;

 private:
  [[nodiscard]] scene::Transform worldFrom(const std::string& body,
                                           const std::map<std::string, double>& angles) const;

  std::map<std::string, OsimWrap> wraps_;
  std::map<std::string, OsimJoint> joints_;  ///< By child.
};

}  // namespace aula::test
