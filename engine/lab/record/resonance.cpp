// SPDX-License-Identifier: Apache-2.0
#include "lab/record/resonance.h"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <numeric>
#include <string>

#include "core/error.h"
#include "core/units/constants.h"
#include "lab/record/complex_matrix.h"

// The ring-down is a sum of damped exponentials, y(t) = sum a_k exp(i w_k t - g_k t). Their frequencies and
// decays are found by ESPRIT (Roy and Kailath, IEEE Trans. ASSP 37, 984, 1989), which is the matrix pencil of
// Hua and Sarkar (IEEE Trans. ASSP 38, 814, 1990) with the noise taken off first:
//   1. The band asked for is shifted to zero frequency and thinned out through a finite filter. A finite
//   filter turns an
//      exponential into the same exponential with another amplitude, so that nothing is lost but lines
//      outside of the band.
//   2. The Hankel matrix of the thinned signal has the rank of the number of lines; the eigenvectors V of its
//   covariance above the
//      noise span the lines (their section III). V without its last row, times P, is V without its first row.
//   3. The eigenvalues z_k of P are exp((i w_k - g_k) dt); least squares on the signal gives the amplitudes.
namespace aula::lab {

namespace {

using Complex = std::complex<double>;

constexpr std::size_t kMostSamples =
    420;  // Of the thinned signal: the covariance has a third of it, squared.
constexpr std::size_t kFewestSamples = 12;
constexpr std::size_t kMostLines = 40;
// Eigenvalues of the covariance are squares of singular values: this is 1e-5 of the strongest line, above the
// noise of single precision (6e-8 of it times the root of the number of samples) and below what a threshold
// of 1 % keeps.
constexpr double kRankTolerance = 1e-10;

double evenStep(const Series& series) {
  if (series.x.size() < 4 * kFewestSamples)
    throw core::Error("the signal has " + std::to_string(series.x.size()) + " samples, at least " +
                      std::to_string(4 * kFewestSamples) + " are needed to find resonances");
  const double step = (series.x.back() - series.x.front()) / static_cast<double>(series.x.size() - 1);
  for (std::size_t i = 0; i < series.x.size(); ++i)
    if (std::abs(series.x[i] - series.x.front() - static_cast<double>(i) * step) > 1e-3 * step)
      throw core::Error("the signal is not evenly sampled, which finding resonances needs");
  return step;
}

struct Thinned {
  std::vector<Complex> samples;
  double step = 0;    ///< s
  double centre = 0;  ///< Hz, at zero frequency now.
  double first = 0;   ///< Time of the first sample from the series' first, s.
};

// A Kaiser-windowed low pass: flat in the band, below -80 dB from where it would fold into it (Oppenheim and
// Schafer 2010, section 7.6.1: beta 7.86, half length 2.5 / relative transition width).
Thinned thin(const Series& series, double step, double lower, double upper) {
  Thinned result;
  result.centre = 0.5 * (lower + upper);
  const double halfBand = 0.5 * (upper - lower);
  // The band takes 1/3 of the thinned rate, the transition the next third on both sides.
  std::size_t factor = std::max<std::size_t>(1, static_cast<std::size_t>(1 / (step * 6 * halfBand)));
  const std::size_t count = series.x.size();
  std::size_t halfLength = 0;
  for (; factor > 1; factor /= 2) {
    halfLength = static_cast<std::size_t>(std::ceil(2.5 * 3 * static_cast<double>(factor)));
    if (count > 2 * halfLength && (count - 2 * halfLength) / factor >= 3 * kFewestSamples) break;
  }
  if (factor == 1) halfLength = 0;
  const double cutoff =
      0.5 / static_cast<double>(factor);  // Cycles a sample; half way through the transition.
  std::vector<double> weights(2 * halfLength + 1, 1.0);
  if (halfLength > 0) {
    const double beta = 7.86, half = static_cast<double>(halfLength);
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double t = static_cast<double>(i) - half;
      const double window =
          std::cyl_bessel_i(0.0, beta * std::sqrt(std::max(0.0, 1 - t * t / (half * half)))) /
          std::cyl_bessel_i(0.0, beta);
      weights[i] = window * (t == 0 ? 2 * cutoff : std::sin(2 * core::kPi * cutoff * t) / (core::kPi * t));
    }
  }
  for (std::size_t middle = halfLength; middle + halfLength < count; middle += factor) {
    Complex sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const std::size_t j = middle - halfLength + i;
      const double turns = result.centre * step * static_cast<double>(j);
      sum += weights[i] * series.y[j] * std::polar(1.0, -2 * core::kPi * (turns - std::floor(turns)));
    }
    result.samples.push_back(sum);
    if (result.samples.size() == kMostSamples) break;
  }
  result.step = step * static_cast<double>(factor);
  result.first = step * static_cast<double>(halfLength);
  return result;
}

