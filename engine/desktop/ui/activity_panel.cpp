// SPDX-License-Identifier: Apache-2.0
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"
#include "lab/activity/answer_check.h"

namespace aula::desktop {
namespace {

using lab::AnswerKind;

bool isBlank(const std::string& text) {
  return text.find_first_not_of(" \n\t") == std::string::npos;
}

/// One of them is a round mark, several are square ones. What is chosen is kept as their ids, semicolons
/// between.
void drawChoices(const Look& look, const lab::Activity& activity, Answer& answer) {
  const bool isSeveral = std::count_if(activity.choices.begin(), activity.choices.end(),
                                       [](const lab::Choice& c) { return c.isCorrect; }) > 1;
  const std::string listed = ";" + answer.text + ";";
  for (const lab::Choice& choice : activity.choices) {
    bool isChosen = listed.find(";" + choice.id + ";") != std::string::npos;
    ImGui::PushID(choice.id.c_str());
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const bool hasChanged =
        isSeveral ? ImGui::Checkbox("##choice", &isChosen) : ImGui::RadioButton("##choice", isChosen);
    mark("choice:" + activity.id + ":" + choice.id);
    ImGui::SetCursorScreenPos(
        {at.x + ImGui::GetFrameHeight() + look.px(8), at.y + ImGui::GetStyle().FramePadding.y});
    wrapped(choice.text.in(look.language));
    if (hasChanged) {
      answer.verdict = Answer::Verdict::none;
      if (!isSeveral) {
        answer.text = choice.id;
      } else {
        answer.text.clear();
        for (const lab::Choice& other : activity.choices) {
          const bool isOn =
              other.id == choice.id ? isChosen : listed.find(";" + other.id + ";") != std::string::npos;
          if (isOn) answer.text += (answer.text.empty() ? "" : ";") + other.id;
        }
      }
    }
    ImGui::PopID();
  }
}

void drawField(Desk& desk, const lab::Activity& activity, Answer& answer) {
  const Look& look = desk.look;
  const float width = ImGui::GetContentRegionAvail().x;
  const bool isLine = activity.answer == AnswerKind::number || activity.answer == AnswerKind::structure;
  bool hasChanged = false;
  if (isLine) {
    ImGui::SetNextItemWidth(activity.answer == AnswerKind::number ? std::min(width, look.px(220)) : width);
    hasChanged = ImGui::InputText("##answer", &answer.text);
  } else {
    hasChanged = ImGui::InputTextMultiline("##answer", &answer.text, {width, look.px(64)});
  }
  mark("answer:" + activity.id);
  if (hasChanged) {
    answer.verdict = Answer::Verdict::none;
    desk.wantGlyphs(answer.text);
  }
  if (answer.text.empty() && !ImGui::IsItemActive())
    ImGui::GetWindowDrawList()->AddText(
        look.fonts.body, look.fonts.body->FontSize,
        {ImGui::GetItemRectMin().x + look.px(10), ImGui::GetItemRectMin().y + look.px(6)}, look.colours.faint,
        desk.w(Word::yourAnswer));
}

/// A structure is found by pointing at it; one with a pin shows it as long as its question is being looked
/// at.
void drawPointing(Desk& desk, const lab::Activity& activity) {
  const bool isOn = desk.pointingFor == activity.id;
  if (textButton(desk.look, desk.w(activity.hasPin ? Word::showPin : Word::pointAtIt),
                 isOn ? ButtonKind::accent : ButtonKind::plain)) {
    desk.pointingFor = isOn ? "" : activity.id;
    desk.lab->looking().pin(!isOn && activity.hasPin ? activity.structure : "");
    if (!desk.lab->looking().pinned().empty()) desk.scene.comeCloser(desk, activity.structure);
  }
  mark("point:" + activity.id);
  ImGui::SameLine();
}

void drawVerdict(Desk& desk, const lab::Activity& activity, const Answer& answer) {
  const Look& look = desk.look;
  const bool isWrong = answer.verdict == Answer::Verdict::wrong;
  const Icon mark = isWrong ? Icon::cross : Icon::check;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const ImU32 colour = isWrong ? look.colours.bad : look.colours.good;
  drawIcon(*ImGui::GetWindowDrawList(), mark, {at.x + look.px(8), at.y + look.fonts.body->FontSize / 2},
           look.px(14), colour);
  ImGui::SetCursorScreenPos({at.x + look.px(24), at.y});
  ImGui::PushStyleColor(ImGuiCol_Text, colour);
  const Word usual = answer.verdict == Answer::Verdict::right ? Word::answerRight
                     : isWrong                                ? Word::answerWrong
                                                              : Word::answerKept;
  wrapped(answer.feedback.empty() ? desk.w(usual) : answer.feedback);
  ImGui::PopStyleColor();
  // Who was wrong may want help.
  if (isWrong) caption(look, activity.hint.in(look.language));
}

}  // namespace

void judgeAnswer(Desk& desk, const lab::Activity& activity, Answer& answer) {
  const lab::AnswerResult result =
      lab::checkAnswer(activity, answer.text, desk.lab->lab(), desk.lab->results(), *desk.lab->catalogue(),
                       desk.look.language);
  answer.feedback = result.sentence;
  desk.wantGlyphs(result.sentence);
  switch (result.verdict) {
    case lab::Verdict::correct:
      answer.verdict = Answer::Verdict::right;
      break;
    case lab::Verdict::notJudged:
      answer.verdict = Answer::Verdict::kept;
      break;
    default:
      answer.verdict = Answer::Verdict::wrong;
      break;
  }
  answer.isDone = answer.isDone || answer.verdict != Answer::Verdict::wrong;
  // Its name is known: the pin goes.
  if (answer.verdict == Answer::Verdict::right && desk.pointingFor == activity.id) {
    desk.pointingFor.clear();
    desk.lab->looking().pin("");
  }
}

void drawActivities(Desk& desk) {
  const Look& look = desk.look;
  const std::vector<lab::Activity>& activities = desk.lab->lab().activities();
  if (activities.empty()) {
    caption(look, desk.w(Word::noActivities));
    return;
  }
  int done = 0;
  for (const lab::Activity& activity : activities) done += desk.lab->answer(activity.id).isDone ? 1 : 0;
  caption(look, desk.w(Word::progressOf, {std::to_string(done), std::to_string(activities.size())}));
  ImGui::Dummy({0, look.px(2)});
  for (const lab::Activity& activity : activities) {
    Answer& answer = desk.lab->answer(activity.id);
    beginCard(look, activity.id.c_str());
    caption(look, desk.w(activity.isQuestion ? Word::question : Word::task));
    ImGui::PushFont(look.fonts.bold);
    wrapped(activity.title.in(look.language));
    ImGui::PopFont();
    wrapped(activity.text.in(look.language));
    ImGui::Dummy({0, look.px(2)});
    if (activity.answer == AnswerKind::none && !activity.isQuestion) {
      if (!answer.isDone && textButton(look, desk.w(Word::markDone))) answer.isDone = true;
    } else {
      activity.answer == AnswerKind::choice ? drawChoices(look, activity, answer)
                                            : drawField(desk, activity, answer);
      if (activity.answer == AnswerKind::structure) drawPointing(desk, activity);
      ImGui::BeginDisabled(isBlank(answer.text));
      const bool isAsked = textButton(look, desk.w(Word::checkAnswer), ButtonKind::accent);
      mark("check:" + activity.id);
      if (isAsked) judgeAnswer(desk, activity, answer);
      ImGui::EndDisabled();
    }
    if (answer.verdict != Answer::Verdict::none) {
      drawVerdict(desk, activity, answer);
    } else if (answer.isDone) {
      const Icon mark = Icon::check;
      badge(look, desk.w(Word::done), look.colours.good, look.colours.goodSoft, &mark);
    }
    endCard(look);
  }
}

}  // namespace aula::desktop
