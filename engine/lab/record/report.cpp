// SPDX-License-Identifier: Apache-2.0
#include "lab/record/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <nlohmann/json.hpp>

#include "core/error.h"
#include "core/io/atomic_file.h"
#include "core/progress.h"
#include "core/units/quantity.h"
#include "core/version.h"
#include "lab/record/markup.h"
#include "lab/record/report_assets.h"
#include "lab/record/report_plots.h"

namespace aula::lab {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t kMostVideoBytes = 6000000;
constexpr std::size_t kMostPictureBytes = std::size_t{64} << 20;

/// The report's fixed words in one language.
class Words {
 public:
  explicit Words(const std::string& language) {
    const Json all = Json::parse(kReportWords);
    if (!all.contains(language)) {
      std::string known;
      for (const auto& entry : all.items()) known += (known.empty() ? "" : ", ") + entry.key();
      throw core::inputError("there is no report in the language \"" + language + "\"; there are " + known);
    }
    words_ = all[language];
  }
  [[nodiscard]] std::string operator[](const char* name) const { return words_.at(name).get<std::string>(); }
  [[nodiscard]] const Json& all() const { return words_; }

 private:
  Json words_;
};

std::string e(const std::string& text) {
  return escapeMarkup(text);
}

std::string significant(double value, int digits = 6) {
  if (!std::isfinite(value)) return std::isnan(value) ? "–" : value > 0 ? "∞" : "−∞";
  char text[40];
  std::snprintf(text, sizeof text, "%.*g", digits, value);
  return text;
}

std::string listOf(const std::vector<double>& values, int digits = 6) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : ", ") + significant(value, digits);
  return text;
}

std::string suffix(const std::string& unit) {
  return unit.empty() || unit == "1" ? "" : (unit == "deg" ? "" : " ") + core::prettyUnit(unit);
}

