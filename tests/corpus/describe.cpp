#include "tests/corpus/describe.h"

#include "sync/core/encoding.h"
#include "sync/core/leaf.h"
#include "sync/net/certificate.h"

namespace zimnik::corpus {

using nlohmann::json;
using namespace sync;

namespace {

std::string hash_of(std::string_view bytes) { return sha256({bytes}).hex(); }

std::string name_of(const LogId& log) {
  return log.site.hex() + (log.stream == Stream::shared ? "/shared" : "/school");
}

json describe(const CellWrite& cell) {
  static constexpr const char* kOps[] = {"", "set", "empty", "tombstone"};
  json over = json::array(), values = json::array();
  for (const auto& one : cell.over) over.push_back(one.leaf.hex());
  for (const auto& value : cell.values) values.push_back(corpus::describe(value));
  return {{"group", cell.group},
          {"op", kOps[static_cast<int>(cell.op)]},
          {"values", values},
          {"over", over}};
}

json describe(const Edit& edit) {
  json rows = json::array();
  for (const auto& row : edit.rows) {
    json key = json::array(), cells = json::array();
    for (const auto& value : key_values(row.key)) key.push_back(corpus::describe(value));
    for (const auto& cell : row.cells) cells.push_back(describe(cell));
    rows.push_back({{"table", row.table}, {"key", key}, {"cells", cells}});
  }
  return {{"edit", rows}};
}

json describe(const Act& act) {
  json tips = json::array();
  for (const auto& tip : act.frontier) {
    tips.push_back({name_of(tip.log), tip.size, tip.leaf.hex()});
  }
  json result{{"reason", act.reason}, {"frontier", tips}};
  if (const auto* account = std::get_if<VoidAccount>(&act.what)) {
    result["void_account"] = {{"author", account->author}, {"from", account->from.ms}};
    if (account->until) result["void_account"]["until"] = account->until->ms;
  } else if (const auto* site = std::get_if<VoidSite>(&act.what)) {
    result["void_site"] = {site->site.hex(), site->shared_from, site->school_from};
  } else if (const auto* revoke = std::get_if<Revoke>(&act.what)) {
    result["revoke"] = revoke->act.hex();
  } else {
    result["forget"] = corpus::describe(std::get<Forget>(act.what).person);
  }
  return {{"act", result}};
}

json describe(const Succession& succession) {
  return {{"succession",
           {{"signing", succession.keys.signing.hex()},
            {"encryption", succession.keys.encryption.hex()},
            {"kind", static_cast<int>(succession.kind)}}}};
}

json describe_line(const MessageLine& line) {
  json result{{"log", name_of(line.log)}, {"from", line.from}};
  if (line.head) {
    result["head"] = {{"size", line.head->size},
                      {"time", line.head->time.ms},
                      {"signature", line.head->signature.hex()},
                      {"proof", line.head->proof.size()}};
  }
  if (line.held != 0) result["held"] = line.held;
  return result;
}

json describe(const Notes& notes) {
  json receipts = json::array();
  for (const auto& receipt : notes.receipts) {
    receipts.push_back({{"log", name_of(receipt.log)},
                        {"size", receipt.size},
                        {"mark", receipt.mark.hex()},
                        {"time", receipt.time.ms},
                        {"signature", receipt.signature.hex()}});
  }
  return {{"schema", notes.schema}, {"receipts", receipts}};
}

json describe(const CheckedEntry& entry) {
  static constexpr const char* kOpened[] = {"clear", "by key", "stated", "none"};
  json result{
      {"log", name_of(entry.place.log)}, {"seq", entry.place.seq},
      {"name", entry.name.hex()},        {"kind", static_cast<int>(entry.kind)},
      {"head_time", entry.head_time.ms}, {"opened", kOpened[static_cast<int>(entry.opened)]}};
  if (entry.receipt) {
    result["receipt"] = {{"by", entry.receipt->by.hex()},
                         {"size", entry.receipt->size},
                         {"time", entry.receipt->time.ms}};
  }
  if (entry.content) result["content"] = corpus::describe(*entry.content);
  return result;
}

json rows_of(Database& database, const std::string& table, const json& columns) {
  std::string list;
  for (const auto& column : columns) {
    list += (list.empty() ? "" : ", ") + ('"' + column.get<std::string>() + '"');
  }
  auto query = database.prepare("SELECT " + list + " FROM \"" + table + "\" ORDER BY " + list);
  json rows = json::array();
  while (query.step()) {
    json row = json::array();
    for (int i = 0; i < static_cast<int>(columns.size()); ++i) {
      row.push_back(corpus::describe(query.value(i)));
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

json describe(const Value& value) {
  switch (tag_of(value)) {
    case ValueTag::null:
      return nullptr;
    case ValueTag::integer:
      return std::get<std::int64_t>(value);
    case ValueTag::real:
      return std::get<double>(value);
    case ValueTag::text:
      return std::get<Text>(value).text;
    case ValueTag::blob:
      return {{"bytes", sync::to_hex(std::get<Blob>(value).bytes)}};
    case ValueTag::cipher:
      return {{"cipher", std::get<Cipher>(value).key.hex()},
              {"bytes", sync::to_hex(std::get<Cipher>(value).bytes)}};
  }
  return {};
}

json describe(const Transaction& transaction) {
  json result = std::visit([](const auto& body) { return describe(body); }, transaction.body);
  result["author"] = transaction.origin.author;
  result["role"] = transaction.origin.role;
  result["rank"] = transaction.origin.rank;
  result["device"] = transaction.origin.device;
  result["time"] = transaction.time.ms;
  result["page"] = transaction.entry.page;
  result["counter"] = transaction.entry.counter;
  return result;
}

json describe(const Message& message) {
  json lines = json::array(), sites = json::array();
  for (const auto& line : message.lines) lines.push_back(describe_line(line));
  for (const auto& site : message.sites) sites.push_back(site.keys.id().hex());
  json result{{"base", message.base.hex()},
              {"shared", message.shared_digest.hex()},
              {"school", message.school_digest.hex()},
              {"keyring", message.keyring_digest.hex()},
              {"more", message.more},
              {"sites", sites},
              {"lines", lines}};
  if (message.base_in_full) {
    result["base_in_full"] = {{"tips", message.base_in_full->tips.size()},
                              {"sites", message.base_in_full->sites.size()}};
  }
  if (message.standing) {
    json branches = json::array();
    for (const auto& branch : message.standing->branches) {
      branches.push_back({name_of(branch.log), branch.points.size()});
    }
    result["standing"] = {{"branches", branches}, {"sites", message.standing->sites.size()}};
  }
  if (!message.batch.empty()) result["batch"] = hash_of(message.batch);
  if (message.notes) result["notes"] = describe(*message.notes);
  return result;
}

json describe(const Received& received) {
  return {{"leaves", received.leaves}, {"waiting", received.waiting},
          {"hole", received.hole},     {"in_step", received.in_step},
          {"more", received.more},     {"forked", received.forked.size()}};
}

json describe(const SiteRecord& record) {
  return {{"school", record.school.hex()},
          {"signing", record.keys.signing.hex()},
          {"encryption", record.keys.encryption.hex()},
          {"kind", static_cast<int>(record.kind)},
          {"signature", record.signature.hex()}};
}

json describe(const std::vector<NewKey>& keys) {
  json result = json::array();
  for (const auto& [person, key] : keys) {
    result.push_back({{"key", key.hex()}});
    if (person) result.back()["person"] = describe(*person);
  }
  return result;
}

json describe(const net::Envelope& envelope) {
  json parcels = json::array();
  for (const auto& parcel : envelope.parcels) {
    parcels.push_back({parcel.number, hash_of(parcel.bytes)});
  }
  return {{"reply_budget", envelope.reply_budget},
          {"taken", {envelope.taken.epoch, envelope.taken.number}},
          {"epoch", envelope.epoch},
          {"parcels", parcels},
          {"message", hash_of(envelope.message)}};
}

json describe(const net::EnrolmentRequest& request) {
  json result{{"certificate_request", hash_of(request.certificate_request)},
              {"signing", request.signing.hex()},
              {"kind", static_cast<int>(request.kind)},
              {"name", request.name},
              {"proven", request.proven_keys().id().hex()}};
  if (request.secret) result["secret"] = request.secret->hex();
  return result;
}

json describe(const net::EnrolmentReply& reply) {
  json records = json::array();
  for (const auto& record : reply.records) records.push_back(describe(record));
  const auto authority = net::read_certificate(reply.authority_pem);
  return {{"authority", authority.authority ? authority.authority->hex() : ""},
          {"certificate", hash_of(reply.certificate_pem)},
          {"record", describe(reply.record)},
          {"is_signed", authority.authority && reply.record.is_signed_by(*authority.authority)},
          {"school_name", reply.school_name},
          {"records", records}};
}

json describe(const net::SuccessionRequest& request) {
  return {{"successor", describe(request.successor)},
          {"predecessor", request.predecessor.hex()},
          {"signature", request.signature.hex()}};
}

json describe(const CheckedProof& proof) {
  json entries = json::array();
  for (const auto& entry : proof.entries) entries.push_back(describe(entry));
  return {{"entries", entries}, {"faults", proof.faults}};
}

json describe(const std::vector<hub::Revoked>& revoked) {
  json result = json::array();
  for (const auto& one : revoked) {
    result.push_back({{"site", describe(one.site)},
                      {"is_in_force", one.is_in_force},
                      {"from", {one.shared_from, one.school_from}},
                      {"at", one.at.ms}});
  }
  return result;
}

json describe_leaf(std::string_view leaf, const Keyring& keys) {
  std::string_view rest;
  const auto header = read_leaf_header(leaf, rest);
  json result{{"name", leaf_hash(leaf).hex()},
              {"log", name_of(header.place.log)},
              {"seq", header.place.seq},
              {"previous", header.place.previous.hex()}};
  if (const auto transaction = read_leaf(leaf, keys)) result["content"] = describe(*transaction);
  return result;
}

json describe_tables(Database& database, const Schema& schema) {
  json tables = json::object();
  for (const auto& table : schema.tables) {
    json columns = json::array();
    for (const auto& column : table.key) columns.push_back(column.name);
    for (const auto& group : table.groups) {
      for (const auto& column : group.columns) columns.push_back(column.name);
    }
    auto rows = rows_of(database, table.name, columns);
    if (rows.empty()) continue;
    tables[table.name] = {{"columns", std::move(columns)}, {"rows", std::move(rows)}};
  }
  return tables;
}

json describe_tables(Database& database, const json& like) {
  json tables = json::object();
  for (const auto& [name, table] : like.items()) {
    const auto& columns = table.at("columns");
    tables[name] = {{"columns", columns}, {"rows", rows_of(database, name, columns)}};
  }
  return tables;
}

}  // namespace zimnik::corpus
