// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "anatomy/model/atlas.h"

/// The two files of a region. Private to anatomy/model. Both throw core::Error (input) with every problem, a
/// line each, as "file: structures.humerus.name.fr: ...".
namespace aula::anatomy {

[[nodiscard]] std::vector<Term> readTerms(const std::string& json, const std::string& name);
/// Adds to terms that are there.
void readMeasures(const std::string& json, const std::string& name, std::vector<Term>& terms);

}  // namespace aula::anatomy
