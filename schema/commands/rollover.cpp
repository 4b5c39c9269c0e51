#include "schema/commands/rollover.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "schema/commands/course.h"
#include "schema/commands/person.h"
#include "schema/commands/put.h"
#include "schema/commands/school.h"
#include "schema/ids.h"
#include "schema/limits.h"
#include "schema/read/next_year.h"
#include "schema/read/periods.h"

namespace zimnik::journal {

using sync::Command;
using sync::Database;
using sync::Phrase;

namespace {

constexpr const char* kOrderTitle = "О переводе обучающихся в следующий класс";
constexpr const char* kChanged =
    "Школа изменилась с тех пор, как перевод был показан: посмотрите его снова. Ничего не "
    "записано.";
constexpr int kPrimaryEnds = 4, kBasicEnds = 9;

/// Several people in one change, by their names.
Change change_of(Effect effect, Phrase what, const std::vector<NamedPerson>& people) {
  Change change{0, effect, std::move(what)};
  for (const auto& person : people) change.details.push_back({"{1}", {person.name.full()}});
  return change;
}

class Rollover {
 public:
  Rollover(Database& database, const RolloverWish& wish)
      : database_(database), wish_(wish), enrolled_(enrolled_in_year(database, wish.year)) {}

  Plan plan() {
    if (!check_papers()) return std::move(plan_);
    for (const auto& school_class : classes_of_year(database_, wish_.year)) note(school_class);
    const auto classes = staying_classes(database_, wish_.year - 1);
    for (const auto& wanted : wish_.classes) {
      const auto* from = found(classes, wanted.school_class);
      if (from == nullptr) {
        fault({"Класса, который переводят, в прошлом учебном году нет"});
      } else if (wanted.path == ClassPath::goes_on) {
        take_up(*from, wanted);
      }
    }
    for (const auto& wanted : wish_.classes) {
      const auto* from = found(classes, wanted.school_class);
      if (from != nullptr && wanted.path != ClassPath::waits) part(*from, wanted);
    }
    for (const auto& [from, to, name] : with_courses_) take_courses(from, to, name);
    if (wish_.with_periods) take_periods();
    note_paper();
    return std::move(plan_);
  }

 private:
  using Name = std::tuple<std::int64_t, int, std::string>;  // building, grade level, letter
  struct Made {
    std::int64_t from, to;
    std::string name;
  };

  struct TakenCourse {
    std::int64_t id;
    CourseTitle from;
    std::optional<std::int64_t> study_group;
  };

  static const StayingClass* found(const std::vector<StayingClass>& classes, std::int64_t id) {
    const auto it = std::find_if(classes.begin(), classes.end(),
                                 [&](const auto& one) { return one.title.id == id; });
    return it == classes.end() ? nullptr : &*it;
  }

  void fault(Phrase why) { plan_.faults.push_back({0, std::move(why)}); }
  void note(const ClassTitle& title) {
    classes_.emplace(Name{title.branch, title.grade_level, title.letter}, title.id);
  }

  bool check_papers() {
    if (trimmed(wish_.order.number).empty()) fault({"{1}: не заполнено", {"Номер приказа"}});
    if (wish_.last_day.school_year() != wish_.year - 1) {
      fault({"Последний день выбывающих: {1} — не в прошлом учебном году",
             {wish_.last_day.russian()}});
    }
    return plan_.faults.empty();
  }

