// SPDX-License-Identifier: Apache-2.0
#include "scene/geometry/revolution.h"

#include <cmath>
#include <numbers>

#include "core/assert.h"

namespace aula::scene {

Circle::Circle(int n) {
  AULA_ASSERT(n >= 3);
  for (int i = 0; i < n; ++i) {
    const double angle = 2 * std::numbers::pi * i / n;
    points_.push_back({std::cos(angle), std::sin(angle)});
  }
}

void addRevolution(TriangleMesh& mesh, const std::vector<ProfilePoint>& profile, const Axle& axle,
                   const Circle& circle) {
  const int columns = circle.count(), rows = int(profile.size()) - 1;
  const auto first = std::uint32_t(mesh.positions.size());
  for (int j = 0; j <= rows; ++j) {
    const ProfilePoint& p = profile[std::size_t(j)];
    for (int i = 0; i <= columns; ++i) {
      const core::Vec3 out = circle.cosine(i) * axle.across.u + circle.sine(i) * axle.across.v;
      mesh.positions.push_back(toFloat3(axle.origin + p.height * axle.axis + p.radius * out));
      mesh.normals.push_back(toFloat3(p.outwards * out + p.upwards * axle.axis));
      mesh.textureCoordinates.push_back({float(i) / float(columns), 1 - float(j) / float(rows)});
    }
  }
  const auto at = [&](int i, int j) { return first + std::uint32_t(j * (columns + 1) + i); };
  for (int j = 0; j < rows; ++j)
    for (int i = 0; i < columns; ++i) {
      if (profile[std::size_t(j)].radius > 0)
        mesh.triangles.insert(mesh.triangles.end(), {at(i, j), at(i + 1, j), at(i + 1, j + 1)});
      if (profile[std::size_t(j) + 1].radius > 0)
        mesh.triangles.insert(mesh.triangles.end(), {at(i, j), at(i + 1, j + 1), at(i, j + 1)});
    }
}

}  // namespace aula::scene
