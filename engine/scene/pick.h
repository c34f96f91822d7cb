// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>

#include "scene/ray.h"
#include "scene/view/view.h"

namespace aula::scene {

/// What a ray meets first.
struct PickHit {
  std::size_t view = 0;      ///< Index into the frame's views.
  std::string name;          ///< That view's name.
  std::size_t index = 0;     ///< Mesh: the instance; particles: the particle (of a rod: the nearer one).
  std::size_t triangle = 0;  ///< Meshes only.
  double distance = 0;       ///< m, along the ray.
  core::Vec3 position;       ///< m
  core::Vec3 normal;         ///< Unit, of the surface, towards the ray's origin.
};

/// Finds what lies under a pointer, on the CPU: meshes (all instances), particles and rods, the boxes of
/// volumes and rectangles of slices (these last only where nothing solid is hit). What the frame's clip
/// planes cut away is not hit. Trees over triangles are kept by the mesh's address and those over particles
/// by their positions', so that frames which share them cost nothing again. One thread at a time. A tree
/// takes about a second a million triangles on one core, a ray through it then a few microseconds.
class Picker {
 public:
  Picker();
  ~Picker();
  Picker(const Picker&) = delete;
  Picker& operator=(const Picker&) = delete;

  /// From now on picks are in this frame; its arrays are kept alive.
  void setFrame(const Frame& frame);
  /// The nearest hit between the distances; nothing where there is none. `ray.direction` need not be unit.
  [[nodiscard]] std::optional<PickHit> pick(const Ray& ray, double nearest = 0,
                                            double farthest = std::numeric_limits<double>::infinity()) const;

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace aula::scene
