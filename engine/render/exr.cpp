// SPDX-License-Identifier: Apache-2.0
#include "render/exr.h"

#include "core/error.h"

#if AULA_HAVE_OPENEXR

#include <ImfChannelList.h>
#include <ImfChromaticities.h>
#include <ImfFrameBuffer.h>
#include <ImfHeader.h>
#include <ImfIO.h>
#include <ImfInputFile.h>
#include <ImfOutputFile.h>
#include <ImfStandardAttributes.h>
#include <ImfStringAttribute.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <vector>

#include "core/io/atomic_file.h"

namespace aula::render {
namespace {

namespace fs = std::filesystem;

constexpr std::array<const char*, 4> kChannels = {"R", "G", "B", "A"};
/// Before the names of our remarks, so that they meet no attribute of the format's own.
const std::string kPrefix = "aula_";

/// OpenEXR goes back to the beginning to write where its lines are, so core::AtomicFile, which only goes
/// forward, will not do: the same manners with a file that can be walked through.
class Stream final : public Imf::OStream {
 public:
  explicit Stream(const fs::path& target)
      : Imf::OStream(target.c_str()), target_(target), partial_(target.string() + ".partial") {
    descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) throw core::fileError("write", target_, errno);
  }
  ~Stream() override {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    std::error_code ignored;
    fs::remove(partial_, ignored);
  }
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  void write(const char bytes[], int count) override {
    for (int done = 0; done < count;) {
      const auto now = ::write(descriptor_, bytes + done, static_cast<std::size_t>(count - done));
      if (now < 0 && errno == EINTR) continue;
      if (now < 0) {
        // OpenEXR turns exceptions into its own; this is what is told instead.
        problem = errno;
        throw core::fileError("write", target_, errno);
      }
      done += static_cast<int>(now);
      position_ += static_cast<std::uint64_t>(now);
    }
  }
  std::uint64_t tellp() override { return position_; }
  void seekp(std::uint64_t position) override {
    if (::lseek(descriptor_, static_cast<off_t>(position), SEEK_SET) < 0)
      throw core::fileError("write", target_, errno);
    position_ = position;
  }
  void commit() {
    if (::fsync(descriptor_) != 0) throw core::fileError("write", target_, errno);
    const int closing = descriptor_;
    descriptor_ = -1;
    std::error_code failed;
    const bool isClosed = ::close(closing) == 0;
    const int reason = errno;
    if (isClosed) fs::rename(partial_, target_, failed);
    if (isClosed && !failed) return;
    std::error_code ignored;
    fs::remove(partial_, ignored);
    throw core::fileError("write", target_, isClosed ? failed.value() : reason);
  }
  [[nodiscard]] const fs::path& target() const { return target_; }

  int problem = 0;

 private:
  fs::path target_, partial_;
  int descriptor_ = -1;
  std::uint64_t position_ = 0;
};

Imf::Header headerFor(const ExrOptions& options) {
  if (options.width < 1 || options.height < 1 || options.width > 1 << 20 || options.height > 1 << 20)
    throw core::inputError("An OpenEXR picture of " + std::to_string(options.width) + "x" +
                           std::to_string(options.height) +
                           " pixels cannot be written: each side must be 1 to 1048576.");
  Imf::Header header(options.width, options.height);
  header.compression() = Imf::ZIP_COMPRESSION;
  for (const char* channel : kChannels)
    header.channels().insert(channel,
                             Imf::Channel(options.numbers == ExrNumbers::half ? Imf::HALF : Imf::FLOAT));
  // IEC 61966-2-1: the primaries of sRGB, white D65. They are the format's own, said all the same.
  Imf::addChromaticities(header, Imf::Chromaticities());
  for (const auto& [name, text] : options.remarks) header.insert(kPrefix + name, Imf::StringAttribute(text));
  return header;
}

}  // namespace

bool canWriteExr() {
  return true;
}

struct ExrRows::Implementation {
  ExrOptions options;
  Stream stream;
  std::unique_ptr<Imf::OutputFile> file;
  std::vector<half> halves;
  int written = 0;

  Implementation(const fs::path& path, const ExrOptions& wanted)
      : options(wanted), stream((headerFor(wanted), path)) {
    told([&] { file = std::make_unique<Imf::OutputFile>(stream, headerFor(options)); });
  }

  /// OpenEXR's errors as ours.
  template <typename Call>
  void told(Call call) {
    try {
      call();
    } catch (const std::exception& error) {
      if (stream.problem != 0) throw core::fileError("write", stream.target(), stream.problem);
      throw core::Error("Cannot write the picture " + stream.target().string() +
                        ": OpenEXR says: " + error.what());
    }
  }
};

ExrRows::ExrRows(const fs::path& path, const ExrOptions& options)
    : implementation_(std::make_unique<Implementation>(path, options)) {}

ExrRows::~ExrRows() = default;

