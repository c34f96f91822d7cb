// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <vector>

namespace aula::anatomy {

/// What a spirometer reads off a forced breath (Graham and others, ATS/ERS standard 2019), SI.
struct Spirometry {
  bool isThere = false;             ///< A forced expiration was found.
  double forcedVolume = 0;          ///< FEV1, m^3, timed from the back-extrapolated start.
  double forcedCapacity = 0;        ///< FVC, m^3
  double peakFlow = 0;              ///< PEF, m^3/s
  double middleFlow = 0;            ///< FEF25-75, m^3/s
  double capacity = 0;              ///< Gas at the fullest, m^3: TLC
  double residual = 0;              ///< Gas at the end, m^3: RV if the breath went on long enough
  std::size_t first = 0, last = 0;  ///< Samples of the expiration.

  [[nodiscard]] double ratio() const { return forcedCapacity > 0 ? forcedVolume / forcedCapacity : 0; }
};

/// Times (s, rising), gas in the lungs (m^3) and flow at the mouth (m^3/s, inwards > 0). The forced breath is
/// the one with the largest expiratory flow; it counts when more than a quarter of a litre a second and half
/// a litre.
[[nodiscard]] Spirometry readSpirometry(const std::vector<double>& times, const std::vector<double>& volumes,
                                        const std::vector<double>& flows);

}  // namespace aula::anatomy