// Eigenvectors, as columns, of the covariance of the signal's windows of `length` samples, those above the
// noise.
ComplexMatrix signalSpace(const std::vector<Complex>& samples, std::size_t length) {
  const std::size_t windows = samples.size() - length + 1;
  ComplexMatrix covariance(length, length);
  for (std::size_t i = 0; i < length; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      Complex sum = 0;
      for (std::size_t w = 0; w < windows; ++w) sum += samples[w + i] * std::conj(samples[w + j]);
      covariance(i, j) = sum;
      covariance(j, i) = std::conj(sum);
    }
  const HermitianEigen eigen = hermitianEigen(covariance);
  std::size_t rank = 0;
  while (rank < std::min(kMostLines, length - 1) && eigen.values[rank] > kRankTolerance * eigen.values[0])
    ++rank;
  ComplexMatrix space(length, rank);
  for (std::size_t i = 0; i < length; ++i)
    for (std::size_t k = 0; k < rank; ++k) space(i, k) = eigen.vectors(i, k);
  return space;
}

}  // namespace

double Resonance::quality() const {
  return decay > 0 ? core::kPi * frequency / decay : std::numeric_limits<double>::infinity();
}

std::vector<Resonance> findResonances(const Series& series, const ResonanceOptions& options) {
  const double step = evenStep(series);
  const double upper = options.upper > 0 ? options.upper : 0.25 / step;
  if (upper > 0.5 / step)
    throw core::Error(
        "\"upper\" lies above half the sampling rate of the signal; sample more often or lower it");
  if (std::all_of(series.y.begin(), series.y.end(), [](double y) { return y == 0; }))
    throw core::Error("the signal is zero throughout");

  // A constant is a line at zero frequency, and often much the strongest.
  Series centred = series;
  const double mean =
      std::accumulate(series.y.begin(), series.y.end(), 0.0) / static_cast<double>(series.y.size());
  for (double& y : centred.y) y -= mean;
  const Thinned signal = thin(centred, step, options.lower, upper);
  const std::size_t count = signal.samples.size();
  if (count < kFewestSamples) throw core::Error("the signal is too short for the band asked for");

  const ComplexMatrix space = signalSpace(signal.samples, count / 3 + 1);
  const std::size_t rank = space.columns();
  if (rank == 0) throw core::Error("the signal is silent in the band asked for");
  ComplexMatrix head(space.rows() - 1, rank), tail(space.rows() - 1, rank);
  for (std::size_t i = 0; i + 1 < space.rows(); ++i)
    for (std::size_t k = 0; k < rank; ++k) {
      head(i, k) = space(i, k);
      tail(i, k) = space(i + 1, k);
    }
  const std::vector<Complex> poles = eigenvalues(leastSquares(head, tail));

  // Amplitudes at the thinned signal's first sample. A spurious pole far from the unit circle would overflow:
  // it is no line.
  std::vector<Complex> lines;
  for (const Complex& pole : poles) {
    const double growth = std::pow(std::abs(pole), static_cast<double>(count));
    if (std::abs(pole) > 1e-3 && growth < 1e3) lines.push_back(pole);
  }
  if (lines.empty()) throw core::Error("no resonance was found in the band asked for");
  ComplexMatrix powers(count, lines.size()), right(count, 1);
  for (std::size_t i = 0; i < count; ++i) {
    right(i, 0) = signal.samples[i];
    for (std::size_t k = 0; k < lines.size(); ++k) powers(i, k) = std::pow(lines[k], static_cast<double>(i));
  }
  const ComplexMatrix amplitudes = leastSquares(powers, right);

  std::vector<Resonance> found;
  double largest = 0;
  for (std::size_t k = 0; k < lines.size(); ++k) {
    Resonance line;
    line.frequency = signal.centre + std::arg(lines[k]) / (2 * core::kPi * signal.step);
    line.decay = -std::log(std::abs(lines[k])) / signal.step;
    line.amplitude = 2 * std::abs(amplitudes(k, 0)) * std::exp(line.decay * signal.first);
    if (!(line.frequency > 0 && line.frequency >= options.lower && line.frequency <= upper)) continue;
    found.push_back(line);
    largest = std::max(largest, line.amplitude);
  }
  std::erase_if(found, [&](const Resonance& line) { return line.amplitude < options.threshold * largest; });
  if (found.empty()) throw core::Error("no resonance was found in the band asked for");
  if (options.count > 0 && found.size() > static_cast<std::size_t>(options.count)) {
    std::stable_sort(found.begin(), found.end(),
                     [](const auto& a, const auto& b) { return a.amplitude > b.amplitude; });
    found.resize(static_cast<std::size_t>(options.count));
  }
  std::sort(found.begin(), found.end(),
            [](const auto& a, const auto& b) { return a.frequency < b.frequency; });
  return found;
}

}  // namespace aula::lab
