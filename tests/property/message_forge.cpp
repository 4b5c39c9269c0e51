#include "tests/property/message_forge.h"

#include <algorithm>

#include "sync/core/compression.h"
#include "sync/core/limits.h"

namespace zimnik::property {

using namespace sync;

namespace {

constexpr std::size_t kChecksumBytes = 8;

}  // namespace

MessageForge::MessageForge(std::uint64_t seed, std::vector<std::string> site_names, Keyring keys)
    : dice_(seed), keys_(std::move(keys)) {
  for (auto& name : site_names) {
    const auto id = test::site_record(name).keys.id();
    names_.emplace(id, std::move(name));
  }
}

void MessageForge::learn(test::Node& sender) {
  sender->for_each_leaf([&](auto, const Hash& name, const LeafPlace& place, const Transaction* it) {
    if (held_.contains(name)) return;
    Held held{place, 0, {}};
    if (it != nullptr) held.transaction = *it;
    if (it != nullptr) held.bytes = encode_leaf(place, *it, keys_).size();
    held_.emplace(name, std::move(held));
  });
}

std::string MessageForge::change(const std::string& bytes) {
  std::string changed = bytes;
  if (maybe(85)) {
    auto message = decode_message(bytes);
    for (auto times = 1 + number(2); times > 0; --times) {
      switch (message.batch.empty() ? 0 : number(4)) {
        case 0:
          change_fields(message);
          break;
        case 1:
          change_parts(message);
          break;
        default:
          change_leaves(message);
      }
    }
    if (maybe(80)) sign(message);
    changed = encode_message(message);
    if (maybe(85)) return changed;
  }
  change_bytes(changed);
  if (changed.size() < kChecksumBytes || maybe(10)) return changed;
  changed.resize(changed.size() - kChecksumBytes);
  return changed.append(sha256({"zimnik message", changed}).view().substr(0, kChecksumBytes));
}

void MessageForge::change_bytes(std::string& bytes) {
  static constexpr unsigned char kTelling[] = {0,    1,    0x08, 0x0f, 0x10, 0x18, 0x21, 0x31, 0x38,
                                               0x41, 0x48, 0x51, 0x60, 0x68, 0x7f, 0x80, 0xff};
  for (auto times = 1 + number(3); times > 0; --times) {
    const auto at = number(bytes.size() + 1),
               size = number(std::min<std::size_t>(bytes.size() - at, 24) + 1);
    switch (number(7)) {
      case 0:
        if (at < bytes.size()) bytes[at] = static_cast<char>(bytes[at] ^ (1 << number(8)));
        break;
      case 1:
        if (at < bytes.size()) bytes[at] = static_cast<char>(kTelling[number(std::size(kTelling))]);
        break;
      case 2:
        bytes.insert(at, 1, static_cast<char>(kTelling[number(std::size(kTelling))]));
        break;
      case 3:
        bytes.erase(at, size);
        break;
      case 4:
        bytes.insert(at, bytes.substr(at, size));
        break;
      case 5: {
        std::string varint;
        Writer(varint).varint(dice_() >> number(64));
        bytes.replace(at, std::min<std::size_t>(1, bytes.size() - at), varint);
        break;
      }
      default:
        if (maybe(20)) bytes.resize(at);
    }
  }
}

void MessageForge::change_fields(Message& message) {
  switch (number(8)) {
    case 0:
      message.base = maybe(50) ? StandingId{} : StandingId::from(std::string(8, 'b'));
      break;
    case 1:
      message.more = !message.more;
      (maybe(50) ? message.shared_digest : message.school_digest) = {};
      break;
    case 2:
      message.keyring_digest = message.shared_digest;
      break;
    case 3:
      if (!message.sites.empty() && maybe(50)) {
        message.sites.push_back(message.sites[number(message.sites.size())]);
      } else if (!message.sites.empty()) {
        message.sites.erase(message.sites.begin() +
                            static_cast<std::ptrdiff_t>(number(message.sites.size())));
      } else {
        message.sites.push_back(test::site_record("newcomer"));
        if (maybe(50)) message.sites.back().kind = SiteKind::hub;
      }
      break;
    case 4:
    case 5:
      change_standing(message);
      break;
    default:
      change_line(message);
  }
}

void MessageForge::change_line(Message& message) {
  if (message.lines.empty()) return;
  auto& line = message.lines[number(message.lines.size())];
  const auto& other = message.lines[number(message.lines.size())];
  switch (number(9)) {
    case 0:
      line.from = maybe(50) ? line.from + number(3) : dice_() >> (24 + number(40));
      break;
    case 1:
      line.mark = other.mark;
      break;
    case 2:
      if (line.head) line.head->size += number(5);
      break;
    case 3:
      if (line.head) line.head->time.ms = some_number();
      break;
    case 4:
      if (line.head) line.head->proof.resize(number(4), sha256({"proof"}));
      break;
    case 5:
      line.held = 1 + number(maybe(50) ? 9 : 1u << 20);
      line.held_mark = other.mark;
      break;
    case 6:
      line.log = maybe(50) ? other.log : LogId{line.log.site, Stream::school};
      break;
    case 7:
      message.lines.push_back(other);
      break;
    default:
      std::swap(line, message.lines[number(message.lines.size())]);
  }
}

void MessageForge::change_standing(Message& message) {
  Standing standing;
  for (const auto& [name, held] : held_) {
    if (maybe(20)) standing.tips.push_back({held.place.log, held.place.seq, name});
    if (standing.tips.size() == 5) break;
  }
  if (maybe(20))
    standing.tips.push_back({{test::site_record("nobody").keys.id(), Stream::shared}, 3, {}});
  std::sort(standing.tips.begin(), standing.tips.end());
  if (maybe(60)) {
    message.base_in_full = standing;
    return;
  }
  auto& full = message.standing.emplace();
  for (const auto& tip : standing.tips) {
    full.branches.push_back({tip.log, {{tip.size + number(2), mark_of(tip.leaf)}, {1, {}}}});
  }
  if (maybe(50)) full.sites.push_back(test::site_record("nobody").keys.id());
}

/// Both parts plain, then as they were.
void MessageForge::change_parts(Message& message) try {
  const auto history = this->history(message);
  Reader whole(message.batch, "batch");
  auto strings =
      decompress(whole.sized(message.batch.size(), "strings"), limits::kBatchBytes, history.text());
  auto numbers = decompress(whole.rest(), limits::kBatchBytes);
  change_bytes(maybe(25) ? strings : numbers);
  message.batch.clear();
  Writer(message.batch).sized(compress(strings, kQuickLevel, history.text()));
  message.batch += compress(numbers, kQuickLevel);
} catch (const Refused&) {
}

}  // namespace zimnik::property
