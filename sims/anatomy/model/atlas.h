// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "lab/session/catalogue.h"

/// The atlas: what structures there are, what they are called, how they hang together. A region is a file of
/// `assets/anatomy` (terms.json in the region's folder), built into the program. Shapes and physiology refer
/// to structures by their ids only.
namespace aula::anatomy {

/// What a muscle does and by which nerve; the ids of what it is attached to.
struct MuscleTerms {
  std::vector<std::string> origins, insertions;  ///< Ids of bones.
  lab::LocalText origin, insertion;              ///< The places in words: "Coracoid process".
  lab::LocalText action, nerve;
};

/// From where a measurement comes that a structure is shaped from.
struct Measure {
  std::string what;    ///< "length", "head_radius": the name its shape asks for.
  double value = 0;    ///< SI
  double spread = 0;   ///< Standard deviation, SI; 0: not published.
  std::string source;  ///< "Milch 1964, table 2"; "chosen" where nothing is published, with the reason.
};

struct Term {
  lab::Structure structure;  ///< With the facts made of what follows.
  bool isMuscle = false;
  MuscleTerms muscle;
  std::vector<Measure> measures;
};

/// A region's terms. Immutable; any thread.
class Atlas {
 public:
  /// "upper_limb", "airways", "heart". Throws core::Error (input) for an unknown one.
  static std::shared_ptr<const Atlas> region(const std::string& name);
  /// From a file's text; `name` stands for the file in messages. Throws core::Error (input) that names the
  /// structure and the key.
  static std::shared_ptr<const Atlas> parse(const std::string& json, const std::string& name);
  /// With measurements from a second text, that of a measures.json.
  static std::shared_ptr<const Atlas> parse(const std::string& json, const std::string& name,
                                            const std::string& measures, const std::string& measuresName);
  /// From terms made elsewhere. Throws core::Error (input): an id twice, a parent that is not there.
  static std::shared_ptr<const Atlas> of(std::vector<Term> terms);
  [[nodiscard]] static std::vector<std::string> regions();

  [[nodiscard]] const std::vector<Term>& terms() const { return terms_; }
  [[nodiscard]] const Term* find(const std::string& id) const;  ///< Null when there is none.
  /// A measurement of a structure, SI. Throws core::Error (internal) when the file lacks it: shapes and files
  /// belong together.
  [[nodiscard]] double measure(const std::string& id, const std::string& what) const;
  [[nodiscard]] bool hasMeasure(const std::string& id, const std::string& what) const;
  /// As the lab publishes it; `drawn`: ids that have a view, others become groups.
  [[nodiscard]] std::shared_ptr<const lab::Catalogue> catalogue(const std::vector<std::string>& drawn) const;

 private:
  std::vector<Term> terms_;
};

}  // namespace aula::anatomy