  /// The class of the new year, made where there is none.
  void take_up(const StayingClass& from, const ClassWish& wanted) {
    const ClassName name{wish_.year, from.title.grade_level + 1, trimmed(wanted.letter),
                         wanted.branch, wanted.shift};
    const auto title = std::to_string(name.grade_level) + name.letter;
    if (name.grade_level > limits::kGradeLevels) {
      fault({"Класс {1}: дальше 11 класса перевода нет", {from.title.text()}});
      return;
    }
    const auto [known, is_new] =
        classes_.emplace(Name{name.branch, name.grade_level, name.letter}, 0);
    if (is_new) known->second = id_for_class(database_, name);
    const auto id = known->second;
    targets_[from.title.id] = {from.title.id, id, title};
    if (wanted.with_courses) with_courses_.push_back(targets_[from.title.id]);
    Change change{
        0, is_new ? Effect::added : Effect::same, {"Класс {1} → {2}", {from.title.text(), title}}};
    if (is_new) {
      const auto teacher = wanted.class_teacher;
      if (teacher) {
        change.details.push_back(
            {"классный руководитель: {1}", {name_of(database_, *teacher).brief()}});
      }
      if (name.shift != from.title.shift) {
        change.details.push_back(
            {"смена: {1} → {2}", {std::to_string(from.title.shift), std::to_string(name.shift)}});
      }
      change.write = [=](Command& command) {
        set_class(command, id, name);
        if (teacher) set_class_teacher(command, id, teacher);
      };
    }
    plan_.changes.push_back(std::move(change));
  }

  /// Each pupil goes where the class goes, but for those who are marked.
  void part(const StayingClass& from, const ClassWish& wanted) {
    std::vector<NamedPerson> rising, leaving, there;
    for (const auto& pupil : from.pupils) {
      const bool repeats = wish_.repeating.contains(pupil.id);
      const bool leaves = wish_.leaving.contains(pupil.id);
      if (enrolled_.contains(pupil.id)) {
        there.push_back(pupil);
      } else if (repeats && leaves) {
        fault({"{1}: или повторный год, или выбывает", {pupil.name.full()}});
      } else if (repeats) {
        repeat(from, pupil);
      } else if (leaves || wanted.path == ClassPath::graduates) {
        leaving.push_back(pupil);
      } else {
        rising.push_back(pupil);
      }
    }
    if (const auto it = targets_.find(from.title.id); it != targets_.end() && !rising.empty()) {
      enrol_all(it->second, rising);
    }
    if (!there.empty()) {
      plan_.changes.push_back(change_of(Effect::same,
                                        {"Из {1} уже зачислены на новый год, обучающихся: {2}",
                                         {from.title.text(), std::to_string(there.size())}},
                                        {}));
    }
    if (!leaving.empty()) end_stays(from, leaving);
  }

  void enrol_all(const Made& made, const std::vector<NamedPerson>& pupils) {
    const auto since = first_day_of_year(wish_.year);
    auto change = change_of(Effect::added,
                            {"В {1} с {2}, обучающихся: {3}",
                             {made.name, since.russian(), std::to_string(pupils.size())}},
                            pupils);
    auto& members = members_[made.to];
    for (const auto& pupil : pupils) {
      members.insert(pupil.id);
      enrolled_.insert(pupil.id);
    }
    change.write = [=, to = made.to, order = wish_.order.number](Command& command) {
      for (const auto& pupil : pupils) enrol(command, pupil.id, to, since, order);
    };
    plan_.changes.push_back(std::move(change));
  }

  /// In a class of the same grade level: of the same letter and building where there is one.
  void repeat(const StayingClass& from, const NamedPerson& pupil) {
    const auto grade = from.title.grade_level;
    auto best = classes_.end();
    int best_fit = -1;
    for (auto it = classes_.begin(); it != classes_.end(); ++it) {
      const auto& [branch, grade_level, letter] = it->first;
      if (grade_level != grade) continue;
      const int fit = 2 * (branch == from.title.branch) + (letter == from.title.letter);
      if (fit > best_fit) {
        best = it;
        best_fit = fit;
      }
    }
    if (best == classes_.end()) {
      fault({"{1}: повторять {2} класс негде, в новом году его нет. Заведите его файлом классов",
             {pupil.name.full(), std::to_string(grade)}});
      return;
    }
    const auto since = first_day_of_year(wish_.year);
    const auto title = std::to_string(grade) + std::get<2>(best->first);
    Change change{0,
                  Effect::added,
                  {"{1}: повторный год в {2} с {3}", {pupil.name.full(), title, since.russian()}}};
    change.write = [=, id = pupil.id, to = best->second, order = wish_.order.number](
                       Command& command) { enrol(command, id, to, since, order); };
    enrolled_.insert(pupil.id);
    plan_.changes.push_back(std::move(change));
  }

