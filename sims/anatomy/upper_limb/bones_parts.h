// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "anatomy/upper_limb/bones.h"
#include "anatomy/upper_limb/bones_kit.h"

/// The bones one by one. Private to this folder.
namespace aula::anatomy {

/// Axes at the elbow: x along the joint's axis to the side, y to the front, z up the arm.
[[nodiscard]] kit::Frame elbowFrame();
/// The hand's: origin in the middle of the wrist, x to the thumb's side, y to the palm, z towards the elbow.
[[nodiscard]] kit::Frame handFrame();

/// Trochlea and capitulum as one body of revolution about the elbow's axis, so that what is cut out of ulna
/// and radius with it clears it at every angle.
[[nodiscard]] Solid elbowSpool();
/// What the upper ends of ulna and radius pass through between 0 and 130 degrees of flexion, with a margin.
[[nodiscard]] Solid elbowRoom();
/// The ball that the wrist's first row makes together.
[[nodiscard]] Solid carpalCondyle();

[[nodiscard]] BoneSolid makeHumerus();
[[nodiscard]] BoneSolid makeScapula();
[[nodiscard]] BoneSolid makeClavicle();
[[nodiscard]] BoneSolid makeUlna();
[[nodiscard]] BoneSolid makeRadius();
[[nodiscard]] BoneSolid makeCarpals();
[[nodiscard]] std::vector<BoneSolid> makeFingers();

}  // namespace aula::anatomy
