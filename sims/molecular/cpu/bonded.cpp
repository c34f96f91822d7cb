// SPDX-License-Identifier: Apache-2.0
#include "molecular/cpu/bonded.h"

#include <omp.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>

#include "molecular/model/constants.h"

namespace aula::molecular::cpu {

namespace {

/// A term before it is dealt out.
struct Loose {
  TermKind kind;
  int atomCount;
  std::array<int, 4> atoms;
  std::vector<float> parameters;  ///< In the order of the kind's rows.
};

constexpr int kFillPlaces = 4;  ///< Places at a chunk's end for the terms that fill up batches.
constexpr float kFill[kFillPlaces][3] = {{0, 0, 0}, {0.1F, 0, 0}, {0.1F, 0.1F, 0}, {0.1F, 0.1F, 0.1F}};
/// About the time a term takes, in units of a bond's; a chunk holds this much.
constexpr double kCost[kTermKinds] = {1, 2, 4, 4, 4, 4, 1.5};
constexpr double kChunkCost = 1500;

int slot(TermKind kind) {
  return static_cast<int>(kind);
}

/// Cosine and sine coefficients of a dihedral; several of the same atoms add up.
struct Series {
  std::vector<double> even{0}, odd{0};
  void reach(int multiplicity) {
    const auto size = static_cast<std::size_t>(multiplicity) + 1;
    if (even.size() < size) even.resize(size), odd.resize(size);
  }
};

Loose makeSeriesTerm(TermKind kind, const std::array<int, 4>& atoms, Series series, int multiplicity) {
  series.reach(multiplicity);
  Loose term{kind, 4, atoms, {static_cast<float>(series.even[0])}};
  for (int n = 1; n <= multiplicity; ++n) {
    term.parameters.push_back(static_cast<float>(series.even[static_cast<std::size_t>(n)]));
    term.parameters.push_back(static_cast<float>(series.odd[static_cast<std::size_t>(n)]));
  }
  return term;
}

void addSeriesTerms(std::vector<Loose>& terms, TermKind kind,
                    const std::map<std::array<int, 4>, Series>& all) {
  std::size_t highest = 1;
  for (const auto& [atoms, series] : all) highest = std::max(highest, series.even.size() - 1);
  for (const auto& [atoms, series] : all)
    terms.push_back(makeSeriesTerm(kind, atoms, series, static_cast<int>(highest)));
}

void addPeriodic(std::vector<Loose>& terms, TermKind kind, const std::vector<PeriodicDihedral>& dihedrals) {
  // k (1 + cos(n phi - phase)) = k + k cos(phase) cos n phi + k sin(phase) sin n phi; a negative n turns the
  // sine's sign.
  std::map<std::array<int, 4>, Series> all;
  for (const PeriodicDihedral& d : dihedrals) {
    Series& series = all[{d.i, d.j, d.k, d.l}];
    const int n = std::abs(d.multiplicity);
    series.reach(n);
    series.even[0] += d.stiffness;
    series.even[static_cast<std::size_t>(n)] += d.stiffness * std::cos(d.phase);
    series.odd[static_cast<std::size_t>(n)] +=
        (d.multiplicity < 0 ? -1 : 1) * d.stiffness * std::sin(d.phase);
  }
  addSeriesTerms(terms, kind, all);
}

void addRyckaertBellemans(std::vector<Loose>& terms, const std::vector<RyckaertBellemans>& dihedrals) {
  // Powers of cos psi as cosines of multiples, psi = phi - pi, so that cos n psi = (-1)^n cos n phi.
  constexpr double kPowers[6][6] = {{1, 0, 0, 0, 0, 0},
                                    {0, 1, 0, 0, 0, 0},
                                    {1 / 2.0, 0, 1 / 2.0, 0, 0, 0},
                                    {0, 3 / 4.0, 0, 1 / 4.0, 0, 0},
                                    {3 / 8.0, 0, 1 / 2.0, 0, 1 / 8.0, 0},
                                    {0, 5 / 8.0, 0, 5 / 16.0, 0, 1 / 16.0}};
  std::map<std::array<int, 4>, Series> all;
  for (const RyckaertBellemans& d : dihedrals) {
    Series& series = all[{d.i, d.j, d.k, d.l}];
    series.reach(5);
    for (std::size_t power = 0; power < 6; ++power)
      for (std::size_t n = 0; n < 6; ++n)
        series.even[n] += (n % 2 == 0 ? 1 : -1) * d.c[power] * kPowers[power][n];
  }
  addSeriesTerms(terms, TermKind::ryckaertBellemans, all);
}

std::vector<Loose> looseTerms(const Topology& topology, const RigidPlan& plan) {
  std::vector<Loose> terms;
  const auto number = [](double value) { return static_cast<float>(value); };
  for (const Bond& b : plan.springs)
    terms.push_back({TermKind::bond, 2, {b.i, b.j, 0, 0}, {number(b.length), number(b.stiffness)}});
  for (const Angle& a : plan.angles)
    terms.push_back({TermKind::angle, 3, {a.i, a.j, a.k, 0}, {number(a.angle), number(a.stiffness)}});
  addPeriodic(terms, TermKind::proper, topology.properDihedrals);
  addPeriodic(terms, TermKind::improper, topology.improperDihedrals);
  addRyckaertBellemans(terms, topology.ryckaertBellemans);
  for (const HarmonicImproper& d : topology.harmonicImpropers)
    terms.push_back({TermKind::harmonicImproper,
                     4,
                     {d.i, d.j, d.k, d.l},
                     {number(std::cos(d.angle)), number(std::sin(d.angle)), number(d.stiffness)}});
  for (const Pair14& p : topology.pairs14)
    terms.push_back({TermKind::pair14,
                     2,
                     {p.i, p.j, 0, 0},
                     {number(p.c6), number(p.c12), number(kCoulomb * p.chargeProduct)}});
  const auto lowest = [](const Loose& term) {
    return *std::min_element(term.atoms.begin(), term.atoms.begin() + term.atomCount);
  };
  std::stable_sort(terms.begin(), terms.end(),
                   [&](const Loose& a, const Loose& b) { return lowest(a) < lowest(b); });
  return terms;
}

/// For each atom the lowest atom that terms connect it with.
std::vector<int> connectedTo(int atomCount, const std::vector<Loose>& terms) {
  std::vector<int> parent(static_cast<std::size_t>(atomCount));
  std::iota(parent.begin(), parent.end(), 0);
  const auto find = [&](int atom) {
    while (parent[static_cast<std::size_t>(atom)] != atom) {
      int& up = parent[static_cast<std::size_t>(atom)];
      up = parent[static_cast<std::size_t>(up)];
      atom = up;
    }
    return atom;
  };
  for (const Loose& term : terms)
    for (int n = 1; n < term.atomCount; ++n) {
      const int a = find(term.atoms[0]), b = find(term.atoms[static_cast<std::size_t>(n)]);
      parent[static_cast<std::size_t>(std::max(a, b))] = std::min(a, b);
    }
  for (int atom = 0; atom < atomCount; ++atom) parent[static_cast<std::size_t>(atom)] = find(atom);
  return parent;
}

}  // namespace

Bonded::Bonded(const Topology& topology, const RigidPlan& plan, int threads, const char* instructionSet)
    : kernels_(&bondedKernels(instructionSet)), threads_(threads) {
  const std::vector<Loose> loose = looseTerms(topology, plan);
  const std::vector<int> root = connectedTo(topology.atomCount(), loose);
  for (const Loose& term : loose) terms_[slot(term.kind)].rows = static_cast<int>(term.parameters.size());
  for (Terms& terms : terms_) terms.multiplicity = (terms.rows - 1) / 2;

  // Parameters term by term at first, turned into rows at the end.
  std::vector<float> byTerm[kTermKinds];
  std::vector<int> place(static_cast<std::size_t>(topology.atomCount()), -1);
  for (std::size_t begin = 0; begin < loose.size();) {
    Chunk chunk;
    std::size_t end = begin;
    for (; end < loose.size() && chunk.cost < kChunkCost; ++end) chunk.cost += kCost[slot(loose[end].kind)];
    // The chunk's atoms in rising order.
    std::vector<int> own;
    for (std::size_t n = begin; n < end; ++n)
      own.insert(own.end(), loose[n].atoms.begin(), loose[n].atoms.begin() + loose[n].atomCount);
    std::sort(own.begin(), own.end());
    own.erase(std::unique(own.begin(), own.end()), own.end());
    chunk.firstPlace = static_cast<int>(atoms_.size());
    chunk.placeCount = static_cast<int>(own.size());
    std::map<int, int> originOf;
    for (std::size_t n = 0; n < own.size(); ++n) {
      place[static_cast<std::size_t>(own[n])] = static_cast<int>(n);
      atoms_.push_back(own[n]);
      origins_.push_back(originOf.try_emplace(root[static_cast<std::size_t>(own[n])], own[n]).first->second);
    }
    for (int kind = 0; kind < kTermKinds; ++kind) {
      Terms& terms = terms_[kind];
      chunk.firstTerm[kind] = static_cast<int>(terms.atoms[0].size());
      for (std::size_t n = begin; n < end; ++n) {
        if (slot(loose[n].kind) != kind) continue;
        for (std::size_t k = 0; k < 4; ++k)
          terms.atoms[k].push_back(static_cast<int>(k) < loose[n].atomCount
                                       ? place[static_cast<std::size_t>(loose[n].atoms[k])]
                                       : 0);
        byTerm[kind].insert(byTerm[kind].end(), loose[n].parameters.begin(), loose[n].parameters.end());
      }
      while (terms.atoms[0].size() % kBondedBatch != 0) {
        for (int k = 0; k < 4; ++k) terms.atoms[k].push_back(chunk.placeCount + k);
        byTerm[kind].insert(byTerm[kind].end(), static_cast<std::size_t>(terms.rows), 0.0F);
      }
      chunk.termCount[kind] = static_cast<int>(terms.atoms[0].size()) - chunk.firstTerm[kind];
    }
    chunks_.push_back(chunk);
    begin = end;
  }
  for (int kind = 0; kind < kTermKinds; ++kind) {
    Terms& terms = terms_[kind];
    terms.count = static_cast<int>(terms.atoms[0].size());
    const auto rows = static_cast<std::size_t>(terms.rows), count = static_cast<std::size_t>(terms.count);
    terms.parameters.resize(rows * count);
    for (std::size_t n = 0; n < count; ++n)
      for (std::size_t row = 0; row < rows; ++row)
        terms.parameters[row * count + n] = byTerm[kind][n * rows + row];
  }
  deal();
}

void Bonded::deal() {
  const std::size_t places = atoms_.size() + chunks_.size() * kFillPlaces;
  places_.assign(4 * places, 0.0F);
  forces_.assign(4 * places, 0.0F);
  sums_.resize(chunks_.size());
  for (std::size_t c = 0; c < chunks_.size(); ++c)
    for (std::size_t n = 0; n < kFillPlaces; ++n) {
      const std::size_t at =
          static_cast<std::size_t>(chunks_[c].firstPlace + chunks_[c].placeCount) + 4 * c + n;
      std::copy_n(kFill[n], 3, &places_[4 * at]);
    }
  // Contiguous chunks for each thread, by cost.
  double all = 0, before = 0;
  for (const Chunk& chunk : chunks_) all += chunk.cost;
  firstChunk_.assign(static_cast<std::size_t>(threads_) + 1, static_cast<int>(chunks_.size()));
  firstChunk_[0] = 0;
  std::size_t thread = 1;
  for (std::size_t c = 0; c < chunks_.size(); ++c) {
    before += chunks_[c].cost;
    while (thread < static_cast<std::size_t>(threads_) &&
           before >= all * static_cast<double>(thread) / threads_)
      firstChunk_[thread++] = static_cast<int>(c) + 1;
  }
  // Which places hold an atom's forces.
  std::vector<std::pair<int, int>> pairs;  // atom, place in forces_
  for (std::size_t c = 0; c < chunks_.size(); ++c)
    for (int n = 0; n < chunks_[c].placeCount; ++n)
      pairs.emplace_back(atoms_[static_cast<std::size_t>(chunks_[c].firstPlace + n)],
                         chunks_[c].firstPlace + n + static_cast<int>(kFillPlaces * c));
  std::sort(pairs.begin(), pairs.end());
  for (const auto& [atom, at] : pairs) {
    if (touched_.empty() || touched_.back() != atom) {
      touched_.push_back(atom);
      touchStart_.push_back(static_cast<int>(touches_.size()));
    }
    touches_.push_back(at);
  }
  touchStart_.push_back(static_cast<int>(touches_.size()));
}

void Bonded::computeChunk(const Chunk& chunk, const Places& places, const Cell<float>& cell,
                          ChunkSums* sums) {
  const auto number = static_cast<std::size_t>(&chunk - chunks_.data());
  const std::size_t at = 4 * (static_cast<std::size_t>(chunk.firstPlace) + kFillPlaces * number);
  ChunkView view;
  float* const local = &places_[at];
  float* const force = &forces_[at];
  for (int n = 0; n < chunk.placeCount; ++n) {
    const int atom = 3 * atoms_[static_cast<std::size_t>(chunk.firstPlace + n)];
    const int origin = 3 * origins_[static_cast<std::size_t>(chunk.firstPlace + n)];
    for (int axis = 0; axis < 3; ++axis)
      local[4 * n + axis] = (places.x[atom + axis] - places.x[origin + axis]) +
                            (places.rest[atom + axis] - places.rest[origin + axis]);
  }
  std::fill_n(force, 4 * (chunk.placeCount + kFillPlaces), 0.0F);
  view.places = local;
  view.forces = force;
  view.cell = cell;
  for (int kind = 0; kind < kTermKinds; ++kind) {
    if (chunk.termCount[kind] == 0) continue;
    const Terms& terms = terms_[kind];
    const auto first = static_cast<std::size_t>(chunk.firstTerm[kind]);
    TermsView& to = view.terms[kind];
    to.count = chunk.termCount[kind];
    for (int k = 0; k < 4; ++k) to.atoms[k] = &terms.atoms[k][first];
    to.parameters = &terms.parameters[first];
    to.stride = terms.count;
    to.multiplicity = terms.multiplicity;
  }
  if (sums != nullptr)
    kernels_->forcesAndEnergies(view, *sums);
  else
    kernels_->forces(view);
}

void Bonded::run(const Places& places, const Cell<float>& cell, float* forces, ChunkSums* sums) {
  if (chunks_.empty()) return;
  const auto atoms = static_cast<std::int64_t>(touched_.size());
#pragma omp parallel num_threads(threads_)
  {
    const int thread = omp_get_thread_num(), team = omp_get_num_threads();
    // A smaller team than asked for still does all.
    for (int part = thread; part < threads_; part += team)
      for (int c = firstChunk_[static_cast<std::size_t>(part)];
           c < firstChunk_[static_cast<std::size_t>(part) + 1]; ++c)
        computeChunk(chunks_[static_cast<std::size_t>(c)], places, cell,
                     sums != nullptr ? sums + c : nullptr);
#pragma omp barrier
    for (std::int64_t n = atoms * thread / team; n < atoms * (thread + 1) / team; ++n) {
      float* const to = forces + 3 * touched_[static_cast<std::size_t>(n)];
      for (int t = touchStart_[static_cast<std::size_t>(n)]; t < touchStart_[static_cast<std::size_t>(n) + 1];
           ++t) {
        const float* from = &forces_[4 * static_cast<std::size_t>(touches_[static_cast<std::size_t>(t)])];
        for (int axis = 0; axis < 3; ++axis) to[axis] += from[axis];
      }
    }
  }
}

void Bonded::addForces(const Places& places, const Cell<float>& cell, float* forces) {
  run(places, cell, forces, nullptr);
}

void Bonded::addForcesAndEnergies(const Places& places, const Cell<float>& cell, float* forces,
                                  Energies& energies) {
  std::fill(sums_.begin(), sums_.end(), ChunkSums{});
  run(places, cell, forces, sums_.data());
  constexpr Term kTermOf[kTermKinds] = {Term::bond,
                                        Term::angle,
                                        Term::properDihedral,
                                        Term::improperDihedral,
                                        Term::ryckaertBellemans,
                                        Term::improperDihedral,
                                        Term::lennardJones14};
  for (const ChunkSums& sums : sums_) {
    for (int kind = 0; kind < kTermKinds; ++kind) energies[kTermOf[kind]] += sums.energy[kind];
    energies[Term::coulomb14] += sums.coulomb14;
    for (std::size_t row = 0; row < 3; ++row)
      energies.virial[row] = energies.virial[row] +
                             Vec3{sums.virial[3 * row], sums.virial[3 * row + 1], sums.virial[3 * row + 2]};
  }
}

double Bonded::bytes() const {
  double all = static_cast<double>((atoms_.size() + origins_.size() + places_.size() + forces_.size() +
                                    touched_.size() + touchStart_.size() + touches_.size()) *
                                   sizeof(float)) +
               static_cast<double>(sums_.size() * sizeof(ChunkSums) + chunks_.size() * sizeof(Chunk));
  for (const Terms& terms : terms_)
    all += static_cast<double>((4 * terms.atoms[0].size() + terms.parameters.size()) * sizeof(float));
  return all;
}

}  // namespace aula::molecular::cpu
