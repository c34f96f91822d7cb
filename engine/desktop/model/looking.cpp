// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/looking.h"

#include <algorithm>
#include <utility>

#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

/// What is left of those that are not isolated.
constexpr float kGhost = 0.12F;
/// Light that a chosen structure gives off by itself: seen in shadow too, its relief stays.
constexpr scene::Colour kChosenGlow{0.02F, 0.12F, 0.22F};
/// A pin outranks all names.
constexpr int kPinPriority = 1000;

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

const std::string& structureOf(const scene::View& view) {
  const auto* label = std::get_if<scene::LabelView>(&view);
  return label ? label->structure : scene::nameOf(view);
}

/// Labels and meshes can be moved apart; what else there is stays.
void move(scene::View& view, core::Vec3 by) {
  if (auto* label = std::get_if<scene::LabelView>(&view)) label->position = label->position + by;
  if (auto* mesh = std::get_if<scene::MeshView>(&view)) {
    if (mesh->instances.empty()) mesh->instances.resize(1);
    for (scene::Transform& place : mesh->instances) place.translation = place.translation + by;
  }
}

}  // namespace

void Looking::setCatalogue(std::shared_ptr<const lab::Catalogue> catalogue) {
  catalogue_ = std::move(catalogue);
  layerCount_ = 0;
  for (const lab::Structure& structure : catalogue_->all())
    if (structure.isDrawn) layerCount_ = std::max(layerCount_, structure.layer + 1);
  showAll();
  chosen_.clear();
  pinned_.clear();
}

void Looking::setLanguage(const std::string& language) {
  language_ = language;
  ++revision_;
}

void Looking::setBranch(std::set<std::string>& set, const std::string& id, bool isIn) const {
  for (const lab::Structure* part : catalogue_->branch(id)) {
    if (isIn)
      set.insert(part->id);
    else
      set.erase(part->id);
  }
}

void Looking::peel(int layers) {
  peeled_ = std::clamp(layers, 0, std::max(0, layerCount_ - 1));
  ++revision_;
}

void Looking::show(const std::string& id, bool isVisible) {
  setBranch(hidden_, id, !isVisible);
  // What is asked for by name comes forth from under the layers too.
  if (const lab::Structure* structure = catalogue_->find(id); isVisible && structure != nullptr)
    peeled_ = std::min(peeled_, structure->isDrawn ? structure->layer : peeled_);
  ++revision_;
}

bool Looking::isVisible(const std::string& id) const {
  const auto branch = catalogue_->branch(id);
  return std::any_of(branch.begin(), branch.end(),
                     [&](const lab::Structure* part) { return part->isDrawn && shareOf(*part) > kGhost; });
}

void Looking::isolate(const std::string& id, bool isFading) {
  if (catalogue_->find(id) == nullptr) return;
  isFading_ = isFading;
  const bool isAlready = isolated_.count(id) > 0;
  setBranch(isolated_, id, !isAlready);
  if (!isAlready) setBranch(hidden_, id, false);
  ++revision_;
}

void Looking::showAll() {
  hidden_.clear();
  isolated_.clear();
  peeled_ = 0;
  exploded_ = 0;
  cut_.reset();
  ++revision_;
}

void Looking::explode(double factor) {
  exploded_ = std::clamp(factor, 0.0, 3.0);
  ++revision_;
}

void Looking::setCut(std::optional<Cut> cut) {
  cut_ = cut;
  if (cut_) cut_->share = std::clamp(cut_->share, 0.0, 1.0);
  ++revision_;
}

void Looking::setNames(Names names) {
  names_ = names;
  ++revision_;
}

void Looking::choose(const std::string& id) {
  if (chosen_ == id) return;
  chosen_ = catalogue_->find(id) != nullptr ? id : "";
  ++revision_;
}

void Looking::pin(const std::string& id) {
  pinned_ = catalogue_->find(id) != nullptr ? id : "";
  ++revision_;
}

float Looking::shareOf(const lab::Structure& structure) const {
  // What is asked for must be seen through all that lies before it.
  if (!pinned_.empty()) return structure.id == pinned_ ? 1 : structure.layer < peeled_ ? 0 : kGhost;
  // Isolating brings forth what the layers hide.
  if (!isolated_.empty()) {
    if (isolated_.count(structure.id) > 0) return hidden_.count(structure.id) > 0 ? 0.0F : 1.0F;
    if (!isFading_) return 0;
  }
  if (hidden_.count(structure.id) > 0 || structure.layer < peeled_) return 0;
  return isolated_.empty() ? 1 : kGhost;
}

