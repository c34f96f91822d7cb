// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <numbers>

#include "render/path/path_scene.h"

namespace aula::render::path {
namespace {

/// Of a picture 720 high, where a view leaves it open: as the rasteriser's theme.
constexpr double kUsualWidth = 1.6;
constexpr double kDash = 4;  ///< Of a dash and of a gap, in widths.
/// Along a piece of one radius the width may be off by a tenth of a pixel's tenth: nobody sees it.
constexpr double kMostGrowth = 1.1;
constexpr int kMostPieces = 256;

/// Half a line's width at a place, m.
class Width {
 public:
  Width(const scene::LinesView& view, const scene::Camera& camera)
      : camera_(camera), forward_(core::normalised(camera.target - camera.eye)) {
    const double tangent = std::tan(camera.fieldOfView / 2 * std::numbers::pi / 180);
    share_ = (view.width > 0 ? static_cast<double>(view.width) : kUsualWidth) / 720 * tangent;
    fixed_ = core::length(camera.target - camera.eye);
  }
  [[nodiscard]] double at(core::Vec3 p) const {
    const double distance = camera_.isOrthographic ? fixed_ : core::dot(p - camera_.eye, forward_);
    return share_ * std::max(distance, 1e-3 * fixed_);
  }

 private:
  const scene::Camera& camera_;
  core::Vec3 forward_;
  double share_ = 0, fixed_ = 1;
};

}  // namespace

std::vector<glm::vec4> capsulesFor(const scene::LinesView& view, const scene::Camera& camera,
                                   const stage::StageSpace& space) {
  const Width width(view, camera);
  std::vector<glm::vec4> capsules;
  const auto add = [&](core::Vec3 from, core::Vec3 to) {
    const double radius = width.at(0.5 * (from + to));
    capsules.emplace_back(space.point(from), space.length(radius));
    capsules.emplace_back(space.point(to), 0.0F);
  };
  for (const auto& polyline : view.polylines) {
    double walked = 0;  // In widths, for the dashes.
    for (std::size_t i = 0; i + 1 < polyline.size(); ++i) {
      const core::Vec3 a = polyline[i], b = polyline[i + 1];
      const double length = core::length(b - a);
      if (length == 0) continue;
      const double ra = width.at(a), rb = width.at(b);
      const double growth = std::max(ra, rb) / std::min(ra, rb);
      double pieces = std::ceil(std::log(growth) / std::log(kMostGrowth));
      if (view.isDashed) pieces = std::max(pieces, std::ceil(length / (2 * std::min(ra, rb) * kDash / 4)));
      const int count = static_cast<int>(
          std::clamp(pieces, 1.0, static_cast<double>(view.isDashed ? 16 * kMostPieces : kMostPieces)));
      for (int k = 0; k < count; ++k) {
        const core::Vec3 from = a + (static_cast<double>(k) / count) * (b - a);
        const core::Vec3 to = a + (static_cast<double>(k + 1) / count) * (b - a);
        const double before = walked;
        walked += length / count / (2 * width.at(0.5 * (from + to)));
        if (!view.isDashed || std::fmod(before, 2 * kDash) < kDash) add(from, to);
      }
    }
  }
  return capsules;
}

}  // namespace aula::render::path
