#include "node/web/conflicts.h"

#include "node/web/history.h"
#include "schema/commands/resolve.h"
#include "schema/deadlines.h"
#include "schema/read/in_words.h"
#include "sync/core/encoding.h"

namespace zimnik::node {

namespace {

using journal::ReviewItem;

bool is_open(const sync::HistoryItem& version) {
  return version.status == sync::Status::shown || version.status == sync::Status::equal ||
         version.status == sync::Status::conflicting || version.status == sync::Status::deleted;
}

/// Whether the visitor may settle it: who may edit the lesson, else the heads.
bool may_settle(sync::Database& database, const ReviewItem& item, const Visitor& visitor,
                journal::Date today) {
  if (visitor.is_head()) return true;
  return item.lesson && journal::may_edit_lesson(database, visitor.person, *item.lesson, today);
}

std::optional<ReviewItem> find(sync::Database& database, const std::string& table,
                               const std::string& key, const std::string& group) {
  for (auto& item : journal::review_items(database)) {
    if (item.table == table && sync::to_hex(item.key.bytes) == key && item.group == group)
      return item;
  }
  return std::nullopt;
}

/// At which node it was entered: the first digits of another's id, nothing for this one.
std::string other_node(const sync::Replica& replica, const sync::HistoryItem& version) {
  constexpr std::size_t kDigits = 4;
  const auto& site = version.stamp.site;
  return site == replica.seen().site ? "" : site.hex().substr(0, kDigits);
}

web::List versions_of(sync::Replica& replica, const ReviewItem& item,
                      const web::Translator& translate) {
  web::List versions;
  if (item.group.empty()) return versions;
  for (const auto& version : replica.history(item.table, item.key, item.group)) {
    if (!is_open(version)) continue;
    versions.push_back(web::Values{
        {"arrival", std::to_string(version.arrival)},
        {"text", said_in(replica.database(), item.table, item.group, version, translate)},
        {"author", journal::author_name(replica.database(), version.origin.author)},
        {"role", translate(journal::role_name(version.origin.role))},
        {"device", version.origin.device},
        {"other_node", other_node(replica, version)},
        {"time", journal::local_time(version.stamp.time).text()},
        {"shown", version.status == sync::Status::shown}});
  }
  return versions;
}

void settle(sync::Command& command, sync::Replica& replica, const ReviewItem& item,
            const std::string& choice) {
  if (item.group.empty()) {
    return choice == "discard" ? journal::discard_listed_row(command, item.table, item.key)
                               : journal::keep_listed_row(command, item.table, item.key);
  }
  for (const auto& version : replica.history(item.table, item.key, item.group)) {
    if (std::to_string(version.arrival) != choice || version.op == sync::Op::tombstone) continue;
    return version.status == sync::Status::shown
               ? journal::keep_shown(command, item.table, item.key, item.group)
               : journal::choose_version(command, item.table, item.key, item.group, version.values);
  }
  throw sync::CommandRefused("Такого варианта здесь больше нет. Откройте список снова.");
}

}  // namespace

std::vector<ReviewItem> review_items_for(sync::Database& database, const Visitor& visitor,
                                         journal::Date today) {
  auto items = journal::review_items(database);
  if (visitor.is_head()) return items;
  std::erase_if(items, [&](const ReviewItem& item) {
    return !item.lesson ||
           !journal::may_read_course(database, visitor.person, item.lesson->course, today);
  });
  return items;
}

net::Response conflicts_page(Site& site, const net::Request& request, const Visitor& visitor) {
  auto values = site.frame(request, visitor);
  const auto day = site.today();
  const auto& translate = site.pages().translator(request);
  web::List items;
  site.journal().with_replica([&](sync::Replica& replica) {
    for (const auto& item : review_items_for(replica.database(), visitor, day)) {
      const auto versions = versions_of(replica, item, translate);
      items.push_back(
          web::Values{{"counter", std::to_string(items.size() + 1)},
                      {"table", item.table},
                      {"key", sync::to_hex(item.key.bytes)},
                      {"group", item.group},
                      {"what", translate(journal::name_of(item))},
                      {"about", journal::whereabouts(replica.database(), item)},
                      {"conflict", item.reason == sync::Listed::Reason::conflict},
                      {"deleted", item.reason == sync::Listed::Reason::deleted_but_edited},
                      {"orphaned", item.reason == sync::Listed::Reason::orphaned},
                      {"of_row", item.group.empty()},
                      {"may_settle", may_settle(replica.database(), item, visitor, day)},
                      {"versions", versions}});
    }
  });
  values["empty"] = items.empty();
  values["items"] = items;
  return site.page(request, "conflicts", "Расхождения", std::move(values));
}

net::Response settle_conflict(Site& site, const net::Request& request, const Visitor& visitor) {
  const auto role = visitor.is_head() ? visitor.role() : journal::Role::subject_teacher;
  return site.submit_to_replica(
      request, visitor, role, "/conflicts",
      [&](sync::Replica& replica, const sync::Entry& entry, const net::Fields& form) {
        const auto item =
            find(replica.database(), form.get("table"), form.get("key"), form.get("group"));
        if (!item) return sync::Saved::nothing;  // settled already
        if (!may_settle(replica.database(), *item, visitor, site.today())) {
          throw sync::CommandRefused("Это решает учитель предмета, завуч или директор.");
        }
        return replica.write(entry, [&](sync::Command& command) {
          settle(command, replica, *item, form.get("choice"));
        });
      });
}

}  // namespace zimnik::node
