// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string>
#include <vector>

#include "lab/file/node.h"
#include "lab/lab.h"
#include "lab/record/measurement.h"

namespace aula::lab {

class Catalogue;

/// What is said of an answer.
enum class Verdict {
  correct,
  wrongValue,     ///< Understood, of the right dimension, and not what is expected.
  wrongUnit,      ///< Of another dimension, or without its unit.
  notUnderstood,  ///< No number, none of the choices.
  notJudged       ///< A free text, or a question that wants none; or what it rests on was not measured.
};

struct AnswerResult {
  Verdict verdict = Verdict::notUnderstood;
  std::string sentence;  ///< In the reader's language. Never tells the right answer.
};

/// Judges an answer as a student types it: "1.6 um", "1,6 µm", "1.6e-6 m", "1,6 × 10^-6 m" for a number; for
/// a choice its id, its place from 1 on or its text, several with semicolons between; for a structure any of
/// its names, or its id (which is what pointing at it gives; not where it carries a pin). `lab` has the knobs
/// as they stand, `results` are of that setting. Depends on nothing else and changes nothing; any thread.
[[nodiscard]] AnswerResult checkAnswer(const Activity& activity, const std::string& answer, const Lab& lab,
                                       const std::vector<MeasurementResult>& results,
                                       const Catalogue& catalogue, const std::string& language);

/// Results that an expected value may use by name: single ones whose name is a name in expressions.
[[nodiscard]] std::vector<Variable> answerVariables(const std::vector<MeasurementResult>& results);

}  // namespace aula::lab
