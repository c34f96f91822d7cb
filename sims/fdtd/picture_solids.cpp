// SPDX-License-Identifier: Apache-2.0
#include "fdtd/picture_solids.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "scene/geometry/frame_along.h"
#include "scene/geometry/primitives.h"

namespace aula::fdtd {

namespace {

/// An arrow at a dipole is this share of the domain's longest side: to be seen, not to scale.
constexpr double kArrowShare = 0.07;

bool isBox(const InstrumentPlan& plan) {
  return plan.isDrawable() && !plan.plane() && !plan.line();
}

/// What a body without end shows of itself.
core::Vec3 kept(core::Vec3 point, const Bounds& domain) {
  for (int axis = 0; axis < 3; ++axis)
    point[axis] = std::clamp(point[axis], domain.lower[axis], domain.upper[axis]);
  return point;
}

scene::TriangleMesh meshOf(const BoxShape& box, const Bounds& domain) {
  return scene::makeBox(kept(box.centre - 0.5 * box.size, domain), kept(box.centre + 0.5 * box.size, domain));
}

scene::TriangleMesh meshOf(const SphereShape& sphere, const Bounds&) {
  return scene::transformed(scene::makeIcosphere(sphere.radius, 4),
                            {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}, sphere.centre});
}

scene::TriangleMesh meshOf(const EllipsoidShape& body, const Bounds&) {
  return scene::transformed(
      scene::makeIcosphere(1, 4),
      {{body.semiAxes.x, 0, 0}, {0, body.semiAxes.y, 0}, {0, 0, body.semiAxes.z}, body.centre});
}

scene::TriangleMesh meshOf(const CylinderShape& body, const Bounds& domain) {
  const double diagonal = core::length(domain.upper - domain.lower);
  const core::Vec3 half = 0.5 * std::min(body.height, 2 * diagonal) * core::normalised(body.axis);
  return scene::makeCylinder(body.centre - half, body.centre + half, body.radius, 64);
}

scene::TriangleMesh meshOf(const WedgeShape& wedge, const Bounds& domain) {
  std::array<core::Vec3, 3> c = wedge.corners;
  if (core::cross(c[1] - c[0], c[2] - c[0]).z < 0) std::swap(c[1], c[2]);
  const double low = std::max(c[0].z - wedge.height / 2, domain.lower.z),
               high = std::min(c[0].z + wedge.height / 2, domain.upper.z);
  scene::TriangleMesh mesh;
  // Every face has corners of its own: edges stay sharp.
  const auto face = [&](std::initializer_list<core::Vec3> corners) {
    const auto first = static_cast<std::uint32_t>(mesh.positions.size());
    const core::Vec3* p = corners.begin();
    const core::Vec3 normal = core::normalised(core::cross(p[1] - p[0], p[2] - p[0]));
    for (const core::Vec3& corner : corners) {
      mesh.positions.push_back(scene::toFloat3(corner));
      mesh.normals.push_back(scene::toFloat3(normal));
    }
    for (std::uint32_t i = 2; i < corners.size(); ++i)
      mesh.triangles.insert(mesh.triangles.end(), {first, first + i - 1, first + i});
  };
  const auto at = [&](int i, double z) { return core::Vec3{c[std::size_t(i)].x, c[std::size_t(i)].y, z}; };
  face({at(0, high), at(1, high), at(2, high)});
  face({at(0, low), at(2, low), at(1, low)});
  for (int i = 0; i < 3; ++i) face({at(i, low), at((i + 1) % 3, low), at((i + 1) % 3, high), at(i, high)});
  return mesh;
}

/// Glass is seen through, metal shines.
scene::Material lookOf(const Material& material) {
  scene::Material look;
  if (material.isPerfectConductor || !material.poles.empty()) {
    look.baseColour = {0.72F, 0.7F, 0.66F};
    look.metallic = 1;
    look.roughness = 0.35F;
  } else {
    look.baseColour = {0.45F, 0.6F, 0.78F};
    look.opacity = 0.45F;
    look.roughness = 0.25F;
  }
  return look;
}

}  // namespace

std::vector<scene::View> makePictureSolids(const SimulationSpec& spec) {
  std::vector<scene::View> solids;
  const auto& shown = spec.scene.views;
  const bool hasSpace = std::any_of(spec.instruments.begin(), spec.instruments.end(), [&](const auto& plan) {
    return isBox(*plan) && std::find(shown.begin(), shown.end(), plan->name()) != shown.end();
  });
  if (!hasSpace) return solids;
  const Setup& setup = spec.setup;
  const Bounds domain = interiorBounds(setup);
  for (const Object& object : setup.objects) {
    scene::MeshView view;
    view.name = object.name.empty() ? "object" : object.name;
    view.mesh = std::make_shared<const scene::TriangleMesh>(
        std::visit([&](const auto& shape) { return meshOf(shape, domain); }, object.shape));
    view.material = lookOf(setup.materials[std::size_t(object.material)]);
    solids.emplace_back(std::move(view));
  }
  const core::Vec3 size = domain.upper - domain.lower;
  const double length = kArrowShare * std::max({size.x, size.y, size.z});
  scene::MeshView arrows;
  arrows.name = "source";
  arrows.mesh =
      std::make_shared<const scene::TriangleMesh>(scene::makeArrow(length, 0.06 * length, 0.16 * length, 32));
  arrows.material.baseColour = {0.75F, 0.33F, 0.06F};
  for (const Source& source : setup.sources) {
    const auto* dipole = std::get_if<PointDipole>(&source);
    if (dipole == nullptr || !(core::length(dipole->direction) > 0)) continue;
    const core::Vec3 along = core::normalised(dipole->direction);
    const scene::Across across = scene::anyAcross(along);
    arrows.instances.push_back({across.u, across.v, along, dipole->position - 0.5 * length * along});
  }
  if (!arrows.instances.empty()) solids.emplace_back(std::move(arrows));
  for (const scene::RulerView& ruler : spec.scene.rulers) solids.emplace_back(ruler);
  return solids;
}

}  // namespace aula::fdtd
