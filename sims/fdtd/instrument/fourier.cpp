// SPDX-License-Identifier: Apache-2.0
#include "fdtd/instrument/fourier.h"

#include <cmath>

#include "core/assert.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"

namespace aula::fdtd {

FourierSums::FourierSums(std::vector<double> frequencies, std::size_t points, Normalisation normalisation)
    : frequencies_(std::move(frequencies)),
      points_(points),
      normalisation_(normalisation),
      cosines_(frequencies_.size() * points),
      sines_(frequencies_.size() * points),
      gram_(3 * frequencies_.size()) {}

void FourierSums::add(double t, double span, std::span<const double> values) {
  AULA_ASSERT(values.size() == points_);
  for (std::size_t f = 0; f < frequencies_.size(); ++f) {
    const double phase = 2 * core::kPi * frequencies_[f] * t;
    const double weight = normalisation_ == Normalisation::transform ? span : 1.0;
    const double c = weight * std::cos(phase);
    const double s = weight * std::sin(phase);
    gram_[3 * f] += c * c;
    gram_[3 * f + 1] += s * s;
    gram_[3 * f + 2] += c * s;
    double* cosines = cosines_.data() + f * points_;
    double* sines = sines_.data() + f * points_;
    for (std::size_t p = 0; p < points_; ++p) {
      cosines[p] += c * values[p];
      sines[p] += s * values[p];
    }
  }
}

std::complex<double> FourierSums::value(std::size_t frequency, std::size_t point) const {
  const double c = cosines_[frequency * points_ + point];
  const double s = sines_[frequency * points_ + point];
  if (normalisation_ == Normalisation::transform) return {c, s};
  const double cc = gram_[3 * frequency];
  const double ss = gram_[3 * frequency + 1];
  const double cs = gram_[3 * frequency + 2];
  const double determinant = cc * ss - cs * cs;
  // Fewer than two independent samples: nothing is known yet.
  if (!(determinant > 1e-12 * (cc + ss) * (cc + ss))) return {0, 0};
  return {(ss * c - cs * s) / determinant, (cc * s - cs * c) / determinant};
}

void FourierSums::save(core::CheckpointWriter& writer, const std::string& name) const {
  writer.writeArray(name + "/cosines", std::span<const double>(cosines_));
  writer.writeArray(name + "/sines", std::span<const double>(sines_));
  writer.writeArray(name + "/gram", std::span<const double>(gram_));
}

void FourierSums::load(core::CheckpointReader& reader, const std::string& name) {
  reader.readArray(name + "/cosines", std::span<double>(cosines_));
  reader.readArray(name + "/sines", std::span<double>(sines_));
  reader.readArray(name + "/gram", std::span<double>(gram_));
}

}  // namespace aula::fdtd
