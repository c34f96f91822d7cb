// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/heart/painter.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <mutex>
#include <string_view>

#include "anatomy/heart/body/parts.h"

namespace aula::anatomy::heart {

namespace {

/// Surfaces are made once for each detail and shared.
const std::pair<std::vector<Part>, std::vector<Part>>& partsOf(double detail) {
  static std::mutex mutex;
  static std::map<double, std::pair<std::vector<Part>, std::vector<Part>>> known;
  const std::lock_guard lock(mutex);
  auto& parts = known[detail];
  if (parts.first.empty()) parts = {ventricleParts(detail), outlineParts(detail)};
  return parts;
}

scene::Colour mixed(scene::Colour a, scene::Colour b, double share) {
  const auto s = static_cast<float>(std::clamp(share, 0.0, 1.0));
  return {a.red + s * (b.red - a.red), a.green + s * (b.green - a.green), a.blue + s * (b.blue - a.blue)};
}

/// Along a list of colours, 0 to 1.
template <std::size_t N>
scene::Colour along(const std::array<scene::Colour, N>& list, double share) {
  const double place = std::clamp(share, 0.0, 1.0) * double(N - 1);
  const auto first = std::min<std::size_t>(N - 2, static_cast<std::size_t>(place));
  return mixed(list[first], list[first + 1], place - double(first));
}

/// At rest the muscle has its own colour; excited it goes over red and orange to light yellow.
constexpr std::array<scene::Colour, 5> kPotential{{{0.30F, 0.075F, 0.055F},
                                                   {0.34F, 0.06F, 0.05F},
                                                   {0.80F, 0.12F, 0.03F},
                                                   {0.95F, 0.42F, 0.04F},
                                                   {1.00F, 0.86F, 0.35F}}};
constexpr std::array<const char*, 4> kTreeNames{"bundle_of_his", "left_bundle_branch", "right_bundle_branch",
                                                "purkinje_fibres"};
std::size_t groupOf(const ConductionPoint& point) {
  if (point.isPurkinje) return 3;
  if ((point.above & (1U << unsigned(Trunk::left))) != 0) return 1;
  return (point.above & (1U << unsigned(Trunk::right))) != 0 ? 2 : 0;
}

}  // namespace

std::vector<std::string> drawnIds(const SceneSpec& scene) {
  std::vector<std::string> ids{"left_ventricle", "right_ventricle", "interventricular_septum"};
  if (scene.hasVessels)
    for (const char* id :
         {"left_atrium", "right_atrium", "ascending_aorta", "pulmonary_trunk", "superior_vena_cava",
          "inferior_vena_cava", "pulmonary_veins", "mitral_valve", "tricuspid_valve", "aortic_valve",
          "pulmonary_valve", "sinoatrial_node", "atrioventricular_node"})
      ids.emplace_back(id);
  if (scene.hasConduction) ids.insert(ids.end(), kTreeNames.begin(), kTreeNames.end());
  return ids;
}

Painter::Painter(const Body& body, const SceneSpec& scene) : body_(body), scene_(scene) {
  const auto& [muscle, outlines] = partsOf(scene.detail);
  for (const Part& part : muscle) {
    Surface surface{part, {}};
    surface.nodes.reserve(part.mesh->positions.size());
    const auto& nodes = body.muscle.domain.nodes;
    for (const scene::Float3& p : part.mesh->positions) {
      const Vec3 place = scene::toVec3(p);
      std::int64_t node = -1;
      for (double reach = body.muscle.lattice.spacing; node < 0 && reach < 0.02; reach *= 1.6)
        node = body.muscle.nearest(place, reach);
      surface.nodes.push_back(node < 0 ? 0
                                       : static_cast<std::uint32_t>(std::lower_bound(nodes.begin(), nodes.end(),
                                                                                     std::uint32_t(node)) -
                                                                    nodes.begin()));
    }
    surfaces_.push_back(std::move(surface));
  }
  outlines_ = outlines;
}

void Painter::muscle(scene::Frame& frame, Moment& moment) const {
  const std::vector<float>& potentials = moment.potentials();
  for (const Surface& surface : surfaces_) {
    auto mesh = std::make_shared<scene::TriangleMesh>(*surface.part.mesh);
    mesh->colours.resize(mesh->positions.size());
    for (std::size_t i = 0; i < surface.nodes.size(); ++i)
      mesh->colours[i] = along(kPotential, (double(potentials[surface.nodes[i]]) + 0.080) / 0.100);
    scene::MeshView view;
    view.name = surface.part.id;
    view.mesh = std::move(mesh);
    view.material = surface.part.material;
    view.material.baseColour = {1, 1, 1};
    // Colours that mean something are not to bleed into each other.
    view.material.subsurface = 0;
    frame.views.emplace_back(std::move(view));
  }
}

void Painter::conduction(scene::Frame& frame, const std::vector<double>& arrivals, double since) const {
  const auto& points = body_.tree.points();
  const scene::Colour rest = conductionMaterial().baseColour, lit{1.0F, 0.95F, 0.65F},
                      blocked{0.25F, 0.25F, 0.27F};
  for (std::size_t group = 0; group < kTreeNames.size(); ++group) {
    auto positions = std::make_shared<std::vector<scene::Float3>>();
    auto colours = std::make_shared<std::vector<scene::Colour>>();
    auto bonds = std::make_shared<std::vector<std::array<std::uint32_t, 2>>>();
    std::vector<std::int32_t> number(points.size(), -1);
    const auto take = [&](std::size_t i) {
      if (number[i] >= 0) return static_cast<std::uint32_t>(number[i]);
      number[i] = static_cast<std::int32_t>(positions->size());
      positions->push_back(scene::toFloat3(points[i].position));
      const double ago = since - arrivals[i];
      // Bright for 60 ms where the beat has just been.
      colours->push_back(!std::isfinite(arrivals[i]) ? blocked
                         : ago < 0 || since < 0      ? rest
                                                     : mixed(lit, rest, ago / 0.06));
      return static_cast<std::uint32_t>(number[i]);
    };
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (groupOf(points[i]) != group) continue;
      const std::uint32_t own = take(i);
      if (points[i].parent >= 0) bonds->push_back({take(std::size_t(points[i].parent)), own});
    }
    const float radius = group == 3 ? 0.00045F : 0.0010F;
    scene::ParticlesView view;
    view.name = kTreeNames[group];
    view.positions = std::move(positions);
    view.colours = std::move(colours);
    view.bonds = std::move(bonds);
    view.radii = std::make_shared<std::vector<float>>(1, radius);
    view.bondRadius = radius;
    view.material = conductionMaterial();
    frame.views.emplace_back(std::move(view));
  }
}

