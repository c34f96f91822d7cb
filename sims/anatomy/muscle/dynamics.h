// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "anatomy/muscle/hill.h"
#include "anatomy/muscle/length_table.h"
#include "anatomy/muscle/limb.h"

/// An arm whose elbow moves by its muscles, by gravity and by what the hand holds. The shoulder stands where
/// it is posed.
namespace aula::anatomy {

struct LimbSettings {
  double step = 5e-4;  ///< s; 1e-4 to 1e-3
  Tendon tendon = Tendon::elastic;
  HillConstants hill;
  Vec3 gravity{0, 0, -9.80665};  ///< m/s^2, in the lab's frame
};

/// How the elbow is held.
enum class Hold {
  free,   ///< It moves as forces bid.
  clamp,  ///< Isometric: it stands.
  drive   ///< Isokinetic: it turns at a constant velocity, and stands at its limits.
};

/// J. What is stored, and since the last `place` what has gone in and out: stored() - storedAtStart =
/// contractile + motor + outside - fibreLoss - jointLoss. The difference is the step's error, of second
/// order.
struct EnergyAccount {
  double kinetic = 0, weight = 0, tendons = 0, fibres = 0,
         joint = 0;  ///< Stored now; `fibres`: the passive ones.
  double storedAtStart = 0;
  double contractile = 0;  ///< Work that active fibres have done; negative where they were stretched.
  double motor = 0;        ///< Work of clamp and drive.
  double outside = 0;      ///< What posing the shoulder and loading the hand has changed.
  double fibreLoss = 0, jointLoss = 0;  ///< Turned to heat by viscous fibres and by the joint.
  double muscles = 0;                   ///< Work of all tendons on the bones; a part of the above, not more.

  [[nodiscard]] double stored() const { return kinetic + weight + tendons + fibres + joint; }
  /// What the account lacks, J.
  [[nodiscard]] double error() const {
    return stored() - storedAtStart - (contractile + motor + outside - fibreLoss - jointLoss);
  }
};

/// One muscle as it is now.
struct MuscleReading {
  double excitation = 0, activation = 0;
  double length = 0, momentArm = 0;  ///< m
  MuscleMoment moment;
  double torque = 0;  ///< N m about the elbow, flexion > 0
};

/// Integrates, for the elbow's angle q, activations a and fibre lengths l,
///   I q'' = sum r_i T_i + gravity(q) + stops(q) - damping q',   a' = (u - a) / tau(a, u),   T(L(q), l) =
///   F(a, l, l')
/// by position Verlet: half a step of q; activation and fibres by the implicit midpoint rule, which no stiff
/// tendon shakes; a whole step of velocity by the torques there (damping implicit); half a step of q. Second
/// order, one evaluation a step, the same numbers on every run. Not for two threads at once.
class LimbDynamics {
 public:
  explicit LimbDynamics(const LimbModel& limb, const LimbSettings& settings = {});

  /// Muscles that cross the elbow, in the model's order; helpers follow theirs and have no place here.
  [[nodiscard]] const std::vector<std::string>& muscles() const { return ids_; }
  /// Throws core::Error (input) when it has no such muscle.
  [[nodiscard]] std::size_t indexOf(const std::string& id) const;
  /// 0..1; beyond, clamped.
  void excite(std::size_t muscle, double excitation);
  void relax();  ///< All excitations 0.
  /// Activations become the excitations at once, fibres go to rest: for tests that begin at full force.
  void settle();

  /// kg, 0..30, in the middle of the hand. Throws core::Error (input) for others.
  void load(double mass);
  /// The elbow's angle in it does not count. Costs about 5 ms: lengths are tabled anew.
  void poseShoulder(const Pose& shoulder);
  /// rad, rad/s. Puts the elbow there, fibres at rest, accounts at zero. Angles are kept within the limits.
  void place(double angle, double velocity = 0);

  void release();
  void clamp();
  void drive(double velocity);  ///< rad/s, flexion > 0
  [[nodiscard]] Hold hold() const { return hold_; }

  /// One fixed step. Throws core::Error (failure) when the state is no longer finite or the joint is broken.
  void step();
  /// As many steps as make up `seconds`, rounded.
  void advance(double seconds);

  [[nodiscard]] double time() const { return time_; }          ///< s
  [[nodiscard]] double angle() const { return angle_; }        ///< rad
  [[nodiscard]] double velocity() const { return velocity_; }  ///< rad/s
  [[nodiscard]] double loaded() const { return load_; }        ///< kg
  [[nodiscard]] Pose pose() const;
  [[nodiscard]] MuscleReading muscle(std::size_t index) const;
  [[nodiscard]] double muscleTorque() const;   ///< N m, of all muscles with helpers, flexion > 0
  [[nodiscard]] double gravityTorque() const;  ///< N m
  [[nodiscard]] double stopTorque() const;     ///< N m, of the passive joint at rest
  /// N m that clamp or drive bears: muscles, gravity and stops together; a dynamometer's reading. 0 when
  /// free.
  [[nodiscard]] double heldTorque() const { return hold_ == Hold::free ? 0 : held_; }
  [[nodiscard]] double inertia() const { return inertia_; }  ///< kg m^2, about the elbow, with the load
  [[nodiscard]] EnergyAccount energy() const;
  [[nodiscard]] const LimbModel& limb() const { return limb_; }
  [[nodiscard]] const LimbSettings& settings() const { return settings_; }

  /// All that changes, as plain numbers; restoring it into one of the same model and settings goes on bit for
  /// bit.
  [[nodiscard]] std::vector<double> state() const;
  /// Throws core::Error (input) when the numbers do not fit.
  void restore(const std::vector<double>& state);

 private:
  struct Unit {
    HillMuscle muscle;
    LengthTable table;
    std::size_t leader;  // Into ids_: whose excitation it takes.
    double activation, fibre;
  };
  /// What a unit does half a step ahead, and the activation there.
  struct Half {
    MuscleMoment moment;
    PathMeasure path;
    double activation = 0;
  };
  struct Stops {
    double torque, damping;  // N m, N m s/rad
  };
  void measureBodies();
  void restFibres();
  void setVelocity(double velocity);
  [[nodiscard]] MuscleMoment momentOf(const Unit& unit) const;
  [[nodiscard]] double gravityAt(double angle) const;
  [[nodiscard]] Stops stopsAt(double angle) const;
  /// Fills halves_; the torque of all muscles there.
  [[nodiscard]] double musclesHalfAhead(double angle, double velocity);
  void finishMuscles(double angleAfter);
  void checkState() const;

  LimbModel limb_;
  LimbSettings settings_;
  Pose shoulder_;
  std::vector<std::string> ids_;
  std::vector<double> excitations_;
  std::vector<Unit> units_;  // ids_ first, helpers after
  std::vector<Half> halves_;
  double load_ = 0, inertia_ = 1;
  double weightCos_ = 0, weightSin_ = 0;  // N m: gravity's torque = cos(q) weightCos_ + sin(q) weightSin_
  Hold hold_ = Hold::free;
  double driven_ = 0, held_ = 0;
  double time_ = 0, angle_ = 0, velocity_ = 0;
  EnergyAccount account_;
};

}  // namespace aula::anatomy
