#include "tests/sync/core/arbitrary.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

#include "sync/core/leaf.h"
#include "tests/sync/core/samples.h"

namespace zimnik::sync::test {
namespace {

namespace gen = rc::gen;

/// From 0 to `most`.
std::size_t up_to(std::size_t most) { return *gen::inRange<std::size_t>(0, most + 1); }
bool maybe() { return up_to(1) == 1; }

std::int64_t any_integer() {
  switch (up_to(3)) {
    case 0:
      return *gen::inRange(-3, 300);
    case 1:
      return *gen::element(std::numeric_limits<std::int64_t>::min(),
                           std::numeric_limits<std::int64_t>::max());
    default:
      return static_cast<std::int64_t>(*gen::arbitrary<std::uint64_t>() << up_to(63));
  }
}

double any_real() {
  const auto real = std::bit_cast<double>(any_integer());
  return std::isfinite(real) && real != 0 ? real : 0.25 * static_cast<double>(up_to(40));
}

void append_utf8(std::string& text, std::uint32_t point) {
  const auto push = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  if (point < 0x80) return push(point);
  if (point < 0x800) {
    push(0xc0 | point >> 6);
  } else if (point < 0x10000) {
    push(0xe0 | point >> 12);
    push(0x80 | (point >> 6 & 63));
  } else {
    push(0xf0 | point >> 18);
    push(0x80 | (point >> 12 & 63));
    push(0x80 | (point >> 6 & 63));
  }
  push(0x80 | (point & 63));
}

std::string any_text(std::size_t most_points) {
  std::string text;
  for (auto left = up_to(most_points); left > 0; --left) {
    const auto most = *gen::element<std::uint32_t>(0x7f, 0x7ff, 0xffff, 0x10ffff);
    const auto point = *gen::inRange<std::uint32_t>(1, most + 1);
    append_utf8(text, point >= 0xd800 && point < 0xe000 ? 'x' : point);
  }
  return text;
}

std::string any_bytes(std::size_t most) {
  std::string bytes;
  for (auto left = up_to(most); left > 0; --left) bytes.push_back(*gen::arbitrary<char>());
  return bytes;
}

std::vector<Over> any_over() {
  std::vector<Over> over;
  for (auto left = up_to(3); left > 0; --left) {
    // Of line 0, of line 1, and of what has no place.
    over.push_back({hash_of(up_to(2) * 1000 + 1 + up_to(50))});
  }
  std::sort(over.begin(), over.end(), [](const Over& a, const Over& b) { return a.leaf < b.leaf; });
  over.erase(std::unique(over.begin(), over.end()), over.end());
  return over;
}

CellWrite any_cell(std::uint32_t group) {
  CellWrite cell{group, *gen::element(Op::set, Op::set, Op::empty, Op::tombstone), {}, any_over()};
  if (cell.op == Op::set) {
    for (auto left = up_to(3); left > 0; --left) cell.values.push_back(*any_value());
  }
  return cell;
}

RowWrite any_row() {
  RowWrite row{static_cast<std::uint32_t>(up_to(3)), *any_key(), {}};
  std::uint32_t group = 0;
  for (auto left = 1 + up_to(2); left > 0; --left) {
    group += 1 + static_cast<std::uint32_t>(up_to(2));
    row.cells.push_back(any_cell(group));
  }
  return row;
}

Edit any_edit_body() {
  Edit edit;
  for (auto left = 1 + up_to(3); left > 0; --left) edit.rows.push_back(any_row());
  const auto name = [](const RowWrite& row) { return std::tie(row.table, row.key); };
  std::sort(edit.rows.begin(), edit.rows.end(),
            [&](const RowWrite& a, const RowWrite& b) { return name(a) < name(b); });
  edit.rows.erase(
      std::unique(edit.rows.begin(), edit.rows.end(),
                  [&](const RowWrite& a, const RowWrite& b) { return name(a) == name(b); }),
      edit.rows.end());
  return edit;
}

Frontier any_frontier() {
  Frontier frontier;
  for (auto left = up_to(4); left > 0; --left) {
    const auto stream = *gen::element(Stream::shared, Stream::school);
    frontier.push_back({log_of(up_to(3), stream), 1 + up_to(1000), hash_of(up_to(9))});
  }
  std::sort(frontier.begin(), frontier.end());
  frontier.erase(std::unique(frontier.begin(), frontier.end()), frontier.end());
  return frontier;
}

SiteKind any_kind() { return *gen::element(SiteKind::laptop, SiteKind::node, SiteKind::hub); }

SiteKeys any_site_keys() {
  return {PublicKey::from(hash_of(up_to(99)).view()),
          CompressedPoint::from("\2" + std::string(hash_of(up_to(99)).view()))};
}

Act any_act() {
  Act act;
  switch (up_to(3)) {
    case 0: {
      VoidAccount account{any_text(9), {any_integer()}, std::nullopt};
      if (maybe()) account.until = Time{any_integer()};
      act.what = account;
      break;
    }
    case 1:
      act.what = VoidSite{site_of(up_to(9)), up_to(9), *gen::arbitrary<std::uint64_t>()};
      break;
    case 2:
      act.what = Revoke{hash_of(up_to(9))};
      break;
    default:
      act.what = Forget{*any_value()};
  }
  act.reason = any_text(30);
  act.frontier = any_frontier();
  return act;
}

Transaction with_body(decltype(Transaction::body) body) {
  Transaction transaction;
  transaction.origin = {any_text(4), *gen::element<std::string>("", "clerk", "head"),
                        static_cast<std::uint16_t>(up_to(UINT16_MAX)), any_text(2)};
  transaction.time.ms = any_integer();
  transaction.entry = {static_cast<std::uint64_t>(any_integer()),
                       static_cast<std::uint32_t>(*gen::arbitrary<std::uint32_t>())};
  transaction.body = std::move(body);
  return transaction;
}

Standing any_standing() {
  Standing standing{any_frontier(), {}};
  for (auto left = up_to(3); left > 0; --left) add_site(standing, site_of(up_to(9)));
  return standing;
}

FullStanding any_full_standing() {
  FullStanding standing;
  for (auto left = up_to(3); left > 0; --left) {
    Locator locator{log_of(up_to(3), *gen::element(Stream::shared, Stream::school)), {}};
    for (auto seq = up_to(40); seq > 0; seq /= 2) {
      locator.points.push_back({seq, mark_of(hash_of(seq))});
    }
    standing.branches.push_back(locator);
  }
  for (auto left = up_to(3); left > 0; --left) standing.sites.push_back(site_of(up_to(9)));
  return standing;
}

MessageLine any_line() {
  MessageLine line;
  line.log = log_of(up_to(3), *gen::element(Stream::shared, Stream::school));
  line.from = up_to(300);
  if (line.from != 0) line.mark = mark_of(hash_of(up_to(9)));
  if (maybe()) {
    auto& head = line.head.emplace();
    head.size = up_to(100000);
    head.time.ms = any_integer();
    head.signature = signing_key(1).sign("x");
    for (auto left = up_to(3); left > 0; --left) head.proof.push_back(hash_of(up_to(9)));
  }
  if (maybe()) {
    line.held = 1 + up_to(300);
    line.held_mark = mark_of(hash_of(up_to(9)));
  }
  return line;
}

}  // namespace

rc::Gen<Value> any_value() {
  return gen::exec([]() -> Value {
    switch (up_to(5)) {
      case 0:
        return Null{};
      case 1:
        return any_integer();
      case 2:
        return any_real();
      case 3:
        return Text{any_text(8)};
      case 4:
        return Blob{any_bytes(8)};
      default:
        return Cipher{id_of(siv_key(up_to(3))), any_bytes(20)};
    }
  });
}

rc::Gen<Key> any_key() {
  return gen::exec([] {
    std::vector<Value> values;
    for (auto left = up_to(3); left > 0; --left) values.push_back(*any_value());
    return make_key(values);
  });
}

rc::Gen<Transaction> any_edit() {
  return gen::exec([] { return with_body(any_edit_body()); });
}

rc::Gen<Transaction> any_transaction() {
  return gen::exec([] {
    switch (up_to(2)) {
      case 0:
        return with_body(any_edit_body());
      case 1:
        return with_body(any_act());
      default:
        return with_body(Succession{any_site_keys(), any_kind()});
    }
  });
}

rc::Gen<AnyBatch> any_batch() {
  return gen::exec([] {
    // The lines 0 and 1, that over_at knows, and others.
    AnyBatch batch{{2 + up_to(2), {}, nullptr}, {}};
    for (std::size_t i = 0; i < batch.context.lines; ++i) {
      batch.context.first.push_back(1 + up_to(90));
    }
    for (auto left = up_to(6); left > 0; --left) {
      const auto line = static_cast<std::uint32_t>(up_to(batch.context.lines - 1));
      if (up_to(3) == 3) {
        const auto format = static_cast<std::uint8_t>(1 + up_to(254));
        batch.leaves.push_back({line, format, std::nullopt, any_bytes(40)});
      } else {
        batch.leaves.push_back({line, kLeafFormat, *any_edit(), {}});
      }
    }
    return batch;
  });
}

rc::Gen<Message> any_message() {
  return gen::exec([] {
    Message message;
    if (maybe()) message.base = StandingId::from(any_text(0) + "standing");
    if (maybe()) message.base_in_full = any_standing();
    message.shared_digest = Digest::from(hash_of(up_to(9)).view().substr(0, Digest::kSize));
    if (maybe()) message.school_digest = message.shared_digest;
    if (maybe()) message.keyring_digest = message.shared_digest;
    message.more = maybe();
    if (maybe()) message.standing = any_full_standing();
    for (auto left = up_to(2); left > 0; --left) {
      SiteRecord record{SchoolId::from("school number 17"), any_site_keys(), any_kind(), {}};
      if (maybe()) record.signature = signing_key(1).sign("x");
      message.sites.push_back(record);
    }
    for (auto left = up_to(4); left > 0; --left) message.lines.push_back(any_line());
    message.batch = any_bytes(30);
    if (maybe()) {
      auto& notes = message.notes.emplace();
      notes.schema = static_cast<std::uint32_t>(up_to(300));
      for (auto left = up_to(3); left > 0; --left) {
        notes.receipts.push_back({log_of(up_to(3)), up_to(500) + 1, mark_of(hash_of(up_to(9))),
                                  Time{static_cast<std::int64_t>(up_to(1000)) - 500},
                                  signing_key(1).sign("x")});
      }
    }
    return message;
  });
}

}  // namespace zimnik::sync::test
