// SPDX-License-Identifier: Apache-2.0
#include "kernel/row.h"

#include <algorithm>
#include <cstdio>
#include <nlohmann/json.hpp>

namespace aula::bench {

void setValues(Row& row, std::vector<double> values) {
  std::sort(values.begin(), values.end());
  const std::size_t n = values.size();
  row.repeats = static_cast<int>(n);
  if (n == 0) return;
  row.minimum = values.front();
  row.value = row.maximum = values.back();
  row.median = n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

std::string toJson(const std::vector<Row>& rows) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Row& row : rows) {
    nlohmann::ordered_json entry{{"bench", row.bench},     {"case", row.name},      {"device", row.device},
                                 {"threads", row.threads}, {"size", row.size},      {"value", row.value},
                                 {"unit", row.unit},       {"median", row.median},  {"min", row.minimum},
                                 {"max", row.maximum},     {"repeats", row.repeats}};
    if (row.bytes) entry["bytes"] = *row.bytes;
    if (row.operations) entry["operations"] = *row.operations;
    if (row.roofline) entry["roofline"] = *row.roofline;
    if (row.ratio) entry["ratio"] = *row.ratio;
    for (const auto& [what, count] : row.counts)
      if (count > 0) entry["counts"][what] = count;
    entry["checksum"] = row.checksum;
    if (!row.remark.empty()) entry["remark"] = row.remark;
    list.push_back(entry);
  }
  return list.dump(2);
}

std::string toText(const std::vector<Row>& rows) {
  std::string text;
  char line[512];
  std::size_t longest = 22;
  for (const Row& row : rows) longest = std::max(longest, row.name.size());
  const int caseWidth = static_cast<int>(std::min<std::size_t>(longest, 60));
  std::snprintf(line, sizeof line, "%-*s %-14s %7s %-12s %9s %9s %9s %8s  %s\n", caseWidth, "case", "device",
                "threads", "size", "best", "median", "roofline", "ratio", "");
  text += line;
  for (const Row& row : rows) {
    char roofline[32] = "", ratio[32] = "";
    if (row.roofline) std::snprintf(roofline, sizeof roofline, "%.0f", *row.roofline);
    if (row.ratio) std::snprintf(ratio, sizeof ratio, "%.2f", *row.ratio);
    const int digits = row.value < 10 ? 3 : 1;
    std::snprintf(line, sizeof line, "%-*s %-14s %7d %-12s %9.*f %9.*f %9s %8s  %s", caseWidth,
                  row.name.c_str(), row.device.c_str(), row.threads, row.size.c_str(), digits, row.value, digits,
                  row.median, roofline, ratio, row.unit.c_str());
    text += line;
    if (!row.remark.empty()) text += "  (" + row.remark + ")";
    text += "\n";
  }
  return text;
}

}  // namespace aula::bench
