// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/limb/painter.h"

#include <algorithm>
#include <cmath>

#include "anatomy/kind/limb/outlook.h"
#include "anatomy/kind/limb/shapes.h"
#include "anatomy/model/atlas.h"
#include "anatomy/upper_limb/bones.h"

namespace aula::anatomy::limb {

namespace {

const char* const kSkin = "skin_upper_limb";
/// Arrows: 10 cm for 250 N, no longer than 16 cm, beside the tendons rather than in them, m.
constexpr double kMetresPerNewton = 0.1 / 250, kLongestArrow = 0.16, kArrowAside = 0.026;
/// Weaker forces get no arrow, N.
constexpr double kLeastForce = 5;
/// Colours of an active muscle, of force, linear light.
constexpr scene::Colour kActive{0.95F, 0.16F, 0.03F}, kPassive{0.16F, 0.20F, 0.34F};

scene::Colour mixed(scene::Colour a, scene::Colour b, double share) {
  const auto w = float(std::clamp(share, 0.0, 1.0));
  return {a.red + w * (b.red - a.red), a.green + w * (b.green - a.green), a.blue + w * (b.blue - a.blue)};
}

/// How much of a structure is seen: layers are peeled off from outside, the present one fading.
double visibility(const SceneSpec& scene, const std::string& id) {
  if (scene.hidden.contains(id)) return 0;
  const Term* term = Atlas::region("upper_limb")->find(id);
  const double layer = term == nullptr ? 3 : term->structure.layer;
  return std::clamp(layer + 1 - scene.peel, 0.0, 1.0);
}

/// From here on muscles no longer hide the bones.
constexpr double kFlayed = 2.5;

/// Too many for a picture of an arm at work.
bool isOfFinger(const std::string& id) {
  return id.find("phalanx") != std::string::npos || id.find("metacarpal") != std::string::npos;
}

class Canvas {
 public:
  Canvas(scene::Frame& frame, const SceneSpec& scene) : frame_(frame), scene_(scene) {}

  /// False: it is not seen.
  bool add(const std::string& id, std::shared_ptr<const scene::TriangleMesh> mesh, scene::Material material,
           std::vector<scene::Transform> instances, double opacity = 1) {
    opacity *= visibility(scene_, id);
    if (opacity < 0.02) return false;
    material.opacity *= float(opacity);
    frame_.views.push_back(
        scene::MeshView{id, std::move(mesh), std::move(material), std::move(instances), {}});
    return opacity > 0.5;
  }
  void label(const std::string& id, Vec3 place, int priority) {
    if (!scene_.hasLabels) return;
    scene::LabelView label;
    label.text = id;
    label.position = place;
    label.hasLeader = true;
    label.priority = priority;
    label.structure = id;
    frame_.views.emplace_back(std::move(label));
  }

