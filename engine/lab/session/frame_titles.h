// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>

#include "scene/view/view.h"

namespace aula::lab {

class Catalogue;
class Lab;

/// Puts what the lab file says into a frame: where it is looked at from, its title, for values the names that
/// the lab file gives their views, for labels of structures the names of the catalogue. Names by which views
/// are known stay.
void nameForPeople(scene::Frame& frame, const Lab& lab, const Catalogue& catalogue,
                   const std::string& language);

}  // namespace aula::lab