// Words that a shell would split or read otherwise go between single quotes.
std::string shellWord(const std::string& word) {
  const bool isPlain = !word.empty() && std::all_of(word.begin(), word.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || c >= 0x80 ||
           std::string("-_./=:+,@%").find(static_cast<char>(c)) != std::string::npos;
  });
  if (isPlain) return word;
  std::string quoted = "'";
  for (const char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

std::string commandOf(const RunRecord& record) {
  std::string command = "./aula run " + shellWord(record.lab->file().string());
  for (const Knob& knob : record.lab->knobs())
    if (knob.value != knob.defaultValue)
      command += " --set " + shellWord(knob.name + "=" + core::formatIn(knob.value, knob.unit, 17));
  command += std::string(" --device ") + compute::deviceName(record.device.kind);
  if (record.seed != 0) command += " --seed " + std::to_string(record.seed);
  command += " --steps " + std::to_string(record.plannedSteps);
  return command;
}

std::string row(const std::string& name, const std::string& value) {
  return "<tr><th scope=\"row\">" + e(name) + "</th><td>" + e(value) + "</td></tr>\n";
}

std::string measurementTable(const RunRecord& record, const Words& words, const std::string& language) {
  if (record.results.empty()) return {};
  std::string rows;
  for (const MeasurementResult& result : record.results) {
    const std::string title = result.title.in(language);
    std::string verdict = "–", kind;
    if (!result.problem.empty()) {
      verdict = words["notMeasured"];
      kind = " bad";
    } else if (const auto isMet = result.isMet()) {
      verdict = (*isMet ? "✓ " : "✗ ") + words[*isMet ? "met" : "missed"];
      kind = *isMet ? " good" : " bad";
    }
    const std::string value = result.values.empty() ? "–" : listOf(result.values) + suffix(result.unit);
    const std::string expected = result.expected ? listOf(*result.expected) + suffix(result.unit) : "";
    const std::string tolerance =
        result.tolerances.empty() ? "" : "± " + listOf(result.tolerances, 3) + suffix(result.unit);
    const auto cell = [&](const char* word, const std::string& text) {
      return text.empty() ? std::string("<td></td>")
                          : "<td class=\"number\" data-name=\"" + e(words[word]) + "\">" + e(text) + "</td>";
    };
    rows += "<tr><th scope=\"row\">" + (title.empty() ? "" : e(title) + "<br>") + "<span class=\"name\">" +
            e(result.name) + "</span>" +
            (result.problem.empty() ? "" : "<br><span class=\"name\">" + e(result.problem) + "</span>") +
            "</th>" + cell("value", value) + cell("expected", expected) + cell("tolerance", tolerance) +
            "<td><span class=\"verdict" + kind + "\">" + e(verdict) + "</span></td></tr>\n";
  }
  std::string head;
  for (const char* word : {"quantity", "value", "expected", "tolerance", "verdict"})
    head += "<th scope=\"col\">" + e(words[word]) + "</th>";
  return "<section aria-labelledby=\"measurements-title\"><h2 id=\"measurements-title\">" +
         e(words["measurements"]) + "</h2>\n<div class=\"scroll\"><table class=\"cards\"><thead><tr>" + head +
         "</tr></thead><tbody>\n" + rows + "</tbody></table></div></section>";
}

std::string parameterTable(const RunRecord& record, const Words& words, const std::string& language) {
  const auto& knobs = record.lab->knobs();
  if (knobs.empty()) return {};
  std::string rows;
  for (const Knob& knob : knobs) {
    const std::string label = knob.label.in(language);
    const auto cell = [&](const char* word, const std::string& text) {
      return "<td class=\"number\" data-name=\"" + e(words[word]) + "\">" + e(text) + "</td>";
    };
    rows +=
        "<tr><th scope=\"row\">" + (label.empty() ? "" : e(label) + "<br>") + "<span class=\"name\">" +
        e(knob.name) + "</span></th>" + cell("value", core::prettyUnit(core::formatIn(knob.value, knob.unit))) +
        cell("default", core::prettyUnit(core::formatIn(knob.defaultValue, knob.unit))) +
        cell("range", core::prettyUnit(core::formatIn(knob.lower, knob.unit)) + " … " +
                          core::prettyUnit(core::formatIn(knob.upper, knob.unit))) +
        "</tr>\n";
  }
  std::string head;
  for (const char* word : {"parameter", "value", "default", "range"})
    head += "<th scope=\"col\">" + e(words[word]) + "</th>";
  return "<section aria-labelledby=\"parameters-title\"><h2 id=\"parameters-title\">" +
         e(words["parameters"]) + "</h2>\n<div class=\"scroll\"><table class=\"cards\"><thead><tr>" + head +
         "</tr></thead><tbody>\n" + rows + "</tbody></table></div></section>";
}

std::string provenanceRows(const RunRecord& record, const Words& words) {
  std::string outputs;
  for (const std::string& output : record.outputs) outputs += (outputs.empty() ? "" : ", ") + output;
  return row(words["program"], std::string("Aula ") + core::version() + ", " + core::buildDescription()) +
         row(words["labFile"], record.lab->file().string()) +
         row(words["device"],
             std::string(compute::deviceName(record.device.kind)) + " · " + record.deviceName) +
         row(words["threads"], std::to_string(record.device.threads)) +
         row(words["seed"], std::to_string(record.seed)) +
         row(words["stepsDone"], std::to_string(record.steps) + " / " + std::to_string(record.plannedSteps)) +
         row(words["simulatedTime"], core::formatQuantity(record.simulatedTime, "s")) +
         row(words["wallTime"], core::formatDuration(record.wallSeconds)) +
         row(words["speed"], significant(record.speed, 4) + " " + record.speedUnit) +
         row(words["date"], record.date) + row(words["files"], outputs);
}

std::string warningList(const RunRecord& record, const Words& words) {
  if (record.warnings.empty()) return {};
  std::string items;
  for (const std::string& warning : record.warnings) items += "<li>" + e(warning) + "</li>";
  return "<section class=\"notice\" aria-labelledby=\"warnings-title\"><h2 id=\"warnings-title\">" +
         e(words["warnings"]) + "</h2><ul>" + items + "</ul></section>";
}

// A file name as it may stand in a link: UTF-8 bytes and what has a meaning in addresses are percent-encoded.
std::string linkTo(const std::string& name) {
  std::string link;
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (std::isalnum(byte) != 0 || std::string("-_.~/").find(c) != std::string::npos) {
      link += c;
    } else {
      char code[4];
      std::snprintf(code, sizeof code, "%%%02X", byte);
      link += code;
    }
  }
  return "./" + link;
}

