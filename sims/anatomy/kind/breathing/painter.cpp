// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/breathing/painter.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "anatomy/airways/parts.h"

namespace aula::anatomy::respiration {

namespace {

/// Spacing of the lattice that lobes are made on, m.
constexpr double kSpacing = 0.0035;
/// Highest place of the lungs, which stays where it is, m.
constexpr double kApex = 0.09;
/// How much of a change of volume is a change of height, the rest is of width and depth: in quiet breathing
/// the diaphragm moves more than the ribs (Konno and Mead 1967: about two thirds of the volume).
constexpr double kHeightShare = 0.6;

const std::vector<Part>& parts() {
  static const std::vector<Part> all = lungParts(kSpacing, BranchSurface::tubes);
  return all;
}

/// Where drawn points lie when the lungs hold `volume`.
scene::Transform swelling(double volume) {
  const double ratio = (volume + kLungTissue) / (kDrawnGas + kLungTissue);
  const double high = std::pow(ratio, kHeightShare), wide = std::pow(ratio, 0.5 * (1 - kHeightShare));
  scene::Transform place;
  place.x = {wide, 0, 0};
  place.y = {0, wide, 0};
  place.z = {0, 0, high};
  place.translation = {0, 0, kApex * (1 - high)};
  return place;
}

/// First about `fixed` by `factor`, then as `after` has it.
scene::Transform scaledAbout(Vec3 fixed, double factor, const scene::Transform& after) {
  scene::Transform place;
  place.x = factor * after.x;
  place.y = factor * after.y;
  place.z = factor * after.z;
  place.translation = after.point(fixed) - factor * after.vector(fixed);
  return place;
}

constexpr std::array<scene::Colour, kLobes> kLobeColours = {{{0.85F, 0.33F, 0.25F},
                                                             {0.95F, 0.70F, 0.20F},
                                                             {0.30F, 0.55F, 0.85F},
                                                             {0.85F, 0.33F, 0.25F},
                                                             {0.30F, 0.55F, 0.85F}}};
constexpr scene::Colour kTrunk{0.76F, 0.66F, 0.58F};

/// From dark blue over green to yellow as `t` goes from 0 to 1 (five points of viridis, linear light).
scene::Colour ramp(double t) {
  static constexpr std::array<scene::Colour, 5> kPoints = {{{0.058F, 0.0001F, 0.089F},
                                                            {0.042F, 0.084F, 0.258F},
                                                            {0.015F, 0.279F, 0.264F},
                                                            {0.111F, 0.582F, 0.120F},
                                                            {0.984F, 0.799F, 0.016F}}};
  const double place = std::clamp(t, 0.0, 1.0) * 4;
  const auto i = std::min<std::size_t>(3, static_cast<std::size_t>(place));
  const auto part = static_cast<float>(place - double(i));
  const auto mix = [&](float a, float b) { return a + part * (b - a); };
  return {mix(kPoints[i].red, kPoints[i + 1].red), mix(kPoints[i].green, kPoints[i + 1].green),
          mix(kPoints[i].blue, kPoints[i + 1].blue)};
}

scene::Colour colourOf(std::size_t b, const Breathing& breathing, Colouring by,
                       const std::vector<double>& inspired) {
  const BronchialTree& tree = breathing.tree();
  switch (by) {
    case Colouring::lobe:
      return tree.lobe[b] < 0 ? kTrunk : kLobeColours[static_cast<std::size_t>(tree.lobe[b])];
    case Colouring::generation:
      return ramp(1 - double(tree.generation[b]) / 16);
    case Colouring::ventilation: {
      // 1: its fair share of the breath. The scale ends at 1.5.
      const double fair = inspired[0] * tree.share[b];
      return ramp(fair > 0 ? inspired[b] / fair / 1.5 : 0);
    }
    case Colouring::flow:
      // Six powers of ten up to 1 L/s.
      return ramp(1 + std::log10(std::max(1e-12, std::abs(breathing.branchFlows()[b]) / kLitre)) / 6);
    case Colouring::resistance:
      // Pressure lost along the branch in quiet breathing at 0.5 L/s: five powers of ten up to 0.1 cmH2O.
      return ramp(1 + std::log10(std::max(1e-12, breathing.branchResistance(b) * tree.share[b] * 0.5 *
                                                     kLitre / (0.1 * kWaterCentimetre))) /
                          5);
  }
  return kTrunk;
}

bool isStill(Colouring by) {
  return by == Colouring::lobe || by == Colouring::generation;
}

}  // namespace

std::vector<std::string> drawnIds() {
  std::vector<std::string> ids{"trachea", "main_bronchus_right", "main_bronchus_left"};
  for (const Lobe lobe : kAllLobes) ids.emplace_back(idOfBronchus(lobe));
  for (const char* id : {"bronchial_tree_right", "bronchial_tree_left"}) ids.emplace_back(id);
  for (const Lobe lobe : kAllLobes) ids.emplace_back(idOf(lobe));
  for (const char* id : {"pleura_right", "pleura_left", "diaphragm"}) ids.emplace_back(id);
  return ids;
}

void Painter::publish(scene::Frame& frame, const Breathing& breathing, const SceneSpec& scene,
                      const std::vector<double>& inspired) {
  const BronchialTree& tree = breathing.tree();
  const scene::Transform place = swelling(breathing.volume());
  if (generations_ != scene.generations) {
    for (int side = 0; side < 2; ++side) {
      tubes_[side] = treeMesh(tree, [&](std::size_t b) {
        return b >= kNamedBranches && tree.generation[b] <= scene.generations &&
               (sideOf(static_cast<Lobe>(tree.lobe[b])) == Side::right) == (side == 0);
      });
      still_[side] = nullptr;
    }
    generations_ = scene.generations;
  }
  // A lobe that got less air than its neighbours is drawn smaller, about the end of its bronchus.
  std::array<double, kLobes> filled{};
  for (const Lobe lobe : kAllLobes) {
    const auto i = static_cast<std::size_t>(lobe);
    const double share = tree.share[tree.indexOf(NamedBranch::rightSuperior) + i];
    filled[i] = (breathing.lobeVolume(lobe) + kLungTissue * share) / share;
  }
  const double fullest = *std::max_element(filled.begin(), filled.end());

  for (const Part& part : parts()) {
    const bool isTree = part.id == "bronchial_tree_right" || part.id == "bronchial_tree_left";
    const bool isPleura = part.id == "pleura_right" || part.id == "pleura_left";
    if ((isPleura && !scene.hasPleura) || (part.id == "diaphragm" && !scene.hasDiaphragm)) continue;
    scene::MeshView view;
    view.name = part.id;
    view.mesh = part.mesh;
    view.material = part.material;
    view.instances = {place};
    Vec3 anchor = place.point(part.anchor);
    if (isTree) {
      const int side = part.id == "bronchial_tree_right" ? 0 : 1;
      if (isStill(scene.colouring)) {
        if (still_[side] == nullptr || stillBy_ != scene.colouring)
          still_[side] = coloured(
              tubes_[side], [&](std::size_t b) { return colourOf(b, breathing, scene.colouring, inspired); });
        view.mesh = still_[side];
      } else {
        view.mesh = coloured(
            tubes_[side], [&](std::size_t b) { return colourOf(b, breathing, scene.colouring, inspired); });
      }
      view.material.baseColour = {1, 1, 1};
      view.material.subsurface = 0;
    }
    bool isLobe = false;
    for (const Lobe lobe : kAllLobes) {
      const auto i = static_cast<std::size_t>(lobe);
      if (part.id == idOfBronchus(lobe) && scene.colouring != Colouring::lobe)
        view.material.baseColour =
            colourOf(tree.indexOf(NamedBranch::rightSuperior) + i, breathing, scene.colouring, inspired);
      if (part.id != idOf(lobe)) continue;
      isLobe = true;
      const Vec3 root = tree.end[tree.indexOf(NamedBranch::rightSuperior) + i];
      view.instances = {scaledAbout(root, std::cbrt(filled[i] / fullest), place)};
      view.material.opacity = static_cast<float>(scene.lobeOpacity);
      view.material.baseColour =
          scene.colouring == Colouring::lobe ? kLobeColours[i] : part.material.baseColour;
      anchor = view.instances[0].point(part.anchor);
    }
    if (isLobe && scene.lobeOpacity <= 0) continue;
    frame.views.emplace_back(std::move(view));
    // Lobar bronchi lie too close together for labels; who points at one is told its name.
    if (scene.hasLabels && part.id.rfind("lobar_bronchus", 0) != 0) {
      scene::LabelView label;
      label.text = part.id;
      label.position = anchor;
      label.hasLeader = true;
      label.priority = part.labelPriority;
      label.structure = part.id;
      frame.views.emplace_back(std::move(label));
    }
  }
  stillBy_ = scene.colouring;
}

}  // namespace aula::anatomy::respiration
