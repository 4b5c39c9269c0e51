#include "node/archive.h"

#include <zip.h>

#include <memory>

#include "schema/limits.h"

namespace zimnik::node {

namespace {

namespace limits = journal::limits;
using journal::BadFile;

constexpr const char* kNoArchive = "файл — не архив ZIP, или он повреждён";
constexpr std::size_t kPieceBytes = 64 * 1024;

struct Close {
  void operator()(zip_t* archive) const { zip_discard(archive); }
  void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using Archive = std::unique_ptr<zip_t, Close>;
using File = std::unique_ptr<zip_file_t, Close>;

/// REQUIRES: the bytes outlive it.
Archive opened(std::string_view bytes) {
  // The library takes no bytes at all for an empty archive.
  if (bytes.empty()) throw BadFile({0, {kNoArchive}});
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
  zip_t* archive = source == nullptr
                       ? nullptr
                       : zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error);
  zip_error_fini(&error);
  if (archive == nullptr) {
    zip_source_free(source);
    throw BadFile({0, {kNoArchive}});
  }
  return Archive(archive);
}

std::string content(zip_t* archive, zip_uint64_t index, const std::string& name,
                    std::size_t& room) {
  const File file(zip_fopen_index(archive, index, 0));
  if (!file) throw BadFile({0, {"не открывается: архив повреждён или под паролем"}, name});
  std::string text, piece(kPieceBytes, '\0');
  for (;;) {
    const auto count = zip_fread(file.get(), piece.data(), piece.size());
    if (count < 0) throw BadFile({0, {"не распаковывается: архив повреждён"}, name});
    if (count == 0) return text;
    text.append(piece, 0, static_cast<std::size_t>(count));
    if (text.size() > limits::kArchiveFileBytes || static_cast<std::size_t>(count) > room) {
      throw BadFile({0, {"слишком велик после распаковки"}, name});
    }
    room -= static_cast<std::size_t>(count);
  }
}

}  // namespace

journal::ImportFiles unpacked(std::string_view bytes) {
  if (bytes.size() > limits::kImportBytes) {
    throw BadFile({0, {"файл больше {1} байт", {std::to_string(limits::kImportBytes)}}});
  }
  const auto archive = opened(bytes);
  const auto count = zip_get_num_entries(archive.get(), 0);
  if (count < 0 || static_cast<std::size_t>(count) > limits::kArchiveFiles) {
    throw BadFile({0, {"в архиве больше {1} файлов", {std::to_string(limits::kArchiveFiles)}}});
  }
  journal::ImportFiles files;
  std::size_t room = limits::kArchiveBytes;
  for (zip_uint64_t i = 0; i < static_cast<zip_uint64_t>(count); ++i) {
    const char* name = zip_get_name(archive.get(), i, 0);
    const std::string path = name == nullptr ? "" : name;
    if (path.empty() || path.find('/') != std::string::npos) continue;
    files.emplace(path, content(archive.get(), i, path, room));
  }
  return files;
}

}  // namespace zimnik::node
