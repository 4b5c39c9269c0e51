// Files that are built into the program: templates, catalogues, scripts. See zimnik_embed() in
// sync/web/CMakeLists.txt. Any thread.
#pragma once

#include <span>
#include <string_view>

namespace zimnik::web {

struct EmbeddedFile {
  std::string_view name;  ///< its path from the folder that was embedded
  std::string_view bytes;
};
/// Ascending by name.
using EmbeddedFiles = std::span<const EmbeddedFile>;

/// Null where there is none of that name.
const EmbeddedFile* find(EmbeddedFiles files, std::string_view name);

}  // namespace zimnik::web
