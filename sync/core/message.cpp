#include "sync/core/message.h"

#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

constexpr std::uint8_t kMagic = 'Z';
constexpr std::size_t kChecksumBytes = 8;
constexpr std::uint8_t kWithoutNotes = 1, kWithNotes = 2;  // versions

/// Bits of the flags byte. Sent: do not change.
enum Flag : std::uint8_t {
  kMore = 1,
  kStanding = 2,
  kBaseInFull = 4,
  kBatch = 8,
};
/// Bits of a line's byte, above the stream's two.
enum LineFlag : std::uint8_t { kHead = 4, kHeld = 8, kProof = 16 };

std::string_view checksum(std::string_view bytes, Hash& hash) {
  hash = sha256({"zimnik message", bytes});
  return hash.view().substr(0, kChecksumBytes);
}

void write_line(Writer& writer, const MessageLine& line) {
  std::uint8_t flags = static_cast<std::uint8_t>(line.log.stream);
  if (line.head) flags |= kHead;
  if (line.head && !line.head->proof.empty()) flags |= kProof;
  if (line.held != 0) flags |= kHeld;
  writer.byte(flags);
  writer.fixed(line.log.site);
  writer.varint(line.from);
  if (line.from != 0) writer.fixed(line.mark);
  if (line.head) {
    writer.varint(line.head->size);
    writer.signed_varint(line.head->time.ms);
    writer.fixed(line.head->signature);
    if (!line.head->proof.empty()) {
      writer.varint(line.head->proof.size());
      for (const auto& hash : line.head->proof) writer.fixed(hash);
    }
  }
  if (line.held != 0) {
    writer.varint(line.held);
    writer.fixed(line.held_mark);
  }
}

MessageLine read_line(Reader& reader) {
  MessageLine line;
  const auto flags = reader.byte("line flags");
  const auto stream = flags & 3;
  if (stream < 1 || stream > 2 || flags > 31) reader.refuse("line flags", "unknown");
  if ((flags & kProof) && !(flags & kHead)) reader.refuse("line flags", "a proof of no head");
  line.log.stream = static_cast<Stream>(stream);
  line.log.site = reader.fixed<SiteId>("line site");
  line.from = reader.varint("line from", limits::kSeq);
  if (line.from != 0) line.mark = reader.fixed<LeafMark>("line mark");
  if (flags & kHead) {
    auto& head = line.head.emplace();
    head.size = reader.varint("head size", limits::kSeq);
    head.time.ms = reader.signed_varint("head time");
    head.signature = reader.fixed<Signature>("head signature");
    if (flags & kProof) {
      head.proof.resize(reader.varint("proof", limits::kProofHashes));
      if (head.proof.empty()) reader.refuse("proof", "empty");
      for (auto& hash : head.proof) hash = reader.fixed<Hash>("proof");
    }
  }
  if (flags & kHeld) {
    line.held = reader.varint("held", limits::kSeq);
    if (line.held == 0) reader.refuse("held", "0");
    line.held_mark = reader.fixed<LeafMark>("held mark");
  }
  return line;
}

void write_full_standing(Writer& writer, const FullStanding& standing) {
  writer.varint(standing.branches.size());
  for (const auto& branch : standing.branches) {
    writer.byte(static_cast<std::uint8_t>(branch.log.stream));
    writer.fixed(branch.log.site);
    writer.varint(branch.points.size());
    for (const auto& [seq, mark] : branch.points) {
      writer.varint(seq);
      writer.fixed(mark);
    }
  }
  writer.varint(standing.sites.size());
  for (const auto& site : standing.sites) writer.fixed(site);
}

FullStanding read_full_standing(Reader& reader) {
  FullStanding standing;
  standing.branches.resize(reader.varint("branches", limits::kTips));
  for (auto& branch : standing.branches) {
    branch.log.stream = read_stream(reader);
    branch.log.site = reader.fixed<SiteId>("branch site");
    branch.points.resize(reader.varint("points", limits::kLocatorHashes));
    for (auto& [seq, mark] : branch.points) {
      seq = reader.varint("point", limits::kSeq);
      mark = reader.fixed<LeafMark>("point");
    }
  }
  standing.sites.resize(reader.varint("sites", limits::kSiteRecords));
  for (auto& site : standing.sites) site = reader.fixed<SiteId>("site");
  return standing;
}

