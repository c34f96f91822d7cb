// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/muscles.h"

#include <algorithm>
#include <cmath>

#include "anatomy/upper_limb/muscles_surface.h"
#include "core/error.h"

namespace aula::anatomy {

namespace {
/// Lattice of the bones' distances, m: finer than the gap between bone and muscle is wide where it matters,
/// for distances are blended between its nodes.
constexpr double kSpacing = 0.003;
}  // namespace

UpperLimbMuscles::UpperLimbMuscles(const LimbModel& limb,
                                   const std::array<std::vector<Solid>, kBodies>& bones, SheetEnds deltoid)
    : limb_(limb), deltoid_(std::move(deltoid)) {
  for (std::size_t b = 0; b < std::size_t(kBodies); ++b) bones_[b] = DistanceField(bones[b], kSpacing);
  for (const MuscleSpec& muscle : limb.muscles) {
    ids_.push_back(muscle.id);
    volumes_.push_back(muscle.volume);
    if (muscle.id == "deltoid") sheet_ = ids_.size() - 1;
  }
  for (const MuscleRecipe& recipe : muscleRecipes()) {
    const MuscleSpec* spec = limb.find(recipe.id);
    if (spec == nullptr) continue;
    Spindle spindle;
    spindle.recipe = &recipe;
    spindle.spec = spec;
    spindle.place = std::size_t(spec - limb.muscles.data());
    spindles_.push_back(spindle);
  }
  for (std::size_t i = 0; i < ids_.size(); ++i)
    if (i != sheet_ &&
        std::none_of(spindles_.begin(), spindles_.end(), [&](const Spindle& one) { return one.place == i; }))
      throw core::Error("there is no shape for the muscle \"" + ids_[i] + "\"");
  for (std::size_t i = 0; i < spindles_.size(); ++i) {
    Spindle& own = spindles_[i];
    const auto has = [](const std::vector<std::string>& list, const std::string& id) {
      return std::find(list.begin(), list.end(), id) != list.end();
    };
    for (std::size_t j = 0; j < spindles_.size(); ++j) {
      if (j == i) continue;
      const bool isOver = has(own.recipe->over, spindles_[j].recipe->id);
      if (isOver && j < i) own.over.push_back(j);
      if (isOver || !has(own.recipe->beside, spindles_[j].recipe->id)) continue;
      (j < i ? own.earlier : own.later).push_back(j);
    }
    for (const std::size_t j : own.later) spindles_[j].isAwaited = true;
    const Pose rest;
    const LimbStage stage(limb_, bones_, rest);
    own.rest = pathOf(own, stage, rest).length;
  }
}

MusclePath UpperLimbMuscles::pathOf(const Spindle& spindle, const LimbStage& stage, const Pose& pose) const {
  MusclePath path = anatomy::pathOf(limb_, *spindle.spec, pose);
  std::vector<Vec3> before;
  for (const PathPoint& point : spindle.recipe->before)
    before.push_back(stage.places[std::size_t(point.body)].point(point.place));
  for (std::size_t i = 0; i < before.size(); ++i)
    path.length += core::length((i + 1 < before.size() ? before[i + 1] : path.points.front()) - before[i]);
  path.points.insert(path.points.begin(), before.begin(), before.end());

  // Drawn tendons end on the bones as they are drawn; the forearm is rigid, so lengths change by a constant.
  const std::vector<Vec3>& after = spindle.recipe->after;
  if (!after.empty()) {
    const scene::Transform& forearm = stage.places[std::size_t(Body::forearm)];
    const auto down = [&](Vec3 p) { return dot(forearm.z, p - forearm.translation); };
    double change = 0;
    while (path.points.size() > 2 && down(path.points.back()) < after.front().z) {
      const Vec3 last = path.points.back();
      path.points.pop_back();
      change -= core::length(last - path.points.back());
    }
    for (const Vec3 p : after) {
      const Vec3 next = forearm.point(p);
      change += core::length(next - path.points.back());
      path.points.push_back(next);
    }
    path.length += change;
  }
  return path;
}

const MuscleLayout& UpperLimbMuscles::layout(std::size_t muscle) const {
  return muscle == sheet_ ? sheetLayout() : tubeLayout();
}

UpperLimbMuscles::Forms UpperLimbMuscles::formsAt(const Pose& pose, std::span<const double> stretches) const {
  const LimbStage stage(limb_, bones_, pose);
  std::vector<MusclePath> paths;
  Forms forms;
  forms.tubes.resize(spindles_.size());
  std::vector<MuscleTube>& tubes = forms.tubes;
  const auto stretchOf = [&](const Spindle& one) {
    return one.place < stretches.size() ? stretches[one.place] : 0.0;
  };
  const auto lay = [&](std::size_t i, const std::vector<const MuscleTube*>& deeper) {
    const Spindle& one = spindles_[i];
    layCurve(tubes[i], *one.recipe, volumes_[one.place], paths[i], one.rest, stretchOf(one), stage, deeper);
  };
  for (std::size_t i = 0; i < spindles_.size(); ++i) {
    paths.push_back(pathOf(spindles_[i], stage, pose));
    if (spindles_[i].over.empty() || spindles_[i].isAwaited) lay(i, {});
  }
  for (std::size_t i = 0; i < spindles_.size(); ++i) {
    const Spindle& one = spindles_[i];
    std::vector<const MuscleTube*> deeper, filled, later;
    for (const std::size_t j : one.over) deeper.push_back(&tubes[j]);
    filled = deeper;
    for (const std::size_t j : one.earlier) filled.push_back(&tubes[j]);
    for (const std::size_t j : one.later) later.push_back(&tubes[j]);
    if (!deeper.empty()) lay(i, deeper);
    fillRoom(tubes[i], volumes_[one.place], stage, filled, later);
  }
  if (sheet_ < ids_.size()) {
    std::vector<const MuscleTube*> deeper;
    for (std::size_t i = 0; i < spindles_.size(); ++i)
      if (ids_[spindles_[i].place].find("ceps") != std::string::npos ||
          ids_[spindles_[i].place] == "brachialis")
        deeper.push_back(&tubes[i]);
    laySheet(forms.sheet, deltoid_, volumes_[sheet_], stage, deeper);
    forms.hasSheet = true;
  }
  return forms;
}

std::vector<MuscleSurface> UpperLimbMuscles::at(const Pose& pose, std::span<const double> stretches) const {
  const Forms forms = formsAt(pose, stretches);
  std::vector<MuscleSurface> surfaces(ids_.size());
  for (std::size_t i = 0; i < spindles_.size(); ++i) surfaces[spindles_[i].place] = surfaceOf(forms.tubes[i]);
  if (forms.hasSheet) surfaces[sheet_] = surfaceOf(forms.sheet);
  for (std::size_t i = 0; i < ids_.size(); ++i) surfaces[i].id = ids_[i];
  return surfaces;
}

std::vector<scene::Float3> UpperLimbMuscles::fibres(const MuscleLayout& layout,
                                                    const MuscleSurface& surface) {
  // The direction in which the texture's first coordinate rises over the triangles around a point, by their
  // areas.
  std::vector<Vec3> sums(surface.positions.size());
  for (std::size_t t = 0; t + 2 < layout.triangles.size(); t += 3) {
    const std::uint32_t* c = &layout.triangles[t];
    const Vec3 a = toVec3(surface.positions[c[0]]), e = toVec3(surface.positions[c[1]]) - a,
               f = toVec3(surface.positions[c[2]]) - a;
    const Vec3 normal = cross(e, f);
    const double u0 = layout.textureCoordinates[c[0]][0], du = layout.textureCoordinates[c[1]][0] - u0,
                 dv = layout.textureCoordinates[c[2]][0] - u0;
    const double size = core::length(normal);
    if (size < 1e-16) continue;
    // The gradient of a function linear on the triangle times twice the area.
    const Vec3 gradient = cross(normal, dv * e - du * f) / size;
    for (int corner = 0; corner < 3; ++corner) sums[c[corner]] = sums[c[corner]] + gradient;
  }
  std::vector<scene::Float3> fibres;
  for (const Vec3 sum : sums) {
    const double size = core::length(sum);
    fibres.push_back(scene::toFloat3(size > 1e-16 ? sum / size : Vec3{0, 0, -1}));
  }
  return fibres;
}

std::vector<Part> upperLimbMuscles(const UpperLimbMuscles& muscles, const Pose& pose) {
  std::vector<Part> parts;
  const std::vector<MuscleSurface> surfaces = muscles.at(pose);
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    auto mesh = std::make_shared<scene::TriangleMesh>();
    const MuscleLayout& layout = muscles.layout(i);
    mesh->positions = surfaces[i].positions;
    mesh->normals = surfaces[i].normals;
    mesh->textureCoordinates = layout.textureCoordinates;
    mesh->triangles = layout.triangles;
    mesh->colours = muscleColours(layout, muscleMaterial().baseColour);
    Part part;
    part.id = surfaces[i].id;
    part.mesh = mesh;
    part.material = fibreMaterial();
    part.anchor = surfaces[i].anchor;
    parts.push_back(std::move(part));
  }
  return parts;
}

}  // namespace aula::anatomy
