// SPDX-License-Identifier: Apache-2.0
#include "anatomy/muscle/dynamics.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <sstream>

#include "core/error.h"

namespace aula::anatomy {
namespace {

constexpr double kDegree = std::numbers::pi / 180;

}  // namespace

LimbDynamics::LimbDynamics(const LimbModel& limb, const LimbSettings& settings)
    : limb_(limb), settings_(settings) {
  if (!(settings_.step >= 1e-6 && settings_.step <= 1e-3))
    throw core::inputError("an arm's step: found " + std::to_string(settings_.step) +
                           " s, allowed is 0.000001 to 0.001 s");
  const auto take = [&](const MuscleSpec& spec, std::size_t leader) {
    units_.push_back({HillMuscle(spec, settings_.hill), LengthTable(limb_, spec, shoulder_), leader,
                      settings_.hill.leastActivation, 0});
  };
  for (const MuscleSpec& spec : limb_.muscles)
    if (spec.isElbow) {
      ids_.push_back(spec.id);
      take(spec, ids_.size() - 1);
    }
  for (const MuscleSpec& spec : limb_.helpers) take(spec, indexOf(spec.follows));
  excitations_.assign(ids_.size(), 0);
  halves_.resize(units_.size());
  measureBodies();
  place(limb_.flexionLimit[0]);
}

std::size_t LimbDynamics::indexOf(const std::string& id) const {
  const auto found = std::find(ids_.begin(), ids_.end(), id);
  if (found == ids_.end()) {
    std::string all;
    for (const std::string& known : ids_) all += (all.empty() ? "" : ", ") + known;
    throw core::inputError("no muscle of the elbow is called \"" + id + "\"; there are " + all);
  }
  return static_cast<std::size_t>(found - ids_.begin());
}

void LimbDynamics::excite(std::size_t muscle, double excitation) {
  excitations_.at(muscle) = std::clamp(excitation, 0.0, 1.0);
}

void LimbDynamics::relax() {
  std::fill(excitations_.begin(), excitations_.end(), 0.0);
}

void LimbDynamics::settle() {
  const double before = energy().stored();
  for (Unit& unit : units_)
    unit.activation = std::max(excitations_[unit.leader], settings_.hill.leastActivation);
  restFibres();
  account_.outside += energy().stored() - before;
}

void LimbDynamics::load(double mass) {
  if (!(mass >= 0 && mass <= 30))
    throw core::inputError("the weight in the hand: found " + std::to_string(mass) +
                           " kg, allowed is 0 to 30 kg");
  const double before = energy().stored();
  load_ = mass;
  measureBodies();
  account_.outside += energy().stored() - before;
}

void LimbDynamics::poseShoulder(const Pose& shoulder) {
  const double before = energy().stored();
  shoulder_ = shoulder;
  shoulder_.elbowFlexion = 0;
  std::size_t n = 0;
  for (const MuscleSpec& spec : limb_.muscles)
    if (spec.isElbow) units_[n++].table = LengthTable(limb_, spec, shoulder_);
  for (const MuscleSpec& spec : limb_.helpers) units_[n++].table = LengthTable(limb_, spec, shoulder_);
  measureBodies();
  restFibres();
  account_.outside += energy().stored() - before;
}

void LimbDynamics::place(double angle, double velocity) {
  angle_ = std::clamp(angle, limb_.flexionLimit[0], limb_.flexionLimit[1]);
  velocity_ = hold_ == Hold::free ? velocity : hold_ == Hold::drive ? driven_ : 0;
  held_ = 0;
  restFibres();
  account_ = {};
  account_.storedAtStart = energy().stored();
}

void LimbDynamics::setVelocity(double velocity) {
  account_.motor += inertia_ / 2 * (velocity * velocity - velocity_ * velocity_);
  velocity_ = velocity;
}

void LimbDynamics::release() {
  hold_ = Hold::free;
}

void LimbDynamics::clamp() {
  hold_ = Hold::clamp;
  setVelocity(0);
}

void LimbDynamics::drive(double velocity) {
  hold_ = Hold::drive;
  driven_ = velocity;
}

/// Inertia about the elbow's axis, and gravity's torque over the angle: only the part of the way to the mass
/// that lies across the axis turns.
void LimbDynamics::measureBodies() {
  const RigidBody& forearm = limb_.bodies[static_cast<std::size_t>(Body::forearm)];
  const Vec3 k = limb_.elbowAxis;
  const auto across = [&](Vec3 place) {
    const Vec3 way = place - limb_.elbowCentre;
    return way - dot(way, k) * k;
  };
  const Vec3 toCentre = across(forearm.centre), toHand = across(limb_.handCentre);
  const std::array<double, 9>& j = forearm.inertia;
  const Vec3 jk{j[0] * k.x + j[1] * k.y + j[2] * k.z, j[3] * k.x + j[4] * k.y + j[5] * k.z,
                j[6] * k.x + j[7] * k.y + j[8] * k.z};
  inertia_ = dot(k, jk) + forearm.mass * dot(toCentre, toCentre) + load_ * dot(toHand, toHand);
  if (!(inertia_ > 0)) throw core::inputError("the forearm has no inertia about the elbow");

  const scene::Transform humerus = placesOf(limb_, shoulder_)[static_cast<std::size_t>(Body::humerus)];
  const Vec3 g{dot(humerus.x, settings_.gravity), dot(humerus.y, settings_.gravity),
               dot(humerus.z, settings_.gravity)};
  const Vec3 moment = forearm.mass * toCentre + load_ * toHand;
  weightCos_ = dot(k, cross(moment, g));
  weightSin_ = dot(k, cross(cross(k, moment), g));
}

void LimbDynamics::restFibres() {
  for (Unit& unit : units_)
    unit.fibre =
        unit.muscle.atRest(unit.activation, unit.table.at(angle_).length, settings_.tendon).fibreLength;
}

double LimbDynamics::gravityAt(double angle) const {
  return std::cos(angle) * weightCos_ + std::sin(angle) * weightSin_;
}

LimbDynamics::Stops LimbDynamics::stopsAt(double angle) const {
  const PassiveJoint& p = limb_.passive;
  const double below = p.scale * std::exp((limb_.flexionLimit[0] - angle) / p.range);
  const double above = p.scale * std::exp((angle - limb_.flexionLimit[1]) / p.range);
  return {below - above, p.damping + p.stopDamping * (below + above)};
}

double LimbDynamics::musclesHalfAhead(double angle, double velocity) {
  const double half = settings_.step / 2;
  double torque = 0;
  for (std::size_t n = 0; n < units_.size(); ++n) {
    const Unit& unit = units_[n];
    Half& h = halves_[n];
    h.path = unit.table.at(angle);
    h.activation = activationAfter(settings_.hill, unit.activation, excitations_[unit.leader], half);
    h.moment = settings_.tendon == Tendon::elastic
                   ? unit.muscle.after(half, unit.fibre, h.activation, h.path.length)
                   : unit.muscle.rigid(h.activation, h.path.length, -h.path.momentArm * velocity);
    torque += h.path.momentArm * h.moment.tension;
  }
  return torque;
}

/// The second half: fibres go on as fast, and their work is written down.
void LimbDynamics::finishMuscles(double angleAfter) {
  for (std::size_t n = 0; n < units_.size(); ++n) {
    Unit& unit = units_[n];
    const Half& h = halves_[n];
    const double after =
        settings_.tendon == Tendon::elastic
            ? std::max(unit.muscle.shortest(), 2 * h.moment.fibreLength - unit.fibre)
            : unit.muscle.rigid(h.activation, unit.table.at(angleAfter).length, 0).fibreLength;
    account_.contractile -= h.moment.active * (after - unit.fibre);
    account_.fibreLoss += h.moment.viscous * (after - unit.fibre);
    unit.fibre = after;
    unit.activation =
        activationAfter(settings_.hill, h.activation, excitations_[unit.leader], settings_.step / 2);
  }
}

void LimbDynamics::step() {
  const double h = settings_.step;
  if (hold_ == Hold::drive) {
    const double next = angle_ + h * driven_;
    const bool atEnd = driven_ > 0 ? next > limb_.flexionLimit[1] : next < limb_.flexionLimit[0];
    setVelocity(atEnd ? 0 : driven_);
  }
  const double angleHalf = angle_ + h / 2 * velocity_;
  double muscles = musclesHalfAhead(angleHalf, velocity_);
  const Stops stops = stopsAt(angleHalf);
  const double others = gravityAt(angleHalf) + stops.torque, c = stops.damping;
  double next = velocity_;
  if (hold_ == Hold::free) {
    const auto velocityAfter = [&](double torque) {
      return (velocity_ * (1 - h * c / (2 * inertia_)) + h * torque / inertia_) /
             (1 + h * c / (2 * inertia_));
    };
    next = velocityAfter(muscles + others);
    // A stiff tendon's pull depends on the velocity half a step ahead, which is known only now.
    if (settings_.tendon == Tendon::rigid)
      for (int round = 0; round < 2; ++round) {
        muscles = musclesHalfAhead(angleHalf, (velocity_ + next) / 2);
        next = velocityAfter(muscles + others);
      }
  }
  const double mean = (velocity_ + next) / 2, turned = h * mean;
  if (hold_ != Hold::free) {
    held_ = muscles + others - c * velocity_;
    account_.motor -= held_ * turned;
  }
  account_.jointLoss += c * mean * turned;
  account_.muscles += muscles * turned;
  angle_ = angleHalf + h / 2 * next;
  velocity_ = next;
  finishMuscles(angle_);
  time_ += h;
  checkState();
}

void LimbDynamics::checkState() const {
  const double least = limb_.flexionLimit[0] - 20 * kDegree, most = limb_.flexionLimit[1] + 20 * kDegree;
  if (std::isfinite(velocity_) && angle_ > least && angle_ < most) return;
  std::ostringstream message;
  message << "the arm at " << time_ << " s: the elbow is at " << angle_ / kDegree << " degrees and "
          << velocity_ / kDegree << " degrees/s, allowed is " << least / kDegree << " to " << most / kDegree
          << " degrees: the load of " << load_ << " kg hit the joint's stop too fast for a step of "
          << settings_.step << " s";
  throw core::Error(message.str());
}

void LimbDynamics::advance(double seconds) {
  for (long n = std::lround(seconds / settings_.step); n > 0; --n) step();
}

Pose LimbDynamics::pose() const {
  Pose pose = shoulder_;
  pose.elbowFlexion = angle_;
  return pose;
}

MuscleMoment LimbDynamics::momentOf(const Unit& unit) const {
  const PathMeasure path = unit.table.at(angle_);
  // The state holds lengths; velocity and forces are those of the next microsecond.
  return settings_.tendon == Tendon::elastic
             ? unit.muscle.after(1e-6, unit.fibre, unit.activation, path.length)
             : unit.muscle.rigid(unit.activation, path.length, -path.momentArm * velocity_);
}

MuscleReading LimbDynamics::muscle(std::size_t index) const {
  const Unit& unit = units_.at(index);
  const PathMeasure path = unit.table.at(angle_);
  MuscleReading now;
  now.excitation = excitations_[unit.leader];
  now.activation = unit.activation;
  now.length = path.length;
  now.momentArm = path.momentArm;
  now.moment = momentOf(unit);
  now.torque = path.momentArm * now.moment.tension;
  return now;
}

double LimbDynamics::muscleTorque() const {
  double sum = 0;
  for (std::size_t n = 0; n < units_.size(); ++n) sum += muscle(n).torque;
  return sum;
}

double LimbDynamics::gravityTorque() const {
  return gravityAt(angle_);
}
double LimbDynamics::stopTorque() const {
  return stopsAt(angle_).torque;
}

EnergyAccount LimbDynamics::energy() const {
  EnergyAccount account = account_;
  const PassiveJoint& p = limb_.passive;
  account.kinetic = inertia_ / 2 * velocity_ * velocity_;
  account.weight = std::cos(angle_) * weightSin_ - std::sin(angle_) * weightCos_;
  account.joint = p.scale * p.range *
                  (std::exp((limb_.flexionLimit[0] - angle_) / p.range) +
                   std::exp((angle_ - limb_.flexionLimit[1]) / p.range));
  account.tendons = account.fibres = 0;
  for (const Unit& unit : units_) {
    const MuscleMoment m = momentOf(unit);
    if (settings_.tendon == Tendon::elastic) account.tendons += unit.muscle.tendonEnergyAt(m.tendonLength);
    account.fibres += unit.muscle.passiveEnergyAt(unit.fibre);
  }
  return account;
}

}  // namespace aula::anatomy
