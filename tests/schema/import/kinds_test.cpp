// Staff, classes, groups, curriculum, load, lesson plans: what each kind of file does.
#include "schema/import/kinds.h"

#include <catch2/catch.hpp>

#include "schema/import/csv.h"
#include "tests/schema/import/import.h"

namespace zimnik::journal {
namespace {

using namespace journal::test;
using Catch::Contains;

ImportOptions as(Role role) {
  auto made = options();
  made.role = role;
  return made;
}

const std::string kStaff = "Фамилия;Имя;Отчество;Должность\n";
const std::string kClasses = "Класс;Смена;Здание;Классный руководитель\n";
const std::string kLoad = "Класс;Подгруппа;Предмет;Учитель;Часы\n";
const std::string kPlan = "№;Раздел;Тема;Часы;Вид работы;Домашнее задание\n";

TEST_CASE("each kind's sample file is read by the kind itself") {
  for (const auto& kind : import_kinds()) {
    INFO(kind.code);
    CHECK(import_kind(kind.code) == &kind);
    if (kind.plan_files != nullptr) continue;  // archives have no sample
    const auto sheet = read_sheet(import_template(kind), kind.columns);
    CHECK(sheet.faults.empty());
    CHECK(sheet.rows.size() == 1);
  }
  CHECK(import_kind("nothing") == nullptr);
}

TEST_CASE("staff get the roles of their positions, and the known keep what they have") {
  auto node = school_node();
  const auto text = kStaff + "Юмин;Лев;;учитель математики, секретарь\n" +
                    "Самбиндалова;Анна;Ильинична;учитель, педагог дополнительного образования\n";
  CHECK(changes_of(bring_in(node, kStaffFile, text)) ==
        "+Юмин Лев; роль: учитель; роль: секретарь\n"
        "~Самбиндалова Анна Ильинична; роль: педагог дополнительного образования\n");
  CHECK(node.read("SELECT role FROM role_grant WHERE person = 11 ORDER BY role") ==
        "additional_teacher\nsubject_teacher");
  CHECK(look(node, kStaffFile, text).changes_nothing());
  CHECK_THAT(faults_of(look(node, kStaffFile, kStaff + "Ли;Ян;;дворник\nЛи;Ян;;учитель\n")),
             Contains("строка 2: должность «дворник»") && Contains("строка 3: повторяет строку 2"));
}

TEST_CASE("nobody makes by a file who is above") {
  auto node = school_node();
  const auto why = [&](const char* position, Role role) {
    return faults_of(look(node, kStaffFile, kStaff + "Ли;Ян;;" + position + "\n", as(role)));
  };
  CHECK(why("директор", Role::principal).empty());
  CHECK(why("директор", Role::technical_specialist) ==
        "строка 2: роль: директор — её даёт директор\n");
  CHECK(why("завуч", Role::technical_specialist).empty());
  CHECK_FALSE(why("завуч", Role::deputy_head).empty());
  CHECK_FALSE(why("технический специалист", Role::deputy_head).empty());
  CHECK(why("учитель", Role::deputy_head).empty());
  node.save("DELETE FROM role_grant WHERE role = 'principal'");
  CHECK(why("директор", Role::technical_specialist).empty());
}

TEST_CASE("classes are made with the buildings and class teachers that they name") {
  auto node = school_node();
  const auto text = kClasses + "8А;2;Филиал;Вынгилев О. П.\n7А;;;\n7б;2;;Самбиндалова\n";
  CHECK(changes_of(bring_in(node, kClassesFile, text)) ==
        "+Здание «Филиал»\n+Класс 8А; классный руководитель: Вынгилев О. П.\n"
        "~Класс 7Б; классный руководитель: Самбиндалова А. И.; смена: 1 → 2\n");
  CHECK(node.read("SELECT k.letter, k.shift, b.name, k.class_teacher FROM school_class k JOIN "
                  "branch b ON b.id = k.branch WHERE k.grade_level = 8") == "А,2,Филиал,12");
  CHECK(look(node, kClassesFile, text).changes_nothing());
  const auto bad = kClasses + "А;;;\n9А;3;;\n9Б;;;Никто\n9А;1;;\n";
  CHECK(faults_of(look(node, kClassesFile, bad)) ==
        "строка 2: класс «А»: нужны число от 1 до 11 и буква\nстрока 3: смена «3»: нужна 1 или 2\n"
        "строка 4: сотрудника «Никто» нет\nстрока 5: повторяет строку 3\n");
}

TEST_CASE("a load row is a page of the journal; a new teacher or other hours change it") {
  auto node = school_node();
  const auto text = kLoad + "7А;;алгебра;Вынгилев О.П.;102,0\n7А;1 группа;Труд;;34\n" +
                    "7А;2 группа;Труд;Ёлкина М. Л.;34\n";
  CHECK(changes_of(bring_in(node, kLoadFile, text)) ==
        "~7А, Алгебра; учитель: Самбиндалова А. И. → Вынгилев О. П.; часы: — → 102\n"
        "+Предмет «Труд»\n+Подгруппа «1 группа» класса 7А\n+7А, Труд (1 группа); часы: — → 34\n"
        "+Подгруппа «2 группа» класса 7А\n"
        "+7А, Труд (2 группа); учитель: — → Ёлкина М. Л.; часы: — → 34\n");
  CHECK(node.read("SELECT teacher, hours FROM course WHERE id = 901") == "12,102");
  CHECK(look(node, kLoadFile, text).changes_nothing());
  CHECK(faults_of(look(node, kLoadFile,
                       kLoad + "9А;;Алгебра;;5\n7А;;Алгебра;Кто-то;5\n"
                               "7А;;Физика;;0\n7А;;Физика;;1,5\n"
                               "7Б;;Алгебра;;5\n7Б;;Алгебра;;6\n")) ==
        "строка 2: класса «9А» в этом году нет\nстрока 3: сотрудника «Кто-то» нет\n"
        "строка 4: часы «0»: нужно целое число от 1 до 2000\n"
        "строка 5: часы «1,5»: нужно целое число от 1 до 2000\n"
        "строка 7: повторяет строку 6\n");
}

TEST_CASE("the curriculum says what is asked of a class") {
  auto node = school_node();
  const std::string text = "Класс;Предмет;Часы\n7А;Алгебра;102\n7А;Химия;34\n";
  CHECK(changes_of(bring_in(node, kCurriculumFile, text)) ==
        "+7А, Алгебра; часы: — → 102\n+Предмет «Химия»\n+7А, Химия; часы: — → 34\n");
  CHECK(look(node, kCurriculumFile, text).changes_nothing());
  CHECK(changes_of(look(node, kCurriculumFile, "Класс;Предмет;Часы\n7А;Химия;68\n")) ==
        "~7А, Химия; часы: 34 → 68\n");
}

TEST_CASE("pupils of a class come into its subgroups") {
  auto node = school_node();
  const std::string text =
      "Класс;Подгруппа;Фамилия;Имя;Отчество\n7А;1 группа;Иванов;Пётр;\n7А;2 "
      "группа;Петрова;Дарья;\n";
  bring_in(node, kGroupsFile, text);
  CHECK(node.read("SELECT g.name, m.pupil FROM group_member m JOIN study_group g ON g.id = "
                  "m.study_group ORDER BY m.pupil") == "1 группа,21\n2 группа,22");
  CHECK(look(node, kGroupsFile, text).changes_nothing());
  CHECK(faults_of(
            look(node, kGroupsFile, "Класс;Подгруппа;Фамилия;Имя\n7Б;1 группа;Иванов;Пётр\n")) ==
        "строка 2: в классе 7Б нет такого: Иванов Пётр\n");
}

TEST_CASE("a lesson plan is the file: lines are changed, added, taken away") {
  auto node = school_node();
  auto with = options();
  with.course = kCourseA;
  bring_in(node, kLessonPlanFile,
           kPlan + ";Числа;Дроби;2;;§ 1\n;Числа;\"Контрольная\nработа\";;КР;\n;;Проценты;3;;\n",
           with);
  CHECK(node.read("SELECT position, topic, hours, work_type FROM lesson_plan ORDER BY position") ==
        "1,Дроби,2,-\n2,Контрольная работа,1,1001\n3,Проценты,3,-");
  const auto text =
      kPlan + "1;Числа;Дроби;2;;§ 2\n2;Числа;Контрольная работа;1;контрольная работа;\n";
  CHECK(changes_of(bring_in(node, kLessonPlanFile, text, with)) ==
        "~№ 1: Дроби; задание: § 1 → § 2\n-№ 3: Проценты\n");
  CHECK(look(node, kLessonPlanFile, text, with).changes_nothing());
  const auto bad = kPlan + "1;;А;0;;\n1;;;1;;\n2;;Б;1;Пляски;\n3;;В;1;;\n3;;Г;1;;\nx;;Д;1;;\n";
  CHECK(faults_of(look(node, kLessonPlanFile, bad, with)) ==
        "строка 2: Часы: «0», а нужно целое число от 1 до 100\nстрока 3: Тема: не заполнено\n"
        "строка 4: вида работы «Пляски» нет\nстрока 6: № 3 уже есть в строке 5\n"
        "строка 7: №: «x», а нужно целое число от 1 до 1000\n");
}

}  // namespace
}  // namespace zimnik::journal