void ExrRows::write(std::span<const float> rows) {
  Implementation& self = *implementation_;
  const std::size_t row = std::size_t{4} * static_cast<std::size_t>(self.options.width);
  const int count = static_cast<int>(rows.size() / row);
  if (rows.size() % row != 0 || self.written + count > self.options.height)
    throw core::Error("Rows of another picture's size were given for " + self.stream.target().string() + ".");
  const bool isHalf = self.options.numbers == ExrNumbers::half;
  const std::size_t size = isHalf ? sizeof(half) : sizeof(float);
  if (isHalf) self.halves.assign(rows.begin(), rows.end());
  // The library counts from the picture's first row.
  auto* const first = isHalf ? reinterpret_cast<char*>(self.halves.data())
                             : reinterpret_cast<char*>(const_cast<float*>(rows.data()));
  char* const origin = first - static_cast<std::ptrdiff_t>(row * size) * self.written;
  self.told([&] {
    Imf::FrameBuffer buffer;
    for (std::size_t c = 0; c < kChannels.size(); ++c)
      buffer.insert(kChannels[c],
                    Imf::Slice(isHalf ? Imf::HALF : Imf::FLOAT, origin + c * size, 4 * size, row * size));
    self.file->setFrameBuffer(buffer);
    self.file->writePixels(count);
  });
  self.written += count;
}

void ExrRows::finish() {
  Implementation& self = *implementation_;
  if (self.written != self.options.height)
    throw core::Error("The picture " + self.stream.target().string() + " has " +
                      std::to_string(self.written) + " rows of " + std::to_string(self.options.height) + ".");
  // Its destructor writes the table of lines and swallows what goes wrong: the stream remembers.
  self.file.reset();
  if (self.stream.problem != 0) throw core::fileError("write", self.stream.target(), self.stream.problem);
  self.stream.commit();
}

HdrImage readExr(const fs::path& path) {
  try {
    Imf::InputFile file(path.c_str());
    const auto window = file.header().dataWindow();
    HdrImage image;
    image.width = window.max.x - window.min.x + 1;
    image.height = window.max.y - window.min.y + 1;
    for (std::size_t c = 0; c < 3; ++c) {
      if (file.header().channels().findChannel(kChannels[c]) == nullptr)
        throw core::Error(std::string("it has no channel ") + kChannels[c]);
    }
    const std::size_t row = std::size_t{4} * static_cast<std::size_t>(image.width);
    image.pixels.resize(row * static_cast<std::size_t>(image.height));
    char* const origin =
        reinterpret_cast<char*>(image.pixels.data()) -
        static_cast<std::ptrdiff_t>(sizeof(float)) *
            (static_cast<std::ptrdiff_t>(row) * window.min.y + 4 * static_cast<std::ptrdiff_t>(window.min.x));
    Imf::FrameBuffer buffer;
    for (std::size_t c = 0; c < kChannels.size(); ++c)
      buffer.insert(kChannels[c], Imf::Slice(Imf::FLOAT, origin + c * sizeof(float), 4 * sizeof(float),
                                             row * sizeof(float), 1, 1, c == 3 ? 1.0 : 0.0));
    file.setFrameBuffer(buffer);
    file.readPixels(window.min.y, window.max.y);
    return image;
  } catch (const std::exception& error) {
    throw core::Error("Cannot read the picture " + path.string() + ": " + error.what() + ".");
  }
}

std::map<std::string, std::string> readExrRemarks(const fs::path& path) {
  std::map<std::string, std::string> remarks;
  try {
    const Imf::InputFile file(path.c_str());
    for (auto i = file.header().begin(); i != file.header().end(); ++i) {
      const std::string name = i.name();
      const auto* text = dynamic_cast<const Imf::StringAttribute*>(&i.attribute());
      if (text != nullptr && name.starts_with(kPrefix)) remarks[name.substr(kPrefix.size())] = text->value();
    }
  } catch (const std::exception& error) {
    throw core::Error("Cannot read the picture " + path.string() + ": " + error.what() + ".");
  }
  return remarks;
}

}  // namespace aula::render

#else

namespace aula::render {
namespace {
core::Error missing() {
  return core::Error(
      "This build of Aula knows no OpenEXR pictures: install libopenexr-dev and build it anew, or write a "
      "PNG.");
}
}  // namespace

struct ExrRows::Implementation {};
bool canWriteExr() {
  return false;
}
ExrRows::ExrRows(const std::filesystem::path& /*path*/, const ExrOptions& /*options*/) {
  throw missing();
}
ExrRows::~ExrRows() = default;
void ExrRows::write(std::span<const float> /*rows*/) {
  throw missing();
}
void ExrRows::finish() {
  throw missing();
}
HdrImage readExr(const std::filesystem::path& /*path*/) {
  throw missing();
}
std::map<std::string, std::string> readExrRemarks(const std::filesystem::path& /*path*/) {
  throw missing();
}

}  // namespace aula::render

#endif

namespace aula::render {

void writeExr(const std::filesystem::path& path, const HdrImage& image, ExrNumbers numbers,
              const std::map<std::string, std::string>& remarks) {
  ExrRows rows(path, {image.width, image.height, numbers, remarks});
  rows.write(image.pixels);
  rows.finish();
}

}  // namespace aula::render
