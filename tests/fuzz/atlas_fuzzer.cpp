// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "anatomy/model/atlas.h"
#include "core/error.h"

using namespace aula;

namespace {

void require(bool isTrue) {
  if (!isTrue) __builtin_trap();
}

/// What atlas.h and its users rely on.
void checkPromises(const anatomy::Atlas& atlas) {
  require(!atlas.terms().empty());
  std::vector<std::string> drawn;
  for (const anatomy::Term& term : atlas.terms()) {
    const lab::Structure& structure = term.structure;
    require(atlas.find(structure.id) == &term);
    require(!structure.latin.empty() && !structure.facts.empty() && structure.name.byLanguage.size() == 4);
    for (const auto& [language, name] : structure.name.byLanguage) require(!name.empty());
    for (const std::string& id : term.muscle.origins) require(atlas.find(id) != nullptr);
    for (const std::string& id : term.muscle.insertions) require(atlas.find(id) != nullptr);
    for (const anatomy::Measure& measure : term.measures) {
      require(std::isfinite(measure.value) && measure.spread >= 0 && !measure.source.empty());
      require(std::isfinite(atlas.measure(structure.id, measure.what)));
    }
    if (structure.isDrawn) drawn.push_back(structure.id);
  }
  const auto catalogue = atlas.catalogue(drawn);
  for (const lab::Structure& structure : catalogue->all())
    require(lab::foldedName(structure.latin).empty() || !catalogue->search(structure.latin).empty());
}

}  // namespace

/// A region's terms, and after a zero byte its measures, if any. Any bytes must end in an atlas that keeps
/// its promises or in one core::Error of Fault::input with a message, in bounded time and memory.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t end = bytes.find('\0');
  try {
    const std::string terms = bytes.substr(0, end);
    if (end == std::string::npos)
      checkPromises(*anatomy::Atlas::parse(terms, "terms"));
    else
      checkPromises(*anatomy::Atlas::parse(terms, "terms", bytes.substr(end + 1), "measures"));
  } catch (const core::Error& error) {
    require(error.fault() == core::Fault::input && error.what()[0] != '\0');
  }
  return 0;
}
