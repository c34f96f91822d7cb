// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/tree_mesh.h"

#include <algorithm>
#include <cmath>

#include "core/units/constants.h"

namespace aula::anatomy {

TreeMesh treeMesh(const BronchialTree& tree, const std::function<bool(std::size_t)>& wants) {
  auto mesh = std::make_shared<scene::TriangleMesh>();
  TreeMesh result;
  const auto point = [&](std::size_t branch, Vec3 place, Vec3 normal) {
    mesh->positions.push_back(scene::toFloat3(place));
    mesh->normals.push_back(scene::toFloat3(normal));
    result.branchOf.push_back(static_cast<std::uint32_t>(branch));
    return static_cast<std::uint32_t>(mesh->positions.size() - 1);
  };
  for (std::size_t b = 0; b < tree.size(); ++b) {
    if (!wants(b)) continue;
    const Vec3 axis = core::normalised(tree.end[b] - tree.start[b]);
    const Vec3 u =
        core::normalised(core::cross(axis, std::abs(axis.x) < 0.8 ? Vec3{1, 0, 0} : Vec3{0, 1, 0}));
    const Vec3 v = core::cross(axis, u);
    const double radius = 0.5 * tree.diameter[b];
    const int sides = std::clamp(static_cast<int>(6000 * radius), 5, 24);
    // From a little inside the parent, so that no gap is seen, to a cap that is a cone.
    const Vec3 from = tree.start[b] - 0.3 * radius * axis, to = tree.end[b];
    const std::uint32_t tip = point(b, to + 0.6 * radius * axis, axis);
    const auto first = static_cast<std::uint32_t>(mesh->positions.size());
    for (int s = 0; s < sides; ++s) {
      const double angle = 2 * core::kPi * s / sides;
      const Vec3 out = std::cos(angle) * u + std::sin(angle) * v;
      point(b, from + radius * out, out);
      point(b, to + radius * out, out);
    }
    for (int s = 0; s < sides; ++s) {
      const auto a = first + std::uint32_t(2 * s), n = first + std::uint32_t(2 * ((s + 1) % sides));
      for (const std::uint32_t corner : {a, n, a + 1, n, n + 1, a + 1, a + 1, n + 1, tip})
        mesh->triangles.push_back(corner);
    }
  }
  result.mesh = mesh;
  return result;
}

std::shared_ptr<const scene::TriangleMesh> coloured(
    const TreeMesh& tubes, const std::function<scene::Colour(std::size_t)>& colourOf) {
  auto mesh = std::make_shared<scene::TriangleMesh>(*tubes.mesh);
  mesh->colours.reserve(tubes.branchOf.size());
  for (std::size_t i = 0; i < tubes.branchOf.size(); ++i) {
    // Points of one branch stand together.
    if (i > 0 && tubes.branchOf[i] == tubes.branchOf[i - 1])
      mesh->colours.push_back(mesh->colours.back());
    else
      mesh->colours.push_back(colourOf(tubes.branchOf[i]));
  }
  return mesh;
}

}  // namespace aula::anatomy
