// SPDX-License-Identifier: Apache-2.0
#include "anatomy/model/atlas.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <utility>

#include "anatomy/model/assets.h"
#include "anatomy/model/terms_reader.h"
#include "core/error.h"
#include "core/text.h"

namespace aula::anatomy {

namespace {

const std::string kTermsFile = "/terms.json";

const Measure* findMeasure(const Term& term, const std::string& what) {
  const auto found = std::find_if(term.measures.begin(), term.measures.end(),
                                  [&](const Measure& measure) { return measure.what == what; });
  return found == term.measures.end() ? nullptr : &*found;
}

}  // namespace

std::vector<std::string> Atlas::regions() {
  std::vector<std::string> names;
  for (const std::string& file : assetNames())
    if (file.ends_with(kTermsFile)) names.push_back(file.substr(0, file.size() - kTermsFile.size()));
  return names;
}

std::shared_ptr<const Atlas> Atlas::region(const std::string& name) {
  const std::vector<std::string> known = regions();
  if (std::find(known.begin(), known.end(), name) == known.end()) {
    const auto nearest = core::nearestWord(name, known);
    throw core::inputError(
        "there is no region " + core::quoted(name, 40) + " in the atlas" +
        (nearest ? "; did you mean \"" + *nearest + "\"?" : "; there are " + core::listed(known, "and")));
  }
  static std::mutex mutex;
  static std::map<std::string, std::shared_ptr<const Atlas>> read;
  const std::lock_guard lock(mutex);
  auto& atlas = read[name];
  if (!atlas) {
    const std::string terms = name + kTermsFile, measures = name + "/measures.json";
    const std::string text(asset(terms));
    atlas =
        hasAsset(measures) ? parse(text, terms, std::string(asset(measures)), measures) : parse(text, terms);
  }
  return atlas;
}

std::shared_ptr<const Atlas> Atlas::of(std::vector<Term> terms) {
  auto atlas = std::make_shared<Atlas>();
  atlas->terms_ = std::move(terms);
  // A catalogue knows what hangs together wrongly.
  std::vector<lab::Structure> structures;
  for (const Term& term : atlas->terms_) structures.push_back(term.structure);
  const lab::Catalogue check(std::move(structures));
  return atlas;
}

std::shared_ptr<const Atlas> Atlas::parse(const std::string& json, const std::string& name) {
  auto atlas = std::make_shared<Atlas>();
  atlas->terms_ = readTerms(json, name);
  return atlas;
}

std::shared_ptr<const Atlas> Atlas::parse(const std::string& json, const std::string& name,
                                          const std::string& measures, const std::string& measuresName) {
  auto atlas = std::make_shared<Atlas>();
  atlas->terms_ = readTerms(json, name);
  readMeasures(measures, measuresName, atlas->terms_);
  return atlas;
}

const Term* Atlas::find(const std::string& id) const {
  const auto found =
      std::find_if(terms_.begin(), terms_.end(), [&](const Term& term) { return term.structure.id == id; });
  return found == terms_.end() ? nullptr : &*found;
}

bool Atlas::hasMeasure(const std::string& id, const std::string& what) const {
  const Term* term = find(id);
  return term != nullptr && findMeasure(*term, what) != nullptr;
}

double Atlas::measure(const std::string& id, const std::string& what) const {
  const Term* term = find(id);
  if (term == nullptr) throw core::Error("the atlas has no structure " + core::quoted(id, 40));
  const Measure* measure = findMeasure(*term, what);
  if (measure == nullptr) {
    std::vector<std::string> known;
    for (const Measure& any : term->measures) known.push_back(any.what);
    throw core::Error("the atlas has no measurement " + core::quoted(what, 40) + " of " + id +
                      (known.empty() ? "" : "; it has " + core::listed(known, "and")));
  }
  return measure->value;
}

}  // namespace aula::anatomy