void Painter::publish(scene::Frame& frame, Moment& moment, const std::vector<double>& arrivals,
                      double since) const {
  // From before and a little from the left, as plates of the heart are drawn.
  frame.stance = {102, 8, 90};
  muscle(frame, moment);
  const auto label = [&](const std::string& id, Vec3 at, int priority) {
    static constexpr std::array<std::string_view, 11> kInner{
        "interventricular_septum", "mitral_valve",          "tricuspid_valve",  "aortic_valve",
        "pulmonary_valve",         "sinoatrial_node",       "atrioventricular_node", "bundle_of_his",
        "left_bundle_branch",      "right_bundle_branch",   "purkinje_fibres"};
    const bool isInner = std::find(kInner.begin(), kInner.end(), id) != kInner.end();
    if (!(isInner ? scene_.hasInnerLabels : scene_.hasLabels)) return;
    scene::LabelView view{id, at, true, priority};
    view.structure = id;
    frame.views.emplace_back(std::move(view));
  };
  for (const Surface& surface : surfaces_)
    label(surface.part.id, surface.part.anchor, surface.part.labelPriority);
  if (scene_.hasVessels)
    for (const Part& part : outlines_) {
      scene::MeshView view;
      view.name = part.id;
      view.mesh = part.mesh;
      view.material = part.material;
      frame.views.emplace_back(std::move(view));
      label(part.id, part.anchor, part.labelPriority);
    }
  if (scene_.hasConduction) {
    conduction(frame, arrivals, since);
    // Where each group's label points: the middle of its points in their order.
    const auto& points = body_.tree.points();
    for (std::size_t group = 0; group < kTreeNames.size(); ++group) {
      std::vector<std::size_t> own;
      for (std::size_t i = 0; i < points.size(); ++i)
        if (groupOf(points[i]) == group) own.push_back(i);
      label(kTreeNames[group], points[own[own.size() / 2]].position, 5);
    }
  }
  if (scene_.hasElectrodes) {
    scene::ParticlesView view;
    view.name = "electrodes";
    auto positions = std::make_shared<std::vector<scene::Float3>>();
    // Those of the chest; arms and legs are too far away.
    for (std::size_t i = std::size_t(Electrode::v1); i < kElectrodes; ++i) {
      positions->push_back(scene::toFloat3(electrodes()[i]));
      if (scene_.hasLabels)
        frame.views.emplace_back(
            scene::LabelView{nameOf(static_cast<Electrode>(i)), electrodes()[i], true, 3});
    }
    view.positions = std::move(positions);
    view.radii = std::make_shared<std::vector<float>>(1, 0.004F);
    view.material.baseColour = {0.55F, 0.58F, 0.62F};
    view.material.metallic = 1;
    view.material.roughness = 0.3F;
    frame.views.emplace_back(std::move(view));
  }
}

}  // namespace aula::anatomy::heart
