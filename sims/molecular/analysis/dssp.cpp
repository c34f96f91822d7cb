// SPDX-License-Identifier: Apache-2.0
#include "molecular/analysis/dssp.h"

#include <algorithm>
#include <cmath>

namespace aula::molecular {

// E = q1 q2 (1/r(ON) + 1/r(CH) - 1/r(OH) - 1/r(CN)) f, q1 = 0.42 e, q2 = 0.20 e, f = 332 kcal/mol
// Angstrom/e^2.
double backboneBondEnergy(Vec3 c, Vec3 o, Vec3 n, Vec3 h) {
  constexpr double kFactor = 0.42 * 0.20 * 33.2 * 4.184;  // kJ/mol nm
  const auto inverse = [](Vec3 a, Vec3 b) { return 1 / std::max(core::length(a - b), 0.05); };
  return kFactor * (inverse(o, n) + inverse(c, h) - inverse(o, h) - inverse(c, n));
}

namespace {

class Assignment {
 public:
  Assignment(const std::vector<BackboneResidue>& backbone, std::span<const Vec3> positions)
      : backbone_(backbone), positions_(positions), letters_(backbone.size(), ' ') {
    findBonds();
    findTurnsAndBends();
    findHelices(4, 'H');
    findBridges();
    findHelices(3, 'G');
    findHelices(5, 'I');
    fillTurnsAndBends();
  }
  [[nodiscard]] std::string letters() const {
    std::string whole(letters_.begin(), letters_.end());
    return whole;
  }

 private:
  [[nodiscard]] Vec3 at(int atom) const { return positions_[static_cast<std::size_t>(atom)]; }
  [[nodiscard]] int count() const { return static_cast<int>(backbone_.size()); }
  [[nodiscard]] const BackboneResidue& residue(int i) const { return backbone_[static_cast<std::size_t>(i)]; }
  /// Whether the chain runs unbroken from i to j.
  [[nodiscard]] bool isChain(int i, int j) const {
    if (i < 0 || j >= count()) return false;
    for (int k = i + 1; k <= j; ++k)
      if (!residue(k).isJoined) return false;
    return true;
  }
  /// C=O of i to N-H of j.
  [[nodiscard]] bool isBond(int i, int j) const {
    if (i < 0 || j < 0 || i >= count() || j >= count()) return false;
    const auto& list = bonds_[static_cast<std::size_t>(i)];
    return std::find(list.begin(), list.end(), j) != list.end();
  }

  void findBonds() {
    bonds_.resize(backbone_.size());
    for (int j = 0; j < count(); ++j) {
      const BackboneResidue& donor = residue(j);
      if (donor.n < 0 || donor.isProline) continue;
      Vec3 h;
      if (donor.h >= 0) {
        h = at(donor.h);
      } else {
        if (j == 0 || !donor.isJoined || residue(j - 1).c < 0 || residue(j - 1).o < 0) continue;
        h = at(donor.n) + 0.1 * core::normalised(at(residue(j - 1).c) - at(residue(j - 1).o));
      }
      for (int i = 0; i < count(); ++i) {
        const BackboneResidue& acceptor = residue(i);
        if (acceptor.c < 0 || acceptor.o < 0 || i == j || (i == j - 1 && donor.isJoined)) continue;
        // Further apart than 0.52 nm between O and N no energy reaches the limit.
        if (core::length(at(acceptor.o) - at(donor.n)) > 0.6) continue;
        if (backboneBondEnergy(at(acceptor.c), at(acceptor.o), at(donor.n), h) < kBackboneBond)
          bonds_[static_cast<std::size_t>(i)].push_back(j);
      }
    }
  }

  [[nodiscard]] bool isTurn(int i, int n) const { return isBond(i, i + n) && isChain(i, i + n); }

  void findTurnsAndBends() {
    isInTurn_.assign(backbone_.size(), 0);
    isBend_.assign(backbone_.size(), 0);
    for (int n = 3; n <= 5; ++n)
      for (int i = 0; i + n < count(); ++i)
        if (isTurn(i, n))
          for (int k = i + 1; k < i + n; ++k) isInTurn_[static_cast<std::size_t>(k)] = 1;
    for (int i = 2; i + 2 < count(); ++i) {
      if (!isChain(i - 2, i + 2) || residue(i - 2).ca < 0 || residue(i).ca < 0 || residue(i + 2).ca < 0)
        continue;
      const Vec3 before = at(residue(i).ca) - at(residue(i - 2).ca);
      const Vec3 after = at(residue(i + 2).ca) - at(residue(i).ca);
      constexpr double kLimit = 70 * 3.14159265358979323846 / 180;
      if (angleAt(before, {}, after) > kLimit) isBend_[static_cast<std::size_t>(i)] = 1;
    }
  }

