// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "lab/activity/answer_check.h"
#include "lab/lab.h"
#include "lab/session/catalogue.h"

namespace aula::lab {
namespace {

using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::shared_ptr<const Lab> labWith(const std::string& activity) {
  return Lab::readText(
      R"({"aula": 1, "title": "T", "simulation": {"kind": "none"}, "run": {"steps": 1},
          "knobs": {"wavelength": {"default": "532 nm", "unit": "nm", "range": ["400 nm", "700 nm"]}},
          "measurements": {"spacing": {"unit": "um"}, "factor": {}},
          "activities": [{"id": "q", "kind": "question", "text": "?", )" +
          activity + "}]}",
      "t");
}

std::vector<std::string> problemsOf(const std::string& activity) {
  return labWith(activity)->diagnostics().errors();
}

Catalogue arm() {
  Structure arm, radius, ulna;
  arm.id = "forearm_bones";
  arm.name.byLanguage = {{"en", "Bones of the forearm"}};
  arm.isDrawn = false;
  radius.id = "radius";
  radius.name.byLanguage = {{"en", "Radius"}, {"zh", "桡骨"}};
  ulna.id = "ulna";
  ulna.name.byLanguage = {{"en", "Ulna"}, {"es", "Cúbito"}};
  radius.parent = ulna.parent = "forearm_bones";
  return Catalogue({arm, radius, ulna});
}

AnswerResult check(const std::string& answerSection, const std::string& answer,
                   const std::string& language = "en", double spacing = 1.6) {
  const auto lab = labWith(R"("answer": )" + answerSection);
  EXPECT_THAT(lab->diagnostics().errors(), ElementsAre());
  const std::vector<MeasurementResult> results{{"spacing", {}, "um", {spacing}, false, {}, {}, ""},
                                               {"factor", {}, "1", {}, false, {}, {}, "no peak"}};
  return checkAnswer(lab->activities().at(0), answer, *lab, results, arm(), language);
}

const char* const kNumber =
    R"({"kind": "number", "value": "3 * wavelength", "unit": "um", "tolerance": "1 %"})";

TEST(Answer, NumbersAreReadAsPeopleTypeThem) {
  // 3 * 532 nm = 1.596 um; 1 % of it is 16 nm.
  for (const char* answer : {"1.6 um", "1,6 um", "1.6 \u00b5m", "1,6\u03bcm", " 1600 nm ", "1 600 nm",
                             "1.6e-6 m", "1,6 × 10^-6 m", "0.0016 mm", "1.6 微米", "1600\u202fnm"})
    EXPECT_EQ(check(kNumber, answer).verdict, Verdict::correct) << answer;
  EXPECT_EQ(check(kNumber, "1.6 um").sentence, "That is right.");
}

TEST(Answer, WrongValuesAndUnitsAreToldApart) {
  EXPECT_EQ(check(kNumber, "1.7 um").verdict, Verdict::wrongValue);
  EXPECT_EQ(check(kNumber, "1.7 um").sentence, "The value is too large.");
  EXPECT_EQ(check(kNumber, "-1.6 um", "fr").sentence, "La valeur est trop petite.");
  EXPECT_EQ(check(kNumber, "1.6").verdict, Verdict::wrongUnit);
  EXPECT_EQ(check(kNumber, "1.6 s").verdict, Verdict::wrongUnit);
  EXPECT_EQ(check(kNumber, "1.6 s", "es").sentence,
            "La unidad no es adecuada: responde en µm o en otra unidad de ese tipo.");
  for (const char* answer : {"", "much", "1.6 parsnips", "1,6,0 um", "um"})
    EXPECT_EQ(check(kNumber, answer).verdict, Verdict::notUnderstood) << answer;
  EXPECT_EQ(check(kNumber, "?").sentence, "A number with its unit is needed, for example 2.5 µm.");
  EXPECT_THAT(check(kNumber, "?", "zh").sentence, HasSubstr("µm"));
}

TEST(Answer, MayRestOnMeasurements) {
  const char* const section = R"({"kind": "number", "value": "spacing / 2", "unit": "um"})";
  EXPECT_EQ(check(section, "0.8 um").verdict, Verdict::correct);
  EXPECT_EQ(check(section, "0.83 um").verdict, Verdict::correct) << "5 % unless the lab says otherwise";
  EXPECT_EQ(check(section, "0.85 um").verdict, Verdict::wrongValue);
  EXPECT_EQ(check(section, "1.2 um", "en", 2.4).verdict, Verdict::correct);
  // What has not been measured cannot be compared with.
  const AnswerResult result = check(R"({"kind": "number", "value": "2 * factor", "unit": "1"})", "4");
  EXPECT_EQ(result.verdict, Verdict::notJudged);
  EXPECT_THAT(result.sentence, HasSubstr("Let the lab run"));
}

TEST(Answer, JudgingLeavesTheLabAlone) {
  const auto lab = labWith(R"("answer": {"kind": "number", "value": "2 * factor", "unit": "1"})");
  (void)checkAnswer(lab->activities().at(0), "4", *lab, {}, arm(), "en");
  EXPECT_FALSE(lab->diagnostics().hasErrors());
}

const char* const kOne = R"({"kind": "choice", "choices": [
  {"id": "wider", "text": {"en": "Wider", "fr": "Plus large"}, "correct": true}, {"id": "closer", "text": "Closer"}]})";
