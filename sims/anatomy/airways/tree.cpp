// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/tree.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "anatomy/model/atlas.h"
#include "core/error.h"
#include "core/units/constants.h"

namespace aula::anatomy {

namespace {

/// Exponent of flow and diameter, flow ~ diameter^n (Kitaoka and others 1999, rule 4), for children of
/// branches of 2 mm and more. Below, casts narrow less from generation to generation (Weibel 1963,
/// generations 8 to 16; Haefeli-Bleuer and Weibel 1988 find 0.5 mm where the acinus begins), which 2.8 would
/// take to 0.34 mm.
constexpr double kFlowExponent = 2.8, kSmallExponent = 3.3;
constexpr double kSmall = 0.002;  // m
/// Length over diameter (their rule 7); of branches above and at the beginning of segments, which are shorter
/// in casts (Horsfield and Cumming 1968).
constexpr double kLengthRatio = 3.0, kSegmentalRatio = 1.8;
/// The smaller child gets at least this share of the flow, else the branching plane is turned further (their
/// complementary rule: 0.05).
constexpr double kLeastShare = 0.08;
/// How far a child turns from the angle of the formula towards the middle of what it supplies, 0 to 1; ours,
/// in place of their complementary rules 2a and 8a that correct branches which miss their region.
constexpr double kSteering = 0.40;
/// Sample points that a terminal bronchiole's region has at most.
constexpr double kPointsATerminal = 24;

/// Beginning of the tree; lengths and diameters are the atlas' (assets/anatomy/airways/measures.json has
/// their sources). Directions are chosen from plates: the right main bronchus is steep, the left one is not.
struct Given {
  NamedBranch branch, parent;
  Vec3 direction;  ///< Made unit.
  int lobe;
};
constexpr Vec3 kTracheaDirection{0, -0.19, -0.98};
constexpr Given kGiven[] = {{NamedBranch::mainRight, NamedBranch::trachea, {0.44, -0.06, -0.90}, -1},
                            {NamedBranch::mainLeft, NamedBranch::trachea, {-0.72, -0.08, -0.69}, -1},
                            {NamedBranch::intermediate, NamedBranch::mainRight, {0.36, -0.08, -0.93}, -1},
                            {NamedBranch::rightSuperior, NamedBranch::mainRight, {0.93, 0.02, 0.30}, 0},
                            {NamedBranch::rightMiddle, NamedBranch::intermediate, {0.55, 0.66, -0.51}, 1},
                            {NamedBranch::rightInferior, NamedBranch::intermediate, {0.32, -0.32, -0.89}, 2},
                            {NamedBranch::leftSuperior, NamedBranch::mainLeft, {-0.80, 0.52, 0.30}, 3},
                            {NamedBranch::leftInferior, NamedBranch::mainLeft, {-0.34, -0.36, -0.87}, 4}};

/// A bronchopulmonary segment: where it lies in its lobe, from the lobe's middle in half sizes of the lobe.
struct Segment {
  int lobe;
  Vec3 place;
};
// Right: apical, posterior, anterior; lateral, medial; superior, medial, anterior, lateral, posterior basal.
// Left: apicoposterior, anterior, superior and inferior lingular; superior, anteromedial, lateral, posterior
// basal.
constexpr Segment kSegments[] = {{0, {-0.1, -0.1, 0.8}},   {0, {0.1, -0.8, -0.1}}, {0, {0.1, 0.6, -0.4}},
                                 {1, {0.5, -0.4, 0.0}},    {1, {-0.5, 0.4, 0.0}},  {2, {0.0, -0.3, 0.75}},
                                 {2, {-0.6, 0.1, -0.1}},   {2, {0.1, 0.6, -0.35}}, {2, {0.6, 0.0, -0.4}},
                                 {2, {-0.1, -0.6, -0.35}}, {3, {0.1, -0.5, 0.5}},  {3, {0.0, 0.4, 0.35}},
                                 {3, {-0.1, 0.4, -0.25}},  {3, {0.1, 0.4, -0.75}}, {4, {0.0, -0.3, 0.75}},
                                 {4, {0.2, 0.6, -0.3}},    {4, {-0.6, 0.0, -0.4}}, {4, {0.1, -0.6, -0.35}}};
constexpr int kSegmentCount = 18;

/// The order in which segmental bronchi leave: at each fork these segments (bits) go one way, the others the
/// other.
constexpr std::uint32_t bits(std::initializer_list<int> segments) {
  std::uint32_t all = 0;
  for (const int segment : segments) all |= 1U << segment;
  return all;
}
constexpr std::uint32_t kForks[] = {bits({0, 1}), bits({0}),  bits({3}),      bits({5}),  bits({6}),
                                    bits({7}),    bits({8}),  bits({10, 11}), bits({10}), bits({12}),
                                    bits({14}),   bits({15}), bits({16})};

struct Point {
  float x, y, z;
  std::uint8_t segment;
};

Vec3 vectorOf(const Point& p) {
  return {p.x, p.y, p.z};
}

/// Growth of one lobe, depth first.
class Grower {
 public:
  Grower(BronchialTree& tree, std::vector<Point>& points, double pointShare, double terminalShare)
      : tree_(tree), points_(points), pointShare_(pointShare), terminalShare_(terminalShare) {}

