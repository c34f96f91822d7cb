// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "anatomy/heart/body/conduction.h"
#include "anatomy/heart/body/leads.h"
#include "anatomy/heart/model/solver.h"

namespace aula::anatomy::heart {

/// What does not change while a heart beats: made once for each spacing and kept for the next lab.
struct Body {
  Ventricles muscle;
  ConductionSystem tree;
  std::unique_ptr<const Leads> leads;
};
/// Any thread.
[[nodiscard]] std::shared_ptr<const Body> bodyOf(double spacing);

/// The solver as it stands, each thing computed once a step for all who ask.
class Moment {
 public:
  Moment(const Body& body, Solver& solver) : body_(body), solver_(solver) {}

  [[nodiscard]] const Body& body() const { return body_; }
  [[nodiscard]] Solver& solver() const { return solver_; }
  [[nodiscard]] std::int64_t step() const { return solver_.step(); }
  [[nodiscard]] double time() const { return double(solver_.step()) * solver_.timeStep(); }
  /// V, one a node of the body's domain.
  [[nodiscard]] const std::vector<float>& potentials();
  [[nodiscard]] const LeadValues& leads();
  void forget() { potentialStep_ = leadStep_ = -1; }

  std::vector<std::int64_t> beats;  ///< Steps at which beats began, rising.

 private:
  const Body& body_;
  Solver& solver_;
  std::int64_t potentialStep_ = -1, leadStep_ = -1;
  std::vector<float> potentials_;
  LeadValues leads_{};
};

}  // namespace aula::anatomy::heart
