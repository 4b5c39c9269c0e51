#include "tests/sync/store/town.h"

#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

#include "sync/core/compression.h"
#include "sync/core/limits.h"

namespace zimnik::sync::test {
namespace {

Column integer(const char* name) { return {name, ColumnType::integer, {}}; }
Column text(const char* name) { return {name, ColumnType::text, {}}; }

std::string seed_of(const std::string& name) {
  return std::string(sha256({"zimnik test", name}).view());
}

SchoolId school() { return SchoolId::from(seed_of("school").substr(0, SchoolId::kSize)); }

}  // namespace

Schema journal() {
  Schema schema = older_journal();
  schema.version = 2;
  schema.tables[0].groups.push_back({3, "note", {text("note")}});
  return schema;
}

Schema older_journal() {
  const auto basis = [](std::span<const Value> values) {
    const auto* number = std::get_if<std::int64_t>(&values[1]);
    return number == nullptr ? 0 : *number;
  };
  Schema schema;
  schema.tables = {
      {1,
       "mark",
       Stream::shared,
       {integer("lesson"), integer("pupil")},
       {{1, "made", {text("maker")}},
        {2, "grade", {integer("value"), integer("weight"), text("comment")}}},
       1},
      {2, "setting", Stream::shared, {text("name")}, {{1, "content", {{"content"}}}}, {}},
      {3,
       "final",
       Stream::shared,
       {integer("pupil")},
       {{1, "final", {integer("value"), integer("basis")}, authority(basis)}},
       {}},
      {4, "minutes", Stream::school, {integer("id")}, {{1, "body", {text("body")}}}, 1},
      {5,
       "person",
       Stream::shared,
       {integer("id")},
       {{1, "contact", {{"phone", ColumnType::text, "id"}}}, {2, "class", {text("class")}}},
       {}},
  };
  return schema;
}

SivKey some_key(const std::string& name) {
  return SivKey::from(seed_of(name + " 1") + seed_of(name + " 2"));
}

Keyring school_keyring() {
  Keyring keys;
  keys.add_school_key(some_key("school"));
  return keys;
}

SigningKey site_key(const std::string& name) { return SigningKey::from_seed(seed_of(name)); }

SiteRecord site_record(const std::string& name, SiteKind kind) {
  SiteRecord record;
  record.school = school();
  record.keys.signing = site_key(name).public_key();
  record.kind = kind;
  record.signature = site_key("authority").sign(record.signed_bytes());
  return record;
}

Node::Node(const std::string& name, Setup setup) : name_(name), setup_(std::move(setup)) {
  record_ = site_record(name, setup_.kind);
  if (!setup_.certified_by.empty()) {
    record_.signature = site_key(setup_.certified_by).sign(record_.signed_bytes());
  }
  if (!setup_.is_certified) record_.signature = {};
  open();
}

void Node::open() {
  const auto signer = setup_.signs_as.empty() ? name_ : setup_.signs_as;
  const auto authority =
      setup_.certified_by.empty() ? std::string("authority") : setup_.certified_by;
  replica_ = std::make_unique<Replica>(
      setup_.path, setup_.schema, school(), SigningKey::from_seed(seed_of(authority)).public_key(),
      Identity{record_, SigningKey::from_seed(seed_of(signer))}, setup_.keys, setup_.tell);
}

void Node::reopen(Setup setup) {
  close();
  setup_ = std::move(setup);
  open();
}

void Node::become(const std::string& name, bool is_certified) {
  close();
  name_ = name;
  record_ = site_record(name, setup_.kind);
  if (!is_certified) record_.signature = {};
  open();
}

Identity Node::go_on_as(const std::string& name) {
  auto record = site_record(name, setup_.kind);
  record.signature = {};
  auto old = replica_->become({record, site_key(name)}, now);
  name_ = name;
  record_ = record;
  return old;
}

Page Node::page() {
  // Copies of one replica must not write the same twice: the path is part of a page's name.
  const auto hash = sha256({"page", name_, setup_.path, std::to_string(++pages_)});
  return {Reader(hash.view(), "hash").fixed64("page") >> 1, 0, replica_->seen()};
}

Entry Node::entry(const Page& page, const Who& who) {
  now.ms += 1000;
  return {{who.author, "role", who.rank, "device"}, now, {page.id, page.counter}, page.seen};
}

Saved Node::save(Page& page, const std::function<void(Command&)>& command, const Who& who) {
  ++page.counter;
  return replica_->write(entry(page, who), command);
}

Saved Node::save(Page& page, const std::string& sql, const Who& who) {
  return save(
      page, [&](Command& run) { run.database().execute(sql); }, who);
}

Saved Node::save(const std::function<void(Command&)>& command, const Who& who) {
  auto read = page();
  return save(read, command, who);
}

Saved Node::save(const std::string& sql, const Who& who) {
  auto read = page();
  return save(read, sql, who);
}

void Node::act(decltype(Act::what) what, std::uint16_t rank) {
  replica_->act(entry(page(), {"head", rank}), std::move(what), "a reason");
}

void Node::vouch(const Node& successor) {
  replica_->vouch(entry(page(), {}), successor.record().keys, successor.record().kind);
}

std::string Node::read(const std::string& sql) {
  std::string result;
  const auto add = [](void* to, int count, char** values, char**) {
    auto& text = *static_cast<std::string*>(to);
    if (!text.empty()) text += '\n';
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += ',';
      text += values[i] == nullptr ? "-" : values[i];
    }
    return 0;
  };
  auto* connection = replica_->database().handle();
  if (sqlite3_exec(connection, sql.c_str(), add, &result, nullptr) != SQLITE_OK) {
    throw std::runtime_error(sql + ": " + sqlite3_errmsg(connection));
  }
  return result;
}

