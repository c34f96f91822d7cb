// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/conduction.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <map>
#include <set>

#include "anatomy/heart/body/chambers.h"

namespace aula::anatomy::heart {

namespace {

unsigned bit(Trunk trunk) {
  return 1U << static_cast<unsigned>(trunk);
}

/// Equal numbers on every machine: splitmix64 (Steele et al. 2014) of a branch's number.
double noise(std::uint64_t number) {
  std::uint64_t z = number * 0x9E3779B97F4A7C15ULL + 0x9E3779B97F4A7C15ULL;
  z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  z = (z ^ (z >> 27U)) * 0x94D049BB133111EBULL;
  return double((z ^ (z >> 31U)) >> 11U) * 0x1p-53;
}

Vec3 turned(Vec3 v, Vec3 axis, double angle) {
  return std::cos(angle) * v + std::sin(angle) * cross(axis, v) + (1 - std::cos(angle)) * dot(axis, v) * axis;
}

double degrees(double value) {
  return value * 3.14159265358979323846 / 180;
}

}  // namespace

const char* nameOf(Trunk trunk) {
  static constexpr const char* kNames[kTrunks] = {"his",         "left", "left_anterior", "left_posterior",
                                                  "left_septal", "right"};
  return kNames[static_cast<std::size_t>(trunk)];
}

/// The tree as it grows: bundles along given ways, then the network from their ends (Costabal, Hurtado and
/// Kuhl 2016, J. Biomech. 49, 2455: branches of segments that keep away from each other, two at each end,
/// until there is no room).
class TreeGrower {
 public:
  explicit TreeGrower(ConductionSystem& system) : settings_(system.settings_), points_(system.points_) {}

  using Distance = double (*)(Vec3);

  std::int32_t add(Vec3 p, std::int32_t parent, unsigned above, bool isPurkinje, int branch) {
    const auto number = static_cast<std::int32_t>(points_.size());
    points_.push_back({p, parent, static_cast<std::uint8_t>(above), isPurkinje, false});
    branchOf_.push_back(branch);
    cells_[cellOf(p)].push_back(number);
    return number;
  }

  /// A bundle through places, a point a segment; returns the last point.
  std::int32_t bundle(std::int32_t parent, Trunk trunk, const std::vector<Vec3>& way) {
    unsigned above = bit(trunk);
    if (parent >= 0) above |= points_[std::size_t(parent)].above;
    const int branch = branches_++;
    std::size_t first = 0;
    if (parent < 0) parent = add(way[0], -1, above, false, branch), first = 1;
    for (std::size_t i = first; i < way.size(); ++i) {
      const Vec3 from = points_[std::size_t(parent)].position;
      const double length = core::length(way[i] - from);
      const int steps = std::max(1, static_cast<int>(std::lround(length / settings_.segment)));
      for (int s = 1; s <= steps; ++s)
        parent = add(from + double(s) / steps * (way[i] - from), parent, above, false, branch);
    }
    return parent;
  }

  /// Where a network begins and its first branches' directions against `ahead`, rad.
  struct Seed {
    std::int32_t from;
    std::vector<double> angles;
  };
  /// All grow at once, so that each gets its share of the surface. Nothing grows above `highest` m.
  void networks(const std::vector<Seed>& seeds, Distance surface, double highest, Vec3 ahead) {
    std::deque<Bud> buds;
    for (const Seed& seed : seeds) {
      const Vec3 out =
          core::normalised(chambers::gradient(surface, points_[std::size_t(seed.from)].position));
      fork(buds, seed.from, core::normalised(ahead - dot(ahead, out) * out), out, seed.angles);
    }
    while (!buds.empty()) {
      const Bud bud = buds.front();
      buds.pop_front();
      const auto [tip, isWhole, direction] = branch(bud, surface, highest);
      if (tip == bud.point) continue;
      // A fork hands the beat on as well: the network touches the muscle all over.
      points_[std::size_t(tip)].isEnding = true;
      if (!isWhole) continue;
      const Vec3 normal = core::normalised(chambers::gradient(surface, points_[std::size_t(tip)].position));
      const double wide = settings_.angle * (0.8 + 0.4 * noise(std::uint64_t(bud.self) + 1000003));
      fork(buds, tip, direction, normal, {-wide, wide});
    }
  }

 private:
  struct Bud {
    std::int32_t point = 0;
    Vec3 direction;
    int self = 0, parent = 0, firstSibling = 0, lastSibling = 0;  ///< Branches' numbers
  };
  struct Grown {
    std::int32_t tip;
    bool isWhole;  ///< To its full length
    Vec3 direction;
  };

