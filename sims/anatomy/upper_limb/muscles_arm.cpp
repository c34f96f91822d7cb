// SPDX-License-Identifier: Apache-2.0
#include "anatomy/upper_limb/bones.h"
#include "anatomy/upper_limb/landmarks.h"
#include "anatomy/upper_limb/muscles.h"

namespace aula::anatomy {

namespace {

/// From the lateral third of the clavicle over the acromion to the spine of the scapula, and the two edges
/// and the tip of the tuberosity.
SheetEnds deltoidEnds() {
  using namespace landmark;
  const Vec3 above{0, 0, 0.001};
  SheetEnds ends;
  ends.origin = {kLateralClavicle + Vec3{-0.028, 0.006, 0} + above,
                 kLateralClavicle + above,
                 Vec3{0.004, 0.001, 0.042},
                 kAcromion + above,
                 kAcromialAngle + above,
                 0.5 * (kAcromialAngle + kScapularSpine) + above,
                 kScapularSpine + above};
  ends.insertion = {kDeltoidTuberosity + Vec3{-0.003, 0.009, 0.018}, kDeltoidTuberosity + Vec3{0, 0, -0.006},
                    kDeltoidTuberosity + Vec3{-0.005, -0.009, 0.018}};
  return ends;
}

}  // namespace

const UpperLimbMuscles& upperLimbMuscleShapes() {
  static const UpperLimbMuscles muscles = [] {
    std::array<std::vector<Solid>, kBodies> bones;
    for (const BoneSolid& bone : upperLimbBoneSolids())
      for (std::size_t b = 0; b < std::size_t(kBodies); ++b)
        if (bone.body == nameOf(static_cast<Body>(b))) bones[b].push_back(bone.solid);
    return UpperLimbMuscles(upperLimb(), bones, deltoidEnds());
  }();
  return muscles;
}

}  // namespace aula::anatomy