std::string Node::everything() {
  std::string result;
  for (const auto& table : setup_.schema.tables) {
    std::string columns, key;
    for (const auto& column : table.key) key += (key.empty() ? "" : ", ") + column.name;
    columns = key;
    for (const auto& group : table.groups) {
      for (const auto& column : group.columns) columns += ", quote(" + column.name + ")";
    }
    result += table.name + "\n" +
              read("SELECT " + columns + " FROM " + table.name + " ORDER BY " + key) + "\n";
  }
  for (const auto& item : replica_->listed()) {
    result += std::to_string(item.table) + " " + sha256({item.key.bytes}).hex() + " " +
              std::to_string(item.group) + " " + std::to_string(static_cast<int>(item.reason)) +
              "\n";
  }
  return result;
}

std::size_t Node::leaves() {
  std::size_t count = 0;
  replica_->for_each_leaf(
      [&](auto, const Hash&, const LeafPlace&, const Transaction*) { ++count; });
  return count;
}

Received send(Node& from, Node& to, std::size_t budget) {
  const auto message = from->generate(to.id(), from.now, budget);
  return to->receive(from.id(), message, to.now);
}

void exchange_what_goes(Node& one, Node& other, std::size_t budget) {
  for (int idle = 0; idle < 4; ++idle) {
    const auto there = send(one, other, budget), back = send(other, one, budget);
    if (there.leaves + back.leaves > 0) idle = 0;
  }
}

std::vector<std::size_t> exchange(Node& one, Node& other, std::size_t budget) {
  std::vector<std::size_t> sizes;
  for (int round = 0; round < 5000; ++round) {
    const auto there = one->generate(other.id(), one.now, budget);
    sizes.push_back(there.size());
    other->receive(one.id(), there, other.now);
    const auto back = other->generate(one.id(), other.now, budget);
    sizes.push_back(back.size());
    if (one->receive(other.id(), back, one.now).in_step) return sizes;
  }
  throw std::runtime_error("the exchange of " + one.name() + " and " + other.name() +
                           " doesn't end");
}

std::size_t leaves_in(const std::string& bytes) {
  const auto message = decode_message(bytes);
  if (message.batch.empty()) return 0;
  // The first of the numbers says it; they are read without the history of the strings.
  Reader batch(message.batch, "batch");
  batch.sized(message.batch.size(), "strings");
  const auto numbers = decompress(batch.rest(), limits::kBatchBytes);
  return Reader(numbers, "batch").varint("leaves");
}

Key key_of(std::vector<Value> values) { return make_key(values); }

bool is_listed(Node& node, Listed::Reason reason) {
  const auto listed = node->listed();
  return std::any_of(listed.begin(), listed.end(),
                     [&](const Listed& item) { return item.reason == reason; });
}

std::vector<Status> statuses(Node& node, const std::string& table, const Key& key,
                             const std::string& group) {
  std::vector<Status> result;
  for (const auto& item : node->history(table, key, group)) result.push_back(item.status);
  return result;
}

Hash last_act(Node& node) {
  Hash last;
  node->for_each_leaf([&](auto, const Hash& name, const LeafPlace&, const Transaction* it) {
    if (it != nullptr && std::holds_alternative<Act>(it->body)) last = name;
  });
  return last;
}

TemporaryDirectory::TemporaryDirectory() {
  auto name = (std::filesystem::temp_directory_path() / "zimnik-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error(name + ": can't be made");
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() { std::filesystem::remove_all(path_); }

Setup at(const std::string& path) {
  Setup setup;
  setup.path = path;
  return setup;
}

Key mark_key() { return key_of({std::int64_t{1}, std::int64_t{1}}); }

TwinNodes::TwinNodes(int count) {
  one->batch([&] {
    for (int i = 1; i <= count; ++i) {
      one.save("INSERT OR REPLACE INTO setting (name, content) VALUES ('x', " + std::to_string(i) +
               ")");
    }
  });
  exchange(one, c);
  one.close();
  std::filesystem::copy(directory.file("one.db"), directory.file("other.db"));
  one.open();
}

std::unique_ptr<Node> TwinNodes::twin() {
  auto twin = std::make_unique<Node>("a", at(directory.file("other.db")));
  twin->now.ms = one.now.ms + 500;
  return twin;
}

}  // namespace zimnik::sync::test
