// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <complex>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd {

/// What a running Fourier transform gives at a frequency.
enum class Normalisation {
  amplitude,  ///< Complex amplitude A of a continuous wave Re(A exp(-i w t)).
  transform   ///< Integral of x(t) exp(+i w t) dt, for pulses.
};

/// Discrete Fourier sums of many points at a few frequencies, without storing the time series.
///
/// For amplitudes the samples are fitted by a cos wt + b sin wt in the least-squares sense: with the 2 x 2
/// Gram matrix of cosine and sine over the samples taken, a pure tone comes out exactly whatever part of a
/// period the window cuts.
class FourierSums {
 public:
  FourierSums(std::vector<double> frequencies, std::size_t points, Normalisation normalisation);

  /// Adds the points' values at time t (s), standing for `span` seconds.
  void add(double t, double span, std::span<const double> values);
  /// Result of one point at the frequency of that index.
  [[nodiscard]] std::complex<double> value(std::size_t frequency, std::size_t point) const;

  void save(core::CheckpointWriter& writer, const std::string& name) const;
  void load(core::CheckpointReader& reader, const std::string& name);
  /// Bytes such sums take.
  [[nodiscard]] static double bytes(std::size_t frequencies, double points) {
    return 16.0 * double(frequencies) * points;
  }

 private:
  std::vector<double> frequencies_;
  std::size_t points_;
  Normalisation normalisation_;
  std::vector<double> cosines_, sines_;  ///< [frequency][point]
  std::vector<double> gram_;             ///< Sums of cc, ss, cs for each frequency.
};

}  // namespace aula::fdtd
