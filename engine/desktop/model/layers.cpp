// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/layers.h"

#include <algorithm>
#include <cctype>
#include <utility>

namespace aula::desktop {
namespace {

/// "upper slit" reads "Upper slit", "perfect_conductor" "Perfect conductor".
std::string ownTitle(const scene::View& view) {
  std::string title = scene::nameOf(view);
  if (const auto* volume = std::get_if<scene::VolumeView>(&view); volume && !volume->quantity.name.empty())
    return volume->quantity.name;
  std::replace(title.begin(), title.end(), '_', ' ');
  if (!title.empty()) title[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(title[0])));
  return title;
}

scene::Material* materialOf(scene::View& view) {
  return std::visit(
      [](auto& any) -> scene::Material* {
        if constexpr (requires { any.material; })
          return &any.material;
        else
          return nullptr;
      },
      view);
}

bool isField(const scene::View& view) {
  return std::holds_alternative<scene::VolumeView>(view) || std::holds_alternative<scene::SliceView>(view) ||
         std::holds_alternative<scene::GlyphsView>(view);
}

bool hasMaterial(const scene::View& view) {
  return std::visit(
      [](const auto& any) {
        return requires {
          any.material;
        };
      },
      view);
}

bool isThick(const scene::View& view) {
  const auto* volume = std::get_if<scene::VolumeView>(&view);
  return volume && std::min({volume->nx, volume->ny, volume->nz}) > 1;
}

}  // namespace

void Layers::setTitles(std::map<std::string, std::string> titles) {
  titles_ = std::move(titles);
}

std::string Layers::titleOf(const std::string& name) const {
  for (const Layer& layer : layers_)
    if (layer.name == name) return layer.title;
  return name;
}

void Layers::follow(const scene::Frame& frame) {
  std::vector<Layer> found;
  for (const scene::View& view : frame.views) {
    // A label's name is its text, which may change with every frame.
    if (std::holds_alternative<scene::LabelView>(view)) continue;
    const std::string& name = scene::nameOf(view);
    const auto known =
        std::find_if(found.begin(), found.end(), [&](const Layer& l) { return l.name == name; });
    const bool hasOpacity = isThick(view) || hasMaterial(view);
    if (known != found.end()) {
      ++known->views;
      known->hasOpacity = known->hasOpacity || hasOpacity;
      continue;
    }
    Layer layer;
    layer.name = name;
    const auto title = titles_.find(name);
    layer.title = title != titles_.end() && !title->second.empty() ? title->second : ownTitle(view);
    layer.kind = isField(view) ? LayerKind::field : LayerKind::structure;
    layer.hasOpacity = hasOpacity;
    if (const auto choice = choices_.find(name); choice != choices_.end()) {
      layer.isVisible = choice->second.isVisible;
      layer.opacity = choice->second.opacity;
    }
    found.push_back(layer);
  }
  std::stable_sort(found.begin(), found.end(),
                   [](const Layer& a, const Layer& b) { return a.kind < b.kind; });
  layers_ = std::move(found);
}

void Layers::show(const std::string& name, bool isVisible) {
  choices_[name].isVisible = isVisible;
  for (Layer& layer : layers_)
    if (layer.name == name) layer.isVisible = isVisible;
  ++revision_;
}

void Layers::setOpacity(const std::string& name, double opacity) {
  const double kept = std::clamp(opacity, 0.0, 1.0);
  choices_[name].opacity = kept;
  for (Layer& layer : layers_)
    if (layer.name == name) layer.opacity = kept;
  ++revision_;
}

std::shared_ptr<const scene::Frame> Layers::apply(std::shared_ptr<const scene::Frame> frame) const {
  const bool isPlain = std::all_of(choices_.begin(), choices_.end(), [](const auto& choice) {
    return choice.second.isVisible && choice.second.opacity >= 1;
  });
  if (!frame || isPlain) return frame;
  auto shown = std::make_shared<scene::Frame>(*frame);
  std::erase_if(shown->views, [&](const scene::View& view) {
    const auto choice = choices_.find(scene::nameOf(view));
    return choice != choices_.end() && !choice->second.isVisible;
  });
  for (scene::View& view : shown->views) {
    const auto choice = choices_.find(scene::nameOf(view));
    if (choice == choices_.end() || choice->second.opacity >= 1) continue;
    if (scene::Material* material = materialOf(view))
      material->opacity *= static_cast<float>(choice->second.opacity);
    if (auto* volume = std::get_if<scene::VolumeView>(&view))
      for (scene::OpacityPoint& point : volume->opacity)
        point.opacity *= static_cast<float>(choice->second.opacity);
  }
  return shown;
}

}  // namespace aula::desktop
