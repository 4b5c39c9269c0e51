#include "schema/sample/names.h"

#include <string_view>
#include <vector>

namespace zimnik::journal::sample {
namespace {

const std::vector<std::string> kFamilies = {
    "Айваседин",   "Аликов",   "Белозубов", "Берёзкин",    "Брусничкин", "Вандымов", "Волдин",
    "Вынгилев",    "Гагарин",  "Гындыбин",  "Дальний",     "Дунаев",     "Ельников", "Ёлкин",
    "Ерныхов",     "Жданов",   "Зимников",  "Иванов",      "Ильичёв",    "Казамкин", "Каксин",
    "Кедров",      "Кечимов",  "Клюквин",   "Костин",      "Кунин",      "Лельхов",  "Лесных",
    "Лозямов",     "Лыжин",    "Молданов",  "Морошкин",    "Немысов",    "Нёмысов",  "Обатин",
    "Оленев",      "Пакин",    "Песиков",   "Петров",      "Покачев",    "Полярин",  "Речкин",
    "Рогов",       "Рябинин",  "Сайнахов",  "Самбиндалов", "Себуров",    "Сенгепов", "Снегов",
    "Соболев",     "Сопочин",  "Тарлин",    "Тасманов",    "Таёжников",  "Тебетев",  "Тынзянов",
    "Усть-Обский", "Хандыбин", "Хозяинов",  "Хорамин",     "Чемпосов",   "Шадрин",   "Шульгин",
    "Юильский",    "Юмин",     "Ягелев",    "Яркин",       "Ясунтин"};
const std::vector<std::string> kMen = {
    "Александр", "Алексей", "Андрей",  "Артём",  "Богдан", "Вадим", "Виктор",  "Глеб",
    "Даниил",    "Денис",   "Дмитрий", "Егор",   "Ефим",   "Иван",  "Илья",    "Кирилл",
    "Максим",    "Матвей",  "Михаил",  "Никита", "Олег",   "Пётр",  "Роман",   "Савелий",
    "Семён",     "Степан",  "Тимур",   "Фёдор",  "Юван",   "Юрий",  "Ярослав", "Еремей"};
const std::vector<std::string> kWomen = {
    "Алина",     "Анастасия", "Анна",    "Валерия", "Варвара",  "Вера",     "Дарья", "Евгения",
    "Екатерина", "Елена",     "Зоя",     "Ирина",   "Кристина", "Ксения",   "Лидия", "Мария",
    "Марина",    "Надежда",   "Наталья", "Ольга",   "Полина",   "Светлана", "София", "Татьяна",
    "Ульяна",    "Юлия",      "Яна",     "Агния",   "Евдокия",  "Таисия"};
/// What the fathers' names begin with.
const std::vector<std::string> kFathers = {
    "Александров", "Алексеев", "Андреев", "Викторов", "Денисов",  "Ефимов",  "Иванов", "Михайлов",
    "Олегов",      "Петров",   "Романов", "Семёнов",  "Степанов", "Фёдоров", "Юрьев",  "Еремеев"};

bool ends_with(const std::string& text, std::string_view end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

std::string of_woman(const std::string& family) {
  if (ends_with(family, "ий")) {
    return family.substr(0, family.size() - std::string_view("ий").size()) +
           (ends_with(family, "ний") ? "яя" : "ая");
  }
  return ends_with(family, "х") ? family : family + "а";
}

}  // namespace

std::string family_name(Dice& dice) { return dice.pick(kFamilies); }

PersonNames person_names(Dice& dice, const std::string& family, bool is_woman) {
  if (is_woman) return {of_woman(family), dice.pick(kWomen), dice.pick(kFathers) + "на"};
  return {family, dice.pick(kMen), dice.pick(kFathers) + "ич"};
}

}  // namespace zimnik::journal::sample
