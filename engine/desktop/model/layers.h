// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "scene/view/view.h"

namespace aula::desktop {

enum class LayerKind { field, structure };

/// One line of the tree: a view of the frame, or several of one name.
struct Layer {
  std::string name;   ///< The view's.
  std::string title;  ///< For people.
  LayerKind kind = LayerKind::structure;
  int views = 1;
  bool isVisible = true;
  double opacity = 1;       ///< 0 to 1; of what can be seen through.
  bool hasOpacity = false;  ///< Meshes, particles, ribbons, iso-surfaces, volumes.
};

/// Which parts of a scene are shown. Remembers a choice by the view's name, whether the view is there at the
/// moment or not. Pure data; one thread.
class Layers {
 public:
  /// What views are called in the reader's language, by their names; others make do with their own.
  void setTitles(std::map<std::string, std::string> titles);
  /// What is in the frame, in its order; fields first.
  void follow(const scene::Frame& frame);
  /// Of the view of that name; the name itself where there is none.
  [[nodiscard]] std::string titleOf(const std::string& name) const;
  [[nodiscard]] const std::vector<Layer>& all() const { return layers_; }
  void show(const std::string& name, bool isVisible);
  void setOpacity(const std::string& name, double opacity);
  /// Counts changes, so that whoever draws knows when to draw again.
  [[nodiscard]] unsigned revision() const { return revision_; }

  /// The frame without what is hidden, materials as thin as chosen. Arrays are shared; the frame itself comes
  /// back where nothing differs from it.
  [[nodiscard]] std::shared_ptr<const scene::Frame> apply(std::shared_ptr<const scene::Frame> frame) const;

 private:
  struct Choice {
    bool isVisible = true;
    double opacity = 1;
  };
  std::vector<Layer> layers_;
  std::map<std::string, Choice> choices_;
  std::map<std::string, std::string> titles_;
  unsigned revision_ = 0;
};

}  // namespace aula::desktop
