// SPDX-License-Identifier: Apache-2.0
#include "anatomy/heart/body/parts.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>

#include "anatomy/heart/body/chambers.h"
#include "anatomy/shape/solid.h"

namespace aula::anatomy::heart {

namespace {

/// One of the distances of chambers.h.
class Chamber final : public Solid::Form {
 public:
  explicit Chamber(double (*formula)(Vec3)) : formula_(formula) {}
  [[nodiscard]] double distance(Vec3 p) const override { return formula_(p); }
  [[nodiscard]] scene::Bounds bounds() const override {
    scene::Bounds box;
    box.add(Vec3{-0.10, -0.07, -0.10});
    box.add(Vec3{0.09, 0.10, 0.075});
    return box;
  }
  // An ellipsoid's first-order distance is up to the ratio of its axes too long.
  [[nodiscard]] double stretch() const override { return 3; }

 private:
  double (*formula_)(Vec3);
};

Solid chamber(double (*distance)(Vec3)) {
  return Solid(std::make_shared<Chamber>(distance));
}

double leftFreeWall(Vec3 p) {
  return std::max(chambers::leftWall(p), -chambers::septum(p));
}

Part made(const char* id, const Solid& solid, double spacing, const scene::Material& material, Vec3 near,
          int priority) {
  Part part;
  part.id = id;
  part.mesh = std::make_shared<scene::TriangleMesh>(polygonise(solid, {spacing}));
  part.material = material;
  part.labelPriority = priority;
  // The corner of the mesh nearest to where the label should point.
  double least = 1e9;
  for (const scene::Float3& corner : part.mesh->positions) {
    const Vec3 p = scene::toVec3(corner);
    if (const double d = core::length(p - near); d < least) least = d, part.anchor = p;
  }
  return part;
}

/// A round tube through places, its radius growing from one end to the other.
Solid tube(const std::vector<Vec3>& way, double from, double to) {
  std::vector<Section> sections;
  for (std::size_t i = 0; i < way.size(); ++i) {
    const double share = double(i) / double(way.size() - 1);
    const double radius = from + share * (to - from);
    const Vec3 along = way[std::min(i + 1, way.size() - 1)] - way[i > 0 ? i - 1 : 0];
    const Vec3 across = std::abs(along.x) < 0.6 * core::length(along) ? Vec3{1, 0, 0} : Vec3{0, 1, 0};
    sections.push_back({way[i], radius, radius, across, 2});
  }
  return sweep(std::move(sections));
}

Vec3 forwards(const std::vector<Vec3>& way) {
  return core::normalised(way.back() - way[way.size() - 2]);
}
std::vector<Vec3> longer(std::vector<Vec3> way, double front, double back) {
  const Vec3 ahead = forwards(way), behind = core::normalised(way[0] - way[1]);
  if (back > 0) way.back() = way.back() + back * ahead;
  if (front > 0) way.front() = way.front() + front * behind;
  return way;
}
/// Cut square to its way at its last place, and at its first.
Solid cutAtEnd(const Solid& solid, const std::vector<Vec3>& way) {
  return below(solid, forwards(way), dot(forwards(way), way.back()));
}
Solid cutAtFront(const Solid& solid, const std::vector<Vec3>& way) {
  return cutAtEnd(solid, {way[1], way[0]});
}

/// Open at both ends.
Solid vessel(const std::vector<Vec3>& way, double radius, double wall) {
  const Solid outer = tube(longer(way, radius, radius), radius, radius);
  const Solid inner = tube(longer(way, 2 * radius, 2 * radius), radius - wall, radius - wall);
  return cutAtFront(cutAtEnd(without(outer, inner), way), way);
}

constexpr double kVesselWall = 0.0028;

/// Beyond the base's plane only.
Solid aboveBase(const Solid& solid, double gap) {
  return below(solid, -axes().basal, -gap);
}

}  // namespace

scene::Material conductionMaterial() {
  scene::Material material;
  material.baseColour = {0.85F, 0.62F, 0.10F};
  material.roughness = 0.45F;
  return material;
}

std::vector<Part> ventricleParts(double spacing) {
  const Axes& a = axes();
  return {made("left_ventricle", chamber(leftFreeWall), spacing, myocardiumMaterial(),
               a.toBody({-0.020, 0.024, -0.020}), 10),
          made("right_ventricle", chamber(chambers::rightWall), spacing, myocardiumMaterial(),
               a.toBody({0.068, -0.002, -0.010}), 10),
          made("interventricular_septum", chamber(chambers::septum), spacing, myocardiumMaterial(),
               a.toBody({0.030, 0.0, -0.030}), 8)};
}

std::vector<Part> outlineParts(double spacing) {
  const Measures& m = measures();
  const Axes& a = axes();
  const Vec3 mitral = chambers::mitralValve(), tricuspid = chambers::tricuspidValve(),
             aortic = chambers::aorticValve(), pulmonary = chambers::pulmonaryValve();
  std::vector<Part> parts;
  const scene::Material muscle = myocardiumMaterial();

  // Atria: a body, and an auricle that reaches to the front beside the great arteries.
  const Vec3 leftMiddle = mitral + 0.023 * a.basal + Vec3{0, -0.004, 0.004};
  const Solid leftBody = united(
      {ellipsoid(leftMiddle, {1.15 * m.leftAtrium, 0.95 * m.leftAtrium, 0.95 * m.leftAtrium}),
       roundCone(leftMiddle, a.toBody({-0.006, -0.008, m.leftBase + 0.008}), 0.95 * m.leftAtrium, 0.0245)},
      0.008);
  const Solid leftAuricle = sweep({{leftMiddle + Vec3{-0.012, 0.006, 0.006}, 0.011, 0.010, {0, 0, 1}, 2},
                                   {leftMiddle + Vec3{-0.032, 0.014, 0.010}, 0.011, 0.007, {0, 0, 1}, 2.6},
                                   {leftMiddle + Vec3{-0.041, 0.030, 0.012}, 0.009, 0.005, {0, 0, 1}, 2.6},
                                   {leftMiddle + Vec3{-0.038, 0.041, 0.013}, 0.004, 0.003, {0, 0, 1}, 2}});
  const Solid leftAtrium = aboveBase(united(leftBody, leftAuricle, 0.006), 0.0012);
  parts.push_back(made("left_atrium", leftAtrium, spacing, muscle, leftMiddle + Vec3{-0.02, -0.02, 0.01}, 6));

  const Vec3 rightMiddle = tricuspid + 0.022 * a.basal + Vec3{0.002, -0.004, 0.002};
  const Solid rightBody = united(
      {ellipsoid(rightMiddle, {0.95 * m.rightAtrium, m.rightAtrium, 1.2 * m.rightAtrium}),
       roundCone(rightMiddle, tricuspid + 0.006 * a.basal - 0.004 * a.upper, 0.95 * m.rightAtrium, 0.0225)},
      0.008);
  const Solid rightAuricle = sweep({{rightMiddle + Vec3{-0.004, 0.010, 0.012}, 0.013, 0.010, {0, 0, 1}, 2},
                                    {rightMiddle + Vec3{-0.016, 0.020, 0.020}, 0.012, 0.007, {0, 0, 1}, 2.6},
                                    {rightMiddle + Vec3{-0.028, 0.022, 0.027}, 0.009, 0.005, {0, 0, 1}, 2.6},
                                    {rightMiddle + Vec3{-0.036, 0.020, 0.031}, 0.004, 0.003, {0, 0, 1}, 2}});
  const Solid rightAtrium = aboveBase(united(rightBody, rightAuricle, 0.006), 0.0012);
  parts.push_back(made("right_atrium", rightAtrium, spacing, muscle, rightMiddle + Vec3{0.02, 0.005, 0}, 6));

  // Arteries: the aorta up, to the right and back; the pulmonary trunk before and left of it.
  const Vec3 out = chambers::pulmonaryAxis();
  const Solid root = ball(aortic + Vec3{0.001, 0.001, 0.006}, 1.22 * m.aorta);
  const std::vector<Vec3> aorta{aortic, aortic + Vec3{0.006, 0.002, 0.018},
                                aortic + Vec3{0.011, 0.000, 0.038}, aortic + Vec3{0.006, -0.008, 0.055},
                                aortic + Vec3{-0.006, -0.022, 0.062}};
  const double thin = kVesselWall;
  const Solid lumen = tube(longer(aorta, 0.02, 2 * m.aorta), m.aorta - thin, m.aorta - thin);
  const Solid aortaWhole = united(tube(longer(aorta, 0, m.aorta), m.aorta, m.aorta), root, 0.008);
  parts.push_back(made("ascending_aorta", cutAtEnd(without(aortaWhole, lumen), aorta), spacing,
                       arteryMaterial(), aorta[2] + Vec3{0, 0.02, 0}, 7));
  const Vec3 fork = pulmonary + Vec3{-0.004, -0.028, 0.020};
  const double trunk = m.pulmonaryTrunk, side = 0.72 * trunk;
  const std::vector<Vec3> stem{pulmonary, pulmonary + 0.010 * out, pulmonary + Vec3{-0.005, -0.014, 0.019},
                               fork};
  const std::vector<Vec3> toLeft{fork, fork + Vec3{-0.014, -0.008, 0.004},
                                 fork + Vec3{-0.032, -0.016, 0.002}};
  const std::vector<Vec3> toRight{fork, fork + Vec3{0.012, -0.012, 0.002}, fork + Vec3{0.034, -0.018, -0.002},
                                  fork + Vec3{0.052, -0.020, -0.004}};
  const auto arteries = [&](double wall, double beyond) {
    return united({tube(longer(stem, beyond, 0), trunk - wall, trunk - wall),
                   tube(longer(toLeft, 0, beyond), side - wall, side - wall),
                   tube(longer(toRight, 0, beyond), side - wall, side - wall)},
                  0.004);
  };
  Solid pulmonaryTree = without(arteries(0, 0.012), arteries(thin, 0.03));
  pulmonaryTree = cutAtEnd(cutAtEnd(pulmonaryTree, toLeft), toRight);
  // Its own beginning only: the plane of the valve goes through the right artery's way.
  pulmonaryTree = without(pulmonaryTree, roundCylinder(pulmonary - 0.03 * out, pulmonary, 0.02, 0));
  parts.push_back(made("pulmonary_trunk", pulmonaryTree, spacing, veinMaterial(),
                       pulmonary + Vec3{-0.004, 0.01, 0.018}, 7));

  // Veins.
  const Vec3 top = rightMiddle + Vec3{-0.001, -0.010, 0.018};
  parts.push_back(made("superior_vena_cava",
                       vessel({top, top + Vec3{-0.001, -0.002, 0.016}, top + Vec3{-0.003, -0.002, 0.046}},
                              m.superiorCava, kVesselWall),
                       spacing, veinMaterial(), top + Vec3{0.01, 0, 0.035}, 5));
  const Vec3 bottom = rightMiddle + Vec3{0.000, -0.010, -0.020};
  parts.push_back(
      made("inferior_vena_cava",
           vessel({bottom, bottom + Vec3{-0.001, -0.002, -0.012}, bottom + Vec3{-0.002, -0.004, -0.030}},
                  m.inferiorCava, kVesselWall),
           spacing, veinMaterial(), bottom + Vec3{0.01, 0, -0.025}, 5));
  std::vector<Solid> veins;
  for (const double sideways : {-1.0, 1.0})
    for (const double up : {-0.35, 1.0}) {
      const Vec3 from = leftMiddle + Vec3{sideways * 0.018, -0.014, 0.009 * up};
      const Vec3 to = from + Vec3{sideways * 0.020, -0.012, 0.006 * up};
      veins.push_back(vessel({from, 0.5 * (from + to), to}, m.pulmonaryVeins, 0.0022));
    }
  parts.push_back(made("pulmonary_veins", united(veins), std::min(spacing, 0.0013), arteryMaterial(),
                       leftMiddle + Vec3{-0.035, -0.025, 0.015}, 5));

  // Valves' rings.
  const auto ring = [&](const char* id, Vec3 middle, Vec3 axis, double radius) {
    parts.push_back(made(id, torus(middle, axis, radius, 0.0018), std::min(spacing, 0.0012), tendonMaterial(),
                         middle + radius * core::normalised(cross(axis, {0, 0.3, 1})), 4));
  };
  ring("mitral_valve", mitral, a.basal, m.mitral);
  ring("tricuspid_valve", tricuspid, a.basal, m.tricuspid);
  ring("aortic_valve", aortic, core::normalised({0.25, 0.05, 0.95}), m.aortic);
  ring("pulmonary_valve", pulmonary, out, m.pulmonaryTrunk - 0.001);

  // Nodes.
  const Vec3 sinus = top + Vec3{0.008, 0.006, 0.000};
  parts.push_back(made("sinoatrial_node", ellipsoid(sinus, {0.0025, 0.0025, 0.007}),
                       std::min(spacing, 0.0008), conductionMaterial(), sinus, 6));
  const Vec3 node = ConductionSystem().points().front().position;
  parts.push_back(made("atrioventricular_node", ellipsoid(node, {0.003, 0.002, 0.002}),
                       std::min(spacing, 0.0006), conductionMaterial(), node, 6));
  return parts;
}

std::vector<Part> heartParts(double spacing) {
  std::vector<Part> parts = ventricleParts(spacing);
  for (Part& part : outlineParts(spacing)) parts.push_back(std::move(part));

  // Bundles and fibres as rods along the tree.
  const ConductionSystem system;
  const auto& points = system.points();
  const unsigned left = 1U << unsigned(Trunk::left), right = 1U << unsigned(Trunk::right);
  std::vector<Solid> his, leftBundle, rightBundle, fibres;
  std::vector<std::int32_t> from(points.size(), -1);
  std::vector<std::uint8_t> children(points.size(), 0);
  for (const ConductionPoint& point : points)
    if (point.parent >= 0)
      children[std::size_t(point.parent)] =
          std::uint8_t(std::min(2, children[std::size_t(point.parent)] + 1));
  // A rod for every third point, and where the tree forks or ends.
  std::vector<int> since(points.size(), 0);
  for (std::size_t i = 0; i < points.size(); ++i) {
    const ConductionPoint& point = points[i];
    if (point.parent < 0) {
      from[i] = std::int32_t(i);
      continue;
    }
    const auto parent = std::size_t(point.parent);
    const bool isStation = since[parent] >= 2 || children[i] != 1;
    since[i] = isStation ? 0 : since[parent] + 1;
    from[i] = isStation ? std::int32_t(i) : from[parent];
    if (!isStation) continue;
    const Vec3 begin = points[std::size_t(from[parent])].position;
    if (core::length(begin - point.position) < 1e-5) continue;
    const double radius = point.isPurkinje ? 0.00055 : 0.0011;
    std::vector<Solid>& into = point.isPurkinje             ? fibres
                               : (point.above & left) != 0  ? leftBundle
                               : (point.above & right) != 0 ? rightBundle
                                                            : his;
    into.push_back(roundCone(begin, point.position, radius, radius));
  }
  const scene::Material yellow = conductionMaterial();
  const double fine = std::min(spacing, 0.0009);
  parts.push_back(made("bundle_of_his", united(his), fine, yellow, points[8].position, 6));
  parts.push_back(
      made("left_bundle_branch", united(leftBundle), fine, yellow, chambers::onLeftEndocardium(0.3, 0), 6));
  parts.push_back(
      made("right_bundle_branch", united(rightBundle), fine, yellow, chambers::onRightSeptum(0.2, -0.01), 6));
  parts.push_back(made("purkinje_fibres", united(fibres), std::min(spacing, 0.0006), yellow,
                       axes().toBody({0.05, 0.0, -0.03}), 5));
  return parts;
}

}  // namespace aula::anatomy::heart
