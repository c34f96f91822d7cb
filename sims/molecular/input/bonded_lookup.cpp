// SPDX-License-Identifier: Apache-2.0
#include "molecular/input/bonded_lookup.h"

#include <algorithm>

#include "core/text.h"
#include "molecular/input/text_file.h"

namespace aula::molecular {

namespace {

using Types = std::vector<std::string>;

/// Functions whose entries stand in one list.
int groupOf(std::size_t atoms, int function) {
  if (atoms != 4) return function;
  return function == 9 ? 1 : function == 5 ? 3 : function;
}

Types reversed(Types types) {
  std::reverse(types.begin(), types.end());
  return types;
}

bool fits(const Types& pattern, const Types& types, bool isBackwards) {
  const std::size_t count = pattern.size();
  for (std::size_t n = 0; n < count; ++n) {
    const std::string& wanted = pattern[isBackwards ? count - 1 - n : n];
    if (wanted != types[n] && !(count == 4 && wanted == "X")) return false;
  }
  return true;
}

std::string joined(const Types& types) {
  std::string text;
  for (const std::string& type : types) text += (text.empty() ? "" : " ") + type;
  return text;
}

}  // namespace

BondedLookup::BondedLookup(const std::vector<BondedType>& table) {
  // The block of each set of types, the way round that sorts first.
  std::map<std::pair<int, Types>, std::size_t> blockOf;
  std::map<int, std::size_t> previous;
  for (const BondedType& entry : table) {
    const int group = groupOf(entry.types.size(), entry.function);
    std::vector<Block>& blocks = blocks_[group];
    const auto [place, isNew] =
        blockOf.emplace(std::pair{group, std::min(entry.types, reversed(entry.types))}, blocks.size());
    const std::size_t index = place->second;
    if (isNew) {
      Block block;
      block.entries.push_back(&entry);
      for (const std::string& type : entry.types) block.named += type == "X" ? 0 : 1;
      blocks.push_back(std::move(block));
      previous[group] = index;
      continue;
    }
    Block& block = blocks[index];
    const bool isRepeated =
        std::any_of(block.entries.begin(), block.entries.end(),
                    [&](const BondedType* other) { return other->parameters == entry.parameters; });
    const bool addsUp = entry.types.size() == 4 && entry.function == 9;
    if (isRepeated && (addsUp || block.entries.size() == 1)) continue;
    if (!addsUp) {
      block.entries = {&entry};
      continue;
    }
    const bool follows = previous[group] == index && block.entries.back()->types == entry.types;
    if (!follows)
      throw errorAt(entry.place, "dihedral " + joined(entry.types) + " of function 9 was given before at " +
                                     block.entries.front()->place +
                                     "; lines that add up must follow each other");
    block.entries.push_back(&entry);
  }
}

const std::vector<const BondedLookup::BondedType*>& BondedLookup::find(const Types& types, int function) {
  const int group = groupOf(types.size(), function);
  const auto [found, isNew] = found_.emplace(std::pair{group, types}, std::vector<const BondedType*>());
  if (!isNew) return found->second;
  const Block* best = nullptr;
  if (const auto blocks = blocks_.find(group); blocks != blocks_.end())
    for (const Block& block : blocks->second) {
      const Types& pattern = block.entries.front()->types;
      if ((best == nullptr || block.named > best->named) && pattern.size() == types.size() &&
          (fits(pattern, types, false) || fits(pattern, types, true)))
        best = &block;
    }
  if (best != nullptr) found->second = best->entries;
  return found->second;
}

}  // namespace aula::molecular
