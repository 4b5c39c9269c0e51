#include "hub/delivery/settings.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/sync/net/folder.h"

namespace zimnik::hub::test {
namespace {

namespace files = std::filesystem;

const std::string kGood =
    R"("smtp": "smtps://mail.example:465", "sender": "diary@example.ru", "site": "https://d.example/")";

struct Settings {
  net::test::Folder folder;
  DataFolder data{folder.file("")};

  std::optional<DeliverySettings> read(const std::string& json, files::perms more = {}) {
    std::ofstream(data.delivery()) << json;
    files::permissions(data.delivery(),
                       files::perms::owner_read | files::perms::owner_write | more);
    return read_delivery_settings(data);
  }
  /// Why it isn't taken.
  std::string fault(const std::string& json, files::perms more = {}) {
    try {
      read(json, more);
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }
};

bool has(const std::string& text, const std::string& part) { return text.find(part) != text.npos; }

}  // namespace

TEST_CASE("without a file nothing is delivered; with one its settings hold") {
  Settings settings;
  CHECK_FALSE(read_delivery_settings(settings.data));
  const auto read =
      settings.read("{" + kGood + R"(, "user": "u", "password": "p", "week_day": 7})");
  REQUIRE(read);
  CHECK(read->smtp.url == "smtps://mail.example:465");
  CHECK(read->smtp.user == "u");
  CHECK(read->smtp.password == "p");
  CHECK(read->site == "https://d.example");
  CHECK(read->digest_hour == 18);
  CHECK(read->week_day == 7);
}

TEST_CASE("a file that others may read, and settings that don't hold, are refused by name") {
  Settings settings;
  CHECK(has(settings.fault("{" + kGood + "}", files::perms::group_read), "chmod 600"));
  CHECK(has(settings.fault(R"({"password": "secret)"), "JSON"));
  CHECK_FALSE(has(settings.fault(R"({"password": "secret)"), "secret"));
  CHECK(has(settings.fault("[]"), "объект"));
  CHECK(has(settings.fault("{" + kGood + R"(, "digest_hour": 24})"), "«digest_hour»"));
  CHECK(has(settings.fault("{" + kGood + R"(, "digest_hour": "18"})"), "«digest_hour»"));
  CHECK(has(settings.fault("{" + kGood + R"(, "smpt": ""})"), "«smpt»: такой настройки нет"));
  CHECK(has(settings.fault(R"({"smtp": "http://x", "sender": "a@b.ru", "site": "https://d"})"),
            "«smtp»"));
  CHECK(has(settings.fault(R"({"smtp": "smtp://x", "sender": "a b@b.ru", "site": "https://d"})"),
            "«sender»"));
  CHECK(has(
      settings.fault(R"({"smtp": "smtp://x", "sender": "a@b.ru", "site": "https://d\r\nX: y"})"),
      "«site»"));
  for (const char* webhook :
       {R"(, "webhook_url": "http://elsewhere.example", "webhook_secret": "0123456789abcdef"})",
        R"(, "webhook_url": "ftp://127.0.0.1", "webhook_secret": "0123456789abcdef"})"}) {
    CHECK(has(settings.fault("{" + kGood + webhook), "«webhook_url»"));
  }
  CHECK(has(settings.fault("{" + kGood + R"(, "webhook_url": "https://x", "webhook_secret": "0"})"),
            "«webhook_secret»"));
  CHECK(has(settings.fault("{}"), settings.data.delivery()));
}

}  // namespace zimnik::hub::test
