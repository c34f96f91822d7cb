// SPDX-License-Identifier: Apache-2.0
// Andersson, Nilsson, Akenine-Möller, Oskarsson, Åström and Fairchild 2020, "FLIP: A Difference Evaluator for
// Alternating Images", Proc. ACM Comput. Graph. Interact. Tech. 3 (2), 15. Written from the paper; "section"
// below is one of it.
#include <algorithm>
#include <array>
#include <cmath>
#include <glm/mat3x3.hpp>
#include <glm/matrix.hpp>
#include <glm/vec3.hpp>
#include <numeric>

#include "render/quality/image_quality.h"
#include "render/quality/plane.h"

namespace aula::render::quality {
namespace {

using glm::dmat3;
using glm::dvec3;
constexpr double kPi = 3.14159265358979323846;

/// One plane for each of three channels.
using Planes = std::array<Plane, 3>;

// IEC 61966-2-1:1999, section 5.2: XYZ of linear red, green and blue (glm: by columns), and white as their
// sum.
const dmat3 kXyzFromRgb(dvec3(0.4124, 0.2126, 0.0193), dvec3(0.3576, 0.7152, 0.1192),
                        dvec3(0.1805, 0.0722, 0.9505));
const dmat3 kRgbFromXyz = glm::inverse(kXyzFromRgb);
const dvec3 kWhite = kXyzFromRgb * dvec3(1);

double linearFromSrgb(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}

/// CIE L*a*b* without its cube root: opponent colours in which light adds (section 4.1.1, after Flohr et al.
/// 1993).
dvec3 opponentFromRgb(const dvec3& rgb) {
  const dvec3 xyz = kXyzFromRgb * rgb / kWhite;
  return {116 * xyz.y - 16, 500 * (xyz.x - xyz.y), 200 * (xyz.y - xyz.z)};
}
dvec3 rgbFromOpponent(const dvec3& opponent) {
  const double y = (opponent.x + 16) / 116;
  return kRgbFromXyz * (dvec3(y + opponent.y / 500, y, y - opponent.z / 200) * kWhite);
}

/// CIE 15:2004, section 8.2.1.1.
dvec3 labFromRgb(const dvec3& rgb) {
  const dvec3 xyz = kXyzFromRgb * rgb / kWhite;
  const auto f = [](double t) {
    constexpr double kDelta = 6.0 / 29;
    return t > kDelta * kDelta * kDelta ? std::cbrt(t) : t / (3 * kDelta * kDelta) + 4.0 / 29;
  };
  return {116 * f(xyz.y) - 16, 500 * (f(xyz.x) - f(xyz.y)), 200 * (f(xyz.y) - f(xyz.z))};
}

/// Colours seem stronger in brighter light (section 4.1.2, equation 5, after Hunt 1952).
dvec3 huntAdjusted(const dvec3& lab) {
  return {lab.x, 0.01 * lab.x * lab.y, 0.01 * lab.x * lab.z};
}

/// For large differences (section 4.1.2, equation 6, after Abasi et al. 2020).
double hyab(const dvec3& a, const dvec3& b) {
  return std::abs(a.x - b.x) + std::hypot(a.y - b.y, a.z - b.z);
}

/// The eye's contrast sensitivity as sums of two Gaussians a sqrt(pi / b) exp(-pi² x² / b), x in degrees
/// (section 4.1.1, equation 3 and table 1): luminance, red-green, blue-yellow.
struct Sensitivity {
  double a1, b1, a2, b2;
};
constexpr std::array<Sensitivity, 3> kSensitivity = {
    {{1, 0.0047, 0, 1e-5}, {1, 0.0053, 0, 1e-5}, {34.1, 0.04, 13.5, 0.025}}};
constexpr double kWidest = 0.04;  ///< The largest b: sets the filters' radius.

Plane seen(const Plane& channel, const Sensitivity& s, double pixelsPerDegree) {
  // Three standard deviations of the widest Gaussian; exp(-pi² x² / b) has sigma² = b / (2 pi²).
  const int radius = static_cast<int>(std::ceil(3 * std::sqrt(kWidest / (2 * kPi * kPi)) * pixelsPerDegree));
  Plane result(channel.width, channel.height);
  double total = 0;
  for (const auto& [a, b] : {std::pair(s.a1, s.b1), std::pair(s.a2, s.b2)}) {
    if (a == 0) continue;
    const Taps taps = gaussianTaps(std::sqrt(b / (2 * kPi * kPi)) * pixelsPerDegree, radius);
    const double weight = a * std::sqrt(kPi / b), sum = std::accumulate(taps.begin(), taps.end(), 0.0);
    const Plane part = filtered(channel, taps, taps);
    for (std::size_t i = 0; i < part.values.size(); ++i) result.values[i] += weight * part.values[i];
    total += weight * sum * sum;
  }
  for (double& value : result.values) value /= total;
  return result;
}

Planes opponentPlanes(const Image& image) {
  std::array<double, 256> linear{};
  for (std::size_t i = 0; i < linear.size(); ++i) linear[i] = linearFromSrgb(static_cast<double>(i) / 255);
  Planes planes{Plane(image.width, image.height), Plane(image.width, image.height),
                Plane(image.width, image.height)};
  for (std::size_t i = 0; i < planes[0].values.size(); ++i) {
    const std::uint8_t* p = &image.pixels[4 * i];
    const dvec3 colour = opponentFromRgb({linear[p[0]], linear[p[1]], linear[p[2]]});
    for (int c = 0; c < 3; ++c) planes[static_cast<std::size_t>(c)].values[i] = colour[c];
  }
  return planes;
}

/// What the eye makes of the colours at this distance, in L*a*b* after Hunt.
std::vector<dvec3> perceived(const Planes& opponent, double pixelsPerDegree) {
  Planes planes = opponent;
  for (std::size_t c = 0; c < 3; ++c) planes[c] = seen(opponent[c], kSensitivity[c], pixelsPerDegree);
  std::vector<dvec3> colours(planes[0].values.size());
  for (std::size_t i = 0; i < colours.size(); ++i) {
    const dvec3 rgb = rgbFromOpponent({planes[0].values[i], planes[1].values[i], planes[2].values[i]});
    colours[i] = huntAdjusted(labFromRgb(glm::clamp(rgb, dvec3(0), dvec3(1))));
  }
  return colours;
}

/// Makes the taps' positive weights add to 1 and the negative ones to -1 (section 4.2.1).
Taps balanced(Taps taps, double otherSum) {
  double positive = 0, negative = 0;
  for (const double tap : taps) (tap > 0 ? positive : negative) += tap * otherSum;
  for (double& tap : taps) tap /= tap > 0 ? positive : -negative;
  return taps;
}

/// Strengths of edges and of points in luminance (section 4.2): first and second derivatives of a Gaussian.
struct Features {
  std::vector<double> edge, point;
};
Features features(const Plane& opponentLuminance, double pixelsPerDegree) {
  Plane luminance = opponentLuminance;
  for (double& value : luminance.values) value = (value + 16) / 116;
  // As wide as the eye's peak of sensitivity: 0.082 degrees (section 4.2.1).
  const double sigma = 0.5 * 0.082 * pixelsPerDegree;
  const int radius = static_cast<int>(std::ceil(3 * sigma));
  const Taps gauss = gaussianTaps(sigma, radius);
  Taps first = gauss, second = gauss;
  for (int x = -radius; x <= radius; ++x) {
    const auto i = static_cast<std::size_t>(x + radius);
    first[i] *= -x;
    second[i] *= x * x / (sigma * sigma) - 1;
  }
  const double sum = std::accumulate(gauss.begin(), gauss.end(), 0.0);
  first = balanced(first, sum);
  second = balanced(second, sum);
  const auto strength = [&](const Taps& derivative) {
    const Plane across = filtered(luminance, derivative, gauss),
                down = filtered(luminance, gauss, derivative);
    std::vector<double> lengths(across.values.size());
    for (std::size_t i = 0; i < lengths.size(); ++i)
      lengths[i] = std::hypot(across.values[i], down.values[i]);
    return lengths;
  };
  return {strength(first), strength(second)};
}

/// Colour differences spread over 0 to 1 (section 4.1.3): powers of 0.7, and 0.4 of the largest difference
/// fills 0.95.
double spread(double difference, double largest) {
  constexpr double kExponent = 0.7, kKnee = 0.4, kKneeHeight = 0.95;
  const double value = std::pow(difference, kExponent), most = std::pow(largest, kExponent),
               knee = kKnee * most;
  return value < knee ? kKneeHeight * value / knee
                      : kKneeHeight + (value - knee) / (most - knee) * (1 - kKneeHeight);
}

}  // namespace

std::vector<float> flipMap(const Image& reference, const Image& test, const Viewing& viewing) {
  requireSameSize(reference, test);
  const Planes a = opponentPlanes(reference), b = opponentPlanes(test);
  const std::vector<dvec3> colourA = perceived(a, viewing.pixelsPerDegree),
                           colourB = perceived(b, viewing.pixelsPerDegree);
  const Features featuresA = features(a[0], viewing.pixelsPerDegree),
                 featuresB = features(b[0], viewing.pixelsPerDegree);
  // Green and blue are the farthest apart of what a screen shows (section 4.1.3).
  const double largest = hyab(huntAdjusted(labFromRgb({0, 1, 0})), huntAdjusted(labFromRgb({0, 0, 1})));
  std::vector<float> map(colourA.size());
  for (std::size_t i = 0; i < map.size(); ++i) {
    const double colour = spread(hyab(colourA[i], colourB[i]), largest);
    const double feature = std::max(std::abs(featuresA.edge[i] - featuresB.edge[i]),
                                    std::abs(featuresA.point[i] - featuresB.point[i]));
    // Equation 11 with exponent 0.5, then equation 12.
    map[i] = static_cast<float>(std::pow(colour, 1 - std::min(std::sqrt(feature / std::sqrt(2.0)), 1.0)));
  }
  return map;
}

double flip(const Image& reference, const Image& test, const Viewing& viewing) {
  const std::vector<float> map = flipMap(reference, test, viewing);
  return std::accumulate(map.begin(), map.end(), 0.0) / static_cast<double>(map.size());
}

}  // namespace aula::render::quality
