// SPDX-License-Identifier: Apache-2.0
#include "compute/check/check_backend.h"

#include <cstdio>
#include <cstring>
#include <utility>

#include "compute/cpu/host.h"
#include "core/assert.h"
#include "core/error.h"

namespace aula::compute {

class CheckBackend::RecordedBatch final : public Batch {
 public:
  RecordedBatch(CheckBackend& backend, std::vector<std::pair<std::string, std::function<void(bool)>>> work)
      : backend_(backend), work_(std::move(work)) {}
  void run() override {
    for (const auto& [what, step] : work_) backend_.runNow(what, step);
  }

 private:
  CheckBackend& backend_;
  std::vector<std::pair<std::string, std::function<void(bool)>>> work_;
};

CheckBackend::~CheckBackend() {
  // Nobody called after the wrong touch: it must not pass unseen.
  if (const auto fault = check::takeFault()) std::fprintf(stderr, "check device: %s\n", fault->c_str());
}

BackendProperties CheckBackend::properties() const {
  const double available = readHost().memoryBytes;
  return {"check: host memory that faults when touched on the wrong side", available, available, 1};
}

void* CheckBackend::allocate(Side side, std::size_t bytes, const std::string& name) {
  check::Allocation* allocation = check::allocate(side, bytes, name);
  check::setOpen(allocation, side == Side::host);
  void* memory = check::address(allocation);
  entries_.emplace(memory, Entry{allocation, side, false});
  return memory;
}

void CheckBackend::release(Side, void* memory) noexcept {
  const auto found = entries_.find(memory);
  if (found == entries_.end()) return;
  check::release(found->second.allocation);
  entries_.erase(found);
}

void CheckBackend::markStale(void* memory, bool isStale) {
  Entry& entry = entries_.at(memory);
  entry.isStale = isStale;
  check::setOpen(entry.allocation, entry.side == Side::host && !isStale);
}

void CheckBackend::setDeviceSide(bool isDevice) {
  for (auto& [memory, entry] : entries_) {
    const bool isOwn = (entry.side == Side::device) == isDevice;
    check::setOpen(entry.allocation, isOwn && !entry.isStale);
  }
}

void CheckBackend::reportFaults(const std::string& during) {
  std::string problems;
  if (const auto fault = check::takeFault()) problems = "check device: " + *fault + ", " + during;
  if (!problems.empty()) throw core::Error(problems);
}

void CheckBackend::requireInside(Side side, const void* memory, std::size_t bytes, const char* what) const {
  const auto* start = static_cast<const unsigned char*>(memory);
  auto after = entries_.upper_bound(memory);
  if (after != entries_.begin()) {
    const auto& [address, entry] = *--after;
    const auto room = check::size(entry.allocation);
    const auto offset = static_cast<std::size_t>(start - static_cast<const unsigned char*>(address));
    if (offset < room) {
      if (entry.side != side)
        throw core::Error(std::string("check device: ") + what + " was given the " +
                          (side == Side::device ? "host" : "device") + " side of buffer \"" +
                          check::name(entry.allocation) + "\"");
      if (bytes > room - offset)
        throw core::Error(std::string("check device: ") + what + " of " + std::to_string(bytes) +
                          " bytes at byte " + std::to_string(offset) + " of buffer \"" +
                          check::name(entry.allocation) + "\", which holds " + std::to_string(room));
      return;
    }
  }
  // The host may hand over memory of its own; the device has only what was allocated.
  if (side == Side::device)
    throw core::Error(std::string("check device: ") + what +
                      " was given an address that is not device memory");
}

void CheckBackend::upload(void*, void* device, const void* host, std::size_t bytes) {
  requireInside(Side::device, device, bytes, "upload");
  requireInside(Side::host, host, bytes, "upload");
  reportFaults("before an upload");
  const std::vector<unsigned char> staged(static_cast<const unsigned char*>(host),
                                          static_cast<const unsigned char*>(host) + bytes);
  reportFaults("read by an upload");
  runNow("upload", [&](bool) { std::memcpy(device, staged.data(), bytes); });
}

void CheckBackend::download(void*, void* host, const void* device, std::size_t bytes) {
  requireInside(Side::device, device, bytes, "download");
  requireInside(Side::host, host, bytes, "download");
  std::vector<unsigned char> staged(bytes);
  runNow("download", [&](bool) { std::memcpy(staged.data(), device, bytes); });
  std::memcpy(host, staged.data(), bytes);
  reportFaults("written by a download");
}

void CheckBackend::copy(void*, void* target, const void* source, std::size_t bytes) {
  requireInside(Side::device, target, bytes, "copy");
  requireInside(Side::device, source, bytes, "copy");
  execute("copy", [=](bool) { std::memmove(target, source, bytes); });
}

void CheckBackend::fillZero(void*, void* device, std::size_t bytes) {
  requireInside(Side::device, device, bytes, "fill");
  execute("fill", [=](bool) { std::memset(device, 0, bytes); });
}

void CheckBackend::synchronise(void*) {
  reportFaults("by the host");
}

std::unique_ptr<Batch> CheckBackend::record(void*, const std::function<void()>& work) {
  AULA_ASSERT(recording_ == nullptr);
  std::vector<std::pair<std::string, std::function<void(bool)>>> list;
  recording_ = &list;
  try {
    work();
  } catch (...) {
    recording_ = nullptr;
    throw;
  }
  recording_ = nullptr;
  return std::make_unique<RecordedBatch>(*this, std::move(list));
}

void CheckBackend::execute(const std::string& what, std::function<void(bool)> work) {
  if (recording_ != nullptr) {
    recording_->emplace_back(what, std::move(work));
    return;
  }
  runNow(what, work);
}

void CheckBackend::runNow(const std::string& what, const std::function<void(bool)>& work) {
  if (recording_ != nullptr)
    throw core::Error("check device: " + what + " cannot be part of a recorded batch");
  reportFaults("before " + what);
  setDeviceSide(true);
  bool& reverses = reversesNext_[what];
  work(reverses);
  reverses = !reverses;
  std::optional<std::string> damage;
  for (const auto& [memory, entry] : entries_) {
    if (entry.side != Side::device) continue;
    check::setOpen(entry.allocation, true);
    if (!damage) damage = check::damagedCanary(entry.allocation);
  }
  setDeviceSide(false);
  reportFaults("in " + what);
  if (damage) throw core::Error("check device: " + *damage + ", in " + what);
}

std::shared_ptr<Backend> makeCheckBackend() {
  return std::make_shared<CheckBackend>();
}

}  // namespace aula::compute