 private:
  scene::Frame& frame_;
  const SceneSpec& scene_;
};

/// Flesh as it is, or told apart by activation or by force over the strongest one.
scene::Colour fleshOf(const SceneSpec& scene, const MuscleSpec& muscle, const MuscleReading* reading) {
  const scene::Colour flesh = anatomy::muscleMaterial().baseColour;
  if (scene.colouring == SceneSpec::Colouring::tissue) return flesh;
  if (reading == nullptr) return kPassive;
  const double share = scene.colouring == SceneSpec::Colouring::activation
                           ? reading->activation
                           : reading->moment.tension / muscle.maximumForce;
  return mixed(kPassive, kActive, share);
}

}  // namespace

Painter::Painter() = default;
Painter::~Painter() = default;

void Painter::publish(scene::Frame& frame, const LimbDynamics& dynamics, const SceneSpec& scene) {
  if (!shapes_) shapes_ = Shapes::get();
  const LimbModel& limb = dynamics.limb();
  const Pose pose = dynamics.pose();
  const std::array<scene::Transform, kBodies> places = placesOf(limb, pose);
  Canvas canvas(frame, scene);

  std::vector<MuscleReading> readings;
  std::vector<const MuscleReading*> ofMuscle(limb.muscles.size(), nullptr);
  std::vector<double> stretches(limb.muscles.size(), 0.0);
  for (std::size_t i = 0; i < dynamics.muscles().size(); ++i) readings.push_back(dynamics.muscle(i));
  for (std::size_t i = 0; i < limb.muscles.size(); ++i)
    for (std::size_t m = 0; m < readings.size(); ++m)
      if (dynamics.muscles()[m] == limb.muscles[i].id) {
        ofMuscle[i] = &readings[m];
        stretches[i] = std::max(0.0, readings[m].moment.tendonLength - limb.muscles[i].slackLength);
      }
  const UpperLimbMuscles& muscles = *shapes_->muscles;
  const std::vector<MuscleSurface> surfaces = muscles.at(pose, stretches);
  std::vector<std::uint8_t> isSeen;
  for (const MuscleSurface& surface : surfaces) isSeen.push_back(visibility(scene, surface.id) > 0.5 ? 1 : 0);
  Outlook outlook(scene.viewer, surfaces, isSeen);
  const Vec3 hand = places[std::size_t(Body::forearm)].point(limb.handCentre);
  if (dynamics.loaded() > 0) outlook.addBall(hand, 0.08);

  const bool isFlayed = scene.peel >= kFlayed;
  for (std::size_t b = 0; b < shapes_->bones.size(); ++b) {
    const Part& bone = shapes_->bones[b];
    std::size_t body = 0;
    while (body + 1 < std::size_t(kBodies) && bone.body != nameOf(static_cast<Body>(body))) ++body;
    if (!canvas.add(bone.id, bone.mesh, bone.material, {places[body]})) continue;
    if (!isFlayed && isOfFinger(bone.id)) continue;
    const Vec3 anchor = places[body].point(isFlayed ? bone.anchor : shapes_->bareBones[b]);
    if (!outlook.hides(anchor)) canvas.label(bone.id, anchor, bone.labelPriority);
  }

  scene::GlyphsView arrows;
  auto arrowPlaces = std::make_shared<std::vector<scene::Float3>>();
  auto arrowForces = std::make_shared<std::vector<scene::Float3>>();
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    const MuscleLayout& layout = muscles.layout(i);
    auto mesh = std::make_shared<scene::TriangleMesh>();
    mesh->positions = surfaces[i].positions;
    mesh->normals = surfaces[i].normals;
    mesh->textureCoordinates = layout.textureCoordinates;
    mesh->triangles = layout.triangles;
    mesh->colours = muscleColours(layout, fleshOf(scene, limb.muscles[i], ofMuscle[i]));
    if (!canvas.add(surfaces[i].id, mesh, shapes_->muscleMaterial, {})) continue;
    const int point = outlook.seenPoint(surfaces[i], layout, shapes_->bareMuscles[i]);
    if (point >= 0)
      canvas.label(surfaces[i].id, scene::toVec3(surfaces[i].positions[std::size_t(point)]), 60);
    if (ofMuscle[i] == nullptr || ofMuscle[i]->moment.tension < kLeastForce) continue;
    // At the insertion, along the tendon.
    const MusclePath path = pathOf(limb, limb.muscles[i], pose);
    const Vec3 end = path.points.back();
    std::size_t from = path.points.size() - 2;
    while (from > 0 && core::length(path.points[from] - end) < 0.02) --from;
    const Vec3 pull = core::normalised(path.points[from] - end);
    const double force = ofMuscle[i]->moment.tension;
    const double size = std::min(kLongestArrow, force * kMetresPerNewton);
    // Beside the tendon, on the side of it that is away from the joint.
    const Vec3 away =
        path.points[path.points.size() / 2] - places[std::size_t(Body::humerus)].point(limb.elbowCentre);
    const Vec3 across = away - dot(away, pull) * pull;
    const Vec3 aside = core::length(across) > 1e-4 ? kArrowAside * core::normalised(across) : Vec3{};
    arrowPlaces->push_back(scene::toFloat3(end + aside + 0.5 * size * pull));
    arrowForces->push_back(scene::toFloat3(force * pull));
  }

  if (scene.skinOpacity > 0.02) {
    const UpperLimbSkin& skin = shapes_->skin();
    UpperLimbSkin::Surface surface = skin.at(pose, surfaces);
    auto mesh = std::make_shared<scene::TriangleMesh>();
    mesh->positions = std::move(surface.positions);
    mesh->normals = std::move(surface.normals);
    mesh->triangles = skin.triangles();
    canvas.add(kSkin, mesh, skinMaterial(), {}, scene.skinOpacity);
  }

  if (dynamics.loaded() > 0) {
    const scene::Transform& forearm = places[std::size_t(Body::forearm)];
    double radius = 0;
    const auto mesh = std::make_shared<const scene::TriangleMesh>(dumbBell(dynamics.loaded(), radius));
    scene::Material iron;
    iron.baseColour = {0.10F, 0.11F, 0.12F};
    iron.metallic = 0.6F;
    iron.roughness = 0.45F;
    frame.views.push_back(
        scene::MeshView{"weight", mesh, iron, {{forearm.x, forearm.y, forearm.z, hand}}, {}});
    const double force = dynamics.loaded() * core::length(dynamics.settings().gravity);
    const Vec3 down = core::normalised(dynamics.settings().gravity);
    const double length = std::min(kLongestArrow, force * kMetresPerNewton);
    // Below its heads.
    arrowPlaces->push_back(scene::toFloat3(hand + (radius + 0.5 * length) * down));
    arrowForces->push_back(scene::toFloat3(force * down));
  }
  if (scene.hasArrows && !arrowPlaces->empty()) {
    arrows.name = "forces";
    arrows.quantity = {"Force", "N"};
    arrows.positions = arrowPlaces;
    arrows.vectors = arrowForces;
    arrows.metresPerUnit = kMetresPerNewton;
    arrows.longest = kLongestArrow;
    arrows.lower = 0;
    arrows.upper = 1000;
    frame.views.emplace_back(std::move(arrows));
  }
}

std::vector<std::string> drawnStructures() {
  std::vector<std::string> ids;
  for (const BoneSolid& bone : upperLimbBoneSolids()) ids.push_back(bone.id);
  for (const MuscleSpec& muscle : upperLimb().muscles) ids.push_back(muscle.id);
  ids.emplace_back(kSkin);
  return ids;
}

}  // namespace aula::anatomy::limb
