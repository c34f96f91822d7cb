// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <vector>

/// Means and their errors from correlated samples.
namespace aula::test {

struct Estimate {
  double value = 0;
  double error = 0;  ///< One standard deviation.
};

/// The mean of all and, from the scatter of the means of `blocks` stretches, its error. Stretches must be
/// longer than what correlates.
[[nodiscard]] Estimate blockAverage(const std::vector<double>& samples, int blocks = 16);

/// Of samples in two states the slope b in ln(p2(x) / p1(x)) = a + b x, by maximum likelihood (Shirts 2013,
/// eq. 13: the chance that x came from state 2 is the logistic function of a + b x), with the jackknife's
/// error over `blocks` stretches. In the canonical ensembles at T1 and T2 the slope with the potential energy
/// is 1/kT1 - 1/kT2; at constant pressures with the volume (P1 - P2)/kT.
[[nodiscard]] Estimate logarithmicRatioSlope(const std::vector<double>& first,
                                             const std::vector<double>& second, int blocks = 12);

/// The largest distance between the distribution of samples and `cumulative`, times the square root of their
/// number: Kolmogorov's statistic. Of independent samples it exceeds 1.95 once in a thousand.
[[nodiscard]] double kolmogorov(std::vector<double> samples, const std::function<double(double)>& cumulative);

/// Gamma distribution of this shape and scale 1, from 0 to x (regularised incomplete gamma function).
[[nodiscard]] double gammaCumulative(double shape, double x);

}  // namespace aula::test