std::string pictures(const RunRecord& record, const ReportMedia& media, const Words& words,
                     const std::string& title) {
  std::string html;
  if (!media.picture.empty()) {
    const std::string bytes = core::readFile(record.output / media.picture, kMostPictureBytes);
    html += "<figure><img alt=\"" + e(fillIn(words["pictureAlt"], {title})) +
            "\" src=\"data:image/png;base64," + base64(bytes.data(), bytes.size()) + "\"><figcaption>" +
            e(words["picture"]) + ": " + e(media.picture) + "</figcaption></figure>\n";
  }
  if (!media.video.empty()) {
    const std::filesystem::path file = record.output / media.video;
    std::error_code code;
    const auto size = std::filesystem::file_size(file, code);
    if (code) throw core::Error("cannot read " + file.string() + ": " + code.message());
    if (size < kMostVideoBytes) {
      const std::string bytes = core::readFile(file, kMostVideoBytes);
      html += "<figure class=\"video\"><video controls loop muted playsinline aria-label=\"" +
              e(words["video"] + ": " + title) + "\" src=\"data:video/mp4;base64," +
              base64(bytes.data(), bytes.size()) + "\"></video><figcaption>" + e(words["video"]) + ": " +
              e(media.video) + "</figcaption></figure>\n";
    } else {
      html += "<p class=\"video\">" + e(words["videoLarge"]) + " <a href=\"" + e(linkTo(media.video)) +
              "\">" + e(media.video) + "</a></p>\n";
    }
  }
  return html;
}

// Within a script element "</script>" and "<!--" would end or change it, whatever JSON says.
std::string scriptSafe(const Json& json) {
  const std::string text = json.dump(-1, ' ', false, Json::error_handler_t::replace);
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    if (c == '<') {
      safe += "\\u003c";
    } else {
      safe += c;
    }
  }
  return safe;
}

// One pass, so that what is filled in is never looked at for marks of its own.
std::string fillTemplate(const std::string& page, const std::map<std::string, std::string>& values,
                         const Words& words) {
  std::string html;
  std::size_t at = 0;
  for (;;) {
    const std::size_t open = page.find("{{", at);
    if (open == std::string::npos) break;
    const std::size_t close = page.find("}}", open);
    const std::string name = page.substr(open + 2, close - open - 2);
    html.append(page, at, open - at);
    html += name.rfind("word.", 0) == 0 ? e(words[name.substr(5).c_str()]) : values.at(name);
    at = close + 2;
  }
  return html.append(page, at);
}

}  // namespace

std::string reportText(const RunRecord& record, const ReportMedia& media, const std::string& language) {
  const Words words(language);
  const std::string title = record.lab->title().in(language), summary = record.lab->summary().in(language);
  const ReportPlots plots = makeReportPlots(record.data, words["at"]);

  std::string facts =
      record.isComplete ? "<li class=\"good\">✓ " + e(words["complete"]) + "</li>"
                        : "<li class=\"bad\">" +
                              e(fillIn(words["stopped"],
                                       {std::to_string(record.steps), std::to_string(record.plannedSteps)})) +
                              "</li>";
  for (const std::string& fact :
       {fillIn(words["steps"], {std::to_string(record.steps)}),
        core::formatQuantity(record.simulatedTime, "s"), std::string(compute::deviceName(record.device.kind)),
        core::formatDuration(record.wallSeconds), record.date.substr(0, 10)})
    facts += "<li>" + e(fact) + "</li>";

  std::string leftOut;
  for (const std::string& name : plots.leftOut) leftOut += (leftOut.empty() ? "" : ", ") + e(name);
  if (!leftOut.empty()) leftOut = "<p class=\"hint\">" + e(words["leftOut"]) + " " + leftOut + "</p>";

  Json plotWords;
  for (const char* word : {"logScale", "reset", "keys"}) plotWords[word] = words[word];
  const std::map<std::string, std::string> values{
      {"language", e(language)},
      {"version", e(core::version())},
      {"title", e(title)},
      {"lead", summary.empty() ? "" : "<p class=\"lead\">" + e(summary) + "</p>"},
      {"facts", facts},
      {"warnings", warningList(record, words)},
      {"pictures", pictures(record, media, words, title)},
      {"measurements", measurementTable(record, words, language)},
      {"left_out", leftOut},
      {"parameters", parameterTable(record, words, language)},
      {"command", e(commandOf(record))},
      {"provenance", provenanceRows(record, words)},
      {"lab_text", e(record.lab->sourceText())},
      {"footer", e(fillIn(words["footer"], {core::version()}))},
      {"plots", scriptSafe(plots.plots)},
      {"plot_words", scriptSafe(plotWords)},
      {"css", kReportStyle},
      {"js", kReportScript}};
  return fillTemplate(kReportPage, values, words);
}

void writeReport(RunRecord& record, const ReportMedia& media, const std::string& language) {
  if (std::find(record.outputs.begin(), record.outputs.end(), "report.html") == record.outputs.end())
    record.outputs.emplace_back("report.html");
  core::writeFile(record.output / "report.html", reportText(record, media, language));
}

}  // namespace aula::lab
