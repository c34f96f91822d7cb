// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <limits>

#include "anatomy/shape/solid.h"
#include "core/error.h"

namespace aula::anatomy {

namespace {

using Form = Solid::Form;
using FormPtr = std::shared_ptr<const Form>;

/// The quadratic polynomial smooth minimum (Quilez 2013, "Smooth minimum", quadratic kernel):
/// min(a, b) − (max(k − |a − b|, 0))² / (4 k). Equal to the minimum where a and b differ by k or more, so
/// that distant parts are left as they are; it lowers by k/4 at most.
double smoothMinimum(double a, double b, double k) {
  if (!(std::abs(a - b) < k)) return std::min(a, b);
  const double h = k - std::abs(a - b);
  return std::min(a, b) - h * h / (4 * k);
}
double smoothMaximum(double a, double b, double k) {
  return -smoothMinimum(-a, -b, k);
}

/// What a form's distance can be in a box.
struct Range {
  double lower, upper;
};
Range rangeIn(const Form& form, const scene::Bounds& box) {
  const double middle = form.distance(box.centre()), most = form.stretch() * box.diagonal() / 2;
  return {middle - most, middle + most};
}
FormPtr pruned(const FormPtr& form, const scene::Bounds& box) {
  FormPtr less = form->within(box);
  return less ? less : form;
}

class United final : public Form {
 public:
  United(std::vector<FormPtr> parts, double blend) : parts_(std::move(parts)), blend_(blend) {
    for (const FormPtr& part : parts_) {
      bounds_.add(part->bounds());
      stretch_ = std::max(stretch_, part->stretch());
    }
    // Each further part lowers by less, together by no more than the blend.
    bounds_ = bounds_.grown(parts_.size() > 2 ? blend : parts_.size() == 2 ? blend / 4 : 0);
  }
  [[nodiscard]] double distance(Vec3 p) const override {
    double d = parts_[0]->distance(p);
    for (std::size_t i = 1; i < parts_.size(); ++i) d = smoothMinimum(d, parts_[i]->distance(p), blend_);
    return d;
  }
  [[nodiscard]] scene::Bounds bounds() const override { return bounds_; }
  [[nodiscard]] double stretch() const override { return stretch_; }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    std::vector<Range> ranges;
    double least = std::numeric_limits<double>::infinity();
    for (const FormPtr& part : parts_) {
      ranges.push_back(rangeIn(*part, box));
      least = std::min(least, ranges.back().upper);
    }
    // Parts that are k further away than the nearest do not show, except that several of them may together
    // come k nearer: hence twice the blend.
    std::vector<FormPtr> kept;
    bool isSame = true;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (ranges[i].lower > least + 2 * blend_) {
        isSame = false;
        continue;
      }
      kept.push_back(pruned(parts_[i], box));
      isSame = isSame && kept.back() == parts_[i];
    }
    if (isSame) return nullptr;
    if (kept.size() == 1) return kept[0];
    return std::make_shared<United>(std::move(kept), blend_);
  }

 private:
  std::vector<FormPtr> parts_;
  double blend_;
  scene::Bounds bounds_;
  double stretch_ = 1;
};

class Common final : public Form {
 public:
  Common(FormPtr a, FormPtr b, double blend) : a_(std::move(a)), b_(std::move(b)), blend_(blend) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    return smoothMaximum(a_->distance(p), b_->distance(p), blend_);
  }
  [[nodiscard]] scene::Bounds bounds() const override {
    const scene::Bounds a = a_->bounds(), b = b_->bounds();
    scene::Bounds both;
    for (int axis = 0; axis < 3; ++axis) {
      both.lower[axis] = std::max(a.lower[axis], b.lower[axis]);
      both.upper[axis] = std::min(a.upper[axis], b.upper[axis]);
    }
    return both;
  }
  [[nodiscard]] double stretch() const override { return std::max(a_->stretch(), b_->stretch()); }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    const Range a = rangeIn(*a_, box), b = rangeIn(*b_, box);
    if (a.lower > b.upper + blend_) return pruned(a_, box);
    if (b.lower > a.upper + blend_) return pruned(b_, box);
    FormPtr lessA = pruned(a_, box), lessB = pruned(b_, box);
    if (lessA == a_ && lessB == b_) return nullptr;
    return std::make_shared<Common>(std::move(lessA), std::move(lessB), blend_);
  }

 private:
  FormPtr a_, b_;
  double blend_;
};

