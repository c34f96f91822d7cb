// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/upper_limb/bones_kit.h"

/// One bone of a digit each: in a frame with its origin in the middle of the base, x to the side, y to the
/// palm, z to the fingertip. `l`: length, mm; `g`: girth, times that of a middle finger's.
namespace aula::anatomy::digit {

[[nodiscard]] Solid metacarpal(const kit::Frame& f, double l, double g, bool isThumb);
[[nodiscard]] Solid phalanx(const kit::Frame& f, double l, double g);
[[nodiscard]] Solid distalPhalanx(const kit::Frame& f, double l, double g);

/// Joint surfaces of the heads: what the next bone's base is hollowed by.
[[nodiscard]] Solid metacarpalHead(const kit::Frame& f, double l, double g);
[[nodiscard]] Solid condyles(const kit::Frame& f, double l, double g);

}  // namespace aula::anatomy::digit
