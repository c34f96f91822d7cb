// SPDX-License-Identifier: Apache-2.0
#include <imgui.h>
#include <imgui_stdlib.h>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {

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
    if (activity.isQuestion) {
      ImGui::InputTextMultiline("##answer", &answer.text, {ImGui::GetContentRegionAvail().x, look.px(64)});
      mark("answer:" + activity.id);
      if (answer.text.empty() && !ImGui::IsItemActive())
        ImGui::GetWindowDrawList()->AddText(look.fonts.body, look.fonts.body->FontSize,
                                            {ImGui::GetItemRectMin().x + look.px(10), ImGui::GetItemRectMin().y + look.px(6)},
                                            look.colours.faint, desk.w(Word::yourAnswer));
      ImGui::BeginDisabled(answer.text.find_first_not_of(" \n\t") == std::string::npos);
      const bool isAsked = textButton(look, desk.w(Word::checkAnswer), ButtonKind::accent);
      mark("check:" + activity.id);
      if (isAsked) {
        answer.verdict = Answer::Verdict::kept;
        answer.isDone = true;
      }
      ImGui::EndDisabled();
    } else if (!answer.isDone) {
      if (textButton(look, desk.w(Word::markDone))) answer.isDone = true;
    }
    if (answer.verdict != Answer::Verdict::none) {
      const bool isWrong = answer.verdict == Answer::Verdict::wrong;
      ImGui::PushStyleColor(ImGuiCol_Text, isWrong ? look.colours.bad : look.colours.good);
      wrapped(desk.w(answer.verdict == Answer::Verdict::right  ? Word::answerRight
                     : isWrong ? Word::answerWrong
                               : Word::answerKept));
      ImGui::PopStyleColor();
      if (!answer.feedback.empty()) wrapped(answer.feedback);
    } else if (answer.isDone) {
      const Icon mark = Icon::check;
      badge(look, desk.w(Word::done), look.colours.good, look.colours.goodSoft, &mark);
    }
    endCard(look);
  }
}

}  // namespace aula::desktop
