// SPDX-License-Identifier: Apache-2.0
#include "scene/pick.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <vector>

#include "scene/mesh/bvh.h"
#include "scene/view/bounds.h"

namespace aula::scene {

namespace {

constexpr double kNever = std::numeric_limits<double>::infinity();

Float3 lowered(core::Vec3 p) {
  const auto down = [](double v) { return std::nextafter(float(v), -FloatBox::kFar); };
  return {down(p.x), down(p.y), down(p.z)};
}
Float3 raised(core::Vec3 p) {
  const auto up = [](double v) { return std::nextafter(float(v), FloatBox::kFar); };
  return {up(p.x), up(p.y), up(p.z)};
}

FloatBox boxAround(const Bounds& bounds) {
  FloatBox box;
  if (bounds.isEmpty()) return box;
  box.add(lowered(bounds.lower));
  box.add(raised(bounds.upper));
  return box;
}

/// Particles first, then rods, by index.
struct ParticleTree {
  Bvh tree;
  std::vector<std::uint32_t> members;  ///< Of finite place; from `positions.size()` on: bonds.
};

float radiusOf(const ParticlesView& view, std::size_t i) {
  if (!view.radii || view.radii->empty()) return view.bondRadius;
  return view.radii->size() == 1 ? view.radii->front() : i < view.radii->size() ? (*view.radii)[i] : 0;
}

ParticleTree makeTree(const ParticlesView& view) {
  ParticleTree made;
  std::vector<FloatBox> boxes;
  const std::vector<Float3>& positions = *view.positions;
  const auto add = [&](const Bounds& bounds, std::size_t member) {
    if (bounds.isEmpty()) return;
    boxes.push_back(boxAround(bounds));
    made.members.push_back(std::uint32_t(member));
  };
  for (std::size_t i = 0; i < positions.size(); ++i) {
    Bounds point;
    point.add(toVec3(positions[i]));
    add(point.grown(radiusOf(view, i)), i);
  }
  if (view.bonds && view.bondRadius > 0)
    for (std::size_t b = 0; b < view.bonds->size(); ++b) {
      const auto [i, j] = (*view.bonds)[b];
      if (i >= positions.size() || j >= positions.size()) continue;
      Bounds rod;
      rod.add(toVec3(positions[i]));
      rod.add(toVec3(positions[j]));
      add(rod.grown(view.bondRadius), positions.size() + b);
    }
  made.tree = Bvh(boxes);
  return made;
}

/// Both distances where the ray's line passes a ball; false: it misses.
bool hitBall(const Ray& ray, core::Vec3 centre, double radius, double& in, double& out) {
  // From the point nearest to the centre, so that small balls far away keep their digits (Haines et al. 2019,
  // "Precision Improvements for Ray/Sphere Intersection").
  const double a = dot(ray.direction, ray.direction);
  const core::Vec3 from = centre - ray.origin;
  const double middle = dot(from, ray.direction) / a;
  const core::Vec3 offset = from - middle * ray.direction;
  const double rest = radius * radius - dot(offset, offset);
  if (rest < 0) return false;
  const double half = std::sqrt(rest / a);
  in = middle - half;
  out = middle + half;
  return true;
}

/// Likewise a rod without its ends (balls cover them).
bool hitRod(const Ray& ray, core::Vec3 from, core::Vec3 to, double radius, double& in, double& out) {
  const double size = length(to - from);
  if (!(size > 0)) return false;
  const core::Vec3 axis = (to - from) / size;
  const core::Vec3 across = ray.direction - dot(ray.direction, axis) * axis, start = ray.origin - from;
  const core::Vec3 offset = start - dot(start, axis) * axis;
  const double a = dot(across, across), b = dot(across, offset), c = dot(offset, offset) - radius * radius;
  if (!(a > 0) || b * b < a * c) return false;
  const double root = std::sqrt(b * b - a * c);
  in = (-b - root) / a;
  out = (-b + root) / a;
  // The stretch within the rod's length.
  const double along = dot(ray.direction, axis), at = dot(start, axis);
  if (along != 0) {
    const double e = (0 - at) / along, f = (size - at) / along;
    in = std::max(in, std::min(e, f));
    out = std::min(out, std::max(e, f));
  } else if (at < 0 || at > size) {
    return false;
  }
  return in <= out;
}

/// The part of a ray that lies within a box along the axes.
bool hitBox(const Ray& ray, const Bounds& box, double& in, double& out) {
  in = -kNever;
  out = kNever;
  for (int axis = 0; axis < 3; ++axis) {
    if (ray.direction[axis] == 0) {
      if (ray.origin[axis] < box.lower[axis] || ray.origin[axis] > box.upper[axis]) return false;
      continue;
    }
    const double a = (box.lower[axis] - ray.origin[axis]) / ray.direction[axis],
                 b = (box.upper[axis] - ray.origin[axis]) / ray.direction[axis];
    in = std::max(in, std::min(a, b));
    out = std::min(out, std::max(a, b));
  }
  return in <= out;
}

struct Placement {
  std::size_t view = 0, instance = 0;
  const MeshView* mesh = nullptr;
  const Bvh* tree = nullptr;
};

/// The ray as the mesh sees it; false where the instance is flat.
bool movedInto(const Transform& t, const Ray& ray, Ray& moved) {
  const double volume = dot(t.x, cross(t.y, t.z));
  if (volume == 0 || !std::isfinite(volume)) return false;
  const auto back = [&](core::Vec3 v) {
    return core::Vec3{dot(v, cross(t.y, t.z)), dot(v, cross(t.z, t.x)), dot(v, cross(t.x, t.y))} / volume;
  };
  moved = {back(ray.origin - t.translation), back(ray.direction)};
  return true;
}

}  // namespace

struct Picker::Implementation {
  template <class Tree, class Owner>
  struct Kept {
    std::shared_ptr<const Owner> owner;  ///< Keeps the address from being another's.
    std::shared_ptr<const void> second;
    Tree tree;
    bool isUsed = true;
  };
  Frame frame;
  std::map<const void*, Kept<Bvh, TriangleMesh>> meshes;
  std::map<std::size_t, Kept<ParticleTree, std::vector<Float3>>> particles;  ///< By view.
  std::vector<Placement> placements;
  Bvh placementTree;

