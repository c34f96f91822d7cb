// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/matrix.hpp>

#include "render/layout/picture.h"
#include "render/layout/space_axes.h"

namespace aula::render {
namespace {

/// Outlines before the surfaces they lie on, as a share of the depth range: more than such a surface rises
/// under half the width of a line.
constexpr double kLift = 3e-3;

int nodesAlong(const scene::VolumeView& view, int axis) {
  return axis == 0 ? view.nx : axis == 1 ? view.ny : view.nz;
}

bool isThick(const scene::VolumeView& view) {
  return view.nx > 1 && view.ny > 1 && view.nz > 1;
}

core::Vec3 lastNode(const scene::VolumeView& view) {
  return view.origin + core::Vec3{(view.nx - 1) * view.spacing.x, (view.ny - 1) * view.spacing.y,
                                  (view.nz - 1) * view.spacing.z};
}

/// The volume views to draw: the one asked for, or all that share the first one's quantity and so its colour
/// bar.
std::vector<const scene::VolumeView*> shownViews(const scene::Frame& frame, const scene::VolumeView* only) {
  if (only != nullptr) return {only};
  std::vector<const scene::VolumeView*> views;
  for (const scene::View& any : frame.views) {
    const auto* view = std::get_if<scene::VolumeView>(&any);
    if (view == nullptr) continue;
    if (views.empty() || (view->quantity.name == views[0]->quantity.name &&
                          view->quantity.unit == views[0]->quantity.unit && view->scale == views[0]->scale)) {
      views.push_back(view);
    }
  }
  return views;
}

/// Where a mesh stands; once, as it is, where nothing is said.
std::vector<scene::Transform> placesOf(const scene::MeshView& view) {
  if (!view.mesh) return {};
  return view.instances.empty() ? std::vector<scene::Transform>{scene::Transform{}} : view.instances;
}

/// Round everything that is drawn; the volumes alone where there are any, for they are the domain.
Box boxOf(const scene::Frame& frame, const std::vector<const scene::VolumeView*>& views) {
  Box box = Box::empty();
  for (const scene::VolumeView* view : views) {
    box.add(view->origin);
    box.add(lastNode(*view));
  }
  if (views.empty()) {
    for (const scene::View& any : frame.views) {
      if (const auto* mesh = std::get_if<scene::MeshView>(&any)) {
        for (const scene::Transform& lab : placesOf(*mesh)) {
          for (const scene::Float3& p : mesh->mesh->positions) box.add(lab.point(scene::toVec3(p)));
        }
      }
      if (const auto* lines = std::get_if<scene::LinesView>(&any)) {
        for (const auto& polyline : lines->polylines) {
          for (const core::Vec3& p : polyline) box.add(p);
        }
      }
      if (const auto* label = std::get_if<scene::LabelView>(&any)) box.add(label->position);
    }
  }
  if (box.isEmpty()) box = {{0, 0, 0}, {1, 1, 1}};
  // A flat scene still gets a box one can stand in.
  const double least = box.longestSide() > 0 ? 0.02 * box.longestSide() : 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (box.high[axis] - box.low[axis] < least) {
      const double middle = (box.low[axis] + box.high[axis]) / 2;
      box.low[axis] = middle - least / 2;
      box.high[axis] = middle + least / 2;
    }
  }
  return box;
}

/// A slice's (column, row, 0, 1) into the lab's frame.
SliceItem sliceItem(const scene::VolumeView& view, const SpaceCamera& camera) {
  const int normal = view.nz == 1 ? 2 : view.ny == 1 ? 1 : 0;
  const int across = normal == 0 ? 1 : 0, up = normal == 2 ? 1 : 2;
  glm::dmat4 metresFromNode(0.0);
  metresFromNode[0][across] = view.spacing[across];
  metresFromNode[1][up] = view.spacing[up];
  metresFromNode[2][normal] = 1;
  metresFromNode[3] = glm::dvec4(view.origin.x, view.origin.y, view.origin.z, 1);
  SliceItem item;
  item.values = view.values;
  item.columns = nodesAlong(view, across);
  item.rows = nodesAlong(view, up);
  item.clipFromNode = glm::mat4(camera.clipFromWorld() * camera.worldFromMetres() * metresFromNode);
  item.nodeRange[0] = item.columns > 1 ? 0 : -0.5;
  item.nodeRange[1] = item.rows > 1 ? 0 : -0.5;
  item.nodeRange[2] = item.columns > 1 ? item.columns - 1 : 0.5;
  item.nodeRange[3] = item.rows > 1 ? item.rows - 1 : 0.5;
  return item;
}

FogItem fogItem(const scene::VolumeView& view, const SpaceCamera& camera, const PictureStyle& style) {
  const core::Vec3 size = lastNode(view) - view.origin;
  glm::dmat4 metresFromUnit(1);
  metresFromUnit = glm::translate(metresFromUnit, glm::dvec3(view.origin.x, view.origin.y, view.origin.z));
  metresFromUnit = glm::scale(metresFromUnit, glm::dvec3(size.x, size.y, size.z));
  FogItem item;
  item.view = &view;
  item.unitFromClip =
      glm::mat4(glm::inverse(camera.clipFromWorld() * camera.worldFromMetres() * metresFromUnit));
  const glm::dvec3 towards = camera.towardsViewer(camera.worldFromMetres(view.origin + 0.5 * size));
  for (int axis = 0; axis < 3; ++axis) item.towardsCamera |= towards[axis] > 0 ? 1 << axis : 0;
  item.isCutAway = style.isCutAway;
  item.opacity = style.opacity;
  return item;
}

MeshItem meshItem(const scene::MeshView& view, const scene::Transform& lab, const SpaceCamera& camera) {
  const scene::TriangleMesh& mesh = *view.mesh;
  MeshItem item;
  item.colour[0] = view.material.baseColour.red;
  item.colour[1] = view.material.baseColour.green;
  item.colour[2] = view.material.baseColour.blue;
  item.colour[3] = view.material.opacity;
  const auto add = [&](const core::Vec3& position, const core::Vec3& normal) {
    const glm::dvec3 p = camera.worldFromMetres(position);
    for (const double v : {p.x, p.y, p.z, normal.x, normal.y, normal.z})
      item.vertices.push_back(static_cast<float>(v));
  };
  if (mesh.normals.size() == mesh.positions.size()) {
    for (std::size_t i = 0; i < mesh.positions.size(); ++i) {
      add(lab.point(scene::toVec3(mesh.positions[i])),
          core::normalised(lab.vector(scene::toVec3(mesh.normals[i]))));
    }
    item.indices = mesh.triangles;
    return item;
  }
  // Flat: each triangle has corners of its own.
  for (std::size_t t = 0; t + 2 < mesh.triangles.size(); t += 3) {
    const core::Vec3 a = lab.point(scene::toVec3(mesh.positions[mesh.triangles[t]]));
    const core::Vec3 b = lab.point(scene::toVec3(mesh.positions[mesh.triangles[t + 1]]));
    const core::Vec3 c = lab.point(scene::toVec3(mesh.positions[mesh.triangles[t + 2]]));
    const core::Vec3 normal = core::cross(b - a, c - a);
    const double area = core::length(normal);
    if (area == 0) continue;
    for (const core::Vec3* p : {&a, &b, &c}) {
      item.indices.push_back(static_cast<std::uint32_t>(item.indices.size()));
      add(*p, normal / area);
    }
  }
  return item;
}

/// Objects, opaque before transparent and those from far to near.
void placeMeshes(const scene::Frame& frame, const SpaceCamera& camera, Space& space) {
  std::vector<std::pair<double, MeshItem>> transparent;
  for (const scene::View& any : frame.views) {
    const auto* mesh = std::get_if<scene::MeshView>(&any);
    if (mesh == nullptr || !mesh->mesh || mesh->mesh->positions.empty()) continue;
    for (const scene::Transform& lab : placesOf(*mesh)) {
      MeshItem item = meshItem(*mesh, lab, camera);
      if (mesh->material.opacity >= 1) {
        space.meshes.push_back(std::move(item));
        continue;
      }
      core::Vec3 middle;
      for (const scene::Float3& p : mesh->mesh->positions)
        middle = middle + scene::toVec3(p) / static_cast<double>(mesh->mesh->positions.size());
      const auto projected = camera.project(lab.point(middle));
      transparent.emplace_back(projected ? projected->depth : 0, std::move(item));
    }
  }
  std::stable_sort(transparent.begin(), transparent.end(),
                   [](const auto& a, const auto& b) { return a.first > b.first; });
  for (auto& [depth, item] : transparent) space.meshes.push_back(std::move(item));
}

void placeLinesAndLabels(const PictureRequest& request, const SpaceCamera& camera, Picture& picture) {
  const Theme& theme = request.theme;
  for (const scene::View& any : request.frame.views) {
    if (const auto* lines = std::get_if<scene::LinesView>(&any)) {
      for (const auto& polyline : lines->polylines) {
        std::vector<PixelPoint> points;
        for (const core::Vec3& p : polyline) {
          if (const auto pixel = camera.project(p))
            points.push_back({pixel->x, pixel->y, std::max(0.0, pixel->depth - kLift)});
        }
        picture.space->lines.add(points, theme.outlineWidth, theme.outline,
                                 lines->isDashed ? 4 * theme.outlineWidth : 0);
      }
    }
    if (const auto* label = std::get_if<scene::LabelView>(&any)) {
      const auto at = camera.project(label->position);
      const TextStyle style{theme.labelFont, Weight::bold};
      if (at)
        picture.text.add(label->text, style, at->x, at->y + 0.5 * Typesetter::kCapHeight * style.size,
                         theme.text, Align::middle);
    }
  }
}

}  // namespace

