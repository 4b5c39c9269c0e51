#include "hub/web/writing.h"

#include "hub/web/words.h"
#include "schema/commands/family.h"
#include "schema/logins.h"
#include "schema/roles.h"
#include "sync/web/form_entry.h"

namespace zimnik::hub {
namespace {

constexpr std::chrono::milliseconds kPatience{2000};
constexpr const char* kDevice = "diary";  // addresses of families don't belong in a school's log

constexpr const char* kTooMuch =
    "За короткое время записано слишком много. Подождите четверть часа.";
constexpr const char* kHeld = "Это уже записано.";
constexpr const char* kVoid =
    "Не записано: школа отменила записи с этого доступа. Обратитесь к классному руководителю.";
constexpr const char* kOutranked =
    "Не записано: здесь уже стоит запись, которая старше по документу.";

sync::Entry entry_of(const FamilyMember& member, bool is_pupil, const web::FormEntry& form,
                     sync::Time now) {
  const auto role = is_pupil ? journal::Role::pupil : journal::Role::guardian;
  return {{journal::family_author(member.person), std::string(journal::word_of(role)),
           journal::rank_of(role), kDevice},
          now,
          form.id,
          form.seen};
}

bool is_pupil(const FamilyMember& member) {
  return member.school->read([&](sync::Database& database) {
    return journal::pupil_itself(database, member.person, {}).has_value();
  });
}

/// As a node writes: with the signed heads of the logs in one commit.
sync::Saved write_signed(sync::Replica& replica, const sync::Entry& entry, sync::Time now,
                         const std::function<void(sync::Command&)>& command) {
  auto saved = sync::Saved::nothing;
  replica.batch([&] {
    saved = replica.write(entry, command);
    replica.sign_heads(now);
  });
  return saved;
}

}  // namespace

std::optional<web::Values> entry_values(School& school) {
  const auto locked = school.lock_within(kPatience);
  if (!locked) return std::nullopt;
  return web::entry_values(locked->replica.seen());
}

net::Response submit(FamilySite& site, const net::Request& request, const FamilyMember& member,
                     const std::string& then, const Writing& write) {
  const auto form = request.form();
  if (!form) return site.refusal(request, 400, {kForeignForm});
  const auto refused = [&](int status, const sync::Phrase& why) {
    return site.refusal(request, status, why, form->get("text") + form->get("reason"));
  };
  const auto writer = member.school->id().hex() + "." + std::to_string(member.person);
  if (!site.writings().take(writer + then, site.now())) return refused(429, {kTooMuch});
  const bool is_by_pupil = is_pupil(member);
  try {
    const auto entry = entry_of(member, is_by_pupil, web::form_entry(*form), site.now());
    const auto locked = member.school->lock_within(kPatience);
    if (!locked) return refused(503, {kSchoolBusy});
    auto& replica = locked->replica;
    if (replica.is_void(entry)) return refused(422, {kVoid});
    const auto saved = write_signed(replica, entry, site.now(),
                                    [&](sync::Command& command) { write(command, *form); });
    if (saved == sync::Saved::held) return refused(409, {kHeld});
  } catch (const sync::Outranked&) {
    return refused(422, {kOutranked});
  } catch (const sync::CommandRefused& error) {
    return refused(422, error.why());
  } catch (const std::invalid_argument&) {
    return site.refusal(request, 400, {kForeignForm});
  }
  return net::Response::see_other(then);
}

void write_as(FamilySite& site, const FamilyMember& member,
              const std::function<void(sync::Command&)>& command) {
  const auto entry = entry_of(member, is_pupil(member), {}, site.now());
  const auto locked = member.school->lock_within(kPatience);
  if (!locked) throw std::runtime_error(kSchoolBusy);
  if (locked->replica.is_void(entry)) throw std::runtime_error(kVoid);
  write_signed(locked->replica, entry, site.now(), command);
}

void note_read(FamilySite& site, const FamilyMember& member,
               const std::vector<std::int64_t>& messages) {
  if (messages.empty()) return;
  const auto entry = entry_of(member, is_pupil(member), {}, site.now());
  const auto locked = member.school->lock_within(kPatience);
  if (!locked || locked->replica.is_void(entry)) return;
  write_signed(locked->replica, entry, site.now(), [&](sync::Command& command) {
    for (const auto message : messages) {
      journal::note_message_read(command, message, member.person, site.now());
    }
  });
}

}  // namespace zimnik::hub
