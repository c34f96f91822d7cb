// SPDX-License-Identifier: Apache-2.0
#include "fdtd/spec.h"

#include <algorithm>
#include <cmath>

#include "fdtd/parse/parse.h"

namespace aula::fdtd {

namespace {

SceneSpec parseScene(const lab::Node& node, const std::vector<std::unique_ptr<InstrumentPlan>>& instruments) {
  SceneSpec scene;
  std::vector<std::string> drawable;
  for (const auto& plan : instruments) {
    if (plan->isDrawable()) drawable.push_back(plan->name());
  }
  const auto check = [&](const std::string& key, const std::string& name) {
    if (std::find(drawable.begin(), drawable.end(), name) != drawable.end()) return true;
    std::string list;
    for (const std::string& known : drawable) list += (list.empty() ? "" : ", ") + known;
    node.errorAt(key, "\"" + name + "\" is no instrument that can be drawn; " +
                          (list.empty() ? "add a slice to the section instruments" : "allowed: " + list));
    return false;
  };
  if (node.has("view")) {
    if (node.has("views")) node.errorAt("view", "give either view or views, not both");
    const std::string view = node.text("view");
    if (check("view", view)) scene.views.push_back(view);
  } else if (node.has("views")) {
    for (const std::string& view : node.texts("views")) {
      if (check("views", view)) scene.views.push_back(view);
    }
  } else if (!drawable.empty()) {
    scene.views.push_back(drawable.front());
  }
  if (node.has("picture")) {
    scene.picture = node.text("picture");
    (void)check("picture", scene.picture);
  }
  if (node.has("marks")) {
    scene.marks = node.texts("marks");
    for (const std::string& name : scene.marks) {
      const bool isLine = std::any_of(instruments.begin(), instruments.end(), [&](const auto& plan) {
        return plan->name() == name && plan->line().has_value();
      });
      if (!isLine) node.errorAt("marks", "\"" + name + "\" is no instrument on a line (from ... to ...)");
    }
  }
  for (const lab::Node& ruler : node.children("rulers")) {
    const core::Vec3 from = ruler.vector("from", "m"), to = ruler.vector("to", "m");
    if (!(core::length(to - from) > 0)) ruler.error("a ruler's ends must differ");
    scene.rulers.push_back({ruler.text("name", "ruler"), from, to});
  }
  scene.hasOutlines = node.boolean("outline", true);
  scene.hasBoundary = node.boolean("boundary", true);
  return scene;
}

/// Checks that need the whole setup.
void checkSetup(const lab::Node& node, const Setup& setup) {
  for (const std::string& problem : validate(setup)) node.error(problem);
}

}  // namespace

std::shared_ptr<SimulationSpec> readSpec(const lab::Lab& lab) {
  const bool hadErrors = lab.diagnostics().hasErrors();
  const std::size_t before = lab.diagnostics().errors().size();
  const lab::Node section = lab.simulation();
  ParsedSimulation parsed = parseSimulation(section);
  if (section.isDoubtful("dimensions")) return nullptr;
  auto spec = std::make_shared<SimulationSpec>();
  spec->setup = std::move(parsed.setup);
  spec->reference = std::move(parsed.reference);
  // validate() presumes values that parsing found sound.
  if (lab.diagnostics().errors().size() == before) {
    checkSetup(section, spec->setup);
    if (spec->reference && lab.diagnostics().errors().size() == before) checkSetup(section, *spec->reference);
  }
  const lab::RunSettings& run = lab.run();
  const double steps =
      run.steps > 0 ? double(run.steps) : std::ceil(run.duration / spec->setup.grid.dt - 1e-9);
  if (!(steps <= 1e12)) {
    section.error(
        "the run would take more than 1e12 steps; shorten run.duration or enlarge simulation.grid.cell");
  }
  spec->steps = std::int64_t(std::clamp(steps, 1.0, 1e12));
  spec->instruments =
      parseInstruments(lab.instruments(), makeContext(spec->setup, spec->steps, spec->reference.has_value()));
  spec->scene = parseScene(lab.scene(), spec->instruments);
  if (hadErrors || lab.diagnostics().hasErrors()) return nullptr;
  return spec;
}

}  // namespace aula::fdtd
