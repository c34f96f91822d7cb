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

/// What a form is in a box, and what its distance can be there.
struct Local {
  FormPtr form;
  double middle, lower, upper;
};
Local localOf(const FormPtr& form, const scene::Bounds& box) {
  Local local{nullptr, 0, 0, 0};
  local.middle = form->prune(box, local.form);
  if (!local.form) local.form = form;
  const double most = form->stretch() * box.diagonal() / 2;
  local.lower = local.middle - most;
  local.upper = local.middle + most;
  return local;
}

/// A form that is made of others: what it loses in a box it learns from prune().
class Made : public Form {
 public:
  [[nodiscard]] FormPtr within(const scene::Bounds& box) const final {
    FormPtr less;
    (void)prune(box, less);
    return less;
  }
};

class United final : public Made {
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
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    std::vector<Local> locals;
    double least = std::numeric_limits<double>::infinity(), middle = 0;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      locals.push_back(localOf(parts_[i], box));
      least = std::min(least, locals[i].upper);
      middle = i == 0 ? locals[i].middle : smoothMinimum(middle, locals[i].middle, blend_);
    }
    // Parts that are k further away than the nearest do not show, except that several of them may together
    // come k nearer: hence twice the blend.
    std::vector<FormPtr> kept;
    bool isSame = true;
    for (std::size_t i = 0; i < parts_.size(); ++i) {
      if (locals[i].lower > least + 2 * blend_) {
        isSame = false;
        continue;
      }
      isSame = isSame && locals[i].form == parts_[i];
      kept.push_back(std::move(locals[i].form));
    }
    less = isSame             ? nullptr
           : kept.size() == 1 ? kept[0]
                              : std::make_shared<United>(std::move(kept), blend_, bounds_);
    return middle;
  }

  /// What is left of another.
  United(std::vector<FormPtr> parts, double blend, const scene::Bounds& bounds)
      : parts_(std::move(parts)), blend_(blend), bounds_(bounds) {
    for (const FormPtr& part : parts_) stretch_ = std::max(stretch_, part->stretch());
  }

 private:
  std::vector<FormPtr> parts_;
  double blend_;
  scene::Bounds bounds_;
  double stretch_ = 1;
};

class Common final : public Made {
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
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    Local a = localOf(a_, box), b = localOf(b_, box);
    if (a.lower > b.upper + blend_)
      less = a.form;
    else if (b.lower > a.upper + blend_)
      less = b.form;
    else if (a.form != a_ || b.form != b_)
      less = std::make_shared<Common>(a.form, b.form, blend_);
    return smoothMaximum(a.middle, b.middle, blend_);
  }

 private:
  FormPtr a_, b_;
  double blend_;
};

class Without final : public Made {
 public:
  Without(FormPtr a, FormPtr b, double blend) : a_(std::move(a)), b_(std::move(b)), blend_(blend) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    return smoothMaximum(a_->distance(p), -b_->distance(p), blend_);
  }
  [[nodiscard]] scene::Bounds bounds() const override { return a_->bounds(); }
  [[nodiscard]] double stretch() const override { return std::max(a_->stretch(), b_->stretch()); }
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    Local a = localOf(a_, box), b = localOf(b_, box);
    if (a.lower > blend_ - b.lower)
      less = a.form;
    else if (a.form != a_ || b.form != b_)
      less = std::make_shared<Without>(a.form, b.form, blend_);
    return smoothMaximum(a.middle, -b.middle, blend_);
  }

 private:
  FormPtr a_, b_;
  double blend_;
};

class Grown final : public Made {
 public:
  Grown(FormPtr a, double by) : a_(std::move(a)), by_(by) {}
  [[nodiscard]] double distance(Vec3 p) const override { return a_->distance(p) - by_; }
  [[nodiscard]] scene::Bounds bounds() const override {
    // Where the distance is smaller than the true one the surface moves further than asked for; what is grown
    // keeps within twice that.
    return a_->bounds().grown(std::max(0.0, 2 * by_));
  }
  [[nodiscard]] double stretch() const override { return a_->stretch(); }
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    FormPtr own;
    const double middle = a_->prune(box, own);
    if (own) less = std::make_shared<Grown>(std::move(own), by_);
    return middle - by_;
  }

 private:
  FormPtr a_;
  double by_;
};

class Placed final : public Made {
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
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    // Turned, the box needs a larger one, about the same centre.
    scene::Bounds turned;
    for (int i = 0; i < 8; ++i) turned.add(back(box.corner(i)));
    FormPtr own;
    (void)a_->prune(turned, own);
    if (own) less = std::make_shared<Placed>(std::move(own), place_);
    return distance(box.centre());
  }

 private:
  [[nodiscard]] Vec3 back(Vec3 p) const {
    const Vec3 q = p - place_.translation;
    return {dot(place_.x, q), dot(place_.y, q), dot(place_.z, q)};
  }
  FormPtr a_;
  scene::Transform place_;
};

class Below final : public Made {
 public:
  Below(FormPtr a, Vec3 normal, double offset, double blend)
      : a_(std::move(a)), normal_(normal), offset_(offset), blend_(blend) {}
  [[nodiscard]] double distance(Vec3 p) const override {
    return smoothMaximum(a_->distance(p), dot(normal_, p) - offset_, blend_);
  }
  [[nodiscard]] scene::Bounds bounds() const override { return a_->bounds(); }
  [[nodiscard]] double stretch() const override { return a_->stretch(); }
  double prune(const scene::Bounds& box, FormPtr& less) const override {
    Local a = localOf(a_, box);
    const double plane = dot(normal_, box.centre()) - offset_;
    if (a.lower > plane + box.diagonal() / 2 + blend_)
      less = a.form;
    else if (a.form != a_)
      less = std::make_shared<Below>(a.form, normal_, offset_, blend_);
    return smoothMaximum(a.middle, plane, blend_);
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
