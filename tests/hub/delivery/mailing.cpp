#include "tests/hub/delivery/mailing.h"

#include <filesystem>
#include <fstream>
#include <stdexcept>

#include "schema/commands/mark.h"
#include "schema/words.h"

namespace zimnik::hub::test {

journal::LessonKey algebra() { return {kAlgebraCourse, this_monday(), 1}; }
journal::LessonKey history() { return {kHistoryCourse, this_monday(), 2}; }

void write_settings(const DataFolder& data, const MailServer& server, const Gateway* gateway) {
  std::ofstream file(data.delivery());
  file << R"({"smtp": ")" << server.url() << R"(", "sender": "diary@example.ru", )"
       << R"("site": "https://diary.example")";
  if (gateway != nullptr) {
    file << R"(, "webhook_url": ")" << gateway->url() << R"(", "webhook_secret": ")"
         << Gateway::kSecret << '"';
  }
  file << "}";
  file.close();
  std::filesystem::permissions(data.delivery(), std::filesystem::perms::owner_read);
}

Mailing::Mailing() : region([this] { return sync::Time{system_time().ms + shift}; }) {
  settings.smtp.url = server.url();
  settings.sender = "diary@example.ru";
  settings.sender_name = "Электронный дневник";
  settings.site = "https://diary.example";
  begin_anew();
}

void Mailing::begin_anew() {
  post = std::make_unique<Post>(*region.hub, settings,
                                [this](const std::string& line) { log.push_back(line); });
}

std::int64_t Mailing::open_account(const char* code, const std::string& login) {
  Browser browser(region.hub.web_port());
  const std::string password = "пароль подлиннее";
  const auto page = browser.post(
      "/activate", {{"code", code}, {"login", login}, {"password", password}, {"again", password}});
  if (page.status != 303) throw std::runtime_error(page.body);
  return region.hub->families().account_of(login).value().id;
}

void Mailing::subscribe(std::int64_t account, const std::string& address,
                        const std::vector<LetterKind>& kinds) {
  auto& choices = region.hub->choices();
  choices.set_address(account, address, "ru", region.hub->now());
  const auto asked = choices.of(account).value().asked;
  if (!choices.confirm(account, address, asked, region.hub->now())) {
    throw std::runtime_error("not confirmed");
  }
  for (const auto kind : kinds) choices.choose(account, kind, true, region.hub->now());
  scan();
}

std::int64_t Mailing::mother() {
  const auto account = open_account(kMotherCode, "mama");
  subscribe(account, kMotherAddress, {LetterKind::absences});
  return account;
}

void Mailing::write(const std::function<void(sync::Command&)>& command) {
  region.site.write(command);
}

void Mailing::write_absence(std::int64_t pupil, const journal::LessonKey& lesson) {
  write([&](sync::Command& run) {
    journal::set_absence(run, lesson, pupil, journal::Absence::absent);
  });
}

void Mailing::clear_absence(std::int64_t pupil, const journal::LessonKey& lesson) {
  write([&](sync::Command& run) { journal::clear_absence(run, lesson, pupil); });
}

std::size_t Mailing::exchange() {
  const auto report = region.site.exchange();
  if (report.end != net::ExchangeReport::End::in_step) throw std::runtime_error(report.error);
  return scan();
}

std::size_t Mailing::scan() {
  return scan_school(*region.hub, *region.hub->schools().front(), settings);
}

void Mailing::pass_to(int hour) {
  const auto now = wall_time(region.hub->now(), "Asia/Yekaterinburg");
  const auto minutes = (hour * 60 - now.hour * 60 - now.minute + 24 * 60) % (24 * 60);
  pass(minutes * kMinuteMs);
}

}  // namespace zimnik::hub::test
