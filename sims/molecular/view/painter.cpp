// SPDX-License-Identifier: Apache-2.0
#include "molecular/view/painter.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/units/constants.h"
#include "molecular/analysis/dssp.h"
#include "molecular/model/constants.h"
#include "molecular/model/elements.h"
#include "molecular/units.h"
#include "molecular/view/palette.h"

namespace aula::molecular {

namespace {

// Share of the van der Waals radius that a ball of a ball-and-stick model has, and its sticks' radius.
constexpr double kBallShare = 0.27, kStickRadius = 0.022;  // nm
constexpr double kLiquoriceRadius = 0.028;                 // nm

core::Vec3 inMetres(Vec3 p) {
  return kNanometre * p;
}

/// nm: an ion by itself has its ionic radius (Shannon, Acta Cryst. A 32, 751, 1976, six neighbours), all else
/// van der Waals': a sodium ion is smaller than a chloride ion, the atoms are the other way round.
double radiusOf(const Topology& topology, std::size_t atom) {
  struct Ion {
    int element;
    double radius;
  };
  static constexpr Ion kIons[] = {{3, 0.076},  {9, 0.133},  {11, 0.102}, {12, 0.072},
                                  {17, 0.181}, {19, 0.138}, {20, 0.100}, {30, 0.074},
                                  {35, 0.196}, {37, 0.152}, {53, 0.220}, {55, 0.167}};
  const Residue& residue = topology.residues[static_cast<std::size_t>(topology.residueOf[atom])];
  if (residue.atomCount == 1 && topology.charges[atom] != 0)
    for (const Ion& ion : kIons)
      if (ion.element == topology.elements[atom]) return ion.radius;
  return element(topology.elements[atom]).vdwRadius;
}

std::string forceText(double force) {
  char text[40];
  std::snprintf(text, sizeof text, "%.0f pN", force / kPiconewton);
  return text;
}

}  // namespace

scene::LinesView boxView(const Box& box) {
  scene::LinesView lines;
  lines.name = "box";
  const Vec3 edges[3] = {box.a, box.b, box.c};
  for (int axis = 0; axis < 3; ++axis) {
    const Vec3 u = edges[(axis + 1) % 3], v = edges[(axis + 2) % 3];
    for (const Vec3 corner : {Vec3{}, u, v, u + v})
      lines.polylines.push_back({inMetres(corner), inMetres(corner + edges[axis])});
  }
  return lines;
}

Painter::Painter(const Topology& topology, const SceneSpec& scene)
    : topology_(topology),
      scene_(scene),
      bonds_(bondedPairs(topology)),
      backbone_(backboneOf(topology)),
      finder_(topology) {}

void Painter::setScene(const SceneSpec& scene) {
  scene_ = scene;
}

const std::string& Painter::structure(Moment& moment) const {
  if (structureStep_ != moment.step()) {
    structure_ = secondaryStructure(backbone_, moment.wholePositions());
    structureStep_ = moment.step();
  }
  return structure_;
}

std::vector<scene::Colour> Painter::coloursOf(Moment& moment, const Representation& one,
                                              const std::vector<int>& atoms) const {
  std::vector<scene::Colour> colours;
  colours.reserve(atoms.size());
  std::vector<char> letters;
  if (one.colouring == ColourBy::structure) {
    letters.assign(topology_.residues.size(), ' ');
    const std::string& all = structure(moment);
    for (std::size_t i = 0; i < all.size(); ++i)
      letters[static_cast<std::size_t>(backbone_[i].residue)] = all[i];
  }
  double lowest = 0, highest = 1;
  if (one.colouring == ColourBy::bFactor && !topology_.bFactors.empty()) {
    const auto [low, high] = std::minmax_element(topology_.bFactors.begin(), topology_.bFactors.end());
    lowest = *low, highest = std::max<double>(*high, *low + 1e-6);
  }
  std::vector<std::string> chains;
  for (const int atom : atoms) {
    const auto n = static_cast<std::size_t>(atom);
    const Residue& residue = topology_.residues[static_cast<std::size_t>(topology_.residueOf[n])];
    switch (one.colouring) {
      case ColourBy::element:
        colours.push_back(elementColour(topology_.elements[n], scene_.isSafe));
        break;
      case ColourBy::chain: {
        const auto found = std::find(chains.begin(), chains.end(), residue.chain);
        const auto index = static_cast<std::size_t>(found - chains.begin());
        if (found == chains.end()) chains.push_back(residue.chain);
        colours.push_back(listColour(index));
        break;
      }
      case ColourBy::residue:
        colours.push_back(sequentialColour(double(topology_.residueOf[n]) /
                                           double(std::max<std::size_t>(1, topology_.residues.size() - 1))));
        break;
      case ColourBy::charge:
        colours.push_back(divergingColour(topology_.charges[n]));
        break;
      case ColourBy::bFactor:
        colours.push_back(topology_.bFactors.empty()
                              ? sequentialColour(0)
                              : sequentialColour((topology_.bFactors[n] - lowest) / (highest - lowest)));
        break;
      case ColourBy::hydrophobicity:
        colours.push_back(divergingColour(hydropathy(residue.name) / 4.5));
        break;
      case ColourBy::velocity: {
        // Twice the root mean square speed of the thermostat's temperature is the scale's end.
        const State& state = moment.state();
        const double typical =
            std::sqrt(3 * kBoltzmann * std::max(1.0, moment.engine().settings().dynamics.temperature) /
                      topology_.masses[n]);
        const double speed = state.velocities.empty() ? 0 : core::length(state.velocities[n]);
        colours.push_back(sequentialColour(0.5 * speed / typical));
        break;
      }
      case ColourBy::structure:
        colours.push_back(structureColour(letters[static_cast<std::size_t>(topology_.residueOf[n])]));
        break;
      case ColourBy::single:
        colours.push_back(one.colour);
        break;
    }
  }
  return colours;
}

void Painter::balls(scene::Frame& frame, Moment& moment, const Representation& one,
                    const std::vector<int>& atoms) const {
  scene::ParticlesView view;
  view.name = one.name;
  const std::vector<Vec3>& whole = moment.wholePositions();
  auto positions = std::make_shared<std::vector<scene::Float3>>();
  auto radii = std::make_shared<std::vector<float>>();
  std::vector<std::uint32_t> place(topology_.masses.size(), ~0U);
  for (const int atom : atoms) {
    const auto n = static_cast<std::size_t>(atom);
    place[n] = static_cast<std::uint32_t>(positions->size());
    positions->push_back(scene::toFloat3(inMetres(whole[n])));
    const double vdw = radiusOf(topology_, n);
    const double radius = one.style == Style::spaceFilling ? vdw
                          : one.style == Style::liquorice  ? kLiquoriceRadius
                                                           : kBallShare * vdw;
    radii->push_back(static_cast<float>(radius * one.scale * kNanometre));
  }
  if (one.style != Style::spaceFilling) {
    auto bonds = std::make_shared<std::vector<std::array<std::uint32_t, 2>>>();
    for (const auto& [i, j] : bonds_)
      if (place[i] != ~0U && place[j] != ~0U) bonds->push_back({place[i], place[j]});
    view.bonds = bonds;
    view.bondRadius = static_cast<float>((one.style == Style::liquorice ? kLiquoriceRadius : kStickRadius) *
                                         one.scale * kNanometre);
  }
  view.colours = std::make_shared<std::vector<scene::Colour>>(coloursOf(moment, one, atoms));
  view.positions = positions;
  view.radii = radii;
  view.material.roughness = 0.45F;
  view.material.opacity = one.opacity;
  frame.views.emplace_back(std::move(view));
}

void Painter::hydrogenBonds(scene::Frame& frame, Moment& moment) const {
  if (!finder_.hasDonors()) return;
  scene::LinesView lines;
  lines.name = "hydrogen bonds";
  lines.isDashed = true;
  lines.width = 1.6F;
  lines.hasColour = true;
  lines.colour = fromSrgb(0x2B8CBE);
  const std::vector<Vec3>& whole = moment.wholePositions();
  const Box& box = moment.state().box;
  for (const HydrogenBond& bond : finder_.find(moment.state())) {
    const Vec3 from = whole[static_cast<std::size_t>(bond.hydrogen)];
    const Vec3 to = whole[static_cast<std::size_t>(bond.acceptor)];
    const Vec3 way = box.nearest(to - from);
    lines.polylines.push_back({inMetres(from), inMetres(from + way)});
    // Across a face the bond is seen from both sides.
    if (core::length(from + way - to) > 1e-6) lines.polylines.push_back({inMetres(to), inMetres(to - way)});
  }
  if (!lines.polylines.empty()) frame.views.emplace_back(std::move(lines));
}

void Painter::measures(scene::Frame& frame, Moment& moment) const {
  const Box& box = moment.state().box;
  for (const Measure& measure : scene_.measures) {
    std::vector<Vec3> points;
    for (const auto& selection : measure.points) {
      const std::vector<int> atoms = selection->evaluate(topology_, moment.state());
      if (atoms.empty()) break;
      Vec3 sum;
      for (const int atom : atoms) sum = sum + moment.wholePositions()[static_cast<std::size_t>(atom)];
      Vec3 point = sum / double(atoms.size());
      if (!points.empty()) point = points.back() + box.nearest(point - points.back());
      points.push_back(point);
    }
    if (points.size() != measure.points.size()) continue;
    if (points.size() == 2) {
      frame.views.emplace_back(scene::RulerView{measure.name, inMetres(points[0]), inMetres(points[1])});
      continue;
    }
    const double value = points.size() == 3 ? angleAt(points[0], points[1], points[2])
                                            : dihedral(points[0], points[1], points[2], points[3]);
    char text[80];
    std::snprintf(text, sizeof text, "%.1f°", value * 180 / core::kPi);
    scene::LinesView lines;
    lines.name = measure.name;
    lines.isDashed = true;
    lines.polylines.emplace_back();
    for (const Vec3& point : points) lines.polylines.back().push_back(inMetres(point));
    frame.views.emplace_back(std::move(lines));
    frame.views.emplace_back(scene::LabelView{text, inMetres(points[points.size() / 2]), true, 1});
  }
}

int Painter::atomOf(double number, Moment& moment) const {
  double first = 0;
  for (const Representation& one : scene_.representations) {
    if (one.style == Style::cartoon || one.style == Style::surface) continue;
    const std::vector<int> atoms = one.selection->evaluate(topology_, moment.state());
    const double index = number - first;
    if (index >= 0 && index < double(atoms.size())) return atoms[static_cast<std::size_t>(index)];
    first += double(atoms.size());
  }
  return -1;
}

void Painter::publish(scene::Frame& frame, Moment& moment, const std::vector<Pull>& pulls,
                      const std::vector<Vec3>& pullForces) const {
  for (const Representation& one : scene_.representations) {
    const std::vector<int> atoms = one.selection->evaluate(topology_, moment.state());
    if (atoms.empty()) continue;
    if (one.style == Style::cartoon)
      cartoon(frame, moment, one, atoms);
    else if (one.style == Style::surface)
      surface(frame, moment, one, atoms);
    else
      balls(frame, moment, one, atoms);
  }
  if (scene_.hasHydrogenBonds) hydrogenBonds(frame, moment);
  if (scene_.hasBox && moment.state().box.isPeriodic()) frame.views.emplace_back(boxView(moment.state().box));
  measures(frame, moment);
  for (std::size_t i = 0; i < pulls.size() && i < pullForces.size(); ++i) {
    const double force = core::length(pullForces[i]);
    Vec3 centre;
    double mass = 0;
    for (const int atom : pulls[i].atoms) {
      const auto n = static_cast<std::size_t>(atom);
      centre = centre + topology_.masses[n] * moment.wholePositions()[n];
      mass += topology_.masses[n];
    }
    centre = centre / mass;
    const Vec3 way = moment.state().box.nearest(pulls[i].target - centre);
    const double reach = core::length(way);
    const std::string name = "pull" + (i > 0 ? " " + std::to_string(i + 1) : std::string());
    if (force > 0 && reach > 1e-4) {
      // The arrow reaches from what is pulled to where it is pulled; its colour and label tell how hard.
      scene::GlyphsView arrow;
      arrow.name = name;
      arrow.quantity = {"Pull", "pN"};
      arrow.positions =
          std::make_shared<std::vector<scene::Float3>>(1, scene::toFloat3(inMetres(centre + 0.5 * way)));
      arrow.vectors =
          std::make_shared<std::vector<scene::Float3>>(1, scene::toFloat3(force / kPiconewton / reach * way));
      arrow.metresPerUnit = reach * kNanometre / (force / kPiconewton);
      arrow.lower = 0;
      arrow.upper = 1000;
      frame.views.emplace_back(std::move(arrow));
    }
    frame.views.emplace_back(scene::LabelView{forceText(force), inMetres(centre + way), true, 2});
  }
}

}  // namespace aula::molecular
