// Files that only their owner may read.
#pragma once

#include <string>
#include <string_view>

namespace zimnik::net {

/// Writes the file whole or not at all: mode 0600, synced before it takes the place of an older
/// one. Throws std::system_error.
void write_private_file(const std::string& path, std::string_view bytes);

/// Throws std::system_error, and std::runtime_error where the file is larger than `most` bytes.
std::string read_file(const std::string& path, std::size_t most);

}  // namespace zimnik::net
