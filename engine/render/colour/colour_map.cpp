// SPDX-License-Identifier: Apache-2.0
#include "render/colour/colour_map.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <utility>

#include "core/error.h"

namespace aula::render {
namespace {

double linearFromSrgb(double v) {
  return v <= 0.04045 ? v / 12.92 : std::pow((v + 0.055) / 1.055, 2.4);
}
double srgbFromLinear(double v) {
  return v <= 0.0031308 ? 12.92 * v : 1.055 * std::pow(v, 1 / 2.4) - 0.055;
}

/// A station of a path: OKLab's lightness, chroma and hue angle in degrees.
struct Station {
  double lightness, chroma, hue;
};

/// Fritsch and Butland's monotone cubic through evenly spaced values (SIAM J. Sci. Stat. Comput. 5, 300,
/// 1984, the harmonic mean of the neighbouring slopes): it never turns back where the stations do not.
double monotoneCubic(const std::vector<double>& values, double t) {
  const int last = static_cast<int>(values.size()) - 1;
  const auto value = [&](int i) { return values[static_cast<std::size_t>(i)]; };
  const auto slope = [&](int i) {
    if (i == 0) return value(1) - value(0);
    if (i == last) return value(last) - value(last - 1);
    const double a = value(i) - value(i - 1), b = value(i + 1) - value(i);
    return a * b <= 0 ? 0.0 : 2 * a * b / (a + b);
  };
  const int k = std::clamp(static_cast<int>(t * last), 0, last - 1);
  const double u = t * last - k, v = 1 - u;
  return value(k) * (1 + 2 * u) * v * v + slope(k) * u * v * v + value(k + 1) * u * u * (3 - 2 * u) -
         slope(k + 1) * u * u * v;
}

/// Colours along the stations' path, `count` of them at equal distances in OKLab.
std::vector<OkLab> evenPath(const std::vector<Station>& stations, int count) {
  std::vector<double> lightness, chroma, hue;
  for (const Station& s : stations) {
    lightness.push_back(s.lightness);
    chroma.push_back(s.chroma);
    hue.push_back(s.hue * std::numbers::pi / 180);
  }
  // Walk the path in steps small enough that chord and arc agree to 1e-6, then pick points by length.
  constexpr int kFine = 8192;
  std::vector<OkLab> points(kFine + 1);
  std::vector<double> lengths(kFine + 1, 0.0);
  for (std::size_t i = 0; i <= kFine; ++i) {
    const double t = static_cast<double>(i) / kFine;
    const double c = monotoneCubic(chroma, t), h = monotoneCubic(hue, t);
    points[i] = {monotoneCubic(lightness, t), c * std::cos(h), c * std::sin(h)};
    if (i == 0) continue;
    const OkLab& p = points[i - 1];
    lengths[i] = lengths[i - 1] + std::hypot(points[i][0] - p[0], points[i][1] - p[1], points[i][2] - p[2]);
  }
  std::vector<OkLab> even(static_cast<std::size_t>(count));
  std::size_t k = 0;
  for (std::size_t i = 0; i < even.size(); ++i) {
    const double wanted = lengths.back() * static_cast<double>(i) / (count - 1);
    while (k + 2 < lengths.size() && lengths[k + 1] < wanted) ++k;
    const double u = std::clamp((wanted - lengths[k]) / (lengths[k + 1] - lengths[k]), 0.0, 1.0);
    for (std::size_t c = 0; c < 3; ++c) even[i][c] = points[k][c] + u * (points[k + 1][c] - points[k][c]);
  }
  return even;
}

std::vector<Srgb> toSrgb(const std::vector<OkLab>& path) {
  std::vector<Srgb> colours;
  colours.reserve(path.size());
  for (const OkLab& p : path) colours.push_back(srgbFromOkLab(p));
  return colours;
}

ColourMap makeSequential(std::string name, const std::vector<Station>& stations) {
  return {std::move(name), false, toSrgb(evenPath(stations, ColourMap::kSize))};
}

/// Both arms share lightness and chroma and keep one hue each, so that equal magnitudes look equally strong.
ColourMap makeDiverging(std::string name, std::vector<Station> arm, double negativeHue, double positiveHue) {
  constexpr int kHalf = ColourMap::kSize / 2 + 1;
  const auto withHue = [&](double hue) {
    for (Station& s : arm) s.hue = hue;
    return evenPath(arm, kHalf);
  };
  std::vector<OkLab> path = withHue(negativeHue);
  std::reverse(path.begin(), path.end());
  const std::vector<OkLab> positive = withHue(positiveHue);
  path.insert(path.end(), positive.begin() + 1, positive.end());
  return {std::move(name), true, toSrgb(path)};
}

/// Stations were placed by eye and lie within what an sRGB screen can show; a test checks that.
const std::vector<ColourMap>& allMaps() {
  static const std::vector<ColourMap> maps = [] {
    std::vector<ColourMap> m;
    m.push_back(makeDiverging("tide",
                              {{0.975, 0.0, 0},
                               {0.86, 0.065, 0},
                               {0.72, 0.135, 0},
                               {0.57, 0.165, 0},
                               {0.43, 0.135, 0},
                               {0.32, 0.085, 0}},
                              255, 30));
    m.push_back(makeDiverging("ember",
                              {{0.14, 0.0, 0},
                               {0.28, 0.053, 0},
                               {0.43, 0.083, 0},
                               {0.58, 0.112, 0},
                               {0.73, 0.112, 0},
                               {0.88, 0.062, 0}},
                              245, 55));
    m.push_back(makeSequential("dusk", {{0.12, 0.04, 278},
                                        {0.27, 0.125, 290},
                                        {0.42, 0.165, 325},
                                        {0.56, 0.18, 363},
                                        {0.69, 0.165, 400},
                                        {0.82, 0.15, 435},
                                        {0.96, 0.09, 463}}));
    m.push_back(makeSequential("ink", {{0.985, 0.012, 110},
                                       {0.86, 0.085, 150},
                                       {0.72, 0.10, 190},
                                       {0.57, 0.105, 225},
                                       {0.42, 0.12, 258},
                                       {0.27, 0.10, 280}}));
    // Blue against yellow, the pair that protanopes, deuteranopes and people without colour confusion all see.
    m.push_back(makeDiverging("harbour",
                              {{0.97, 0.0, 0},
                               {0.87, 0.055, 0},
                               {0.76, 0.095, 0},
                               {0.63, 0.105, 0},
                               {0.50, 0.09, 0},
                               {0.38, 0.065, 0}},
                              258, 85));
    m.push_back(makeSequential("wheat", {{0.20, 0.07, 262},
                                         {0.36, 0.06, 262},
                                         {0.52, 0.015, 262},
                                         {0.66, 0.05, 95},
                                         {0.80, 0.10, 95},
                                         {0.92, 0.13, 98}}));
    m.push_back(makeSequential("graphite", {{0.16, 0.0, 0}, {0.57, 0.0, 0}, {0.98, 0.0, 0}}));
    return m;
  }();
  return maps;
}

}  // namespace

OkLab okLabFromSrgb(const Srgb& colour) {
  const double r = linearFromSrgb(colour[0]), g = linearFromSrgb(colour[1]), b = linearFromSrgb(colour[2]);
  const double l = std::cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const double m = std::cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const double s = std::cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return {0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
          1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
          0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s};
}

Srgb srgbFromOkLab(const OkLab& colour) {
  const double l = std::pow(colour[0] + 0.3963377774 * colour[1] + 0.2158037573 * colour[2], 3);
  const double m = std::pow(colour[0] - 0.1055613458 * colour[1] - 0.0638541728 * colour[2], 3);
  const double s = std::pow(colour[0] - 0.0894841775 * colour[1] - 1.2914855480 * colour[2], 3);
  return {static_cast<float>(srgbFromLinear(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)),
          static_cast<float>(srgbFromLinear(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)),
          static_cast<float>(srgbFromLinear(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s))};
}

ColourMap::ColourMap(std::string name, bool isDiverging, std::vector<Srgb> entries)
    : name_(std::move(name)), isDiverging_(isDiverging), entries_(std::move(entries)) {}

Srgb ColourMap::at(double position) const {
  const double x = std::clamp(position, 0.0, 1.0) * static_cast<double>(entries_.size() - 1);
  const std::size_t k = std::min(static_cast<std::size_t>(x), entries_.size() - 2);
  const auto u = static_cast<float>(x - static_cast<double>(k));
  Srgb colour{};
  for (std::size_t c = 0; c < 3; ++c) colour[c] = entries_[k][c] + u * (entries_[k + 1][c] - entries_[k][c]);
  return colour;
}

const ColourMap& ColourMap::named(const std::string& name) {
  for (const ColourMap& map : allMaps()) {
    if (map.name() == name) return map;
  }
  std::string names;
  for (const std::string& known : colourMapNames()) names += (names.empty() ? "" : ", ") + known;
  throw core::inputError("There is no colour map \"" + name + "\". Known: " + names + ".");
}

const std::vector<std::string>& colourMapNames() {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const ColourMap& map : allMaps()) all.push_back(map.name());
    return all;
  }();
  return names;
}

}  // namespace aula::render
