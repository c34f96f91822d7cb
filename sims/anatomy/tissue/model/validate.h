// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "anatomy/tissue/model/solver.h"

namespace aula::anatomy::tissue {

/// What every solver asks of its input. Throws core::Error (input) that names the entry, what was found and
/// what is allowed.
void validate(const Body& body, const Settings& settings);

/// Sizes of what comes in between steps, the same words for every solver.
void requirePlaces(const char* what, std::size_t found, std::size_t expected);
void requireActivations(std::span<const double> activations, int groups);
/// Throws core::Error (failure) with the step and the point.
[[noreturn]] void reportNotFinite(std::int64_t step, std::size_t point, const Vec3& rest);

}  // namespace aula::anatomy::tissue