  void end_stays(const StayingClass& from, const std::vector<NamedPerson>& pupils) {
    auto change =
        change_of(Effect::changed,
                  {"Из {1} выбывают {2}, обучающихся: {3}",
                   {from.title.text(), wish_.last_day.russian(), std::to_string(pupils.size())}},
                  pupils);
    change.write = [=, id = from.title.id, last_day = wish_.last_day,
                    order = wish_.order.number](Command& command) {
      for (const auto& pupil : pupils) leave_class(command, pupil.id, id, last_day, order);
    };
    plan_.changes.push_back(std::move(change));
  }

  /// Subjects that the new class is taught already stay as they are.
  void take_courses(std::int64_t from, std::int64_t to, const std::string& name) {
    auto& taught = taught_[to];
    if (taught.empty()) {
      for (const auto& course : courses_of_class(database_, to)) taught.insert(course.subject);
    }
    const auto groups = take_groups(from, to, name);
    take_curriculum(from, to, name);
    std::set<std::int64_t> subjects;
    std::vector<TakenCourse> taken;
    Change change{0, Effect::added, {}};
    for (const auto& course : courses_of_class(database_, from)) {
      if (taught.contains(course.subject)) continue;
      if (course.study_group && !groups.contains(*course.study_group)) continue;
      const auto id = derived_from("course", to, std::to_string(course.id));
      if (exists(database_, "course", {id})) continue;
      subjects.insert(course.subject);
      taken.push_back(
          {id, course,
           course.study_group ? std::optional(groups.at(*course.study_group)) : std::nullopt});
      change.details.push_back(course_phrase(course));
    }
    taught.insert(subjects.begin(), subjects.end());
    if (taken.empty()) return;
    change.what = {"Журналы {1}: {2}", {name, std::to_string(taken.size())}};
    change.write = [=](Command& command) {
      for (const auto& one : taken) {
        set_course(command, one.id, one.from.subject, to, one.study_group);
        if (one.from.teacher) set_course_teacher(command, one.id, one.from.teacher);
        if (one.from.hours) set_course_hours(command, one.id, *one.from.hours);
      }
    };
    plan_.changes.push_back(std::move(change));
  }

  /// «Алгебра (1 группа): Иванова А. И., часов за год: 102»
  static Phrase course_phrase(CourseTitle course) {
    course.class_name.clear();
    const auto teacher = course.teacher ? course.teacher_name.brief() : std::string("—");
    if (!course.hours) return {"{1}: {2}", {course.text(), teacher}};
    return {"{1}: {2}, часов за год: {3}", {course.text(), teacher, std::to_string(*course.hours)}};
  }

  /// The new class's groups by those that they come from, with the members who come along.
  std::map<std::int64_t, std::int64_t> take_groups(std::int64_t from, std::int64_t to,
                                                   const std::string& name) {
    std::map<std::int64_t, std::int64_t> groups;
    const auto known = subgroups_of(database_, to);
    for (const auto& group : subgroups_of(database_, from)) {
      const auto it = std::find_if(known.begin(), known.end(),
                                   [&](const auto& one) { return one.name == group.name; });
      // By its name: where two classes become one, so do their groups of one name.
      const auto id = it != known.end() ? it->id : derived_from("group", to, group.name);
      groups[group.id] = id;
      if (!exists(database_, "study_group", {id})) take_group(group, id, to, name);
    }
    return groups;
  }

  void take_group(const Subgroup& group, std::int64_t id, std::int64_t to,
                  const std::string& name) {
    std::vector<std::int64_t> members;
    std::set_intersection(group.members.begin(), group.members.end(), members_[to].begin(),
                          members_[to].end(), std::back_inserter(members));
    Change change{0,
                  Effect::added,
                  {"Подгруппа {1}: {2}, обучающихся: {3}",
                   {name, group.name, std::to_string(members.size())}}};
    change.write = [=, title = group.name,
                    since = first_day_of_year(wish_.year)](Command& command) {
      set_group(command, id, title, "subgroup", to);
      for (const auto member : members) join_group(command, id, member, since);
    };
    plan_.changes.push_back(std::move(change));
  }

