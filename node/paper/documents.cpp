#include "node/paper/documents.h"

#include "schema/read/finals.h"

namespace zimnik::paper {

namespace {

std::string years_text(int year) { return std::to_string(year) + "/" + std::to_string(year + 1); }

std::string name_or_dash(const journal::PersonName& name) {
  return name.is_readable() ? name.brief() : "—";
}

/// Tenths of a per cent, without the sign.
std::string percent(const std::optional<int>& tenths) {
  if (!tenths) return "—";
  return std::to_string(*tenths / 10) + "," + std::to_string(*tenths % 10);
}

std::vector<Signer> signers(const journal::PersonName& class_teacher, bool with_deputy) {
  std::vector<Signer> made{
      {"Классный руководитель", class_teacher.is_readable() ? class_teacher.brief() : ""}};
  if (with_deputy) made.push_back({"Заместитель директора", ""});
  made.push_back({"Директор", ""});
  return made;
}

/// A figure of each subject.
void add_figures(const journal::SummaryRegister& page, Table& table) {
  using Figure = std::optional<int> (journal::Results::*)() const;
  const std::pair<const char*, Figure> kFigures[] = {
      {"Успеваемость, %", &journal::Results::progress},
      {"Качество, %", &journal::Results::quality},
      {"СОУ, %", &journal::Results::learning}};
  for (const auto& [title, figure] : kFigures) {
    Row row{"", title};
    for (const auto& subject : page.subjects) row.push_back(percent((subject.results.*figure)()));
    table.rows.push_back(std::move(row));
  }
}

Table register_table(const journal::SummaryRegister& page) {
  constexpr double kNumber = 8, kName = 44, kFigure = 13;
  using Align = Column::Align;
  Table table{"", {{"№", kNumber}, {"Обучающийся", kName, Align::left}}, {}};
  for (const auto& subject : page.subjects) {
    table.columns.push_back({subject.name, 0, Align::middle, true});
  }
  for (const auto* title : {"Средний балл", "Пропущено уроков", "по уважительной причине"}) {
    table.columns.push_back({title, kFigure, Align::middle, true});
  }
  for (const auto& row : page.rows) {
    Row cells{std::to_string(table.rows.size() + 1), row.name.plain()};
    for (const auto& cell : row.cells) {
      cells.push_back(cell.value.empty() && cell.is_taught ? "·" : cell.value);
    }
    cells.push_back(row.average.text());
    cells.push_back(std::to_string(row.lessons_missed));
    cells.push_back(std::to_string(row.missed_with_reason));
    table.rows.push_back(std::move(cells));
  }
  add_figures(page, table);
  return table;
}

std::string counts_text(const journal::SummaryRegister& page) {
  const auto pupils = page.pupils();
  const auto text = [](int number) { return std::to_string(number); };
  return "На «5» — " + text(pupils.fives) + ", на «4» и «5» — " + text(pupils.fours) +
         ", с «3» — " + text(pupils.threes) + ", не успевают — " +
         text(pupils.twos + pupils.not_assessed) + ", без итогов — " + text(pupils.without) +
         ". По классу: успеваемость " + percent(pupils.progress()) + " %, качество " +
         percent(pupils.quality()) + " %, СОУ " + percent(pupils.learning()) + " %.";
}

std::string marks_text(const std::vector<journal::ShownMark>& marks) {
  std::string text;
  for (const auto& mark : marks) {
    text += (text.empty() ? "" : " ") + (mark.value ? std::to_string(*mark.value) : ".");
  }
  return text;
}

Table finals_table(const journal::Extract& extract) {
  constexpr double kName = 60, kMissed = 22;
  using Align = Column::Align;
  Table table{"Итоговые отметки и пропуски", {{"Предмет", kName, Align::left}}, {}};
  for (const auto& column : extract.columns) table.columns.push_back({column.title});
  table.columns.push_back({"Пропущено уроков", kMissed});
  for (const auto& subject : extract.subjects) {
    Row row{subject.name};
    for (const auto& result : subject.results) row.push_back(result.empty() ? "—" : result);
    row.push_back(std::to_string(subject.missed));
    table.rows.push_back(std::move(row));
  }
  return table;
}

Table marks_table(const journal::Extract& extract) {
  constexpr double kName = 60, kAverage = 22;
  using Align = Column::Align;
  const auto period = extract.period ? extract.period->title() : std::string("—");
  Table table{
      "Текущие отметки: " + period,
      {{"Предмет", kName, Align::left}, {"Отметки", 0, Align::left}, {"Средний балл", kAverage}},
      {}};
  for (const auto& subject : extract.subjects) {
    table.rows.push_back({subject.name, marks_text(subject.marks), subject.average.text()});
  }
  return table;
}

}  // namespace

std::string made_line(const std::string& when) {
  return "Составлено " + when + " по данным узла школы.";
}

Paper register_paper(const journal::SummaryRegister& page) {
  Paper paper;
  paper.name = "register/" + std::to_string(page.school_class.id) + "/" + page.period;
  paper.is_landscape = true;
  paper.school = page.settlement.empty() ? page.school : page.school + ", " + page.settlement;
  paper.title = "Сводная ведомость: " + page.school_class.text() + ", " +
                journal::final_period_title(page.period);
  paper.facts = {"Учебный год " + years_text(page.school_class.year) + ", с " +
                 page.from.russian() + " по " + page.to.russian() +
                 ". Классный руководитель: " + name_or_dash(page.class_teacher)};
  paper.tables = {register_table(page)};
  paper.notes = {counts_text(page), "Пропущено уроков: " + std::to_string(page.lessons_missed()) +
                                        ", из них по уважительной причине: " +
                                        std::to_string(page.missed_with_reason()) +
                                        ". «·» — итога ещё нет."};
  paper.signers = signers(page.class_teacher, true);
  return paper;
}

Paper extract_paper(const journal::Extract& extract) {
  Paper paper;
  paper.name = "extract/" + std::to_string(extract.pupil);
  paper.school = extract.school.text();
  paper.title = "Выписка из электронного журнала";
  paper.facts = {"Обучающийся: " + extract.name.full() +
                     (extract.birth_date ? ", дата рождения: " + extract.birth_date->russian()
                                         : std::string()),
                 "Класс " + extract.school_class.text() + ", учебный год " +
                     years_text(extract.school_class.year) +
                     ". Классный руководитель: " + name_or_dash(extract.class_teacher)};
  paper.tables = {finals_table(extract), marks_table(extract)};
  paper.notes = {"Средний балл учитывает вес работ.",
                 "Пропущено уроков: " + std::to_string(extract.missed) +
                     ", из них по уважительной причине: " +
                     std::to_string(extract.missed_with_reason) + ". «—» — итога ещё нет."};
  paper.signers = signers(extract.class_teacher, false);
  return paper;
}

}  // namespace zimnik::paper
