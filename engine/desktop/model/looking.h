// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

#include "lab/session/catalogue.h"
#include "scene/bounds.h"
#include "scene/view/view.h"

namespace aula::desktop {

/// Whose names stand in the scene.
enum class Names { none, chosen, all };

/// A plane square to one of the frame's axes: what lies beyond it is cut away.
struct Cut {
  int axis = 0;        ///< 0 x, 1 y, 2 z
  double share = 0.5;  ///< Where it stands between the scene's lower and upper end.
  bool isFlipped = false;
  bool operator==(const Cut&) const = default;
};

/// How the structures of a lab are looked at: peeled layer by layer, isolated, hidden, faded, exploded, cut,
/// named, pinned. Structures and their groups go by their ids; a group stands for all below it. Knows no
/// window; one thread.
class Looking {
 public:
  void setCatalogue(std::shared_ptr<const lab::Catalogue> catalogue);
  /// Of names that a lab's own frame lacks.
  void setLanguage(const std::string& language);
  [[nodiscard]] const lab::Catalogue& catalogue() const { return *catalogue_; }

  // ---- What is shown

  /// How many of the outermost layers are away, 0 to layerCount() - 1.
  void peel(int layers);
  [[nodiscard]] int peeled() const { return peeled_; }
  [[nodiscard]] int layerCount() const { return layerCount_; }
  void show(const std::string& id, bool isVisible);
  [[nodiscard]] bool isVisible(const std::string& id) const;
  /// Only this one and those added to it; the others are gone, or, `isFading`, pale ghosts.
  void isolate(const std::string& id, bool isFading);
  [[nodiscard]] bool isIsolating() const { return !isolated_.empty(); }
  [[nodiscard]] bool isIsolated(const std::string& id) const { return isolated_.count(id) > 0; }
  void showAll();  ///< Nothing hidden, isolated, peeled, cut or exploded.
  /// 0: everything in its place; 1: twice as far from the middle.
  void explode(double factor);
  [[nodiscard]] double exploded() const { return exploded_; }
  void setCut(std::optional<Cut> cut);
  [[nodiscard]] const std::optional<Cut>& cut() const { return cut_; }

  // ---- What is told

  void setNames(Names names);
  [[nodiscard]] Names names() const { return names_; }
  /// Gets colour and, unless names are off, its name. Empty: nothing is chosen.
  void choose(const std::string& id);
  [[nodiscard]] const std::string& chosen() const { return chosen_; }
  /// Carries a question mark and shines through the others; all names are gone meanwhile. Empty: nothing
  /// does.
  void pin(const std::string& id);
  [[nodiscard]] const std::string& pinned() const { return pinned_; }

  /// Counts changes, so that whoever draws knows when to draw again.
  [[nodiscard]] unsigned revision() const { return revision_; }
  /// The frame as it is to be seen; itself where nothing differs. Meshes and arrays are shared.
  [[nodiscard]] std::shared_ptr<const scene::Frame> apply(std::shared_ptr<const scene::Frame> frame) const;
  /// The room that a structure's views take in a frame that apply() returned; empty when it is not seen.
  [[nodiscard]] scene::Bounds boundsOf(const std::string& id, const scene::Frame& frame) const;

 private:
  /// A label for what must have one and has none.
  void addLabel(scene::Frame& frame, const std::string& id) const;
  /// 0 gone, kGhost pale, 1 as it is.
  [[nodiscard]] float shareOf(const lab::Structure& structure) const;
  void setBranch(std::set<std::string>& set, const std::string& id, bool isIn) const;

  std::shared_ptr<const lab::Catalogue> catalogue_ = std::make_shared<const lab::Catalogue>();
  int peeled_ = 0, layerCount_ = 0;
  std::set<std::string> hidden_, isolated_;
  bool isFading_ = false;
  double exploded_ = 0;
  std::optional<Cut> cut_;
  Names names_ = Names::chosen;
  std::string chosen_, pinned_, language_ = "en";
  unsigned revision_ = 0;
};

}  // namespace aula::desktop
