// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "core/vec3.h"
#include "scene/float3.h"
#include "scene/mesh/material.h"
#include "scene/mesh/triangle_mesh.h"

namespace aula::compute {
class SharedArray;
}

/// What a simulation hands to whoever draws: plain data, no behaviour. All positions are metres in the lab's
/// own right-handed frame. Arrays are shared and immutable once published, so a view may be kept by any
/// thread for as long as it likes; a simulation publishes a new array rather than change one. Views of two
/// frames with the same name are the same thing at two moments: the renderer derives motion from that.
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

/// How a volume many nodes thick is shown.
enum class VolumeShading {
  fog,      ///< Emission and absorption by value (Max 1995): fields.
  surface,  ///< The same with light on the gradient (Levoy 1988): tissue, density.
};

/// A point of a transfer function: opacity between points is linear.
struct OpacityPoint {
  double value = 0;   ///< In the quantity's unit.
  float opacity = 0;  ///< 0 to 1, of a layer one hundredth of the volume's diagonal thick.
};

/// Scalars on a regular lattice of nx x ny x nz nodes, x fastest. A slice is a volume one node thick along
/// its normal.
struct VolumeView {
  std::string name;  ///< The instrument's or field's id in the lab file.
  Quantity quantity;
  int nx = 1, ny = 1, nz = 1;
  core::Vec3 origin;   ///< Position of node (0, 0, 0), m.
  core::Vec3 spacing;  ///< Distance between nodes, m; for one node along an axis the thickness it stands for.
  std::shared_ptr<const std::vector<float>> values;  ///< nx*ny*nz, in `quantity.unit`.
  ColourScale scale = ColourScale::diverging;
  double lower = 0,
         upper = 0;  ///< Colour limits in `quantity.unit`; equal: from the data (held steady over a video).
  VolumeShading shading = VolumeShading::fog;
  std::vector<OpacityPoint>
      opacity;  ///< By rising value; empty: growing from nothing at zero (or the lower limit) upwards.
  std::string colourMap;  ///< A name the renderer knows; empty: by the scale.
  /// Instead of `values`: floats that lie where the graphics device reads them (CUDA), same shape. At most
  /// one of the two.
  std::shared_ptr<const compute::SharedArray> sharedValues;
};

/// Where a volume's values equal `level`: drawn as a surface.
struct IsoSurfaceView {
  std::string name;
  VolumeView
      volume;  ///< Three nodes or more along each axis; its values shared, so this copies nothing large.
  double level = 0;  ///< In the volume's unit.
  Material material;
};

/// A plane cut through a volume, any way round, its values as colours.
struct SliceView {
  std::string name;
  VolumeView volume;
  core::Vec3 corner, u,
      v;  ///< The rectangle corner + s u + t v, s and t from 0 to 1, m. Outside the volume: nothing.
};

/// Balls, and rods between them: atoms, tracers, droplets. Arrays are one a particle, or one for all where
/// said.
struct ParticlesView {
  std::string name;
  std::shared_ptr<const std::vector<Float3>> positions;  ///< m
  std::shared_ptr<const std::vector<float>> radii;       ///< m; one a particle, or a single one for all.
  std::shared_ptr<const std::vector<Colour>>
      colours;  ///< One a particle, a single one, or null: the material's.
  std::shared_ptr<const std::vector<std::array<std::uint32_t, 2>>>
      bonds;             ///< Rods between particles; may be null.
  float bondRadius = 0;  ///< m. Each half has its particle's colour.
  Material material;
  /// Instead of `positions`: x, y, z and an unused float for each, lying where the graphics device reads them
  /// (CUDA).
  std::shared_ptr<const compute::SharedArray> sharedPositions;
};