  [[nodiscard]] static const Transform& transformOf(const Placement& place) {
    static const Transform kIdentity;
    return place.mesh->instances.empty() ? kIdentity : place.mesh->instances[place.instance];
  }

  [[nodiscard]] bool isKept(core::Vec3 p) const {
    return std::all_of(frame.clips.begin(), frame.clips.end(),
                       [&](const ClipPlane& clip) { return dot(clip.normal, p) >= clip.offset; });
  }
};

Picker::Picker() : implementation_(std::make_unique<Implementation>()) {}
Picker::~Picker() = default;

void Picker::setFrame(const Frame& frame) {
  Implementation& own = *implementation_;
  own.frame = frame;
  own.placements.clear();
  for (auto& [key, kept] : own.meshes) kept.isUsed = false;
  for (auto& [key, kept] : own.particles) kept.isUsed = false;
  std::vector<FloatBox> boxes;
  for (std::size_t i = 0; i < own.frame.views.size(); ++i) {
    if (const auto* mesh = std::get_if<MeshView>(&own.frame.views[i]); mesh && mesh->mesh) {
      const auto [kept, isNew] = own.meshes.try_emplace(mesh->mesh.get());
      if (isNew) kept->second = {mesh->mesh, nullptr, makeBvh(*mesh->mesh), true};
      kept->second.isUsed = true;
      const Bounds bounds = boundsOf(*mesh->mesh);
      for (std::size_t k = 0; k < std::max<std::size_t>(1, mesh->instances.size()); ++k) {
        Placement place{i, k, mesh, &kept->second.tree};
        const Bounds moved = transformed(bounds, Implementation::transformOf(place));
        if (moved.isEmpty()) continue;
        own.placements.push_back(place);
        boxes.push_back(boxAround(moved));
      }
    }
    if (const auto* particles = std::get_if<ParticlesView>(&own.frame.views[i]);
        particles && particles->positions) {
      auto& kept = own.particles[i];
      if (kept.owner != particles->positions || kept.second != particles->radii)
        kept = {particles->positions, particles->radii, makeTree(*particles), true};
      kept.isUsed = true;
    }
  }
  own.placementTree = Bvh(boxes);
  std::erase_if(own.meshes, [](const auto& entry) { return !entry.second.isUsed; });
  std::erase_if(own.particles, [](const auto& entry) { return !entry.second.isUsed; });
}

std::optional<PickHit> Picker::pick(const Ray& given, double nearest, double farthest) const {
  const Implementation& own = *implementation_;
  const double size = length(given.direction);
  if (!(size > 0) || !std::isfinite(size)) return std::nullopt;
  const Ray ray{given.origin, given.direction / size};
  std::optional<PickHit> best;
  const auto at = [&](double t) { return ray.origin + t * ray.direction; };
  const auto accept = [&](std::size_t view, std::size_t index, std::size_t triangle, double t,
                          core::Vec3 normal) {
    best = PickHit{view,
                   nameOf(own.frame.views[view]),
                   index,
                   triangle,
                   t,
                   at(t),
                   dot(normal, ray.direction) > 0 ? -normal : normal};
    return t;
  };

  farthest = own.placementTree.traverse(ray, nearest, farthest, [&](std::uint32_t p, double limit) {
    const Placement& place = own.placements[p];
    const Transform& stands = Implementation::transformOf(place);
    Ray local;
    if (!movedInto(stands, ray, local)) return limit;
    const TriangleMesh& mesh = *place.mesh->mesh;
    return place.tree->traverse(local, nearest, limit, [&](std::uint32_t t, double closest) {
      const auto corner = [&](std::size_t c) { return toVec3(mesh.positions[mesh.triangles[3 * t + c]]); };
      const core::Vec3 a = corner(0), b = corner(1), c = corner(2);
      const double distance = hitTriangle(local, a, b, c);
      if (!(distance >= nearest && distance < closest)) return closest;
      if (place.mesh->isClipped && !own.isKept(at(distance))) return closest;
      const core::Vec3 normal = cross(stands.vector(b - a), stands.vector(c - a));
      return accept(place.view, place.instance, t, distance, normal / std::max(length(normal), 1e-300));
    });
  });

  for (const auto& [view, kept] : own.particles) {
    const auto& particles = std::get<ParticlesView>(own.frame.views[view]);
    const std::vector<Float3>& positions = *particles.positions;
    farthest = kept.tree.tree.traverse(
        ray, nearest, farthest, [&, v = view, k = &kept](std::uint32_t m, double limit) {
          const std::size_t member = k->tree.members[m];
          double in = 0, out = 0;
          std::size_t i = member;
          core::Vec3 from, axis;
          if (member < positions.size()) {
            from = toVec3(positions[i]);
            if (!hitBall(ray, from, radiusOf(particles, i), in, out)) return limit;
          } else {
            const auto [first, second] = (*particles.bonds)[member - positions.size()];
            from = toVec3(positions[first]);
            const core::Vec3 to = toVec3(positions[second]);
            if (!hitRod(ray, from, to, particles.bondRadius, in, out)) return limit;
            axis = normalised(to - from);
            i = length(at(in) - from) <= length(at(in) - to) ? first : second;
          }
          // From inside, or where the near side is cut away, the far side counts.
          for (const double t : {in, out}) {
            if (!(t >= nearest && t < limit) || !own.isKept(at(t))) continue;
            core::Vec3 normal = at(t) - from;
            normal = normal - dot(normal, axis) * axis;
            return accept(v, i, 0, t, normal / std::max(length(normal), 1e-300));
          }
          return limit;
        });
  }
  if (best) return best;

  // See-through things only where nothing solid is.
  for (std::size_t i = 0; i < own.frame.views.size(); ++i) {
    const View& view = own.frame.views[i];
    double in = 0, out = 0;
    if (const auto* slice = std::get_if<SliceView>(&view)) {
      for (const auto& [b, c] : {std::pair{slice->u, slice->u + slice->v}, {slice->u + slice->v, slice->v}}) {
        const double t = hitTriangle(ray, slice->corner, slice->corner + b, slice->corner + c);
        if (!(t >= nearest && t < farthest) || !own.isKept(at(t))) continue;
        const core::Vec3 normal = cross(slice->u, slice->v);
        farthest = accept(i, 0, 0, t, normal / std::max(length(normal), 1e-300));
      }
    } else if (std::holds_alternative<VolumeView>(view) || std::holds_alternative<IsoSurfaceView>(view)) {
      const Bounds box = boundsOf(view);
      if (box.isEmpty() || !hitBox(ray, box, in, out)) continue;
      const double t = std::max(in, nearest);
      if (t <= out && t < farthest && own.isKept(at(t))) farthest = accept(i, 0, 0, t, -ray.direction);
    }
  }
  return best;
}

}  // namespace aula::scene
