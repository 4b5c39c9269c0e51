// A form with a file, as browsers send it (RFC 7578). Pure; any thread.
#pragma once

#include <map>
#include <optional>
#include <string>

#include "sync/net/http_message.h"

namespace zimnik::web {

struct Upload {
  std::map<std::string, std::string, std::less<>> fields;  ///< UTF-8 without NUL
  std::string file;                                        ///< the bytes of the one file

  std::string get(std::string_view name) const;  ///< empty where there is none
};

/// The form of a multipart/form-data body. Nothing where it doesn't hold, has more than 64 parts,
/// or doesn't have one file exactly.
std::optional<Upload> upload_from(const net::Request& request);

}  // namespace zimnik::web
