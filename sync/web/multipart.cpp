// body  ("--" boundary CRLF headers CRLF CRLF content CRLF)* "--" boundary "--"
#include "sync/web/multipart.h"

#include <algorithm>
#include <cctype>

#include "sync/core/value.h"

namespace zimnik::web {

namespace {

constexpr std::size_t kParts = 64;
constexpr std::size_t kBoundaryBytes = 70;  // RFC 2046 allows no more
constexpr std::string_view kType = "multipart/form-data";

std::string small(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(),
                 [](unsigned char it) { return static_cast<char>(std::tolower(it)); });
  return result;
}

/// The value of `name="…"`, or `name=…`, in a header.
std::optional<std::string> parameter(std::string_view header, std::string_view name) {
  const auto sought = "; " + std::string(name) + "=";
  std::string parted;
  for (std::size_t i = 0; i < header.size(); ++i) {
    parted += header[i];
    if (header[i] == ';' && header.substr(i + 1, 1) != " ") parted += ' ';
  }
  const auto at = small(parted).find(sought);
  if (at == std::string::npos) return std::nullopt;
  auto value = std::string_view(parted).substr(at + sought.size());
  if (!value.starts_with('"')) return std::string(value.substr(0, value.find(';')));
  value.remove_prefix(1);
  const auto end = value.find('"');
  if (end == std::string_view::npos) return std::nullopt;
  return std::string(value.substr(0, end));
}

/// Takes off what stands before `end`, and `end`; nothing where there is no `end`.
std::optional<std::string_view> take(std::string_view& text, std::string_view end) {
  const auto at = text.find(end);
  if (at == std::string_view::npos) return std::nullopt;
  const auto before = text.substr(0, at);
  text.remove_prefix(at + end.size());
  return before;
}

std::string disposition_in(std::string_view headers) {
  while (!headers.empty()) {
    auto line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
    const auto colon = line.find(':');
    if (small(line.substr(0, colon)) == "content-disposition") {
      return std::string(line.substr(colon + 1));
    }
  }
  return "";
}

}  // namespace

std::string Upload::get(std::string_view name) const {
  const auto it = fields.find(name);
  return it == fields.end() ? "" : it->second;
}

std::optional<Upload> upload_from(const net::Request& request) {
  const auto type = request.header("content-type");
  if (!small(type).starts_with(kType)) return std::nullopt;
  const auto boundary = parameter(type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kBoundaryBytes) return std::nullopt;
  const auto end = "\r\n--" + *boundary;
  // The first boundary has no line before it.
  const auto whole = "\r\n" + request.body;
  std::string_view rest(whole);
  if (!take(rest, end)) return std::nullopt;
  Upload upload;
  bool has_file = false;
  for (std::size_t parts = 0; !rest.starts_with("--"); ++parts) {
    if (parts == kParts || !take(rest, "\r\n")) return std::nullopt;
    const auto headers = take(rest, "\r\n\r\n");
    const auto content = headers ? take(rest, end) : std::nullopt;
    if (!content) return std::nullopt;
    const auto disposition = disposition_in(*headers);
    const auto name = parameter(disposition, "name");
    if (!name) return std::nullopt;
    if (parameter(disposition, "filename")) {
      if (has_file) return std::nullopt;
      has_file = true;
      upload.file = *content;
    } else if (sync::is_text(*name) && sync::is_text(*content)) {
      upload.fields.emplace(*name, *content);
    } else {
      return std::nullopt;
    }
  }
  if (!has_file) return std::nullopt;
  return upload;
}

}  // namespace zimnik::web
