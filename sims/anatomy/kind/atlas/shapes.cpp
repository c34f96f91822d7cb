// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/shapes.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <mutex>
#include <set>
#include <tuple>

#include "anatomy/kind/atlas/part_cache.h"
#include "core/error.h"
#ifdef AULA_ATLAS_HEART
#include "anatomy/heart/body/parts.h"
#endif
#ifdef AULA_ATLAS_UPPER_LIMB
#include "anatomy/upper_limb/bones.h"
#include "anatomy/upper_limb/skin.h"
#endif
#ifdef AULA_ATLAS_AIRWAYS
#include "anatomy/airways/parts.h"
#endif

namespace aula::anatomy {

namespace {

/// What takes longer to make is kept on the disk.
constexpr double kWorthKeepingSeconds = 1;

Parts made(const RegionShapes& shapes, const PartSource& source, double spacing) {
  const PartCache cache(shapes.region, source.name, spacing);
  Parts parts;
  if (auto kept = cache.load()) {
    parts = std::move(*kept);
  } else {
    const auto begin = std::chrono::steady_clock::now();
    parts = source.make(spacing);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    if (took.count() > kWorthKeepingSeconds) cache.store(parts);
  }
  if (source.dress)
    for (Part& part : parts) source.dress(part);
  return parts;
}

Parts sorted(const RegionShapes& shapes, const Atlas& atlas, double spacing) {
  std::map<std::string, Part> byId;
  for (const PartSource& source : shapes.sources) {
    Parts parts = made(shapes, source, spacing);
    for (Part& part : parts) {
      const std::string id = part.id;
      const Term* term = atlas.find(id);
      if (term == nullptr || !term->structure.isDrawn || !source.makes(*term) || !part.mesh)
        throw core::Error("the shapes of " + shapes.region + " (" + source.name + ") hold " + id +
                          ", which is not theirs to make");
      if (!byId.emplace(id, std::move(part)).second)
        throw core::Error("the shapes of " + shapes.region + " hold " + id + " twice");
    }
  }
  Parts all;
  for (const Term& term : atlas.terms()) {
    const auto found = byId.find(term.structure.id);
    if (found != byId.end()) {
      all.push_back(std::move(found->second));
      continue;
    }
    for (const PartSource& source : shapes.sources)
      if (term.structure.isDrawn && source.makes(term))
        throw core::Error("the shapes of " + shapes.region + " (" + source.name + ") lack " +
                          term.structure.id);
  }
  return all;
}

#ifdef AULA_ATLAS_UPPER_LIMB
Parts muscleParts(double) {
  Parts parts = upperLimbMuscles(upperLimbMuscleShapes(), Pose{});
  // The picture of fibres is put on again by dressMuscle.
  for (Part& part : parts) part.material = {};
  return parts;
}

void dressMuscle(Part& part) {
  part.material = fibreMaterial();
}

Parts skinParts(double spacing) {
  const UpperLimbMuscles& muscles = upperLimbMuscleShapes();
  // Skin is smooth where bones have ridges.
  const UpperLimbSkin skin(muscles, 4 * spacing);
  UpperLimbSkin::Surface surface = skin.at(Pose{}, muscles.at(Pose{}));
  auto mesh = std::make_shared<scene::TriangleMesh>();
  mesh->positions = std::move(surface.positions);
  mesh->normals = std::move(surface.normals);
  mesh->triangles = skin.triangles();
  Part part;
  part.id = "skin_upper_limb";
  part.material = skinMaterial();
  // On the front of the forearm, where nothing else is named.
  constexpr double kHeight = -0.40;
  double best = std::numeric_limits<double>::infinity();
  for (const scene::Float3 p : mesh->positions) {
    const double off = std::abs(double(p.z) - kHeight) + (1 - double(p.y));
    if (off < best) {
      best = off;
      part.anchor = {p.x, p.y, p.z};
    }
  }
  part.mesh = std::move(mesh);
  return {std::move(part)};
}
#endif

}  // namespace

std::shared_ptr<const Parts> partsOf(const RegionShapes& shapes, const Atlas& atlas, double spacing) {
  static std::mutex mutex;
  static std::map<std::tuple<const RegionShapes*, double>, std::weak_ptr<const Parts>> known;
  const std::lock_guard lock(mutex);
  auto& entry = known[{&shapes, spacing}];
  auto parts = entry.lock();
  if (!parts) {
    parts = std::make_shared<const Parts>(sorted(shapes, atlas, spacing));
    entry = parts;
  }
  return parts;
}

const std::vector<RegionShapes>& builtInShapes() {
  static const std::vector<RegionShapes> shapes = [] {
    const auto isOf = [](std::initializer_list<int> layers) {
      return [layers = std::set<int>(layers)](const Term& term) {
        return layers.contains(term.structure.layer);
      };
    };
    const auto isAny = [](const Term&) { return true; };
    std::vector<RegionShapes> all;
#ifdef AULA_ATLAS_UPPER_LIMB
    all.push_back({"upper_limb",
                   0.0012,
                   {{"bones", isOf({3}), upperLimbBones, nullptr},
                    {"muscles", isOf({1, 2}), muscleParts, dressMuscle},
                    {"skin", isOf({0}), skinParts, nullptr}}});
#endif
#ifdef AULA_ATLAS_HEART
    all.push_back({"heart", 0.0015, {{"heart", isAny, heart::heartParts, nullptr}}});
#endif
#ifdef AULA_ATLAS_AIRWAYS
    const auto lungs = [](double spacing) { return lungParts(spacing); };
    all.push_back({"airways", 0.002, {{"lungs", isAny, lungs, nullptr}}});
#endif
    return all;
  }();
  return shapes;
}

}  // namespace aula::anatomy
