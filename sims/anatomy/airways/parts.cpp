// SPDX-License-Identifier: Apache-2.0
#include "anatomy/airways/parts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "anatomy/airways/tree_mesh.h"
#include "anatomy/model/atlas.h"
#include "core/units/constants.h"

namespace aula::anatomy {

namespace {

struct Rod {
  Vec3 from, to;
  double radius;
};

double distanceTo(const Rod& rod, Vec3 p) {
  const Vec3 way = rod.to - rod.from;
  const double t = std::clamp(core::dot(p - rod.from, way) / core::dot(way, way), 0.0, 1.0);
  return core::length(p - rod.from - t * way) - rod.radius;
}

/// Many rods, found through a lattice of boxes.
class RodsForm final : public Solid::Form {
 public:
  explicit RodsForm(std::vector<Rod> rods) : rods_(std::move(rods)) {
    for (const Rod& rod : rods_) {
      const Vec3 r{rod.radius, rod.radius, rod.radius};
      for (const Vec3 end : {rod.from, rod.to}) bounds_.add(end - r), bounds_.add(end + r);
    }
    for (int axis = 0; axis < 3; ++axis)
      count_[axis] = 1 + static_cast<int>((bounds_.upper[axis] - bounds_.lower[axis]) / kBox);
    boxes_.resize(std::size_t(count_[0]) * std::size_t(count_[1]) * std::size_t(count_[2]));
    for (std::size_t i = 0; i < rods_.size(); ++i) {
      const Rod& rod = rods_[i];
      int from[3], to[3];
      for (int axis = 0; axis < 3; ++axis) {
        const double low = std::min(rod.from[axis], rod.to[axis]) - rod.radius - kReach;
        const double high = std::max(rod.from[axis], rod.to[axis]) + rod.radius + kReach;
        from[axis] =
            std::clamp(static_cast<int>(std::floor((low - bounds_.lower[axis]) / kBox)), 0, count_[axis] - 1);
        to[axis] = std::clamp(static_cast<int>(std::floor((high - bounds_.lower[axis]) / kBox)), 0,
                              count_[axis] - 1);
      }
      for (int z = from[2]; z <= to[2]; ++z)
        for (int y = from[1]; y <= to[1]; ++y)
          for (int x = from[0]; x <= to[0]; ++x) {
            const Vec3 middle = bounds_.lower + kBox * Vec3{x + 0.5, y + 0.5, z + 0.5};
            // Half a box's diagonal is 0.87 of its side.
            if (distanceTo(rod, middle) < kReach + 0.87 * kBox)
              boxes_[boxAt(x, y, z)].push_back(std::uint32_t(i));
          }
    }
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    int at[3];
    for (int axis = 0; axis < 3; ++axis)
      at[axis] = std::clamp(static_cast<int>(std::floor((p[axis] - bounds_.lower[axis]) / kBox)), 0,
                            count_[axis] - 1);
    // Rods that no list holds are at least this far.
    double nearest = kReach, second = kReach;
    for (const std::uint32_t i : boxes_[boxAt(at[0], at[1], at[2])]) {
      const double d = distanceTo(rods_[i], p);
      if (d < nearest)
        second = nearest, nearest = d;
      else if (d < second)
        second = d;
    }
    // Forks are rounded a little.
    const double h = std::max(kBlend - (second - nearest), 0.0) / kBlend;
    return nearest - 0.25 * h * h * kBlend;
  }
  [[nodiscard]] scene::Bounds bounds() const override { return bounds_.grown(kBlend); }
  [[nodiscard]] double stretch() const override { return 1.5; }

