// SPDX-License-Identifier: Apache-2.0
#include "physics/molecular/statistics.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace aula::test {

namespace {

double mean(const double* first, std::size_t count) {
  return std::accumulate(first, first + count, 0.0) / static_cast<double>(count);
}

}  // namespace

Estimate blockAverage(const std::vector<double>& samples, int blocks) {
  const std::size_t length = samples.size() / static_cast<std::size_t>(blocks);
  double sum = 0, squares = 0;
  for (int block = 0; block < blocks; ++block) {
    const double value = mean(samples.data() + static_cast<std::size_t>(block) * length, length);
    sum += value;
    squares += value * value;
  }
  const double average = sum / blocks, variance = squares / blocks - average * average;
  return {average, std::sqrt(std::max(variance, 0.0) / (blocks - 1))};
}

namespace {

/// Newton's method on the likelihood, which is concave.
double ratioSlope(const std::vector<double>& first, const std::vector<double>& second) {
  const double centre = 0.5 * (mean(first.data(), first.size()) + mean(second.data(), second.size()));
  double scale = 0;
  for (const double x : first) scale += (x - centre) * (x - centre);
  scale = std::sqrt(scale / static_cast<double>(first.size()));
  double a = 0, b = 0;
  for (int iteration = 0; iteration < 50; ++iteration) {
    double ga = 0, gb = 0, haa = 0, hab = 0, hbb = 0;
    const auto add = [&](double sample, double isSecond) {
      const double x = (sample - centre) / scale, p = 1 / (1 + std::exp(-(a + b * x)));
      ga += isSecond - p;
      gb += (isSecond - p) * x;
      haa += p * (1 - p);
      hab += p * (1 - p) * x;
      hbb += p * (1 - p) * x * x;
    };
    for (const double x : first) add(x, 0);
    for (const double x : second) add(x, 1);
    const double determinant = haa * hbb - hab * hab;
    const double da = (hbb * ga - hab * gb) / determinant, db = (haa * gb - hab * ga) / determinant;
    a += da;
    b += db;
    if (std::abs(da) + std::abs(db) < 1e-10) break;
  }
  return b / scale;
}

}  // namespace

Estimate logarithmicRatioSlope(const std::vector<double>& first, const std::vector<double>& second,
                               int blocks) {
  const auto without = [&](const std::vector<double>& samples, int block) {
    const std::size_t length = samples.size() / static_cast<std::size_t>(blocks);
    const auto from = samples.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(block) * length);
    std::vector<double> left(samples.begin(), from);
    left.insert(left.end(), from + static_cast<std::ptrdiff_t>(length), samples.end());
    return left;
  };
  std::vector<double> slopes;
  for (int block = 0; block < blocks; ++block)
    slopes.push_back(ratioSlope(without(first, block), without(second, block)));
  const double average = mean(slopes.data(), slopes.size());
  double squares = 0;
  for (const double slope : slopes) squares += (slope - average) * (slope - average);
  return {ratioSlope(first, second), std::sqrt(squares * (blocks - 1) / blocks)};
}

double kolmogorov(std::vector<double> samples, const std::function<double(double)>& cumulative) {
  std::sort(samples.begin(), samples.end());
  const auto count = static_cast<double>(samples.size());
  double largest = 0;
  for (std::size_t n = 0; n < samples.size(); ++n) {
    const double expected = cumulative(samples[n]), below = static_cast<double>(n) / count;
    largest = std::max({largest, std::abs(expected - below), std::abs(expected - below - 1 / count)});
  }
  return largest * std::sqrt(count);
}

/// By its series, x^s e^-x / Gamma(s + 1) (1 + x/(s + 1) + x^2/((s + 1)(s + 2)) + ...).
double gammaCumulative(double shape, double x) {
  if (x <= 0) return 0;
  double term = 1, sum = 1;
  for (int n = 1; n < 1000 && term > 1e-17 * sum; ++n) sum += term *= x / (shape + n);
  return std::min(1.0, sum * std::exp(shape * std::log(x) - x - std::lgamma(shape + 1)));
}

}  // namespace aula::test
