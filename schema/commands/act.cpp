#include "schema/commands/act.h"

#include <algorithm>

#include "schema/commands/put.h"
#include "sync/core/limits.h"

namespace zimnik::journal {

using namespace sync;

namespace {

constexpr std::size_t kFewestDigits = 4;

/// The one of these whose name begins so.
template <class Item, class Name>
Item named(const std::vector<Item>& items, const std::string& text, const char* what, Name name) {
  const Item* found = nullptr;
  for (const auto& item : items) {
    if (text.size() < kFewestDigits || !name(item).hex().starts_with(text)) continue;
    if (found != nullptr) refuse("«{1}»: {2} несколько, нужно больше знаков", {text, what});
    found = &item;
  }
  if (found == nullptr) refuse("«{1}»: {2} в этой школе нет", {text, what});
  return *found;
}

/// The seq after all that is held of the log, on any of its branches.
std::uint64_t next_seq(const Frontier& frontier, const LogId& log) {
  std::uint64_t size = 0;
  for (const auto& tip : frontier) {
    if (tip.log == log) size = std::max(size, tip.size);
  }
  return size + 1;
}

}  // namespace

ListedSite site_named(Replica& replica, const std::string& text) {
  return named(replica.sites(), text, "таких узлов",
               [](const ListedSite& site) { return site.record.keys.id(); });
}

ListedAct act_named(Replica& replica, const std::string& text) {
  return named(replica.acts(), text, "таких актов", [](const ListedAct& act) { return act.name; });
}

VoidSite void_site(Replica& replica, const SiteId& site, const VoidFrom& from) {
  const auto frontier = replica.frontier();
  const VoidSite what{site, from.shared.value_or(next_seq(frontier, {site, Stream::shared})),
                      from.school.value_or(next_seq(frontier, {site, Stream::school}))};
  require(what.shared_from >= 1 && what.school_from >= 1, "записи считаются с 1");
  return what;
}

Revoke undo(const ListedAct& act) {
  require(!std::holds_alternative<Forget>(act.act.what),
          "удаление персональных данных не отменить: ключей больше нет");
  require(act.in_force, "этот акт и так не в силе");
  return {act.name};
}

namespace {

/// A revocation of too low a rank is in force, and does nothing.
bool has_effect(const std::vector<ListedAct>& acts) {
  const auto& written = acts.back();
  const auto* revoke = std::get_if<Revoke>(&written.act.what);
  return written.in_force && std::none_of(acts.begin(), acts.end(), [&](const ListedAct& act) {
           return revoke != nullptr && act.name == revoke->act && act.in_force;
         });
}

}  // namespace

Hash write_act(Replica& replica, const Entry& entry, decltype(Act::what) what,
               const std::string& reason) {
  require_text(reason, sync::limits::kReasonBytes, "Основание");
  Hash name;
  replica.batch([&] {
    replica.act(entry, std::move(what), reason);
    const auto acts = replica.acts();
    require(has_effect(acts), "на такой акт прав недостаточно");
    name = acts.back().name;
  });
  return name;
}

}  // namespace zimnik::journal