/// Arrows at points: a field's direction and strength.
struct GlyphsView {
  std::string name;
  Quantity quantity;
  std::shared_ptr<const std::vector<Float3>> positions;  ///< m, of the arrows' middles.
  std::shared_ptr<const std::vector<Float3>> vectors;    ///< In `quantity.unit`.
  double metresPerUnit = 1;                              ///< An arrow's length for one unit of strength.
  double longest = 0;                                    ///< m; above 0: longer arrows are drawn this long.
  double lower = 0, upper = 0;  ///< Colour limits of the strength; equal: from the data.
};

/// A band along a curve: a helix, a strand, a stream surface.
struct RibbonView {
  std::string name;
  std::vector<core::Vec3> points;  ///< Two or more, m.
  std::vector<core::Vec3> across;  ///< One a point: the band's width direction; made square to the curve.
  std::vector<float> widths;       ///< m; one a point, or a single one.
  float thickness = 0;             ///< m; 0: a fifth of the width.
  std::vector<Colour> colours;     ///< One a point, or empty: the material's.
  Material material;
};

/// Polylines: outlines of objects, rays, the box of the domain.
struct LinesView {
  std::string name;
  std::vector<std::vector<core::Vec3>> polylines;  ///< Each with two points or more, m.
  bool isDashed = false;
  float width = 0;  ///< Pixels of a picture 720 high; 0: as the picture's theme has it.
  bool hasColour = false;
  Colour colour{0, 0, 0};  ///< Where `hasColour`; otherwise the theme's.
  bool isClipped = false;  ///< Cut by the frame's clip planes: contours, streamlines; boxes stay whole.
};

/// A triangle mesh, e.g. an object's surface for a 3-D picture, once or many times.
struct MeshView {
  std::string name;
  std::shared_ptr<const TriangleMesh> mesh;
  Material material;
  std::vector<Transform> instances;  ///< Where it stands; empty: once, as it is.
  std::vector<Colour> tints;         ///< One an instance, times the material's colour; or empty.
  bool isClipped = true;  ///< Cut by the frame's clip planes, the cut filled where the mesh is closed.
};

/// A text standing at a point.
struct LabelView {
  std::string text;  ///< UTF-8, one line.
  core::Vec3 position;
  bool hasLeader = false;  ///< The text stands aside, joined to its point by a line, away from other labels.
  int priority = 0;        ///< Where there is no room for all, the higher ones stay.
  /// Id in the lab's catalogue (lab/session/catalogue.h); then the session replaces the text by that
  /// structure's name in the reader's language.
  std::string structure = {};
};

/// A length between two points with ticks and its value.
struct RulerView {
  std::string name;
  core::Vec3 from, to;  ///< m
};

using View = std::variant<VolumeView, LinesView, MeshView, LabelView, IsoSurfaceView, SliceView,
                          ParticlesView, GlyphsView, RibbonView, RulerView>;

/// Half of space that is kept: points with dot(normal, p) >= offset.
struct ClipPlane {
  core::Vec3 normal{1, 0, 0};  ///< Unit.
  double offset = 0;           ///< m
  bool operator==(const ClipPlane&) const = default;
};

/// From where a scene is first looked at, and which side of it is its front. Degrees: azimuths from the x axis
/// towards y, of the direction from the scene to the viewer; elevation above the x-y plane.
struct Stance {
  double azimuth = -60, elevation = 24;
  double front = -90;  ///< Azimuth of a viewer who stands before it.
  bool operator==(const Stance&) const = default;
};

/// All that is to be drawn at one moment of a simulation.
struct Frame {
  double time = 0;  ///< Simulated time, s.
  std::int64_t step = 0;
  std::string title;  ///< In the reader's language, UTF-8.
  std::vector<View> views;
  std::vector<ClipPlane> clips;  ///< At most 6; volumes, particles and clipped meshes obey.
  Stance stance;                 ///< Where nobody chooses another.
};

/// A view's name; a label has none and gives its text.
[[nodiscard]] inline const std::string& nameOf(const View& view) {
  return std::visit(
      [](const auto& any) -> const std::string& {
        if constexpr (requires { any.name; })
          return any.name;
        else
          return any.text;
      },
      view);
}

}  // namespace aula::scene
