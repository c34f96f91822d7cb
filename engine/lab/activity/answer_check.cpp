// SPDX-License-Identifier: Apache-2.0
#include "lab/activity/answer_check.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <set>
#include <utility>

#include "core/error.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/session/catalogue.h"

namespace aula::lab {

namespace {

/// A sentence in the four languages; "{}" stands for a unit or a name.
struct Sentence {
  const char *en, *zh, *fr, *es;
  [[nodiscard]] std::string in(const std::string& language, const std::string& unit = "") const {
    std::string text = language == "zh" ? zh : language == "fr" ? fr : language == "es" ? es : en;
    if (const auto at = text.find("{}"); at != std::string::npos) text.replace(at, 2, unit);
    return text;
  }
};

constexpr Sentence kCorrect{"That is right.", "回答正确。", "C'est juste.", "Es correcto."};
constexpr Sentence kTooLarge{"The value is too large.", "数值偏大。", "La valeur est trop grande.",
                             "El valor es demasiado grande."};
constexpr Sentence kTooSmall{"The value is too small.", "数值偏小。", "La valeur est trop petite.",
                             "El valor es demasiado pequeño."};
constexpr Sentence kWrongChoice{"That is not right yet.", "还不对。", "Ce n'est pas encore juste.",
                                "Todavía no es correcto."};
constexpr Sentence kNotAll{"That is not all of it: choose every answer that is right.",
                           "还不完整：请选出所有正确的答案。",
                           "Ce n'est pas tout : choisis toutes les réponses justes.",
                           "No es todo: elige todas las respuestas correctas."};
constexpr Sentence kWrongUnit{"The unit does not fit: give the answer in {} or another unit of that kind.",
                              "单位不合适：请用 {} 或同类单位作答。",
                              "L'unité ne convient pas : réponds en {} ou dans une unité de même nature.",
                              "La unidad no es adecuada: responde en {} o en otra unidad de ese tipo."};
constexpr Sentence kNoUnit{"The answer is a number without a unit.", "答案是一个没有单位的数。",
                           "La réponse est un nombre sans unité.", "La respuesta es un número sin unidad."};
constexpr Sentence kNoNumber{"A number with its unit is needed, for example 2.5 {}.",
                             "请输入带单位的数值，例如 2.5 {}。",
                             "Il faut un nombre avec son unité, par exemple 2,5 {}.",
                             "Hace falta un número con su unidad, por ejemplo 2,5 {}."};
constexpr Sentence kPlainNumber{"A number is needed, for example 2.5.", "请输入一个数，例如 2.5。",
                                "Il faut un nombre, par exemple 2,5.",
                                "Hace falta un número, por ejemplo 2,5."};
constexpr Sentence kNoChoice{"Choose one of the answers given.", "请从给出的答案中选择。",
                             "Choisis une des réponses proposées.", "Elige una de las respuestas dadas."};
constexpr Sentence kOtherStructure{"Not this one: {} is another structure.", "不是：{}是另一个结构。",
                                   "Non : {} est une autre structure.", "No: {} es otra estructura."};
constexpr Sentence kNoStructure{"No structure here has that name. Check the spelling, or point at it.",
                                "这里没有叫这个名字的结构。请检查拼写，或直接点选。",
                                "Aucune structure ne porte ce nom ici. Vérifie l'orthographe ou montre-la.",
                                "Aquí ninguna estructura se llama así. Revisa la ortografía o señálala."};
constexpr Sentence kKept{"Your answer is kept.", "你的回答已保存。", "Ta réponse est conservée.",
                         "Tu respuesta queda guardada."};
constexpr Sentence kNotMeasured{"Let the lab run until it has been measured, then answer again.",
                                "请先运行实验，得到测量结果后再作答。",
                                "Laisse l'expérience tourner jusqu'à la mesure, puis réponds de nouveau.",
                                "Deja correr el laboratorio hasta que se haya medido y responde de nuevo."};

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string trimmed(const std::string& text) {
  const auto first = text.find_first_not_of(" \t\r\n"), last = text.find_last_not_of(" \t\r\n");
  return first == std::string::npos ? "" : text.substr(first, last - first + 1);
}

/// A number and unit as people type them becomes what parseQuantity() reads.
std::string normalised(std::string text) {
  static const std::array<std::pair<const char*, const char*>, 24> kSpellings{
      {{"\u00a0", " "}, {"\u202f", " "},   {"\u2009", " "},   {"\u2212", "-"}, {"，", ","},
       {"。", "."},     {"微米", " um"},   {"纳米", " nm"},   {"毫米", " mm"}, {"厘米", " cm"},
       {"米", " m"},    {"飞秒", " fs"},   {"度", " deg"},    {"倍", ""},      {"\u00b5", "u"},
       {"\u03bc", "u"}, {"\u03a9", "ohm"}, {"\u2126", "ohm"}, {"°", " deg"},   {"²", "2"},
       {"³", "3"},      {"×", "*"},        {"·10", "*10"},    {"⁻", "-"}}};
  for (const auto& [from, to] : kSpellings) replaceAll(text, from, to);
  // 1,6 is 1.6 where nothing else could be meant.
  if (std::count(text.begin(), text.end(), ',') == 1 && text.find('.') == std::string::npos)
    replaceAll(text, ",", ".");
  // 1.6 * 10^-6 m is 1.6e-6 m.
  for (const char* power : {" * 10^", "* 10^", " *10^", "*10^", " x 10^", " x10^", "x10^"})
    replaceAll(text, power, "e");
  // 1 600 nm is 1600 nm.
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t i = 1; i + 1 < text.size(); ++i)
    if (text[i] == ' ' && isDigit(text[i - 1]) && isDigit(text[i + 1])) text.erase(i, 1);
  return trimmed(text);
}

AnswerResult checkNumber(const Activity& activity, const std::string& answer, const Lab& lab,
                         const std::vector<MeasurementResult>& results, const std::string& language) {
  const bool isPure = core::parseUnit(activity.unit).dimension.isNumber();
  const std::string shown = core::prettyUnit(activity.unit);
  std::optional<core::Quantity> found;
  try {
    found = core::parseQuantity(normalised(answer));
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
  }
  if (!found)
    return {Verdict::notUnderstood, isPure ? kPlainNumber.in(language) : kNoNumber.in(language, shown)};
  if (found->dimension != core::parseUnit(activity.unit).dimension)
    return {Verdict::wrongUnit, isPure ? kNoUnit.in(language) : kWrongUnit.in(language, shown)};

  // A lab notes what is read of it; a copy of its own keeps others undisturbed.
  const std::shared_ptr<const Lab> copy = lab.withKnobs({});
  const std::optional<Node> node = copy->answer(activity.id);
  double expected = std::nan("");
  std::optional<Tolerance> tolerance;
  if (node) {
    expected = node->quantityWith("value", activity.unit, answerVariables(results));
    tolerance = node->tolerance("tolerance", activity.unit);
  }
  // Nothing to compare with: a measurement that the value rests on has none yet.
  if (!std::isfinite(expected)) return {Verdict::notJudged, kNotMeasured.in(language)};
  const Tolerance within = tolerance.value_or(Tolerance{0.05, true});
  const double allowed = within.isRelative ? within.value * std::abs(expected) : within.value;
  // The limit itself passes, whatever rounding makes of it.
  if (std::abs(found->si - expected) <= allowed * (1 + 1e-9))
    return {Verdict::correct, kCorrect.in(language)};
  return {Verdict::wrongValue, (found->si > expected ? kTooLarge : kTooSmall).in(language)};
}

AnswerResult checkChoice(const Activity& activity, const std::string& answer, const std::string& language) {
  std::set<std::string> chosen;
  const auto choose = [&](const std::string& word) {
    for (std::size_t i = 0; i < activity.choices.size(); ++i) {
      const Choice& choice = activity.choices[i];
      bool isMeant = word == choice.id || word == std::to_string(i + 1);
      for (const auto& [name, text] : choice.text.byLanguage) isMeant = isMeant || word == text;
      if (!isMeant) continue;
      chosen.insert(choice.id);
      return true;
    }
    return false;
  };
  // A choice's text may hold separators of its own.
  bool isUnderstood = choose(trimmed(answer));
  if (!isUnderstood) {
    std::size_t begin = 0;
    isUnderstood = true;
    while (isUnderstood && begin <= answer.size()) {
      const std::size_t end = std::min(answer.find(';', begin), answer.size());
      isUnderstood = choose(trimmed(answer.substr(begin, end - begin)));
      begin = end + 1;
    }
  }
  if (!isUnderstood) return {Verdict::notUnderstood, kNoChoice.in(language)};
  bool isWrong = false, isAll = true;
  for (const Choice& choice : activity.choices) {
    isWrong = isWrong || (chosen.contains(choice.id) && !choice.isCorrect);
    isAll = isAll && (chosen.contains(choice.id) || !choice.isCorrect);
  }
  if (isWrong) return {Verdict::wrongValue, kWrongChoice.in(language)};
  return isAll ? AnswerResult{Verdict::correct, kCorrect.in(language)}
               : AnswerResult{Verdict::wrongValue, kNotAll.in(language)};
}

AnswerResult checkStructure(const Activity& activity, const std::string& answer, const Catalogue& catalogue,
                            const std::string& language) {
  const std::string word = trimmed(answer);
  // Somebody points: at the structure itself, or at a part of it.
  if (!activity.hasPin && catalogue.find(word) != nullptr) {
    for (const Structure* part : catalogue.branch(activity.structure))
      if (part->id == word) return {Verdict::correct, kCorrect.in(language)};
  }
  if (catalogue.isNamed(activity.structure, word)) return {Verdict::correct, kCorrect.in(language)};
  for (const Structure& other : catalogue.all())
    if (catalogue.isNamed(other.id, word))
      return {Verdict::wrongValue,
              kOtherStructure.in(language, language == "la" ? other.latin : other.name.in(language))};
  return {Verdict::notUnderstood, kNoStructure.in(language)};
}

}  // namespace

std::vector<Variable> answerVariables(const std::vector<MeasurementResult>& results) {
  std::vector<Variable> variables;
  for (const MeasurementResult& result : results) {
    if (result.isList || result.values.size() != 1 || result.name.find('-') != std::string::npos) continue;
    variables.push_back({result.name, core::parseUnit(result.unit).toSi(result.values[0]), result.unit});
  }
  return variables;
}

AnswerResult checkAnswer(const Activity& activity, const std::string& answer, const Lab& lab,
                         const std::vector<MeasurementResult>& results, const Catalogue& catalogue,
                         const std::string& language) {
  switch (activity.answer) {
    case AnswerKind::number:
      return checkNumber(activity, answer, lab, results, language);
    case AnswerKind::choice:
      return checkChoice(activity, answer, language);
    case AnswerKind::structure:
      return checkStructure(activity, answer, catalogue, language);
    case AnswerKind::text:
    case AnswerKind::none:
      break;
  }
  return {Verdict::notJudged, kKept.in(language)};
}

}  // namespace aula::lab
