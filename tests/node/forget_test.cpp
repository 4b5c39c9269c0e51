// A person's data is destroyed at a node: between real servers, and looked for in all files.
#include <catch2/catch.hpp>
#include <filesystem>

#include "hub/command_line.h"
#include "hub/hub.h"
#include "hub/serve.h"
#include "node/backup.h"
#include "node/commands/commands.h"
#include "schema/commands/account.h"
#include "schema/commands/family.h"
#include "schema/commands/person.h"
#include "schema/read/people.h"
#include "sync/net/private_file.h"
#include "sync/web/password.h"
#include "tests/sync/net/folder.h"

namespace zimnik::node::test {
namespace {

namespace files = std::filesystem;
using Catch::Contains;
using End = net::ExchangeReport::End;

constexpr std::int64_t kDirector = 1, kGone = 2, kKept = 3;
constexpr const char *kName = "Кунин-Единственный", *kPassword = "zimnik-director";

/// A hub at work, and two nodes of a school with a director, one guardian of long ago and one of
/// this year.
struct Town {
  net::test::Folder folder;
  std::unique_ptr<hub::Hub> region;
  std::unique_ptr<hub::Serving> serving;
  std::string school;
  std::unique_ptr<SchoolNode> main, branch;
  std::string key;  ///< of who is to be forgotten

  Town() {
    const hub::DataFolder data{folder.file("hub")};
    hub::Hub::make(data, "region", system_time());
    region = std::make_unique<hub::Hub>(data);
    serving = std::make_unique<hub::Serving>(
        *region, hub::ServeOptions{"127.0.0.1:0", "127.0.0.1:0"}, [](const std::string&) {});
    school = of_region({"school", "add", "school"});
    main = enrolled("main");
    branch = enrolled("branch");
    main->journal().make_person_keys({kDirector, kGone, kKept});
    write([](sync::Command& run) {
      using namespace journal;
      add_person(run, kDirector, PersonKind::staff, {"Тарлин", "Иван", ""});
      journal::add_account(run, "director", kDirector, web::password_verifier(kPassword));
      grant_role(run, kDirector, Role::principal, {}, "", day("2020-09-01"));
      add_person(run, kGone, PersonKind::guardian, {kName, "Олег", "Петрович"});
      set_contact(run, kGone, "phone", "+7 900 555-01-99", kByGuardian, day("2010-09-01"));
      add_person(run, kKept, PersonKind::guardian, {"Ёлкина", "Мария", ""});
      set_contact(run, kKept, "phone", "+7 900 555-01-77", kByGuardian, day("2026-09-01"));
    });
    const auto locked = main->journal().lock();
    key = locked.replica.keyring().find(*locked.replica.keyring().key_of(kGone))->view();
  }

