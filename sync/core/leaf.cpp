#include "sync/core/leaf.h"

#include <algorithm>
#include <stdexcept>
#include <tuple>

#include "sync/core/crypto.h"
#include "sync/core/limits.h"

namespace zimnik::sync {
namespace {

/// Kinds of content. Persisted: do not change.
enum class Kind : std::uint8_t { edit = 1, act = 2, succession = 3 };
enum class ActKind : std::uint8_t { void_account = 1, void_site = 2, revoke = 3, forget = 4 };

void write_cell(Writer& writer, const CellWrite& cell) {
  writer.varint(cell.group);
  writer.byte(static_cast<std::uint8_t>(cell.op));
  if (cell.op == Op::set) {
    writer.varint(cell.values.size());
    for (const auto& value : cell.values) write_value(writer, value);
  }
  writer.varint(cell.over.size());
  for (const auto& over : cell.over) writer.fixed(over.leaf);
}

CellWrite read_cell(Reader& reader) {
  CellWrite cell;
  cell.group = static_cast<std::uint32_t>(reader.varint("group", UINT32_MAX));
  if (cell.group == 0) reader.refuse("group", "0 is the key's in a batch");
  const auto op = reader.byte("operation");
  if (op < 1 || op > 3) reader.refuse("operation", "unknown " + std::to_string(op));
  cell.op = static_cast<Op>(op);
  if (cell.op == Op::set) {
    cell.values.resize(reader.varint("values", limits::kGroupColumns));
    for (auto& value : cell.values) value = read_value(reader, "value");
  }
  cell.over.resize(reader.varint("over", limits::kOverInCell));
  for (std::size_t i = 0; i < cell.over.size(); ++i) {
    cell.over[i].leaf = reader.fixed<Hash>("over");
    if (i > 0 && !(cell.over[i - 1].leaf < cell.over[i].leaf)) {
      reader.refuse("over", "out of order");
    }
  }
  return cell;
}

void write_edit(Writer& writer, const Edit& edit) {
  writer.varint(edit.rows.size());
  for (const auto& row : edit.rows) {
    writer.varint(row.table);
    writer.sized(row.key.bytes);
    writer.varint(row.cells.size());
    for (const auto& cell : row.cells) write_cell(writer, cell);
  }
}

bool precedes(const RowWrite& left, const RowWrite& right) {
  return std::tie(left.table, left.key) < std::tie(right.table, right.key);
}

RowWrite read_row(Reader& reader) {
  RowWrite row;
  row.table = static_cast<std::uint32_t>(reader.varint("table", UINT32_MAX));
  row.key.bytes = reader.sized(limits::kKeyBytes, "row key");
  check_key(row.key);
  row.cells.resize(reader.varint("cells", limits::kCellsInRow));
  if (row.cells.empty()) reader.refuse("cells", "none");
  for (std::size_t i = 0; i < row.cells.size(); ++i) {
    row.cells[i] = read_cell(reader);
    if (i > 0 && row.cells[i - 1].group >= row.cells[i].group) {
      reader.refuse("group", "out of order");
    }
  }
  return row;
}

Edit read_edit(Reader& reader) {
  Edit edit;
  const auto rows = reader.varint("rows", limits::kRowsInLeaf);
  if (rows == 0) reader.refuse("rows", "none");
  for (std::uint64_t i = 0; i < rows; ++i) {
    edit.rows.push_back(read_row(reader));
    if (i > 0 && !precedes(edit.rows[i - 1], edit.rows[i])) reader.refuse("row", "out of order");
  }
  return edit;
}

void write_act(Writer& writer, const Act& act) {
  writer.byte(static_cast<std::uint8_t>(act.what.index() + 1));
  if (const auto* account = std::get_if<VoidAccount>(&act.what)) {
    writer.sized(account->author);
    writer.signed_varint(account->from.ms);
    writer.byte(account->until ? 1 : 0);
    if (account->until) writer.signed_varint(account->until->ms);
  } else if (const auto* site = std::get_if<VoidSite>(&act.what)) {
    writer.fixed(site->site);
    writer.varint(site->shared_from);
    writer.varint(site->school_from);
  } else if (const auto* revoke = std::get_if<Revoke>(&act.what)) {
    writer.fixed(revoke->act);
  } else if (const auto* forget = std::get_if<Forget>(&act.what)) {
    write_value(writer, forget->person);
  }
  writer.sized(act.reason);
  write_frontier(writer, act.frontier);
}

VoidAccount read_void_account(Reader& reader) {
  VoidAccount account;
  account.author = reader.text(limits::kNameBytes, "author");
  account.from.ms = reader.signed_varint("from");
  const auto has_until = reader.byte("until");
  if (has_until > 1) reader.refuse("until", "neither 0 nor 1");
  if (has_until) account.until = Time{reader.signed_varint("until")};
  return account;
}

VoidSite read_void_site(Reader& reader) {
  VoidSite site;
  site.site = reader.fixed<SiteId>("site");
  site.shared_from = reader.varint("shared from");
  site.school_from = reader.varint("school from");
  return site;
}

Act read_act(Reader& reader) {
  Act act;
  const auto kind = reader.byte("kind of act");
  switch (static_cast<ActKind>(kind)) {
    case ActKind::void_account:
      act.what = read_void_account(reader);
      break;
    case ActKind::void_site:
      act.what = read_void_site(reader);
      break;
    case ActKind::revoke:
      act.what = Revoke{reader.fixed<Hash>("act")};
      break;
    case ActKind::forget:
      act.what = Forget{read_value(reader, "person")};
      break;
    default:
      reader.refuse("kind of act", "unknown " + std::to_string(kind));
  }
  act.reason = reader.text(limits::kReasonBytes, "reason");
  act.frontier = read_frontier(reader, "frontier");
  return act;
}

}  // namespace

Hash leaf_hash(std::string_view leaf) { return sha256({std::string_view("\0", 1), leaf}); }

void write_leaf_header(std::string& out, const LeafHeader& header) {
  Writer writer(out);
  writer.byte(header.format);
  writer.byte(static_cast<std::uint8_t>(header.place.log.stream));
  writer.fixed(header.place.log.site);
  writer.varint(header.place.seq);
  writer.fixed(header.place.previous);
}

LeafHeader read_leaf_header(std::string_view leaf, std::string_view& rest) {
  Reader reader(leaf, "leaf");
  if (leaf.size() > limits::kLeafBytes) reader.refuse("length", "over the bound");
  LeafHeader header;
  header.format = reader.byte("format");
  if (header.format == 0) reader.refuse("format", "0");
  header.place.log.stream = read_stream(reader);
  header.place.log.site = reader.fixed<SiteId>("site");
  header.place.seq = reader.varint("seq", limits::kSeq);
  header.place.previous = reader.fixed<Hash>("previous");
  rest = reader.rest();
  return header;
}

void write_content(std::string& out, const Transaction& transaction) {
  Writer writer(out);
  writer.byte(static_cast<std::uint8_t>(transaction.body.index() + 1));
  writer.sized(transaction.origin.author);
  writer.sized(transaction.origin.role);
  writer.varint(transaction.origin.rank);
  writer.sized(transaction.origin.device);
  writer.signed_varint(transaction.time.ms);
  writer.fixed64(transaction.entry.page);
  writer.varint(transaction.entry.counter);
  if (const auto* edit = std::get_if<Edit>(&transaction.body)) {
    write_edit(writer, *edit);
  } else if (const auto* act = std::get_if<Act>(&transaction.body)) {
    write_act(writer, *act);
  } else if (const auto* succession = std::get_if<Succession>(&transaction.body)) {
    write_site_keys(writer, succession->keys);
    writer.byte(static_cast<std::uint8_t>(succession->kind));
  }
}

Transaction read_content(std::string_view content) {
  Reader reader(content, "leaf content");
  Transaction transaction;
  const auto kind = reader.byte("kind");
  transaction.origin.author = reader.text(limits::kNameBytes, "author");
  transaction.origin.role = reader.text(limits::kNameBytes, "role");
  transaction.origin.rank = static_cast<std::uint16_t>(reader.varint("rank", UINT16_MAX));
  transaction.origin.device = reader.text(limits::kNameBytes, "device");
  transaction.time.ms = reader.signed_varint("time");
  transaction.entry.page = reader.fixed64("page");
  transaction.entry.counter = static_cast<std::uint32_t>(reader.varint("counter", UINT32_MAX));
  switch (static_cast<Kind>(kind)) {
    case Kind::edit:
      transaction.body = read_edit(reader);
      break;
    case Kind::act:
      transaction.body = read_act(reader);
      break;
    case Kind::succession: {
      Succession succession;
      succession.keys = read_site_keys(reader);
      succession.kind = read_site_kind(reader);
      transaction.body = succession;
      break;
    }
    default:
      reader.refuse("kind", "unknown " + std::to_string(kind));
  }
  reader.expect_end("end");
  return transaction;
}

std::string seal_content(const Keyring& keys, std::string_view header, std::string_view content) {
  const auto id = keys.school_key();
  if (!id) throw std::logic_error("a leaf of the school stream needs the school's key");
  return std::string(id->view()) + siv_seal(*keys.find(*id), header, content);
}

std::optional<std::string> open_content(const Keyring& keys, std::string_view header,
                                        std::string_view sealed) {
  Reader reader(sealed, "sealed leaf");
  const auto* key = keys.find(reader.fixed<KeyId>("key id"));
  if (key == nullptr) return std::nullopt;
  auto content = siv_open(*key, header, reader.rest());
  if (!content) reader.refuse("seal", "wasn't made with this key for this leaf");
  return content;
}

std::string encode_leaf(const LeafPlace& place, const Transaction& transaction,
                        const Keyring& keys) {
  std::string leaf;
  leaf.reserve(256);
  write_leaf_header(leaf, {kLeafFormat, place});
  if (place.log.stream == Stream::shared) {
    write_content(leaf, transaction);
  } else {
    std::string content;
    write_content(content, transaction);
    leaf += seal_content(keys, leaf, content);
  }
  if (leaf.size() > limits::kLeafBytes) {
    throw std::length_error("a leaf of " + std::to_string(leaf.size()) + " bytes is over " +
                            std::to_string(limits::kLeafBytes));
  }
  return leaf;
}

std::optional<Transaction> read_leaf(std::string_view leaf, const Keyring& keys) try {
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  if (header.format != kLeafFormat) return std::nullopt;
  if (header.place.log.stream == Stream::shared) return read_content(rest);
  const auto content = open_content(keys, leaf.substr(0, leaf.size() - rest.size()), rest);
  if (!content) return std::nullopt;
  auto transaction = read_content(*content);
  // Acts and successions live in the shared stream alone.
  if (!std::holds_alternative<Edit>(transaction.body)) return std::nullopt;
  return transaction;
} catch (const Refused&) {
  return std::nullopt;
}

std::optional<KeyId> sealed_under(std::string_view leaf) try {
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  if (header.format != kLeafFormat || header.place.log.stream == Stream::shared) {
    return std::nullopt;
  }
  return Reader(rest, "sealed leaf").fixed<KeyId>("key id");
} catch (const Refused&) {
  return std::nullopt;
}

void check_order(const Edit& edit) {
  const auto check = [](bool ok, const char* what) {
    if (!ok) throw Refused(std::string("leaf: ") + what + ": none, or out of order");
  };
  check(!edit.rows.empty(), "rows");
  for (std::size_t r = 0; r < edit.rows.size(); ++r) {
    const auto& row = edit.rows[r];
    check(r == 0 || precedes(edit.rows[r - 1], row), "rows");
    check(!row.cells.empty(), "cells");
    for (std::size_t c = 0; c < row.cells.size(); ++c) {
      const auto& over = row.cells[c].over;
      check(c == 0 || row.cells[c - 1].group < row.cells[c].group, "groups");
      for (std::size_t o = 1; o < over.size(); ++o) check(over[o - 1].leaf < over[o].leaf, "over");
    }
  }
}

void sort(Transaction& transaction) {
  auto* edit = std::get_if<Edit>(&transaction.body);
  if (edit == nullptr) return;
  std::sort(edit->rows.begin(), edit->rows.end(), precedes);
  for (auto& row : edit->rows) {
    std::sort(row.cells.begin(), row.cells.end(),
              [](const CellWrite& a, const CellWrite& b) { return a.group < b.group; });
    for (auto& cell : row.cells) {
      std::sort(cell.over.begin(), cell.over.end(),
                [](const Over& a, const Over& b) { return a.leaf < b.leaf; });
    }
  }
}

}  // namespace zimnik::sync
