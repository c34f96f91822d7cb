// SPDX-License-Identifier: Apache-2.0
#include "osim.h"

#include <algorithm>
#include <cmath>
#include <pugixml.hpp>
#include <sstream>

#include "core/error.h"

namespace aula::test {
namespace {

using anatomy::chained;
using anatomy::turned;

Vec3 vectorOf(const pugi::xml_node& node, const char* key) {
  std::istringstream text(node.child_value(key));
  Vec3 v;
  if (!(text >> v.x >> v.y >> v.z))
    throw core::Error(std::string(node.name()) + ": no three numbers in " + key);
  return v;
}

double numberOf(const pugi::xml_node& node, const char* key) {
  const pugi::xml_node child = node.child(key);
  if (!child) throw core::Error(std::string(node.name()) + ": no " + key);
  return child.text().as_double();
}

/// "/bodyset/base" and "base_offset" alike.
std::string lastOf(const std::string& path) {
  return path.substr(path.find_last_of('/') + 1);
}

/// Turns about the body's own axes x, then y, then z.
scene::Transform eulerPlace(Vec3 angles, Vec3 translation) {
  scene::Transform place = chained(turned({1, 0, 0}, angles.x, {}),
                                   chained(turned({0, 1, 0}, angles.y, {}), turned({0, 0, 1}, angles.z, {})));
  place.translation = translation;
  return place;
}

scene::Transform inverse(const scene::Transform& t) {
  scene::Transform back{{t.x.x, t.y.x, t.z.x}, {t.x.y, t.y.y, t.z.y}, {t.x.z, t.y.z, t.z.z}, {}};
  back.translation = -back.vector(t.translation);
  return back;
}

OsimJoint readJoint(const pugi::xml_node& node) {
  OsimJoint joint;
  for (const pugi::xml_node& frame : node.child("frames").children("PhysicalOffsetFrame")) {
    if (core::length(vectorOf(frame, "orientation")) > 0)
      throw core::Error("a joint's frame is turned: this reader does not know that");
    if (std::string(frame.attribute("name").value()) == node.child_value("socket_parent_frame")) {
      joint.parent = lastOf(frame.child_value("socket_parent"));
      joint.inParent = vectorOf(frame, "translation");
    } else {
      joint.child = lastOf(frame.child_value("socket_parent"));
      if (core::length(vectorOf(frame, "translation")) > 0)
        throw core::Error("a joint stands off its body's origin: this reader does not know that");
    }
  }
  for (const pugi::xml_node& axis : node.child("SpatialTransform").children("TransformAxis")) {
    const std::string coordinate = axis.child_value("coordinates");
    if (coordinate.empty()) continue;
    joint.coordinate = coordinate;
    joint.axis = core::normalised(vectorOf(axis, "axis"));
  }
  return joint;
}

OsimWrap readWrap(const pugi::xml_node& node, const std::string& body) {
  OsimWrap wrap;
  wrap.body = body;
  wrap.place = eulerPlace(vectorOf(node, "xyz_body_rotation"), vectorOf(node, "translation"));
  wrap.isCylinder = std::string(node.name()) == "WrapCylinder";
  if (wrap.isCylinder) {
    const double radius = numberOf(node, "radius");
    wrap.half = {radius, radius, numberOf(node, "length") / 2};
  } else {
    wrap.half = vectorOf(node, "dimensions");
  }
  const std::string quadrant = node.child_value("quadrant");
  const double sign = quadrant.front() == '-' ? -1 : 1;
  switch (quadrant.back()) {
    case 'x':
      wrap.quadrant.x = sign;
      break;
    case 'y':
      wrap.quadrant.y = sign;
      break;
    case 'z':
      wrap.quadrant.z = sign;
      break;
    default:
      break;  // "all"
  }
  return wrap;
}

/// Below 1 inside, in the wrap's frame.
double level(const OsimWrap& wrap, Vec3 p) {
  if (wrap.isCylinder) return std::abs(p.z) > wrap.half.z ? 2 : std::hypot(p.x, p.y) / wrap.half.x;
  return core::length({p.x / wrap.half.x, p.y / wrap.half.y, p.z / wrap.half.z});
}

/// The nearest point of the surface, to first order, for a point inside.
Vec3 pressedOut(const OsimWrap& wrap, Vec3 p) {
  for (int round = 0; round < 4 && level(wrap, p) < 1; ++round) {
    const Vec3 h = wrap.half;
    Vec3 g{p.x / (h.x * h.x), p.y / (h.y * h.y), wrap.isCylinder ? 0 : p.z / (h.z * h.z)};
    const double square = dot(g, p);
    // Along the gradient, to where the form is 1.
    const Vec3 gg{g.x / (h.x * h.x), g.y / (h.y * h.y), wrap.isCylinder ? 0 : g.z / (h.z * h.z)};
    const double a = dot(gg, g), b = 2 * dot(gg, p), c = square - 1;
    p = p + (-b + std::sqrt(b * b - 4 * a * c)) / (2 * a) * g;
  }
  return p;
}

struct Obstacle {
  const OsimWrap* wrap;
  scene::Transform place, back;  // of the wrap's frame in the world, and the other way
};

/// A band of beads from a to b, each drawn to the middle of its neighbours and pressed out of the obstacles,
/// with twice as many beads each round until the length stands still.
double bandLength(Vec3 a, Vec3 b, const std::vector<Obstacle>& obstacles) {
  // Only what the straight way goes through takes part, and pushes the band to its side first.
  std::vector<const Obstacle*> hit;
  Vec3 push;
  for (const Obstacle& o : obstacles) {
    bool inside = false;
    for (int n = 1; n < 200 && !inside; ++n)
      inside = level(*o.wrap, o.back.point(a + n / 200.0 * (b - a))) < 1;
    if (!inside) continue;
    hit.push_back(&o);
    push = push + 3 * o.wrap->half.x * o.place.vector(o.wrap->quadrant);
  }
  if (hit.empty()) return core::length(b - a);
  std::vector<Vec3> band{a};
  for (int n = 1; n < 8; ++n) band.push_back(a + n / 8.0 * (b - a) + std::sin(n * 3.14159 / 8) * push);
  band.push_back(b);
  const auto total = [&] {
    double sum = 0;
    for (std::size_t n = 1; n < band.size(); ++n) sum += core::length(band[n] - band[n - 1]);
    return sum;
  };
  double length = 0;
  while (band.size() <= 257) {
    for (int round = 0; round < 4000; ++round) {
      double moved = 0;
      for (std::size_t n = 1; n + 1 < band.size(); ++n) {
        Vec3 next = 0.5 * (band[n - 1] + band[n + 1]);
        for (const Obstacle* o : hit) {
          const Vec3 p = o->back.point(next);
          if (level(*o->wrap, p) < 1) next = o->place.point(pressedOut(*o->wrap, p));
        }
        moved = std::max(moved, core::length(next - band[n]));
        band[n] = next;
      }
      if (moved < 1e-8) break;
    }
    length = total();
    std::vector<Vec3> finer{a};
    for (std::size_t n = 1; n < band.size(); ++n) {
      finer.push_back(0.5 * (band[n - 1] + band[n]));
      finer.push_back(band[n]);
    }
    band = std::move(finer);
  }
  return length;
}

}  // namespace

OsimModel::OsimModel(const std::filesystem::path& file) {
  pugi::xml_document document;
  const pugi::xml_parse_result result = document.load_file(file.c_str());
  if (!result) throw core::Error(file.string() + ": " + result.description());
  const pugi::xml_node model = document.child("OpenSimDocument").child("Model");
  for (const pugi::xml_node& body : model.child("BodySet").child("objects").children("Body"))
    for (const pugi::xml_node& wrap : body.child("WrapObjectSet").child("objects").children())
      wraps_[wrap.attribute("name").value()] = readWrap(wrap, body.attribute("name").value());
  for (const pugi::xml_node& node : model.child("JointSet").child("objects").children()) {
    const OsimJoint joint = readJoint(node);
    joints_[joint.child] = joint;
  }
  for (const pugi::xml_node& node : model.child("ForceSet").child("objects").children("Thelen2003Muscle")) {
    OsimMuscle muscle;
    const pugi::xml_node path = node.child("GeometryPath");
    for (const pugi::xml_node& p : path.child("PathPointSet").child("objects").children("PathPoint"))
      muscle.path.push_back({lastOf(p.child_value("socket_parent_frame")), vectorOf(p, "location")});
    for (const pugi::xml_node& w : path.child("PathWrapSet").child("objects").children("PathWrap")) {
      std::istringstream text(w.child_value("range"));
      int first = -1, last = -1;  // From 1; -1: from the first, to the last.
      text >> first >> last;
      muscle.wraps.push_back({w.child_value("wrap_object"),
                              first < 1 ? 0 : static_cast<std::size_t>(first - 1),
                              last < 1 ? muscle.path.size() - 1 : static_cast<std::size_t>(last - 1)});
    }
    muscle.maximumForce = numberOf(node, "max_isometric_force");
    muscle.optimalLength = numberOf(node, "optimal_fiber_length");
    muscle.slackLength = numberOf(node, "tendon_slack_length");
    muscle.pennation = numberOf(node, "pennation_angle_at_optimal");
    muscles[node.attribute("name").value()] = muscle;
  }
}

scene::Transform OsimModel::worldFrom(const std::string& body,
                                      const std::map<std::string, double>& angles) const {
  const auto found = joints_.find(body);
  if (found == joints_.end()) return {};
  const OsimJoint& joint = found->second;
  scene::Transform place;
  if (const auto angle = angles.find(joint.coordinate); angle != angles.end())
    place = turned(joint.axis, angle->second, {});
  place.translation = joint.inParent;
  return chained(worldFrom(joint.parent, angles), place);
}

double OsimModel::length(const std::string& name, const std::map<std::string, double>& angles) const {
  const OsimMuscle& muscle = muscles.at(name);
  double sum = 0;
  for (std::size_t n = 1; n < muscle.path.size(); ++n) {
    std::vector<Obstacle> obstacles;
    for (const OsimMuscle::Use& use : muscle.wraps) {
      if (use.first > n - 1 || use.last < n) continue;
      const OsimWrap& wrap = wraps_.at(use.wrap);
      const scene::Transform place = chained(worldFrom(wrap.body, angles), wrap.place);
      obstacles.push_back({&wrap, place, inverse(place)});
    }
    const OsimPoint &a = muscle.path[n - 1], &b = muscle.path[n];
    sum += bandLength(worldFrom(a.body, angles).point(a.place), worldFrom(b.body, angles).point(b.place),
                      obstacles);
  }
  return sum;
}

}  // namespace aula::test
