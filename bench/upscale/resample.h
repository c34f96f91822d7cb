// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "render/image.h"

namespace aula::bench {

enum class Resampling {
  bilinear,
  bicubic  ///< Catmull and Rom 1974: goes through the pixels.
};

/// The picture at another size, larger or equal, each channel as it is stored; beyond the edges the outermost
/// pixels repeat.
[[nodiscard]] render::Image resampled(const render::Image& image, int width, int height, Resampling how);

}  // namespace aula::bench