 private:
  static constexpr double kBox = 0.004, kReach = 0.004, kBlend = 0.0012;  // m
  [[nodiscard]] std::size_t boxAt(int x, int y, int z) const {
    return (std::size_t(z) * std::size_t(count_[1]) + std::size_t(y)) * std::size_t(count_[0]) +
           std::size_t(x);
  }
  std::vector<Rod> rods_;
  scene::Bounds bounds_;
  int count_[3] = {1, 1, 1};
  std::vector<std::vector<std::uint32_t>> boxes_;
};

/// A large bronchus or the trachea from outside: rings of cartilage, open behind, where the wall is flat.
class RingedForm final : public Solid::Form {
 public:
  RingedForm(Rod rod, int rings) : rod_(rod), rings_(rings) {
    way_ = rod.to - rod.from;
    length_ = core::length(way_);
    way_ = way_ / length_;
    // Behind, square to the axis.
    const Vec3 back{0, -1, 0};
    back_ = core::normalised(back - core::dot(back, way_) * way_);
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    const Vec3 q = p - rod_.from;
    const double along = core::dot(q, way_);
    const Vec3 aside = q - along * way_;
    const double r = core::length(aside);
    const double behind = r > 1e-9 ? core::dot(aside, back_) / r : 0;
    // Cartilage is about as wide as the gap between two rings; it ends where the wall turns back.
    const double cartilage = 1 - std::clamp((behind - 0.55) / 0.25, 0.0, 1.0);
    const double wave = 0.5 - 0.5 * std::cos(2 * core::kPi * along / length_ * rings_);
    const double radius = rod_.radius + kRise * rod_.radius * (wave - 0.5) * cartilage;
    const double wall = std::max(r - radius, core::dot(aside, back_) - 0.80 * rod_.radius);
    const double ends = std::abs(along - 0.5 * length_) - 0.5 * length_;
    return std::max(wall, ends);
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    scene::Bounds bounds;
    bounds.add(rod_.from);
    bounds.add(rod_.to);
    return bounds.grown(1.1 * rod_.radius);
  }
  [[nodiscard]] double stretch() const override { return 1.6; }

