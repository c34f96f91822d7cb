// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/placed_parts.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/assert.h"
#include "core/units/constants.h"
#include "scene/mesh/bvh.h"
#include "scene/view/bounds.h"

namespace aula::anatomy {

namespace {

using core::Vec3;

/// Of the atlas' layers, for the order of labels where there is no room for all.
constexpr int kLayers = 9, kLayerWeight = 100;

Vec3 pointOf(scene::Float3 p) {
  return {p.x, p.y, p.z};
}

/// Rays about a direction within some 20 degrees: what stands in all of their ways hides.
std::vector<Vec3> raysAbout(Vec3 direction) {
  constexpr int kRays = 6;
  constexpr double kWidth = 0.35;
  const Vec3 aside =
      normalised(cross(direction, std::abs(direction.z) < 0.9 ? Vec3{0, 0, 1} : Vec3{1, 0, 0}));
  const Vec3 up = cross(aside, direction);
  std::vector<Vec3> rays{direction};
  for (int i = 1; i < kRays; ++i) {
    const double angle = core::kPi * (3 - std::sqrt(5.0)) * i, radius = kWidth * std::sqrt(double(i) / kRays);
    rays.push_back(normalised(direction + radius * std::cos(angle) * aside + radius * std::sin(angle) * up));
  }
  return rays;
}

bool isHit(const scene::TriangleMesh& mesh, const scene::Bvh& tree, const scene::Ray& ray) {
  // Spots lie on surfaces, but for a polygon's sagitta.
  constexpr double nearest = 0.001;
  bool isFound = false;
  (void)tree.traverse(
      ray, nearest, std::numeric_limits<double>::infinity(), [&](std::uint32_t triangle, double farthest) {
        const std::uint32_t* corner = &mesh.triangles[3 * std::size_t(triangle)];
        const double at =
            scene::hitTriangle(ray, pointOf(mesh.positions[corner[0]]), pointOf(mesh.positions[corner[1]]),
                               pointOf(mesh.positions[corner[2]]));
        if (at <= nearest) return farthest;
        isFound = true;
        // Nothing farther is of interest.
        return nearest;
      });
  return isFound;
}

/// A part's anchor, then points all over its surface that face a direction.
std::vector<Vec3> placesFacing(const Part& part, Vec3 direction) {
  constexpr std::size_t kPlaces = 48;
  const scene::TriangleMesh& mesh = *part.mesh;
  std::vector<Vec3> facing;
  for (std::size_t i = 0; i < mesh.positions.size() && i < mesh.normals.size(); ++i)
    if (dot(pointOf(mesh.normals[i]), direction) > 0.6) facing.push_back(pointOf(mesh.positions[i]));
  std::vector<Vec3> places{part.anchor};
  const std::size_t stride = std::max<std::size_t>(1, facing.size() / kPlaces);
  for (std::size_t i = stride / 2; i < facing.size(); i += stride) places.push_back(facing[i]);
  std::stable_sort(places.begin() + 1, places.end(), [&](Vec3 a, Vec3 b) {
    return dot(a - part.anchor, a - part.anchor) < dot(b - part.anchor, b - part.anchor);
  });
  return places;
}

}  // namespace

PlacedParts::PlacedParts(std::shared_ptr<const Parts> parts, std::shared_ptr<const Atlas> atlas,
                         const scene::Stance& stance)
    : parts_(std::move(parts)), atlas_(std::move(atlas)), catalogue_(atlas_->catalogue({})) {
  std::vector<scene::Bounds> boxes;
  for (const Part& part : *parts_) {
    boxes.push_back(scene::boundsOf(*part.mesh));
    whole_.add(boxes.back());
  }
  for (std::size_t i = 0; i < parts_->size(); ++i) {
    Placed placed;
    placed.part = &(*parts_)[i];
    placed.structure = catalogue_->find(placed.part->id);
    AULA_ASSERT(placed.structure != nullptr);
    placed.away = boxes[i].centre() - whole_.centre();
    placed_.push_back(std::move(placed));
  }
  const double a = stance.azimuth * core::kPi / 180, e = stance.elevation * core::kPi / 180;
  findObstacles({std::cos(e) * std::cos(a), std::cos(e) * std::sin(a), std::sin(e)});
}

void PlacedParts::findObstacles(Vec3 towardsViewer) {
  for (Placed& placed : placed_)
    for (const Vec3 place : placesFacing(*placed.part, towardsViewer)) placed.spots.push_back({place, {}});
  const std::vector<Vec3> rays = raysAbout(towardsViewer);
  for (Placed& placed : placed_)
    for (Spot& spot : placed.spots) spot.obstacles.resize(rays.size());
  for (std::size_t other = 0; other < placed_.size(); ++other) {
    const scene::TriangleMesh& mesh = *placed_[other].part->mesh;
    const scene::Bvh tree = scene::makeBvh(mesh);
    for (Placed& placed : placed_)
      for (Spot& spot : placed.spots)
        for (std::size_t k = 0; k < rays.size(); ++k)
          if (isHit(mesh, tree, {spot.place, rays[k]})) spot.obstacles[k].push_back(other);
  }
}

double PlacedParts::opacityOf(const Placed& placed, const AtlasScene& scene) const {
  if (scene.hidden.contains(placed.part->id)) return 0;
  return std::clamp(placed.structure->layer + 1 - scene.peel, 0.0, 1.0);
}

bool PlacedParts::isCutting(const AtlasScene& scene) const {
  if (!scene.cut) return false;
  if (scene.explode > 0) return true;
  for (int corner = 0; corner < 8; ++corner)
    if (dot(scene.cut->normal, whole_.corner(corner)) < scene.cut->offset) return true;
  return false;
}

bool PlacedParts::isThere(const Placed& placed, const Spot& spot, const AtlasScene& scene) const {
  if (opacityOf(placed, scene) <= 0) return false;
  return !scene.cut || dot(scene.cut->normal, spot.place + scene.explode * placed.away) >= scene.cut->offset;
}

bool PlacedParts::isInSight(const Placed& placed, const Spot& spot, const AtlasScene& scene) const {
  if (!isThere(placed, spot, scene)) return false;
  // Where parts stand apart or are cut open, one sees into them.
  if (scene.explode > 0 || isCutting(scene)) return true;
  const auto isFree = [&](const std::vector<std::size_t>& others) {
    return std::none_of(others.begin(), others.end(), [&](std::size_t other) {
      return opacityOf(placed_[other], scene) * double(placed_[other].part->material.opacity) > 0.99;
    });
  };
  // The first ray goes straight to the viewer; most of those about it must get there as well, for a spot that
  // shows through a chink is none.
  const auto free = std::count_if(spot.obstacles.begin(), spot.obstacles.end(), isFree);
  return isFree(spot.obstacles.front()) && 3 * std::size_t(free) >= 2 * spot.obstacles.size();
}

const PlacedParts::Spot* PlacedParts::spotInSight(const Placed& placed, const AtlasScene& scene) const {
  const Spot* nearest = nullptr;
  constexpr int kEnoughSpots = 3;
  int count = 0;
  for (const Spot& spot : placed.spots) {
    if (!isInSight(placed, spot, scene)) continue;
    if (nearest == nullptr) nearest = &spot;
    // The anchor is enough; else more than a corner must be seen.
    if (nearest == &placed.spots.front() || ++count >= kEnoughSpots) return nearest;
  }
  return nullptr;
}

void PlacedParts::addLabel(const Placed& placed, const Spot& spot, const std::string& id,
                           const AtlasScene& scene, scene::Frame& frame) const {
  scene::LabelView label;
  // The session puts the name in the reader's language here.
  label.text = catalogue_->find(id)->name.in("en");
  label.position = spot.place + scene.explode * placed.away;
  label.hasLeader = true;
  // Outer layers are what one looks at.
  label.priority = placed.part->labelPriority + kLayerWeight * (kLayers - placed.structure->layer);
  label.structure = id;
  frame.views.emplace_back(std::move(label));
}

void PlacedParts::publish(const AtlasScene& scene, scene::Frame& frame) const {
  for (const Placed& placed : placed_) {
    const double opacity = opacityOf(placed, scene);
    if (opacity <= 0) continue;
    scene::MeshView view;
    view.name = placed.part->id;
    view.mesh = placed.part->mesh;
    view.material = placed.part->material;
    view.material.opacity *= static_cast<float>(opacity);
    scene::Transform place;
    place.translation = scene.explode * placed.away;
    view.instances = {place};
    frame.views.emplace_back(std::move(view));
  }
  if (isCutting(scene)) frame.clips.push_back(*scene.cut);
  if (scene.hasAllLabels) {
    for (const Placed& placed : placed_)
      if (const Spot* spot = spotInSight(placed, scene))
        addLabel(placed, *spot, placed.part->id, scene, frame);
    return;
  }
  for (const std::string& id : scene.labels) {
    const Placed* best = nullptr;
    const auto branch = catalogue_->branch(id);
    for (const Placed& placed : placed_) {
      const bool isBelow = std::find(branch.begin(), branch.end(), placed.structure) != branch.end();
      if (isBelow && isThere(placed, placed.spots.front(), scene) &&
          (best == nullptr || placed.part->labelPriority > best->part->labelPriority))
        best = &placed;
    }
    if (best == nullptr) continue;
    const Spot* spot = spotInSight(*best, scene);
    addLabel(*best, spot != nullptr ? *spot : best->spots.front(), id, scene, frame);
  }
}

}  // namespace aula::anatomy
