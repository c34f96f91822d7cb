// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/selection.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "render/layout/quantity_text.h"
#include "scene/view/bounds.h"

namespace aula::desktop {
namespace {

/// Of a ray through a volume; and how much it must have taken up for something to have been seen.
constexpr int kRaySteps = 200;
constexpr double kLeastSeen = 0.02;
/// Opacity of a fog over its diagonal at full strength, falling with strength^1.5: the renderer's own
/// (render/volume, transfer_function.h).
constexpr double kAbsorption = 60, kAbsorptionPower = 1.5;
/// The cross at a place, of the scene's diagonal.
constexpr double kCrossShare = 0.02;

bool isThick(const scene::VolumeView& view) {
  return view.nx > 1 && view.ny > 1 && view.nz > 1;
}

/// The values that a view shows, whichever kind it is.
const scene::VolumeView* valuesOf(const scene::View& view) {
  if (const auto* volume = std::get_if<scene::VolumeView>(&view)) return volume;
  if (const auto* slice = std::get_if<scene::SliceView>(&view)) return &slice->volume;
  return nullptr;
}

/// A minus is as long as a plus is wide.
std::string numberText(double value, double largest) {
  if (std::abs(value) < 1e-6 * largest) value = 0;
  char text[40];
  std::snprintf(text, sizeof text, "%.4g", value);
  return text[0] == '-' ? std::string("\u2212") + (text + 1) : std::string(text);
}

double strongestOf(const scene::VolumeView& view) {
  if (view.lower != view.upper) return std::max(std::abs(view.lower), std::abs(view.upper));
  double strongest = 0;
  for (const float v : *view.values)
    if (std::isfinite(v)) strongest = std::max(strongest, double(std::abs(v)));
  return strongest;
}

/// Where along the ray (unit direction) half of what can be seen of the fog has been gathered.
std::optional<double> depthInFog(const scene::VolumeView& view, const scene::Ray& ray, double from) {
  if (!view.values) return std::nullopt;
  const scene::Bounds box = scene::boundsOf(scene::View(view));
  double in = from, out = scene::Bounds::kFar;
  for (int axis = 0; axis < 3; ++axis) {
    const double slope = ray.direction[axis];
    double a = (box.lower[axis] - ray.origin[axis]) / slope, b = (box.upper[axis] - ray.origin[axis]) / slope;
    if (slope == 0) {
      if (ray.origin[axis] < box.lower[axis] || ray.origin[axis] > box.upper[axis]) return std::nullopt;
      continue;
    }
    if (a > b) std::swap(a, b);
    in = std::max(in, a);
    out = std::min(out, b);
  }
  if (!(out > in)) return std::nullopt;
  const double step = (out - in) / kRaySteps, strongest = strongestOf(view), diagonal = box.diagonal();
  if (!(strongest > 0)) return std::nullopt;
  // Optical depths first, so that the half of the whole is known.
  std::vector<double> seen(kRaySteps + 1);
  double depth = 0;
  for (int i = 0; i < kRaySteps; ++i) {
    const double value = valueAt(view, ray.origin + (in + (i + 0.5) * step) * ray.direction).value_or(0);
    const double strength = std::min(1.0, std::abs(value) / strongest);
    if (std::isfinite(strength))
      depth += kAbsorption * std::pow(strength, kAbsorptionPower) * step / diagonal;
    seen[static_cast<std::size_t>(i) + 1] = 1 - std::exp(-depth);
  }
  if (seen.back() < kLeastSeen) return std::nullopt;
  const auto half = std::lower_bound(seen.begin(), seen.end(), seen.back() / 2);
  return in + (double(half - seen.begin()) - 0.5) * step;
}

/// The room of one item; of all where none is named.
scene::Bounds boundsOfItem(const scene::View& view, const std::optional<std::size_t>& item) {
  scene::Bounds bounds;
  if (const auto* particles = std::get_if<scene::ParticlesView>(&view);
      particles && item && particles->positions && *item < particles->positions->size()) {
    const core::Vec3 at = scene::toVec3((*particles->positions)[*item]);
    const auto& radii = *particles->radii;
    const double radius = double(radii[radii.size() == 1 ? 0 : std::min(*item, radii.size() - 1)]);
    bounds.add(at);
    return bounds.grown(radius);
  }
  if (const auto* mesh = std::get_if<scene::MeshView>(&view);
      mesh && item && mesh->mesh && *item < mesh->instances.size())
    return scene::transformed(scene::boundsOf(*mesh->mesh), mesh->instances[*item]);
  return scene::boundsOf(view);
}

/// With the prefix that suits values as large as `largest`; figures below its millionth are nothing.
std::string quantityText(double value, const std::string& unit, double largest) {
  const render::UnitText text = render::unitText(unit, largest);
  return numberText(value * text.scale(), largest * text.scale()) +
         (text.unit.empty() ? "" : " " + text.unit);
}

}  // namespace

std::optional<double> valueAt(const scene::VolumeView& view, core::Vec3 point) {
  if (!view.values) return std::nullopt;
  const int n[3] = {view.nx, view.ny, view.nz};
  int low[3], high[3];
  double share[3];
  for (int axis = 0; axis < 3; ++axis) {
    const double at = (point[axis] - view.origin[axis]) / view.spacing[axis];
    const double reach = n[axis] == 1 ? 0.5 : 0;
    if (!(at >= -reach - 1e-6 && at <= n[axis] - 1 + reach + 1e-6)) return std::nullopt;
    const double inside = std::clamp(at, 0.0, double(n[axis] - 1));
    low[axis] = std::min(static_cast<int>(inside), std::max(n[axis] - 2, 0));
    high[axis] = std::min(low[axis] + 1, n[axis] - 1);
    share[axis] = inside - low[axis];
  }
  double value = 0;
  for (int corner = 0; corner < 8; ++corner) {
    double weight = 1;
    std::size_t index[3];
    for (int axis = 0; axis < 3; ++axis) {
      const bool isHigh = (corner >> axis & 1) != 0;
      weight *= isHigh ? share[axis] : 1 - share[axis];
      index[axis] = static_cast<std::size_t>(isHigh ? high[axis] : low[axis]);
    }
    if (weight == 0) continue;
    value += weight * double((*view.values)[(index[2] * static_cast<std::size_t>(n[1]) + index[1]) *
                                                static_cast<std::size_t>(n[0]) +
                                            index[0]]);
  }
  return value;
}

const scene::View* findView(const scene::Frame& frame, const std::string& name) {
  for (const scene::View& view : frame.views)
    if (scene::nameOf(view) == name) return &view;
  return nullptr;
}

std::shared_ptr<const scene::Frame> shownInSpace(std::shared_ptr<const scene::Frame> frame) {
  const scene::VolumeView* first = nullptr;
  for (const scene::View& view : frame->views)
    if (const auto* volume = std::get_if<scene::VolumeView>(&view))
      if (!first || (isThick(*volume) && !isThick(*first))) first = volume;
  const auto isOther = [&](const scene::View& view) {
    const auto* volume = std::get_if<scene::VolumeView>(&view);
    return volume && (volume->quantity.name != first->quantity.name ||
                      volume->quantity.unit != first->quantity.unit || volume->scale != first->scale);
  };
  if (std::none_of(frame->views.begin(), frame->views.end(), isOther)) return frame;
  auto shown = std::make_shared<scene::Frame>(*frame);
  std::erase_if(shown->views, [&](const scene::View& view) { return isOther(view); });
  return shown;
}

Selection pickAlong(const scene::Ray& towards, const scene::Frame& frame, const scene::Picker& picker) {
  const scene::Ray ray{towards.origin, core::normalised(towards.direction)};
  Selection found;
  double nearest = scene::Bounds::kFar;
  if (const auto hit = picker.pick(ray)) {
    const scene::View& view = frame.views[hit->view];
    const auto* volume = std::get_if<scene::VolumeView>(&view);
    // The box of a fog is not what one sees.
    if (!volume || !isThick(*volume)) {
      found.view = hit->name;
      found.point = hit->position;
      nearest = hit->distance;
      if (std::holds_alternative<scene::ParticlesView>(view)) found.item = hit->index;
      if (const auto* mesh = std::get_if<scene::MeshView>(&view); mesh && mesh->instances.size() > 1)
        found.item = hit->index;
    }
  }
  for (const scene::View& view : frame.views) {
    const auto* volume = std::get_if<scene::VolumeView>(&view);
    if (!volume || !isThick(*volume)) continue;
    const auto depth = depthInFog(*volume, ray, 0);
    if (!depth || *depth >= nearest) continue;
    nearest = *depth;
    found = {volume->name, std::nullopt, ray.origin + *depth * ray.direction};
  }
  return found;
}

std::vector<std::string> describe(const Selection& selection, const scene::Frame& frame) {
  std::vector<std::string> lines;
  const scene::View* view = findView(frame, selection.view);
  if (!view) return lines;
  if (selection.item) lines.push_back("#" + std::to_string(*selection.item + 1));
  if (const auto* values = valuesOf(*view); values && selection.point)
    if (const auto value = valueAt(*values, *selection.point); value && std::isfinite(*value))
      lines.push_back(quantityText(*value, values->quantity.unit, strongestOf(*values)));
  if (const auto* surface = std::get_if<scene::IsoSurfaceView>(view))
    lines.push_back(quantityText(surface->level, surface->volume.quantity.unit, std::abs(surface->level)));
  if (const auto* ruler = std::get_if<scene::RulerView>(view))
    lines.push_back(
        quantityText(core::length(ruler->to - ruler->from), "m", core::length(ruler->to - ruler->from)));
  if (selection.point) {
    const core::Vec3& p = *selection.point;
    const render::UnitText unit =
        render::unitText("m", std::max({std::abs(p.x), std::abs(p.y), std::abs(p.z)}));
    const double largest = scene::boundsOf(*view).diagonal() * unit.scale();
    std::string text = "(";
    for (int axis = 0; axis < 3; ++axis)
      text += numberText(p[axis] * unit.scale(), largest) + (axis < 2 ? ", " : ") ");
    lines.push_back(text + unit.unit);
  }
  return lines;
}

std::optional<scene::LinesView> highlightOf(const Selection& selection, const scene::Frame& frame) {
  const scene::View* view = findView(frame, selection.view);
  if (!view) return std::nullopt;
  scene::LinesView lines;
  lines.name = "selection";
  if (valuesOf(*view) && selection.point) {
    const double half = kCrossShare * scene::boundsOf(frame).diagonal() / 2;
    for (int axis = 0; axis < 3; ++axis) {
      core::Vec3 a = *selection.point, b = a;
      a[axis] -= half;
      b[axis] += half;
      lines.polylines.push_back({a, b});
    }
    return lines;
  }
  const scene::Bounds tight = boundsOfItem(*view, selection.item);
  if (tight.isEmpty()) return std::nullopt;
  // Around a field the box is the field's own.
  const scene::Bounds box = tight.grown((valuesOf(*view) ? 0.002 : 0.04) * tight.diagonal());
  for (int i = 0; i < 8; ++i)
    for (int axis = 0; axis < 3; ++axis)
      if ((i >> axis & 1) == 0) lines.polylines.push_back({box.corner(i), box.corner(i | 1 << axis)});
  return lines;
}

}  // namespace aula::desktop
