// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/heart/instruments.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <span>

#include "anatomy/heart/body/chambers.h"
#include "core/error.h"
#include "core/io/checkpoint.h"

namespace aula::anatomy::heart {

namespace {

lab::Dataset series(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {{"time", "s", {}}}, {}};
}
lab::Dataset single(const std::string& name, const std::string& label, const std::string& unit) {
  return {name, label, unit, {}, {0}};
}
std::string lowered(std::string text) {
  for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return text;
}

/// Rows of numbers over time.
class Recorder : public lab::Instrument {
 public:
  Recorder(InstrumentSpec spec, Moment& moment, std::size_t columns)
      : spec_(std::move(spec)), moment_(moment), columns_(columns) {}
  [[nodiscard]] const std::string& name() const final { return spec_.name; }
  [[nodiscard]] std::int64_t interval() const final { return spec_.interval; }
  void sample() final {
    steps_.push_back(moment_.step());
    take();
  }
  void save(core::CheckpointWriter& writer) const final {
    writer.writeArray("steps", std::span<const std::int64_t>(steps_));
    writer.writeArray("values", std::span<const double>(values_));
    saveMore(writer);
  }
  void load(core::CheckpointReader& reader) final {
    reader.readVector("steps", steps_);
    reader.readVector("values", values_);
    loadMore(reader);
  }

 protected:
  virtual void take() = 0;
  /// What else a later sample depends on.
  virtual void saveMore(core::CheckpointWriter&) const {}
  virtual void loadMore(core::CheckpointReader&) {}
  [[nodiscard]] double at(std::size_t row, std::size_t column) const {
    return values_[row * columns_ + column];
  }
  [[nodiscard]] double timeOf(std::int64_t step) const { return double(step) * moment_.solver().timeStep(); }
  void fill(lab::Dataset& dataset, std::size_t column) const {
    for (std::size_t row = 0; row < steps_.size(); ++row) {
      dataset.axes[0].values.push_back(timeOf(steps_[row]));
      dataset.values.push_back(at(row, column));
    }
  }

  InstrumentSpec spec_;
  Moment& moment_;
  std::size_t columns_;
  std::vector<std::int64_t> steps_;
  std::vector<double> values_;
};

class EcgRecorder : public Recorder {
 public:
  EcgRecorder(const InstrumentSpec& spec, Moment& moment) : Recorder(spec, moment, kLeads) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> all = shapesOf(spec_);
    for (std::size_t lead = 0; lead < kLeads; ++lead) fill(all[lead], lead);
    return all;
  }

 protected:
  void take() override {
    const LeadValues& leads = moment_.leads();
    values_.insert(values_.end(), leads.begin(), leads.end());
  }
};

class QrsRecorder final : public EcgRecorder {
 public:
  using EcgRecorder::EcgRecorder;
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> all = shapesOf(spec_);
    // A beat counts once its complex, however wide, is over.
    constexpr double kShortest = 0.30, kLongest = 0.45;
    const auto& beats = moment_.beats;
    for (std::size_t n = 0; n < beats.size(); ++n) {
      const double begin = timeOf(beats[n]);
      const double end =
          n + 1 < beats.size() ? std::min(timeOf(beats[n + 1]), begin + kLongest) : begin + kLongest;
      Electrocardiogram beat;
      beat.interval = timeOf(spec_.interval);
      double last = begin;
      for (std::size_t row = 0; row < steps_.size(); ++row) {
        const double time = timeOf(steps_[row]);
        if (time < begin || time >= end) continue;
        LeadValues values{};
        for (std::size_t lead = 0; lead < kLeads; ++lead) values[lead] = at(row, lead);
        beat.samples.push_back(values);
        last = time;
      }
      if (last - begin < std::min(kShortest, end - begin) - 1.5 * beat.interval) continue;
      const Qrs qrs = findQrs(beat, spec_.threshold);
      if (!(qrs.duration() > 0)) continue;
      all[0].axes[0].values.push_back(begin);
      all[0].values.push_back(qrs.duration());
      all[1].values = {qrs.duration()};
      all[2].values = {qrs.onset};
      // Net areas of the complex tell its axis in the frontal plane: I across, aVF down.
      double across = 0, down = 0;
      for (std::size_t i = 0; i < beat.samples.size(); ++i) {
        const double time = double(i) * beat.interval;
        if (time < qrs.onset || time > qrs.offset) continue;
        across += beat.samples[i][0];
        down += beat.samples[i][5];
      }
      // aVF is 2/sqrt(3) of a limb lead's scale too small.
      all[3].values = {std::atan2(2 / std::sqrt(3.0) * down, across)};
    }
    return all;
  }
};

