// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/nonbonded.h"

#include <omp.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "molecular/cpu/born.h"
#include "molecular/cpu/cluster_grid.h"
#include "molecular/cpu/ewald_fit.h"
#include "molecular/cpu/lennard_jones_rule.h"
#include "molecular/cpu/list_buffer.h"
#include "molecular/cpu/pair_kernels.h"
#include "molecular/cpu/pair_list.h"
#include "molecular/cpu/particle_mesh.h"
#include "molecular/model/constants.h"

namespace aula::molecular::cpu {

namespace {

const PairKernels& chooseKernels(const char* instructionSet) {
  const std::string asked = instructionSet == nullptr ? "" : instructionSet;
#if defined(__x86_64__)
  __builtin_cpu_init();
  const bool hasAvx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                         __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw");
  const bool hasAvx2 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  if (hasAvx512 && (asked.empty() || asked == "avx512")) return kPairKernelsAvx512;
  if (hasAvx2 && (asked.empty() || asked == "avx2")) return kPairKernelsAvx2;
  if (asked == "avx512" || asked == "avx2")
    throw core::inputError("the instruction set " + asked + " was asked for and this processor has it not");
#endif
  if (!asked.empty() && asked != "baseline")
    throw core::inputError("unknown instruction set '" + asked + "'; possible are avx512, avx2, baseline");
  return kPairKernelsBaseline;
}

std::vector<char> atomsWithLennardJones(const Topology& topology, const LennardJonesParameters& parameters) {
  std::vector<char> has;
  for (const int type : topology.types)
    has.push_back(parameters.hasLennardJones[static_cast<std::size_t>(type)]);
  return has;
}

/// Clusters a piece of the last pass, where forces are summed and handed out.
constexpr std::int32_t kPiece = 32;

class CpuNonbonded final : public Nonbonded {
 public:
  CpuNonbonded(const Topology& topology, const Settings& settings, const Box& box, const Tuning& tuning)
      : topology_(topology),
        settings_(settings.nonbonded),
        kernels_(chooseKernels(tuning.instructionSet)),
        threads_(tuning.threads > 0 ? tuning.threads : omp_get_max_threads()),
        lennardJones_(findRule(topology)),
        plan_(planLists(topology, settings, box)),
        list_(topology_, atomsWithLennardJones(topology, lennardJones_)),
        dispersion_(dispersionCorrection(topology, settings_)) {
    checkSettings(box);
    setConstants();
    const double root = std::sqrt(kCoulomb);
    for (const double charge : topology.charges) {
      charges_.push_back(static_cast<float>(root * charge));
      chargeSum_ += charge;
      chargeSquares_ += charge * charge;
    }
    if (isEwald()) mesh_.emplace(settings_, box, kernels_);
    if (settings_.hasGeneralisedBorn) born_.emplace(topology, settings_, threads_);
    wide_.resize(static_cast<std::size_t>(threads_));
  }

  void addForces(std::int64_t step, const Box& box, std::span<const Float3> positions,
                 std::span<Float3> forces) override {
    evaluate(step, box, positions, forces, false);
  }
  NonbondedEnergies addForcesAndEnergies(std::int64_t step, const Box& box, std::span<const Float3> positions,
                                         std::span<Float3> forces) override {
    return evaluate(step, box, positions, forces, true);
  }
  void invalidate() override { isValid_ = false; }

  void save(core::CheckpointWriter& writer) const override;
  void load(core::CheckpointReader& reader) override;
  [[nodiscard]] const NonbondedTimes& times() const override { return times_; }
  [[nodiscard]] double bytes() const override {
    std::size_t sum = grid_.bytes() + list_.bytes() + (mesh_ ? mesh_->bytes() : 0);
    for (const auto& wide : wide_) sum += 4 * wide.size();
    return static_cast<double>(sum + 12 * (listPositions_.size() + prunePositions_.size()));
  }
  [[nodiscard]] std::string description() const override {
    return std::string(kernels_.name) + " 4x4 clusters, " + std::to_string(threads_) +
           (threads_ == 1 ? " thread" : " threads");
  }

