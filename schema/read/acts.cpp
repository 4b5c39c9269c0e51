#include "schema/read/acts.h"

#include <algorithm>

#include "schema/read/in_words.h"
#include "schema/tables.h"
#include "sync/core/printable.h"

namespace zimnik::journal {

using namespace sync;

namespace {

std::string standing_of(const ListedAct& act) {
  if (act.in_force) return "в силе";
  if (act.undone_by.empty()) return "не имеет силы: недостаточно прав";
  std::string names;
  for (const auto& name : act.undone_by) names += (names.empty() ? "" : ", ") + name.hex();
  return "отменён актом " + names;
}

std::string author_of(const ListedAct& act) {
  return one_line(act.origin.author + " (" + act.origin.role + ")") + ", узел " + act.site.hex();
}

struct InWords {
  const MomentText& moment;

  Phrase operator()(const VoidAccount& it) const {
    if (!it.until) return {"отменены записи {1} с {2}", {one_line(it.author), moment(it.from)}};
    return {"отменены записи {1} с {2} до {3}",
            {one_line(it.author), moment(it.from), moment(*it.until)}};
  }
  Phrase operator()(const VoidSite& it) const {
    return {"отозван узел {1}: не действуют записи с {2} (общие), с {3} (школьные)",
            {it.site.hex(), std::to_string(it.shared_from), std::to_string(it.school_from)}};
  }
  Phrase operator()(const Revoke& it) const { return {"отменён акт {1}", {it.act.hex()}}; }
  Phrase operator()(const Forget& it) const {
    const auto* id = std::get_if<std::int64_t>(&it.person);
    return {"удалены персональные данные человека {1}", {id ? std::to_string(*id) : "?"}};
  }
};

/// One version of a cell; nothing where its table or group isn't known here.
std::string version_line(Replica& replica, std::uint64_t arrival, std::uint32_t table,
                         const Key& key, std::uint32_t group, const MomentText& moment) {
  const auto place = place_of(table, key, group);
  if (!place || place->group.empty()) return {};
  for (const auto& version : replica.history(place->table, key, place->group)) {
    if (version.arrival != arrival) continue;
    return one_line(name_of(*place) + ": " + whereabouts(replica.database(), *place) + ": " +
                    text_of(replica.database(), place->table, place->group, version) + " — " +
                    version.origin.author + ", " + moment(version.stamp.time));
  }
  return {};
}

void add_versions_of(Replica& replica, std::uint64_t arrival, const MomentText& moment,
                     std::vector<std::string>& lines) {
  const auto transaction = replica.transaction(arrival);
  const auto* edit = transaction ? std::get_if<Edit>(&transaction->body) : nullptr;
  if (edit == nullptr) return;
  for (const auto& row : edit->rows) {
    for (const auto& cell : row.cells) {
      lines.push_back(version_line(replica, arrival, row.table, row.key, cell.group, moment));
    }
  }
}

void add_list(const std::string& title, std::vector<std::string> list,
              std::vector<std::string>& lines) {
  std::erase(list, "");
  lines.push_back(title + ": " + std::to_string(list.size()));
  for (auto& line : list) lines.push_back("  " + line);
}

}  // namespace

Phrase text_of(const ListedAct& act, const MomentText& moment) {
  return std::visit(InWords{moment}, act.act.what);
}

std::vector<std::string> act_lines(Replica& replica, const MomentText& moment) {
  std::vector<std::string> lines;
  for (const auto& act : replica.acts()) {
    lines.push_back(act.name.hex() + "\t" + standing_of(act) + "\t" + moment(act.time) + "\t" +
                    author_of(act) + "\t" + text_of(act, moment).text() + "\t" +
                    one_line(act.act.reason));
  }
  return lines;
}

std::vector<std::string> review_lines(Replica& replica, const Hash& name,
                                      const MomentText& moment) {
  const auto acts = replica.acts();
  const auto act =
      std::find_if(acts.begin(), acts.end(), [&](const ListedAct& it) { return it.name == name; });
  if (act == acts.end()) throw std::invalid_argument("no act is named " + name.hex());
  std::vector<std::string> lines = {"Акт " + name.hex(), "что: " + text_of(*act, moment).text(),
                                    "кто и когда: " + author_of(*act) + ", " + moment(act->time),
                                    "основание: " + one_line(act->act.reason),
                                    "состояние: " + standing_of(*act)};
  const auto review = replica.review(name);
  std::vector<std::string> over_void, unseen;
  for (const auto& it : review.over_void) {
    over_void.push_back(version_line(replica, it.arrival, it.table, it.key, it.group, moment));
  }
  for (const auto arrival : review.unseen) add_versions_of(replica, arrival, moment, unseen);
  add_list("написано поверх отменённого", std::move(over_void), lines);
  if (std::holds_alternative<VoidAccount>(act->act.what)) {
    add_list("датировано раньше, но составителю акта не было известно", std::move(unseen), lines);
  }
  return lines;
}

std::vector<VoidedEntry> voided_entries(Replica& replica, const VoidAccount& what) {
  std::vector<VoidedEntry> entries;
  replica.for_each_leaf([&](std::uint64_t arrival, const Hash&, const LeafPlace&,
                            const Transaction* transaction) {
    const auto* edit = transaction == nullptr ? nullptr : std::get_if<Edit>(&transaction->body);
    if (edit == nullptr || transaction->origin.author != what.author) return;
    if (transaction->time < what.from || (what.until && transaction->time >= *what.until)) return;
    for (const auto& row : edit->rows) {
      for (const auto& cell : row.cells) {
        const auto place = place_of(row.table, row.key, cell.group);
        if (!place) continue;
        const HistoryItem item{arrival,     Status::is_void,     cell.op,
                               cell.values, transaction->origin, {}};
        // What stands for a password is nobody's to read.
        const bool is_secret = place->table == "account";
        entries.push_back({transaction->time, transaction->origin.device, name_of(*place),
                           whereabouts(replica.database(), *place),
                           is_secret
                               ? std::string("***")
                               : text_of(replica.database(), place->table, place->group, item)});
      }
    }
  });
  std::stable_sort(entries.begin(), entries.end(),
                   [](const VoidedEntry& a, const VoidedEntry& b) { return a.time < b.time; });
  return entries;
}

}  // namespace zimnik::journal