const char* const kTwo = R"({"kind": "choice", "choices": [{"id": "a", "text": "A", "correct": true},
  {"id": "b", "text": "B; or so"}, {"id": "c", "text": "C", "correct": true}]})";

TEST(Answer, ChoicesAreNamedByIdPlaceOrText) {
  for (const char* answer : {"wider", "1", "Wider", "Plus large", " wider "})
    EXPECT_EQ(check(kOne, answer).verdict, Verdict::correct) << answer;
  EXPECT_EQ(check(kOne, "2").verdict, Verdict::wrongValue);
  EXPECT_EQ(check(kOne, "3").verdict, Verdict::notUnderstood);
  EXPECT_EQ(check(kOne, "", "es").sentence, "Elige una de las respuestas dadas.");
}

TEST(Answer, WhereSeveralAreRightAllAreNeeded) {
  EXPECT_EQ(check(kTwo, "a; c").verdict, Verdict::correct);
  EXPECT_EQ(check(kTwo, "a").sentence, "That is not all of it: choose every answer that is right.");
  EXPECT_EQ(check(kTwo, "a;b;c").sentence, "That is not right yet.");
  EXPECT_EQ(check(kTwo, "B; or so").verdict, Verdict::wrongValue);
}

TEST(Answer, FreeTextsAreKept) {
  EXPECT_EQ(check(R"({"kind": "text"})", "Because.", "fr").sentence, "Ta réponse est conservée.");
}

TEST(Answer, AStructureIsNamedOrPointedAt) {
  const char* const find = R"({"kind": "structure", "structure": "ulna"})";
  for (const char* answer : {"ulna", "Ulna", " the ulna bone ", "cubito", "Cúbito"})
    EXPECT_EQ(check(find, answer).verdict, Verdict::correct) << answer;
  EXPECT_EQ(check(find, "radius", "es").sentence, "No: Radius es otra estructura.");
  EXPECT_EQ(check(find, "桡骨", "zh").sentence, "不是：桡骨是另一个结构。");
  EXPECT_EQ(check(find, "tibia").verdict, Verdict::notUnderstood);
  // Any part of a group that is to be found; a pinned one's id is no name.
  EXPECT_EQ(check(R"({"kind": "structure", "structure": "forearm_bones"})", "radius").verdict,
            Verdict::correct);
  EXPECT_EQ(check(R"({"kind": "structure", "structure": "forearm_bones", "pin": true})", "radius").verdict,
            Verdict::wrongValue);
}

TEST(Activity, ReadsHintsAndAnswers) {
  const auto lab = labWith(std::string(R"("hint": {"en": "Think", "zh": "想一想"}, "answer": )") + kTwo);
  const Activity& activity = lab->activities().at(0);
  EXPECT_EQ(activity.hint.in("zh"), "想一想");
  EXPECT_EQ(activity.answer, AnswerKind::choice);
  ASSERT_EQ(activity.choices.size(), 3U);
  EXPECT_EQ(activity.choices[2].id, "c");
  EXPECT_TRUE(activity.choices[2].isCorrect);
}

TEST(Activity, MistakesAreToldWithTheirPlace) {
  EXPECT_THAT(problemsOf(R"("answer": {"kind": "guess"})"),
              ElementsAre(HasSubstr("activities[0].answer.kind")));
  EXPECT_THAT(problemsOf(R"("answer": {"kind": "number", "value": "3 s", "unit": "um"})"),
              ElementsAre(AllOf(HasSubstr("activities[0].answer.value"), HasSubstr("length"))));
  EXPECT_THAT(problemsOf(R"("answer": {"kind": "number", "value": 3, "unit": "parsnip"})"),
              ElementsAre(HasSubstr("activities[0].answer.unit")));
  EXPECT_THAT(problemsOf(R"("answer": {"kind": "number", "value": "2 * spaicng", "unit": "um"})"),
              ElementsAre(HasSubstr("spacing")));
  EXPECT_THAT(problemsOf(R"("answer": {"kind": "choice", "choices": [{"id": "a", "text": "A"}]})"),
              ElementsAre(HasSubstr("activities[0].answer.choices: 1 given; two or more are needed")));
  EXPECT_THAT(
      problemsOf(
          R"("answer": {"kind": "choice", "choices": [{"id": "a", "text": "A"}, {"id": "b", "text": "B"}]})"),
      ElementsAre(HasSubstr("none of them is correct; mark one or more with \"correct\": true")));
  EXPECT_THAT(
      problemsOf(R"("answer": {"kind": "choice", "choices": [{"id": "a", "text": "A", "correct": true},
                {"id": "a", "text": "B"}]})"),
      ElementsAre(HasSubstr("\"a\" is the id of an earlier choice already")));
}

}  // namespace
}  // namespace aula::lab
