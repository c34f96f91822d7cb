// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "core/vec3.h"

namespace aula::scene {

/// Two unit vectors that make a right-handed frame with a direction.
struct Across {
  core::Vec3 u, v;
};

/// Any two, the same for the same direction (unit), and turning gently with it (Duff et al. 2017, listing 3).
[[nodiscard]] Across anyAcross(core::Vec3 direction);

/// Unit tangents of a polyline at its points: means of the unit directions of the pieces beside them. No two
/// neighbours may be equal; where the line turns straight back, the piece before counts.
[[nodiscard]] std::vector<core::Vec3> tangentsOf(const std::vector<core::Vec3>& points, bool isLoop);

/// `vector`, square to tangent `from`, carried to tangent `to` without turning about the curve: two
/// reflections (Wang et al. 2008, "Computation of Rotation Minimizing Frames", table I). `step`: from the
/// one point to the other.
[[nodiscard]] core::Vec3 transported(core::Vec3 vector, core::Vec3 from, core::Vec3 to, core::Vec3 step);

/// The points without those that equal their predecessor (nearer than a millionth of the whole extent).
/// `kept`: their indices.
[[nodiscard]] std::vector<core::Vec3> withoutRepeats(const std::vector<core::Vec3>& points, bool isLoop,
                                                     std::vector<std::size_t>* kept = nullptr);

}  // namespace aula::scene