 private:
  [[nodiscard]] bool isEwald() const { return settings_.electrostatics == Electrostatics::particleMeshEwald; }
  void checkSettings(const Box& box) const;
  void setConstants();
  void prepare(std::int64_t step, const Box& box, std::span<const Float3> positions);
  void makeList(const Box& box, std::span<const Float3> positions);
  void makeInnerList(std::span<const Float3> positions);
  void findFarExclusions(const Box& box);
  NonbondedEnergies evaluate(std::int64_t step, const Box& box, std::span<const Float3> positions,
                             std::span<Float3> forces, bool hasEnergies);
  void runChunk(std::size_t n, bool hasEnergies, float* wide);
  void handOut(std::span<Float3> forces);
  void addFarExclusions(const Box& box, std::span<const Float3> positions, std::span<Float3> forces,
                        NonbondedEnergies& energies) const;
  void addCorrections(const Box& box, NonbondedEnergies& energies) const;

  Topology topology_;
  NonbondedSettings settings_;
  const PairKernels& kernels_;
  int threads_;
  LennardJonesParameters lennardJones_;
  ListPlan plan_;
  PairList list_;
  DispersionCorrection dispersion_;
  PairConstants constants_;
  std::vector<float> charges_;
  double chargeSum_ = 0, chargeSquares_ = 0;
  double coulombShift_ = 0;  ///< c of the reaction field, 1/nm
  std::optional<ParticleMesh> mesh_;
  std::optional<GeneralisedBorn> born_;
  ClusterGrid grid_;
  AlignedVector<float> ljOfCluster_;
  std::vector<std::int32_t> typesOfCluster_;
  std::vector<AlignedVector<float>> wide_;           ///< Of each thread: three vectors a cluster.
  std::vector<PairTask> results_;                    ///< Of each chunk: energies.
  std::vector<std::array<std::int32_t, 3>> pieces_;  ///< Segment, first and last cluster.
  std::vector<std::array<int, 2>> farExclusions_;

