// SPDX-License-Identifier: Apache-2.0
#include "core/units/quantity.h"
#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

std::string listOf(const std::vector<double>& values, const std::string& unit) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : ", ") + core::formatIn(value, "1", 4);
  const std::string shown = unit == "1" || unit.empty() ? "" : core::prettyUnit(unit);
  return shown.empty() ? text : text + (shown == "°" ? "" : " ") + shown;
}

}  // namespace

void drawResults(Desk& desk) {
  const Look& look = desk.look;
  if (desk.lab->lab().measurements().empty()) {
    caption(look, desk.w(Word::noResults));
    return;
  }
  if (desk.lab->results().empty()) caption(look, desk.w(Word::noDataYet));
  for (const lab::MeasurementResult& result : desk.lab->results()) {
    beginCard(look, result.name.c_str());
    const std::string& title = result.title.in(look.language);
    wrapped(title.empty() ? result.name : title);
    if (result.values.empty()) {
      label(look.fonts.title, look.colours.faint, "–");
      caption(look, std::string(desk.w(Word::notYetMeasured)) +
                        (result.problem.empty() ? "" : ": " + result.problem));
    } else {
      label(look.fonts.title, look.colours.text, listOf(result.values, result.unit));
      if (const auto met = result.isMet()) {
        const Icon mark = *met ? Icon::check : Icon::cross;
        badge(look, desk.w(*met ? Word::met : Word::notMet), *met ? look.colours.good : look.colours.bad,
              *met ? look.colours.goodSoft : look.colours.badSoft, &mark);
      }
      if (result.expected) {
        std::string text =
            std::string(desk.w(Word::expectedValue)) + ": " + listOf(*result.expected, result.unit);
        if (!result.tolerances.empty())
          text += ", " + desk.w(Word::withinTolerance, {listOf({result.tolerances[0]}, result.unit)});
        caption(look, text);
      }
    }
    endCard(look);
  }
}

}  // namespace aula::desktop
