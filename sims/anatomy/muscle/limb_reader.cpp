// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <map>
#include <nlohmann/json.hpp>
#include <numbers>
#include <set>

#include "anatomy/muscle/limb.h"
#include "anatomy/muscle/wrap.h"
#include "core/error.h"

namespace aula::anatomy {
namespace {

using Json = nlohmann::json;

constexpr double kMillimetre = 1e-3, kCubicCentimetre = 1e-6, kDegree = std::numbers::pi / 180;

/// A value of the file and where it stands, for messages.
class Place {
 public:
  Place(const Json& value, std::string file, std::string path)
      : value_(&value), file_(std::move(file)), path_(std::move(path)) {}

  [[noreturn]] void refuse(const std::string& message) const {
    throw core::inputError(file_ + ", " + path_ + ": " + message);
  }
  [[nodiscard]] Place at(const char* key) const {
    if (!value_->is_object()) refuse(std::string("an object is needed, found ") + value_->type_name());
    const auto found = value_->find(key);
    if (found == value_->end()) refuse(std::string("\"") + key + "\" is missing");
    return {*found, file_, path_ + "." + key};
  }
  /// Refuses keys that nobody reads, a mistyped one above all. "comment" may stand anywhere.
  void allowOnly(std::initializer_list<const char*> keys) const {
    for (const auto& [key, value] : members()) {
      if (key == "comment" || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
      std::string all;
      for (const char* known : keys) all += std::string(all.empty() ? "" : ", ") + known;
      refuse("\"" + key + "\" is not known here, allowed are " + all);
    }
  }
  [[nodiscard]] bool has(const char* key) const { return value_->is_object() && value_->contains(key); }
  [[nodiscard]] std::vector<Place> items() const {
    if (!value_->is_array()) refuse(std::string("a list is needed, found ") + value_->type_name());
    std::vector<Place> all;
    for (std::size_t n = 0; n < value_->size(); ++n)
      all.emplace_back((*value_)[n], file_, path_ + "[" + std::to_string(n) + "]");
    return all;
  }
  [[nodiscard]] std::map<std::string, Place> members() const {
    if (!value_->is_object()) refuse(std::string("an object is needed, found ") + value_->type_name());
    std::map<std::string, Place> all;
    for (const auto& [key, value] : value_->items()) all.emplace(key, Place(value, file_, path_ + "." + key));
    return all;
  }
  /// A number within bounds.
  [[nodiscard]] double number(double least, double most) const {
    if (!value_->is_number()) refuse(std::string("a number is needed, found ") + value_->dump());
    const double found = value_->get<double>();
    if (!(found >= least && found <= most))
      refuse("found " + value_->dump() + ", allowed is " + Json(least).dump() + " to " + Json(most).dump());
    return found;
  }
  [[nodiscard]] std::string text() const {
    if (!value_->is_string()) refuse(std::string("a text is needed, found ") + value_->dump());
    return value_->get<std::string>();
  }
  [[nodiscard]] bool yes() const {
    if (!value_->is_boolean()) refuse(std::string("true or false is needed, found ") + value_->dump());
    return value_->get<bool>();
  }
  [[nodiscard]] Vec3 vector(double most) const {
    const std::vector<Place> three = items();
    if (three.size() != 3) refuse("three numbers are needed, found " + std::to_string(three.size()));
    return {three[0].number(-most, most), three[1].number(-most, most), three[2].number(-most, most)};
  }
  /// A place in mm, within a metre.
  [[nodiscard]] Vec3 point() const { return kMillimetre * vector(1000); }
  [[nodiscard]] Vec3 direction() const {
    const Vec3 found = vector(1);
    if (core::length(found) < 0.5)
      refuse("a direction is needed, found a length of " + std::to_string(core::length(found)));
    return core::normalised(found);
  }
  [[nodiscard]] Body body() const {
    const std::string found = text();
    for (const Body body : {Body::trunk, Body::humerus, Body::forearm})
      if (found == nameOf(body)) return body;
    refuse("found \"" + found + "\", allowed are \"trunk\", \"humerus\", \"forearm\"");
  }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  const Json* value_;
  std::string file_, path_;
};

/// Every entry says where its numbers come from.
void needSource(const Place& place) {
  if (place.at("source").text().empty())
    place.at("source").refuse("a source is needed, or \"chosen: \" and why");
}

RigidBody readBody(const Place& place) {
  place.allowOnly({"mass_kg", "centre_mm", "inertia_kg_m2", "source"});
  needSource(place);
  RigidBody body;
  body.mass = place.at("mass_kg").number(0, 50);
  body.centre = place.at("centre_mm").point();
  const Vec3 diagonal = place.at("inertia_kg_m2").vector(10);
  body.inertia = {diagonal.x, 0, 0, 0, diagonal.y, 0, 0, 0, diagonal.z};
  return body;
}

WrapSurface readSurface(const Place& place) {
  place.allowOnly({"kind", "on", "centre_mm", "axis", "radius_mm", "length_mm", "side", "source"});
  needSource(place);
  WrapSurface surface;
  const std::string kind = place.at("kind").text();
  if (kind != "cylinder" && kind != "ellipsoid")
    place.at("kind").refuse("found \"" + kind + R"(", allowed are "cylinder", "ellipsoid")");
  surface.kind = kind == "cylinder" ? WrapSurface::Kind::cylinder : WrapSurface::Kind::ellipsoid;
  surface.body = place.at("on").body();
  surface.centre = place.at("centre_mm").point();
  surface.axis = place.at("axis").direction();
  surface.radius = kMillimetre * place.at("radius_mm").number(0.5, 200);
  surface.length = kMillimetre * place.at("length_mm").number(1, 1000);
  if (place.has("side")) {
    surface.side = place.at("side").direction();
    if (core::length(cross(surface.side, surface.axis)) < 0.1)
      place.at("side").refuse("it points along the axis: no side of the surface");
  }
  return surface;
}

/// A point that is taken at some angles only must lie on the way where it comes and goes, or the muscle's
/// length would jump.
void checkConditions(const LimbModel& limb, const MuscleSpec& muscle, const Place& place) {
  constexpr double kJump = 5e-5;  // m: a thousandth of the shortest tendon
  for (std::size_t n = 0; n < muscle.path.size(); ++n)
    for (const double angle : {muscle.path[n].from, muscle.path[n].to}) {
      if (angle <= limb.flexionLimit[0] || angle >= limb.flexionLimit[1]) continue;
      Pose below, above;
      below.elbowFlexion = angle - 1e-9;
      above.elbowFlexion = angle + 1e-9;
      const double jump = measurePath(limb, muscle, above).length - measurePath(limb, muscle, below).length;
      if (std::abs(jump) > kJump)
        place.refuse("point " + std::to_string(n) + " makes the length jump by " +
                     std::to_string(jump * 1e3) + " mm where it comes or goes, allowed is " +
                     std::to_string(kJump * 1e3));
    }
}

void readPath(MuscleSpec& muscle, const Place& place, const std::map<std::string, std::size_t>& surfaces) {
  bool isOver = false;
  for (const Place& item : place.items()) {
    if (item.has("over")) {
      item.allowOnly({"over"});
      const std::string name = item.at("over").text();
      const auto found = surfaces.find(name);
      if (found == surfaces.end()) item.at("over").refuse("no surface is called \"" + name + "\"");
      if (muscle.path.empty() || isOver) item.refuse("a surface lies between two points, one at most");
      muscle.wraps.push_back(found->second);
      muscle.wrapAfter.push_back(muscle.path.size() - 1);
      isOver = true;
      continue;
    }
    item.allowOnly({"on", "at_mm", "what", "angles_deg"});
    PathPoint point;
    point.body = item.at("on").body();
    point.place = item.at("at_mm").point();
    (void)item.at("what").text();
    if (item.has("angles_deg")) {
      const std::vector<Place> range = item.at("angles_deg").items();
      if (range.size() != 2) item.at("angles_deg").refuse("from and to are needed");
      point.from = kDegree * range[0].number(-360, 360);
      point.to = kDegree * range[1].number(-360, 360);
    }
    muscle.path.push_back(point);
    isOver = false;
  }
  if (muscle.path.size() < 2 || isOver) place.refuse("a path begins and ends with a point");
  for (const PathPoint* end : {&muscle.path.front(), &muscle.path.back()})
    if (end->from > -10 || end->to < 10) place.refuse("origin and insertion hold at every angle");
}

MuscleSpec readMuscle(const Place& place, const std::map<std::string, std::size_t>& surfaces) {
  place.allowOnly({"id", "follows", "maximum_force_N", "optimal_fibre_mm", "tendon_slack_mm", "pennation_deg",
                   "volume_cm3", "crosses_elbow", "source", "path"});
  needSource(place);
  MuscleSpec muscle;
  muscle.id = place.at("id").text();
  muscle.maximumForce = place.at("maximum_force_N").number(1, 1e4);
  muscle.optimalLength = kMillimetre * place.at("optimal_fibre_mm").number(5, 1000);
  muscle.slackLength = kMillimetre * place.at("tendon_slack_mm").number(1, 1000);
  muscle.pennation = kDegree * place.at("pennation_deg").number(0, 45);
  muscle.volume = kCubicCentimetre * place.at("volume_cm3").number(1, 2000);
  muscle.isElbow = place.at("crosses_elbow").yes();
  readPath(muscle, place.at("path"), surfaces);
  return muscle;
}

}  // namespace

LimbModel parseLimb(const std::string& json, const std::string& name) {
  Json file;
  try {
    file = Json::parse(json);
  } catch (const Json::parse_error& error) {
    throw core::inputError(name + ": not JSON: " + error.what());
  }
  const Place root(file, name, "file");
  root.allowOnly(
      {"about", "bodies", "elbow", "passive_elbow", "wrist", "hand", "surfaces", "muscles", "helpers"});
  LimbModel limb;
  for (const Body body : {Body::trunk, Body::humerus, Body::forearm})
    limb.bodies[static_cast<std::size_t>(body)] = readBody(root.at("bodies").at(nameOf(body)));

  const Place elbow = root.at("elbow");
  elbow.allowOnly({"centre_mm", "axis", "least_deg", "most_deg", "source"});
  needSource(elbow);
  limb.elbowCentre = elbow.at("centre_mm").point();
  limb.elbowAxis = elbow.at("axis").direction();
  limb.flexionLimit[0] = kDegree * elbow.at("least_deg").number(-20, 60);
  limb.flexionLimit[1] = kDegree * elbow.at("most_deg").number(61, 170);
  const Place passive = root.at("passive_elbow");
  passive.allowOnly({"scale_N_m", "range_deg", "damping_N_m_s", "stop_damping_s", "source"});
  needSource(passive);
  limb.passive.scale = passive.at("scale_N_m").number(0, 100);
  limb.passive.range = kDegree * passive.at("range_deg").number(0.1, 90);
  limb.passive.damping = passive.at("damping_N_m_s").number(0, 100);
  limb.passive.stopDamping = passive.at("stop_damping_s").number(0, 10);
  needSource(root.at("wrist"));
  limb.wristCentre = root.at("wrist").at("centre_mm").point();
  needSource(root.at("hand"));
  limb.handCentre = root.at("hand").at("centre_mm").point();

  std::map<std::string, std::size_t> surfaces;
  for (const auto& [key, place] : root.at("surfaces").members()) {
    surfaces.emplace(key, limb.surfaces.size());
    limb.surfaces.push_back(readSurface(place));
  }
  std::set<std::string> ids;
  const auto read = [&](const Place& place, std::vector<MuscleSpec>& list) {
    list.push_back(readMuscle(place, surfaces));
    if (!ids.insert(list.back().id).second) place.at("id").refuse("\"" + list.back().id + "\" stands twice");
    checkConditions(limb, list.back(), place);
  };
  for (const Place& place : root.at("muscles").items()) read(place, limb.muscles);
  for (const Place& place : root.at("helpers").items()) {
    read(place, limb.helpers);
    limb.helpers.back().follows = place.at("follows").text();
    if (limb.find(limb.helpers.back().follows) == nullptr)
      place.at("follows").refuse("no muscle is called \"" + limb.helpers.back().follows + "\"");
  }
  return limb;
}

}  // namespace aula::anatomy