  bool isValid_ = false;
  double innerPairs_ = 0;  ///< Of clusters.
  std::int64_t listStep_ = 0, pruneStep_ = 0;
  Box listBox_, pruneBox_;
  std::vector<Float3> listPositions_, prunePositions_;
  NonbondedTimes times_;
};

void CpuNonbonded::checkSettings(const Box& box) const {
  if (!(settings_.cutoff > 0))
    throw core::inputError("the cut-off is " + std::to_string(settings_.cutoff) + " nm; it must be above 0");
  if (settings_.electrostatics == Electrostatics::plain && box.isPeriodic())
    throw core::inputError(
        "plain Coulomb has no end and needs a vacuum box; in this periodic one take Ewald's sum or the "
        "reaction field");
  if (settings_.hasGeneralisedBorn && settings_.electrostatics != Electrostatics::plain)
    throw core::inputError("generalised Born goes with plain Coulomb in a vacuum box");
  if (settings_.vdwModifier == VdwModifier::potentialSwitch &&
      !(settings_.switchStart > 0 && settings_.switchStart < settings_.cutoff))
    throw core::inputError("switchStart is " + std::to_string(settings_.switchStart) +
                           " nm; it must lie between 0 and the cut-off, " + std::to_string(settings_.cutoff) +
                           " nm");
  if (settings_.cutoff > box.longestCutoff())
    throw core::inputError("the cut-off of " + std::to_string(settings_.cutoff) +
                           " nm is longer than half the smallest height of the box, " +
                           std::to_string(box.longestCutoff()) +
                           " nm: take a larger box or a shorter cut-off");
}

void CpuNonbonded::setConstants() {
  const double rc = settings_.cutoff;
  constants_.cutoff2 = static_cast<float>(rc * rc);
  if (isEwald()) {
    fitEwald(settings_, constants_);
  } else if (settings_.electrostatics == Electrostatics::reactionField) {
    // Tironi et al. 1995, eq. 20 without salt: k = (e - 1)/(2 e + 1)/rc^3, c = 1/rc + k rc^2.
    const double epsilon = settings_.reactionFieldPermittivity;
    const double k = (epsilon == 0 ? 0.5 : (epsilon - 1) / (2 * epsilon + 1)) / (rc * rc * rc);
    coulombShift_ = 1 / rc + k * rc * rc;
    constants_.reactionField = static_cast<float>(k);
    constants_.coulombShift = static_cast<float>(coulombShift_);
    constants_.coulombCutoff2 = constants_.cutoff2;
  } else {
    constants_.coulombCutoff2 = 3e38F;
  }
  if (settings_.vdwModifier == VdwModifier::potentialShift) {
    constants_.dispersionShift = static_cast<float>(std::pow(rc, -6));
    constants_.repulsionShift = static_cast<float>(std::pow(rc, -12));
  }
  if (settings_.vdwModifier == VdwModifier::potentialSwitch) {
    constants_.switchStart = static_cast<float>(settings_.switchStart);
    constants_.switchWidthInverse = static_cast<float>(1 / (rc - settings_.switchStart));
  }
  constants_.table = lennardJones_.table.data();
  constants_.typeCount = topology_.typeCount;
}

void CpuNonbonded::makeList(const Box& box, std::span<const Float3> positions) {
  checkSettings(box);
  for (std::size_t n = 0; n < positions.size(); ++n)
    if (!(std::abs(positions[n].x) < 1e4F && std::abs(positions[n].y) < 1e4F &&
          std::abs(positions[n].z) < 1e4F))
      throw core::Error("atom " + std::to_string(n + 1) + " is at (" + std::to_string(positions[n].x) + ", " +
                        std::to_string(positions[n].y) + ", " + std::to_string(positions[n].z) +
                        ") nm, beyond reason: the run has become unstable");
  grid_.sort(box, positions, charges_, threads_);
  const auto clusters = static_cast<std::size_t>(grid_.clusterCount());
  ljOfCluster_.assign(8 * clusters, 0.0F);
  typesOfCluster_.assign(4 * clusters, 0);
  for (std::size_t slot = 0; slot < 4 * clusters; ++slot) {
    const std::int32_t atom = grid_.atoms()[slot];
    if (atom < 0) continue;
    const auto type = static_cast<std::size_t>(topology_.types[static_cast<std::size_t>(atom)]);
    ljOfCluster_[8 * (slot / 4) + slot % 4] = lennardJones_.first[type];
    ljOfCluster_[8 * (slot / 4) + 4 + slot % 4] = lennardJones_.second[type];
    typesOfCluster_[slot] = static_cast<std::int32_t>(type);
  }
  for (auto& wide : wide_) wide.assign(clusters * 3 * static_cast<std::size_t>(kernels_.lanes), 0.0F);
  list_.build(grid_, box, plan_.outerRadius, kernels_, threads_);
  if (mesh_) {
    mesh_->setBox(box);
    mesh_->setBlocks(grid_);
    findFarExclusions(box);
  }
  pieces_.clear();
  for (std::size_t s = 0; s < list_.segments().size(); ++s)
    for (std::int32_t first = list_.segments()[s].first; first < list_.segments()[s].last; first += kPiece)
      pieces_.push_back(
          {static_cast<std::int32_t>(s), first, std::min(first + kPiece, list_.segments()[s].last)});
  results_.resize(list_.chunks().size());
  listBox_ = box;
  listPositions_.assign(positions.begin(), positions.end());
  isValid_ = true;
  ++times_.searches;
}

void CpuNonbonded::makeInnerList(std::span<const Float3> positions) {
  list_.prune(grid_, plan_.innerRadius, kernels_, threads_);
  innerPairs_ = static_cast<double>(list_.innerPairs());
  prunePositions_.assign(positions.begin(), positions.end());
  ++times_.prunes;
}

/// Excluded pairs that may come to lie beyond the cut-off while this list lives: the kernel leaves them out
/// there.
void CpuNonbonded::findFarExclusions(const Box& box) {
  farExclusions_.clear();
  const double far = std::max(settings_.cutoff - 2 * mesh_->longestWay(), 0.0);
  const auto count = static_cast<std::ptrdiff_t>(topology_.atomCount());
  const auto place = [&](int atom) {
    const auto slot = static_cast<std::size_t>(grid_.slots()[static_cast<std::size_t>(atom)]);
    const float* at = grid_.xyzq() + 16 * (slot / 4) + slot % 4;
    return Vec3{at[0], at[4], at[8]};
  };
  std::vector<std::vector<std::array<int, 2>>> found(static_cast<std::size_t>(threads_));
#pragma omp parallel for schedule(static) num_threads(threads_)
  for (std::ptrdiff_t i = 0; i < count; ++i)
    for (int n = topology_.exclusionStart[static_cast<std::size_t>(i)];
         n < topology_.exclusionStart[static_cast<std::size_t>(i) + 1]; ++n) {
      const int other = topology_.exclusions[static_cast<std::size_t>(n)];
      if (other <= i) continue;
      const Vec3 apart = box.nearest(place(static_cast<int>(i)) - place(other));
      if (dot(apart, apart) > far * far)
        found[static_cast<std::size_t>(omp_get_thread_num())].push_back({static_cast<int>(i), other});
    }
  for (const auto& part : found) farExclusions_.insert(farExclusions_.end(), part.begin(), part.end());
}

void CpuNonbonded::prepare(std::int64_t step, const Box& box, std::span<const Float3> positions) {
  if (positions.size() != topology_.masses.size())
    throw core::Error(std::to_string(positions.size()) + " positions for " +
                      std::to_string(topology_.masses.size()) + " atoms");
  const double begin = omp_get_wtime();
  bool isOver = !isValid_ || step < listStep_ || step - listStep_ >= plan_.outerLife ||
                box.isPeriodic() != listBox_.isPeriodic() || box.isRectangular() != listBox_.isRectangular();
  if (!isOver) {
    const float way = grid_.update(box, positions, threads_);
    // Beyond what the buffer counts with; and no atom may leave its block of the mesh.
    constexpr double kLongestWay = 0.2;
    const double limit = mesh_ ? std::min(mesh_->longestWay(), kLongestWay) : kLongestWay;
    isOver = std::isfinite(plan_.outerRadius) && !(way < limit * limit);
    if (mesh_) mesh_->setBox(box);
    if (box.isPeriodic()) list_.setShifts(box);
  }
  const double placed = omp_get_wtime();
  times_.place += placed - begin;
  if (isOver) {
    makeList(box, positions);
    listStep_ = step;
  }
  const double searched = omp_get_wtime();
  times_.search += searched - placed;
  if (isOver || step - pruneStep_ >= plan_.innerLife) {
    makeInnerList(positions);
    pruneStep_ = step;
    pruneBox_ = box;
  }
  times_.prune += omp_get_wtime() - searched;
}

void CpuNonbonded::runChunk(std::size_t n, bool hasEnergies, float* wide) {
  Chunk& chunk = list_.chunks()[n];
  PairTask& task = results_[n];
  task = PairTask{&constants_,
                  chunk.inner.data(),
                  static_cast<std::int32_t>(chunk.inner.size()),
                  chunk.innerClusters.data(),
                  chunk.innerMasks.data(),
                  grid_.xyzq(),
                  ljOfCluster_.data(),
                  typesOfCluster_.data(),
                  list_.shifts(),
                  wide,
                  0,
                  0,
                  {}};
  const bool isSwitched = settings_.vdwModifier == VdwModifier::potentialSwitch;
  const CoulombKind coulomb = isEwald() ? CoulombKind::ewald : CoulombKind::reactionField;
  kernels_.pairs[pairVariant(coulomb, lennardJones_.rule, isSwitched, hasEnergies)](task);
  // Round the end of the clusters in two parts.
  const std::int32_t clusters = grid_.clusterCount();
  const std::int32_t first = std::min(chunk.window, clusters - chunk.windowFirst);
  const auto width = static_cast<std::ptrdiff_t>(3 * kernels_.lanes);
  kernels_.compact(wide + width * chunk.windowFirst, first, chunk.forces.data());
  kernels_.compact(wide, chunk.window - first, chunk.forces.data() + 12 * static_cast<std::ptrdiff_t>(first));
}

void CpuNonbonded::handOut(std::span<Float3> forces) {
  const std::int32_t clusters = grid_.clusterCount();
  const auto pieces = static_cast<std::ptrdiff_t>(pieces_.size());
#pragma omp for schedule(dynamic, 4)
  for (std::ptrdiff_t n = 0; n < pieces; ++n) {
    const auto [segment, first, last] = pieces_[static_cast<std::size_t>(n)];
    alignas(64) float sum[12 * kPiece] = {};
    const int floats = 12 * (last - first);
    for (const std::int32_t c : list_.segments()[static_cast<std::size_t>(segment)].chunks) {
      const Chunk& chunk = list_.chunks()[static_cast<std::size_t>(c)];
      const float* from = chunk.forces.data() +
                          12 * static_cast<std::ptrdiff_t>((first - chunk.windowFirst + clusters) % clusters);
      for (int k = 0; k < floats; ++k) sum[k] += from[k];
    }
    if (mesh_) mesh_->gather(grid_, first, last, sum);
    const std::int32_t* atoms = grid_.atoms().data() + 4 * static_cast<std::ptrdiff_t>(first);
    for (std::int32_t cluster = 0; cluster < last - first; ++cluster)
      for (int lane = 0; lane < kCluster; ++lane) {
        const std::int32_t atom = atoms[4 * cluster + lane];
        if (atom < 0) continue;
        Float3& to = forces[static_cast<std::size_t>(atom)];
        to.x += sum[12 * cluster + lane];
        to.y += sum[12 * cluster + 4 + lane];
        to.z += sum[12 * cluster + 8 + lane];
      }
  }
}

NonbondedEnergies CpuNonbonded::evaluate(std::int64_t step, const Box& box, std::span<const Float3> positions,
                                         std::span<Float3> forces, bool hasEnergies) {
  prepare(step, box, positions);
  const auto chunks = static_cast<std::ptrdiff_t>(list_.chunks().size());
  double pairs = 0, gather = 0, transforms[2] = {0, 0};
#pragma omp parallel num_threads(threads_)
  {
    const bool isMaster = omp_get_thread_num() == 0;
    const double begin = omp_get_wtime();
    float* wide = wide_[static_cast<std::size_t>(omp_get_thread_num())].data();
    // Who is done goes on to the mesh; forces are handed out when all are.
#pragma omp for schedule(dynamic, 1) nowait
    for (std::ptrdiff_t n = 0; n < chunks; ++n) runChunk(static_cast<std::size_t>(n), hasEnergies, wide);
    if (isMaster) pairs = omp_get_wtime() - begin;
    if (mesh_) {
      mesh_->potential(grid_, hasEnergies, transforms);
    } else {
#pragma omp barrier
    }
    const double before = omp_get_wtime();
    handOut(forces);
    if (isMaster) gather = omp_get_wtime() - before;
  }
  times_.pairs += pairs, times_.spread += transforms[0], times_.transform += transforms[1],
      times_.gather += gather;
  times_.clusterPairs += innerPairs_;
  ++times_.evaluations;

  NonbondedEnergies energies;
  addFarExclusions(box, positions, forces, energies);
  if (born_) born_->addForces(positions, forces, hasEnergies, energies);
  if (hasEnergies) addCorrections(box, energies);
  return energies;
}

void CpuNonbonded::addFarExclusions(const Box& box, std::span<const Float3> positions,
                                    std::span<Float3> forces, NonbondedEnergies& energies) const {
  if (!mesh_) return;
  const double beta = ewaldCoefficient(settings_.cutoff, settings_.ewaldTolerance);
  for (const auto& [i, j] : farExclusions_) {
    const auto a = static_cast<std::size_t>(i), b = static_cast<std::size_t>(j);
    const Vec3 apart = box.nearest(Vec3{positions[a].x, positions[a].y, positions[a].z} -
                                   Vec3{positions[b].x, positions[b].y, positions[b].z});
    const double r2 = dot(apart, apart);
    if (r2 < static_cast<double>(constants_.cutoff2)) continue;
    const double r = std::sqrt(r2), charges = kCoulomb * topology_.charges[a] * topology_.charges[b];
    const double potential = std::erf(beta * r) / r;
    const double force =
        -charges * (potential - 2 * beta * std::numbers::inv_sqrtpi * std::exp(-beta * beta * r2)) / r2;
    const Vec3 f = force * apart;
    forces[a].x += static_cast<float>(f.x), forces[a].y += static_cast<float>(f.y),
        forces[a].z += static_cast<float>(f.z);
    forces[b].x -= static_cast<float>(f.x), forces[b].y -= static_cast<float>(f.y),
        forces[b].z -= static_cast<float>(f.z);
    energies.coulombReal -= charges * potential;
    for (std::size_t row = 0; row < 3; ++row)
      energies.virial[row] = energies.virial[row] - (0.5 * apart[static_cast<int>(row)]) * f;
  }
}

void CpuNonbonded::addCorrections(const Box& box, NonbondedEnergies& energies) const {
  std::array<double, 6> virial{};
  for (const PairTask& task : results_) {
    energies.lennardJones += task.lennardJones;
    energies.coulombReal += task.coulomb;
    for (std::size_t n = 0; n < 6; ++n) virial[n] -= 0.5 * task.virial[n];
  }
  if (mesh_) {
    const ParticleMesh::Sums sums = mesh_->sums();
    energies.coulombReciprocal = sums.energy;
    for (std::size_t n = 0; n < 6; ++n) virial[n] -= 0.5 * sums.modes[n];
    const double beta = ewaldCoefficient(settings_.cutoff, settings_.ewaldTolerance);
    energies.coulombReal -= kCoulomb * beta * std::numbers::inv_sqrtpi * chargeSquares_;
    const double background =
        -kCoulomb * std::numbers::pi * chargeSum_ * chargeSum_ / (2 * box.volume() * beta * beta);
    energies.coulombReal += background;
    for (std::size_t n = 0; n < 3; ++n) virial[n] -= 0.5 * background;
  } else {
    energies.coulombReal -= 0.5 * kCoulomb * coulombShift_ * chargeSquares_;
  }
  if (settings_.hasDispersionCorrection && box.isPeriodic()) {
    energies.dispersionCorrection = dispersion_.energyTimesVolume / box.volume() + dispersion_.constant;
    for (std::size_t n = 0; n < 3; ++n)
      virial[n] -= 0.5 * dispersion_.pairVirialTimesVolume / box.volume() / 3;
  }
  const auto& [xx, yy, zz, xy, xz, yz] = virial;
  energies.virial[0] = energies.virial[0] + Vec3{xx, xy, xz};
  energies.virial[1] = energies.virial[1] + Vec3{xy, yy, yz};
  energies.virial[2] = energies.virial[2] + Vec3{xz, yz, zz};
}

void CpuNonbonded::save(core::CheckpointWriter& writer) const {
  writer.writeValue("nonbonded/valid", static_cast<std::int32_t>(isValid_ ? 1 : 0));
  if (!isValid_) return;
  writer.writeArray("nonbonded/steps", std::span<const std::int64_t>(std::array{listStep_, pruneStep_}));
  writer.writeArray("nonbonded/boxes", std::span<const Box>(std::array{listBox_, pruneBox_}));
  writer.writeArray("nonbonded/listPositions", std::span<const Float3>(listPositions_));
  writer.writeArray("nonbonded/prunePositions", std::span<const Float3>(prunePositions_));
}

void CpuNonbonded::load(core::CheckpointReader& reader) {
  isValid_ = false;
  if (reader.readValue<std::int32_t>("nonbonded/valid") == 0) return;
  std::array<std::int64_t, 2> steps{};
  std::array<Box, 2> boxes;
  reader.readArray("nonbonded/steps", std::span<std::int64_t>(steps));
  reader.readArray("nonbonded/boxes", std::span<Box>(boxes));
  std::vector<Float3> atList(topology_.masses.size()), atPrune(topology_.masses.size());
  reader.readArray("nonbonded/listPositions", std::span<Float3>(atList));
  reader.readArray("nonbonded/prunePositions", std::span<Float3>(atPrune));
  // The lists as they were made: at their own positions.
  makeList(boxes[0], atList);
  listStep_ = steps[0];
  grid_.update(boxes[1], atPrune, threads_);
  if (boxes[1].isPeriodic()) list_.setShifts(boxes[1]);
  makeInnerList(atPrune);
  pruneStep_ = steps[1];
  pruneBox_ = boxes[1];
}

}  // namespace

std::unique_ptr<Nonbonded> makeNonbonded(const Topology& topology, const Settings& settings, const Box& box,
                                         const Tuning& tuning) {
  return std::make_unique<CpuNonbonded>(topology, settings, box, tuning);
}

}  // namespace aula::molecular::cpu
