#include "tests/bench/converge.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>

#include "tests/bench/fleet.h"
#include "tests/bench/trace.h"

namespace zimnik::bench {
namespace {

using nlohmann::json;
using namespace sync;

/// The trace's tables, text ids, columns without a type, every column a group by itself. SQL names
/// are made up, for a trace may call its columns anything.
class TraceSchema {
 public:
  explicit TraceSchema(const std::vector<TraceLine>& lines) {
    std::map<std::string, std::set<std::string>> columns;
    for (const auto& line : lines) {
      if (line.table.empty()) continue;
      auto& of_table = columns[line.table];
      for (const auto& [name, value] : line.set) of_table.insert(name);
    }
    for (const auto& [name, names] : columns) {
      Table table;
      table.id = static_cast<std::uint32_t>(schema.tables.size() + 1);
      table.name = "t" + std::to_string(table.id);
      table.key = {{"id", ColumnType::text, {}}};
      for (const auto& column : names) {
        const auto id = static_cast<std::uint32_t>(table.groups.size() + 1);
        const auto sql_name = "c" + std::to_string(id);
        table.groups.push_back({id, sql_name, {{sql_name, ColumnType::any, {}}}, latest()});
        groups_[{name, column}] = id;
        columns_[{table.id, id}] = column;
      }
      if (table.groups.empty()) table.groups.push_back({1, "c1", {{"c1", ColumnType::any, {}}}});
      tables_[name] = table.id;
      names_[table.id] = name;
      schema.tables.push_back(std::move(table));
    }
  }

  const Table& table(const std::string& name) const { return *schema.find(tables_.at(name)); }
  const Group& group(const std::string& table_name, const std::string& column) const {
    return *table(table_name).find(groups_.at({table_name, column}));
  }
  const std::string& name(std::uint32_t table) const { return names_.at(table); }
  const std::string& column(std::uint32_t table, std::uint32_t group) const {
    return columns_.at({table, group});
  }

  Schema schema;

 private:
  std::map<std::string, std::uint32_t> tables_;
  std::map<std::uint32_t, std::string> names_;
  std::map<std::pair<std::string, std::string>, std::uint32_t> groups_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::string> columns_;
};

Value value_of(const json& value) {
  if (value.is_null()) return Null{};
  if (value.is_boolean()) return Blob{value.get<bool>() ? "true" : "false"};
  if (value.is_number_integer()) return value.get<std::int64_t>();
  if (value.is_number()) return value.get<double>();
  return Text{value.get<std::string>()};
}

json json_of(const Value& value) {
  switch (tag_of(value)) {
    case ValueTag::integer:
      return std::get<std::int64_t>(value);
    case ValueTag::real:
      return std::get<double>(value);
    case ValueTag::text:
      return std::get<Text>(value).text;
    case ValueTag::blob:
      return std::get<Blob>(value).bytes == "true";
    default:
      return nullptr;
  }
}

class Replay {
 public:
  explicit Replay(const std::vector<TraceLine>& lines)
      : schema_(lines), sites_(sites_of(lines)), fleet_(sites_, schema_.schema) {
    for (const auto& site : sites_) replicas_[site] = fleet_.open(site, ":memory:");
  }

  void play(const TraceLine& line) {
    if (!line.sync.first.empty()) return exchange(line.sync.first, line.sync.second, line.t);
    auto& replica = *replicas_.at(line.site);
    const auto& table = schema_.table(line.table);
    const auto key = make_key(std::vector<Value>{Text{line.id}});
    const auto state = replica.state(table.name, key);
    const bool is_held = state == RowFold::State::live;
    if (line.is_delete ? !is_held : state == RowFold::State::dead) return;
    const Entry entry{{line.user, "", 1, line.site}, Time{line.t}, {}, replica.seen()};
    replica.write(entry, [&](Command& command) {
      line.is_delete ? erase(command, table, line) : set(command, table, line, key, is_held);
    });
  }

  /// Exchanges along a chain until all hold the same.
  void finish(std::int64_t t) {
    for (std::size_t round = 0; round < 2; ++round) {
      for (std::size_t i = 1; i < sites_.size(); ++i) exchange(sites_[0], sites_[i], t);
    }
  }

  void void_account(const std::string& user, std::int64_t from, std::int64_t t) {
    auto& replica = *replicas_.at(sites_[0]);
    replica.act({{"operator", "operator", rank::kOperator, ""}, Time{t}, {}, replica.seen()},
                VoidAccount{user, Time{from}, {}}, "by command");
    finish(t);
  }

  json state(const std::string& site) {
    auto& replica = *replicas_.at(site);
    json rows = json::array(), conflicts = json::array(), deleted = json::array();
    for (const auto& table : schema_.schema.tables) add_rows(replica, table, rows);
    for (const auto& listed : replica.listed()) {
      const auto& name = schema_.name(listed.table);
      const auto id = json_of(key_values(listed.key)[0]);
      if (listed.reason == Listed::Reason::deleted_but_edited) {
        deleted.push_back({{"table", name}, {"id", id}});
      } else if (listed.reason == Listed::Reason::conflict) {
        conflicts.push_back({{"table", name},
                             {"id", id},
                             {"column", schema_.column(listed.table, listed.group)},
                             {"heads", heads(replica, listed)}});
      }
    }
    const auto sort = [](json& list) {
      std::sort(list.begin(), list.end(), [](const json& left, const json& right) {
        const auto name = [](const json& it) {
          return std::tuple(it["table"].get<std::string>(), it["id"].get<std::string>(),
                            it.value("column", ""));
        };
        return name(left) < name(right);
      });
    };
    sort(rows);
    sort(conflicts);
    sort(deleted);
    return {{"rows", rows}, {"conflicts", conflicts}, {"deleted_but_edited", deleted}};
  }

