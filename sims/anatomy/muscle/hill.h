// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/muscle/limb.h"

/// A Hill-type muscle: a contractile fibre beside a passive one, in series with a tendon, at a pennation
/// angle that keeps the muscle's thickness. Formulas: Thelen 2003, "Adjustment of muscle mechanics model
/// parameters to simulate dynamic contractions in older adults", J Biomech Eng 125, 70,
/// doi 10.1115/1.1531112.
///
/// Symbols: a activation 0..1, u excitation 0..1; L a fibre's length over its optimal one, v its velocity
/// over the optimal length per second (lengthening > 0); forces over the maximum isometric one.
namespace aula::anatomy {

/// Constants with the values of Holzbaur, Murray, Delp 2005.
struct HillConstants {
  double activationTime = 0.010, deactivationTime = 0.040;  ///< s
  double maximumVelocity = 10;      ///< Optimal lengths per second, at full activation.
  double tendonStrain = 0.033;      ///< Of the tendon at maximum isometric force.
  double passiveStrain = 0.6;       ///< Of the passive fibre at maximum isometric force.
  double activeShape = 0.5;         ///< gamma
  double passiveShape = 4;          ///< k_PE
  double forceVelocityShape = 0.3;  ///< A_f
  double lengtheningForce = 1.8;    ///< F_len: what a fibre bears when it is stretched fast.
  double leastActivation = 0.01;    ///< A muscle at rest; keeps fibres in place.
  /// Departure from Thelen: a viscous part of the fibre, force per v / maximumVelocity, that leaves one
  /// answer where neither activation nor stretch gives any force (as Millard, Uchida, Seth, Delp 2013, who
  /// take 0.1).
  double fibreDamping = 0.01;
};

/// Equations 1 and 2: da/dt, 1/s, when the excitation stays.
[[nodiscard]] double activationRate(const HillConstants& c, double a, double u);
/// The activation `seconds` later; one classical Runge-Kutta step, so `seconds` should be below 2 ms.
[[nodiscard]] double activationAfter(const HillConstants& c, double a, double u, double seconds);

/// Equation 3, its derivative, and its integral over L (energy over force times optimal length).
[[nodiscard]] double passiveForce(const HillConstants& c, double L);
[[nodiscard]] double passiveStiffness(const HillConstants& c, double L);
[[nodiscard]] double passiveEnergy(const HillConstants& c, double L);
/// Equation 4.
[[nodiscard]] double activeForceLength(const HillConstants& c, double L);
/// Equation 5 (toe and linear part), its derivative, and its integral over the strain.
[[nodiscard]] double tendonForce(const HillConstants& c, double strain);
[[nodiscard]] double tendonStiffness(const HillConstants& c, double strain);
[[nodiscard]] double tendonEnergy(const HillConstants& c, double strain);
/// Equations 6 and 7 solved for the force: by what factor activation times force-length is multiplied at v. 1
/// at rest, 0 when shortening at (0.25 + 0.75 a) maximumVelocity or faster, towards F_len when lengthening.
[[nodiscard]] double forceVelocity(const HillConstants& c, double a, double v);
[[nodiscard]] double forceVelocitySlope(const HillConstants& c, double a,
                                        double v);  ///< Its derivative by v, s.
/// Equations 6 and 7 as they stand: v from the active force, for a force between 0 and F_len a f_L.
[[nodiscard]] double velocityAt(const HillConstants& c, double a, double forceLength, double activeForce);

/// What a fibre and its tendon do at one moment, SI.
struct MuscleMoment {
  double fibreLength = 0, fibreVelocity = 0;  ///< m, m/s
  double cosPennation = 1;
  double tendonLength = 0;                      ///< m
  double tension = 0;                           ///< N, of the tendon: what bones feel
  double active = 0, passive = 0, viscous = 0;  ///< N, along the fibre
};

enum class Tendon { elastic, rigid };

/// One muscle with its numbers. Immutable; any thread.
class HillMuscle {
 public:
  HillMuscle(const MuscleSpec& spec, const HillConstants& constants);

  /// At rest for this activation and length of muscle with tendon, m: fibre and tendon pull equally.
  [[nodiscard]] MuscleMoment atRest(double activation, double length, Tendon tendon = Tendon::elastic) const;
  /// The moment in which fibre and tendon pull equally while the fibre, `fibreBefore` long `seconds` ago, has
  /// moved to where it is now at a constant velocity: half a step of the implicit midpoint rule. Always one
  /// answer, however stiff the tendon is.
  [[nodiscard]] MuscleMoment after(double seconds, double fibreBefore, double activation,
                                   double length) const;
  /// With a tendon that does not stretch: the fibre follows the length and its velocity, m/s.
  [[nodiscard]] MuscleMoment rigid(double activation, double length, double velocity) const;

  /// N m: stored in the stretched tendon, in the passive fibre.
  [[nodiscard]] double tendonEnergyAt(double tendonLength) const;
  [[nodiscard]] double passiveEnergyAt(double fibreLength) const;
  /// m: the fibre never gets shorter; there its pennation is 84 degrees (or it has a tenth of its length).
  [[nodiscard]] double shortest() const { return shortest_; }
  [[nodiscard]] const HillConstants& constants() const { return c_; }

 private:
  /// `rate`: 1/s by which a fibre's change since before counts as velocity; 0: at rest.
  [[nodiscard]] MuscleMoment balance(double rate, double before, double activation, double length,
                                     double guess) const;
  [[nodiscard]] double slopeOf(const MuscleMoment& m, double rate, double activation) const;
  [[nodiscard]] MuscleMoment momentAt(double fibre, double velocity, double activation, double length) const;

  HillConstants c_;
  double force_, optimal_, slack_, thickness_, shortest_;
};

}  // namespace aula::anatomy