class PotentialRecorder final : public Recorder {
 public:
  PotentialRecorder(const InstrumentSpec& spec, Moment& moment, std::size_t node)
      : Recorder(spec, moment, 1), node_(node) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> all = shapesOf(spec_);
    fill(all[0], 0);
    return all;
  }

 protected:
  void take() override { values_.push_back(double(moment_.potentials()[node_])); }

 private:
  std::size_t node_;
};

class RateRecorder final : public Recorder {
 public:
  RateRecorder(const InstrumentSpec& spec, Moment& moment, std::size_t node)
      : Recorder(spec, moment, 2), node_(node) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> all = shapesOf(spec_);
    fill(all[0], 0);
    fill(all[1], 1);
    // Rises through -20 mV, linear between samples.
    std::vector<double> rises;
    constexpr double kLevel = -0.020;
    for (std::size_t row = 1; row < steps_.size(); ++row) {
      const double before = at(row - 1, 0), after = at(row, 0);
      if (!(before < kLevel && after >= kLevel)) continue;
      const double share = (kLevel - before) / (after - before);
      rises.push_back(timeOf(steps_[row - 1]) + share * (timeOf(steps_[row]) - timeOf(steps_[row - 1])));
    }
    all[2].values = {double(rises.size())};
    for (std::size_t i = 1; i < rises.size(); ++i) {
      all[3].axes[0].values.push_back(rises[i]);
      all[3].values.push_back(rises[i] - rises[i - 1]);
    }
    // Of the last three, or as many as there are: an early beat does not count for ever.
    const std::size_t used = std::min<std::size_t>(3, rises.empty() ? 0 : rises.size() - 1);
    const double period = used > 0 ? (rises.back() - rises[rises.size() - 1 - used]) / double(used) : 0;
    all[4].values = {period};
    all[5].values = {period > 0 ? 1 / period : 0};
    // The last moment at which a hundredth of the muscle or more was excited.
    double last = 0;
    for (std::size_t row = 0; row < steps_.size(); ++row)
      if (at(row, 1) >= 0.01) last = timeOf(steps_[row]);
    all[6].values = {last};
    return all;
  }

 protected:
  void take() override {
    const std::vector<float>& potentials = moment_.potentials();
    std::size_t excited = 0;
    for (const float v : potentials) excited += v > -0.04F;
    values_.push_back(double(potentials[node_]));
    values_.push_back(double(excited) / double(potentials.size()));
  }

 private:
  std::size_t node_;
};

/// Part of the left ventricle's wall, 0 to 16: six basal, six middle, four apical segments and the apex
/// (Cerqueira et al. 2002), counted from the septum's upper end.
std::size_t segmentOf(Vec3 p) {
  const Vec3 local = axes().toLocal(p);
  const Measures& m = measures();
  const double share = (m.leftBase - local.z) / (m.leftBase + m.leftLength);
  if (share > 1) return 16;
  const double angle = std::atan2(local.y, local.x) / 6.283185307179586 + 1;
  const auto sector = [&](int count) {
    return static_cast<std::size_t>(std::fmod(angle, 1.0) * count) % std::size_t(count);
  };
  if (share < 0.35) return sector(6);
  if (share < 0.7) return 6 + sector(6);
  return 12 + sector(4);
}

/// When each node first rises through -40 mV after a beat began, linear between samples.
class ActivationRecorder final : public Recorder {
 public:
  ActivationRecorder(const InstrumentSpec& spec, Moment& moment)
      : Recorder(spec, moment, 1), arrivals_(moment.body().muscle.walls.size(), -1.0F) {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override {
    std::vector<lab::Dataset> all = shapesOf(spec_);
    fill(all[0], 0);
    const Ventricles& muscle = moment_.body().muscle;
    std::vector<double> times;
    std::array<double, 17> sums{}, counts{};
    for (std::size_t c = 0; c < arrivals_.size(); ++c) {
      const auto time = double(arrivals_[c]);
      if (time < 0) continue;
      times.push_back(time);
      if (muscle.walls[c] == Wall::right) continue;
      const std::size_t segment = segmentOf(muscle.position(c));
      sums[segment] += time;
      counts[segment] += 1;
    }
    std::sort(times.begin(), times.end());
    const auto share = [&](double part) {
      return times.empty() ? 0 : times[std::min(times.size() - 1, std::size_t(part * double(times.size())))];
    };
    for (std::size_t i = 0; i < 17; ++i) {
      all[1].axes[0].values.push_back(double(i + 1));
      all[1].values.push_back(counts[i] > 0 ? sums[i] / counts[i] : 0);
    }
    const double first = times.empty() ? 0 : times.front();
    all[2].values = {first};
    all[3].values = {share(0.5)};
    all[4].values = {share(0.99)};
    all[5].values = {share(0.99) - first};
    all[6].values = {double(times.size()) / double(arrivals_.size())};
    return all;
  }

 protected:
  void take() override {
    constexpr float kLevel = -0.040F;
    if (moment_.beats.size() != beats_) {
      beats_ = moment_.beats.size();
      std::fill(arrivals_.begin(), arrivals_.end(), -1.0F);
    }
    const std::vector<float>& now = moment_.potentials();
    const double begin = moment_.beats.empty() ? 0 : timeOf(moment_.beats.back());
    const double span = timeOf(spec_.interval), since = moment_.time() - begin;
    std::size_t reached = 0;
    for (std::size_t c = 0; c < now.size(); ++c) {
      if (!before_.empty() && arrivals_[c] < 0 && before_[c] < kLevel && now[c] >= kLevel)
        arrivals_[c] = std::max(
            0.0F, static_cast<float>(since - span * double((now[c] - kLevel) / (now[c] - before_[c]))));
      reached += arrivals_[c] >= 0;
    }
    before_ = now;
    values_.push_back(double(reached) / double(now.size()));
  }
  void saveMore(core::CheckpointWriter& writer) const override {
    writer.writeValue("beats", std::uint64_t(beats_));
    writer.writeArray("arrivals", std::span<const float>(arrivals_));
    writer.writeArray("before", std::span<const float>(before_));
  }
  void loadMore(core::CheckpointReader& reader) override {
    beats_ = reader.readValue<std::uint64_t>("beats");
    reader.readVector("arrivals", arrivals_);
    reader.readVector("before", before_);
  }

 private:
  std::size_t beats_ = 0;
  std::vector<float> arrivals_;  ///< s after the beat; negative: not yet
  std::vector<float> before_;    ///< V, at the last sample
};

}  // namespace

