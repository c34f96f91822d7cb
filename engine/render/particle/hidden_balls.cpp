// SPDX-License-Identifier: Apache-2.0
#include "render/particle/hidden_balls.h"

#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <limits>

namespace aula::render::stage {
namespace {

constexpr int kTile = 4;
/// A few huge balls over a whole 8K picture could cost more than they save: after so many pixels nothing more
/// is entered.
constexpr std::size_t kMostFilled = std::size_t{1} << 27;

glm::vec3 placed(const BallArray& balls, std::size_t i) {
  const scene::Float3& p = balls.positions[i];
  const glm::vec4& place = balls.place;
  return {place.w * p.x + place.x, place.w * p.y + place.y, place.w * p.z + place.z};
}

/// As an index of a pixel, or one past the last; what is not a number becomes 0.
int limited(float value, int most) {
  return value > 0 ? (value < static_cast<float>(most) ? static_cast<int>(value) : most) : 0;
}

float radiusOf(const BallArray& balls, std::size_t i) {
  return balls.place.w * (balls.radii.size() == 1 ? balls.radii[0] : balls.radii[i]);
}

}  // namespace

void HiddenBalls::begin(const glm::mat4& clipFromStage, int width, int height,
                        std::span<const glm::vec4> clips) {
  clip_ = clipFromStage;
  clips_.assign(clips.begin(), clips.end());
  width_ = width;
  height_ = height;
  tilesAcross_ = (width + kTile - 1) / kTile;
  tilesDown_ = (height + kTile - 1) / kTile;
  const auto row = [&](int k) { return glm::vec3(clip_[0][k], clip_[1][k], clip_[2][k]); };
  // Towards the viewer is where w falls; without perspective, where the (reversed) depth rises.
  const float forward = glm::length(row(3));
  const glm::vec3 ahead = forward > 0 ? -row(3) / forward : glm::normalize(row(2));
  // Jitter and lopsided views (a headset's) add a share of w to x and y.
  shiftX_ = forward > 0 ? -glm::dot(row(0), ahead) / forward : 0;
  shiftY_ = forward > 0 ? -glm::dot(row(1), ahead) / forward : 0;
  const auto across = [&](int k) { return glm::length(row(k) - glm::dot(row(k), ahead) * ahead); };
  pixelsX_ = 0.5F * static_cast<float>(width) * across(0);
  pixelsY_ = 0.5F * static_cast<float>(height) * across(1);
  depthAhead_ = glm::dot(row(2), ahead);
  wAhead_ = -forward;
  depth_.assign(static_cast<std::size_t>(tilesAcross_ * kTile) * static_cast<std::size_t>(tilesDown_ * kTile),
                0.0F);
  isSummarised_ = false;
  filled_ = 0;
}

bool HiddenBalls::isCutAway(glm::vec3 centre, float radius) const {
  return std::any_of(clips_.begin(), clips_.end(), [&](const glm::vec4& plane) {
    return glm::dot(glm::vec3(plane), centre) + plane.w < -radius;
  });
}

void HiddenBalls::hideBehind(const BallArray& balls) {
  const int stride = tilesAcross_ * kTile;
  for (std::size_t i = 0; i < balls.positions.size() && filled_ < kMostFilled; ++i) {
    const glm::vec3 centre = placed(balls, i);
    const float radius = radiusOf(balls, i);
    const glm::vec4 clip = clip_ * glm::vec4(centre, 1);
    // The whole ball must lie before the eye, beyond the near plane, and on the kept side of every clip
    // plane.
    if (!(clip.w + wAhead_ * radius > 0 && clip.z + depthAhead_ * radius < clip.w + wAhead_ * radius))
      continue;
    const bool isWhole = std::all_of(clips_.begin(), clips_.end(), [&](const glm::vec4& plane) {
      return glm::dot(glm::vec3(plane), centre) + plane.w >= radius;
    });
    if (!isWhole) continue;
    // The disc through the centre square to the view is seen as a circle (an ellipse where pixels are not
    // square) at the centre's depth: it hides the pixels whose centres it contains.
    const float x = (0.5F * clip.x / clip.w + 0.5F) * static_cast<float>(width_);
    const float y = (0.5F * clip.y / clip.w + 0.5F) * static_cast<float>(height_);
    // A hundredth of a pixel less, for the rasteriser's grid and for rounding here.
    const float halfX = radius * pixelsX_ / clip.w - 0.01F;
    const float halfY = radius * pixelsY_ / clip.w - 0.01F;
    const int top = limited(std::ceil(y - halfY - 0.5F), height_);
    const int bottom = limited(std::floor(y + halfY - 0.5F) + 1, height_);
    const float depth = clip.z / clip.w;
    for (int v = top; v < bottom; ++v) {
      const float rise = (static_cast<float>(v) + 0.5F - y) / halfY;
      const float half = halfX * std::sqrt(std::max(0.0F, 1 - rise * rise));
      const int left = limited(std::ceil(x - half - 0.5F), width_);
      const int right = limited(std::floor(x + half - 0.5F) + 1, width_);
      float* line = depth_.data() + static_cast<std::size_t>(v) * static_cast<std::size_t>(stride);
      for (int u = left; u < right; ++u) line[u] = std::max(line[u], depth);
      filled_ += static_cast<std::size_t>(std::max(0, right - left));
    }
  }
  isSummarised_ = false;
}

void HiddenBalls::summarise() {
  const int stride = tilesAcross_ * kTile;
  // Pixels beyond the picture must not make its last tiles seem open.
  for (int v = 0; v < tilesDown_ * kTile; ++v) {
    float* line = depth_.data() + static_cast<std::size_t>(v) * static_cast<std::size_t>(stride);
    std::fill(line + (v < height_ ? width_ : 0), line + stride, std::numeric_limits<float>::max());
  }
  tiles_.assign(static_cast<std::size_t>(tilesAcross_) * static_cast<std::size_t>(tilesDown_),
                std::numeric_limits<float>::max());
  for (int v = 0; v < height_; ++v) {
    const float* line = depth_.data() + static_cast<std::size_t>(v) * static_cast<std::size_t>(stride);
    float* tile =
        tiles_.data() + static_cast<std::size_t>(v / kTile) * static_cast<std::size_t>(tilesAcross_);
    for (int t = 0; t < tilesAcross_; ++t) {
      const float* four = line + t * kTile;
      tile[t] = std::min({tile[t], four[0], four[1], four[2], four[3]});
    }
  }
  isSummarised_ = true;
}

HiddenBalls::Reach HiddenBalls::reachOf(glm::vec3 centre, float radius) const {
  const glm::vec4 clip = clip_ * glm::vec4(centre, 1);
  const float w = clip.w + wAhead_ * radius;
  // A ball at the eye may be seen anywhere.
  if (!(w > 1e-6F)) {
    return {0, 0, static_cast<float>(width_), static_cast<float>(height_), std::numeric_limits<float>::max()};
  }
  // For any point of the ball, x' within r of x and w' at least w - r:
  // |x'/w' - x/w| <= (r + |x/w| r) / (w - r).
  const float x = clip.x / clip.w, y = clip.y / clip.w;
  const float share = -wAhead_ * radius / w;
  const float middleX = (0.5F * x + 0.5F) * static_cast<float>(width_);
  const float middleY = (0.5F * y + 0.5F) * static_cast<float>(height_);
  const float halfX =
      pixelsX_ * radius / w + 0.5F * std::abs(x - shiftX_) * share * static_cast<float>(width_) + 0.02F;
  const float halfY =
      pixelsY_ * radius / w + 0.5F * std::abs(y - shiftY_) * share * static_cast<float>(height_) + 0.02F;
  // The nearest point's depth, a little nearer for rounding.
  const float depth = (clip.z + depthAhead_ * radius) / w;
  return {middleX - halfX, middleY - halfY, middleX + halfX, middleY + halfY,
          depth + 1e-6F * std::abs(depth)};
}

bool HiddenBalls::isHidden(const Reach& reach) const {
  // The pixels whose centres lie within; none: nothing is drawn at all.
  const int left = limited(std::ceil(reach.left - 0.5F), width_);
  const int right = limited(std::floor(reach.right - 0.5F) + 1, width_);
  const int top = limited(std::ceil(reach.top - 0.5F), height_);
  const int bottom = limited(std::floor(reach.bottom - 0.5F) + 1, height_);
  if (left >= right || top >= bottom) return true;
  for (int v = top / kTile; v <= (bottom - 1) / kTile; ++v) {
    const float* tile = tiles_.data() + static_cast<std::size_t>(v) * static_cast<std::size_t>(tilesAcross_);
    for (int u = left / kTile; u <= (right - 1) / kTile; ++u) {
      if (!(tile[u] > reach.depth)) return false;
    }
  }
  return true;
}

std::vector<std::uint32_t> HiddenBalls::seen(const BallArray& balls) {
  if (!isSummarised_) summarise();
  std::vector<std::uint32_t> indices;
  for (std::size_t i = 0; i < balls.positions.size(); ++i) {
    const glm::vec3 centre = placed(balls, i);
    const float radius = radiusOf(balls, i);
    if (isCutAway(centre, radius) || isHidden(reachOf(centre, radius))) continue;
    indices.push_back(static_cast<std::uint32_t>(i));
  }
  return indices;
}

std::vector<std::array<std::uint32_t, 2>> HiddenBalls::seen(
    const BallArray& balls, std::span<const std::array<std::uint32_t, 2>> rods, float rodRadius) {
  if (!isSummarised_) summarise();
  const float radius = balls.place.w * rodRadius;
  // A rod's flat ends lie within the balls of its radius around them.
  std::vector<std::array<std::uint32_t, 2>> pairs;
  for (const auto& [a, b] : rods) {
    const Reach p = reachOf(placed(balls, a), radius);
    const Reach q = reachOf(placed(balls, b), radius);
    const Reach both{std::min(p.left, q.left), std::min(p.top, q.top), std::max(p.right, q.right),
                     std::max(p.bottom, q.bottom), std::max(p.depth, q.depth)};
    if (!isHidden(both)) pairs.push_back({a, b});
  }
  return pairs;
}

}  // namespace aula::render::stage
