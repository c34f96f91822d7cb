// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <span>
#include <string>

#include "scene/mesh/material.h"

namespace aula::scene {

/// A PNG or JPEG picture from its bytes. `name` is for messages. Throws core::Error (input): another format,
/// broken, or more than `largest` pixels along a side.
[[nodiscard]] Texture decodePicture(std::span<const unsigned char> bytes, const std::string& name,
                                    int largest);

}  // namespace aula::scene
