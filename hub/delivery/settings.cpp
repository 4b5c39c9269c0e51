#include "hub/delivery/settings.h"

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>
#include <stdexcept>

#include "hub/delivery/mail.h"
#include "hub/secret_file.h"
#include "sync/net/private_file.h"

namespace zimnik::hub {
namespace {

using nlohmann::json;

constexpr std::size_t kFileBytes = 64 * 1024;
constexpr std::size_t kTextBytes = 500;  // of one setting

[[noreturn]] void fail(const std::string& what) { throw std::runtime_error(what); }

bool is_printable_ascii(const std::string& text) {
  return text.find_first_not_of(
             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~:/"
             "?#[]@!$&'()*+,;=%") == text.npos;
}

/// Takes the settings out of the file's object. One use.
class Reading {
 public:
  explicit Reading(const json& object) : object_(object) {
    if (!object.is_object()) fail("нужен объект JSON");
  }

  std::string text(const char* name, const std::string& usual = "") {
    names_.insert(name);
    if (!object_.contains(name)) return usual;
    const auto& value = object_[name];
    if (!value.is_string() || value.get_ref<const std::string&>().size() > kTextBytes) {
      fail(std::string("«") + name + "»: нужна строка не длиннее " + std::to_string(kTextBytes) +
           " байт");
    }
    return value.get<std::string>();
  }
  int number(const char* name, int usual, int least, int most) {
    names_.insert(name);
    if (!object_.contains(name)) return usual;
    const auto& value = object_[name];
    if (!value.is_number_integer() || value < least || value > most) {
      fail(std::string("«") + name + "»: нужно число от " + std::to_string(least) + " до " +
           std::to_string(most));
    }
    return value.get<int>();
  }
  void refuse_others() const {
    for (const auto& [name, value] : object_.items()) {
      if (!names_.contains(name)) fail("«" + name + "»: такой настройки нет");
    }
  }

 private:
  const json& object_;
  std::set<std::string> names_;
};

constexpr std::size_t kLeastSecretBytes = 16;

void check(const WebhookSettings& webhook) {
  const bool is_safe = webhook.url.starts_with("https://") || is_on_this_machine(webhook.url);
  if (!is_safe || !webhook.url.starts_with("http") || !is_printable_ascii(webhook.url)) {
    fail("«webhook_url»: нужен адрес https://…");
  }
  if (webhook.secret.size() < kLeastSecretBytes) {
    fail("«webhook_secret»: нужна строка не короче " + std::to_string(kLeastSecretBytes) + " байт");
  }
}

void check(const DeliverySettings& settings) {
  const auto& url = settings.smtp.url;
  if (!(url.starts_with("smtp://") || url.starts_with("smtps://")) || !is_printable_ascii(url)) {
    fail("«smtp»: нужен адрес smtp://сервер:порт или smtps://сервер:порт");
  }
  if (!is_mail_address(settings.sender)) fail("«sender»: нужен адрес почты отправителя");
  const auto& site = settings.site;
  if (!(site.starts_with("https://") || site.starts_with("http://")) || !is_printable_ascii(site)) {
    fail("«site»: нужен адрес, по которому родители открывают дневник: https://…");
  }
}

DeliverySettings settings_in(const std::string& bytes) {
  const auto object = json::parse(bytes);
  Reading reading(object);
  DeliverySettings settings;
  settings.smtp = {reading.text("smtp"), reading.text("user"), reading.text("password")};
  settings.sender = reading.text("sender");
  settings.sender_name = reading.text("sender_name");
  settings.site = reading.text("site");
  while (settings.site.ends_with('/')) settings.site.pop_back();
  const WebhookSettings webhook{reading.text("webhook_url"), reading.text("webhook_secret")};
  if (!webhook.url.empty() || !webhook.secret.empty()) {
    check(webhook);
    settings.webhook = webhook;
  }
  settings.digest_hour = reading.number("digest_hour", settings.digest_hour, 0, 23);
  settings.week_day = reading.number("week_day", settings.week_day, 1, 7);
  reading.refuse_others();
  check(settings);
  return settings;
}

}  // namespace

std::optional<DeliverySettings> read_delivery_settings(const DataFolder& folder) {
  const auto path = folder.delivery();
  if (!std::filesystem::exists(path)) return std::nullopt;
  try {
    require_private(path);
    // Settings aren't to be mistaken for parts of JSON's own complaint: it would show passwords.
    const auto bytes = net::read_file(path, kFileBytes);
    if (!json::accept(bytes)) fail("это не JSON");
    return settings_in(bytes);
  } catch (const std::exception& error) {
    throw std::runtime_error(path + ": " + error.what());
  }
}

}  // namespace zimnik::hub
