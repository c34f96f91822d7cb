// SPDX-License-Identifier: Apache-2.0
#include "desktop/model/quiz.h"

#include <algorithm>
#include <random>

namespace aula::desktop {

void Quiz::begin(std::shared_ptr<const lab::Catalogue> catalogue, QuizKind kind, std::size_t count,
                 std::uint64_t seed) {
  end();
  catalogue_ = std::move(catalogue);
  kind_ = kind;
  for (const lab::Structure& structure : catalogue_->all())
    if (structure.isDrawn) queue_.push_back(structure.id);
  // Fisher and Yates by hand: std::shuffle draws differently from library to library.
  std::mt19937_64 random(seed);
  for (std::size_t i = queue_.size(); i > 1; --i) std::swap(queue_[i - 1], queue_[random() % i]);
  queue_.resize(std::min(count, queue_.size()));
  count_ = queue_.size();
  right_ = 0;
  missed_.clear();
  last_.clear();
  isRunning_ = count_ > 0;
}

const std::string& Quiz::asked() const {
  static const std::string kNothing;
  return at_ < queue_.size() ? queue_[at_] : kNothing;
}

bool Quiz::answer(const std::string& given) {
  if (at_ >= queue_.size()) return false;
  last_ = queue_[at_];
  if (kind_ == QuizKind::find) {
    const auto branch = catalogue_->branch(last_);
    wasRight_ =
        std::any_of(branch.begin(), branch.end(), [&](const lab::Structure* s) { return s->id == given; });
  } else {
    wasRight_ = catalogue_->isNamed(last_, given);
  }
  const bool isFirst = at_ < count_;
  if (isFirst && wasRight_) ++right_;
  if (isFirst && !wasRight_) {
    missed_.push_back(last_);
    queue_.push_back(last_);
  }
  ++at_;
  return wasRight_;
}

}  // namespace aula::desktop
