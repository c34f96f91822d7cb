// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <span>
#include <string>
#include <vector>

namespace aula::render::graph {

/// How one pass touches one resource; resources are numbered.
struct Touch {
  int resource = -1;
  bool reads = false, writes = false;
  bool overwrites = false;  ///< Writes, and what was there before is lost.
};

/// A pass as far as order and need go.
struct PassOutline {
  std::string name;
  std::vector<Touch> touches;  ///< Each resource once.
  bool keeps = false;
};

struct ResourceOutline {
  std::string name;
  bool isImported = false;
};

/// A pass lives when it is kept, writes something that outlives the frame, or writes what a later living pass
/// reads.
[[nodiscard]] std::vector<bool> livingPasses(std::span<const PassOutline> passes,
                                             std::span<const ResourceOutline> resources);

/// From the first to the last living pass that touches a resource; -1: none does.
struct Lifetime {
  int first = -1, last = -1;
  bool operator==(const Lifetime&) const = default;
};

/// One for each resource. Throws core::Error where a living pass reads a frame's own resource before any pass
/// has written it.
[[nodiscard]] std::vector<Lifetime> lifetimes(std::span<const PassOutline> passes,
                                              std::span<const ResourceOutline> resources,
                                              const std::vector<bool>& isLiving);

}  // namespace aula::render::graph
