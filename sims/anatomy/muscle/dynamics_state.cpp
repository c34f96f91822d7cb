// SPDX-License-Identifier: Apache-2.0
#include <cmath>

#include "anatomy/muscle/dynamics.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

/// The account's running sums; what is stored follows from the rest of the state.
constexpr double EnergyAccount::*kSums[] = {&EnergyAccount::storedAtStart, &EnergyAccount::contractile,
                                            &EnergyAccount::motor,         &EnergyAccount::outside,
                                            &EnergyAccount::fibreLoss,     &EnergyAccount::jointLoss,
                                            &EnergyAccount::muscles};
constexpr std::size_t kFixed = 10;

}  // namespace

std::vector<double> LimbDynamics::state() const {
  std::vector<double> numbers{time_,
                              angle_,
                              velocity_,
                              load_,
                              static_cast<double>(hold_),
                              driven_,
                              held_,
                              shoulder_.shoulderFlexion,
                              shoulder_.shoulderAbduction,
                              shoulder_.shoulderRotation};
  for (const auto sum : kSums) numbers.push_back(account_.*sum);
  numbers.insert(numbers.end(), excitations_.begin(), excitations_.end());
  for (const Unit& unit : units_) {
    numbers.push_back(unit.activation);
    numbers.push_back(unit.fibre);
  }
  return numbers;
}

void LimbDynamics::restore(const std::vector<double>& numbers) {
  const std::size_t count = kFixed + std::size(kSums) + excitations_.size() + 2 * units_.size();
  if (numbers.size() != count)
    throw core::inputError("a saved arm has " + std::to_string(numbers.size()) + " numbers, this one has " +
                           std::to_string(count));
  for (const double number : numbers)
    if (!std::isfinite(number)) throw core::inputError("a saved arm has a number that is not finite");
  if (!(numbers[4] == 0 || numbers[4] == 1 || numbers[4] == 2))
    throw core::inputError("a saved arm's hold is 0, 1 or 2, found " + std::to_string(numbers[4]));
  const Pose shoulder{0, numbers[7], numbers[8], numbers[9]};
  if (shoulder.shoulderFlexion != shoulder_.shoulderFlexion ||
      shoulder.shoulderAbduction != shoulder_.shoulderAbduction ||
      shoulder.shoulderRotation != shoulder_.shoulderRotation)
    poseShoulder(shoulder);
  load(numbers[3]);
  time_ = numbers[0];
  angle_ = numbers[1];
  velocity_ = numbers[2];
  hold_ = static_cast<Hold>(static_cast<int>(numbers[4]));
  driven_ = numbers[5];
  held_ = numbers[6];
  std::size_t next = kFixed;
  for (const auto sum : kSums) account_.*sum = numbers[next++];
  for (double& excitation : excitations_) excitation = numbers[next++];
  for (Unit& unit : units_) {
    unit.activation = numbers[next++];
    unit.fibre = numbers[next++];
  }
  checkState();
}

}  // namespace aula::anatomy