Picture layOutSpace(const PictureRequest& request, const scene::VolumeView* only) {
  const Theme& theme = request.theme;
  const PictureStyle& style = request.style;
  const std::vector<const scene::VolumeView*> views = shownViews(request.frame, only);
  const Box box = boxOf(request.frame, views);
  const bool hasFog = std::any_of(views.begin(), views.end(), [](const auto* v) { return isThick(*v); });
  const ColourMap* map = views.empty() ? nullptr : &mapFor(style, *views[0], hasFog);
  // Views of one quantity share the widest limits.
  Limits limits{0, 1};
  for (std::size_t i = 0; i < views.size(); ++i) {
    const Limits own = request.limits.of(*views[i]);
    limits = i == 0 ? own : Limits{std::min(limits.lower, own.lower), std::max(limits.upper, own.upper)};
  }

  const double top = headingBottom(request);
  Rectangle room{theme.margin, top, request.width - 2 * theme.margin, request.height - theme.margin - top};
  std::optional<ColourBar> bar;
  const double barHeight = std::round(0.62 * room.height),
               barTop = room.top + 0.5 * (room.height - barHeight);
  if (map != nullptr && style.showColourBar) {
    bar = colourBarFor(*views[0], limits, *map);
    room.width -= 1.5 * theme.font + standingBarWidth(request, *bar, barHeight);
  }

  // The numbers around the box take what they take: lay out, measure how far they reach, and once more.
  Rectangle area = room;
  std::optional<SpaceCamera> camera;
  for (int round = 0; round < 3; ++round) {
    camera.emplace(style.camera, box, area, request.width, request.height);
    if (round == 2 || !style.showAxes) break;
    Picture scratch(request.typesetter);
    scratch.space.emplace();
    placeSpaceAxes(request, box, *camera, scratch);
    double left = area.left, right = area.right(), low = area.top, high = area.bottom();
    bool hasText = false;
    for (const TextVertex& v : scratch.text.vertices) {
      left = hasText ? std::min<double>(left, v.x) : v.x;
      right = hasText ? std::max<double>(right, v.x) : v.x;
      low = hasText ? std::min<double>(low, v.y) : v.y;
      high = hasText ? std::max<double>(high, v.y) : v.y;
      hasText = true;
    }
    for (const core::Vec3& corner : box.corners()) {
      if (const auto p = camera->project(corner)) {
        left = std::min(left, p->x);
        right = std::max(right, p->x);
        low = std::min(low, p->y);
        high = std::max(high, p->y);
      }
    }
    // What sticks out on a side is taken off that side, what is spare is given back.
    const double leftBy = room.left - left, rightBy = right - room.right(), topBy = room.top - low,
                 bottomBy = high - room.bottom();
    area = {area.left + leftBy, area.top + topBy, area.width - leftBy - rightBy,
            area.height - topBy - bottomBy};
    area.width = std::max(area.width, 0.3 * room.width);
    area.height = std::max(area.height, 0.3 * room.height);
  }

  Picture picture(request.typesetter);
  Space& space = picture.space.emplace();
  space.clipFromWorld = glm::mat4(camera->clipFromWorld());
  for (int i = 0; i < 3; ++i) space.eye[i] = static_cast<float>(camera->eye()[i]);
  space.eye[3] = camera->isPerspective() ? 1.0F : 0.0F;
  for (const scene::VolumeView* view : views) {
    if (isThick(*view)) {
      FogItem fog = fogItem(*view, *camera, style);
      fog.map = map;
      fog.limits = limits;
      space.fogs.push_back(fog);
    } else {
      SliceItem slice = sliceItem(*view, *camera);
      slice.map = map;
      slice.limits = limits;
      slice.filtering = style.filtering;
      space.slices.push_back(slice);
    }
  }
  placeMeshes(request.frame, *camera, space);
  placeSpaceAxes(request, box, *camera, picture);
  placeLinesAndLabels(request, *camera, picture);
  if (bar) placeStandingBar(request, *bar, room.right() + 1.5 * theme.font, barTop, barHeight, picture);
  placeHeading(request, theme.margin, request.width - theme.margin, 0, picture);
  return picture;
}

}  // namespace aula::render
