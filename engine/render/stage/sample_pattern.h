// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <glm/vec2.hpp>

namespace aula::render::stage {

/// Where the `index`-th of `count` samples of a still lies, in pixels from the middle. Samples of equal
/// weight are as dense as a Blackman-Harris window three pixels wide (filter importance sampling, Ernst
/// 2006), which leaves neither jagged nor ringing edges; a single sample lies in the middle.
[[nodiscard]] glm::vec2 sampleAt(int index, int count);

}  // namespace aula::render::stage