  static journal::Date day(const std::string& text) { return *journal::Date::parse(text); }
  std::string of_region(std::vector<std::string> arguments) {
    const auto output = hub::run_command(*region, {std::move(arguments), ""}).output;
    return output.substr(0, output.find('\n'));
  }
  DataFolder folder_of(const std::string& name) const { return {folder.file(name)}; }
  std::unique_ptr<SchoolNode> enrolled(const std::string& name) {
    make_site(folder_of(name));
    enroll(folder_of(name), "https://127.0.0.1:" + std::to_string(serving->sync_port()),
           of_region({"token", school}), name);
    return std::make_unique<SchoolNode>(folder_of(name));
  }
  void write(const std::function<void(sync::Command&)>& command) {
    const auto entry = console_entry(*main);
    main->journal().write([&](sync::Replica& replica) { replica.write(entry, command); });
  }
  void exchange() {
    for (int round = 0; round < 3; ++round) {
      for (auto* node : {main.get(), branch.get()}) {
        REQUIRE(node->exchange(*node->hub_client()).end == End::in_step);
      }
    }
  }
  web::ControlReply run(SchoolNode& node, std::vector<std::string> arguments) {
    return web::run_guarded([&](const auto& call) { return run_command(node, call); },
                            {std::move(arguments), std::string(kPassword) + "\n"});
  }
  web::ControlReply forget(const std::string& person) {
    return run(*main, {"forget", person, "--reason", "срок истёк", "--by", "director"});
  }
  /// The files of a folder that hold one of the person's data, or the key.
  std::vector<std::string> traces(const std::string& name) const {
    std::vector<std::string> found;
    for (const auto& entry : files::recursive_directory_iterator(folder.file(name))) {
      if (!entry.is_regular_file()) continue;
      const auto bytes = net::read_file(entry.path(), 1 << 30);
      for (const std::string& part : {std::string(kName), std::string("555-01-99"), key}) {
        if (bytes.find(part) != std::string::npos) found.push_back(entry.path().filename());
      }
    }
    return found;
  }
  std::string name_at(SchoolNode& node, std::int64_t person) {
    return node.journal().read(
        [&](sync::Database& database) { return journal::name_of(database, person).full(); });
  }
};

}  // namespace

TEST_CASE_METHOD(Town, "who is forgotten is in no file of node, branch and region any more") {
  exchange();
  for (const auto* place : {"main", "branch", "hub"}) CHECK_FALSE(traces(place).empty());
  const auto reply = forget(std::string(kName) + " Олег Петрович");
  REQUIRE(reply.exit_code == 0);
  CHECK(traces("main").empty());
  exchange();
  for (const auto* place : {"main", "branch", "hub"}) CHECK(traces(place).empty());
  for (auto* node : {main.get(), branch.get()}) {
    CHECK(name_at(*node, kGone) == "удалено");
    CHECK(name_at(*node, kKept) == "Ёлкина Мария");
    CHECK_THAT(run(*node, {"verify"}).output, Contains("всё сходится"));
  }
  CHECK(region->find(sync::SchoolId::from(main->configuration().school().view()))
            ->lock()
            .replica.verify()
            .empty());
}

TEST_CASE_METHOD(Town,
                 "the act names itself, the person by its number alone, and what was destroyed") {
  const auto act = forget("2").output;
  CHECK_THAT(act, Contains("АКТ об уничтожении") && Contains("человек с номером 2\n"));
  CHECK_THAT(act, Contains("Основание: срок истёк") && Contains("Кто: director"));
  CHECK_THAT(act, Contains("  Человек: 1\n") && Contains("  Контакт: 1\n"));
  CHECK_THAT(act, Contains("Выписка из журнала записей (имя записи, узел, номер, дата): 1\n"));
  CHECK_THAT(act, !Contains(kName) && !Contains("555"));
  const auto name = act.substr(act.find("Номер: ") + std::string("Номер: ").size(), 64);
  CHECK_THAT(run(*main, {"acts"}).output, Contains(name + "\tв силе"));
  CHECK_THAT(run(*main, {"void", "--revoke", name, "--reason", "нет", "--by", "director"}).errors,
             Contains("не отменить"));
}

TEST_CASE_METHOD(Town, "while a period runs, or for whom isn't there, nothing is forgotten") {
  const auto refused = [&](const std::string& person, const std::string& why) {
    const auto reply = forget(person);
    CHECK(reply.exit_code == 1);
    CHECK_THAT(reply.errors, Contains(why));
  };
  refused("3", "срок хранения не истёк: до 31.08.2030");
  refused("1", "срок хранения ещё не начался");
  refused("77", "человека с номером 77 нет");
  refused("Никто Никакой", "такого человека нет");
  CHECK(run(*main, {"forget", "2", "--reason", " ", "--by", "director"}).exit_code == 1);
  CHECK_FALSE(traces("main").empty());
  CHECK(run(*main, {"acts"}).output.empty());
}

TEST_CASE_METHOD(Town,
                 "a restored copy forgets again, and backups that hold the person are named") {
  exchange();
  const auto copy = folder.file("copy");
  const auto saved = folder.file("saved");
  files::create_directories(saved);
  branch.reset();
  for (const auto* name : {"journal.db", "keys.db"}) {
    files::copy_file(folder_of("branch").path + "/" + name, saved + "/" + name);
  }
  branch = std::make_unique<SchoolNode>(folder_of("branch"));
  back_up(folder_of("main"), main->state(), copy, system_time());
  const auto act = forget("2").output;
  CHECK_THAT(act, Contains("данные ещё есть: 1\n  " + copy));
  exchange();
  CHECK_THAT(run(*main, {"status"}).output, Contains("должны быть уничтожены: " + copy));
  const auto later = folder.file("later");
  back_up(folder_of("main"), main->state(), later, system_time());
  CHECK_THAT(run(*main, {"status"}).output, !Contains(later));
  files::remove_all(copy);
  CHECK_THAT(run(*main, {"status"}).output, !Contains("должны быть уничтожены"));

  branch.reset();
  for (const auto* name : {"journal.db", "keys.db"}) {
    files::copy_file(saved + "/" + name, folder_of("branch").path + "/" + name,
                     files::copy_options::overwrite_existing);
  }
  branch = std::make_unique<SchoolNode>(folder_of("branch"));
  CHECK_FALSE(traces("branch").empty());
  exchange();
  CHECK(traces("branch").empty());
  CHECK(name_at(*branch, kGone) == "удалено");
  CHECK_THAT(run(*branch, {"verify"}).output, Contains("всё сходится"));
}

}  // namespace zimnik::node::test
