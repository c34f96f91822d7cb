// SPDX-License-Identifier: Apache-2.0
#include "anatomy/kind/heart/moment.h"

#include <map>
#include <mutex>

namespace aula::anatomy::heart {

std::shared_ptr<const Body> bodyOf(double spacing) {
  static std::mutex mutex;
  static std::map<double, std::weak_ptr<const Body>> known;
  const std::lock_guard lock(mutex);
  if (auto body = known[spacing].lock()) return body;
  auto body = std::make_shared<Body>();
  body->muscle = ventricles(spacing);
  body->leads = std::make_unique<const Leads>(body->muscle,
                                              std::vector<Vec3>(electrodes().begin(), electrodes().end()));
  known[spacing] = body;
  return body;
}

const std::vector<float>& Moment::potentials() {
  if (potentialStep_ != step()) {
    const auto& nodes = body_.muscle.domain.nodes;
    potentials_.resize(nodes.size());
    solver_.potentialsAt(nodes, potentials_);
    potentialStep_ = step();
  }
  return potentials_;
}

const LeadValues& Moment::leads() {
  if (leadStep_ != step()) {
    leads_ = leadsFrom(body_.leads->atNodes(potentials()));
    leadStep_ = step();
  }
  return leads_;
}

}  // namespace aula::anatomy::heart
