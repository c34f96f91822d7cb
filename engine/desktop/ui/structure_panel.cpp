// SPDX-License-Identifier: Apache-2.0
// The structures of a lab: searched, peeled, isolated, pulled apart, cut, named, asked for.
#include <imgui.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <chrono>

#include "desktop/ui/desk.h"
#include "desktop/ui/widgets.h"

namespace aula::desktop {
namespace {

/// Questions in a round of a quiz: a few minutes.
constexpr std::size_t kQuestions = 10;
/// Of a search, shown.
constexpr std::size_t kMostFound = 12;

void choose(Desk& desk, const std::string& id) {
  Looking& looking = desk.lab->looking();
  const std::string now = looking.chosen() == id ? "" : id;
  looking.choose(now);
  desk.scene.choose({now, std::nullopt, std::nullopt});
}

void drawRow(Desk& desk, const lab::Structure& structure, float indent) {
  const Look& look = desk.look;
  Looking& looking = desk.lab->looking();
  ImGui::PushID(structure.id.c_str());
  const ImVec2 row = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x, height = look.px(26), in = look.px(indent);
  const bool isVisible = looking.isVisible(structure.id), isChosen = looking.chosen() == structure.id;
  IconButton eye;
  eye.size = 24;
  eye.colour = isVisible ? look.colours.text : look.colours.faint;
  ImGui::SetCursorScreenPos({row.x - look.px(4), row.y + look.px(1)});
  if (iconButton(look, "eye", isVisible ? Icon::eye : Icon::eyeClosed, "", eye))
    looking.show(structure.id, !isVisible);
  ImGui::SetCursorScreenPos({row.x + look.px(22) + in, row.y});
  ImGui::InvisibleButton("choose", {std::max(look.px(20), width - look.px(22) - in), height});
  if (ImGui::IsItemClicked() || ImGui::IsItemActivated()) choose(desk, structure.id);
  if (ImGui::IsItemHovered() && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left))
    desk.scene.comeCloser(desk, structure.id);
  mark("structure:" + structure.id);
  tooltip(look, structure.latin.empty() ? structure.name.in(look.language) : structure.latin);
  if (isChosen || ImGui::IsItemHovered() || (ImGui::IsItemFocused() && ImGui::GetIO().NavVisible))
    ImGui::GetWindowDrawList()->AddRectFilled(ImGui::GetItemRectMin(), ImGui::GetItemRectMax(),
                                              isChosen ? look.colours.accentSoft : look.colours.hovered,
                                              look.px(5));
  ImGui::SetCursorScreenPos({row.x + look.px(26) + in, row.y + (height - look.fonts.body->FontSize) / 2});
  label(look.fonts.body, isVisible ? look.colours.text : look.colours.faint, structure.name.in(look.language),
        width - look.px(30) - in);
  // Close together: a list is read as a whole.
  ImGui::SetCursorScreenPos({row.x, row.y + height - ImGui::GetStyle().ItemSpacing.y});
  ImGui::Dummy({0, 0});
  ImGui::PopID();
}

/// All structures by systems, parts below their wholes.
void drawTree(Desk& desk) {
  const lab::Catalogue& catalogue = *desk.lab->catalogue();
  const std::string& language = desk.look.language;
  std::vector<std::string> systems;
  for (const lab::Structure& structure : catalogue.all()) {
    const std::string& system = structure.system.in(language);
    if (std::find(systems.begin(), systems.end(), system) == systems.end()) systems.push_back(system);
  }
  for (const std::string& system : systems) {
    ImGui::Dummy({0, desk.look.px(4)});
    caption(desk.look, system);
    // The files list wholes before their parts; a part whose whole is of another system stands by itself.
    const auto draw = [&](const lab::Structure& structure, int depth, const auto& self) -> void {
      drawRow(desk, structure, 12.0F * float(depth));
      for (const lab::Structure& part : catalogue.all())
        if (part.parent == structure.id && part.system.in(language) == system) self(part, depth + 1, self);
    };
    for (const lab::Structure& structure : catalogue.all()) {
      if (structure.system.in(language) != system) continue;
      const lab::Structure* parent = catalogue.find(structure.parent);
      if (parent == nullptr || parent->system.in(language) != system) draw(structure, 0, draw);
    }
  }
}

/// True while something is searched for: what was found stands in place of everything else.
bool drawSearch(Desk& desk) {
  const Look& look = desk.look;
  ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
  if (ImGui::InputTextWithHint("##search", desk.w(Word::searchStructures), &desk.structureQuery))
    desk.wantGlyphs(desk.structureQuery);
  mark("search");
  if (lab::foldedName(desk.structureQuery).empty()) return false;
  const auto found = desk.lab->catalogue()->search(desk.structureQuery);
  if (found.empty()) caption(look, desk.w(Word::noSuchStructure));
  for (std::size_t i = 0; i < std::min(found.size(), kMostFound); ++i) drawRow(desk, *found[i], 0);
  ImGui::Dummy({0, look.px(2)});
  return true;
}

/// Names in the other languages, and what is said of it.
void drawChosen(Desk& desk) {
  const Look& look = desk.look;
  Looking& looking = desk.lab->looking();
  const lab::Structure* chosen = desk.lab->catalogue()->find(looking.chosen());
  if (chosen == nullptr || !looking.pinned().empty()) return;
  beginCard(look, "chosen");
  ImGui::PushFont(look.fonts.bold);
  wrapped(chosen->name.in(look.language));
  ImGui::PopFont();
  std::string second = chosen->latin;
  if (!chosen->number.empty()) second += (second.empty() ? "" : "  ·  ") + chosen->number;
  if (!second.empty()) caption(look, second);
  const float half = (ImGui::GetContentRegionAvail().x - look.px(6)) / 2;
  if (textButton(look, desk.w(Word::isolate),
                 looking.isIsolated(chosen->id) ? ButtonKind::accent : ButtonKind::plain, half))
    looking.isolate(chosen->id, false);
  mark("isolate");
  ImGui::SameLine(0, look.px(6));
  if (textButton(look, desk.w(Word::fadeOthers), ButtonKind::plain, half)) looking.isolate(chosen->id, true);
  mark("fade");
  if (textButton(look, desk.w(Word::focusOn), ButtonKind::plain, half))
    desk.scene.comeCloser(desk, chosen->id);
  mark("focus");
  for (const auto& [title, text] : chosen->facts) {
    ImGui::Dummy({0, look.px(2)});
    caption(look, title.in(look.language));
    wrapped(text.in(look.language));
  }
  endCard(look);
}

void drawCut(Desk& desk, float width) {
  const Look& look = desk.look;
  Looking& looking = desk.lab->looking();
  const std::optional<Cut> before = looking.cut();
  int axis = before ? before->axis + 1 : 0;
  if (segmented(look, "cut",
                {desk.w(Word::namesNone), desk.w(Word::cutSideways), desk.w(Word::cutDepth),
                 desk.w(Word::cutHeight)},
                axis, width)) {
    Cut cut = before.value_or(Cut{});
    cut.axis = axis - 1;
    looking.setCut(axis == 0 ? std::nullopt : std::optional(cut));
  }
  if (!looking.cut()) return;
  Cut cut = *looking.cut();
  bool hasChanged = slider(look, "##cutAt", cut.share, 0, 1, 0.02, width);
  mark("cutAt");
  if (textButton(look, desk.w(Word::flipCut))) {
    cut.isFlipped = !cut.isFlipped;
    hasChanged = true;
  }
  if (hasChanged) looking.setCut(cut);
}

void drawControls(Desk& desk) {
  const Look& look = desk.look;
  Looking& looking = desk.lab->looking();
  const float width = ImGui::GetContentRegionAvail().x;
  if (looking.layerCount() > 1) {
    caption(look, std::string(desk.w(Word::peel)) + ": " + std::to_string(looking.peeled()));
    double peeled = looking.peeled();
    if (slider(look, "##peel", peeled, 0, looking.layerCount() - 1, 1, width))
      looking.peel(int(peeled + 0.5));
    mark("peel");
  }
  caption(look, desk.w(Word::explode));
  double exploded = looking.exploded();
  if (slider(look, "##explode", exploded, 0, 1, 0.05, width)) looking.explode(exploded);
  mark("explode");
  caption(look, desk.w(Word::cutPlane));
  drawCut(desk, width);
  caption(look, desk.w(Word::names));
  int names = static_cast<int>(looking.names());
  if (segmented(look, "names", {desk.w(Word::namesNone), desk.w(Word::namesChosen), desk.w(Word::namesAll)},
                names, width))
    looking.setNames(static_cast<Names>(names));
  ImGui::Dummy({0, look.px(2)});
  if (textButton(look, desk.w(Word::showAllStructures), ButtonKind::plain, width)) looking.showAll();
  mark("showAll");
}

/// A structure to be named gets its pin, and the camera goes there: near enough to see it, far enough to see
/// where it is.
void pinAsked(Desk& desk) {
  constexpr double kSurroundings = 0.8;
  const Quiz& quiz = desk.lab->quiz();
  const std::string id = quiz.kind() == QuizKind::name ? quiz.asked() : "";
  desk.lab->looking().pin(id);
  if (!id.empty()) desk.scene.comeCloser(desk, id, kSurroundings);
}

void beginQuiz(Desk& desk, QuizKind kind) {
  const auto seed = static_cast<std::uint64_t>(std::chrono::steady_clock::now().time_since_epoch().count());
  desk.lab->quiz().begin(desk.lab->catalogue(), kind, kQuestions, seed);
  desk.quizAnswer.clear();
  choose(desk, "");
  desk.lab->looking().showAll();
  desk.scene.resetView();
  pinAsked(desk);
}

void answerQuiz(Desk& desk, const std::string& given) {
  Quiz& quiz = desk.lab->quiz();
  (void)quiz.answer(given);
  desk.quizAnswer.clear();
  // What was missed lights up; what is asked for next does not.
  if (quiz.kind() == QuizKind::find && !quiz.wasRight())
    desk.lab->looking().choose(quiz.last());
  else
    desk.lab->looking().choose("");
  pinAsked(desk);
}

void drawQuiz(Desk& desk) {
  const Look& look = desk.look;
  Quiz& quiz = desk.lab->quiz();
  if (!quiz.isRunning()) {
    const float half = (ImGui::GetContentRegionAvail().x - look.px(6)) / 2;
    if (textButton(look, desk.w(Word::quizFind), ButtonKind::plain, half)) beginQuiz(desk, QuizKind::find);
    mark("quizFind");
    ImGui::SameLine(0, look.px(6));
    if (textButton(look, desk.w(Word::quizName), ButtonKind::plain, half)) beginQuiz(desk, QuizKind::name);
    mark("quizName");
    return;
  }
  const lab::Catalogue& catalogue = *desk.lab->catalogue();
  const auto nameOf = [&](const std::string& id) {
    const lab::Structure* structure = catalogue.find(id);
    return structure ? structure->name.in(look.language) : std::string();
  };
  beginCard(look, "quiz");
  caption(look, desk.w(Word::quizScore, {std::to_string(quiz.right()), std::to_string(quiz.count())}));
  if (!quiz.last().empty()) {
    ImGui::PushStyleColor(ImGuiCol_Text, quiz.wasRight() ? look.colours.good : look.colours.bad);
    wrapped(desk.w(quiz.wasRight() ? Word::quizRight : Word::quizWrong, {nameOf(quiz.last())}));
    ImGui::PopStyleColor();
  }
  if (quiz.isOver()) {
    if (!quiz.missed().empty()) caption(look, desk.w(Word::quizLearn));
    for (const std::string& id : quiz.missed()) wrapped(nameOf(id));
  } else {
    ImGui::PushFont(look.fonts.bold);
    wrapped(quiz.kind() == QuizKind::find ? desk.w(Word::quizFindTask, {nameOf(quiz.asked())})
                                          : std::string(desk.w(Word::quizNameTask)));
    ImGui::PopFont();
    if (quiz.kind() == QuizKind::name) {
      ImGui::SetNextItemWidth(ImGui::GetContentRegionAvail().x);
      if (ImGui::InputText("##quizAnswer", &desk.quizAnswer, ImGuiInputTextFlags_EnterReturnsTrue) &&
          !desk.quizAnswer.empty())
        answerQuiz(desk, std::string(desk.quizAnswer));
      mark("quizAnswer");
    }
    if (textButton(look, desk.w(Word::quizSkip))) answerQuiz(desk, "");
    mark("quizSkip");
    ImGui::SameLine(0, look.px(6));
  }
  if (textButton(look, desk.w(Word::quizEnd))) {
    quiz.end();
    desk.lab->looking().pin("");
  }
  mark("quizEnd");
  endCard(look);
}

}  // namespace