std::vector<lab::Dataset> shapesOf(const InstrumentSpec& spec) {
  std::vector<lab::Dataset> all;
  switch (spec.kind) {
    case InstrumentKind::ecg:
      for (const char* lead : leadNames())
        all.push_back(series(lowered(lead), std::string("Lead ") + lead, "V"));
      break;
    case InstrumentKind::qrs:
      all = {series("each", "QRS duration of each beat", "s"), single("duration", "QRS duration", "s"),
             single("onset", "From the beat's beginning to QRS", "s"),
             single("axis", "Electrical axis in the frontal plane, downwards positive", "rad")};
      break;
    case InstrumentKind::activation:
      all = {series("reached", "Share of the muscle that the beat has reached", "1"),
             {"segments", "Mean time at which a segment is reached", "s", {{"segment", "1", {}}}, {}},
             single("first", "First place reached after the beat's beginning", "s"),
             single("median", "Half of the muscle reached", "s"),
             single("last", "99 % of the muscle reached", "s"),
             single("span", "From the first place to 99 % of the muscle", "s"),
             single("share", "Share of the muscle reached by the last beat", "1")};
      break;
    case InstrumentKind::potential:
      all = {series("potential", "Membrane potential", "V")};
      break;
    case InstrumentKind::rate:
      all = {series("potential", "Membrane potential", "V"),
             series("excited", "Share of the muscle that is excited", "1"),
             single("count", "Activations", "1"),
             series("intervals", "Time since the activation before", "s"),
             single("period", "Mean period of the last three", "s"),
             single("frequency", "Frequency", "Hz"),
             single("last_excited", "Last time when a hundredth of the muscle was excited", "s")};
      break;
  }
  return all;
}

double bytesOf(const InstrumentSpec& spec, std::int64_t steps) {
  const double columns = spec.kind == InstrumentKind::ecg || spec.kind == InstrumentKind::qrs ? 12 : 2;
  return 8 * (columns + 1) * double(steps) / double(spec.interval);
}

std::unique_ptr<lab::Instrument> makeInstrument(const InstrumentSpec& spec, Moment& moment) {
  std::size_t node = 0;
  if (spec.kind == InstrumentKind::potential || spec.kind == InstrumentKind::rate) {
    const std::int64_t found = moment.body().muscle.nearest(spec.at, 0.02);
    if (found < 0)
      throw core::inputError(
          "instruments." + spec.name +
          ".at: there is no muscle within 20 mm of this place; a place on the left ventricle's "
          "front is [\"-20 mm\", \"40 mm\", \"-10 mm\"]");
    const auto& nodes = moment.body().muscle.domain.nodes;
    node = std::size_t(std::lower_bound(nodes.begin(), nodes.end(), std::uint32_t(found)) - nodes.begin());
  }
  switch (spec.kind) {
    case InstrumentKind::ecg:
      return std::make_unique<EcgRecorder>(spec, moment);
    case InstrumentKind::qrs:
      return std::make_unique<QrsRecorder>(spec, moment);
    case InstrumentKind::activation:
      return std::make_unique<ActivationRecorder>(spec, moment);
    case InstrumentKind::potential:
      return std::make_unique<PotentialRecorder>(spec, moment, node);
    case InstrumentKind::rate:
      return std::make_unique<RateRecorder>(spec, moment, node);
  }
  return nullptr;
}

}  // namespace aula::anatomy::heart