  void fork(std::deque<Bud>& buds, std::int32_t point, Vec3 direction, Vec3 normal,
            const std::vector<double>& angles) {
    const int first = branches_, last = branches_ + static_cast<int>(angles.size()) - 1;
    for (const double angle : angles)
      buds.push_back(
          {point, turned(direction, normal, angle), branches_++, branchOf_[std::size_t(point)], first, last});
  }

  Grown branch(const Bud& bud, Distance surface, double highest) {
    const unsigned above = points_[std::size_t(bud.point)].above;
    // 0.7 to 1.3 of the mean length.
    const double share = 0.7 + 0.6 * noise(std::uint64_t(bud.self));
    const int steps =
        std::max(2, static_cast<int>(std::lround(share * settings_.branch / settings_.segment)));
    Grown grown{bud.point, false, bud.direction};
    std::vector<Vec3> way{points_[std::size_t(bud.point)].position};
    bool isOver = false;
    for (int step = 0; step < steps && !isOver; ++step) {
      const Vec3 p = way.back();
      // Away from the nearest of the others (equation 3).
      if (const std::int32_t near = nearest(p, 3 * settings_.apart, bud, true); near >= 0) {
        const Vec3 away = p - points_[std::size_t(near)].position;
        if (const double size = core::length(away); size > 1e-9)
          grown.direction = core::normalised(grown.direction + settings_.repulsion / size * away);
      }
      const Vec3 normal = core::normalised(chambers::gradient(surface, p));
      const Vec3 flat = grown.direction - dot(grown.direction, normal) * normal;
      if (core::length(flat) < 1e-6) break;
      const Vec3 q = chambers::projected(surface, p + settings_.segment / core::length(flat) * flat);
      if (core::length(q - p) < 0.3 * settings_.segment || axes().toLocal(q).z > highest) break;
      // The branch that it comes from does not count at its beginning.
      isOver = nearest(q, settings_.apart, bud, step < 3) >= 0;
      grown.direction = core::normalised(q - p);
      way.push_back(q);
    }
    // A stub that found no room is none.
    if (way.size() < 4) return grown;
    for (std::size_t i = 1; i < way.size(); ++i) grown.tip = add(way[i], grown.tip, above, true, bud.self);
    grown.isWhole = !isOver && way.size() == std::size_t(steps) + 1;
    return grown;
  }

  using Cell = std::array<int, 3>;
  [[nodiscard]] Cell cellOf(Vec3 p) const {
    const double size = 3 * settings_.apart;
    return {int(std::floor(p.x / size)), int(std::floor(p.y / size)), int(std::floor(p.z / size))};
  }
  /// The nearest point within `reach` that is neither of the bud's own branch nor of its siblings; -1: none.
  [[nodiscard]] std::int32_t nearest(Vec3 p, double reach, const Bud& bud, bool isParentLeftOut) const {
    std::int32_t best = -1;
    double least = reach * reach;
    const Cell middle = cellOf(p);
    for (int x = -1; x <= 1; ++x)
      for (int y = -1; y <= 1; ++y)
        for (int z = -1; z <= 1; ++z) {
          const auto found = cells_.find({middle[0] + x, middle[1] + y, middle[2] + z});
          if (found == cells_.end()) continue;
          for (const std::int32_t other : found->second) {
            const Vec3 away = points_[std::size_t(other)].position - p;
            const double d = dot(away, away);
            if (d >= least) continue;
            const int of = branchOf_[std::size_t(other)];
            if (of >= bud.firstSibling && of <= bud.lastSibling) continue;
            if (of == bud.parent && isParentLeftOut) continue;
            least = d, best = other;
          }
        }
    return best;
  }