void drawStructures(Desk& desk) {
  const Look& look = desk.look;
  heading(look, desk.w(Word::structures));
  ImGui::Dummy({0, look.px(2)});
  drawQuiz(desk);
  // A list of names would answer "what is this?".
  if (!desk.lab->looking().pinned().empty()) return;
  const bool isSearching = drawSearch(desk);
  drawChosen(desk);
  if (isSearching) return;
  drawControls(desk);
  drawTree(desk);
}

void SceneView::pointedAt(Desk& desk, const Selection& what) {
  if (isTapeOn_) {
    if (what.point) desk.lab->tape().add(*what.point);
    if (const std::string text = desk.lab->tape().text(); !text.empty()) desk.say(text);
    return;
  }
  selection_ = what;
  const bool isStructure = desk.lab->catalogue()->find(what.view) != nullptr;
  if (Quiz& quiz = desk.lab->quiz(); isStructure && quiz.kind() == QuizKind::find && !quiz.asked().empty()) {
    selection_ = {};
    answerQuiz(desk, what.view);
    return;
  }
  for (const lab::Activity& activity : desk.lab->lab().activities()) {
    if (activity.id != desk.pointingFor || !isStructure || activity.hasPin) continue;
    Answer& answer = desk.lab->answer(activity.id);
    answer.text = desk.lab->catalogue()->find(what.view)->name.in(desk.look.language);
    judgeAnswer(desk, activity, answer);
    desk.pointingFor.clear();
  }
  desk.lab->looking().choose(isStructure ? what.view : "");
}

void SceneView::comeCloser(const Desk& desk, const std::string& structure, double air) {
  const std::shared_ptr<const scene::Frame> seen = desk.lab ? desk.lab->seen() : nullptr;
  if (!seen || !isSpace_) return;
  explorer_.approach(desk.lab->looking().boundsOf(structure, *seen),
                     {double(fittedSize_.x), double(fittedSize_.y)}, air);
  isUntouched_ = false;
}

void SceneView::toggleTape(Desk& desk) {
  if (!isSpace_ || !desk.lab) return;
  isTapeOn_ = !isTapeOn_;
  if (!isTapeOn_) desk.lab->tape().clear();
}

}  // namespace aula::desktop
