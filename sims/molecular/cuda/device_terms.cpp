// SPDX-License-Identifier: Apache-2.0
#include "molecular/cuda/device_terms.h"

#include <algorithm>
#include <cmath>

#include "compute/launch.h"
#include "molecular/cuda/motion_kernels.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cuda {

namespace {

float single(double value) {
  return static_cast<float>(value);
}
Vec3f single(const Vec3& v) {
  return {single(v.x), single(v.y), single(v.z)};
}

DeviceDihedral deviceDihedral(const PeriodicDihedral& term, int isImproper) {
  return {term.i,
          term.j,
          term.k,
          term.l,
          {single(std::cos(term.phase)), single(std::sin(term.phase)), single(term.stiffness)},
          term.multiplicity,
          isImproper};
}

/// Who stands in which slot, while slots are handed out.
class Slots {
 public:
  explicit Slots(int atoms) : of_(static_cast<std::size_t>(atoms)) {}
  void add(std::initializer_list<int> atoms) {
    for (const int atom : atoms) of_[static_cast<std::size_t>(atom)].push_back(count_++);
  }
  [[nodiscard]] int count() const { return count_; }
  void flatten(std::vector<int>& start, std::vector<int>& slots) const {
    start.push_back(0);
    for (const auto& own : of_) {
      slots.insert(slots.end(), own.begin(), own.end());
      start.push_back(static_cast<int>(slots.size()));
    }
  }

 private:
  std::vector<std::vector<int>> of_;
  int count_ = 0;
};

template <class T>
compute::DeviceBuffer<T> uploaded(compute::Stream& stream, const std::vector<T>& values, const char* name) {
  compute::DeviceBuffer<T> buffer(stream, values.size(), name);
  buffer.upload(stream, values);
  return buffer;
}

enum Kind : std::size_t {
  kBonds,
  kAngles,
  kPeriodic,
  kHarmonic,
  kRyckaertBellemans,
  kPairs14,
  kExcluded,
  kRestraints
};

}  // namespace

DeviceTerms::DeviceTerms(compute::Stream& stream, const Topology& topology, const RigidPlan& plan,
                         const PairParameters& parameters, bool hasExcludedPairs)
    : parameters_(parameters), atoms_(topology.atomCount()) {
  Slots slots(atoms_);
  const auto begin = [&](Kind kind) { firstSlot_[kind] = static_cast<std::size_t>(slots.count()); };

  begin(kBonds);
  std::vector<DeviceBond> bonds;
  for (const Bond& term : plan.springs) {
    bonds.push_back({term.i, term.j, single(term.length), single(term.stiffness)});
    slots.add({term.i, term.j});
  }
  begin(kAngles);
  std::vector<DeviceAngle> angles;
  for (const Angle& term : plan.angles) {
    angles.push_back({term.i, term.j, term.k, single(term.angle), single(term.stiffness)});
    slots.add({term.i, term.j, term.k});
  }
  begin(kPeriodic);
  std::vector<DeviceDihedral> periodic;
  for (const auto* list : {&topology.properDihedrals, &topology.improperDihedrals})
    for (const PeriodicDihedral& term : *list) {
      periodic.push_back(deviceDihedral(term, list == &topology.improperDihedrals ? 1 : 0));
      slots.add({term.i, term.j, term.k, term.l});
    }
  begin(kHarmonic);
  std::vector<DeviceDihedral> harmonic;
  for (const HarmonicImproper& term : topology.harmonicImpropers) {
    harmonic.push_back({term.i, term.j, term.k, term.l, {single(term.angle), single(term.stiffness)}, 0, 0});
    slots.add({term.i, term.j, term.k, term.l});
  }
  begin(kRyckaertBellemans);
  std::vector<DeviceDihedral> ryckaertBellemans;
  for (const RyckaertBellemans& term : topology.ryckaertBellemans) {
    DeviceDihedral dihedral{term.i, term.j, term.k, term.l, {}, 0, 0};
    for (std::size_t n = 0; n < 6; ++n) dihedral.c[n] = single(term.c[n]);
    ryckaertBellemans.push_back(dihedral);
    slots.add({term.i, term.j, term.k, term.l});
  }
  begin(kPairs14);
  std::vector<DevicePair> pairs14;
  for (const Pair14& term : topology.pairs14) {
    pairs14.push_back(
        {term.i, term.j, single(term.c6), single(term.c12), single(kCoulomb * term.chargeProduct)});
    slots.add({term.i, term.j});
  }
  begin(kExcluded);
  std::vector<DevicePair> excluded;
  for (int i = 0; hasExcludedPairs && i < atoms_; ++i) {
    const auto at = static_cast<std::size_t>(i);
    for (int n = topology.exclusionStart[at]; n < topology.exclusionStart[at + 1]; ++n) {
      const int j = topology.exclusions[static_cast<std::size_t>(n)];
      const double charge = kCoulomb * topology.charges[at] * topology.charges[static_cast<std::size_t>(j)];
      if (j < i || charge == 0) continue;
      excluded.push_back({i, j, 0, 0, single(charge)});
      slots.add({i, j});
    }
  }
  begin(kRestraints);
  std::vector<DeviceRestraint> restraints;
  for (const PositionRestraint& term : topology.positionRestraints) {
    restraints.push_back({term.atom, single(term.reference), single(term.stiffness)});
    slots.add({term.atom});
  }

  bonds_ = uploaded(stream, bonds, "bonds");
  angles_ = uploaded(stream, angles, "angles");
  periodic_ = uploaded(stream, periodic, "periodic dihedrals");
  harmonic_ = uploaded(stream, harmonic, "harmonic impropers");
  ryckaertBellemans_ = uploaded(stream, ryckaertBellemans, "Ryckaert-Bellemans dihedrals");
  pairs14_ = uploaded(stream, pairs14, "pairs three bonds apart");
  excluded_ = uploaded(stream, excluded, "excluded pairs");
  restraints_ = uploaded(stream, restraints, "restraints");
  std::vector<int> start, of;
  slots.flatten(start, of);
  slotStart_ = uploaded(stream, start, "first slots");
  slotOf_ = uploaded(stream, of, "slots of atoms");
  slots_ = {stream, static_cast<std::size_t>(slots.count()), "slots"};
  std::size_t most = 1;
  for (const std::size_t count :
       {bonds.size(), angles.size(), periodic.size(), harmonic.size(), ryckaertBellemans.size(),
        pairs14.size(), excluded.size(), restraints.size()})
    most = std::max(most, count);
  blockSums_ = {stream, (most / 64 + 1) * kTermSums, "sums of terms"};
}