void Looking::addLabel(scene::Frame& frame, const std::string& id) const {
  const lab::Structure* structure = catalogue_->find(id);
  if (structure == nullptr) return;
  for (const scene::View& view : frame.views)
    if (const auto* label = std::get_if<scene::LabelView>(&view); label && label->structure == id) return;
  const scene::Bounds room = boundsOf(id, frame);
  if (room.isEmpty()) return;
  scene::LabelView label;
  label.text = structure->name.in(language_);
  label.position = room.centre();
  label.hasLeader = true;
  label.structure = id;
  frame.views.emplace_back(std::move(label));
}

std::shared_ptr<const scene::Frame> Looking::apply(std::shared_ptr<const scene::Frame> frame) const {
  if (!frame || catalogue_->isEmpty()) return frame;
  auto seen = std::make_shared<scene::Frame>(*frame);
  std::set<std::string> chosen;
  for (const lab::Structure* part : catalogue_->branch(chosen_)) chosen.insert(part->id);
  const bool isQuiz = !pinned_.empty();
  const auto isGone = [&](const scene::View& view) {
    const lab::Structure* structure = catalogue_->find(structureOf(view));
    if (structure == nullptr) return false;
    if (!std::holds_alternative<scene::LabelView>(view)) return shareOf(*structure) <= 0;
    if (isQuiz) return structure->id != pinned_;
    // A ghost's name would stand in the way of those that are looked at.
    const bool isNamed = names_ == Names::all || (names_ == Names::chosen && chosen.count(structure->id) > 0);
    return !isNamed || shareOf(*structure) < 1;
  };
  std::erase_if(seen->views, isGone);
  if (isQuiz)
    addLabel(*seen, pinned_);
  else if (names_ != Names::none && !chosen_.empty())
    addLabel(*seen, chosen_);

  if (exploded_ > 0) {
    scene::Bounds whole;
    std::map<std::string, scene::Bounds> rooms;
    for (const scene::View& view : seen->views)
      if (!std::holds_alternative<scene::LabelView>(view) && catalogue_->find(structureOf(view)) != nullptr) {
        const scene::Bounds room = scene::boundsOf(view);
        rooms[structureOf(view)].add(room);
        whole.add(room);
      }
    for (scene::View& view : seen->views)
      if (const auto room = rooms.find(structureOf(view)); room != rooms.end() && !room->second.isEmpty())
        move(view, exploded_ * (room->second.centre() - whole.centre()));
  }
  for (scene::View& view : seen->views) {
    const lab::Structure* structure = catalogue_->find(structureOf(view));
    if (structure == nullptr) continue;
    if (auto* label = std::get_if<scene::LabelView>(&view); label && isQuiz) {
      label->text = "?";
      label->structure.clear();
      label->priority = kPinPriority;
    }
    scene::Material* material = materialOf(view);
    if (material == nullptr) continue;
    material->opacity *= shareOf(*structure);
    if (chosen.count(structure->id) > 0 || structure->id == pinned_) material->emission = kChosenGlow;
  }
  if (cut_) {
    const scene::Bounds room = scene::boundsOf(*seen);
    const double from = room.lower[cut_->axis], to = room.upper[cut_->axis],
                 at = from + cut_->share * (to - from), sign = cut_->isFlipped ? 1 : -1;
    scene::ClipPlane plane;
    plane.normal = {cut_->axis == 0 ? sign : 0, cut_->axis == 1 ? sign : 0, cut_->axis == 2 ? sign : 0};
    plane.offset = sign * at;
    seen->clips.push_back(plane);
  }
  return seen;
}

scene::Bounds Looking::boundsOf(const std::string& id, const scene::Frame& frame) const {
  std::set<std::string> ids;
  for (const lab::Structure* part : catalogue_->branch(id)) ids.insert(part->id);
  scene::Bounds room;
  for (const scene::View& view : frame.views)
    if (!std::holds_alternative<scene::LabelView>(view) && ids.count(structureOf(view)) > 0)
      room.add(scene::boundsOf(view));
  return room;
}

}  // namespace aula::desktop
