// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "render/image.h"

namespace aula::render {

/// How far a picture may be from the stored one, in steps of an 8-bit channel.
struct GoldenTolerance {
  int most = 0;     ///< Of any channel of any pixel.
  double mean = 0;  ///< Over all pixels and channels.
};

/// Compares with tests/render/golden/NAME.png. On a difference the picture, the stored one and their
/// difference (eight times enlarged, on grey) are kept in golden-failures/ under the working folder, and the
/// message says where. With AULA_UPDATE_GOLDEN=1 in the environment the stored picture is replaced instead,
/// and the difference to the old one told.
testing::AssertionResult matchesGolden(const std::string& name, const Image& image,
                                       const GoldenTolerance& tolerance);

}  // namespace aula::render
