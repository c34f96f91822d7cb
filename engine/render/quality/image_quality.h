// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "render/image.h"

/// How far a picture is from the one it should be. All compare the colours as they are shown (8-bit sRGB);
/// alpha is ignored. Throw core::Error (input) when sizes differ or there is no pixel.
namespace aula::render::quality {

/// Peak signal-to-noise ratio over red, green and blue, dB; infinite for equal pictures.
[[nodiscard]] double psnr(const Image& reference, const Image& test);
/// The mean squared error that psnr() is made of, of values from 0 to 1: what to average over frames.
[[nodiscard]] double meanSquaredError(const Image& reference, const Image& test);
[[nodiscard]] double psnrOf(double meanSquaredError);

/// Structural similarity of luma, mean over all windows (Wang et al. 2004, section III,
/// doi:10.1109/TIP.2003.819861): 1 for equal pictures. At least 11 x 11 pixels.
[[nodiscard]] double ssim(const Image& reference, const Image& test);

/// How pictures are looked at: pixels for each degree of the viewer's field.
struct Viewing {
  /// A screen 0.7 m and 3840 pixels wide at 0.7 m (Andersson et al. 2020, section 4.1).
  double pixelsPerDegree = 0.7 * (3840 / 0.7) * 3.14159265358979323846 / 180;
};

/// The difference a viewer sees flipping between both pictures, mean over pixels (Andersson et al. 2020,
/// "FLIP: A Difference Evaluator for Alternating Images", doi:10.1145/3406183): 0 equal, 1 as different as
/// can be.
[[nodiscard]] double flip(const Image& reference, const Image& test, const Viewing& viewing = {});
/// The same for each pixel, rows from the top.
[[nodiscard]] std::vector<float> flipMap(const Image& reference, const Image& test,
                                         const Viewing& viewing = {});

}  // namespace aula::render::quality
