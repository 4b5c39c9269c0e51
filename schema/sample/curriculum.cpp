#include "schema/sample/curriculum.h"

#include <map>

namespace zimnik::journal::sample {
namespace {

std::vector<SubjectPlan> primary(int grade) {
  std::vector<SubjectPlan> plans = {{"Русский язык", Field::primary, 5},
                                    {"Литературное чтение", Field::primary, 4, false},
                                    {"Математика", Field::primary, 4},
                                    {"Окружающий мир", Field::primary, 2},
                                    {"Физическая культура", Field::sport, 2, false},
                                    {"Изобразительное искусство", Field::primary, 1, false},
                                    {"Труд (технология)", Field::primary, 1, false},
                                    {"Музыка", Field::arts, 1, false}};
  if (grade >= 2) plans.push_back({"Английский язык", Field::english, 2});
  plans.push_back({"Родной язык", Field::native_language, 1, false});
  return plans;
}

std::vector<SubjectPlan> middle(int grade) {
  std::vector<SubjectPlan> plans = {{"Русский язык", Field::russian, 4},
                                    {"Литература", Field::russian, 2, false},
                                    {"История", Field::history, 2},
                                    {"География", Field::geography, grade < 7 ? 1 : 2},
                                    {"Биология", Field::biology, grade < 8 ? 1 : 2},
                                    {"Английский язык", Field::english, 3},
                                    {"Физическая культура", Field::sport, 2, false}};
  if (grade < 7) {
    plans.push_back({"Математика", Field::mathematics, 5});
  } else {
    plans.push_back({"Алгебра", Field::mathematics, 3});
    plans.push_back({"Геометрия", Field::mathematics, 2});
    plans.push_back({"Физика", Field::physics, 2});
    plans.push_back({"Информатика", Field::physics, 1, false});
  }
  if (grade >= 8) plans.push_back({"Химия", Field::biology, 2});
  if (grade < 8) {
    plans.push_back({"Музыка", Field::arts, 1, false});
    plans.push_back({"Изобразительное искусство", Field::arts, 1, false});
  }
  if (grade < 9) plans.push_back({"Труд (технология)", Field::arts, 1, false});
  plans.push_back({"Родной язык", Field::native_language, 1, false});
  return plans;
}

std::vector<SubjectPlan> upper() {
  return {{"Русский язык", Field::russian, 2},
          {"Литература", Field::russian, 3, false},
          {"Алгебра", Field::mathematics, 4},
          {"Геометрия", Field::mathematics, 2},
          {"История", Field::history, 2},
          {"Обществознание", Field::history, 2},
          {"География", Field::geography, 1},
          {"Биология", Field::biology, 1},
          {"Химия", Field::biology, 1},
          {"Физика", Field::physics, 2},
          {"Информатика", Field::physics, 1, false},
          {"Английский язык", Field::english, 3},
          {"Физическая культура", Field::sport, 2, false}};
}

const std::map<std::string, std::vector<std::string>>& topics() {
  static const std::map<std::string, std::vector<std::string>> kTopics = {
      {"Математика",
       {"Натуральные числа", "Сложение и вычитание", "Умножение и деление", "Порядок действий",
        "Обыкновенные дроби", "Сравнение дробей", "Десятичные дроби", "Проценты",
        "Площадь прямоугольника", "Задачи на движение"}},
      {"Алгебра",
       {"Степень с натуральным показателем", "Одночлены", "Многочлены",
        "Формулы сокращённого умножения", "Линейные уравнения", "Системы уравнений",
        "Квадратные корни", "Квадратные уравнения", "Неравенства", "Функция и её график"}},
      {"Геометрия",
       {"Точка, прямая, отрезок", "Угол", "Признаки равенства треугольников", "Параллельные прямые",
        "Сумма углов треугольника", "Четырёхугольники", "Площадь", "Подобие треугольников",
        "Окружность"}},
      {"Русский язык",
       {"Повторение: орфограмма", "Состав слова", "Имя существительное", "Имя прилагательное",
        "Глагол", "Правописание приставок", "Сложное предложение", "Прямая речь",
        "Сочинение по картине", "Изложение"}},
      {"Литература",
       {"Устное народное творчество", "Басни И. А. Крылова", "А. С. Пушкин. Лирика",
        "М. Ю. Лермонтов. «Мцыри»", "Н. В. Гоголь. «Ревизор»", "И. С. Тургенев. Рассказы",
        "Сказки народов Севера", "Е. Д. Айпин. Рассказы", "Ю. Н. Шесталов. Стихи"}},
      {"Английский язык",
       {"My summer holidays", "Family and friends", "School life", "Past Simple", "Present Perfect",
        "Food and drinks", "Weather in the North", "Travelling", "Reading: a letter from Yugra"}},
      {"География",
       {"План и карта", "Литосфера", "Реки Западной Сибири", "Климат России",
        "Многолетняя мерзлота", "Население", "Обь и Иртыш", "Тайга и тундра"}},
      {"История",
       {"Древний мир", "Русь в IX–XII веках", "Ордынское владычество", "Иван III",
        "Присоединение Сибири", "Смутное время", "Пётр I", "Отечественная война 1812 года"}},
  };
  return kTopics;
}

}  // namespace

std::vector<SubjectPlan> curriculum(int grade_level) {
  if (grade_level <= 4) return primary(grade_level);
  return grade_level <= 9 ? middle(grade_level) : upper();
}

std::string topic_of(const std::string& subject, std::size_t index) {
  const auto found = topics().find(subject);
  // A topic takes two or three lessons.
  if (found == topics().end()) {
    return "Раздел " + std::to_string(index / 6 + 1) + ", занятие " + std::to_string(index % 6 + 1);
  }
  const auto& list = found->second;
  return list[index * 2 / 5 % list.size()];
}

std::string homework_of(const std::string& subject, std::size_t index) {
  const auto paragraph = std::to_string(index / 2 + 1);
  if (subject == "Литература" || subject == "Литературное чтение") {
    return "Прочитать с. " + std::to_string(10 + index * 3) + "–" + std::to_string(13 + index * 3);
  }
  if (subject == "Математика" || subject == "Алгебра" || subject == "Геометрия") {
    return "§ " + paragraph + ", № " + std::to_string(20 + index * 4) + ", " +
           std::to_string(21 + index * 4);
  }
  if (subject == "Русский язык") return "Упр. " + std::to_string(12 + index);
  return "§ " + paragraph + ", вопросы";
}

}  // namespace zimnik::journal::sample
