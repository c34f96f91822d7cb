// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scene/view/view.h"

namespace aula::lab {

class Lab;

/// Puts the lab's own words into a frame: its title, and for values the names that the lab file gives their
/// views. Names by which views are known stay.
void nameForPeople(scene::Frame& frame, const Lab& lab, const std::string& language);

}  // namespace aula::lab
