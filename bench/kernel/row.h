// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace aula::bench {

/// One case of one benchmark, as `aula bench` prints and saves it.
struct Row {
  std::string bench;   ///< "fdtd"
  std::string name;    ///< The case.
  std::string device;  ///< cpu, cuda, reference; or a peer's name and version.
  int threads = 0;
  std::string size;  ///< "300x300x300"
  double value = 0;  ///< The best repeat: the largest speed, the least time.
  std::string unit;  ///< "Mcell/s"
  double median = 0, minimum = 0, maximum = 0;
  int repeats = 0;
  std::optional<double> bytes;       ///< That a single pass moves for one cell.
  std::optional<double> operations;  ///< Floating-point operations for one cell.
  std::optional<double> roofline;    ///< What measured memory bandwidth allows a single pass, in `unit`.
  std::optional<double> ratio;       ///< value / roofline
  std::string checksum;              ///< Of the answer; empty for peers.
  /// What was dealt with: {"particles", 100000}. Zeros are left out.
  std::vector<std::pair<std::string, double>> counts;
  std::string remark;  ///< Settings: "AVX-512, 2 threads, 14 steps a sweep".
};

/// Fills value (the largest), median, minimum, maximum and repeats.
void setValues(Row& row, std::vector<double> values);

[[nodiscard]] std::string toJson(const std::vector<Row>& rows);
/// A table for people.
[[nodiscard]] std::string toText(const std::vector<Row>& rows);

}  // namespace aula::bench
