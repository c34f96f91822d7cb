// SPDX-License-Identifier: Apache-2.0
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "core/units/constants.h"
#include "physics/labs/lab_run.h"

namespace aula::tests {
namespace {

/// What the lab's knobs are set to, m.
struct Geometry {
  double wavelength = 532e-9;
  double separation = 4e-6;
  double width = 1000e-9;
  double distance = 12e-6;
};

/// Rayleigh and Sommerfeld's first integral in two dimensions, Goodman, Introduction to Fourier Optics, 3rd
/// ed., section 3.5, with the line source's field H0 in place of the point's: from the field E in the plane x
/// = 0,
///   E(x, y) = (i k / 2) integral (x / r) H1(k r) E(0, y') dy',   H1 the first Hankel function.
/// `aperture` holds E at `positions`, a distance `step` apart.
double diffractedIntensity(double wavelength, const std::vector<double>& positions,
                           const std::vector<std::complex<double>>& aperture, double step, double x,
                           double y) {
  const double k = 2 * core::kPi / wavelength;
  std::complex<double> sum = 0;
  for (std::size_t n = 0; n < positions.size(); ++n) {
    if (aperture[n] == 0.0) continue;
    const double r = std::hypot(x, y - positions[n]);
    const std::complex<double> hankel{std::cyl_bessel_j(1.0, k * r), std::cyl_neumann(1.0, k * r)};
    sum += x / r * hankel * aperture[n] * step;
  }
  return std::norm(std::complex<double>(0, 0.5 * k) * sum);
}

/// Intensity at each y of the screen by Kirchhoff's assumption: in the slits the incident wave, elsewhere
/// nothing.
std::vector<double> kirchhoffPattern(const Geometry& geometry, const std::vector<double>& y) {
  constexpr int kPoints =
      400;  // A slit of two wavelengths at 0.005 wavelengths: the midpoint rule is exact enough.
  std::vector<double> positions;
  for (const double centre : {-0.5 * geometry.separation, 0.5 * geometry.separation}) {
    for (int n = 0; n < kPoints; ++n)
      positions.push_back(centre + geometry.width * ((n + 0.5) / kPoints - 0.5));
  }
  const std::vector<std::complex<double>> aperture(positions.size(), 1.0);
  std::vector<double> pattern;
  for (const double place : y) {
    pattern.push_back(diffractedIntensity(geometry.wavelength, positions, aperture, geometry.width / kPoints,
                                          geometry.distance, place));
  }
  return pattern;
}

/// The same from the field that the run found in the slits: no assumption is left, the integral is exact.
std::vector<double> exactPattern(const Geometry& geometry, const lab::RunRecord& record,
                                 const std::vector<double>& y) {
  const lab::Dataset real = dataOf(record, "openings", "ez_real");
  const lab::Dataset imaginary = dataOf(record, "openings", "ez_imaginary");
  const std::vector<double>& positions = real.axes.at(0).values;
  std::vector<std::complex<double>> aperture;
  for (std::size_t n = 0; n < positions.size(); ++n)
    aperture.emplace_back(real.values[n], imaginary.values[n]);
  std::vector<double> pattern;
  for (const double place : y) {
    pattern.push_back(diffractedIntensity(geometry.wavelength, positions, aperture,
                                          positions[1] - positions[0], geometry.distance, place));
  }
  return pattern;
}

/// Positions of maxima that stand out by a tenth of the greatest value, each by a parabola through three
/// samples.
std::vector<double> findPeaks(const std::vector<double>& y, const std::vector<double>& intensity) {
  double greatest = 0;
  for (const double value : intensity) greatest = std::max(greatest, value);
  std::vector<double> peaks;
  for (std::size_t i = 1; i + 1 < y.size(); ++i) {
    const double left = intensity[i - 1], middle = intensity[i], right = intensity[i + 1];
    if (!(middle > left && middle >= right && middle > 0.1 * greatest)) continue;
    peaks.push_back(y[i] + 0.5 * (left - right) / (left - 2 * middle + right) * (y[i + 1] - y[i]));
  }
  return peaks;
}

/// Bright fringes of `theory`, down to `faintest` of its middle, are found on the screen within 2 % of the
/// distance between fringes.
///
/// The Yee grid's wavenumber along an angle t is too great by (k dx)^2/24 (cos^4 t + sin^4 t - S^2) (Taflove
/// and Hagness, section 4.3, expanded), less for oblique waves. Over the paths from the two slits to the m-th
/// fringe that adds up to (k dx)^2/6 of m fringes, whatever the distances: with cells of 16.7 nm 0.65 % of m
/// in green light, at most 2 % for the third fringe. The samples of 17 nm and the parabola through three of
/// them leave less than 0.1 %.
void expectFringesAgree(const Geometry& geometry, const lab::Dataset& screen,
                        const std::vector<double>& theory, double faintest, std::size_t atLeast) {
  const std::vector<double>& y = screen.axes.at(0).values;
  const double fringe = geometry.wavelength * geometry.distance / geometry.separation;
  const std::vector<double> measured = findPeaks(y, screen.values);
  const double middle = theory[theory.size() / 2];
  std::size_t compared = 0;
  for (const double expected : findPeaks(y, theory)) {
    const auto sample = std::size_t(std::lround((expected - y.front()) / (y[1] - y[0])));
    // The ends of the line are a micrometre from the absorbing layers.
    if (theory[sample] < faintest * middle || std::abs(expected) > 6e-6) continue;
    ++compared;
    double nearest = 1;
    for (const double peak : measured) {
      if (std::abs(peak - expected) < std::abs(nearest - expected)) nearest = peak;
    }
    EXPECT_NEAR(nearest, expected, 0.02 * fringe)
        << "off by " << (nearest - expected) / fringe << " of a fringe";
  }
  EXPECT_GE(compared, atLeast);
}

// Kirchhoff's assumption is itself an approximation: the field in a slit of two wavelengths in metal is not
// uniform. It stays symmetric about the slit's centre and so moves fringes only through the slope and the
// phase of the single slit's pattern, by about 1 % of a fringe while that pattern is bright; where it has
// fallen below a quarter its slope is steep.
TEST(DoubleSlit, FringesFollowKirchhoffsIntegral) {
  const Geometry geometry;
  const lab::RunRecord record = runLab("double-slit");
  const lab::Dataset screen = dataOf(record, "screen", "intensity");
  ASSERT_EQ(screen.axes.size(), 1U);
  expectFringesAgree(geometry, screen, kirchhoffPattern(geometry, screen.axes[0].values), 0.25, 5);
  expectFringesAgree(geometry, screen, exactPattern(geometry, record, screen.axes[0].values), 0.1, 5);

  // The grid, the slits and the source are mirror images of themselves; what is left is single precision over
  // 3000 steps: random rounding of 6e-8 a step adds to about 3e-6 of the field's amplitude.
  const std::size_t count = screen.values.size();
  const double greatest = *std::max_element(screen.values.begin(), screen.values.end());
  for (std::size_t i = 0; i < count / 2; ++i) {
    EXPECT_NEAR(screen.values[i], screen.values[count - 1 - i], 1e-4 * greatest)
        << "at " << screen.axes[0].values[i];
  }
}

TEST(DoubleSlit, RedLightSpreadsTheFringesAsTheIntegralSays) {
  Geometry geometry;
  geometry.wavelength = 650e-9;
  const lab::RunRecord record = runLab("double-slit", {{"wavelength", "650 nm"}});
  const lab::Dataset screen = dataOf(record, "screen", "intensity");
  ASSERT_EQ(screen.axes.size(), 1U);
  expectFringesAgree(geometry, screen, exactPattern(geometry, record, screen.axes[0].values), 0.1, 5);
}

TEST(DoubleSlit, CloserSlitsSpreadTheFringesAsTheIntegralSays) {
  Geometry geometry;
  geometry.separation = 3e-6;
  const lab::RunRecord record = runLab("double-slit", {{"slit_separation", "3 um"}});
  const lab::Dataset screen = dataOf(record, "screen", "intensity");
  ASSERT_EQ(screen.axes.size(), 1U);
  expectFringesAgree(geometry, screen, kirchhoffPattern(geometry, screen.axes[0].values), 0.25, 3);
  expectFringesAgree(geometry, screen, exactPattern(geometry, record, screen.axes[0].values), 0.1, 3);
}

}  // namespace
}  // namespace aula::tests
