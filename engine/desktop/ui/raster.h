// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>

#include "render/image.h"

namespace aula::desktop {

/// Where a texture's pixels lie; null when there is no such texture.
using TextureLookup = std::function<const render::Image*(std::uint64_t id)>;

/// Draws Dear ImGui's triangles into a picture without a graphics device: for a plot that is exported as a
/// PNG, and for looking at the window in tests. Textures are read bilinearly, colours blended as they are
/// stored (sRGB), as a window does it.
[[nodiscard]] render::Image rasterise(const ImDrawData& data, const TextureLookup& textures, ImU32 ground);

}  // namespace aula::desktop
