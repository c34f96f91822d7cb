// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "anatomy/airways/spirometry.h"
#include "anatomy/kind/breathing/instrument.h"

namespace aula::anatomy::respiration {

namespace {

enum Column { kFlow, kVolume, kMuscle, kPleural, kAlveolar, kWork, kColumns };
struct ColumnText {
  const char *name, *label, *unit;
};
constexpr ColumnText kText[kColumns] = {
    {"flow", "Flow at the mouth, inwards", "m3/s"},       {"volume", "Gas in the lungs", "m3"},
    {"muscle_pressure", "Pressure of the muscles", "Pa"}, {"pleural_pressure", "Pleural pressure", "Pa"},
    {"alveolar_pressure", "Alveolar pressure", "Pa"},     {"work", "Work of the muscles", "J"}};

class SpirometerPlan final : public InstrumentPlan {
 public:
  SpirometerPlan(const std::string& name, const lab::Node& node, double timeStep)
      : InstrumentPlan(name, node, timeStep, 0.02) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::vector<lab::Dataset> shapes;
    for (const ColumnText& text : kText) shapes.push_back(timeSeries(text.name, text.label, text.unit));
    shapes.push_back(single("tidal_volume", "Volume of the last quiet breath", "m3"));
    shapes.push_back(single("relaxed_volume", "Functional residual capacity", "m3"));
    return shapes;
  }
  [[nodiscard]] double bytesASample() const override { return 8.0 * (kColumns + 1); }
  [[nodiscard]] std::unique_ptr<Recorder> build(const Breathing& breathing) const override;
};

class Spirometer final : public Recorder {
 public:
  using Recorder::Recorder;
  void sample() override {
    const double values[kColumns] = {breathing_.flow(),
                                     breathing_.volume(),
                                     breathing_.musclePressure(),
                                     breathing_.pleuralPressure(),
                                     breathing_.alveolarPressure(),
                                     breathing_.work().muscle};
    times_.push_back(breathing_.time());
    for (std::size_t c = 0; c < kColumns; ++c) columns_[c].push_back(values[c]);
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data;
    for (std::size_t c = 0; c < kColumns; ++c) {
      data.push_back(timeSeries(kText[c].name, kText[c].label, kText[c].unit));
      data.back().axes[0].values = times_;
      data.back().values = columns_[c];
    }
    data.push_back(single("tidal_volume", "Volume of the last quiet breath", "m3"));
    data.back().values = {tidalVolume()};
    data.push_back(single("relaxed_volume", "Functional residual capacity", "m3"));
    data.back().values = {breathing_.relaxedVolume()};
    return data;
  }

