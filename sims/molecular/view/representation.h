// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lab/file/node.h"
#include "molecular/analysis/selection.h"
#include "scene/float3.h"

namespace aula::molecular {

enum class Style { spaceFilling, ballAndStick, liquorice, cartoon, surface };
enum class ColourBy { element, chain, residue, charge, bFactor, hydrophobicity, velocity, structure, single };

/// Some atoms and how they are drawn.
struct Representation {
  std::string name;
  std::shared_ptr<const Selection> selection;
  Style style = Style::ballAndStick;
  ColourBy colouring = ColourBy::element;
  scene::Colour colour;  ///< Of `single`.
  double scale = 1;      ///< Of radii.
  float opacity = 1;
};

/// Points to measure between, each the middle of a selection's atoms: 2 a distance, 3 an angle, 4 a dihedral.
struct Measure {
  std::string name;
  std::vector<std::shared_ptr<const Selection>> points;
};

/// The lab file's "scene".
struct SceneSpec {
  std::vector<Representation> representations;
  std::vector<Measure> measures;
  bool hasBox = true;
  bool hasHydrogenBonds = false;
  bool isSafe = false;  ///< Colours of elements for red-green blind eyes.
};

/// Problems go to the diagnostics. `system` may be null. Without "representations" what suits the system.
[[nodiscard]] SceneSpec parseScene(const lab::Node& node, const System* system);

}  // namespace aula::molecular
