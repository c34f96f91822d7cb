// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/upper_limb/muscles.h"

namespace aula::anatomy::limb {

/// What flesh and weights hide from a viewer far away, roughly: for deciding what a label may point at.
class Outlook {
 public:
  /// `viewer`: unit, from the scene to the viewer; null: nothing is ever hidden.
  Outlook(Vec3 viewer, const std::vector<MuscleSurface>& surfaces, const std::vector<std::uint8_t>& isSeen);
  void addBall(Vec3 centre, double radius);

  [[nodiscard]] bool hides(Vec3 p) const;
  /// A point of a muscle's flesh that is seen, `usual` where that one is; -1: there is none.
  [[nodiscard]] int seenPoint(const MuscleSurface& surface, const MuscleLayout& layout,
                              std::size_t usual) const;

 private:
  struct Ball {
    Vec3 centre;
    double radius;
  };
  Vec3 viewer_;
  bool isEverywhere_;
  std::vector<Ball> balls_;
};

}  // namespace aula::anatomy::limb
