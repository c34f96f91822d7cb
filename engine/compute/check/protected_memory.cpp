// SPDX-License-Identifier: Apache-2.0
#include "compute/check/protected_memory.h"

#include <signal.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <mutex>

#include "core/error.h"

namespace aula::compute::check {

/// An entry of a fixed table, so that the signal handler needs no lock and no heap.
struct Allocation {
  std::atomic<bool> isUsed{false};
  Side side = Side::device;
  unsigned char* begin = nullptr;  ///< First guard page.
  unsigned char* end = nullptr;    ///< Past the last guard page.
  unsigned char* data = nullptr;
  std::size_t bytes = 0;
  bool isOpen = true;
  std::array<char, 64> name{};
};

namespace {

constexpr std::size_t kAlignment = 256;
constexpr unsigned char kCanary = 0xa5;
constexpr unsigned char kUninitialised = 0xff;
constexpr std::size_t kTableSize = 4096;

std::array<Allocation, kTableSize> table;
std::mutex tableMutex;

/// The first wrong touch. Written by the handler, on the thread that faulted.
struct Fault {
  std::atomic<bool> isNoted{false};
  Side side = Side::device;
  bool isGuard = false;
  int access = 0;  ///< 0 unknown, 1 read, 2 write.
  std::ptrdiff_t offset = 0;
  std::size_t bytes = 0;
  std::array<char, 64> name{};
} fault;

struct sigaction previousSegv, previousBus;

std::size_t pageSize() {
  static const auto size = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
  return size;
}

int accessOf([[maybe_unused]] void* context) {
#if defined(__x86_64__)
  const auto error = static_cast<ucontext_t*>(context)->uc_mcontext.gregs[REG_ERR];
  return (error & 2) != 0 ? 2 : 1;
#else
  return 0;
#endif
}

void passOn(int signal, siginfo_t* info, void* context) {
  const struct sigaction& previous = signal == SIGSEGV ? previousSegv : previousBus;
  if ((previous.sa_flags & SA_SIGINFO) != 0 && previous.sa_sigaction != nullptr) {
    previous.sa_sigaction(signal, info, context);
  } else if (previous.sa_handler != SIG_DFL && previous.sa_handler != SIG_IGN) {
    previous.sa_handler(signal);
  } else {
    // The instruction faults again, now with nobody to catch it.
    struct sigaction fallback {};
    fallback.sa_handler = SIG_DFL;
    sigaction(signal, &fallback, nullptr);
  }
}

void onFault(int signal, siginfo_t* info, void* context) {
  auto* touched = static_cast<unsigned char*>(info->si_addr);
  for (Allocation& allocation : table) {
    if (!allocation.isUsed.load(std::memory_order_acquire)) continue;
    if (touched < allocation.begin || touched >= allocation.end) continue;
    if (!fault.isNoted.load(std::memory_order_relaxed)) {
      fault.side = allocation.side;
      fault.offset = touched - allocation.data;
      fault.bytes = allocation.bytes;
      fault.isGuard = fault.offset < 0 || fault.offset >= static_cast<std::ptrdiff_t>(allocation.bytes);
      fault.access = accessOf(context);
      fault.name = allocation.name;
      fault.isNoted.store(true, std::memory_order_release);
    }
    // Open the whole allocation, so that the faulty code runs on and is reported once.
    mprotect(allocation.begin, static_cast<std::size_t>(allocation.end - allocation.begin),
             PROT_READ | PROT_WRITE);
    allocation.isOpen = true;
    return;
  }
  passOn(signal, info, context);
}

void installHandler() {
  static std::once_flag once;
  std::call_once(once, [] {
    static_cast<void>(pageSize());
    struct sigaction action {};
    action.sa_sigaction = onFault;
    action.sa_flags = SA_SIGINFO;
    sigemptyset(&action.sa_mask);
    sigaction(SIGSEGV, &action, &previousSegv);
    sigaction(SIGBUS, &action, &previousBus);
  });
}

const char* sideName(Side side) {
  return side == Side::host ? "host" : "device";
}

}  // namespace

Allocation* allocate(Side side, std::size_t bytes, const std::string& name) {
  installHandler();
  const std::lock_guard lock(tableMutex);
  for (Allocation& entry : table) {
    if (entry.isUsed.load()) continue;
    const std::size_t page = pageSize();
    const std::size_t payload =
        (bytes + kAlignment + page - 1) / page * page;  // Room for canaries on both sides.
    const std::size_t whole = payload + 2 * page;
    void* mapped = mmap(nullptr, whole, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED)
      throw core::Error("the check device cannot allocate " + std::to_string(bytes) + " bytes for \"" + name +
                        "\": " + std::strerror(errno));
    entry.side = side;
    entry.begin = static_cast<unsigned char*>(mapped);
    entry.end = entry.begin + whole;
    entry.data = entry.begin + page + (payload - bytes) / kAlignment * kAlignment;
    entry.bytes = bytes;
    std::snprintf(entry.name.data(), entry.name.size(), "%s", name.c_str());
    std::memset(entry.begin + page, kCanary, payload);
    std::memset(entry.data, kUninitialised, bytes);
    mprotect(entry.begin, page, PROT_NONE);
    mprotect(entry.end - page, page, PROT_NONE);
    entry.isOpen = true;
    entry.isUsed.store(true, std::memory_order_release);
    return &entry;
  }
  throw core::Error("the check device holds " + std::to_string(kTableSize) +
                    " buffers and has no room for \"" + name + "\"");
}

void release(Allocation* allocation) noexcept {
  const std::lock_guard lock(tableMutex);
  allocation->isUsed.store(false, std::memory_order_release);
  munmap(allocation->begin, static_cast<std::size_t>(allocation->end - allocation->begin));
}

void* address(const Allocation* allocation) {
  return allocation->data;
}
std::size_t size(const Allocation* allocation) {
  return allocation->bytes;
}
const char* name(const Allocation* allocation) {
  return allocation->name.data();
}

void setOpen(Allocation* allocation, bool isOpen) {
  const std::size_t page = pageSize();
  if (allocation->isOpen == isOpen) return;
  mprotect(allocation->begin + page, static_cast<std::size_t>(allocation->end - allocation->begin) - 2 * page,
           isOpen ? PROT_READ | PROT_WRITE : PROT_NONE);
  if (!isOpen) {  // A fault may have opened the guard pages too.
    mprotect(allocation->begin, page, PROT_NONE);
    mprotect(allocation->end - page, page, PROT_NONE);
  }
  allocation->isOpen = isOpen;
}

std::optional<std::string> damagedCanary(const Allocation* allocation) {
  const std::size_t page = pageSize();
  const auto message = [&](const unsigned char* place) {
    const std::ptrdiff_t offset = place - allocation->data;
    return std::string("a write outside ") + sideName(allocation->side) + " buffer \"" +
           allocation->name.data() + "\": at byte " + std::to_string(offset) + " of " +
           std::to_string(allocation->bytes);
  };
  for (const unsigned char* byte = allocation->data; byte-- > allocation->begin + page;)
    if (*byte != kCanary) return message(byte);
  for (const unsigned char* byte = allocation->data + allocation->bytes; byte < allocation->end - page;
       ++byte)
    if (*byte != kCanary) return message(byte);
  return std::nullopt;
}

std::optional<std::string> takeFault() {
  if (!fault.isNoted.load(std::memory_order_acquire)) return std::nullopt;
  const char* access = fault.access == 2 ? "a write to" : fault.access == 1 ? "a read of" : "a touch of";
  std::string text = std::string(access) + " " + sideName(fault.side) + " buffer \"" + fault.name.data() +
                     "\" at byte " + std::to_string(fault.offset) + " of " + std::to_string(fault.bytes) +
                     (fault.isGuard ? ", outside its memory" : "");
  fault.isNoted.store(false, std::memory_order_release);
  return text;
}

}  // namespace aula::compute::check
