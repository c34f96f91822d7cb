// SPDX-License-Identifier: Apache-2.0
#include "core/io/checkpoint.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <map>
#include <optional>
#include <set>
#include <system_error>
#include <utility>

#include "core/assert.h"
#include "core/io/atomic_file.h"
#include "core/io/crc32c.h"

// Layout: the magic, then blocks (header, name, bytes, checksum of the three), then a closing header whose
// size field holds the number of blocks. A file without the closing header was cut short.
namespace aula::core {

namespace {

constexpr std::array<char, 8> kMagic{'A', 'u', 'l', 'a', 'C', 'k', 'p', '1'};
constexpr std::uint32_t kBlock = 0x4b4c4241;  // "ABLK"
constexpr std::uint32_t kEnd = 0x444e4541;    // "AEND"
constexpr std::size_t kBufferBytes = std::size_t{1} << 20;

struct Header {
  std::uint32_t kind = 0;
  std::uint32_t nameLength = 0;
  std::uint64_t size = 0;  ///< Bytes of the block; of the closing header: number of blocks.
};
static_assert(sizeof(Header) == 16);

std::uint32_t headerChecksum(const Header& header, const std::string& name) {
  const std::uint32_t crc = crc32c(0, std::as_bytes(std::span<const Header, 1>(&header, 1)));
  return crc32c(crc, std::as_bytes(std::span<const char>(name.data(), name.size())));
}

}  // namespace

std::size_t MemoryCheckpoint::bytes() const {
  std::size_t sum = 0;
  for (const auto& [name, block] : blocks_) sum += name.size() + block.size() + 64;
  return sum;
}

struct CheckpointWriter::Implementation {
  explicit Implementation(std::filesystem::path target) : file(std::in_place, std::move(target)) {}
  explicit Implementation(MemoryCheckpoint& target) : memory(&target) {}

  void put(std::span<const std::byte> bytes) {
    if (buffer.size() + bytes.size() > kBufferBytes) flush();
    if (bytes.size() >= kBufferBytes) {
      file->write(bytes);
    } else {
      buffer.insert(buffer.end(), bytes.begin(), bytes.end());
    }
  }
  template <class T>
  void putValue(const T& value) {
    put(std::as_bytes(std::span<const T, 1>(&value, 1)));
  }
  void flush() {
    file->write(buffer);
    buffer.clear();
  }

  std::optional<AtomicFile> file;      ///< Either this
  MemoryCheckpoint* memory = nullptr;  ///< or this.
  std::string prefix;
  std::vector<std::byte> buffer;
  std::set<std::string> names;
};

CheckpointWriter::CheckpointWriter(std::filesystem::path target)
    : implementation_(std::make_unique<Implementation>(std::move(target))) {
  implementation_->putValue(kMagic);
}

CheckpointWriter::CheckpointWriter(MemoryCheckpoint& target)
    : implementation_(std::make_unique<Implementation>(target)) {
  target.blocks_.clear();
}

CheckpointWriter::~CheckpointWriter() = default;

void CheckpointWriter::setPrefix(std::string prefix) {
  implementation_->prefix = std::move(prefix);
}

void CheckpointWriter::write(const std::string& name, std::span<const std::byte> bytes) {
  const std::string fullName = implementation_->prefix + name;
  AULA_ASSERT(implementation_->names.insert(fullName).second);
  if (implementation_->memory != nullptr) {
    implementation_->memory->blocks_[fullName].assign(bytes.begin(), bytes.end());
    return;
  }
  const Header header{kBlock, static_cast<std::uint32_t>(fullName.size()), bytes.size()};
  implementation_->putValue(header);
  implementation_->put(std::as_bytes(std::span<const char>(fullName.data(), fullName.size())));
  implementation_->put(bytes);
  implementation_->putValue(crc32c(headerChecksum(header, fullName), bytes));
}

void CheckpointWriter::commit() {
  if (implementation_->memory != nullptr) return;
  const Header end{kEnd, 0, implementation_->names.size()};
  implementation_->putValue(end);
  implementation_->putValue(headerChecksum(end, {}));
  implementation_->flush();
  implementation_->file->commit();
}

struct CheckpointReader::Implementation {
  struct Block {
    off_t offset = 0;
    std::size_t size = 0;
  };

  explicit Implementation(std::filesystem::path name) : file(std::move(name)) {
    descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
      throw Error("cannot read the checkpoint " + file.string() + ": " +
                  std::generic_category().message(errno));
    try {
      scan();
    } catch (...) {
      ::close(descriptor);
      throw;
    }
  }
  explicit Implementation(const MemoryCheckpoint& source) : file("in memory"), memory(&source) {}
  ~Implementation() {
    if (descriptor >= 0) ::close(descriptor);
  }
  Implementation(const Implementation&) = delete;
  Implementation& operator=(const Implementation&) = delete;

