// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <glm/geometric.hpp>
#include <glm/gtc/matrix_transform.hpp>
#include <glm/matrix.hpp>

#include "render/layout/picture.h"
#include "render/layout/space_axes.h"
#include "render/layout/space_labels.h"
#include "scene/view/bounds.h"

namespace aula::render {
namespace {

bool isThick(const scene::VolumeView& view) {
  return view.nx > 1 && view.ny > 1 && view.nz > 1;
}

core::Vec3 lastNode(const scene::VolumeView& view) {
  return view.origin + core::Vec3{(view.nx - 1) * view.spacing.x, (view.ny - 1) * view.spacing.y,
                                  (view.nz - 1) * view.spacing.z};
}

/// The volume views to draw: the one asked for, or all that share the quantity of the first thick one (of the
/// first, where all are planes) and so its colour bar.
std::vector<const scene::VolumeView*> shownViews(const scene::Frame& frame, const scene::VolumeView* only) {
  if (only != nullptr) return {only};
  std::vector<const scene::VolumeView*> views;
  for (const scene::View& any : frame.views) {
    const auto* view = std::get_if<scene::VolumeView>(&any);
    if (view == nullptr || !isThick(*view)) continue;
    views.push_back(view);
    break;
  }
  const scene::VolumeView* first = views.empty() ? nullptr : views[0];
  for (const scene::View& any : frame.views) {
    const auto* view = std::get_if<scene::VolumeView>(&any);
    if (view == nullptr || view == first) continue;
    if (views.empty() || (view->quantity.name == views[0]->quantity.name &&
                          view->quantity.unit == views[0]->quantity.unit && view->scale == views[0]->scale)) {
      views.push_back(view);
    }
  }
  return views;
}

/// Round everything that is drawn; the volumes alone where there are any, or the lines named "box", for they
/// are the domain.
scene::Bounds boxOf(const scene::Frame& frame, const std::vector<const scene::VolumeView*>& views) {
  scene::Bounds box;
  for (const scene::VolumeView* view : views) {
    box.add(view->origin);
    box.add(lastNode(*view));
  }
  // A simulation's own box stands still while what is in it comes and goes.
  if (views.empty())
    for (const scene::View& view : frame.views)
      if (std::holds_alternative<scene::LinesView>(view) && scene::nameOf(view) == "box")
        box.add(scene::boundsOf(view));
  if (views.empty() && box.isEmpty()) box = scene::boundsOf(frame);
  if (box.isEmpty()) box = {{0, 0, 0}, {1, 1, 1}};
  // A flat scene still gets a box one can stand in.
  const core::Vec3 size = box.size();
  const double longest = std::max({size.x, size.y, size.z});
  const double least = longest > 0 ? 0.02 * longest : 1;
  for (int axis = 0; axis < 3; ++axis) {
    if (box.upper[axis] - box.lower[axis] < least) {
      const double middle = (box.lower[axis] + box.upper[axis]) / 2;
      box.lower[axis] = middle - least / 2;
      box.upper[axis] = middle + least / 2;
    }
  }
  return box;
}

/// The frame as the scene renderer is to see it: the volumes shown with their common map and limits,
/// everything else that has depth; labels and rulers are drawn over it.
void placeScene(const PictureRequest& request, const std::vector<const scene::VolumeView*>& views,
                const ColourMap* map, const Limits& limits, scene::Frame& scene) {
  for (const scene::VolumeView* view : views) {
    scene::VolumeView shown = *view;
    shown.colourMap = map->name();
    shown.lower = limits.lower;
    shown.upper = limits.upper;
    scene.views.emplace_back(std::move(shown));
  }
  for (const scene::View& any : request.frame.views) {
    if (std::holds_alternative<scene::VolumeView>(any) || std::holds_alternative<scene::LabelView>(any) ||
        std::holds_alternative<scene::RulerView>(any))
      continue;
    scene.views.push_back(any);
    if (auto* lines = std::get_if<scene::LinesView>(&scene.views.back())) {
      if (!(lines->width > 0)) lines->width = lineWidth(request.theme.outlineWidth, request);
      if (!lines->hasColour) lines->colour = linearColour(request.theme.outline);
      lines->hasColour = true;
    }
  }
  scene.clips = request.frame.clips;
  scene.time = request.frame.time;
  scene.step = request.frame.step;
}

}  // namespace

Picture layOutSpace(const PictureRequest& request, const scene::VolumeView* only) {
  const Theme& theme = request.theme;
  const PictureStyle& style = request.style;
  const std::vector<const scene::VolumeView*> views = shownViews(request.frame, only);
  const scene::Bounds box = boxOf(request.frame, views);
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
  Camera stand = style.camera.value_or(Camera{});
  if (!style.camera) {
    stand.azimuth = request.frame.stance.azimuth;
    stand.elevation = request.frame.stance.elevation;
  }
  for (int round = 0; round < 3; ++round) {
    if (style.viewpoint)
      camera.emplace(*style.viewpoint, box, request.width, request.height);
    else
      camera.emplace(stand, box, area, request.width, request.height);
    if (round == 2 || !style.showAxes || style.viewpoint) break;
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
    for (int i = 0; i < 8; ++i) {
      if (const auto p = camera->project(box.corner(i))) {
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
  space.camera = camera->sceneCamera();
  space.style = style.light;
  space.style.background = linearColour(theme.background);
  space.style.backgroundOpacity = 1;
  space.style.volumeDensity *= style.opacity;
  space.style.isCutAway = style.isCutAway;
  space.style.filtering = style.filtering;
  placeScene(request, views, map, limits, space.frame);
  placeSpaceAxes(request, box, *camera, picture);
  placeRulers(request, *camera, picture);
  placeSpaceLabels(request, *camera, room, picture);
  if (bar && style.viewpoint) {
    // From up close the scene reaches below the bar.
    const double left = room.right() + 0.75 * theme.font, right = request.width - 0.25 * theme.margin;
    Rgba ground = theme.background;
    ground.alpha = 215;
    picture.backLines.add(
        {{(left + right) / 2, barTop - theme.font}, {(left + right) / 2, barTop + barHeight + theme.font}},
        right - left, ground);
  }
  if (bar) placeStandingBar(request, *bar, room.right() + 1.5 * theme.font, barTop, barHeight, picture);
  placeHeading(request, theme.margin, request.width - theme.margin, 0, picture);
  return picture;
}

}  // namespace aula::render
