// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/vec2.hpp>

namespace aula::render::temporal {

/// How many different places within a pixel are sampled before they repeat: about eight for each pixel of the
/// finished picture, 8 ratio² (as FSR 2 has it, AMD 2022).
[[nodiscard]] int jitterLength(double ratio);

/// The `index`-th place, in pixels of the image drawn into, each part within -0.5 and 0.5: Halton's sequence
/// in bases 2 and 3 (Halton 1960), its mean taken off so that a picture does not stand aside. Any index from
/// 0; repeats after jitterLength(ratio). Add it to what is drawn: a thing at pixel p without jitter is drawn
/// at p + jitter (x right, y down), that is clip.xy += 2 jitter / size * w where y points down.
[[nodiscard]] glm::vec2 jitterAt(int index, double ratio);

}  // namespace aula::render::temporal
