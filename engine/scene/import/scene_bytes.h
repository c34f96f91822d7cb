// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scene/import/import.h"

namespace aula::scene {

/// An imported scene as bytes for the way from one process to another of the same program.
[[nodiscard]] std::string toBytes(const ImportedScene& scene);

/// The reverse. Bytes are not trusted, whoever wrote them may have been broken by a file: every count is
/// checked against what is there and every mesh by mesh/check.h. Throws core::Error (input).
[[nodiscard]] ImportedScene fromBytes(const std::string& bytes);

}  // namespace aula::scene
