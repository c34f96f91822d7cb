// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>

#include "molecular/units.h"
#include "molecular/view/painter.h"
#include "molecular/view/palette.h"

namespace aula::molecular {

namespace {

constexpr int kSteps = 8;  ///< Points of the band a residue.
// nm: widths of the bands, of a strand's arrow head at its base, of the cord between, and the bands'
// thickness.
constexpr double kHelix = 0.24, kStrand = 0.22, kHead = 0.36, kCord = 0.06, kThickness = 0.05;

struct Place {
  Vec3 point, across;
  char letter = ' ';
  scene::Colour colour;
};

bool isHelix(char letter) {
  return letter == 'H' || letter == 'G' || letter == 'I';
}

/// A uniform cubic B-spline: smooth, near its points and never beyond them (de Boor 1978).
Vec3 spline(Vec3 a, Vec3 b, Vec3 c, Vec3 d, double t) {
  const double s = 1 - t;
  return (s * s * s * a + (3 * t * t * t - 6 * t * t + 4) * b + (3 * s * s * s - 6 * s * s + 4) * c +
          t * t * t * d) /
         6;
}

double widthAt(const std::vector<Place>& run, double at) {
  const auto i = std::min(static_cast<std::size_t>(at), run.size() - 1);
  const double t = at - double(i);
  const auto widthOf = [&](std::size_t n) {
    const char letter = run[std::min(n, run.size() - 1)].letter;
    return isHelix(letter) ? kHelix : letter == 'E' ? kStrand : kCord;
  };
  // The last residue of a strand is the arrow's head.
  const bool isStrand = run[i].letter == 'E';
  const bool isLast = isStrand && (i + 1 >= run.size() || run[i + 1].letter != 'E');
  if (isLast) return kHead + (kCord - kHead) * t;
  if (isStrand) return kStrand;
  const double ease = t * t * (3 - 2 * t);
  return widthOf(i) +
         (run[std::min(i + 1, run.size() - 1)].letter == 'E' ? 0 : (widthOf(i + 1) - widthOf(i)) * ease);
}

scene::RibbonView bandOf(const std::vector<Place>& run) {
  scene::RibbonView band;
  const auto at = [&](std::size_t i, int offset) {
    const auto n = std::clamp<std::ptrdiff_t>(static_cast<std::ptrdiff_t>(i) + offset, 0,
                                              static_cast<std::ptrdiff_t>(run.size()) - 1);
    return run[static_cast<std::size_t>(n)];
  };
  for (std::size_t i = 0; i + 1 < run.size(); ++i)
    for (int s = 0; s < kSteps + (i + 2 == run.size() ? 1 : 0); ++s) {
      const double t = double(s) / kSteps;
      band.points.push_back(kNanometre *
                            spline(at(i, -1).point, at(i, 0).point, at(i, 1).point, at(i, 2).point, t));
      const Vec3 across = (1 - t) * at(i, 0).across + t * at(i, 1).across;
      band.across.push_back(core::length(across) > 1e-6 ? core::normalised(across) : at(i, 0).across);
      band.widths.push_back(static_cast<float>(widthAt(run, double(i) + t) * kNanometre));
      band.colours.push_back(t < 0.5 ? at(i, 0).colour : at(i, 1).colour);
    }
  band.thickness = static_cast<float>(kThickness * kNanometre);
  return band;
}

}  // namespace

/// Carson's ribbon (J. Mol. Graphics 5, 103, 1987): a spline through the alpha carbons, its width along the
/// peptides' C=O, turned so that it never flips by more than a right angle.
void Painter::cartoon(scene::Frame& frame, Moment& moment, const Representation& one,
                      const std::vector<int>& atoms) const {
  const std::vector<Vec3>& whole = moment.wholePositions();
  const std::string& letters = structure(moment);
  std::vector<char> isIn(topology_.residues.size(), 0);
  for (const int atom : atoms)
    isIn[static_cast<std::size_t>(topology_.residueOf[static_cast<std::size_t>(atom)])] = 1;
  std::vector<int> alphas;
  for (const BackboneResidue& residue : backbone_) alphas.push_back(std::max(0, residue.ca));
  Representation colouring = one;
  const std::vector<scene::Colour> colours = coloursOf(moment, colouring, alphas);

  std::vector<Place> run;
  int count = 0;
  const auto finish = [&] {
    if (run.size() >= 2) {
      scene::RibbonView band = bandOf(run);
      band.name = one.name + (count > 0 ? " " + std::to_string(count + 1) : std::string());
      band.material.roughness = 0.5F;
      band.material.opacity = one.opacity;
      band.material.isTwoSided = true;
      frame.views.emplace_back(std::move(band));
      ++count;
    }
    run.clear();
  };
  for (std::size_t i = 0; i < backbone_.size(); ++i) {
    const BackboneResidue& residue = backbone_[i];
    const bool isShown = residue.ca >= 0 && residue.c >= 0 && residue.o >= 0 &&
                         isIn[static_cast<std::size_t>(residue.residue)] != 0;
    if (!isShown || !residue.isJoined) finish();
    if (!isShown) continue;
    Place place;
    place.point = whole[static_cast<std::size_t>(residue.ca)];
    place.letter = letters[i] == 'B' ? ' ' : letters[i];
    place.colour = colours[i];
    const Vec3 along = i + 1 < backbone_.size() && backbone_[i + 1].isJoined && backbone_[i + 1].ca >= 0
                           ? whole[static_cast<std::size_t>(backbone_[i + 1].ca)] - place.point
                           : whole[static_cast<std::size_t>(residue.c)] - place.point;
    const Vec3 carbonyl =
        whole[static_cast<std::size_t>(residue.o)] - whole[static_cast<std::size_t>(residue.c)];
    const Vec3 normal = core::cross(along, carbonyl);
    // In a helix C=O lies along the axis and so does the band's width; in a strand both lie in the sheet.
    Vec3 across = core::cross(normal, along);
    across = core::length(across) > 1e-9 ? core::normalised(across) : Vec3{0, 0, 1};
    if (!run.empty() && core::dot(across, run.back().across) < 0) across = -across;
    place.across = across;
    run.push_back(place);
  }
  finish();
}

}  // namespace aula::molecular