  /// What `branch` supplies are points [begin, end); `normal` is that of the plane it branched in.
  void grow(std::size_t branch, std::size_t begin, std::size_t end, Vec3 normal) {
    struct Task {
      std::size_t branch, begin, end;
      Vec3 normal;
    };
    std::vector<Task> tasks{{branch, begin, end, normal}};
    while (!tasks.empty()) {
      const Task task = tasks.back();
      tasks.pop_back();
      const double share = double(task.end - task.begin) * pointShare_;
      if (share <= terminalShare_) {
        tree_.firstChild[task.branch] = BronchialTree::kNone;
        continue;
      }
      Vec3 plane = normalTo(task.branch, task.normal);
      const std::size_t middle = divide(task.branch, task.begin, task.end, plane);
      if (middle == task.begin || middle == task.end) {
        tree_.firstChild[task.branch] = BronchialTree::kNone;
        continue;
      }
      const auto first = tree_.size();
      tree_.firstChild[task.branch] = static_cast<std::int32_t>(first);
      const double f = double(middle - task.begin) / double(task.end - task.begin);
      add(task.branch, task.begin, middle, f, plane, 1);
      add(task.branch, middle, task.end, 1 - f, plane, -1);
      tasks.push_back({first + 1, middle, task.end, plane});
      tasks.push_back({first, task.begin, middle, plane});
    }
  }

 private:
  [[nodiscard]] Vec3 directionOf(std::size_t branch) const {
    return core::normalised(tree_.end[branch] - tree_.start[branch]);
  }

  /// Normal of the plane that a branch divides in: square to that of its parent (rule 6), through its axis.
  [[nodiscard]] Vec3 normalTo(std::size_t branch, Vec3 earlier) const {
    const Vec3 d = directionOf(branch);
    Vec3 normal = core::cross(d, earlier);
    if (core::length(normal) < 1e-3)
      normal = core::cross(d, std::abs(d.x) < 0.8 ? Vec3{1, 0, 0} : Vec3{0, 1, 0});
    return core::normalised(normal);
  }

