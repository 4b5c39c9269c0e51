// Files as people bring them: what is wrong is told before anything is written, line by line.
#include <catch2/catch.hpp>

#include "node/commands/commands.h"
#include "schema/read/courses.h"
#include "tests/node/desk.h"

using namespace zimnik;
using namespace zimnik::node::test;
using Catch::Contains;

namespace {

/// A node with a made-up school of this year in it.
struct Office {
  EnrolledFolder enrolled;
  node::SchoolNode node{enrolled.folder()};
  Office() { run({"import", "--sample", "20"}); }

  web::ControlReply run(const std::vector<std::string>& arguments, const std::string& input = "") {
    return web::run_guarded([&](const auto& it) { return node::run_command(node, it); },
                            {arguments, input});
  }
  std::string class_name() {
    return node.journal().read([](sync::Database& database) {
      auto query = database.prepare("SELECT max(year) FROM school_class");
      query.step();
      const auto year = static_cast<int>(query.integer(0));
      return journal::classes_of_year(database, year).front().text();
    });
  }
  std::int64_t people() {
    return node.journal().read([](sync::Database& database) {
      auto query = database.prepare("SELECT count(*) FROM person");
      query.step();
      return query.integer(0);
    });
  }
};

const std::string kHeading = "Фамилия;Имя;Отчество;Дата рождения;Класс\n";

}  // namespace

TEST_CASE_METHOD(Office, "a preview finds all that an import would refuse, and names the line") {
  const auto before = people();
  const auto check = [&](const std::string& family, const std::string& birth) {
    const auto csv = kHeading + "Ким;Юлия;;01.02.2015;" + class_name() + "\n" + family + ";Пётр;;" +
                     birth + ";" + class_name() + "\n";
    for (const auto& arguments : {std::vector<std::string>{"import", "--preview"}, {"import"}}) {
      const auto reply = run(arguments, csv);
      CHECK(reply.exit_code == 1);
      CHECK_THAT(reply.output, Contains("строка 3: ") && Contains("ничего не внесено"));
    }
  };
  std::string long_name;
  while (long_name.size() <= 400) long_name += "ж";
  check(long_name, "");
  check("\"Иванов\nПётр\"", "");
  check("\x1b[2JИванов", "");
  check("Иванов", "01.02.2199");
  CHECK(people() == before);
}

TEST_CASE_METHOD(Office, "a file with two columns of one name is refused: which is it?") {
  const auto reply = run({"import"}, "Фамилия;Имя;Имя;Класс\nКим;Юлия;Анна;" + class_name() + "\n");
  CHECK(reply.exit_code == 1);
  CHECK_THAT(reply.output, Contains("«Имя» дважды"));
}

TEST_CASE_METHOD(Office, "hundreds of pupils come in at once, and once") {
  auto csv = kHeading;
  for (int i = 0; i < 400; ++i) {
    csv += "=Иванов" + std::to_string(i) + ";Пётр;;01.02.2015;" + class_name() + "\r\n";
  }
  const auto before = people();
  CHECK(run({"import"}, csv).exit_code == 0);
  CHECK(people() == before + 400);
  CHECK_THAT(run({"import"}, csv).output, Contains("новых: 0"));
  CHECK(people() == before + 400);
}