  void take_curriculum(std::int64_t from, std::int64_t to, const std::string& name) {
    std::vector<std::pair<std::int64_t, int>> hours;
    each_row(database_,
             "SELECT subject, hours FROM curriculum WHERE school_class = ?1 AND subject NOT IN "
             "(SELECT subject FROM curriculum WHERE school_class = ?2) ORDER BY subject",
             {from, to}, [&](const sync::Statement& row) {
               if (curricula_[to].insert(row.integer(0)).second) {
                 hours.emplace_back(row.integer(0), static_cast<int>(row.integer(1)));
               }
             });
    if (hours.empty()) return;
    Change change{0,
                  Effect::added,
                  {"Учебный план {1}, предметов: {2}", {name, std::to_string(hours.size())}}};
    change.write = [=](Command& command) {
      for (const auto& [subject, of_year] : hours) set_curriculum(command, to, subject, of_year);
    };
    plan_.changes.push_back(std::move(change));
  }

  void take_periods() {
    for (const auto& period : periods_to_take_over(database_, wish_.year)) {
      const auto title = Period{wish_.year, period.code, {}, {}, {}}.title();
      Change change{0,
                    Effect::added,
                    {"{1}: {2} – {3}", {title, period.starts.russian(), period.ends.russian()}}};
      change.write = [=, year = wish_.year](Command& command) {
        set_period(command, year, period.code, period.starts, period.ends);
      };
      plan_.changes.push_back(std::move(change));
    }
  }

  /// The order, where anything is done by it.
  void note_paper() {
    if (plan_.changes_nothing()) return;
    Change change{
        0, Effect::added, {"Приказ {1} от {2}", {wish_.order.number, wish_.order.date.russian()}}};
    change.write = [order = wish_.order, year = wish_.year](Command& command) {
      note_order(command, derived_id(year, "order " + order.number + " " + order.date.text()),
                 {order.number, order.date, kOrderTitle});
    };
    plan_.changes.push_back(std::move(change));
  }

  std::int64_t derived_from(const std::string& what, std::int64_t to,
                            const std::string& source) const {
    return derived_id(wish_.year, what + " " + std::to_string(to) + " " + source);
  }

  Database& database_;
  const RolloverWish& wish_;
  Plan plan_;
  std::map<Name, std::int64_t> classes_;  // of the new year, made ones too
  std::map<std::int64_t, Made> targets_;  // by the class that goes up
  std::vector<Made> with_courses_;
  std::set<std::int64_t> enrolled_;                           // for the new year
  std::map<std::int64_t, std::set<std::int64_t>> members_;    // of each new class, by this plan
  std::map<std::int64_t, std::set<std::int64_t>> taught_;     // its subjects
  std::map<std::int64_t, std::set<std::int64_t>> curricula_;  // subjects planned by this plan
};

}  // namespace

ClassWish usual_wish(const ClassTitle& school_class) {
  const int grade = school_class.grade_level;
  const bool leaves = grade == kBasicEnds || grade == limits::kGradeLevels;
  const bool has_new_teachers = grade == kPrimaryEnds || grade == kBasicEnds;
  ClassWish wish{school_class.id,
                 leaves ? ClassPath::graduates : ClassPath::goes_on,
                 school_class.letter,
                 school_class.branch,
                 school_class.shift,
                 {},
                 false};
  if (!leaves && !has_new_teachers) {
    wish.class_teacher = school_class.class_teacher;
    wish.with_courses = true;
  }
  return wish;
}

Date first_day_of_year(int year) { return Date::from(year, 9, 1).value(); }

Plan plan_rollover(Database& database, const RolloverWish& wish) {
  const Snapshot snapshot(database);
  return Rollover(database, wish).plan();
}

void roll_over(Command& command, const RolloverWish& wish, const std::string& shown) {
  const auto plan = plan_rollover(command.database(), wish);
  require(plan.digest() == shown, kChanged);
  carry_out(command, plan);
}

}  // namespace zimnik::journal
