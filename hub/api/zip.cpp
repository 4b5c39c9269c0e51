#include "hub/api/zip.h"

#include <zip.h>

#include <memory>
#include <stdexcept>

namespace zimnik::hub {
namespace {

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_source_t* source) const { zip_source_free(source); }
};
using Archive = std::unique_ptr<zip_t, Close>;
using Source = std::unique_ptr<zip_source_t, Close>;

constexpr zip_uint16_t kTime = 0, kDay = (46 << 9) | (1 << 5) | 1;  // MS-DOS: midnight, 01.01.2026

[[noreturn]] void fail(const char* what) {
  throw std::runtime_error(std::string("архив ZIP не составлен: ") + what);
}

/// REQUIRES: the bytes outlive the archive.
void add(zip_t* archive, const std::string& name, const std::string& bytes) {
  Source source(zip_source_buffer(archive, bytes.data(), bytes.size(), 0));
  if (!source) fail(zip_strerror(archive));
  const auto index = zip_file_add(archive, name.c_str(), source.get(), ZIP_FL_ENC_UTF_8);
  if (index < 0) fail(zip_strerror(archive));
  source.release();  // the archive's from now on
  zip_file_set_dostime(archive, static_cast<zip_uint64_t>(index), kTime, kDay, 0);
}

std::string bytes_of(zip_source_t* source) {
  if (zip_source_open(source) != 0) fail(zip_error_strerror(zip_source_error(source)));
  zip_source_seek(source, 0, SEEK_END);
  const auto size = zip_source_tell(source);
  zip_source_seek(source, 0, SEEK_SET);
  std::string bytes(size < 0 ? 0 : static_cast<std::size_t>(size), '\0');
  const auto count = zip_source_read(source, bytes.data(), bytes.size());
  zip_source_close(source);
  if (size < 0 || count != size) fail("не читается");
  return bytes;
}

}  // namespace

std::string zip_of(const journal::ImportFiles& files) {
  zip_error_t error;
  zip_error_init(&error);
  Source target(zip_source_buffer_create(nullptr, 0, 0, &error));
  if (!target) fail(zip_error_strerror(&error));
  zip_source_keep(target.get());
  Archive archive(zip_open_from_source(target.get(), ZIP_TRUNCATE, &error));
  if (!archive) {
    zip_source_free(target.get());
    fail(zip_error_strerror(&error));
  }
  for (const auto& [name, bytes] : files) add(archive.get(), name, bytes);
  if (zip_close(archive.get()) != 0) fail(zip_strerror(archive.get()));
  archive.release();
  return bytes_of(target.get());
}

}  // namespace zimnik::hub
