// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "lab/session/catalogue.h"

namespace aula::desktop {

/// What a quiz asks for.
enum class QuizKind {
  find,  ///< The name is given, the structure is pointed at.
  name   ///< A structure carries a pin, its name is typed.
};

/// A round of questions about a lab's structures, drawn by lot, each at most once; those answered wrongly
/// come back at the end, once. The same seed draws the same. One thread.
class Quiz {
 public:
  /// Asks for `count` of the structures with a view of their own, or for all of them where there are fewer.
  void begin(std::shared_ptr<const lab::Catalogue> catalogue, QuizKind kind, std::size_t count,
             std::uint64_t seed);
  void end() { queue_.clear(), at_ = 0, isRunning_ = false; }

  [[nodiscard]] bool isRunning() const { return isRunning_; }
  /// Every question has been asked; the score stays until the next round.
  [[nodiscard]] bool isOver() const { return isRunning_ && at_ >= queue_.size(); }
  [[nodiscard]] QuizKind kind() const { return kind_; }
  /// Id of what is asked for now; empty when there is none.
  [[nodiscard]] const std::string& asked() const;
  /// Ids for QuizKind::find, what was typed for QuizKind::name. Goes on to the next question; true: right.
  bool answer(const std::string& given);
  /// Nothing comes to mind: counts as wrong and goes on.
  void skip() { (void)answer(""); }

  [[nodiscard]] std::size_t right() const { return right_; }  ///< At the first attempt.
  [[nodiscard]] std::size_t count() const { return count_; }
  [[nodiscard]] std::size_t done() const { return at_ < count_ ? at_ : count_; }
  [[nodiscard]] const std::string& last() const { return last_; }  ///< Id of the question before.
  [[nodiscard]] bool wasRight() const { return wasRight_; }
  /// Ids that were missed at the first attempt: what to learn next.
  [[nodiscard]] const std::vector<std::string>& missed() const { return missed_; }

 private:
  std::shared_ptr<const lab::Catalogue> catalogue_;
  QuizKind kind_ = QuizKind::find;
  std::vector<std::string> queue_, missed_;
  std::size_t at_ = 0, count_ = 0, right_ = 0;
  bool isRunning_ = false, wasRight_ = false;
  std::string last_;
};

}  // namespace aula::desktop