 private:
  /// Over the last whole period in which nothing was forced; 0 before there was one.
  [[nodiscard]] double tidalVolume() const {
    const BreathingPattern& pattern = breathing_.settings().pattern;
    const auto& volumes = columns_[kVolume];
    std::size_t last = times_.size();
    while (last > 0) {
      const double end = times_[last - 1];
      if (!isQuietAt(pattern, end)) {
        --last;
        continue;
      }
      const auto from =
          std::lower_bound(times_.begin(), times_.begin() + std::ptrdiff_t(last), end - pattern.period);
      if (end - pattern.period < times_.front() - 1e-9) return 0;
      const auto first = volumes.begin() + (from - times_.begin());
      const auto [low, high] = std::minmax_element(first, volumes.begin() + std::ptrdiff_t(last));
      return *high - *low;
    }
    return 0;
  }
  void archive(Archive& archive) override {
    archive.vector("times", times_);
    for (std::size_t c = 0; c < kColumns; ++c) archive.vector(kText[c].name, columns_[c]);
  }
  std::vector<double> times_, columns_[kColumns];
};

std::unique_ptr<Recorder> SpirometerPlan::build(const Breathing& breathing) const {
  return std::make_unique<Spirometer>(name(), interval(), breathing);
}

struct Result {
  const char *name, *label, *unit;
};
constexpr Result kResults[] = {{"fev1", "Volume forced out in the first second", "m3"},
                               {"fvc", "Forced vital capacity", "m3"},
                               {"ratio", "FEV1 / FVC", "1"},
                               {"pef", "Peak expiratory flow", "m3/s"},
                               {"fef25_75", "Mean flow of the middle half", "m3/s"},
                               {"tlc", "Total lung capacity", "m3"},
                               {"rv", "Residual volume", "m3"}};

class SpirometryPlan final : public InstrumentPlan {
 public:
  SpirometryPlan(const std::string& name, const lab::Node& node, double timeStep)
      : InstrumentPlan(name, node, timeStep, timeStep) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override {
    std::vector<lab::Dataset> shapes{{"flow", "Flow, outwards", "m3/s", {{"expired", "m3", {}}}, {}}};
    for (const Result& result : kResults) shapes.push_back(single(result.name, result.label, result.unit));
    return shapes;
  }
  [[nodiscard]] double bytesASample() const override { return 24; }
  [[nodiscard]] std::unique_ptr<Recorder> build(const Breathing& breathing) const override;
};

/// The last forced breath: the flow-volume curve and what is read off it. All 0 until there was one.
class SpirometryRecorder final : public Recorder {
 public:
  using Recorder::Recorder;
  void sample() override {
    // Only forced breaths are kept; a new one replaces the last.
    const bool isForced = isForcedAt(breathing_.settings().pattern, breathing_.time());
    if (isForced && wasForced_ == 0) clear();
    wasForced_ = isForced ? 1 : 0;
    if (!isForced) return;
    times_.push_back(breathing_.time());
    volumes_.push_back(breathing_.volume());
    flows_.push_back(breathing_.flow());
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    const Spirometry found = readSpirometry(times_, volumes_, flows_);
    std::vector<lab::Dataset> data{{"flow", "Flow, outwards", "m3/s", {{"expired", "m3", {}}}, {}}};
    if (found.isThere) {
      for (std::size_t i = found.first; i <= found.last; ++i) {
        const double expired = volumes_[found.first] - volumes_[i];
        if (!data[0].axes[0].values.empty() && expired <= data[0].axes[0].values.back()) continue;
        data[0].axes[0].values.push_back(expired);
        data[0].values.push_back(std::max(0.0, -flows_[i]));
      }
    }
    const double values[] = {found.forcedVolume, found.forcedCapacity, found.ratio(), found.peakFlow,
                             found.middleFlow,   found.capacity,       found.residual};
    for (std::size_t i = 0; i < std::size(kResults); ++i) {
      data.push_back(single(kResults[i].name, kResults[i].label, kResults[i].unit));
      data.back().values = {values[i]};
    }
    return data;
  }
  /// What was blown before the change tells nothing of what is now; a breath under way goes on.
  void restart() override {
    if (wasForced_ == 0) clear();
  }

 private:
  void clear() {
    times_.clear();
    volumes_.clear();
    flows_.clear();
  }
  void archive(Archive& archive) override {
    archive.vector("times", times_);
    archive.vector("volumes", volumes_);
    archive.vector("flows", flows_);
    archive.value("forced", wasForced_);
  }
  std::vector<double> times_, volumes_, flows_;
  std::int32_t wasForced_ = 0;
};

std::unique_ptr<Recorder> SpirometryPlan::build(const Breathing& breathing) const {
  return std::make_unique<SpirometryRecorder>(name(), interval(), breathing);
}

}  // namespace

PlanPointer parseSpirometer(const std::string& name, const lab::Node& node, double timeStep) {
  return std::make_unique<SpirometerPlan>(name, node, timeStep);
}
PlanPointer parseSpirometry(const std::string& name, const lab::Node& node, double timeStep) {
  return std::make_unique<SpirometryPlan>(name, node, timeStep);
}

}  // namespace aula::anatomy::respiration