  /// Two turns that follow each other make a helix from i to i + n - 1. Where the place is taken by more than
  /// the letter itself, shorter helices give way.
  void findHelices(int n, char letter) {
    for (int i = 1; i + n < count(); ++i) {
      if (!isTurn(i - 1, n) || !isTurn(i, n)) continue;
      bool isFree = true;
      for (int k = i; k < i + n; ++k) {
        const char there = letters_[static_cast<std::size_t>(k)];
        isFree = isFree && (there == ' ' || there == letter);
      }
      if (letter == 'H') isFree = true;
      if (!isFree) continue;
      for (int k = i; k < i + n; ++k) letters_[static_cast<std::size_t>(k)] = letter;
    }
  }

  enum class Bridge { none, parallel, antiparallel };
  [[nodiscard]] Bridge bridge(int i, int j) const {
    if (!isChain(i - 1, i + 1) || !isChain(j - 1, j + 1) || std::abs(i - j) < 3) return Bridge::none;
    if ((isBond(i - 1, j) && isBond(j, i + 1)) || (isBond(j - 1, i) && isBond(i, j + 1)))
      return Bridge::parallel;
    if ((isBond(i, j) && isBond(j, i)) || (isBond(i - 1, j + 1) && isBond(j - 1, i + 1)))
      return Bridge::antiparallel;
    return Bridge::none;
  }

  /// A bridge beside another of its kind makes a ladder, a lone one is B. Ladders may be joined over a bulge:
  /// at most one residue extra on one side and four on the other.
  void findBridges() {
    struct Pair {
      int i, j;
      Bridge kind;
      bool isLadder = false;
    };
    std::vector<Pair> pairs;
    for (int i = 1; i + 1 < count(); ++i)
      for (int j = i + 3; j + 1 < count(); ++j)
        if (const Bridge kind = bridge(i, j); kind != Bridge::none) pairs.push_back({i, j, kind});
    std::vector<std::array<int, 2>> joined;  // Stretches that become E throughout.
    for (Pair& a : pairs)
      for (Pair& b : pairs) {
        if (a.kind != b.kind || b.i <= a.i) continue;
        const int along = b.i - a.i, across = a.kind == Bridge::parallel ? b.j - a.j : a.j - b.j;
        if (across <= 0) continue;
        const bool isNext = along == 1 && across == 1;
        const bool isBulge = std::min(along, across) <= 2 && std::max(along, across) <= 5 &&
                             isChain(a.i, b.i) && isChain(std::min(a.j, b.j), std::max(a.j, b.j));
        if (!isNext && !isBulge) continue;
        a.isLadder = b.isLadder = true;
        joined.push_back({a.i, b.i});
        joined.push_back({std::min(a.j, b.j), std::max(a.j, b.j)});
      }
    const auto set = [&](int k, char letter) {
      char& there = letters_[static_cast<std::size_t>(k)];
      if (there == 'H' || (letter == 'B' && there == 'E')) return;
      there = letter;
    };
    for (const auto& [first, last] : joined)
      for (int k = first; k <= last; ++k) set(k, 'E');
    for (const Pair& pair : pairs)
      if (!pair.isLadder) set(pair.i, 'B'), set(pair.j, 'B');
  }

  void fillTurnsAndBends() {
    for (std::size_t i = 0; i < letters_.size(); ++i) {
      if (letters_[i] != ' ') continue;
      if (isInTurn_[i])
        letters_[i] = 'T';
      else if (isBend_[i])
        letters_[i] = 'S';
    }
  }

  const std::vector<BackboneResidue>& backbone_;
  std::span<const Vec3> positions_;
  std::vector<std::vector<int>> bonds_;  ///< By acceptor: donors.
  std::vector<char> isInTurn_, isBend_, letters_;
};

}  // namespace

std::string secondaryStructure(const std::vector<BackboneResidue>& backbone,
                               std::span<const Vec3> positions) {
  return Assignment(backbone, positions).letters();
}

}  // namespace aula::molecular
