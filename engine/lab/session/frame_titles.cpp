// SPDX-License-Identifier: Apache-2.0
#include "lab/session/frame_titles.h"

#include <tuple>

#include "lab/lab.h"
#include "lab/session/catalogue.h"

namespace aula::lab {

void nameForPeople(scene::Frame& frame, const Lab& lab, const Catalogue& catalogue,
                   const std::string& language) {
  frame.title = lab.title().in(language);
  if (lab.camera()) std::tie(frame.stance.azimuth, frame.stance.elevation) = *lab.camera();
  for (scene::View& view : frame.views) {
    if (auto* label = std::get_if<scene::LabelView>(&view)) {
      if (const Structure* structure = catalogue.find(label->structure))
        label->text = language == "la" ? structure->latin : structure->name.in(language);
    }
    const auto title = lab.viewTitles().find(scene::nameOf(view));
    if (title == lab.viewTitles().end()) continue;
    const std::string& text = title->second.in(language);
    if (auto* volume = std::get_if<scene::VolumeView>(&view)) volume->quantity.name = text;
    if (auto* slice = std::get_if<scene::SliceView>(&view)) slice->volume.quantity.name = text;
    if (auto* glyphs = std::get_if<scene::GlyphsView>(&view)) glyphs->quantity.name = text;
  }
}

}  // namespace aula::lab