  /// Orders the points: first those of the first child. Segments part as anatomy has it; below them a plane
  /// through the branch's axis, square to the branching plane, divides the region (rule 5). `plane` becomes
  /// the branching plane's normal.
  std::size_t divide(std::size_t branch, std::size_t begin, std::size_t end, Vec3& plane) {
    std::uint32_t here = 0;
    for (std::size_t i = begin; i < end; ++i) here |= 1U << points_[i].segment;
    if ((here & (here - 1)) != 0) {
      std::uint32_t one = here & (~here + 1);
      for (const std::uint32_t fork : kForks)
        if ((here & fork) != 0 && (here & fork) != here) {
          one = here & fork;
          break;
        }
      const std::size_t middle =
          part(begin, end, [&](const Point& p) { return (one >> p.segment & 1U) != 0; });
      const Vec3 apart = middleOf(begin, middle) - middleOf(middle, end);
      const Vec3 normal = core::cross(directionOf(branch), apart);
      if (core::length(normal) > 1e-6) plane = core::normalised(normal);
      return middle;
    }
    const Vec3 d = directionOf(branch), tip = tree_.end[branch];
    const Vec3 usual = plane;
    double best = 0;
    Vec3 bestPlane = plane;
    // Turned further where nearly all lies on one side.
    for (const double degrees : {0.0, 30.0, -30.0, 60.0, -60.0, 90.0}) {
      const double angle = degrees * core::kPi / 180;
      const Vec3 turned = std::cos(angle) * usual + std::sin(angle) * core::cross(d, usual);
      const Vec3 across = core::cross(turned, d);
      std::size_t count = 0;
      for (std::size_t i = begin; i < end; ++i)
        if (core::dot(vectorOf(points_[i]) - tip, across) > 0) ++count;
      const double f = double(count) / double(end - begin), smaller = std::min(f, 1 - f);
      if (smaller > best) best = smaller, bestPlane = turned;
      if (best >= kLeastShare) break;
    }
    Vec3 through = tip;
    if (best < kLeastShare) through = middleOf(begin, end);
    plane = bestPlane;
    const Vec3 across = core::cross(plane, d);
    return part(begin, end, [&](const Point& p) { return core::dot(vectorOf(p) - through, across) > 0; });
  }

  template <class Test>
  std::size_t part(std::size_t begin, std::size_t end, const Test& test) {
    while (begin < end) {
      if (test(points_[begin])) {
        ++begin;
      } else {
        --end;
        std::swap(points_[begin], points_[end]);
      }
    }
    return begin;
  }

  [[nodiscard]] Vec3 middleOf(std::size_t begin, std::size_t end) const {
    Vec3 sum;
    for (std::size_t i = begin; i < end; ++i) sum = sum + vectorOf(points_[i]);
    return sum / double(std::max<std::size_t>(1, end - begin));
  }

  void add(std::size_t parent, std::size_t begin, std::size_t end, double f, Vec3 plane, double sign) {
    const Vec3 d = directionOf(parent), across = core::cross(plane, d), from = tree_.end[parent];
    const double n = tree_.diameter[parent] > kSmall ? kFlowExponent : kSmallExponent;
    // Kitaoka and others 1999, equation 3: the angles that need the least volume.
    const double cosine = (1 + std::pow(f, 4 / n) - std::pow(1 - f, 4 / n)) / (2 * std::pow(f, 2 / n));
    const double c = std::clamp(cosine, 0.0, 1.0), s = std::sqrt(1 - c * c);
    const Vec3 middle = middleOf(begin, end);
    Vec3 way = c * d + (sign * s) * across;
    const Vec3 wanted = middle - from;
    const double distance = core::length(wanted);
    if (distance > 1e-6) way = core::normalised((1 - kSteering) * way + (kSteering / distance) * wanted);
    const double diameter = tree_.diameter[parent] * std::pow(f, 1 / n);
    // Three diameters, but neither past what it supplies nor far short of it.
    const double reach = std::max(0.0, core::dot(wanted, way));
    const bool isSegmental = tree_.segment[parent] == 0;
    double length =
        std::clamp((isSegmental ? kSegmentalRatio : kLengthRatio) * diameter,
                   std::max(diameter, (isSegmental ? 0.15 : 0.30) * reach), std::max(diameter, 0.95 * reach));
    // What would stick out of the lung goes straight to what it supplies; wide bronchi begin outside, at its
    // root, and turn most of the way.
    const Side side = from.x >= 0 ? Side::right : Side::left;
    const bool isSmall = tree_.diameter[parent] < kSmall;
    if (distance > 1e-6 && lungDistance(side, from + length * way) > (isSmall ? 0 : 0.001)) {
      way = isSmall ? wanted / distance : core::normalised(0.3 * way + (0.7 / distance) * wanted);
      if (isSmall) length = std::min(length, std::max(0.5 * diameter, 0.95 * distance));
    }
    const std::uint8_t segment = points_[begin].segment;
    const bool isOneSegment =
        std::all_of(points_.begin() + std::ptrdiff_t(begin), points_.begin() + std::ptrdiff_t(end),
                    [&](const Point& p) { return p.segment == segment; });
    tree_.parent.push_back(static_cast<std::int32_t>(parent));
    tree_.firstChild.push_back(BronchialTree::kNone);
    tree_.generation.push_back(static_cast<std::uint8_t>(tree_.generation[parent] + 1));
    tree_.lobe.push_back(tree_.lobe[parent]);
    tree_.segment.push_back(isOneSegment ? static_cast<std::uint8_t>(segment + 1) : std::uint8_t{0});
    tree_.start.push_back(from);
    tree_.end.push_back(from + length * way);
    tree_.diameter.push_back(diameter);
    tree_.length.push_back(length);
    tree_.share.push_back(double(end - begin) * pointShare_);
    tree_.acinus.push_back(middle);
  }

