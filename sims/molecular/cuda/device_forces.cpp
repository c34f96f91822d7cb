// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/device_forces.h"

#include "compute/launch.h"
#include "core/error.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cuda {

DeviceForces::DeviceForces(compute::Stream& stream, const Topology& topology, const RigidPlan& plan,
                           const NonbondedSettings& settings, const Box& box)
    : atoms_(topology.atomCount()) {
  if (settings.hasGeneralisedBorn)
    throw core::inputError("the generalised Born model is computed on the CPU; choose --device cpu");
  if (settings.electrostatics == Electrostatics::plain && box.isPeriodic())
    throw core::inputError("plain Coulomb forces never end: they need a system without a box");
  if (settings.cutoff > box.longestCutoff())
    throw core::inputError(
        "the cut-off of " + std::to_string(settings.cutoff) +
        " nm is more than half the box's smallest height; take a larger box or a cut-off of at most " +
        std::to_string(box.longestCutoff()) + " nm");
  const bool hasMesh = settings.electrostatics == Electrostatics::particleMeshEwald;
  const double beta = hasMesh ? ewaldBeta(settings) : 0;
  parameters_ = pairParameters(settings, beta);
  bulk_ = bulkTerms(topology, settings, beta);
  if (!box.isPeriodic())
    bulk_.dispersionTimesVolume = bulk_.dispersionConstant = bulk_.dispersionPressureTimesSquare = 0;
  pairs_ = std::make_unique<DevicePairs>(stream, topology, parameters_);
  if (hasMesh) mesh_ = std::make_unique<DeviceMesh>(stream, settings, box, beta);
  terms_ = std::make_unique<DeviceTerms>(stream, topology, plan, parameters_,
                                         settings.electrostatics != Electrostatics::plain);
  const std::vector<float> charges(topology.charges.begin(), topology.charges.end());
  const std::vector<float> masses(plan.masses.begin(), plan.masses.end());
  charges_ = {stream, charges.size(), "charges of atoms"};
  charges_.upload(stream, charges);
  masses_ = {stream, masses.size(), "masses of atoms"};
  masses_.upload(stream, masses);
  fieldSums_ = {stream, static_cast<std::size_t>(atoms_) / 64 + 1, "sums of the field"};
}

void DeviceForces::search(compute::Stream& stream, const DeviceCell* cell, const Box& box, float buffer,
                          Vec3f* positions, std::int32_t* images, std::span<const Vec3f> hostPositions) {
  // Without a cut-off the reach has no end.
  const float reach = parameters_.reachSquare > 1e20F ? 1e15F : squareRoot(parameters_.reachSquare) + buffer;
  pairs_->search(stream, cell, box, reach, positions, images, hostPositions);
}

void DeviceForces::launch(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions,
                          const std::int32_t* images, Vec3f* forces, double* totals) {
  pairs_->launch(stream, cell, positions, forces, totals);
  if (mesh_) mesh_->launch(stream, cell, pairs_->points(), pairs_->slots(), pairs_->atomAt(), forces, totals);
  terms_->launch(stream, {cell, positions}, forces, totals);
  launchOutside(stream, cell, positions, images, forces, totals);
}

void DeviceForces::launchOutside(compute::Stream& stream, const DeviceCell* cell, const Vec3f* positions,
                                 const std::int32_t* images, Vec3f* forces, double* totals) {
  if (field_.x != 0 || field_.y != 0 || field_.z != 0) {
    const auto run = [&](auto kernel) {
      kernel.cell = cell;
      kernel.field = field_;
      kernel.charges = charges_.device();
      kernel.positions = positions;
      kernel.images = images;
      kernel.count = atoms_;
      kernel.forces = forces;
      kernel.blockSums = fieldSums_.device();
      compute::launch(stream, kernel.shape(), kernel);
      return kernel.shape().blocks.x;
    };
    if (totals != nullptr) {
      const int blocks = run(AddField<true>{});
      compute::launch(stream, FoldSums::shape(),
                      FoldSums{fieldSums_.device(),
                               blocks,
                               1,
                               totals,
                               {kTermTotals + static_cast<int>(Term::external)},
                               false});
    } else {
      run(AddField<false>{});
    }
  }
  for (int n = 0; n < static_cast<int>(pulls_.size()); ++n) {
    const PullGroup pull{cell,   pulls_.device(),      n, pullAtoms_.device(), masses_.device(), positions,
                         forces, pullResults_.device()};
    compute::launch(stream, {{1, 1, 1}, {PullGroup::kThreads, 1, 1}}, pull);
  }
}

void DeviceForces::setExternal(compute::Stream& stream, const External& external,
                               const std::vector<double>& masses) {
  std::vector<DevicePull> pulls;
  std::vector<int> atoms;
  for (const Pull& pull : external.pulls) {
    for (const int atom : pull.atoms)
      if (atom < 0 || static_cast<std::size_t>(atom) >= masses.size())
        throw core::inputError("a pull names atom " + std::to_string(atom + 1) + " of " +
                               std::to_string(masses.size()));
    if (pull.atoms.empty()) throw core::inputError("a pull names no atom");
    pulls.push_back({static_cast<int>(atoms.size()),
                     static_cast<int>(pull.atoms.size()),
                     {static_cast<float>(pull.target.x), static_cast<float>(pull.target.y),
                      static_cast<float>(pull.target.z)},
                     static_cast<float>(pull.stiffness),
                     static_cast<float>(pull.largestForce)});
    atoms.insert(atoms.end(), pull.atoms.begin(), pull.atoms.end());
  }
  const Vec3f field{static_cast<float>(kFieldUnit * external.electricField.x),
                    static_cast<float>(kFieldUnit * external.electricField.y),
                    static_cast<float>(kFieldUnit * external.electricField.z)};
  // A hand moves its target at every frame: recorded steps stay good as long as only that changes.
  const bool fits = pulls.size() == pulls_.size() && atoms.size() == pullAtoms_.size() &&
                    field.x == field_.x && field.y == field_.y && field.z == field_.z;
  if (!fits) {
    ++externalChanges_;
    field_ = field;
    pulls_ = {stream, pulls.size(), "pulls"};
    pullAtoms_ = {stream, atoms.size(), "atoms of pulls"};
    pullResults_ = {stream, 4 * pulls.size(), "pull forces"};
    pullResults_.fillZero(stream);
  }
  pulls_.upload(stream, pulls);
  pullAtoms_.upload(stream, atoms);
}

std::vector<float> DeviceForces::pullResults(compute::Stream& stream) const {
  std::vector<float> results(pullResults_.size());
  pullResults_.download(stream, results);
  return results;
}

double DeviceForces::bytes() const {
  return pairs_->bytes() + (mesh_ ? mesh_->bytes() : 0) + terms_->bytes() +
         static_cast<double>(charges_.bytes() + masses_.bytes());
}

}  // namespace aula::molecular::cuda