  [[noreturn]] void refuse(const std::string& what) const {
    throw Error("the checkpoint " + file.string() + " cannot be used: " + what);
  }

  void readAt(off_t offset, std::span<std::byte> bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::pread(descriptor, bytes.data(), bytes.size(), offset);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) refuse(std::generic_category().message(errno));
      if (count == 0) refuse("it is cut short");
      bytes = bytes.subspan(static_cast<std::size_t>(count));
      offset += count;
    }
  }
  template <class T>
  void readValueAt(off_t offset, T& value) const {
    readAt(offset, std::as_writable_bytes(std::span<T, 1>(&value, 1)));
  }

  // Walks through the whole file once, so that a torn or damaged one is refused before anything is loaded
  // from it.
  void scan() {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0) refuse(std::generic_category().message(errno));
    const off_t end = status.st_size;
    std::array<char, 8> magic{};
    readValueAt(0, magic);
    if (magic != kMagic) refuse("it is not a checkpoint of this version of Aula");
    off_t offset = sizeof magic;
    std::vector<std::byte> buffer(kBufferBytes);
    for (;;) {
      Header header;
      readValueAt(offset, header);
      offset += sizeof header;
      if (header.kind == kEnd) {
        std::uint32_t stored = 0;
        readValueAt(offset, stored);
        if (stored != headerChecksum(header, {}) || header.size != blocks.size())
          refuse("its end is damaged");
        return;
      }
      const auto left = static_cast<std::uint64_t>(end - offset);
      if (header.kind != kBlock || header.nameLength > 4096 || header.nameLength > left ||
          header.size > left - header.nameLength)
        refuse("it is cut short or damaged");
      std::string name(header.nameLength, '\0');
      readAt(offset, std::as_writable_bytes(std::span<char>(name.data(), name.size())));
      offset += header.nameLength;
      blocks[name] = Block{offset, header.size};
      std::uint32_t crc = headerChecksum(header, name);
      for (std::uint64_t done = 0; done < header.size;) {
        const std::size_t piece = std::min<std::uint64_t>(kBufferBytes, header.size - done);
        readAt(offset, std::span(buffer).first(piece));
        crc = crc32c(crc, std::span<const std::byte>(buffer).first(piece));
        done += piece;
        offset += static_cast<off_t>(piece);
      }
      std::uint32_t stored = 0;
      readValueAt(offset, stored);
      offset += sizeof stored;
      if (stored != crc) refuse("the checksum of its block \"" + name + "\" is wrong");
    }
  }

  [[nodiscard]] const Block& block(const std::string& name) const {
    const auto found = blocks.find(prefix + name);
    if (found == blocks.end()) refuse("it has no block \"" + prefix + name + "\"");
    return found->second;
  }

  [[nodiscard]] const std::vector<std::byte>& memoryBlock(const std::string& name) const {
    const auto found = memory->blocks_.find(prefix + name);
    if (found == memory->blocks_.end()) refuse("it has no block \"" + prefix + name + "\"");
    return found->second;
  }
  void checkSize(const std::string& name, std::size_t found, std::size_t needed) const {
    if (found != needed)
      refuse("its block \"" + prefix + name + "\" has " + std::to_string(found) + " bytes, where " +
             std::to_string(needed) + " are needed");
  }

  std::filesystem::path file;
  const MemoryCheckpoint* memory = nullptr;
  int descriptor = -1;
  std::string prefix;
  std::map<std::string, Block> blocks;
};

CheckpointReader::CheckpointReader(std::filesystem::path file)
    : implementation_(std::make_unique<Implementation>(std::move(file))) {}

CheckpointReader::CheckpointReader(const MemoryCheckpoint& source)
    : implementation_(std::make_unique<Implementation>(source)) {}

CheckpointReader::~CheckpointReader() = default;

void CheckpointReader::setPrefix(std::string prefix) {
  implementation_->prefix = std::move(prefix);
}

bool CheckpointReader::has(const std::string& name) const {
  const std::string full = implementation_->prefix + name;
  if (implementation_->memory != nullptr) return implementation_->memory->blocks_.contains(full);
  return implementation_->blocks.contains(full);
}

std::size_t CheckpointReader::size(const std::string& name) const {
  if (implementation_->memory != nullptr) return implementation_->memoryBlock(name).size();
  return implementation_->block(name).size;
}

void CheckpointReader::read(const std::string& name, std::span<std::byte> bytes) {
  if (implementation_->memory != nullptr) {
    const auto& block = implementation_->memoryBlock(name);
    implementation_->checkSize(name, block.size(), bytes.size());
    std::copy(block.begin(), block.end(), bytes.begin());
    return;
  }
  const auto& block = implementation_->block(name);
  implementation_->checkSize(name, block.size, bytes.size());
  implementation_->readAt(block.offset, bytes);
}

}  // namespace aula::core
