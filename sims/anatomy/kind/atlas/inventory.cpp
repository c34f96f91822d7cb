// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/atlas/inventory.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/text.h"
#include "core/units/constants.h"
#include "scene/mesh/measure.h"

namespace aula::anatomy {

namespace {

using core::Vec3;

class Inventory final : public lab::Instrument {
 public:
  Inventory(std::string name, std::int64_t interval, std::vector<lab::Dataset> data)
      : name_(std::move(name)), interval_(interval), data_(std::move(data)) {}
  [[nodiscard]] const std::string& name() const override { return name_; }
  [[nodiscard]] std::int64_t interval() const override { return interval_; }
  void sample() override {}
  [[nodiscard]] std::vector<lab::Dataset> data() const override { return data_; }
  void save(core::CheckpointWriter&) const override {}
  void load(core::CheckpointReader&) override {}

 private:
  std::string name_;
  std::int64_t interval_;
  std::vector<lab::Dataset> data_;
};

lab::Dataset number(const char* name, const char* label, const char* unit, double value) {
  return {name, label, unit, {}, {value}, false};
}

std::vector<lab::Dataset> datasets(double count, double volume, double surface, double length) {
  return {number("count", "Structures", "1", count), number("volume", "Volume", "m3", volume),
          number("surface", "Surface", "m2", surface), number("length", "Greatest length", "m", length)};
}

Vec3 pointOf(scene::Float3 p) {
  return {p.x, p.y, p.z};
}

}  // namespace

double greatestLength(const std::vector<const scene::TriangleMesh*>& meshes) {
  std::vector<Vec3> points;
  for (const scene::TriangleMesh* mesh : meshes)
    for (const scene::Float3 p : mesh->positions) points.push_back(pointOf(p));
  if (points.empty()) return 0;
  const auto farthestFrom = [&](Vec3 from) {
    return *std::max_element(points.begin(), points.end(), [&](Vec3 a, Vec3 b) {
      return dot(a - from, a - from) < dot(b - from, b - from);
    });
  };
  // From the ends along many directions (Fibonacci's lattice on the sphere, some 20 degrees apart) to the
  // farthest point, and from there to its farthest, until that no longer grows.
  constexpr int kDirections = 64;
  double longest = 0;
  for (int i = 0; i < kDirections; ++i) {
    const double z = 1 - (2 * i + 1.0) / (2 * kDirections), r = std::sqrt(1 - z * z);
    const double angle = core::kPi * (3 - std::sqrt(5.0)) * i;
    const Vec3 direction{r * std::cos(angle), r * std::sin(angle), z};
    Vec3 end = *std::max_element(points.begin(), points.end(),
                                 [&](Vec3 a, Vec3 b) { return dot(a, direction) < dot(b, direction); });
    for (double reached = -1;;) {
      const Vec3 other = farthestFrom(end);
      const double now = length(other - end);
      if (now <= reached) break;
      reached = now;
      end = other;
      longest = std::max(longest, now);
    }
  }
  return longest;
}

lab::InstrumentOutline InventoryPlan::outline() const {
  lab::InstrumentOutline outline{name, {}};
  for (const lab::Dataset& dataset : datasets(0, 0, 0, 0))
    outline.datasets.push_back({dataset.name, dataset.unit, {}, {}});
  return outline;
}

std::unique_ptr<lab::Instrument> InventoryPlan::build(const Parts& parts) const {
  const std::set<std::string> wanted(structures.begin(), structures.end());
  std::vector<const scene::TriangleMesh*> meshes;
  double volume = 0, surface = 0;
  for (const Part& part : parts) {
    if (!wanted.contains(part.id)) continue;
    meshes.push_back(part.mesh.get());
    volume += scene::enclosedVolume(*part.mesh);
    surface += scene::surfaceArea(*part.mesh);
  }
  return std::make_unique<Inventory>(
      name, steps, datasets(double(meshes.size()), volume, surface, greatestLength(meshes)));
}

std::vector<InventoryPlan> readInventories(const std::vector<std::pair<std::string, lab::Node>>& instruments,
                                           const Atlas* atlas, std::int64_t steps) {
  std::vector<InventoryPlan> plans;
  const auto catalogue = atlas == nullptr ? nullptr : atlas->catalogue({});
  for (const auto& [name, node] : instruments) {
    if (node.word("kind", {"inventory"}) != "inventory") continue;
    InventoryPlan plan;
    plan.name = name;
    plan.steps = steps;
    for (const std::string& id : node.texts("structures")) {
      if (atlas == nullptr) continue;
      if (atlas->find(id) == nullptr)
        node.errorAt("structures", core::quoted(id, 40) + " is no structure of this region");
      for (const lab::Structure* below : catalogue->branch(id)) plan.structures.push_back(below->id);
    }
    if (!node.has("structures") && atlas != nullptr)
      for (const Term& term : atlas->terms()) plan.structures.push_back(term.structure.id);
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace aula::anatomy