  const ConductionSettings& settings_;
  std::vector<ConductionPoint>& points_;
  std::vector<int> branchOf_;
  std::map<Cell, std::vector<std::int32_t>> cells_;
  int branches_ = 0;
};

ConductionSystem::ConductionSystem(const ConductionSettings& settings) : settings_(settings) {
  TreeGrower grower(*this);
  const auto along = [](Vec3 (*on)(double, double), std::vector<std::array<double, 2>> stations) {
    // Degrees about the long axis and metres above the widest place; a point every 3 mm or so.
    std::vector<Vec3> way{on(degrees(stations[0][0]), stations[0][1])};
    for (std::size_t i = 1; i < stations.size(); ++i)
      for (int s = 1; s <= 6; ++s) {
        const double share = s / 6.0;
        way.push_back(on(degrees(stations[i - 1][0] + share * (stations[i][0] - stations[i - 1][0])),
                         stations[i - 1][1] + share * (stations[i][1] - stations[i - 1][1])));
      }
    return way;
  };
  const auto left = chambers::onLeftEndocardium, right = chambers::onRightSeptum;

  // His' bundle leaves the atrioventricular node and comes through the membranous septum below the aortic
  // valve.
  const Vec3 node = axes().toBody({0.036, -0.004, 0.022});
  const Vec3 fork = 0.5 * (left(degrees(28), 0.0135) + right(degrees(24), 0.0135));
  const std::int32_t his = grower.bundle(-1, Trunk::his, {node, axes().toBody({0.032, 0.004, 0.017}), fork});

  // The left bundle fans out on the septum's left side: to the papillary muscles in front (the upper one) and
  // behind, and to the septum's middle.
  const std::int32_t leftMain =
      grower.bundle(his, Trunk::left, along(left, {{28, 0.0135}, {20, 0.006}, {14, -0.002}}));
  const std::int32_t anterior =
      grower.bundle(leftMain, Trunk::leftAnterior, along(left, {{14, -0.002}, {52, -0.012}, {82, -0.022}}));
  const std::int32_t posterior = grower.bundle(leftMain, Trunk::leftPosterior,
                                               along(left, {{14, -0.002}, {-28, -0.012}, {-66, -0.022}}));
  const std::int32_t septal =
      grower.bundle(leftMain, Trunk::leftSeptal, along(left, {{14, -0.002}, {10, -0.016}}));

  // The right bundle runs down the septum's right side and through the moderator band to the free wall.
  const std::vector<Vec3> down = along(right, {{24, 0.0135}, {16, -0.005}, {8, -0.028}});
  const std::int32_t rightSeptum = grower.bundle(his, Trunk::right, down);
  const Vec3 papillary = chambers::projected(chambers::rightCavity, axes().toBody({0.058, 0.004, -0.030}));
  const std::int32_t rightWall = grower.bundle(rightSeptum, Trunk::right, {papillary});

  const Vec3 apical = -axes().basal;
  // Purkinje's fibres stay away from the base.
  grower.networks({{septal, {-0.7, 0.7}}, {anterior, {-1.3, 0, 1.3}}, {posterior, {-1.3, 0, 1.3}}},
                  chambers::leftEndocardium, 0.008, apical);
  grower.networks({{rightWall, {-2.4, -1.2, 0, 1.2, 2.4}}}, chambers::rightEndocardium, 0.003, apical);
}

std::vector<double> ConductionSystem::arrivals(unsigned blocked) const {
  std::vector<double> times(points_.size(), kNever);
  for (std::size_t i = 0; i < points_.size(); ++i) {
    const ConductionPoint& point = points_[i];
    if ((point.above & blocked) != 0) continue;
    if (point.parent < 0) {
      times[i] = 0;
      continue;
    }
    const auto parent = static_cast<std::size_t>(point.parent);
    const double network =
        (point.above & bit(Trunk::right)) != 0 ? settings_.rightSpeed : settings_.leftSpeed;
    const double speed = point.isPurkinje ? network : settings_.bundleSpeed;
    times[i] = times[parent] + core::length(point.position - points_[parent].position) / speed;
  }
  return times;
}

std::vector<Entry> entries(const ConductionSystem& system, const Ventricles& muscle, unsigned blocked,
                           double radius, double resolution) {
  const std::vector<double> times = system.arrivals(blocked);
  std::map<std::int64_t, std::set<std::uint32_t>> gathered;
  const Lattice& lattice = muscle.lattice;
  const int around = static_cast<int>(std::ceil(radius / lattice.spacing));
  for (std::size_t i = 0; i < times.size(); ++i) {
    const ConductionPoint& point = system.points()[i];
    if (!point.isEnding || times[i] == ConductionSystem::kNever) continue;
    const auto step =
        static_cast<std::int64_t>(std::llround((times[i] + system.settings().junctionDelay) / resolution));
    const Vec3 q = (point.position - lattice.origin) / lattice.spacing;
    const int middle[3] = {int(std::lround(q.x)), int(std::lround(q.y)), int(std::lround(q.z))};
    for (int z = -around; z <= around; ++z)
      for (int y = -around; y <= around; ++y)
        for (int x = -around; x <= around; ++x) {
          const int a = middle[0] + x, b = middle[1] + y, c = middle[2] + z;
          if (a < 0 || b < 0 || c < 0 || a >= lattice.nx || b >= lattice.ny || c >= lattice.nz) continue;
          const std::size_t n = lattice.index(a, b, c);
          if (lattice.isTissue[n] == 0 || core::length(muscle.positionOf(n) - point.position) > radius)
            continue;
          gathered[step].insert(static_cast<std::uint32_t>(n));
        }
  }
  // A node near several endings is given the beat by the first.
  std::set<std::uint32_t> done;
  std::vector<Entry> all;
  for (const auto& [step, nodes] : gathered) {
    Entry entry;
    entry.time = double(step) * resolution;
    for (const std::uint32_t node : nodes)
      if (done.insert(node).second) entry.nodes.push_back(node);
    if (!entry.nodes.empty()) all.push_back(std::move(entry));
  }
  return all;
}

}  // namespace aula::anatomy::heart
