#include "sync/web/embedded.h"

#include <algorithm>

namespace zimnik::web {

const EmbeddedFile* find(EmbeddedFiles files, std::string_view name) {
  const auto found = std::lower_bound(
      files.begin(), files.end(), name,
      [](const EmbeddedFile& file, std::string_view wanted) { return file.name < wanted; });
  return found != files.end() && found->name == name ? &*found : nullptr;
}

}  // namespace zimnik::web
