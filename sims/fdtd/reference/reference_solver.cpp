// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cmath>
#include <utility>
#include <vector>

#include "core/assert.h"
#include "core/io/checkpoint.h"
#include "core/units/constants.h"
#include "fdtd/model/solver.h"
#include "fdtd/reference/cpml.h"
#include "fdtd/reference/curl.h"
#include "fdtd/reference/currents.h"
#include "fdtd/reference/dispersion.h"
#include "fdtd/reference/materials.h"
#include "fdtd/reference/total_field.h"

namespace aula::fdtd {

namespace reference {

namespace {

/// Yee's leapfrog (Yee, IEEE Trans. Antennas Propag. 14, 302 (1966)) in plain double-precision loops, one
/// concept a pass: the curl as in vacuum, corrections of it, then the materials. Slow, meant to be read and
/// to be right.
class ReferenceSolver final : public Solver {
 public:
  ReferenceSolver(const Setup& setup, const Medium& medium)
      : grid_(setup.grid),
        differences_(setup),
        cpml_(setup),
        currents_(setup),
        dispersion_(setup, medium),
        materials_(setup, medium, dispersion_),
        fields_(makeFields(setup.grid)),
        curl_(makeFields(setup.grid)) {
    for (const Source& source : setup.sources) {
      const auto* wave = std::get_if<PlaneWave>(&source);
      sources_.push_back({wave != nullptr, wave != nullptr ? totalFields_.size() : currentCount_});
      if (wave != nullptr)
        totalFields_.emplace_back(setup, *wave);
      else
        ++currentCount_;
    }
  }

  const Grid& grid() const override { return grid_; }
  std::int64_t step() const override { return step_; }
  void advance(std::int64_t steps) override {
    for (std::int64_t n = 0; n < steps; ++n) {
      stepH();
      stepE();
      ++step_;
    }
  }

  void read(int component, const IndexBox& box, std::span<float> out) const override {
    copyOut(component, box, out);
  }
  void read(int component, const IndexBox& box, std::span<double> out) const override {
    copyOut(component, box, out);
  }

  void write(int component, const IndexBox& box, std::span<const double> values) override {
    Field& field = fields_[component];
    checkBox(field, box, values.size());
    const double* from = values.data();
    forEach(box, [&](int i, int j, int k) { field(i, j, k) = *from++; });
    materials_.clearConductors(fields_);
    differences_.closeE(fields_);
    differences_.closeH(fields_);
  }

  void drive(std::size_t source, const Drive& drive) override {
    const auto& [isWave, number] = sources_.at(source);
    if (isWave)
      totalFields_[number].drive(drive);
    else
      currents_.waveform(number).redirect(drive, double(step_) * grid_.dt);
  }

  bool isFinite() const override {
    for (const Field& field : fields_)
      for (const double value : field.values())
        if (!std::isfinite(value)) return false;
    return true;
  }

  void save(core::CheckpointWriter& writer) const override {
    writer.writeValue("step", step_);
    for (int component = 0; component < 6; ++component)
      writer.writeArray("field" + std::to_string(component),
                        std::span<const double>(fields_[component].values()));
    cpml_.save(writer);
    dispersion_.save(writer);
    for (std::size_t number = 0; number < totalFields_.size(); ++number)
      totalFields_[number].save(writer, int(number));
    for (std::size_t number = 0; number < currentCount_; ++number)
      writer.writeValue("waveform" + std::to_string(number), currents_.waveform(number).state());
  }

  void load(core::CheckpointReader& reader) override {
    step_ = reader.readValue<std::int64_t>("step");
    for (int component = 0; component < 6; ++component)
      reader.readArray("field" + std::to_string(component), std::span<double>(fields_[component].values()));
    cpml_.load(reader);
    dispersion_.load(reader);
    for (std::size_t number = 0; number < totalFields_.size(); ++number)
      totalFields_[number].load(reader, int(number));
    for (std::size_t number = 0; number < currentCount_; ++number)
      currents_.waveform(number).restore(
          reader.readValue<std::array<double, 10>>("waveform" + std::to_string(number)));
  }

  double bytes() const override {
    double sum = cpml_.bytes() + dispersion_.bytes() + materials_.bytes();
    for (const Field& field : fields_) sum += 2 * double(field.values().size() * sizeof(double));
    return sum;
  }
  std::string description() const override { return "reference: double precision, 1 thread"; }

 private:
  /// H from n - 1/2 to n + 1/2 with E at n.
  void stepH() {
    differences_.curlOfE(fields_, curl_);
    cpml_.correctCurlOfE(differences_, fields_, curl_);
    for (TotalField& wave : totalFields_) wave.correctCurlOfE(curl_);
    scaleCurl(kHx);
    materials_.advanceH(curl_, fields_);
    differences_.closeH(fields_);
    for (TotalField& wave : totalFields_) wave.advanceH();
  }

  /// E from n to n + 1 with H and the currents at n + 1/2.
  void stepE() {
    differences_.curlOfH(fields_, curl_);
    cpml_.correctCurlOfH(differences_, fields_, curl_);
    for (TotalField& wave : totalFields_) wave.correctCurlOfH(curl_);
    currents_.subtractFrom(curl_, (double(step_) + 0.5) * grid_.dt);
    scaleCurl(kEx);
    dispersion_.subtractKnown(fields_, curl_);
    materials_.advanceE(curl_, fields_);
    differences_.closeE(fields_);
    dispersion_.advance(fields_);
    for (TotalField& wave : totalFields_) wave.advanceE();
  }

  /// Turns a curl into a step's change in vacuum, c0 dt curl.
  void scaleCurl(int firstComponent) {
    const double scale = core::kSpeedOfLight * grid_.dt;
    for (int component = firstComponent; component < firstComponent + 3; ++component)
      for (double& value : curl_[component].values()) value *= scale;
  }

  static void checkBox(const Field& field, const IndexBox& box, std::size_t size) {
    for (int axis = 0; axis < 3; ++axis)
      AULA_ASSERT(box.lower[axis] >= 0 && box.lower[axis] <= box.upper[axis] &&
                  box.upper[axis] <= field.count(axis));
    AULA_ASSERT(box.size() == size);
  }

  template <class T>
  void copyOut(int component, const IndexBox& box, std::span<T> out) const {
    const Field& field = fields_[component];
    checkBox(field, box, out.size());
    T* to = out.data();
    forEach(box, [&](int i, int j, int k) { *to++ = T(field(i, j, k)); });
  }

  Grid grid_;
  Differences differences_;
  Cpml cpml_;
  Currents currents_;
  Dispersion dispersion_;
  Materials materials_;
  FieldSet fields_, curl_;
  std::vector<TotalField> totalFields_;
  std::size_t currentCount_ = 0;                       ///< Dipoles and sheets.
  std::vector<std::pair<bool, std::size_t>> sources_;  ///< Of each: a plane wave? and its number.
  std::int64_t step_ = 0;
};

}  // namespace

}  // namespace reference

std::unique_ptr<Solver> makeReferenceSolver(const Setup& setup, const Medium& medium) {
  return std::make_unique<reference::ReferenceSolver>(setup, medium);
}

}  // namespace aula::fdtd