  BronchialTree& tree_;
  std::vector<Point>& points_;
  double pointShare_, terminalShare_;
};

/// Points on a lattice of `spacing` inside each lobe.
std::array<std::vector<Point>, kLobes> samplePoints(double spacing) {
  std::array<std::vector<Point>, kLobes> points;
  for (const Side side : {Side::right, Side::left}) {
    const scene::Bounds box = lungSolid(side).bounds();
    for (double z = box.lower.z + 0.5 * spacing; z < box.upper.z; z += spacing)
      for (double y = box.lower.y + 0.5 * spacing; y < box.upper.y; y += spacing)
        for (double x = box.lower.x + 0.5 * spacing; x < box.upper.x;) {
          const double d = lungDistance(side, {x, y, z});
          if (d < 0)
            points[static_cast<std::size_t>(lobeAt({x, y, z}))].push_back({float(x), float(y), float(z), 0});
          // The surface is at least half as far as the formula says.
          x += spacing * std::max(1.0, d > 0 ? std::floor(0.5 * d / spacing) : 1.0);
        }
  }
  for (std::size_t lobe = 0; lobe < kLobes; ++lobe) {
    scene::Bounds box;
    Vec3 middle;
    for (const Point& p : points[lobe]) box.add(vectorOf(p)), middle = middle + vectorOf(p);
    middle = middle / double(std::max<std::size_t>(1, points[lobe].size()));
    const Vec3 half = 0.5 * box.size();
    const double mirror = lobe >= 3 ? -1 : 1;
    for (Point& p : points[lobe]) {
      double nearest = 1e9;
      for (int s = 0; s < kSegmentCount; ++s) {
        if (kSegments[s].lobe != int(lobe)) continue;
        const Vec3 place = kSegments[s].place;
        const Vec3 away =
            vectorOf(p) - middle - Vec3{mirror * place.x * half.x, place.y * half.y, place.z * half.z};
        const double distance = core::dot(away, away);
        if (distance < nearest) nearest = distance, p.segment = static_cast<std::uint8_t>(s);
      }
    }
  }
  return points;
}

}  // namespace

const char* idOf(NamedBranch branch) {
  static constexpr const char* kIds[kNamedBranches] = {"trachea",
                                                       "main_bronchus_right",
                                                       "main_bronchus_left",
                                                       "bronchus_intermedius",
                                                       "lobar_bronchus_right_superior",
                                                       "lobar_bronchus_right_middle",
                                                       "lobar_bronchus_right_inferior",
                                                       "lobar_bronchus_left_superior",
                                                       "lobar_bronchus_left_inferior"};
  return kIds[static_cast<std::size_t>(branch)];
}

std::optional<NamedBranch> findNamedBranch(const std::string& id) {
  for (int i = 0; i < kNamedBranches; ++i)
    if (id == idOf(static_cast<NamedBranch>(i))) return static_cast<NamedBranch>(i);
  return std::nullopt;
}

BronchialTree growTree(const TreeOptions& options) {
  if (!(options.terminalShare >= 1e-5 && options.terminalShare <= 0.01)) {
    char text[160];
    std::snprintf(text, sizeof text,
                  "a terminal bronchiole's share of the lungs is %g; from 1e-5 to 0.01 can be grown",
                  options.terminalShare);
    throw core::inputError(text);
  }
  const double spacing = std::cbrt((kDrawnGas + kLungTissue) * options.terminalShare / kPointsATerminal);
  auto points = samplePoints(spacing);
  std::size_t total = 0;
  for (const auto& lobe : points) total += lobe.size();

  BronchialTree tree;
  const auto atlas = Atlas::region("airways");
  const auto addNamed = [&](NamedBranch branch, std::int32_t parent, int lobe, Vec3 from, Vec3 direction) {
    // The intermediate bronchus is a part of the right main one in the terminology.
    const bool isPart = branch == NamedBranch::intermediate;
    const std::string id = idOf(isPart ? NamedBranch::mainRight : branch);
    const double length = atlas->measure(id, isPart ? "intermediate_length" : "length");
    tree.parent.push_back(parent);
    tree.firstChild.push_back(BronchialTree::kNone);
    tree.generation.push_back(
        parent < 0 ? std::uint8_t{0}
                   : static_cast<std::uint8_t>(tree.generation[static_cast<std::size_t>(parent)] + 1));
    tree.lobe.push_back(static_cast<std::int8_t>(lobe));
    tree.segment.push_back(0);
    tree.start.push_back(from);
    tree.end.push_back(from + length * core::normalised(direction));
    tree.diameter.push_back(atlas->measure(id, isPart ? "intermediate_diameter" : "diameter"));
    tree.length.push_back(length);
    tree.share.push_back(lobe < 0 ? 0
                                  : double(points[static_cast<std::size_t>(lobe)].size()) / double(total));
    tree.acinus.push_back({});
  };
  addNamed(NamedBranch::trachea, BronchialTree::kNone, -1,
           -atlas->measure("trachea", "length") * core::normalised(kTracheaDirection), kTracheaDirection);
  for (const Given& given : kGiven) {
    const std::size_t parent = tree.indexOf(given.parent);
    if (tree.firstChild[parent] == BronchialTree::kNone)
      tree.firstChild[parent] = static_cast<std::int32_t>(tree.size());
    addNamed(given.branch, static_cast<std::int32_t>(parent), given.lobe, tree.end[parent], given.direction);
  }
  for (std::size_t branch = kNamedBranches; branch-- > 1;)
    tree.share[static_cast<std::size_t>(tree.parent[branch])] += tree.share[branch];

  for (std::size_t lobe = 0; lobe < kLobes; ++lobe) {
    const std::size_t bronchus = tree.indexOf(NamedBranch::rightSuperior) + lobe;
    Grower grower(tree, points[lobe], 1 / double(total), options.terminalShare);
    const Vec3 d = core::normalised(tree.end[bronchus] - tree.start[bronchus]);
    grower.grow(bronchus, 0, points[lobe].size(), core::normalised(core::cross(d, Vec3{0.1, 0.9, 0.3})));
  }
  std::vector<Vec3> acini;
  for (std::size_t branch = 0; branch < tree.size(); ++branch)
    if (tree.isTerminal(branch)) {
      tree.terminals.push_back(static_cast<std::int32_t>(branch));
      acini.push_back(tree.acinus[branch]);
    }
  tree.acinus = std::move(acini);
  return tree;
}

std::shared_ptr<const BronchialTree> usualTree() {
  static const auto tree = std::make_shared<const BronchialTree>(growTree());
  return tree;
}

}  // namespace aula::anatomy