void write_notes(Writer& writer, const Notes& notes) {
  writer.varint(notes.schema);
  writer.varint(notes.receipts.size());
  for (const auto& receipt : notes.receipts) {
    writer.byte(static_cast<std::uint8_t>(receipt.log.stream));
    writer.fixed(receipt.log.site);
    writer.varint(receipt.size);
    writer.fixed(receipt.mark);
    writer.signed_varint(receipt.time.ms);
    writer.fixed(receipt.signature);
  }
}

Notes read_notes(Reader& reader) {
  Notes notes;
  notes.schema = static_cast<std::uint32_t>(reader.varint("schema version", UINT32_MAX));
  notes.receipts.resize(reader.varint("receipts", limits::kTips));
  for (auto& receipt : notes.receipts) {
    receipt.log.stream = read_stream(reader);
    receipt.log.site = reader.fixed<SiteId>("receipt site");
    receipt.size = reader.varint("receipt size", limits::kSeq);
    if (receipt.size == 0) reader.refuse("receipt size", "0");
    receipt.mark = reader.fixed<LeafMark>("receipt mark");
    receipt.time.ms = reader.signed_varint("receipt time");
    receipt.signature = reader.fixed<Signature>("receipt signature");
  }
  return notes;
}

}  // namespace

LeafMark mark_of(const Hash& leaf) {
  return LeafMark::from(leaf.view().substr(0, LeafMark::kSize));
}

std::string encode_message(const Message& message) {
  std::string bytes;
  Writer writer(bytes);
  writer.byte(kMagic);
  writer.byte(message.notes ? kWithNotes : kWithoutNotes);
  const int flags = (message.more ? kMore : 0) | (message.standing ? kStanding : 0) |
                    (message.base_in_full ? kBaseInFull : 0) | (message.batch.empty() ? 0 : kBatch);
  writer.byte(static_cast<std::uint8_t>(flags));
  writer.fixed(message.base);
  writer.fixed(message.shared_digest);
  writer.fixed(message.school_digest);
  writer.fixed(message.keyring_digest);
  if (message.base_in_full) write_standing(writer, *message.base_in_full);
  if (message.standing) write_full_standing(writer, *message.standing);
  writer.varint(message.sites.size());
  for (const auto& site : message.sites) write_site_record(writer, site);
  writer.varint(message.lines.size());
  for (const auto& line : message.lines) write_line(writer, line);
  if (message.notes) write_notes(writer, *message.notes);
  if (!message.batch.empty()) writer.sized(message.batch);
  Hash hash;
  writer.raw(checksum(bytes, hash));
  return bytes;
}

Message decode_message(std::string_view bytes) {
  Reader whole(bytes, "message");
  if (bytes.size() > limits::kMessageBytes) whole.refuse("length", "over the bound");
  if (whole.byte("magic") != kMagic) whole.refuse("magic", "not a Zimnik message");
  const auto version = whole.byte("version");
  if (version != kWithoutNotes && version != kWithNotes) {
    whole.refuse("version", std::to_string(version) + " isn't known here");
  }
  if (whole.left() < kChecksumBytes) whole.refuse("checksum", "the bytes end here");
  const auto body = bytes.substr(0, bytes.size() - kChecksumBytes);
  Hash hash;
  if (checksum(body, hash) != bytes.substr(body.size())) {
    Reader(bytes.substr(body.size()), "message", body.size())
        .refuse("checksum", "isn't that of the bytes before it");
  }
  Reader reader(body.substr(2), "message", 2);
  Message message;
  const auto flags = reader.byte("flags");
  if (flags > 15) reader.refuse("flags", "unknown");
  message.more = flags & kMore;
  message.base = reader.fixed<StandingId>("base");
  message.shared_digest = reader.fixed<Digest>("digest");
  message.school_digest = reader.fixed<Digest>("digest");
  message.keyring_digest = reader.fixed<Digest>("keyring digest");
  if (flags & kBaseInFull) message.base_in_full = read_standing(reader);
  if (flags & kStanding) message.standing = read_full_standing(reader);
  message.sites.resize(reader.varint("site records", limits::kSiteRecords));
  for (auto& site : message.sites) site = read_site_record(reader);
  message.lines.resize(reader.varint("lines", limits::kTips));
  for (auto& line : message.lines) line = read_line(reader);
  if (version == kWithNotes) message.notes = read_notes(reader);
  if (flags & kBatch) message.batch = reader.sized(limits::kMessageBytes, "batch");
  reader.expect_end("end");
  return message;
}

}  // namespace zimnik::sync
