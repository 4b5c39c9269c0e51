#include "sync/core/frontier.h"

#include "sync/core/crypto.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

void write_tip(Writer& writer, const Tip& tip) {
  writer.fixed(tip.log.site);
  writer.byte(static_cast<std::uint8_t>(tip.log.stream));
  writer.varint(tip.size);
  writer.fixed(tip.leaf);
}

Digest digest_of(const std::string& bytes) {
  return Digest::from(sha256({"zimnik frontier", bytes}).view().substr(0, Digest::kSize));
}

}  // namespace

Digest digest(const Frontier& frontier, Stream stream) {
  std::string bytes;
  Writer writer(bytes);
  for (const auto& tip : frontier) {
    if (tip.log.stream == stream) write_tip(writer, tip);
  }
  return digest_of(bytes);
}

Stream read_stream(Reader& reader) {
  const auto stream = reader.byte("stream");
  if (stream < 1 || stream > 2) reader.refuse("stream", "unknown " + std::to_string(stream));
  return static_cast<Stream>(stream);
}

void write_frontier(Writer& writer, const Frontier& frontier) {
  writer.varint(frontier.size());
  for (const auto& tip : frontier) write_tip(writer, tip);
}

Frontier read_frontier(Reader& reader, const char* field) {
  Frontier frontier(reader.varint(field, limits::kTips));
  for (std::size_t i = 0; i < frontier.size(); ++i) {
    auto& tip = frontier[i];
    tip.log.site = reader.fixed<SiteId>(field);
    tip.log.stream = read_stream(reader);
    tip.size = reader.varint(field);
    tip.leaf = reader.fixed<Hash>(field);
    if (i > 0 && !(frontier[i - 1] < tip)) reader.refuse(field, "tips out of order");
  }
  return frontier;
}

}  // namespace zimnik::sync
