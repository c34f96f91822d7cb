// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/error.h"
#include "lab/lab.h"

namespace aula::lab {

using Settings = std::vector<std::pair<std::string, std::string>>;

/// A right lab around `simulation`, with `knobs` and further members of the top level, all as JSON text.
inline std::string labText(const std::string& simulation = "{\"kind\": \"test\"}",
                           const std::string& knobs = "{}", const std::string& more = "") {
  return "{\"aula\": 1, \"title\": \"Test\", \"knobs\": " + knobs + ", \"simulation\": " + simulation +
         ", \"run\": {\"steps\": 10}" + (more.empty() ? "" : ", " + more) + "}";
}

/// Read without throwing for what is wrong inside the sections.
inline std::shared_ptr<const Lab> readLab(const std::string& text, const Settings& settings = {}) {
  return Lab::readText(text, "test.lab.json", settings);
}

/// What reading says, a line a problem; empty when nothing is wrong.
inline std::string problemsOf(const std::string& text, const Settings& settings = {}) {
  try {
    (void)Lab::parse(text, "t", settings);
  } catch (const core::Error& error) {
    EXPECT_EQ(error.exitCode(), 2);
    return error.what();
  }
  return {};
}

/// All errors collected so far, a line each, with the file's name "test.lab.json: " taken off.
inline std::string errorsOf(const Lab& lab) {
  std::string all;
  const std::string prefix = "test.lab.json: ";
  for (const std::string& error : lab.diagnostics().errors()) {
    EXPECT_TRUE(error.starts_with(prefix)) << error;
    all += (all.empty() ? "" : "\n") + error.substr(prefix.size());
  }
  return all;
}

}  // namespace aula::lab
