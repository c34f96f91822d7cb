// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "scene/camera/projection.h"

namespace aula::scene {

enum class NamedView { front, back, left, right, top, bottom, isometric };

/// "front", ...: for menus and lab files (translated by whoever shows them).
[[nodiscard]] const char* nameOf(NamedView view);

/// The whole of `bounds` seen from there, z up. From the front one looks along +y; the top view has +y
/// upwards; the isometric one looks along (-1, 1, -1). `front`: all that turned about z, so that the front is
/// seen from this azimuth (degrees, as Stance has it).
[[nodiscard]] Camera makeView(NamedView view, const Bounds& bounds, const Viewport& viewport,
                              bool isOrthographic = false, double fieldOfView = 30, double front = -90);

/// The whole of `bounds` seen from a direction: degrees, as Stance has them.
[[nodiscard]] Camera makeView(double azimuth, double elevation, const Bounds& bounds,
                              const Viewport& viewport);

/// A camera between two, `share` from 0 (exactly `from`) to 1 (exactly `to`): it turns at an even pace by the
/// shortest way (Shoemake 1985), its target goes straight, its distance changes by even factors.
[[nodiscard]] Camera blended(const Camera& from, const Camera& to, double share);

/// Slow at both ends: 0 to 1 for 0 to 1 (clamped), first and second derivative zero there (Perlin 2002).
[[nodiscard]] double eased(double share);

/// A smooth way from one viewpoint to another.
struct Transition {
  Camera from, to;
  double duration = 0.6;  ///< s

  /// `elapsed` in seconds.
  [[nodiscard]] Camera at(double elapsed) const {
    return blended(from, to, duration > 0 ? eased(elapsed / duration) : 1);
  }
  [[nodiscard]] bool isOver(double elapsed) const { return elapsed >= duration; }
};

}  // namespace aula::scene
