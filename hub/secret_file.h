// Settings with secrets in them, which operators write by hand.
#pragma once

#include <string>

namespace zimnik::hub {

/// Throws std::runtime_error where others than the file's owner may read or write it, or it can't
/// be looked at.
void require_private(const std::string& path);

}  // namespace zimnik::hub
