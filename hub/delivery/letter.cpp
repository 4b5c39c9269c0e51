#include "hub/delivery/letter.h"

#include <stdexcept>

#include "hub/clock.h"
#include "hub/delivery/letter_values.h"
#include "hub/delivery/links.h"
#include "hub/delivery/scan.h"
#include "hub/files.h"
#include "schema/query.h"
#include "schema/read/people.h"

namespace zimnik::hub {
namespace {

using Fate = WrittenLetter::Fate;
using web::Values;

std::string name_of(LetterKind kind) {
  switch (kind) {
    case LetterKind::absences:
      return "absences";
    case LetterKind::marks:
      return "marks";
    case LetterKind::week:
      return "week";
    default:
      return "confirmation";
  }
}

WrittenLetter dropped(const std::string& why) { return {Fate::dropped, why, {}, {}}; }
WrittenLetter waits(const std::string& why) { return {Fate::waits, why, {}, {}}; }

/// As a template leaves it: one line.
std::string one_line(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  return text;
}

std::optional<Values> values_of(sync::Database& database, const OutboxLetter& letter,
                                const std::vector<Change>& changes, sync::Time now,
                                const web::Translator& translate) {
  const auto today = wall_time(now, zone_of(database)).date;
  switch (letter.head.kind) {
    case LetterKind::absences:
    case LetterKind::message:
      return absence_values(database, letter.head.pupil, changes, journal::local_time(now));
    case LetterKind::marks:
      return marks_values(database, letter.head.pupil, changes, today);
    default: {
      const auto monday = journal::Date::parse(changes.front().place);
      if (!monday) return std::nullopt;
      return diary_values(database, letter.head.pupil, *monday, today, translate);
    }
  }
}

}  // namespace

LetterWriter::LetterWriter(Hub& hub, const DeliverySettings& settings)
    : hub_(hub), settings_(settings), catalogue_(files()), templates_(files()) {}

WrittenLetter LetterWriter::write(const OutboxLetter& letter) const {
  const auto choice = hub_.choices().of(letter.head.account);
  if (!choice) return dropped("получателя больше нет");
  if (letter.head.kind == LetterKind::confirmation) return write_confirmation(letter, *choice);
  if (letter.head.kind == LetterKind::phone_code) return write_phone_code(letter, *choice);
  if (!choice->is_chosen(letter.head.kind)) return dropped("от таких писем отказались");
  if (!choice->is_wanted(letter.head.kind)) return dropped("адрес или номер не подтверждён");
  return write_news(letter, *choice);
}

Mail LetterWriter::envelope(const OutboxLetter& letter, const DeliveryChoice& choice) const {
  Mail mail;
  mail.from = settings_.sender;
  mail.from_name = settings_.sender_name;
  mail.to = choice.address;
  mail.message_id = letter.message_id;
  mail.date = hub_.now();
  return mail;
}

void LetterWriter::fill(Mail& mail, const std::string& name, const std::string& language,
                        Values values) const {
  const auto& translate = catalogue_.translator(language);
  values["site"] = settings_.site;
  values["unsubscribe"] = mail.unsubscribe;
  values["has_unsubscribe"] = !mail.unsubscribe.empty();
  mail.subject = one_line(templates_.render("mail_" + name + "_subject", translate, values));
  values["title"] = mail.subject;
  mail.text = templates_.render("mail_" + name + "_text", translate, values);
  mail.html = templates_.render("mail_" + name + "_html", translate, values);
}

WrittenLetter LetterWriter::write_confirmation(const OutboxLetter& letter,
                                               const DeliveryChoice& choice) const {
  if (choice.confirmed) return dropped("адрес уже подтверждён");
  WrittenLetter written{Fate::ready, "", envelope(letter, choice), {}};
  const auto link = make_link(hub_.choices().secret(), kConfirmLink,
                              {choice.account, choice.asked.ms}, choice.address);
  fill(written.mail, "confirmation", choice.language,
       {{"link", settings_.site + "/confirm/" + link}});
  return written;
}

WrittenLetter LetterWriter::write_news(const OutboxLetter& letter,
                                       const DeliveryChoice& choice) const try {
  auto* school = letter.head.school ? hub_.find(*letter.head.school) : nullptr;
  if (school == nullptr) return dropped("школы больше нет");
  if (hub_.recoveries().is_closed(school->id())) return waits("школа ещё закрыта");
  const auto changes = hub_.news().told_by(letter.id);
  if (changes.empty()) return dropped("сообщать больше не о чем");
  return school->read([&](sync::Database& database) -> WrittenLetter {
    const journal::Snapshot snapshot(database);
    const auto pupils = readable_pupils(hub_, database, school->id(), choice.account);
    if (!pupils.contains(letter.head.pupil)) return dropped("читать дневник больше нельзя");
    const auto name = journal::name_of(database, letter.head.pupil);
    if (!name.is_readable()) return dropped("имя обучающегося здесь не читается");
    const auto& translate = catalogue_.translator(choice.language);
    auto values = values_of(database, letter, changes, hub_.now(), translate);
    if (!values) return dropped("сообщать больше не о чем");
    (*values)["pupil_name"] = name.plain();
    (*values)["school"] = school->entry().name;
    (*values)["diary"] = settings_.site + "/diary/" + std::to_string(letter.head.pupil);
    if (letter.head.kind == LetterKind::message) {
      return write_message(letter, choice, "absences", *values);
    }
    WrittenLetter written{Fate::ready, "", envelope(letter, choice), {}};
    written.mail.unsubscribe =
        settings_.site + "/unsubscribe/" +
        make_link(hub_.choices().secret(), kUnsubscribeLink,
                  {choice.account, static_cast<std::int64_t>(letter.head.kind)}, choice.address);
    fill(written.mail, name_of(letter.head.kind), choice.language, std::move(*values));
    return written;
  });
} catch (const std::runtime_error& error) {
  return waits(std::string("школа не читается: ") + error.what());
}

WrittenLetter LetterWriter::write_message(const OutboxLetter& letter, const DeliveryChoice& choice,
                                          const std::string& name, const Values& values) const {
  const auto& translate = catalogue_.translator(choice.language);
  WrittenLetter written;
  written.fate = Fate::ready;
  written.message = {letter.message_id, choice.phone,
                     one_line(templates_.render("message_" + name, translate, values)),
                     choice.language};
  return written;
}

WrittenLetter LetterWriter::write_phone_code(const OutboxLetter& letter,
                                             const DeliveryChoice& choice) const {
  if (choice.phone_confirmed) return dropped("номер уже подтверждён");
  if (choice.phone.empty()) return dropped("номера нет");
  if (hub_.now().ms - choice.phone_asked.ms > ChoiceStore::kPhoneCodeMs) {
    return dropped("код устарел");
  }
  return write_message(letter, choice, "phone_code",
                       {{"code", phone_code(hub_.choices().secret(), choice.account,
                                            choice.phone_asked.ms, choice.phone)}});
}

Mail LetterWriter::trial(const std::string& address, const std::string& message_id) const {
  Mail mail;
  mail.from = settings_.sender;
  mail.from_name = settings_.sender_name;
  mail.to = address;
  mail.message_id = message_id;
  mail.date = hub_.now();
  fill(mail, "trial", "ru", {});
  return mail;
}

}  // namespace zimnik::hub
