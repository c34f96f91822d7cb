// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

/// What a hand does to a running simulation, beside turning knobs: commands whose names have a dot. They go
/// the same way as knobs (LiveSession::post, Session::post), stand in commands.jsonl and are replayed; a
/// simulation without hands answers false to them.
///
/// Particles are called by their number in the frame, from 0, counted through all its ParticlesViews in their
/// order.
///
///     post(hand::kTakeParticle, number);                   takes hold; the spring's end is where the
///     particle is post(hand::kX, target.x); post(hand::kY, ...)        ... and is moved; metres in the lab's
///     frame post(hand::kLetGo, 0);
namespace aula::lab::hand {

/// Takes hold of the particle with this number; or of all that is in its residue or molecule.
inline constexpr const char* kTakeParticle = "pull.particle";
inline constexpr const char* kTakeResidue = "pull.residue";
inline constexpr const char* kTakeMolecule = "pull.molecule";
inline constexpr const char* kX = "pull.x";  ///< m: where the spring's free end is.
inline constexpr const char* kY = "pull.y";
inline constexpr const char* kZ = "pull.z";
inline constexpr const char* kStiffness = "pull.stiffness";  ///< N/m
inline constexpr const char* kForceLimit = "pull.limit";     ///< N
inline constexpr const char* kLetGo = "pull.release";        ///< Any value.

/// A ball in which matter is heated or cooled: it is there while its radius is above 0.
inline constexpr const char* kHeatX = "heat.x";  ///< m
inline constexpr const char* kHeatY = "heat.y";
inline constexpr const char* kHeatZ = "heat.z";
inline constexpr const char* kHeatRadius = "heat.radius";            ///< m
inline constexpr const char* kHeatTemperature = "heat.temperature";  ///< K

/// Knobs' names have no dot.
[[nodiscard]] constexpr bool isHand(std::string_view command) {
  return command.find('.') != std::string_view::npos;
}

/// A simulation that obeys these commands is one of these too: so a window knows before somebody takes hold.
class Graspable {
 public:
  virtual ~Graspable() = default;
};

}  // namespace aula::lab::hand
