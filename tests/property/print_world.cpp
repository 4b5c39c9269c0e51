#include "tests/property/print_world.h"

#include <sstream>
#include <variant>

namespace zimnik::property {
namespace {

template <class... Ts>
struct Overloaded : Ts... {
  using Ts::operator()...;
};
template <class... Ts>
Overloaded(Ts...) -> Overloaded<Ts...>;

std::string brief(const sync::Hash& hash) {
  const std::string hex = hash.hex();
  return hex.substr(0, 4) + "…" + hex.substr(hex.size() - 4);
}

std::string brief(const sync::SiteId& site) { return site.hex().substr(0, 4); }

std::string printable(const std::string& bytes) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string result;
  for (const char byte : bytes) {
    const auto code = static_cast<unsigned char>(byte);
    if (code >= 0x20 && code < 0x7f) {
      result += byte;
    } else {
      result += {'\\', kDigits[code >> 4], kDigits[code & 15]};
    }
  }
  return result;
}

void put(std::ostream& out, const sync::CellWrite& cell) {
  out << "  group " << cell.group;
  if (cell.op == sync::Op::tombstone) out << " tombstone";
  if (cell.op == sync::Op::empty) out << " empty";
  for (const sync::Value& value : cell.values) out << ' ' << print(value);
  out << " over";
  for (const sync::Over& over : cell.over) out << ' ' << brief(over.leaf);
  out << '\n';
}

void put(std::ostream& out, const sync::Edit& edit) {
  for (const sync::RowWrite& row : edit.rows) {
    out << " table " << row.table << " key";
    for (const sync::Value& value : key_values(row.key)) out << ' ' << print(value);
    out << '\n';
    for (const sync::CellWrite& cell : row.cells) put(out, cell);
  }
}

void put(std::ostream& out, const sync::Act& act) {
  std::visit(
      Overloaded{[&](const sync::VoidAccount& account) {
                   out << " void account " << account.author << " from " << account.from.ms;
                   if (account.until) out << " until " << account.until->ms;
                 },
                 [&](const sync::VoidSite& site) {
                   out << " void site " << brief(site.site) << " from " << site.shared_from
                       << " and " << site.school_from;
                 },
                 [&](const sync::Revoke& revoke) { out << " revoke " << brief(revoke.act); },
                 [&](const sync::Forget& forget) { out << " forget " << print(forget.person); }},
      act.what);
  out << '\n';
}

void put(std::ostream& out, const model::Leaf& leaf) {
  const auto& transaction = leaf.transaction;
  out << brief(leaf.name) << " site " << brief(leaf.log.site)
      << (leaf.log.stream == sync::Stream::school ? " school " : " shared ") << leaf.seq << " by "
      << transaction.origin.author << " rank " << transaction.origin.rank << " at "
      << transaction.time.ms << " page " << transaction.entry.page << '\n';
  if (const auto* edit = std::get_if<sync::Edit>(&transaction.body)) put(out, *edit);
  if (const auto* act = std::get_if<sync::Act>(&transaction.body)) put(out, *act);
}

}  // namespace

std::string print(const sync::Value& value) {
  std::ostringstream out;
  std::visit(
      Overloaded{[&](const sync::Null&) { out << "null"; },
                 [&](const sync::Text& text) { out << '"' << printable(text.text) << '"'; },
                 [&](const sync::Blob& blob) { out << "x'" << printable(blob.bytes) << '\''; },
                 [&](const sync::Cipher& cipher) {
                   out << "cipher " << cipher.key.hex().substr(0, 4) << ':'
                       << printable(cipher.bytes);
                 },
                 [&](const auto& number) { out << number; }},
      value);
  return out.str();
}

std::string print(const model::World& world) {
  std::ostringstream out;
  for (const auto& [id, site] : world.sites) {
    out << "site " << brief(id) << " kind " << static_cast<int>(site.kind)
        << (site.certified ? " certified" : "") << " vouched by";
    for (const sync::SiteId& voucher : site.vouched_by) out << ' ' << brief(voucher);
    out << '\n';
  }
  for (const model::Leaf& leaf : world.leaves) put(out, leaf);
  return out.str();
}

}  // namespace zimnik::property