template <class Term, bool kWantsEnergy>
void DeviceTerms::launchKind(compute::Stream& stream, const Term& term, std::size_t count,
                             std::size_t firstSlot, const TermContext& at, double* totals, int energy,
                             int secondEnergy) const {
  if (count == 0) return;
  ComputeTerms<Term, kWantsEnergy> kernel{term, at, static_cast<int>(count), slots_.device() + firstSlot,
                                          blockSums_.device()};
  compute::launch(stream, kernel.shape(), kernel);
  if (!kWantsEnergy) return;
  FoldSums fold{
      blockSums_.device(), kernel.shape().blocks.x, kTermSums, totals, {energy, secondEnergy}, false};
  for (int n = 0; n < 6; ++n) fold.target[2 + n] = kVirialTotals + n;
  compute::launch(stream, FoldSums::shape(), fold);
}

template <bool kWantsEnergy>
void DeviceTerms::launchAll(compute::Stream& stream, const TermContext& at, double* totals) const {
  const auto launchOne = [&](const auto& term, std::size_t count, Kind kind, Term energy, int second = -1) {
    launchKind<std::decay_t<decltype(term)>, kWantsEnergy>(stream, term, count, firstSlot_[kind], at, totals,
                                                           kTermTotals + static_cast<int>(energy), second);
  };
  launchOne(BondTerm{bonds_.device()}, bonds_.size(), kBonds, Term::bond);
  launchOne(AngleTerm{angles_.device()}, angles_.size(), kAngles, Term::angle);
  launchOne(DihedralTerm<DihedralKind::periodic>{periodic_.device()}, periodic_.size(), kPeriodic,
            Term::properDihedral, kTermTotals + static_cast<int>(Term::improperDihedral));
  launchOne(DihedralTerm<DihedralKind::harmonic>{harmonic_.device()}, harmonic_.size(), kHarmonic,
            Term::improperDihedral);
  launchOne(DihedralTerm<DihedralKind::ryckaertBellemans>{ryckaertBellemans_.device()},
            ryckaertBellemans_.size(), kRyckaertBellemans, Term::ryckaertBellemans);
  launchOne(PairTerm14{pairs14_.device()}, pairs14_.size(), kPairs14, Term::lennardJones14,
            kTermTotals + static_cast<int>(Term::coulomb14));
  launchOne(ExcludedTerm{excluded_.device(), parameters_}, excluded_.size(), kExcluded, Term::coulombReal);
  launchOne(RestraintTerm{restraints_.device()}, restraints_.size(), kRestraints, Term::positionRestraint);
}

void DeviceTerms::launch(compute::Stream& stream, const TermContext& at, Vec3f* forces,
                         double* totals) const {
  if (totals != nullptr)
    launchAll<true>(stream, at, totals);
  else
    launchAll<false>(stream, at, totals);
  if (slots_.empty()) return;
  const AddTerms add{{slotStart_.device(), slotOf_.device(), slots_.device(), forces}, atoms_};
  compute::launch(stream, add.shape(), add);
}

double DeviceTerms::bytes() const {
  return static_cast<double>(bonds_.bytes() + angles_.bytes() + periodic_.bytes() + harmonic_.bytes() +
                             ryckaertBellemans_.bytes() + pairs14_.bytes() + excluded_.bytes() +
                             restraints_.bytes() + slots_.bytes() + slotStart_.bytes() + slotOf_.bytes() +
                             blockSums_.bytes());
}

}  // namespace aula::molecular::cuda