 private:
  static constexpr double kRise = 0.09;  ///< Of the radius, from trough to crest.
  Rod rod_;
  int rings_;
  Vec3 way_, back_;
  double length_ = 0;
};

/// The mesh's point that lies furthest along `direction`.
Vec3 extreme(const scene::TriangleMesh& mesh, Vec3 direction) {
  Vec3 best;
  double furthest = -1e9;
  for (const scene::Float3& p : mesh.positions) {
    const Vec3 v = scene::toVec3(p);
    if (const double d = core::dot(v, direction); d > furthest) furthest = d, best = v;
  }
  return best;
}

/// The pleural sheets lie this far outside the lobes, m.
constexpr double kPleuraOutside = 0.0025, kPleuraInside = 0.0005;

scene::Material see(scene::Material material, scene::Colour colour, float opacity) {
  material.baseColour = colour;
  material.opacity = opacity;
  material.isTwoSided = opacity < 1;
  return material;
}

}  // namespace

Solid bronchusSolid(const BronchialTree& tree, NamedBranch branch) {
  const std::size_t b = tree.indexOf(branch);
  // Walls are about a tenth of the outer diameter.
  const Rod rod{tree.start[b], tree.end[b], 0.56 * tree.diameter[b]};
  const double perMetre =
      Atlas::region("airways")->measure("trachea", "rings") / tree.length[tree.indexOf(NamedBranch::trachea)];
  return Solid(std::make_shared<const RingedForm>(
      rod, std::max(2, static_cast<int>(std::lround(perMetre * tree.length[b])))));
}

Solid branchesSolid(const BronchialTree& tree, Side side, double thinnest) {
  std::vector<Rod> rods;
  for (std::size_t b = kNamedBranches; b < tree.size(); ++b)
    if (tree.diameter[b] >= thinnest && sideOf(static_cast<Lobe>(tree.lobe[b])) == side)
      rods.push_back({tree.start[b], tree.end[b], 0.55 * tree.diameter[b]});
  return Solid(std::make_shared<const RodsForm>(std::move(rods)));
}

scene::TriangleMesh shellBetween(const scene::TriangleMesh& outside, const scene::TriangleMesh& inside) {
  scene::TriangleMesh mesh = outside;
  const auto count = static_cast<std::uint32_t>(outside.positions.size());
  mesh.positions.insert(mesh.positions.end(), inside.positions.begin(), inside.positions.end());
  for (const scene::Float3& n : inside.normals) mesh.normals.push_back({-n.x, -n.y, -n.z});
  for (std::size_t t = 0; t + 2 < inside.triangles.size(); t += 3)
    for (const std::size_t corner : {t, t + 2, t + 1})
      mesh.triangles.push_back(inside.triangles[corner] + count);
  return mesh;
}

std::vector<Part> lungParts(double spacing, BranchSurface branches) {
  const auto tree = usualTree();
  std::vector<Part> parts;
  const auto add = [&](const std::string& id, scene::TriangleMesh mesh, const scene::Material& material,
                       Vec3 towards, int priority) {
    Part part;
    part.id = id;
    part.mesh = std::make_shared<const scene::TriangleMesh>(std::move(mesh));
    part.material = material;
    part.anchor = extreme(*part.mesh, towards);
    part.labelPriority = priority;
    parts.push_back(std::move(part));
  };
  // Tints that tell lobes apart, all of lung.
  static constexpr scene::Colour kTints[kLobes] = {{0.80F, 0.45F, 0.42F},
                                                   {0.86F, 0.62F, 0.42F},
                                                   {0.72F, 0.42F, 0.52F},
                                                   {0.80F, 0.45F, 0.42F},
                                                   {0.72F, 0.42F, 0.52F}};
  for (const NamedBranch branch : {NamedBranch::trachea, NamedBranch::mainRight, NamedBranch::mainLeft}) {
    const double fine = std::min(spacing, branch == NamedBranch::trachea ? 0.0009 : 0.0008);
    Solid solid = bronchusSolid(*tree, branch);
    // The intermediate bronchus has no name of its own in the atlas.
    if (branch == NamedBranch::mainRight)
      solid = united(solid, bronchusSolid(*tree, NamedBranch::intermediate), 0.001);
    add(idOf(branch), polygonise(solid, {fine}), airwayMaterial(),
        branch == NamedBranch::trachea ? Vec3{0, 1, 0.2} : Vec3{0, 0.6, 0.8}, 9);
  }
  for (const Lobe lobe : kAllLobes) {
    const auto branch = *findNamedBranch(idOfBronchus(lobe));
    add(idOfBronchus(lobe), polygonise(bronchusSolid(*tree, branch), {std::min(spacing, 0.0007)}),
        airwayMaterial(), {0, 0.8, 0.5}, 6);
  }
  for (const Side side : {Side::right, Side::left}) {
    const bool isRight = side == Side::right;
    constexpr double kThinnest = 0.0022;
    const auto isShown = [&](std::size_t b) {
      return b >= kNamedBranches && tree->diameter[b] >= kThinnest &&
             sideOf(static_cast<Lobe>(tree->lobe[b])) == side;
    };
    add(isRight ? "bronchial_tree_right" : "bronchial_tree_left",
        branches == BranchSurface::tubes
            ? *treeMesh(*tree, isShown).mesh
            : polygonise(branchesSolid(*tree, side, kThinnest), {std::min(spacing, 0.0007)}),
        airwayMaterial(), {isRight ? 1.0 : -1.0, 0.3, -0.4}, 5);
  }
  for (const Lobe lobe : kAllLobes) {
    const double s = sideOf(lobe) == Side::right ? 1 : -1;
    const bool isLow = lobe == Lobe::rightInferior || lobe == Lobe::leftInferior;
    const bool isMiddle = lobe == Lobe::rightMiddle;
    add(idOf(lobe), polygonise(lobeSolid(lobe), {spacing}),
        see(lungMaterial(), kTints[static_cast<std::size_t>(lobe)], 1),
        {s, isMiddle ? 1.0 : 0.3, isLow ? -0.6 : 0.4}, 8);
  }
  for (const Side side : {Side::right, Side::left}) {
    const bool isRight = side == Side::right;
    // Visceral and parietal pleura as one sheet, just outside the lobes; where lungs end in an edge its two
    // faces must not cut corners into each other.
    const double fine = std::min(spacing, 0.003);
    add(isRight ? "pleura_right" : "pleura_left",
        shellBetween(polygonise(grown(lungSolid(side), kPleuraOutside), {fine}),
                     polygonise(grown(lungSolid(side), kPleuraInside), {fine})),
        see(lungMaterial(), {0.90F, 0.80F, 0.76F}, 0.35F), {isRight ? 1.0 : -1.0, 0, 0.6}, 4);
  }
  add("diaphragm", polygonise(diaphragmSolid(), {std::min(spacing, 0.0022)}), muscleMaterial(), {0.3, 1, 0.1},
      7);
  return parts;
}

}  // namespace aula::anatomy
