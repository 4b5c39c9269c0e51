// The head of a request, read before anything else sees it. Much stricter than HTTP asks for: what
// no client of ours sends is refused.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace zimnik::net {

struct RequestHead {
  std::string line;  ///< method, target and version, as sent
  std::string method;
  std::string target;                                       ///< starts with a slash
  std::map<std::string, std::string, std::less<>> headers;  ///< see Request::headers
  std::size_t body_bytes = 0;                               ///< from Content-Length
  bool keep_alive = true;
};

/// Why a request isn't taken: a status, and a line for people. Status 0: it is.
struct HeadRefusal {
  int status = 0;
  const char* reason = "";
};

/// Reads a whole head, its empty line included. Refused are, with the status in parentheses:
/// bare line ends, control characters, folded lines, names that aren't tokens, two lengths, a
/// target without a slash in front (400); a body without Content-Length, Transfer-Encoding (411); a
/// long target (414); Content-Encoding (415); Expect (417); too many headers (431); a method other
/// than GET, HEAD, POST, PUT, DELETE (501); a version other than 1.0 and 1.1 (505).
HeadRefusal read_head(std::string_view bytes, RequestHead& head);

}  // namespace zimnik::net
