// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "anatomy/model/atlas.h"
#include "anatomy/shape/part.h"

/// Where the shapes of a region come from.
namespace aula::anatomy {

/// Some of a region's structures: whoever makes them.
struct PartSource {
  std::string name;                               ///< "bones": of what it makes, for the cache's files.
  std::function<bool(const Term&)> makes;         ///< Which structures.
  std::function<std::vector<Part>(double)> make;  ///< For a spacing of the polygons, m.
  /// Puts on pictures that a cache does not keep; may be null.
  std::function<void(Part&)> dress = {};
};

struct RegionShapes {
  std::string region;
  double spacing = 0.002;  ///< m, where the lab says nothing
  std::vector<PartSource> sources;
};

/// Those of this build.
[[nodiscard]] const std::vector<RegionShapes>& builtInShapes();

using Parts = std::vector<Part>;
/// All parts of a region in the order of its atlas; the same array again for the same request. Throws
/// core::Error (failure) when a source does not make what it says it makes.
[[nodiscard]] std::shared_ptr<const Parts> partsOf(const RegionShapes& shapes, const Atlas& atlas,
                                                   double spacing);

}  // namespace aula::anatomy
