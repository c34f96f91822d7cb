// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "fdtd/reference/curl.h"

namespace aula::core {
class CheckpointReader;
class CheckpointWriter;
}  // namespace aula::core

namespace aula::fdtd::reference {

/// A plane wave on a one-dimensional Yee grid laid along its direction (Taflove and Hagness 2005,
/// section 5.6), cells chosen so that its numerical wavelength at the carrier is that of the
/// three-dimensional grid in this direction. For a wave along an axis both grids then have the same cell and
/// obey the same difference equations: what the line says is exactly what the volume would have computed.
class IncidentLine {
 public:
  IncidentLine(const Setup& setup, const PlaneWave& wave, const core::Vec3& lower, const core::Vec3& upper);

  void advanceH();
  void advanceE();
  /// E and eta0 H of the wave, one Cartesian component at a point; cubic interpolation along the line.
  [[nodiscard]] double electric(int axis, const core::Vec3& x) const;
  [[nodiscard]] double magnetic(int axis, const core::Vec3& x) const;

  /// Changes the waveform from the line's present step on.
  void drive(const Drive& drive);

  void save(core::CheckpointWriter& writer, int number) const;
  void load(core::CheckpointReader& reader, int number);

 private:
  [[nodiscard]] double interpolate(const std::vector<double>& line, double position) const;

  core::Vec3 direction_, electricUnit_, magneticUnit_;
  core::Vec3 start_;  ///< The corner of the box that the wave meets first, at node corner_ of the line.
  int corner_ = 0;
  double cell_ = 0;     ///< m
  double courant_ = 0;  ///< c0 dt / cell
  double dt_ = 0;
  std::int64_t stepCount_ = 0;
  Waveform waveform_;
  std::vector<double> e_, h_;              ///< e_[m] at node m, h_[m] at m + 1/2.
  std::vector<double> lossOfE_, lossOfH_;  ///< sigma dt / (2 eps0) of the absorbing end.
};

/// Total-field/scattered-field box (Taflove and Hagness 2005, sections 5.6 to 5.9). Inside the box the grid
/// holds the total field, outside only the scattered one. A difference across the surface takes one of each;
/// the incident field makes up for it. E in the surface counts as total, so the H points concerned lie half a
/// cell outside.
class TotalField {
 public:
  TotalField(const Setup& setup, const PlaneWave& wave);

  void correctCurlOfE(FieldSet& curl) const;
  void correctCurlOfH(FieldSet& curl) const;
  void advanceH() { line_.advanceH(); }
  void advanceE() { line_.advanceE(); }
  void drive(const Drive& drive) { line_.drive(drive); }
  void save(core::CheckpointWriter& writer, int number) const { line_.save(writer, number); }
  void load(core::CheckpointReader& reader, int number) { line_.load(reader, number); }

 private:
  /// One component's points on one side of one face.
  struct Patch {
    CurlTerm term;  ///< The difference that crosses the surface.
    IndexBox box;   ///< Points of term.target.
    double shift;   ///< From the target to the source across the surface along the axis, m.
    double sign;    ///< Of the incident field's contribution to the difference, times 1/spacing.
  };
  static std::vector<Patch> makePatches(const Setup& setup, const std::array<int, 3>& lower,
                                        const std::array<int, 3>& upper, const std::vector<CurlTerm>& terms);
  void correct(const std::vector<Patch>& patches, FieldSet& curl) const;

  Grid grid_;
  IncidentLine line_;
  std::vector<Patch> ofE_, ofH_;
};

}  // namespace aula::fdtd::reference
