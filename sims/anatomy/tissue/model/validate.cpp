// SPDX-License-Identifier: Apache-2.0
#include "anatomy/tissue/model/validate.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "core/error.h"

namespace aula::anatomy::tissue {

namespace {

std::string numbered(const char* what, std::size_t index) {
  return std::string("soft tissue: ") + what + " " + std::to_string(index);
}
bool isFinite(const Vec3& v) {
  return std::isfinite(v.x) && std::isfinite(v.y) && std::isfinite(v.z);
}

void requireSizes(const Body& body) {
  const auto require = [&](const char* what, std::size_t found, std::size_t expected) {
    if (found != expected)
      throw core::inputError(std::string("soft tissue: ") + std::to_string(found) + " " + what + " for " +
                             std::to_string(expected) + "; there must be one each");
  };
  const std::size_t count = body.tetrahedra.size();
  if (count == 0 || body.positions.empty())
    throw core::inputError("soft tissue: a body needs tetrahedra, and found are " + std::to_string(count) +
                           " on " + std::to_string(body.positions.size()) + " points");
  require("entries of matters", body.matters.size(), count);
  require("fibres", body.fibres.size(), count);
  require("groups", body.groups.size(), count);
  require("stiffnesses of guided points", body.guideStiffness.size(), body.guided.size());
}

void requireMatter(const std::vector<Matter>& all) {
  for (std::size_t n = 0; n < all.size(); ++n) {
    const Matter& m = all[n];
    const auto require = [&](bool isGood, const char* name, double found, const char* allowed) {
      if (!isGood)
        throw core::inputError(numbered("matter", n) + ": its " + name + " is " + std::to_string(found) +
                               "; allowed is " + allowed);
    };
    require(m.shear > 0 && std::isfinite(m.shear), "shear", m.shear, "more than 0 Pa");
    require(m.bulk >= 0 && m.bulk <= 1e5 * m.shear, "bulk", m.bulk, "0 to 100000 times its shear");
    require(m.density > 0 && std::isfinite(m.density), "density", m.density, "more than 0 kg/m^3");
    require(m.damping >= 0 && std::isfinite(m.damping), "damping", m.damping, "0 s or more");
    require(m.fibreStress >= 0 && std::isfinite(m.fibreStress), "fibreStress", m.fibreStress, "0 Pa or more");
    require(m.fibreStiffness >= 0 && std::isfinite(m.fibreStiffness), "fibreStiffness", m.fibreStiffness,
            "0 Pa or more");
  }
}

void requireTetrahedra(const Body& body) {
  for (std::size_t t = 0; t < body.tetrahedra.size(); ++t) {
    const auto& corners = body.tetrahedra[t];
    for (const std::uint32_t corner : corners)
      if (corner >= body.positions.size())
        throw core::inputError(numbered("tetrahedron", t) + " has the corner " + std::to_string(corner) +
                               " of " + std::to_string(body.positions.size()) + " points");
    const Vec3 a = body.positions[corners[0]];
    const Vec3 b = body.positions[corners[1]] - a, c = body.positions[corners[2]] - a,
               d = body.positions[corners[3]] - a;
    const double volume = dot(cross(b, c), d) / 6;
    // Single precision must still see its height: a thousandth of its longest edge.
    const double edge = std::sqrt(std::max({dot(b, b), dot(c, c), dot(d, d)}));
    if (!(volume > 1e-6 * edge * edge * edge))
      throw core::inputError(numbered("tetrahedron", t) + " has a volume of " + std::to_string(volume * 1e9) +
                             " mm^3 with edges of " + std::to_string(edge * 1e3) +
                             " mm; it must be positive: (b-a) x (c-a) . (d-a) > 0, and no sliver");
    if (body.matters[t] >= body.matter.size())
      throw core::inputError(numbered("tetrahedron", t) + " is of matter " + std::to_string(body.matters[t]) +
                             " of " + std::to_string(body.matter.size()));
    const double along = length(body.fibres[t]);
    if (along != 0 && !(std::abs(along - 1) < 1e-3))
      throw core::inputError(numbered("fibre", t) + " has the length " + std::to_string(along) +
                             "; allowed is 1, or 0 for none");
    if (body.groupCount > 0 && body.groups[t] >= body.groupCount)
      throw core::inputError(numbered("tetrahedron", t) + " is of group " + std::to_string(body.groups[t]) +
                             " of " + std::to_string(body.groupCount));
  }
}

void requirePoints(const Body& body) {
  std::vector<char> isUsed(body.positions.size(), 0), isHeld(body.positions.size(), 0);
  for (const auto& corners : body.tetrahedra)
    for (const std::uint32_t corner : corners) isUsed[corner] = 1;
  for (std::size_t n = 0; n < body.positions.size(); ++n) {
    if (!isFinite(body.positions[n]))
      throw core::inputError(numbered("point", n) + " is not at a finite place");
    if (!isUsed[n]) throw core::inputError(numbered("point", n) + " belongs to no tetrahedron");
  }
  for (std::size_t n = 0; n < body.held.size(); ++n) {
    if (body.held[n] >= body.positions.size() || (n > 0 && body.held[n] <= body.held[n - 1]))
      throw core::inputError(numbered("held entry", n) + " is point " + std::to_string(body.held[n]) +
                             " of " + std::to_string(body.positions.size()) + "; they must rise");
    isHeld[body.held[n]] = 1;
  }
  for (std::size_t n = 0; n < body.guided.size(); ++n) {
    if (body.guided[n] >= body.positions.size())
      throw core::inputError(numbered("guided entry", n) + " is point " + std::to_string(body.guided[n]) +
                             " of " + std::to_string(body.positions.size()));
    if (isHeld[body.guided[n]])
      throw core::inputError(numbered("guided entry", n) + " is point " + std::to_string(body.guided[n]) +
                             ", which is held or guided already");
    isHeld[body.guided[n]] = 1;
    if (!(body.guideStiffness[n] >= 0) || !std::isfinite(body.guideStiffness[n]))
      throw core::inputError(numbered("guided entry", n) + " has a stiffness of " +
                             std::to_string(body.guideStiffness[n]) + "; allowed is 0 N/m or more");
  }
}

}  // namespace

void validate(const Body& body, const Settings& settings) {
  requireSizes(body);
  requireMatter(body.matter);
  requireTetrahedra(body);
  requirePoints(body);
  if (!(settings.timeStep > 0) || !std::isfinite(settings.timeStep))
    throw core::inputError("soft tissue: the time step is " + std::to_string(settings.timeStep) +
                           " s; allowed is more than 0");
  if (settings.iterations < 1)
    throw core::inputError("soft tissue: " + std::to_string(settings.iterations) +
                           " iterations a step; allowed is 1 or more");
  if (!(settings.tolerance >= 0) || !isFinite(settings.gravity))
    throw core::inputError("soft tissue: the tolerance must be 0 or more and gravity finite");
}

void requirePlaces(const char* what, std::size_t found, std::size_t expected) {
  if (found != expected)
    throw core::inputError("soft tissue: " + std::to_string(found) + " places for " +
                           std::to_string(expected) + " " + what + " points");
}

void requireActivations(std::span<const double> activations, int groups) {
  if (activations.size() != static_cast<std::size_t>(groups))
    throw core::inputError("soft tissue: " + std::to_string(activations.size()) + " activations for " +
                           std::to_string(groups) + " groups");
  for (std::size_t n = 0; n < activations.size(); ++n)
    if (!(activations[n] >= 0 && activations[n] <= 1))
      throw core::inputError(numbered("activation", n) + " is " + std::to_string(activations[n]) +
                             "; allowed is 0 to 1");
}

void reportNotFinite(std::int64_t step, std::size_t point, const Vec3& rest) {
  throw core::Error(
      "soft tissue: point " + std::to_string(point) + " (at rest at " + std::to_string(rest.x) + ", " +
      std::to_string(rest.y) + ", " + std::to_string(rest.z) + " m) has no finite place after step " +
      std::to_string(step) +
      "; a held point that jumped, or a stiffness beyond single precision, is the likely cause");
}

}  // namespace aula::anatomy::tissue
