// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/outlook.h"

#include <cmath>

namespace aula::anatomy::limb {

namespace {
/// A muscle's points stand for balls that cover it, m.
constexpr double kCover = 0.011;
/// What lies nearer to a point than this does not hide it: the surface it is on, m.
constexpr double kNear = 0.012;
}  // namespace

Outlook::Outlook(Vec3 viewer, const std::vector<MuscleSurface>& surfaces,
                 const std::vector<std::uint8_t>& isSeen)
    : viewer_(viewer), isEverywhere_(viewer == Vec3{}) {
  if (isEverywhere_) return;
  for (std::size_t m = 0; m < surfaces.size(); ++m)
    for (std::size_t i = 0; isSeen[m] != 0 && i < surfaces[m].positions.size(); i += 2)
      balls_.push_back({scene::toVec3(surfaces[m].positions[i]), kCover});
}

void Outlook::addBall(Vec3 centre, double radius) {
  if (!isEverywhere_) balls_.push_back({centre, radius});
}

bool Outlook::hides(Vec3 p) const {
  for (const Ball& ball : balls_) {
    const Vec3 to = ball.centre - p;
    const double ahead = dot(to, viewer_);
    if (ahead < kNear) continue;
    const Vec3 aside = to - ahead * viewer_;
    if (dot(aside, aside) < ball.radius * ball.radius) return true;
  }
  return false;
}

int Outlook::seenPoint(const MuscleSurface& surface, const MuscleLayout& layout, std::size_t usual) const {
  if (isEverywhere_ || (dot(scene::toVec3(surface.normals[usual]), viewer_) > 0.3 &&
                        !hides(scene::toVec3(surface.positions[usual]))))
    return int(usual);
  int best = -1;
  double most = 0.3;
  for (std::size_t i = 0; i < surface.positions.size(); i += 7) {
    if (layout.tendon[i] > 0.1F) continue;
    // Turned to the viewer rather than at the edge, in the middle rather than at an end.
    const double facing = dot(scene::toVec3(surface.normals[i]), viewer_) -
                          0.6 * std::abs(double(layout.textureCoordinates[i][0]) - 0.5);
    if (facing <= most || hides(scene::toVec3(surface.positions[i]))) continue;
    most = facing;
    best = int(i);
  }
  return best;
}

}  // namespace aula::anatomy::limb
