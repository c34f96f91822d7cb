// SPDX-License-Identifier: Apache-2.0
#include "core/io/checkpoint.h"
#include "core/error.h"
#include "molecular/reference/reference_engine.h"

/// Forces are a function of positions, box and external alone and random numbers of seed and step, so that
/// these few arrays carry a run on bit for bit.
namespace aula::molecular::reference {

namespace {

struct Values {
  std::int64_t step = 0, recoveries = 0;
  Box box, meshBox;
  double broughtIn = 0, temperature = 0, pressure = 0;
  Vec3 electricField;
  std::int64_t isFresh = 0;
};
struct PullRow {
  std::int64_t atomCount = 0;
  Vec3 target;
  double stiffness = 0, largestForce = 0;
};

}  // namespace

void ReferenceEngine::save(core::CheckpointWriter& writer) const {
  const Values values{step_,
                      recoveries_,
                      box_,
                      meshBox_,
                      broughtIn_,
                      settings_.dynamics.temperature,
                      settings_.dynamics.pressure,
                      external_.electricField,
                      isFresh_ ? 1 : 0};
  writer.writeValue("values", values);
  writer.writeArray("positions", std::span<const Vec3>(positions_));
  writer.writeArray("velocities", std::span<const Vec3>(velocities_));
  std::vector<PullRow> pulls;
  std::vector<int> pulledAtoms;
  for (const Pull& pull : external_.pulls) {
    pulls.push_back(
        {static_cast<std::int64_t>(pull.atoms.size()), pull.target, pull.stiffness, pull.largestForce});
    pulledAtoms.insert(pulledAtoms.end(), pull.atoms.begin(), pull.atoms.end());
  }
  writer.writeArray("pulls", std::span<const PullRow>(pulls));
  writer.writeArray("pulled atoms", std::span<const int>(pulledAtoms));
  writer.writeArray("heat regions", std::span<const HeatRegion>(external_.regions));
}

void ReferenceEngine::load(core::CheckpointReader& reader) {
  const Values values = reader.readValue<Values>("values");
  Vectors positions, velocities;
  reader.readVector("positions", positions);
  reader.readVector("velocities", velocities);
  if (positions.size() != count() || velocities.size() != count())
    throw core::Error("the checkpoint holds " + std::to_string(positions.size()) +
                      " atoms; this system has " + std::to_string(count()));
  External external;
  std::vector<PullRow> pulls;
  std::vector<int> pulledAtoms;
  reader.readVector("pulls", pulls);
  reader.readVector("pulled atoms", pulledAtoms);
  reader.readVector("heat regions", external.regions);
  auto next = pulledAtoms.begin();
  for (const PullRow& row : pulls) {
    external.pulls.push_back({{next, next + row.atomCount}, row.target, row.stiffness, row.largestForce});
    next += row.atomCount;
  }
  external.electricField = values.electricField;
  setState({positions, velocities, values.meshBox});
  box_ = values.box;
  setExternal(external);
  step_ = values.step;
  isFresh_ = values.isFresh != 0;
  recoveries_ = values.recoveries;
  broughtIn_ = values.broughtIn;
  settings_.dynamics.temperature = values.temperature;
  settings_.dynamics.pressure = values.pressure;
}

}  // namespace aula::molecular::reference
