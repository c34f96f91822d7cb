// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "anatomy/muscle/limb.h"
#include "anatomy/shape/part.h"
#include "anatomy/upper_limb/muscles_field.h"
#include "anatomy/upper_limb/muscles_sheet.h"

/// The arm's muscles as closed surfaces that follow a pose: a belly between its tendons along the muscle's
/// path, thicker where it is shorter so that its volume stays, giving way to bone and to what lies deeper.
namespace aula::anatomy {

/// One muscle at a moment. Points are in the lab's frame; their number and order never change.
struct MuscleSurface {
  std::string id;
  std::vector<scene::Float3> positions;  ///< m
  std::vector<scene::Float3> normals;
  Vec3 anchor;             ///< m, on its surface: where a label's line ends
  double bellyVolume = 0;  ///< m^3, of its flesh
};

/// What does not change with the pose.
struct MuscleLayout {
  std::vector<std::uint32_t> triangles;
  /// Along the fibres from 0 at the origin to 1; across them from 0 to 1 and back, so that there is no seam.
  std::vector<std::array<float, 2>> textureCoordinates;
  std::vector<float> tendon;  ///< One a point: 0 flesh, 1 tendon
};

/// Immutable once made; any thread. Making it samples the bones: some tenths of a second.
class UpperLimbMuscles {
 public:
  /// `bones` by body, in the anatomical position; `deltoid` where its attachments are. `limb` must outlive
  /// this.
  UpperLimbMuscles(const LimbModel& limb, const std::array<std::vector<Solid>, kBodies>& bones,
                   SheetEnds deltoid);

  [[nodiscard]] const std::vector<std::string>& ids() const { return ids_; }
  [[nodiscard]] const MuscleLayout& layout(std::size_t muscle) const;
  /// m^3, of the belly, at every length
  [[nodiscard]] double volume(std::size_t muscle) const { return volumes_[muscle]; }
  /// All of them, in the order of ids(). `stretches`: m by which each tendon is longer than it was at rest
  /// and the belly therefore shorter than the path alone says; empty: none. Under 3 ms on one core.
  [[nodiscard]] std::vector<MuscleSurface> at(const Pose& pose, std::span<const double> stretches = {}) const;
  /// Unit, along the fibres from origin to insertion, one a point.
  [[nodiscard]] static std::vector<scene::Float3> fibres(const MuscleLayout& layout,
                                                         const MuscleSurface& surface);
  [[nodiscard]] const std::array<DistanceField, kBodies>& bones() const { return bones_; }
  [[nodiscard]] const LimbModel& limb() const { return limb_; }
  /// What at() is made of: the spindles, then the sheet.
  struct Forms {
    std::vector<MuscleTube> tubes;
    MuscleSheet sheet;
    bool hasSheet = false;
  };
  [[nodiscard]] Forms formsAt(const Pose& pose, std::span<const double> stretches = {}) const;

 private:
  struct Spindle {
    const MuscleRecipe* recipe = nullptr;
    const MuscleSpec* spec = nullptr;
    double rest = 0;                          ///< m, length of the path that it is shaped along
    std::vector<std::size_t> over;            ///< Spindles before this one.
    std::vector<std::size_t> earlier, later;  ///< Neighbours, by the order they are filled in.
    bool isAwaited = false;                   ///< A neighbour filled in earlier must know where it will be.
    std::size_t place = 0;                    ///< In ids_.
  };
  [[nodiscard]] MusclePath pathOf(const Spindle& spindle, const LimbStage& stage, const Pose& pose) const;

  const LimbModel& limb_;
  std::array<DistanceField, kBodies> bones_;
  SheetEnds deltoid_;
  std::vector<std::string> ids_;
  std::vector<double> volumes_;
  std::vector<Spindle> spindles_;
  std::size_t sheet_ = std::size_t(-1);  ///< The deltoid's place in ids_, where the limb has one.
};

/// Those of upperLimb() on upperLimbBoneSolids(). Made at the first call, which takes about a second.
[[nodiscard]] const UpperLimbMuscles& upperLimbMuscleShapes();

/// The muscles as they are in a pose, for atlases. Vertex colours tell flesh from tendon.
[[nodiscard]] std::vector<Part> upperLimbMuscles(const UpperLimbMuscles& muscles, const Pose& pose);

/// Flesh and tendon by point, times a tint of the flesh: what a mesh's colours are, its material being white.
[[nodiscard]] std::vector<scene::Colour> muscleColours(const MuscleLayout& layout, scene::Colour flesh);
/// Muscle's gloss and moisture with a picture of its fibres; white, for meshes with muscleColours.
[[nodiscard]] scene::Material fibreMaterial();

}  // namespace aula::anatomy
