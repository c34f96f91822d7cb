// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/activity/answer_check.h"
#include "lab/file/lab_parser.h"

namespace aula::lab {

void LabParser::readActivities(const Node& root) {
  std::set<std::string> ids;
  for (const Node& node : root.children("activities")) {
    Activity activity;
    activity.id = node.text("id");
    if (!activity.id.empty() && !isPlainName(activity.id)) {
      node.errorAt(
          "id", core::quoted(activity.id, 40) +
                    " cannot be used; small letters, digits, \"_\" and \"-\" are possible, a letter first");
    } else if (!activity.id.empty() && !ids.insert(activity.id).second) {
      node.errorAt("id", core::quoted(activity.id, 40) + " is the id of an earlier activity already");
    }
    activity.isQuestion = node.word("kind", {"step", "question"}, "step") == "question";
    activity.title = node.localText("title");
    if (!node.has("text")) {
      node.errorAt("text",
                   "missing; a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", \"es\"");
    }
    activity.text = node.localText("text");
    activity.hint = node.localText("hint");
    if (const auto answer = node.optionalChild("answer")) {
      if (!activity.isQuestion) node.errorAt("answer", "a step has no answer; its kind must be \"question\"");
      readAnswer(*answer, activity);
    }
    lab_.activities_.push_back(std::move(activity));
  }
}

void LabParser::readAnswer(const Node& node, Activity& activity) {
  const std::string kind = node.word("kind", {"number", "choice", "text", "structure"});
  if (kind == "text") activity.answer = AnswerKind::text;
  if (kind == "number") {
    activity.answer = AnswerKind::number;
    activity.unit = node.text("unit");
    try {
      (void)core::parseUnit(activity.unit);
    } catch (const core::Error& error) {
      if (error.fault() != core::Fault::input) throw;
      node.errorAt("unit", error.what());
      return;
    }
    // Results are not known yet; any value shows whether the expression holds.
    std::vector<MeasurementResult> results;
    for (const MeasurementSpec& spec : lab_.measurements_) {
      const std::string unit = spec.node.text("unit", "1");
      results.push_back({spec.name, {}, unit, {1.25}, false, {}, {}, ""});
    }
    (void)node.quantityWith("value", activity.unit, answerVariables(results));
    (void)node.tolerance("tolerance", activity.unit);
  }
  if (kind == "structure") {
    activity.answer = AnswerKind::structure;
    activity.structure = node.text("structure");
    activity.hasPin = node.boolean("pin", false);
  }
  if (kind != "choice") return;
  activity.answer = AnswerKind::choice;
  std::set<std::string> ids;
  for (const Node& entry : node.children("choices")) {
    Choice choice{entry.text("id"), entry.localText("text"), entry.boolean("correct", false)};
    if (!choice.id.empty() && !isPlainName(choice.id)) {
      entry.errorAt(
          "id", core::quoted(choice.id, 40) +
                    " cannot be used; small letters, digits, \"_\" and \"-\" are possible, a letter first");
    } else if (!choice.id.empty() && !ids.insert(choice.id).second) {
      entry.errorAt("id", core::quoted(choice.id, 40) + " is the id of an earlier choice already");
    }
    if (!entry.has("text")) {
      entry.errorAt("text",
                    "missing; a text is needed, or an object of texts in \"en\", \"zh\", \"fr\", \"es\"");
    }
    activity.choices.push_back(std::move(choice));
  }
  if (activity.choices.size() < 2) {
    node.errorAt("choices", std::to_string(activity.choices.size()) + " given; two or more are needed");
  } else if (std::none_of(activity.choices.begin(), activity.choices.end(),
                          [](const Choice& choice) { return choice.isCorrect; })) {
    node.errorAt("choices", "none of them is correct; mark one or more with \"correct\": true");
  }
}

}  // namespace aula::lab
