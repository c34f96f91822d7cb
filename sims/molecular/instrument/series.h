// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <vector>

#include "molecular/instrument/instrument.h"
#include "molecular/units.h"

namespace aula::molecular {

/// One or more numbers a sample, kept over time.
class SeriesRecorder : public Recorder {
 public:
  SeriesRecorder(const InstrumentPlan& plan, Moment& moment, std::size_t columns)
      : Recorder(plan.name(), plan.interval(), plan.start(), moment), plan_(plan), columns_(columns) {}

  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = plan_.shapes();
    for (std::size_t column = 0; column < columns_.size(); ++column) {
      for (const std::int64_t step : steps_)
        data[column].axes[0].values.push_back(double(step) * moment_.timeStep() * kPicosecond);
      data[column].values = columns_[column];
    }
    return data;
  }
  void archive(Archive& archive) override {
    archive.vector("steps", steps_);
    for (std::size_t column = 0; column < columns_.size(); ++column)
      archive.vector("column" + std::to_string(column), columns_[column]);
  }

 protected:
  void keep(std::initializer_list<double> values) { keep(std::vector<double>(values)); }
  void keep(const std::vector<double>& values) {
    steps_.push_back(moment_.step());
    for (std::size_t column = 0; column < columns_.size(); ++column)
      columns_[column].push_back(values[column]);
  }
  const InstrumentPlan& plan_;
  std::vector<std::int64_t> steps_;
  std::vector<std::vector<double>> columns_;
};

inline double meanOf(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return values.empty() ? 0 : sum / double(values.size());
}

}  // namespace aula::molecular
