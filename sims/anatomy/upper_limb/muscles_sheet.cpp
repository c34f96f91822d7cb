// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles_sheet.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace aula::anatomy {

namespace {

constexpr std::size_t kStrips = MuscleSheet::kStrips, kRows = MuscleSheet::kRows;
/// Between the sheet and what it lies on, m.
constexpr double kGap = 0.0008;
/// Layings on what is below, the last two on bone alone: they take the dents out.
constexpr int kPasses = 7;
/// What it lies on, as LimbStage counts bodies.
constexpr unsigned kHumerus = 1U << unsigned(Body::humerus);
/// Half thickness of its rims, m.
constexpr double kRim = 0.0012;

Vec3 along(const std::vector<Vec3>& points, double part) {
  const double place = part * double(points.size() - 1);
  const std::size_t i = std::min(std::size_t(place), points.size() - 2);
  const double w = place - double(i);
  return (1 - w) * points[i] + w * points[i + 1];
}

/// How thick it is at a place, 1 in its middle.
double thickness(double strip, double row) {
  // Towards the insertion strips lie close together: only the middle ones stay thick.
  const double side =
      std::pow(std::sin(std::numbers::pi * std::clamp(strip, 0.02, 0.98)), 0.45 + 1.2 * row * row);
  const double peak = 0.36;
  const double t = std::clamp(row, 0.02, 0.98);
  const double length = std::pow(t / peak, peak * 1.0) * std::pow((1 - t) / (1 - peak), (1 - peak) * 1.5);
  // Three bundles with shallow grooves between them, as its parts show under the skin.
  const double groove =
      1 - 0.12 * std::pow(std::cos(3 * std::numbers::pi * strip), 2) * std::sin(std::numbers::pi * row);
  return side * length * groove;
}

}  // namespace

const std::vector<std::uint32_t>& MuscleSheet::triangles() {
  static const std::vector<std::uint32_t> all = [] {
    std::vector<std::uint32_t> list;
    const auto quad = [&](std::size_t a, std::size_t b, std::size_t c, std::size_t d) {
      for (const std::size_t corner : {a, b, c, a, c, d}) list.push_back(std::uint32_t(corner));
    };
    // Seen from outside strips run from right to left and rows downwards.
    for (std::size_t s = 0; s + 1 < kStrips; ++s)
      for (std::size_t r = 0; r + 1 < kRows; ++r) {
        quad(index(1, s, r), index(1, s + 1, r), index(1, s + 1, r + 1), index(1, s, r + 1));
        quad(index(0, s, r), index(0, s, r + 1), index(0, s + 1, r + 1), index(0, s + 1, r));
      }
    for (std::size_t r = 0; r + 1 < kRows; ++r) {
      const std::size_t e = kStrips - 1;
      quad(index(0, 0, r), index(1, 0, r), index(1, 0, r + 1), index(0, 0, r + 1));
      quad(index(0, e, r), index(0, e, r + 1), index(1, e, r + 1), index(1, e, r));
    }
    for (std::size_t s = 0; s + 1 < kStrips; ++s) {
      const std::size_t e = kRows - 1;
      quad(index(0, s, 0), index(0, s + 1, 0), index(1, s + 1, 0), index(1, s, 0));
      quad(index(0, s, e), index(1, s, e), index(1, s + 1, e), index(0, s + 1, e));
    }
    return list;
  }();
  return all;
}

double MuscleSheet::volume() const {
  const auto point = [this](std::uint32_t i) {
    const std::size_t place = std::size_t(i) % (kStrips * kRows);
    return (std::size_t(i) < kStrips * kRows ? inner : outer)[place / kRows][place % kRows] -
           inner[kStrips / 2][kRows / 2];
  };
  const std::vector<std::uint32_t>& corners = triangles();
  double six = 0;
  for (std::size_t t = 0; t < corners.size(); t += 3)
    six += dot(point(corners[t]), cross(point(corners[t + 1]), point(corners[t + 2])));
  return six / 6;
}

