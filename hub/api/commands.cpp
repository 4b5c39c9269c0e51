#include "hub/api/commands.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <stdexcept>

#include "hub/api/key_deeds.h"
#include "hub/api/oneroster.h"
#include "hub/api/zip.h"
#include "hub/clock.h"
#include "hub/deeds.h"
#include "sync/net/private_file.h"

namespace zimnik::hub {
namespace {

namespace files = std::filesystem;

using Chosen = std::function<void(Command)>;

/// By the command line nobody's account looks.
constexpr Reader kCommandReader{Reader::Kind::console, 0};

void export_oneroster(Hub& hub, const std::string& name, const std::string& target) {
  if (!files::path(target).is_absolute()) throw std::runtime_error(target + ": нужен полный путь");
  if (files::exists(target)) throw std::runtime_error(target + ": там уже что-то есть");
  auto& school = named_school(hub, name);
  if (hub.recoveries().is_closed(school.id())) {
    throw std::runtime_error("школа закрыта после восстановления: zimnik-hub status");
  }
  noted(hub, {kCommandLine, "export", school.id(), target, "oneroster"}, [&] {
    const auto made = school.read([&](sync::Database& database) {
      const auto today = wall_time(hub.now(), zone_of(database)).date;
      return oneroster_of(database, school.id(), today);
    });
    hub.accesses().note(kCommandReader, school.id(), made.persons, hub.now());
    hub.accesses().write();
    net::write_private_file(target, zip_of(made.files));
  });
}

void add_key_commands(CLI::App& app, const Chosen& chosen) {
  auto* keys = app.add_subcommand("api-key", "ключи, с которыми другие системы читают данные");
  keys->require_subcommand(1);
  const auto wish = std::make_shared<ApiKeyWish>();
  auto* add = keys->add_subcommand("add", "выдать; печатает ключ, один раз");
  add->add_option("NAME", wish->name, "какой системе")->required();
  add->add_option("--scopes", wish->scopes, "structure, names, journal, finals, oneroster")
      ->required();
  auto* schools = add->add_option("--schools", wish->schools, "номера или названия");
  add->add_flag("--all-schools", wish->is_of_all, "все школы округа")->excludes(schools);
  add->add_option("--days", wish->days, "сколько дней действует")->capture_default_str();
  add->callback([wish, chosen] {
    chosen([wish = *wish](Hub& hub, std::ostream& out, std::ostream&) {
      out << add_api_key(hub, kCommandLine, wish) << "\n";
    });
  });
  keys->add_subcommand("list", "номера, названия, области данных, последнее обращение")
      ->callback([chosen] {
        chosen([](Hub& hub, std::ostream& out, std::ostream&) { list_api_keys(hub, out); });
      });
  const auto number = std::make_shared<std::int64_t>(0);
  auto* end = keys->add_subcommand("end", "закрыть");
  end->add_option("NUMBER", *number, "номер из list")->required();
  end->callback([number, chosen] {
    chosen([number = *number](Hub& hub, std::ostream&, std::ostream&) {
      end_api_key(hub, kCommandLine, number);
    });
  });
}

void add_export_command(CLI::App& app, const Chosen& chosen) {
  struct Wish {
    bool is_oneroster = false;
    std::string school, target;
  };
  const auto wish = std::make_shared<Wish>();
  auto* command = app.add_subcommand("export", "выгрузить школу в файл, для другой системы");
  command->add_flag("--oneroster", wish->is_oneroster, "архив OneRoster 1.2")->required();
  command->add_option("SCHOOL", wish->school, "номер или название")->required();
  command->add_option("FILE", wish->target, "новый файл, полный путь")->required();
  command->callback([wish, chosen] {
    chosen([wish = *wish](Hub& hub, std::ostream&, std::ostream&) {
      export_oneroster(hub, wish.school, wish.target);
    });
  });
}

}  // namespace

void add_api_commands(CLI::App& app, std::function<void(Command)> chosen) {
  add_key_commands(app, chosen);
  add_export_command(app, chosen);
}

}  // namespace zimnik::hub
