// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "anatomy/kind/atlas/shapes.h"
#include "lab/session/checked_lab.h"

/// The heart's region with balls for shapes: made at once, and their volumes are known.
namespace aula::test {

/// A ball of 2 cm around the left ventricle's place encloses the small one of the sinoatrial node; the aorta
/// stands beside them.
[[nodiscard]] const std::vector<anatomy::RegionShapes>& toyRegions();

[[nodiscard]] lab::CheckedLab checkToyLab(const std::string& scene, const std::string& knobs = "{}",
                                          const std::string& instruments = "{}",
                                          const std::string& simulation = "");
/// What is said of a lab that is wrong.
[[nodiscard]] std::string toyMessage(const std::string& scene, const std::string& knobs = "{}",
                                     const std::string& instruments = "{}",
                                     const std::string& simulation = "");

[[nodiscard]] anatomy::Part ballPart(const std::string& id, core::Vec3 centre, double radius, int priority);

}  // namespace aula::test