void laySheet(MuscleSheet& sheet, const SheetEnds& ends, double volume, const LimbStage& stage,
              const std::vector<const MuscleTube*>& deeper) {
  const scene::Transform& humerus = stage.places[std::size_t(Body::humerus)];
  const scene::Transform& trunk = stage.places[std::size_t(Body::trunk)];
  const Vec3 head = humerus.point({});
  // A point of the shaft's line as far down as the insertion: what strips go round.
  const Vec3 low = humerus.point({-0.003, 0.001, -0.14});
  std::array<MuscleSheet::Strip, kStrips> base;
  for (std::size_t s = 0; s < kStrips; ++s) {
    const double part = double(s) / double(kStrips - 1);
    const Vec3 from = trunk.point(along(ends.origin, part));
    const Vec3 to = humerus.point(along(ends.insertion, part));
    for (std::size_t r = 0; r < kRows; ++r) {
      const double t = double(r) / double(kRows - 1);
      base[s][r] = (1 - t) * from + t * to;
    }
  }
  const auto outwards = [&](Vec3 p) {
    const Vec3 line = low - head;
    const double t = std::clamp(dot(p - head, line) / dot(line, line), 0.0, 1.0);
    const Vec3 away = p - (head + t * line);
    const double size = core::length(away);
    return size > 1e-6 ? away / size : humerus.vector({1, 0, 0});
  };
  for (int pass = 0; pass < kPasses; ++pass) {
    const auto before = base;
    for (std::size_t s = 0; s < kStrips; ++s) {
      std::vector<int> hints(deeper.size(), 0);
      for (std::size_t r = 1; r + 1 < kRows; ++r) {
        Vec3 p = before[s][r];
        if (pass > 0) {
          // Evened out, mostly along the strips, so that neighbouring strips stay neighbours.
          const Vec3 mean = 0.5 * (before[s][r - 1] + before[s][r + 1]);
          p = 0.5 * p + 0.5 * mean;
          if (s > 0 && s + 1 < kStrips) p = 0.7 * p + 0.15 * (before[s - 1][r] + before[s + 1][r]);
        }
        const double t = double(r) / double(kRows - 1);
        const double near = std::min({1.0, 5 * t, 6 * (1 - t)});
        for (int step = 0; step < 2; ++step) {
          const double gap = stage.boneDistance(p, kHumerus) - 0.002 * near;
          double move = near * (kGap - gap);
          // It dives between its neighbours to the bone.
          const double over = pass + 2 < kPasses ? std::clamp(2.2 * (1 - t) - 0.25, 0.0, 1.0) : 0.0;
          for (std::size_t d = 0; d < deeper.size() && over > 0; ++d)
            move = std::max(move, over * (kGap - deeper[d]->distance(p, hints[d])));
          if (move <= 0) break;
          p = p + move * outwards(p);
        }
        base[s][r] = p;
      }
    }
  }

  std::array<MuscleSheet::Strip, kStrips> normal;
  for (std::size_t s = 0; s < kStrips; ++s)
    for (std::size_t r = 0; r < kRows; ++r) {
      const std::size_t s0 = s > 0 ? s - 1 : s, s1 = std::min(s + 1, kStrips - 1);
      const std::size_t r0 = r > 0 ? r - 1 : r, r1 = std::min(r + 1, kRows - 1);
      // Strips run backwards and rows downwards on a right shoulder.
      const Vec3 n = cross(base[s1][r] - base[s0][r], base[s][r1] - base[s][r0]);
      const double size = core::length(n);
      normal[s][r] = size > 1e-12 ? n / size : outwards(base[s][r]);
    }
  for (int pass = 0; pass < 3; ++pass) {
    const auto before = normal;
    for (std::size_t s = 0; s < kStrips; ++s)
      for (std::size_t r = 0; r < kRows; ++r) {
        Vec3 sum = 2 * before[s][r];
        if (s > 0) sum = sum + before[s - 1][r];
        if (s + 1 < kStrips) sum = sum + before[s + 1][r];
        if (r > 0) sum = sum + before[s][r - 1];
        if (r + 1 < kRows) sum = sum + before[s][r + 1];
        normal[s][r] = core::normalised(sum);
      }
  }

  const auto thicken = [&](double scale) {
    for (std::size_t s = 0; s < kStrips; ++s)
      for (std::size_t r = 0; r < kRows; ++r) {
        const double part = double(s) / double(kStrips - 1), t = double(r) / double(kRows - 1);
        sheet.inner[s][r] = base[s][r];
        sheet.outer[s][r] =
            base[s][r] + (2 * kRim * (1 - 0.6 * t) + scale * thickness(part, t)) * normal[s][r];
        sheet.tendon[s][r] =
            std::clamp((t - 0.86) / 0.10, 0.0, 1.0) + std::clamp((0.04 - t) / 0.04, 0.0, 1.0);
      }
  };
  double scale = 0.02;
  for (int step = 0; step < 12; ++step) {
    thicken(scale);
    const double found = sheet.volume();
    if (std::abs(found - volume) < 2e-4 * volume) break;
    scale = std::clamp(scale * volume / found, 0.3 * scale, 2 * scale);
  }
}

}  // namespace aula::anatomy
