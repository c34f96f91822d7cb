// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace aula::desktop {

/// Everything the window says by itself. Labs bring their own texts.
enum class Word {
  allLabs, recentLabs, chooseLab, noLabs, openFailed, loading, minutes,
  run, pause, stepForward, toBeginning, restart, speed, fullSpeed, perSecond, stepOf, preparing, paused, running,
  finished, failed, goingTo, checkpoint, goHere, timeLabel,
  knobs, needsRestart, restartNow, valueAfterRestart, actsAtOnce, rangeIs, resetKnob, notInRange,
  instruments, results, activities, lesson, layers, structures, fields, opacity, noLayers, noInstruments, noResults,
  noActivities, noLesson, measuredValue, expectedValue, withinTolerance, met, notMet, notYetMeasured,
  checkAnswer, answerRight, answerWrong, answerKept, yourAnswer, markDone, done, question, task, progressOf,
  screenshot, saved, record, stopRecording, recordingTo, recordingSaved, recordingBroken, folderLabel,
  presenter, leavePresenter, language, settings, theme, themeLight, themeDark, themeContrast, scale, colours,
  coloursStandard, coloursSafe, coloursGrey, quality, qualityNative, qualityHigh, qualityBalanced, qualityFast, qualityFastest,
  fullScreen, help, about, close, dismiss, menu, panels, resetView, viewpoints,
  deviceLost, stateReadOnly, deviceIs, linear, logarithmic, resetZoom, exportCsv, exportPng, noDataYet, axisX, axisY,
  helpRun, helpStep, helpRestart, helpScreenshot, helpRecord, helpPresenter, helpViewpoints, helpLanguage, helpFullScreen,
  helpScale, helpEscape, helpMove, helpMouse, helpMouseScene, helpMousePlot, helpTab, helpHelp, helpTheme,
  aboutText, nothingRuns, stopped, whatToDoAfterFailure, chooseView, copied,
  count
};

struct Language {
  std::string_view code;  ///< "zh"
  std::string_view name;  ///< In itself: "中文".
};
/// en, zh, fr, es.
[[nodiscard]] const std::vector<Language>& languages();

/// In `language` (a code; an unknown one is English).
[[nodiscard]] const char* word(Word which, std::string_view language);

/// The text with its {} replaced, in order.
[[nodiscard]] std::string fill(std::string_view text, std::initializer_list<std::string_view> values);

/// Every text of the table in one string: what the fonts must hold.
[[nodiscard]] std::string allWords();

}  // namespace aula::desktop
