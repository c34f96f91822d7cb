// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/vec3.h"

/// What a simulation hands to whoever draws: plain data, no behaviour. All positions are metres in the lab's own
/// right-handed frame. Value arrays are shared and immutable once published, so a view may be kept by any thread for as
/// long as it likes; a simulation publishes a new array rather than change one.
namespace aula::scene {

/// A quantity's name and unit as they are printed on an axis or a colour bar.
struct Quantity {
  std::string name;  ///< "Electric field, z", UTF-8
  std::string unit;  ///< "V/m"; empty for a pure number
};

/// Which colours values get.
enum class ColourScale {
  diverging,  ///< Signed, zero-centred: limits are -max and +max.
  sequential  ///< From the lower to the upper limit.
};

/// Scalars on a regular lattice of nx x ny x nz nodes, x fastest. A slice is a volume one node thick along its normal.
struct VolumeView {
  std::string name;  ///< The instrument's or field's id in the lab file.
  Quantity quantity;
  int nx = 1, ny = 1, nz = 1;
  core::Vec3 origin;   ///< Position of node (0, 0, 0), m.
  core::Vec3 spacing;  ///< Distance between nodes, m; for one node along an axis the thickness it stands for.
  std::shared_ptr<const std::vector<float>> values;  ///< nx*ny*nz, in `quantity.unit`.
  ColourScale scale = ColourScale::diverging;
  double lower = 0, upper = 0;  ///< Colour limits in `quantity.unit`; equal: from the data (held steady over a video).
};

/// Polylines: outlines of objects, rays, the box of the domain.
struct LinesView {
  std::string name;
  std::vector<std::vector<core::Vec3>> polylines;  ///< Each with two points or more, m.
  bool isDashed = false;
};

/// A triangle mesh, e.g. an object's surface for a 3-D picture.
struct MeshView {
  std::string name;
  std::vector<core::Vec3> positions;  ///< m
  std::vector<core::Vec3> normals;    ///< Unit, one a position; empty: flat shading.
  std::vector<std::uint32_t> triangles;  ///< Three indices a triangle, counter-clockwise from outside.
  float red = 0.7F, green = 0.7F, blue = 0.7F, opacity = 1.0F;  ///< Linear light.
};

/// A text standing at a point.
struct LabelView {
  std::string text;  ///< UTF-8, one line.
  core::Vec3 position;
};

using View = std::variant<VolumeView, LinesView, MeshView, LabelView>;

/// All that is to be drawn at one moment of a simulation.
struct Frame {
  double time = 0;  ///< Simulated time, s.
  std::int64_t step = 0;
  std::string title;  ///< In the reader's language, UTF-8.
  std::vector<View> views;
};

}  // namespace aula::scene
