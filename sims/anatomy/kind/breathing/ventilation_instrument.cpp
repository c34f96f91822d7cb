// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>

#include "anatomy/kind/breathing/instrument.h"

namespace aula::anatomy::respiration {

namespace {

struct LobeText {
  const char *name, *label;
};
constexpr LobeText kTexts[kLobes] = {{"right_superior", "Right superior lobe"},
                                     {"right_middle", "Right middle lobe"},
                                     {"right_inferior", "Right inferior lobe"},
                                     {"left_superior", "Left superior lobe"},
                                     {"left_inferior", "Left inferior lobe"}};

std::vector<lab::Dataset> shapesOf() {
  std::vector<lab::Dataset> shapes;
  for (const LobeText& text : kTexts)
    shapes.push_back(
        single(std::string("share_") + text.name, std::string(text.label) + ", share of the air", "1"));
  for (const LobeText& text : kTexts)
    shapes.push_back(timeSeries(std::string("volume_") + text.name, std::string(text.label) + ", gas", "m3"));
  return shapes;
}

class VentilationPlan final : public InstrumentPlan {
 public:
  VentilationPlan(const std::string& name, const lab::Node& node, double timeStep)
      : InstrumentPlan(name, node, timeStep, 0.02) {}
  [[nodiscard]] std::vector<lab::Dataset> shapes() const override { return shapesOf(); }
  [[nodiscard]] double bytesASample() const override { return 8.0 * (kLobes + 1); }
  [[nodiscard]] std::unique_ptr<Recorder> build(const Breathing& breathing) const override;
};

/// Who gets the air: what each lobe took in since the beginning or the last turn of a knob, over what all
/// did.
class Ventilation final : public Recorder {
 public:
  using Recorder::Recorder;
  void sample() override {
    times_.push_back(breathing_.time());
    const bool isQuiet = isQuietAt(breathing_.settings().pattern, breathing_.time());
    for (const Lobe lobe : kAllLobes) {
      const auto i = static_cast<std::size_t>(lobe);
      const double volume = breathing_.lobeVolume(lobe);
      if (!volumes_[i].empty() && isGoing_ != 0 && isQuiet)
        inspired_[i] += std::max(0.0, volume - volumes_[i].back());
      volumes_[i].push_back(volume);
    }
    isGoing_ = 1;
  }
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> data = shapesOf();
    double total = 0;
    for (const double inspired : inspired_) total += inspired;
    for (std::size_t i = 0; i < kLobes; ++i) {
      data[i].values = {total > 0 ? inspired_[i] / total : 0};
      data[kLobes + i].axes[0].values = times_;
      data[kLobes + i].values = volumes_[i];
    }
    return data;
  }
  void restart() override {
    inspired_.assign(kLobes, 0);
    isGoing_ = 0;
  }

 private:
  void archive(Archive& archive) override {
    archive.vector("times", times_);
    archive.vector("inspired", inspired_);
    archive.value("going", isGoing_);
    for (std::size_t i = 0; i < kLobes; ++i) archive.vector(kTexts[i].name, volumes_[i]);
  }
  std::vector<double> times_, inspired_ = std::vector<double>(kLobes, 0.0);
  std::array<std::vector<double>, kLobes> volumes_;
  std::int32_t isGoing_ = 0;
};

std::unique_ptr<Recorder> VentilationPlan::build(const Breathing& breathing) const {
  return std::make_unique<Ventilation>(name(), interval(), breathing);
}

}  // namespace

PlanPointer parseVentilation(const std::string& name, const lab::Node& node, double timeStep) {
  return std::make_unique<VentilationPlan>(name, node, timeStep);
}

}  // namespace aula::anatomy::respiration
