#include <catch2/catch.hpp>

#include "schema/import/csv.h"
#include "tests/schema/import/import.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using Catch::Contains;

const std::string kHeading =
    "Фамилия;Имя;Отчество;Дата рождения;Пол;Класс;№ личного дела;СНИЛС\r\n";

TEST_CASE("pupils are enrolled with their files, and a second time nothing changes") {
  auto node = school_node();
  const auto text = kHeading + "Ким;Юлия;;01.02.2013;ж;7 «б»;К-7;112-233-445 95\r\n" +
                    "Хозяинов;Ефим;Петрович;;;7А;;\r\n";
  const auto plan = bring_in(node, kPupilsFile, text);
  CHECK(changes_of(plan) ==
        "+Ким Юлия, 7Б; в классе с 03.09.2025\n+Хозяинов Ефим Петрович, 7А; в классе с "
        "03.09.2025\n");
  CHECK(node.read("SELECT p.given_name, p.birth_date, e.school_class, f.gender, f.file_number, "
                  "f.snils FROM person p JOIN enrolment e ON e.pupil = p.id "
                  "JOIN personal_file f ON f.pupil = p.id WHERE p.family_name = 'Ким'") ==
        "Юлия,2013-02-01,702,ж,К-7,112-233-445 95");
  CHECK(look(node, kPupilsFile, text).changes_nothing());
}

TEST_CASE("what is known of a pupil is filled in, and an empty cell erases nothing") {
  auto node = school_node();
  bring_in(node, kPupilsFile, kHeading + "Иванов;Пётр;Сергеевич;05.06.2012;м;7А;И-1;\n");
  CHECK(node.read("SELECT birth_date FROM person WHERE id = 21") == "2012-06-05");
  const auto plan =
      bring_in(node, kPupilsFile, kHeading + "иванов;Петр;Сергеевич;05.06.2012;;7А;И-2;\n");
  CHECK(changes_of(plan) == "~иванов Петр Сергеевич, 7А; личное дело: И-1 → И-2\n");
  CHECK(node.read("SELECT gender, file_number FROM personal_file") == "м,И-2");
  CHECK(node.read("SELECT family_name, given_name FROM person WHERE id = 21") == "Иванов,Пётр");
}

TEST_CASE("each bad row is named with its reason, and nothing of the file is written") {
  auto node = school_node();
  const auto plan =
      look(node, kPupilsFile,
           kHeading + "Ким;Юлия;;31.02.2013;ж;7А;;\n" + ";Юлия;;;ж;7А;;\n" +
               "Ким;Олег;;;х;9В;;123\n" + "Ли;Анна;;01.01.2030;;7А;;\n" + "Пак;Ян;;;;7А;;\n" +
               "Пак;Ян;;;;7А;;\n" + "Иванов;Пётр;Сергеевич;;;7Б;;\n");
  CHECK(faults_of(plan) ==
        "строка 2: дата рождения «31.02.2013»: нет такого дня, нужно ДД.ММ.ГГГГ\n"
        "строка 3: Фамилия: не заполнено\n"
        "строка 4: класса «9В» в этом году нет\n"
        "строка 4: пол «х»: нужно «м» или «ж»\n"
        "строка 4: СНИЛС «123»: нужны 11 цифр, контрольное число должно сойтись\n"
        "строка 5: дата рождения «01.01.2030» ещё не настала\n"
        "строка 7: повторяет строку 6\n"
        "строка 8: числится в 7А: перевод в 7Б оформляется приказом\n");
  const auto before = node.everything();
  CHECK_THROWS_WITH(node.save([&](sync::Command& command) { carry_out(command, plan); }),
                    Contains("строка 2"));
  CHECK(node.everything() == before);
}

TEST_CASE("of two with one name the day of birth tells who is meant") {
  auto node = school_node();
  bring_in(node, kPupilsFile, kHeading + "Ли;Ян;;01.01.2012;;7А;;\n" + "Ли;Ян;;02.01.2012;;7Б;;\n");
  CHECK(faults_of(look(node, kPupilsFile, kHeading + "Ли;Ян;;;;7А;;\n")) ==
        "строка 2: таких обучающихся несколько: нужна дата рождения\n");
  CHECK(changes_of(look(node, kPupilsFile, kHeading + "Ли;Ян;;02.01.2012;м;7Б;;\n")) ==
        "~Ли Ян, 7Б; пол: — → м\n");
}

TEST_CASE("before anybody is enrolled the first day is the school year's") {
  auto node = school_node();
  node.save("DELETE FROM enrolment");
  CHECK_THAT(changes_of(look(node, kPupilsFile, kHeading + "Ли;Ян;;;;7А;;\n")),
             Contains("с 01.09.2025"));
}

TEST_CASE("a plan made anew inside the write is the one that was shown, ids and all") {
  auto node = school_node();
  NewIds ids(kYear);
  const auto text = kHeading + "Ли;Ян;;;;7А;;\n";
  const auto shown = plan_import(node->database(), kPupilsFile, text, options(), ids);
  const auto again = plan_import(node->database(), kPupilsFile, text, options(), ids);
  CHECK(shown.outline() == again.outline());
  CHECK(shown.new_people == again.new_people);
  CHECK(shown.new_people.size() == 1);
}

TEST_CASE("hostile files are refused as a whole, with a reason") {
  auto node = school_node();
  const auto why = [&](const std::string& bytes) {
    return faults_of(look(node, kPupilsFile, bytes));
  };
  CHECK(why("") == "файл пуст\n");
  CHECK(why(std::string(10'000'000, 'x')) == "файл больше 1000000 байт\n");
  CHECK(why(std::string("a\0b", 3)) == "файл не в UTF-8, не в UTF-16 и не в Windows-1251\n");
  CHECK(why(kHeading + "\"Ким;Юлия") == "строка 2: кавычка не закрыта\n");
  CHECK(why(kHeading + std::string(200, ';') + "x") == "строка 2: в строке больше 100 столбцов\n");
  CHECK_THAT(why(kHeading + std::string(900'000, 'x') + ";Юлия;;;;7А;;"),
             Contains("строка 2: Фамилия: слишком длинный текст"));
  std::string many = kHeading;
  for (int i = 0; i < 10'001; ++i) many += "Ким;Юлия;;;;7А\n";
  CHECK(why(many) == "в файле больше 10000 строк\n");
  CHECK(why("ФИО;Группа\n") == "строка 1: нет столбцов: «Фамилия», «Имя», «Класс»\n");
  CHECK(why("PK\x03\x04 Excel") == "это книга Excel: сохраните её как CSV\n");
  CHECK(why("Фамилия;Имя;имя;Класс\n") == "строка 1: столбец «Имя» дважды\n");
}

TEST_CASE("any bytes give a plan or a reason") {
  auto node = school_node();
  std::uint32_t state = 20'250'903;
  const std::string kBytes("\0\xff\xfe\"\";\t,\r\n=+-@'7А\xd0\xc8", 21);
  for (int run = 0; run < 300; ++run) {
    std::string text = run % 2 == 0 ? kHeading : "";
    for (int i = 0; i < 200; ++i) {
      state = state * 1'664'525 + 1'013'904'223;
      text += kBytes[(state >> 16) % kBytes.size()];
    }
    const auto plan = look(node, kPupilsFile, text);
    CHECK((!plan.faults.empty() || !plan.changes.empty() || run % 2 == 0));
    for (const auto& fault : plan.faults) CHECK_FALSE(fault.why.text().empty());
  }
}

}  // namespace
}  // namespace zimnik::journal