  const std::vector<std::string>& sites() const { return sites_; }
  std::uint64_t bytes() const { return bytes_; }
  std::uint64_t exchanges() const { return exchanges_; }
  Replica& replica(const std::string& site) { return *replicas_.at(site); }

 private:
  static std::vector<std::string> sites_of(const std::vector<TraceLine>& lines) {
    std::set<std::string> sites;
    for (const auto& line : lines) {
      if (!line.site.empty()) sites.insert(line.site);
      if (!line.sync.first.empty()) sites.insert({line.sync.first, line.sync.second});
    }
    return {sites.begin(), sites.end()};
  }

  void exchange(const std::string& one, const std::string& other, std::int64_t t) {
    const auto cost =
        fleet_.exchange(*replicas_.at(one), one, *replicas_.at(other), other, Time{t});
    bytes_ += cost.bytes_there + cost.bytes_back;
    ++exchanges_;
  }

  static void erase(Command& command, const Table& table, const TraceLine& line) {
    command.database()
        .prepared("DELETE FROM " + table.name + " WHERE id = ?")
        .bind_text(1, line.id)
        .run();
  }

  void set(Command& command, const Table& table, const TraceLine& line, const Key& key,
           bool is_held) const {
    auto& database = command.database();
    if (!is_held) {
      database.prepared("INSERT INTO " + table.name + " (id) VALUES (?)")
          .bind_text(1, line.id)
          .run();
    }
    for (const auto& [column, json_value] : line.set) {
      const auto& group = schema_.group(line.table, column);
      const auto value = value_of(json_value);
      database.prepared("UPDATE " + table.name + " SET " + group.name + " = ? WHERE id = ?")
          .bind(1, value)
          .bind_text(2, line.id)
          .run();
      command.keep(table.name, key, group.name);
    }
  }

  void add_rows(Replica& replica, const Table& table, json& rows) const {
    std::string columns;
    for (const auto& group : table.groups)
      columns += ", " + group.name + ", " + group.name + "_version";
    auto query = replica.database().prepare("SELECT id" + columns + " FROM " + table.name);
    while (query.step()) {
      json set = json::object();
      for (std::size_t i = 0; i < table.groups.size(); ++i) {
        const auto at = static_cast<int>(1 + 2 * i);
        if (query.is_null(at + 1)) continue;
        set[schema_.column(table.id, table.groups[i].id)] = json_of(query.value(at));
      }
      rows.push_back({{"table", schema_.name(table.id)},
                      {"id", std::string(query.text(0))},
                      {"set", std::move(set)}});
    }
  }

  json heads(Replica& replica, const Listed& listed) const {
    const auto& table = *schema_.schema.find(listed.table);
    auto history = replica.history(table.name, listed.key, table.find(listed.group)->name);
    std::erase_if(history, [](const HistoryItem& item) {
      return item.status != Status::shown && item.status != Status::equal &&
             item.status != Status::conflicting;
    });
    std::sort(
        history.begin(), history.end(),
        [](const HistoryItem& left, const HistoryItem& right) { return left.stamp < right.stamp; });
    json heads = json::array();
    for (const auto& item : history) {
      heads.push_back({{"t", item.stamp.time.ms},
                       {"site", fleet_.name(item.stamp.site)},
                       {"value", json_of(item.values[0])}});
    }
    return heads;
  }

  TraceSchema schema_;
  std::vector<std::string> sites_;
  Fleet fleet_;
  std::map<std::string, std::unique_ptr<Replica>> replicas_;
  std::uint64_t bytes_ = 0, exchanges_ = 0;
};

}  // namespace

void converge(const ConvergeOptions& options) {
  const auto lines = read_trace(options.trace);
  if (lines.empty()) throw std::runtime_error(options.trace + ": holds no lines");
  Replay replay(lines);
  for (const auto& line : lines) replay.play(line);
  const auto end = lines.back().t;
  replay.finish(end);
  if (!options.void_user.empty()) replay.void_account(options.void_user, options.void_from, end);

  std::string first;
  for (const auto& site : replay.sites()) {
    const auto state = replay.state(site).dump();
    if (first.empty()) first = state;
    if (state != first) throw std::runtime_error(site + " differs from " + replay.sites()[0]);
    if (options.out.empty()) continue;
    std::filesystem::create_directories(options.out);
    std::ofstream(std::filesystem::path(options.out) / (site + ".json")) << state << "\n";
  }
  std::cout << lines.size() << " lines, " << replay.sites().size() << " replicas, "
            << replay.exchanges() << " exchanges, " << replay.bytes() << " bytes; all equal, "
            << sync::sha256({first}).hex().substr(0, 16) << "\n";
}

}  // namespace zimnik::bench
