// SPDX-License-Identifier: Apache-2.0
#include "lab/session/running_lab.h"

#include <algorithm>
#include <cstdlib>
#include <ctime>
#include <utility>

#include "core/error.h"
#include "core/io/checkpoint.h"
#include "core/text.h"
#include "core/units/quantity.h"
#include "lab/session/file_writer.h"
#include "lab/session/frame_titles.h"
#include "lab/session/hand.h"

namespace aula::lab {

RunningLab::RunningLab(const CheckedLab& checked, const compute::DeviceChoice& device)
    : checked_(checked), simulation_(checked.plan->build(device)), instruments_(simulation_->instruments()) {}

void RunningLab::sample() {
  for (Instrument* instrument : instruments_)
    if (step() % instrument->interval() == 0) instrument->sample();
}

std::int64_t RunningLab::nextSample(std::int64_t limit) const {
  for (const Instrument* instrument : instruments_)
    limit = std::min(limit, (step() / instrument->interval() + 1) * instrument->interval());
  return limit;
}

std::string RunningLab::apply(const Command& command) {
  std::string reason;
  try {
    if (simulation_->apply(command)) {
      // What a hand did is the simulation's own state; knobs are the lab's.
      if (!hand::isHand(command.name)) {
        std::erase_if(turned_, [&](const auto& earlier) { return earlier.first == command.name; });
        turned_.emplace_back(command.name, command.value);
      }
      instruments_ = simulation_->instruments();
      return "";
    }
  } catch (const core::Error& error) {
    if (error.fault() != core::Fault::input) throw;
    reason = error.what();
  }
  return "\"" + command.name + "\" cannot be changed " +
         (reason.empty() ? "while this lab runs" : "so: " + reason) + "; the change asked for at step " +
         std::to_string(command.step) + " was left out";
}

std::vector<double> RunningLab::knobValues() const {
  std::vector<double> values;
  for (const Knob& knob : lab().knobs()) {
    values.push_back(knob.value);
    for (const auto& [name, value] : turned_)
      if (name == knob.name) values.back() = value;
  }
  return values;
}

scene::Frame RunningLab::publish(const std::string& language) const {
  scene::Frame frame;
  simulation_->publish(frame);
  frame.step = step();
  frame.time = static_cast<double>(step()) * simulation_->timeStep();
  nameForPeople(frame, lab(), *checked_.catalogue, language);
  return frame;
}

InstrumentData RunningLab::data() const {
  InstrumentData data;
  for (const Instrument* instrument : instruments_) data.emplace_back(instrument->name(), instrument->data());
  return data;
}

std::vector<std::string> RunningLab::writeFiles(const std::filesystem::path& folder) const {
  std::vector<std::string> names;
  for (const Instrument* instrument : instruments_)
    if (const auto* writer = dynamic_cast<const FileWriter*>(instrument))
      for (std::string& name : writer->writeFiles(folder)) names.push_back(std::move(name));
  return names;
}

std::vector<MeasurementResult> RunningLab::measure(const InstrumentData& data) const {
  if (turned_.empty()) return checked_.measurements->evaluate(data);
  const std::shared_ptr<const Lab> now = lab().withKnobs(turned_);
  return MeasurementPlan(*now, checked_.plan->instruments()).evaluate(data);
}

void RunningLab::save(core::CheckpointWriter& writer) const {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  const auto& knobs = lab().knobs();
  for (const auto& [name, value] : turned_) {
    const std::string& wanted = name;
    const auto found =
        std::find_if(knobs.begin(), knobs.end(), [&](const Knob& knob) { return knob.name == wanted; });
    indices.push_back(static_cast<std::uint64_t>(found - knobs.begin()));
    values.push_back(value);
  }
  writer.setPrefix("turned/");
  writer.writeArray("knobs", std::span<const std::uint64_t>(indices));
  writer.writeArray("values", std::span<const double>(values));
  writer.setPrefix("simulation/");
  simulation_->save(writer);
  for (const Instrument* instrument : instruments_) {
    writer.setPrefix("instruments/" + instrument->name() + "/");
    instrument->save(writer);
  }
  writer.setPrefix("");
}

void RunningLab::load(core::CheckpointReader& reader) {
  std::vector<std::uint64_t> indices;
  std::vector<double> values;
  reader.setPrefix("turned/");
  reader.readVector("knobs", indices);
  reader.readVector("values", values);
  turned_.clear();
  for (std::size_t i = 0; i < indices.size(); ++i)
    turned_.emplace_back(lab().knobs().at(indices[i]).name, values.at(i));
  reader.setPrefix("simulation/");
  simulation_->load(reader);
  // Which instruments there are may hang on the knobs.
  instruments_ = simulation_->instruments();
  for (Instrument* instrument : instruments_) {
    reader.setPrefix("instruments/" + instrument->name() + "/");
    instrument->load(reader);
  }
  reader.setPrefix("");
}

const Knob& findKnob(const Lab& lab, const std::string& name) {
  std::vector<std::string> names;
  for (const Knob& knob : lab.knobs()) {
    if (knob.name == name) return knob;
    names.push_back(knob.name);
  }
  throw core::inputError(core::quoted(name) + " is not a knob of this lab" +
                         (names.empty() ? "; it has none" : "; there are " + core::listed(names, "and")));
}

void checkKnobRange(const Knob& knob, double value) {
  if (value >= knob.lower && value <= knob.upper) return;
  throw core::inputError(knob.name + " = " + core::formatIn(value, knob.unit) + " is out of its range, " +
                         core::formatIn(knob.lower, knob.unit) + " to " +
                         core::formatIn(knob.upper, knob.unit));
}

// https://reproducible-builds.org/specs/source-date-epoch: whoever wants the same bytes again sets the date.
std::string dateNow() {
  std::time_t now = std::time(nullptr);
  if (const char* fixed = std::getenv("SOURCE_DATE_EPOCH"))
    now = static_cast<std::time_t>(std::strtoll(fixed, nullptr, 10));
  std::tm utc{};
  gmtime_r(&now, &utc);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text;
}

std::string nameOfDevice(const compute::DeviceChoice& choice) {
  for (const auto& report : compute::findDevices())
    if (report.kind == choice.kind && !report.name.empty()) return report.name;
  return compute::deviceName(choice.kind);
}

}  // namespace aula::lab
