// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "molecular/analysis/geometry.h"
#include "molecular/analysis/hydrogen_bonds.h"
#include "molecular/instrument/moment.h"
#include "molecular/view/representation.h"
#include "scene/view/view.h"

namespace aula::molecular {

/// Draws a system as the lab file's scene wants it. Molecules are shown whole. One thread.
class Painter {
 public:
  Painter(const Topology& topology, const SceneSpec& scene);
  void setScene(const SceneSpec& scene);
  /// Pulls with their forces (kJ/mol/nm), from the engine.
  void publish(scene::Frame& frame, Moment& moment, const std::vector<Pull>& pulls,
               const std::vector<Vec3>& pullForces) const;

  /// The atom that a frame published now shows as its particle of this number; -1 when there is none.
  [[nodiscard]] int atomOf(double number, Moment& moment) const;

 private:
  void balls(scene::Frame& frame, Moment& moment, const Representation& one,
             const std::vector<int>& atoms) const;
  void cartoon(scene::Frame& frame, Moment& moment, const Representation& one,
               const std::vector<int>& atoms) const;
  void surface(scene::Frame& frame, Moment& moment, const Representation& one,
               const std::vector<int>& atoms) const;
  void hydrogenBonds(scene::Frame& frame, Moment& moment) const;
  void measures(scene::Frame& frame, Moment& moment) const;
  [[nodiscard]] std::vector<scene::Colour> coloursOf(Moment& moment, const Representation& one,
                                                     const std::vector<int>& atoms) const;
  [[nodiscard]] const std::string& structure(Moment& moment) const;

  const Topology& topology_;
  SceneSpec scene_;
  std::vector<std::array<std::uint32_t, 2>> bonds_;
  std::vector<BackboneResidue> backbone_;
  HydrogenBondFinder finder_;
  mutable std::int64_t structureStep_ = -1;
  mutable std::string structure_;
};

/// The box's edges, m.
[[nodiscard]] scene::LinesView boxView(const Box& box);

}  // namespace aula::molecular