class Without final : public Form {
 public:
  Without(FormPtr a, FormPtr b, double blend) : a_(std::move(a)), b_(std::move(b)), blend_(blend) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    return smoothMaximum(a_->distance(p), -b_->distance(p), blend_);
  }
  [[nodiscard]] scene::Bounds bounds() const override { return a_->bounds(); }
  [[nodiscard]] double stretch() const override { return std::max(a_->stretch(), b_->stretch()); }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    if (rangeIn(*a_, box).lower > blend_ - rangeIn(*b_, box).lower) return pruned(a_, box);
    FormPtr lessA = pruned(a_, box), lessB = pruned(b_, box);
    if (lessA == a_ && lessB == b_) return nullptr;
    return std::make_shared<Without>(std::move(lessA), std::move(lessB), blend_);
  }

 private:
  FormPtr a_, b_;
  double blend_;
};

class Grown final : public Form {
 public:
  Grown(FormPtr a, double by) : a_(std::move(a)), by_(by) {}
  [[nodiscard]] double distance(Vec3 p) const override { return a_->distance(p) - by_; }
  [[nodiscard]] scene::Bounds bounds() const override {
    // Where the distance is smaller than the true one the surface moves further than asked for; what is grown
    // keeps within twice that.
    return a_->bounds().grown(std::max(0.0, 2 * by_));
  }
  [[nodiscard]] double stretch() const override { return a_->stretch(); }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    FormPtr less = a_->within(box);
    return less ? std::make_shared<Grown>(std::move(less), by_) : nullptr;
  }

 private:
  FormPtr a_;
  double by_;
};

class Placed final : public Form {
 public:
  Placed(FormPtr a, const scene::Transform& place) : a_(std::move(a)), place_(place) {}
  [[nodiscard]] double distance(Vec3 p) const override { return a_->distance(back(p)); }
  [[nodiscard]] scene::Bounds bounds() const override {
    const scene::Bounds own = a_->bounds();
    scene::Bounds moved;
    for (int i = 0; i < 8; ++i) moved.add(place_.point(own.corner(i)));
    return moved;
  }
  [[nodiscard]] double stretch() const override { return a_->stretch(); }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    scene::Bounds own;
    for (int i = 0; i < 8; ++i) own.add(back(box.corner(i)));
    FormPtr less = a_->within(own);
    return less ? std::make_shared<Placed>(std::move(less), place_) : nullptr;
  }

 private:
  [[nodiscard]] Vec3 back(Vec3 p) const {
    const Vec3 q = p - place_.translation;
    return {dot(place_.x, q), dot(place_.y, q), dot(place_.z, q)};
  }
  FormPtr a_;
  scene::Transform place_;
};

class Below final : public Form {
 public:
  Below(FormPtr a, Vec3 normal, double offset, double blend)
      : a_(std::move(a)), normal_(normal), offset_(offset), blend_(blend) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    return smoothMaximum(a_->distance(p), dot(normal_, p) - offset_, blend_);
  }
  [[nodiscard]] scene::Bounds bounds() const override { return a_->bounds(); }
  [[nodiscard]] double stretch() const override { return a_->stretch(); }
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const override {
    const double plane = dot(normal_, box.centre()) - offset_ + box.diagonal() / 2;
    FormPtr less = pruned(a_, box);
    if (rangeIn(*a_, box).lower > plane + blend_) return less;
    return less == a_ ? nullptr : std::make_shared<Below>(std::move(less), normal_, offset_, blend_);
  }

 private:
  FormPtr a_;
  Vec3 normal_;
  double offset_, blend_;
};

}  // namespace

Solid united(const Solid& a, const Solid& b, double blend) {
  return united(std::vector<Solid>{a, b}, blend);
}

Solid united(const std::vector<Solid>& all, double blend) {
  if (all.empty()) throw core::inputError("Nothing cannot be united: a solid of no parts was asked for.");
  if (all.size() == 1) return all[0];
  std::vector<FormPtr> parts;
  for (const Solid& solid : all) parts.push_back(solid.form());
  return Solid(std::make_shared<United>(std::move(parts), blend));
}

Solid without(const Solid& a, const Solid& b, double blend) {
  return Solid(std::make_shared<Without>(a.form(), b.form(), blend));
}

Solid common(const Solid& a, const Solid& b, double blend) {
  return Solid(std::make_shared<Common>(a.form(), b.form(), blend));
}

Solid grown(const Solid& a, double by) {
  return Solid(std::make_shared<Grown>(a.form(), by));
}

Solid placed(const Solid& a, const scene::Transform& place) {
  return Solid(std::make_shared<Placed>(a.form(), place));
}

Solid below(const Solid& a, Vec3 normal, double offset, double blend) {
  const double size = length(normal);
  if (!(size > 0)) throw core::inputError("A solid cannot be cut by a plane whose normal has no length.");
  return Solid(std::make_shared<Below>(a.form(), (1 / size) * normal, offset / size, blend));
}

}  // namespace aula::anatomy
