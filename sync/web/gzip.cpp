#include "sync/web/gzip.h"

#include <zlib.h>

#include <stdexcept>

namespace zimnik::web {

bool accepts_gzip(std::string_view header) {
  while (!header.empty()) {
    const auto end = header.find(',');
    auto item = header.substr(0, end);
    header.remove_prefix(end == std::string_view::npos ? header.size() : end + 1);
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    if (!item.starts_with("gzip")) continue;
    item.remove_prefix(4);
    if (item.empty() || item.front() == ' ') return true;
    if (item.front() != ';') continue;
    const auto weight = item.find("q=");
    return weight == std::string_view::npos ||
           item.find_first_not_of("0.", weight + 2) != std::string_view::npos;
  }
  return false;
}

std::string gzip(std::string_view bytes) {
  z_stream stream{};
  constexpr int kGzip = 16, kMemory = 9;
  if (deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, MAX_WBITS + kGzip, kMemory,
                   Z_DEFAULT_STRATEGY) != Z_OK) {
    throw std::runtime_error("gzip");
  }
  std::string compressed(deflateBound(&stream, bytes.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
  stream.avail_out = static_cast<uInt>(compressed.size());
  const int result = deflate(&stream, Z_FINISH);
  compressed.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) throw std::runtime_error("gzip");
  return compressed;
}

}  // namespace zimnik::web
